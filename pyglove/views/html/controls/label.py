"""Label: a short text, with a link and a tooltip perhaps; badges and groups of them."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove.symbolic import explicit_method_override, members
from pyglove.utils.serialization.json_type import published_as
from pyglove.views.html.controls.base import HtmlControl
from pyglove.views.html.controls.tooltip import Tooltip
from pyglove.views.html.convertible import HtmlConvertible
from pyglove.views.html.html import Html

_STYLE = """
.label {
  display: inline-block;
  padding: 0.3em;
  color: inherit;
}
.label-container {
  display: inline-block;
}
"""

_BADGE_STYLE = """
.badge {
  border-radius: 4px;
  background: rgba(128, 128, 128, 0.2);
}
"""

_GROUP_STYLE = """
.label-group {
  display: inline-flex;
  margin: 0.3em;
  border: 1px solid rgba(128, 128, 128, 0.45);
  border-radius: 4px;
  overflow: hidden;
}
.label-group .group-name {
  background: #2f6fdb;
  color: white;
}
.label-group .badge {
  border-radius: 0;
}
"""

# Schemes whose URLs run code.
_UNSAFE_LINK = re.compile(r"^[\s\x00-\x1f]*(javascript|vbscript|data)\s*:", re.I)


def _checked_link(link: str | None) -> str | None:
    """Returns a link, unless it would run code."""
    if link is not None:
        plain = re.sub(r"[\t\r\n]", "", link)
        if _UNSAFE_LINK.match(plain):
            raise ValueError(
                f"expected the URL of a page in `link`, got {link!r}, which runs code"
            )
    return link


@published_as("pyglove.core.views.html.controls.label.Label")
@members(
    [],
    init_arg_list=["text", "tooltip", "link", "id", "css_classes", "styles"],
)
class Label(HtmlControl):
    """A short text, with a link and a tooltip perhaps.

    Attributes:
      text: Text, which is escaped, or HTML.
      tooltip: What appears when the pointer is on it; text or HTML will do.
      link: The URL to which it leads.
      target: Where the link opens, such as `_blank`.

    Example:
      >>> pg.views.html.controls.Label('docs', link='/docs').to_html().content
      '<a class="label" href="/docs">docs</a>'
    """

    text: str | Html  # type: ignore[misc]
    tooltip: Tooltip | None = None
    link: str | None = None
    target: str | None = None

    # Classes that elements of this kind have beside `label`.
    _KIND: ClassVar[list[str]] = []
    _KIND_STYLES: ClassVar[list[str]] = [_STYLE]

    def _on_bound(self) -> None:
        super()._on_bound()
        _checked_link(self.link)
        if self.tooltip is not None:
            self.tooltip.rebind(
                for_element=".label",
                interactive=self.interactive,
                skip_notification=True,
                raise_on_no_change=False,
            )

    def _to_html(self, **kwargs: Any) -> Html:
        return self._element([])

    def _element(self, css_classes: list[str]) -> Html:
        """The element, with more classes."""
        text = self.text
        label = Html.element(
            "span" if self.link is None else "a",
            [text if isinstance(text, Html) else Html.escape(text)],
            css_classes=["label", self.css_classes, self._KIND, css_classes],
            styles=self.styles,
            id=self.element_id(),
            href=None if self.link is None else Html.escape(self.link),
            target=self.target,
        ).add_style(*self._KIND_STYLES)
        if self.tooltip is None:
            return label
        return Html.element("div", [label, self.tooltip], css_classes="label-container")

    def update(
        self,
        text: str | Html | None = None,
        tooltip: str | Html | None = None,
        link: str | None = None,
        styles: dict[str, Any] | None = None,
        add_class: str | list[str] | None = None,
        remove_class: str | list[str] | None = None,
    ) -> None:
        """Changes the label, on the page as well.

        Args:
          text: The new text.
          tooltip: The new content of the tooltip. The label must have one.
          link: The new link. The label must have one.
          styles: Styles to set.
          add_class: Classes to add.
          remove_class: Classes to remove.

        Raises:
          ValueError: The label is not interactive, or lacks what is to be changed;
            nothing is changed then.
        """
        self._check_interactive()
        for name, value in (("tooltip", tooltip), ("link", link)):
            if value is not None and getattr(self, name) is None:
                raise ValueError(
                    f"expected a label with a {name} to update it, got one without: "
                    f"create it with `{name}=`"
                )
        _checked_link(link)
        if text is not None:
            self._update_content(text)
            self._sync_members(text=text)
        if styles is not None:
            self._sync_members(styles=self._update_style(styles))
        if link is not None:
            self._sync_members(link=self._update_property("href", link))
        if tooltip is not None and self.tooltip is not None:
            self.tooltip.update(tooltip)
        classes = list(self.css_classes)
        for css_class in _listed(add_class):
            self._add_css_class(css_class)
            if css_class not in classes:
                classes.append(css_class)
        for css_class in _listed(remove_class):
            self._remove_css_class(css_class)
            if css_class in classes:
                classes.remove(css_class)
        if classes != list(self.css_classes):
            self._sync_members(css_classes=classes)


def _listed(names: str | list[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


@published_as("pyglove.core.views.html.controls.label.Badge")
class Badge(Label):  # type: ignore[misc]
    """A label on a ground of its own.

    Example:
      >>> pg.views.html.controls.Badge('new').to_html().content
      '<span class="label badge">new</span>'
    """

    _KIND = ["badge"]
    _KIND_STYLES = [_STYLE, _BADGE_STYLE]


def _flat(labels: Any) -> Iterable[Any]:
    """The items of nested lists that are not None."""
    for label in labels:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        elif label is not None:
            yield label


@published_as("pyglove.core.views.html.controls.label.LabelGroup")
class LabelGroup(HtmlControl):
    """Labels in a row, with a name perhaps.

    Attributes:
      labels: The labels. Texts and HTML become labels, None is left out, and lists in
        lists are joined.
      name: The label before them.

    Example:
      >>> pg.views.html.controls.LabelGroup(['a', None, ['b']]).to_html().content
      '<div class="label-group"><span class="label group-value">a</span><span class="label group-value">b</span></div>'
    """  # noqa: E501

    labels: list[Label]  # type: ignore[misc]
    name: Label | None = None

    @explicit_method_override
    def __init__(
        self,
        labels: Any,
        name: Any = None,
        id: str | None = None,
        css_classes: list[str] | None = None,
        styles: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        fields: dict[str, Any] = {
            "labels": list(_flat(labels)),
            "name": name,
            "id": id,
            "css_classes": css_classes or [],
            "styles": styles or {},
        }
        super().__init__(**fields, **kwargs)

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.interactive:
            for label in (self.name, *self.labels):
                if label is not None and not label.interactive:
                    label.rebind(interactive=True)

    def _to_html(self, **kwargs: Any) -> Html:
        html = [] if self.name is None else [_shown(self.name, "group-name")]
        html += [_shown(label, "group-value") for label in self.labels]
        return Html.element(
            "div",
            html,
            css_classes=["label-group", self.css_classes],
            styles=self.styles,
            id=self.element_id(),
        ).add_style(_GROUP_STYLE)


def _shown(label: Label, css_class: str) -> Html:
    """The HTML of a label with a class of its group."""
    html = label._element([css_class])
    label._page_rules.update(html.styles)
    label._is_shown = True
    return html


pg_typing.register_converter((str, Html), Label, lambda text: Label(text=text))
pg_typing.register_converter(str, HtmlConvertible, lambda text: Label(text=text))
