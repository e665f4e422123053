"""HtmlView: a view that makes HTML; `pg.to_html` uses one."""

import abc
from typing import Any

from pyglove.utils import KeyPath
from pyglove.views import protocol as protocol
from pyglove.views.html.convertible import HtmlConvertible, unmarked
from pyglove.views.html.html import Html
from pyglove.views.html.tree_text import PRIMITIVES


class HtmlView(protocol.View):
    """Base of the views that render values into HTML.

    Subclasses implement `_render`. Values that define a `to_html` of their own are
    shown by it in every HTML view.
    """

    class Extension(protocol.Extension, HtmlConvertible):
        """Base of the extensions of HTML views."""

    def render(
        self,
        value: Any,
        *,
        name: str | None = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a value into HTML.

        Args:
          value: The value.
          name: The name by which its container has it.
          root_path: Its path in the tree that is shown.
          **kwargs: Options of the view.
        """
        if type(value) in PRIMITIVES:
            return self._render(value, name=name, root_path=root_path, **kwargs)
        value, has_own = unmarked(value)
        if isinstance(value, Html):
            return value
        if has_own:
            return value.to_html(name=name, root_path=root_path, **kwargs)
        return self._render(value, name=name, root_path=root_path, **kwargs)

    @abc.abstractmethod
    def _render(
        self,
        value: Any,
        *,
        name: str | None = None,
        root_path: KeyPath | None = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a value that has no `to_html` of its own."""


def to_html(
    value: Any,
    *,
    name: str | None = None,
    root_path: KeyPath | None = None,
    view_id: str = "html-tree-view",
    **kwargs: Any,
) -> Html:
    """Returns the HTML of a value.

    Args:
      value: The value.
      name: The name of the value, if it has one.
      root_path: The path of the value in its tree.
      view_id: The id of an HTML view.
      **kwargs: Options of the view; `pg.views.HtmlTreeView` has those of the default.

    Raises:
      TypeError: The view makes something else than HTML.

    Example:
      >>> pg.to_html(1).content
      '<span class="simple-value int">1</span>'
    """
    result = protocol.view(
        value, name=name, root_path=root_path, view_id=view_id, **kwargs
    )
    if not isinstance(result, Html):
        raise TypeError(
            f"expected `pg.Html` of the view {view_id!r}, got {result!r}: use "
            "`pg.view` for views of other kinds"
        )
    return result


def to_html_str(
    value: Any,
    *,
    name: str | None = None,
    root_path: KeyPath | None = None,
    view_id: str = "html-tree-view",
    content_only: bool = False,
    **kwargs: Any,
) -> str:
    """Returns the HTML of a value as text.

    Args:
      value: The value.
      name: The name of the value, if it has one.
      root_path: The path of the value in its tree.
      view_id: The id of an HTML view.
      content_only: Whether to leave out styles and scripts.
      **kwargs: Options of the view.

    Example:
      >>> pg.to_html_str('<b>', content_only=True)
      '<span class="simple-value str">&#x27;&lt;b&gt;&#x27;</span>'
    """
    return to_html(
        value, name=name, root_path=root_path, view_id=view_id, **kwargs
    ).to_str(content_only=content_only)
