"""Controls: elements of a page that Python may change after they are shown."""

from pyglove.views.html.controls.base import HtmlControl
from pyglove.views.html.controls.label import Badge, Label, LabelGroup
from pyglove.views.html.controls.progress_bar import ProgressBar, SubProgress
from pyglove.views.html.controls.tab import Tab, TabControl
from pyglove.views.html.controls.tooltip import Tooltip

__all__ = [
    "Badge",
    "HtmlControl",
    "Label",
    "LabelGroup",
    "ProgressBar",
    "SubProgress",
    "Tab",
    "TabControl",
    "Tooltip",
]


def __dir__() -> list[str]:
    return sorted(__all__)
