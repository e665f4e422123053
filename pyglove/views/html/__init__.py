"""HTML views: `pg.Html`, the tree view, and controls."""

from pyglove.views.html import (
    contextual_view as _contextual_view,  # noqa: F401  It registers.
)
from pyglove.views.html import controls
from pyglove.views.html import diff_view as _diff_view  # noqa: F401  It registers.
from pyglove.views.html import error_view as _error_view  # noqa: F401  So does this.
from pyglove.views.html.convertible import HtmlConvertible
from pyglove.views.html.html import Html
from pyglove.views.html.html_view import HtmlView, to_html, to_html_str
from pyglove.views.html.tree_renderer import Presentation, register_presentation
from pyglove.views.html.tree_view import HtmlTreeView

__all__ = [
    "Html",
    "HtmlConvertible",
    "HtmlTreeView",
    "HtmlView",
    "Presentation",
    "controls",
    "register_presentation",
    "to_html",
    "to_html_str",
]


def __dir__() -> list[str]:
    return sorted(__all__)
