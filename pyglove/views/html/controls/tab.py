"""TabControl: contents of which one is shown, chosen by buttons."""

from typing import Any, Literal

from pyglove.symbolic import Object, explicit_method_override
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.html.controls.base import HtmlControl, js_string
from pyglove.views.html.controls.label import Label
from pyglove.views.html.convertible import HtmlConvertible
from pyglove.views.html.html import Html

_STYLE = """
.tab-control {
  margin-top: 0.5em;
  border-collapse: collapse;
  border-spacing: 0;
  color: inherit;
  font: inherit;
}
.tab-control > tbody > tr > td {
  padding: 0;
  vertical-align: top;
}
.tab-button-group {
  display: flex;
  gap: 0.25em;
  padding: 0.25em;
}
.tab-button-group.left {
  flex-direction: column;
}
.tab-button {
  border: 0;
  border-radius: 4px;
  background: transparent;
  color: inherit;
  font: inherit;
  text-align: left;
  opacity: 0.75;
  cursor: pointer;
}
.tab-button:hover {
  background: rgba(128, 128, 128, 0.15);
}
.tab-button.selected {
  background: rgba(128, 128, 128, 0.3);
  opacity: 1;
}
.tab-content-group {
  padding: 0.5em;
  border: 1px solid rgba(128, 128, 128, 0.45);
  border-radius: 4px;
}
.tab-content {
  display: none;
}
.tab-content.selected {
  display: block;
}
"""

_SCRIPT = """
function openTab(event, controlId, tabId) {
  const groups = ['-button-group', '-content-group'];
  for (const name of groups) {
    const group = document.getElementById(controlId + name);
    for (const child of group.children) {
      child.classList.remove('selected');
    }
  }
  event.currentTarget.classList.add('selected');
  document.getElementById(tabId).classList.add('selected');
}
"""


@published_as("pyglove.core.views.html.controls.tab.Tab")
class Tab(Object):
    """A content and the label of its button.

    Attributes:
      label: The label; text or HTML will do.
      content: HTML, or what converts to it; text becomes a label.
      css_classes: Classes of the button and of the content.
      name: A name by which the tab control finds it.
    """

    label: Label
    content: Html | HtmlConvertible
    css_classes: list[str] = []
    name: str | None = None


def _flat(tabs: Any) -> list[Tab]:
    """The tabs of nested lists, without None."""
    found: list[Tab] = []
    for tab in tabs:
        if isinstance(tab, list | tuple):
            found += _flat(tab)
        elif tab is not None:
            found.append(tab)
    return found


def _index_of(tabs: Any, index_or_name: Any) -> int:
    """The index of the first tab that is meant, within the tabs, or -1."""
    if isinstance(index_or_name, int):
        count = len(tabs)
        if index_or_name < 0:
            index_or_name += count
        return max(0, min(index_or_name, count - 1)) if count else -1
    names = [index_or_name] if isinstance(index_or_name, str) else index_or_name
    for name in names:
        for i, tab in enumerate(tabs):
            if tab.name == name:
                return i
    return -1


@published_as("pyglove.core.views.html.controls.tab.TabControl")
class TabControl(HtmlControl):
    """Contents of which one is shown, chosen by buttons.

    Attributes:
      tabs: The tabs. None is left out, and lists in lists are joined.
      selected: The index of the tab that is shown; to start with, its name or a list of
        names will do.
      tab_position: Whether the buttons are on the `top` or on the `left`.

    Example:
      >>> Tab = pg.views.html.controls.Tab
      >>> tabs = pg.views.html.controls.TabControl([Tab('a', pg.Html('A'), name='one')])
      >>> tabs.append(Tab('b', pg.Html('B'), name='two'))
      >>> tabs.select('two')
      'two'
      >>> tabs.selected
      1
    """

    tabs: list[Tab]  # type: ignore[misc]
    selected: int = 0
    tab_position: Literal["top", "left"] = "top"
    interactive: bool = True

    @explicit_method_override
    def __init__(
        self,
        tabs: Any,
        selected: Any = 0,
        tab_position: Literal["top", "left"] = "top",
        id: str | None = None,
        css_classes: list[str] | None = None,
        styles: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        tabs = _flat(tabs)
        fields: dict[str, Any] = {
            "tabs": tabs,
            "selected": max(0, _index_of(tabs, selected)),
            "tab_position": tab_position,
            "id": id,
            "css_classes": css_classes or [],
            "styles": styles or {},
        }
        super().__init__(**fields, **kwargs)

    def _on_bound(self) -> None:
        super()._on_bound()
        if not hasattr(self, "_numbers"):
            # Numbers of tabs, in the ids of their contents: positions change.
            self._numbers: list[int] = []
        while len(self._numbers) < len(self.tabs):
            self._numbers.append(max(self._numbers, default=-1) + 1)
        if not self.interactive and self._made_id is None:
            # Buttons switch tabs in the browser, which finds contents by ids.
            self._made_id = HtmlControl(interactive=True).element_id()

    def element_id(self, child: str | None = None) -> str | None:
        """Returns the id of the element of this control, or of a part of it.

        Args:
          child: The name of the part.
        """
        base = super().element_id() or self._made_id
        return base if child is None else f"{base}-{child}"

    def _to_html(self, **kwargs: Any) -> Html:
        buttons, contents = (
            Html.element(
                "div",
                [make(tab, i) for i, tab in enumerate(self.tabs)],
                css_classes=[f"tab-{part}-group", self.tab_position, self.css_classes],
                id=self.element_id(f"{part}-group"),
            )
            for part, make in (
                ("button", self._tab_button),
                ("content", self._tab_content),
            )
        )
        between = "</td><td>" if self.tab_position == "left" else "</td></tr><tr><td>"
        return (
            Html.element(
                "table",
                ["<tr><td>", buttons, between, contents, "</td></tr>"],
                css_classes="tab-control",
                styles=self.styles,
            )
            .add_style(_STYLE)
            .add_script(_SCRIPT)
        )

    def _tab_button(self, tab: Tab, i: int) -> Html:
        texts = [
            js_string(text)[1:-1].replace("'", "\\'")
            for text in (self.element_id(), self.element_id(str(self._numbers[i])))
        ]
        return Html.element(
            "button",
            [tab.label],
            css_classes=[
                "tab-button",
                "selected" if i == self.selected else None,
                tab.css_classes,
            ],
            onclick="openTab(event, '{}', '{}')".format(*texts),
        )

    def _tab_content(self, tab: Tab, i: int) -> Html:
        return Html.element(
            "div",
            [tab.content],
            css_classes=[
                "tab-content",
                "selected" if i == self.selected else None,
                tab.css_classes,
            ],
            id=self.element_id(str(self._numbers[i])),
        )

    # ---- Changes ----------------------------------------------------------------

    def indexof(self, index_or_name: int | str | list[str]) -> int:
        """Returns the index of a tab, or -1 if there is none of that name.

        Args:
          index_or_name: An index, which counts from the end if it is negative and is
            brought within the tabs; a name; or names, of which the first counts that
            there is.
        """
        return _index_of(self.tabs, index_or_name)

    def _found(self, index_or_name: int | str | list[str]) -> int:
        index = self.indexof(index_or_name)
        if index < 0:
            names = [tab.name for tab in self.tabs if tab.name is not None]
            raise ValueError(
                f"expected the index of a tab or a name, one of {names}, "
                f"got {index_or_name!r}"
            )
        return index

    def append(self, tab: Tab) -> None:
        """Adds a tab at the end.

        Args:
          tab: The tab.
        """
        self._insert(len(self.tabs), tab)

    def extend(self, tabs: list[Tab]) -> None:
        """Adds tabs at the end.

        Args:
          tabs: The tabs.
        """
        for tab in tabs:
            self.append(tab)

    def insert(self, index_or_name: int | str, tab: Tab) -> None:
        """Inserts a tab before another.

        Args:
          index_or_name: The index of the other, or its name. An index at or past the
            end adds the tab there.
          tab: The tab.

        Raises:
          ValueError: There is no tab of this name.
        """
        count = len(self.tabs)
        is_end = isinstance(index_or_name, int) and index_or_name >= count
        self._insert(count if is_end or not count else self._found(index_or_name), tab)

    def _insert(self, index: int, tab: Tab) -> None:
        count = len(self.tabs)
        selected = self.selected
        if index <= selected and count:
            selected += 1
        tabs = [*self.tabs]
        tabs.insert(index, tab)
        number = max(self._numbers, default=-1) + 1
        self._numbers.insert(index, number)
        self._sync_members(tabs=tabs, selected=selected)
        tab = self.tabs[index]
        if not self._is_shown:
            return
        for part, html in (
            ("button", self._tab_button(tab, index)),
            ("content", self._tab_content(tab, index)),
        ):
            group = self._group(part)
            if index < count:
                self._insert_adjacent_html(
                    f"{group}.children[{index}]", html, position="beforebegin"
                )
            else:
                self._insert_adjacent_html(group, html)

    def remove(self, index_or_name: int | str) -> Tab:
        """Removes a tab.

        Args:
          index_or_name: Its index or its name.

        Returns:
          The tab.

        Raises:
          ValueError: There is no such tab.
        """
        index = self._found(index_or_name)
        tabs, selected = [*self.tabs], self.selected
        tab = tabs.pop(index)
        is_selected = index == selected
        if index < selected or (is_selected and index == len(tabs)):
            selected -= 1
        self._numbers.pop(index)
        self._sync_members(tabs=tabs, selected=max(0, selected))
        for part in ("button", "content"):
            self._run_javascript(f"{self._group(part)}.children[{index}].remove();")
        if is_selected and tabs:
            self._click()
        return tab

    def select(self, index_or_name: int | str | list[str]) -> int | str:
        """Shows a tab.

        Args:
          index_or_name: Its index or its name, or names, of which the first counts that
            there is.

        Returns:
          Its index, or its name if it was found by one.

        Raises:
          ValueError: There is no such tab.
        """
        index = self._found(index_or_name)
        self._sync_members(selected=index)
        self._click()
        if isinstance(index_or_name, int):
            return index
        return self.tabs[index].name or index

    def _click(self) -> None:
        """Shows the selected tab on the page."""
        self._run_javascript(
            f"{self._group('button')}.children[{self.selected}].click();"
        )

    def _group(self, part: str) -> str:
        """JavaScript that finds the element with the buttons or the contents."""
        return f"document.getElementById({js_string(self.element_id(f'{part}-group'))})"
