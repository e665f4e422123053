"""Presentations: how the tree view shows classes that know nothing of views.

A class that knows of views inherits `HtmlTreeView.Extension` instead.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.symbolic.internal import load_presentations
from pyglove.views.html.html import Html
from pyglove.views.protocol import Extension


@dataclasses.dataclass(frozen=True)
class Presentation:
    """How the tree view shows the objects of a class.

    Attributes:
      render: Renders the whole node: a function of the view, the value, and the options
        of the node by name. What follows is ignored then.
      title: Returns the title of a value: text, or HTML.
      content: Renders the content of a node; takes what `render` does.
      options: Options that come over those of the node.
      styles: Rules of CSS.
    """

    render: Callable[..., Html] | None = None
    title: Callable[[Any], str | Html] | None = None
    content: Callable[..., Html] | None = None
    options: dict[str, Any] = dataclasses.field(default_factory=dict)
    styles: Sequence[str] = ()


_presentations: dict[type, Presentation] = {}
_listeners: list[Callable[[], Any]] = []


def on_registration(listener: Callable[[], Any]) -> None:
    """Has a function called whenever a presentation is registered.

    Args:
      listener: Forgets what was derived from presentations.
    """
    _listeners.append(listener)


def register_presentation(cls: type, presentation: Presentation) -> None:
    """Sets how the tree view shows the objects of a class and of its subclasses.

    Args:
      cls: The class.
      presentation: How they are shown.
    """
    _presentations[cls] = presentation
    presentation_of.cache_clear()
    for listener in _listeners:
        listener()


def register_renderer(cls: type, render: Callable[..., Html]) -> None:
    """Sets what renders the objects of a class and of its subclasses.

    Args:
      cls: The class.
      render: A function of the view, the value, and the options of the node by name.
    """
    register_presentation(cls, Presentation(render=render))


@functools.lru_cache(maxsize=4096)
def presentation_of(cls: Any) -> Presentation | None:
    """Returns how the objects of a class are shown, if not by the view itself.

    Args:
      cls: The class.
    """
    if issubclass(cls, Extension):
        return None
    for base in cls.__mro__:
        load_presentations(base.__module__)
        found = _presentations.get(base)
        if found is not None:
            return found
    return None
