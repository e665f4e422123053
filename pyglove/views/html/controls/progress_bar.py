"""ProgressBar: how far work is, in parts of several kinds."""

from typing import Any

from pyglove import utils
from pyglove.symbolic import members
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.html.controls.base import HtmlControl
from pyglove.views.html.controls.label import Label
from pyglove.views.html.controls.tooltip import Tooltip
from pyglove.views.html.html import Html

_STYLE = """
.progress-bar {
  display: inline-block;
}
.progress-bar .shade {
  display: inline-flex;
  width: 10em;
  height: 0.4em;
  margin: 0.5em;
  border-radius: 0.2em;
  background: rgba(128, 128, 128, 0.25);
  overflow: hidden;
}
.progress-bar .sub-progress {
  width: 0%;
  height: 100%;
  background: #2f6fdb;
}
"""


@published_as("pyglove.core.views.html.controls.progress_bar.SubProgress")
@members(
    [],
    init_arg_list=["name", "value", "id", "css_classes", "styles"],
)
class SubProgress(HtmlControl):
    """A part of a progress bar.

    Attributes:
      name: Its name, which is a class of its element as well.
      value: The steps that are done.
    """

    name: str  # type: ignore[misc]
    value: int = 0
    interactive: bool = True

    @property
    def parent(self) -> "ProgressBar | None":
        """The progress bar of which this is a part."""
        holder = self.sym_parent
        bar = None if holder is None else holder.sym_parent
        return bar if isinstance(bar, ProgressBar) else None

    @property
    def total(self) -> int | None:
        """The steps in all, or None if they are not known."""
        return None if self.parent is None else self.parent.total

    @property
    def width(self) -> str | None:
        """The width of the part in percent, or None if the steps are not known."""
        total = self.total
        return None if total is None else f"{_share(self.value, total):.0%}"

    def _styles(self) -> dict[str, Any]:
        return {**self.styles, "width": self.width}

    def _to_html(self, **kwargs: Any) -> Html:
        return Html.element(
            "div",
            css_classes=["sub-progress", Html.escape(self.name), self.css_classes],
            styles=self._styles(),
            id=self.element_id(),
        )

    def increment(self, delta: int = 1) -> None:
        """Adds steps that are done.

        Args:
          delta: How many.
        """
        self.update(self.value + delta)

    def update(self, value: int | None = None) -> None:
        """Sets the steps that are done, and shows them.

        Args:
          value: How many; None shows them as they are.
        """
        self._check_interactive()
        if value is not None:
            self._sync_members(value=value)
        self._update_style(self._styles(), updates_only=True)
        if self.parent is not None:
            self.parent._update_text_of_progress()


def _share(value: int, total: int) -> float:
    return value / total if total else 0.0


@published_as("pyglove.core.views.html.controls.progress_bar.ProgressBar")
@members(
    [],
    init_arg_list=["subprogresses", "total", "id", "css_classes", "styles"],
)
class ProgressBar(HtmlControl):
    """How far work is, in parts of several kinds.

    Attributes:
      subprogresses: The parts.
      total: The steps in all, or None if they are not known yet.

    Example:
      >>> controls = pg.views.html.controls
      >>> done = controls.SubProgress('done')
      >>> bar = controls.ProgressBar([done], total=4)
      >>> bar['done'].increment()
      >>> bar['done'].width
      '25%'
    """

    subprogresses: list[SubProgress]  # type: ignore[misc]
    total: int | None = None
    interactive: bool = True

    def _on_bound(self) -> None:
        super()._on_bound()
        if not hasattr(self, "_label"):
            self._label = Label(
                text=self._progress_text(),
                tooltip=Tooltip(content=self._progress_tooltip()),
                css_classes=["progress-label"],
                interactive=True,
            )

    def __getitem__(self, name: str) -> SubProgress:
        """Returns a part by its name.

        Raises:
          KeyError: There is no such part.
        """
        for part in self.subprogresses:
            if part.name == name:
                return part
        names = [part.name for part in self.subprogresses]
        raise utils.PyGloveKeyError(
            f"expected the name of a part of the progress bar, one of {names}, "
            f"got {name!r}"
        )

    def _progress_text(self) -> str | Html:
        """The text beside the bar."""
        if self.total is None:
            return "n/a"
        done = sum(part.value for part in self.subprogresses)
        return f" {_share(done, self.total):.1%} ({done}/{self.total})"

    def _progress_tooltip(self) -> str:
        """The tooltip of that text."""
        total = self.total
        if total is None:
            return "Not started"
        return "\n".join(
            f"{part.name}: {_share(part.value, total):.1%} ({part.value}/{total})"
            for part in self.subprogresses
        )

    def _to_html(self, **kwargs: Any) -> Html:
        shade = Html.element("div", [*self.subprogresses], css_classes="shade")
        return Html.element(
            "div",
            [shade, self._label],
            css_classes=["progress-bar", self.css_classes],
            styles=self.styles,
            id=self.id,
        ).add_style(_STYLE)

    def _update_text_of_progress(self) -> None:
        self._label.update(self._progress_text(), tooltip=self._progress_tooltip())

    def update(self, total: int | None = None) -> None:
        """Sets the steps in all, and shows the progress.

        Args:
          total: How many; None leaves them as they are.
        """
        self._check_interactive()
        if total is not None:
            self._sync_members(total=total)
        for part in self.subprogresses:
            part._update_style(part._styles(), updates_only=True)
        self._update_text_of_progress()
