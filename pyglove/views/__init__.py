"""Views: values as HTML, and views of your own.

`pg.to_html` shows any value as a tree that opens and closes; notebooks show symbolic
values that way. A class says how its objects are shown by inheriting the extension of a
view.
"""

from pyglove.views import html
from pyglove.views.content import Content
from pyglove.views.html import (
    Html,
    HtmlConvertible,
    HtmlTreeView,
    HtmlView,
    to_html,
    to_html_str,
)
from pyglove.views.protocol import NodeFilter, View, view, view_options

__all__ = [
    "Content",
    "Html",
    "HtmlConvertible",
    "HtmlTreeView",
    "HtmlView",
    "NodeFilter",
    "View",
    "html",
    "to_html",
    "to_html_str",
    "view",
    "view_options",
]


def __dir__() -> list[str]:
    return sorted(__all__)
