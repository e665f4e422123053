"""HtmlConvertible: what has an HTML form."""

import abc
import functools
import inspect
from typing import TYPE_CHECKING, Any

from pyglove.symbolic import Symbolic
from pyglove.views.protocol import view

if TYPE_CHECKING:
    from pyglove.views.html.html import Html


class HtmlConvertible(metaclass=abc.ABCMeta):  # noqa: B024
    """Base of what can be converted to HTML; symbolic values are, too.

    Example:
      >>> class Rule(pg.views.HtmlConvertible):
      ...     def to_html(self, **kwargs):
      ...         return pg.Html('<hr>')
      >>> pg.Html('a', Rule(), 'b').content
      'a<hr>b'
    """

    def to_html(self, **kwargs: Any) -> "Html":
        """Returns the HTML of this value.

        Args:
          **kwargs: Options of `pg.to_html`.
        """
        return default_html(self, **kwargs)

    def to_html_str(self, *, content_only: bool = False, **kwargs: Any) -> str:
        """Returns the HTML of this value as text.

        Args:
          content_only: Whether to leave out styles and scripts.
          **kwargs: Options of `pg.to_html`.
        """
        return self.to_html(**kwargs).to_str(content_only=content_only)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.to_html_str()


HtmlConvertible.register(Symbolic)


def default_html(value: Any, **kwargs: Any) -> Any:
    """Renders a value by a view, without asking its own `to_html`.

    Args:
      value: The value.
      **kwargs: Options of `pg.view`.
    """
    return view(_Plain(value), **kwargs)


class _Plain:
    """Marks a value whose `to_html` is running already."""

    def __init__(self, value: Any) -> None:
        self.value = value


def unmarked(value: Any) -> tuple[Any, bool]:
    """Returns a value and whether its own `to_html` is to be asked.

    Args:
      value: What a view was given.
    """
    if type(value) is _Plain:
        return value.value, False
    return value, has_own_html(value)


def has_own_html(value: Any) -> bool:
    """Returns whether a value says itself what its HTML is.

    A symbolic value may have something else of the name `to_html`: a field, or a method
    of a class that was wrapped. One that is meant here takes any options.

    Args:
      value: Any value.
    """
    cls: Any = type(value)
    return class_has_own_html(cls)


@functools.lru_cache(maxsize=4096)
def class_has_own_html(cls: Any) -> bool:
    """Returns whether objects of a class say what their HTML is; see `has_own_html`."""
    method = getattr(cls, "to_html", None)
    if (
        not callable(method)
        or method is HtmlConvertible.to_html
        or method is Symbolic.to_html
        or not issubclass(cls, HtmlConvertible)
    ):
        return False
    return not issubclass(cls, Symbolic) or any(
        p.kind is p.VAR_KEYWORD for p in inspect.signature(method).parameters.values()
    )
