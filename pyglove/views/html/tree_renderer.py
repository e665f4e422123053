"""Renderers of the tree view for classes that know nothing of views."""

from collections.abc import Callable

from pyglove.views.html.html import Html

_renderers: dict[type, Callable[..., Html]] = {}


def register_renderer(cls: type, render: Callable[..., Html]) -> None:
    """Sets how the tree view shows the objects of a class.

    Args:
      cls: The class. Subclasses are not meant.
      render: A function of the view, the value, and the options of the node by name.
    """
    _renderers[cls] = render


def renderer_of(cls: type) -> Callable[..., Html] | None:
    """Returns what renders the objects of a class, if the view itself does not.

    Args:
      cls: The class.
    """
    return _renderers.get(cls)
