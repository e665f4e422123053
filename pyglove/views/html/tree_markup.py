"""Markup of the tree view: attributes and small elements that its parts share."""

from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html.html import Html
from pyglove.views.html.tree_text import escape


def class_suffix(css_classes: Any) -> str:
    """Returns classes that follow others in an attribute."""
    if not css_classes:
        return ""
    joined = Html.concate(css_classes)
    return f" {escape(joined)}" if joined else ""


def color_style(colors: tuple[str | None, str | None]) -> str:
    """Returns the attribute with colours of text and background."""
    if colors == (None, None):
        return ""
    style = Html.style_str({"color": colors[0], "background_color": colors[1]})
    return f' style="{escape(style)}"' if style else ""


def note(text: str) -> str:
    """Returns a note on what is not shown."""
    return f'<span class="not-shown">{escape(text)}</span>'


def name_of(key: Any) -> str:
    """Returns the name in the summary of a value: that of its path."""
    return key if isinstance(key, str) else str(KeyPath(key))
