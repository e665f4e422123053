"""Tooltip: what appears over an element when the pointer is on it."""

from typing import Any

from pyglove import typing as pg_typing
from pyglove.symbolic import members
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.html.controls.base import HtmlControl
from pyglove.views.html.html import Html
from pyglove.views.html.tree_style import TOOLTIP

_HTML_CONTENT = """
.tooltip.html-content {
  white-space: inherit;
  background: Canvas;
  color: CanvasText;
  box-shadow: 0 1px 4px rgba(0, 0, 0, 0.35);
}
"""


@published_as("pyglove.core.views.html.controls.tooltip.Tooltip")
@members(
    [],
    init_arg_list=["content", "for_element", "id", "css_classes", "styles"],
)
class Tooltip(HtmlControl):
    """What appears over an element when the pointer is on it.

    Attributes:
      content: Text, which is escaped, or HTML.
      for_element: The CSS selector of the element, which stands right before.

    Example:
      >>> tooltip = pg.views.html.controls.Tooltip('a < b', for_element='.sum')
      >>> tooltip.to_html().content
      '<span class="tooltip">a &lt; b</span>'
    """

    content: str | Html  # type: ignore[misc]
    for_element: str | None = None

    def _to_html(self, **kwargs: Any) -> Html:
        if self.for_element is None:
            raise ValueError(
                "expected `for_element`, the CSS selector of the element that the "
                "tooltip is for, got None"
            )
        content = self.content
        is_html = isinstance(content, Html)
        return Html.element(
            "span",
            [content if is_html else Html.escape(content)],
            css_classes=[
                "tooltip",
                "html-content" if is_html else None,
                self.css_classes,
            ],
            styles=self.styles,
            id=self.element_id(),
        ).add_style(
            TOOLTIP,
            _HTML_CONTENT,
            f"{self.for_element}:hover + .tooltip {{\n  display: block;\n}}",
        )

    def update(self, content: str | Html) -> None:
        """Changes the content.

        Args:
          content: Text or HTML.
        """
        self._check_interactive()
        self._update_content(content)
        if isinstance(content, Html):
            self._add_css_class("html-content")
        else:
            self._remove_css_class("html-content")
        self._sync_members(content=content)


pg_typing.register_converter(
    (str, Html), Tooltip, lambda content: Tooltip(content=content)
)
