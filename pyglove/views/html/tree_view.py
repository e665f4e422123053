"""HtmlTreeView: values as trees of nodes that open and close."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from pyglove.symbolic import Ref
from pyglove.utils import KeyPath
from pyglove.views.html import tree_option, tree_style
from pyglove.views.html.html import Html
from pyglove.views.html.html_view import HtmlView
from pyglove.views.html.tree_content import TreeContents
from pyglove.views.html.tree_extension import TreeExtension
from pyglove.views.html.tree_markup import note
from pyglove.views.html.tree_renderer import Presentation, presentation_of
from pyglove.views.html.tree_text import PRIMITIVES, TooltipTexts, escape
from pyglove.views.html.tree_writer import MAX_DEPTH, TreeWriter
from pyglove.views.protocol import Extension, View


class HtmlTreeView(TreeContents, HtmlView):
    """Shows a value as a tree of nodes that open and close.

    A node has a summary (its name and a title, with tooltips for its path and its text)
    and a content (its children, or its text). All text that comes from values is
    escaped. A page ends with a note after 10,000 values or 60 levels.

    Classes that inherit `HtmlTreeView.Extension` override how their objects are shown.
    """

    VIEW_ID = "html-tree-view"

    Extension: ClassVar[Any] = TreeExtension

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._open: list[int] = []
        self._shown = 0
        self._heads: dict[str, Callable[[Any], Html | None]] = {}
        self._tooltip_texts = TooltipTexts()
        self._writes_at_once = type(self) is HtmlTreeView

    @View.extension_method("_html_tree_view_render")
    def _render(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        title: Any = None,
        enable_summary: bool | None = None,
        enable_summary_for_str: bool = True,
        max_summary_len_for_str: int = 80,
        enable_summary_tooltip: bool = True,
        summary_color: Any = None,
        key_style: Any = "summary",
        key_color: Any = None,
        include_keys: Any = None,
        exclude_keys: Any = None,
        enable_key_tooltip: bool = True,
        collapse_level: Any = 1,
        uncollapse: Any = None,
        child_config: dict[str, Any] | None = None,
        highlight: Any = None,
        lowlight: Any = None,
        extra_flags: dict[str, Any] | None = None,
        debug: bool = False,
    ) -> Html:
        options = {
            "css_classes": css_classes,
            "collapse_level": collapse_level,
            "uncollapse": tree_option.initial_uncollapse(uncollapse),
            "extra_flags": extra_flags or {},
            "child_config": child_config or {},
            "key_style": key_style,
            "key_color": key_color,
            "include_keys": include_keys,
            "exclude_keys": exclude_keys,
            "summary_color": summary_color,
            "enable_summary": enable_summary,
            "enable_summary_for_str": enable_summary_for_str,
            "max_summary_len_for_str": max_summary_len_for_str,
            "enable_summary_tooltip": enable_summary_tooltip,
            "enable_key_tooltip": enable_key_tooltip,
            "title": title,
            "highlight": highlight,
            "lowlight": lowlight,
            "debug": debug,
        }
        path = KeyPath() if root_path is None else root_path
        is_root = not self._open
        shown, styles = None, None
        target = value
        if type(value) in PRIMITIVES:
            pass
        elif isinstance(value, Ref):
            target = value.value
            options["css_classes"] = ["ref", css_classes]
        elif isinstance(value, Extension):
            if isinstance(value, self.Extension):
                own: Any = value
                config = own._html_tree_view_config()
                if config:
                    options = tree_option.merged(options, config, path)
                styles = own._html_tree_view_css_styles()
        else:
            html = self._written(value, name, path, options) if is_root else None
            if html is not None:
                return html
            cls: Any = type(value)
            shown = presentation_of(cls)
            if shown is not None:
                styles = shown.styles
                if shown.options:
                    options = tree_option.merged(options, shown.options, path)
        with self._opened(target) as reason:
            if reason is not None:
                return Html(note(reason), styles=[tree_style.COMPLEX_VALUE])
            places = {"name": name, "parent": parent, "root_path": path}
            if shown is not None and shown.render is not None:
                html = shown.render(self, value, **places, **options)
            else:
                html = self._node(value, target, **places, **options)
        if type(html) is not Html:
            html = Html.from_value(html)  # A control, perhaps.
        if styles:
            html.add_style(*styles)
        return self._page(value, html) if is_root else html

    def _written(
        self, value: Any, name: str | None, path: KeyPath, options: dict[str, Any]
    ) -> Html | None:
        """A page that is written in one pass, if the value and the options allow it."""
        if not self._writes_at_once or any(map(options.get, _UNUSUAL)):
            return None
        if tree_option.has_render_flag(options["extra_flags"]):
            return None
        self._begin()
        writer = TreeWriter(self, {key: options[key] for key in tree_option.PASSED})
        html = writer.write(value, name, path, options["collapse_level"])
        return None if html is None else self._page(value, html)

    def _node(
        self,
        value: Any,
        target: Any,
        *,
        name: str | None,
        parent: Any,
        root_path: KeyPath,
        **options: Any,
    ) -> Html:
        """The element of a node: a reference shows its target."""
        shown = dict(options)
        debug = options.pop("debug")
        title = options.pop("title")
        cls: Any = type(value)
        own = None if target is not value else presentation_of(cls)
        if own is not None and own.title is not None and title is None:
            title = own.title(value)
        summary = self.summary(
            target,
            name=name,
            parent=parent,
            root_path=root_path,
            title=title,
            **{key: options[key] for key in _SUMMARY_OPTIONS},
        )
        del options["summary_color"]
        classes = options["css_classes"]
        if summary is not None:
            options["css_classes"] = None
        content = self._content_of_node(
            own,
            target,
            name=name,
            parent=parent,
            root_path=root_path,
            debug=debug,
            **options,
        )
        if summary is None:
            return self._debug_info(shown).write(content) if debug else content
        is_closed = self.should_collapse(
            value,
            name=name,
            root_path=root_path,
            parent=parent,
            collapse_level=options["collapse_level"],
            uncollapse=options["uncollapse"],
        )
        css = f"pyglove {self.css_class_name(value)}"
        if classes:
            more = escape(Html.concate(classes) or "")
            css = Html.concate([*css.split(), more.split()]) or ""
        html = Html()
        html._texts.append(f'<details{"" if is_closed else " open"} class="{css}">')
        html.write(summary)
        if debug:
            html.write(self._debug_info(shown))
        html.write(content)
        html._texts.append("</details>")
        html.styles.add(tree_style.DETAILS)
        return html

    def _content_of_node(
        self, shown: Presentation | None, value: Any, **options: Any
    ) -> Html:
        if shown is None or shown.content is None:
            return self.content(value, **options)
        return shown.content(self, value, **options)

    def head_page(self, key: str, make: Callable[[Any], Html | None]) -> None:
        """Puts something at the top of the page that is being made.

        Args:
          key: What it is; of several calls with one key, the first counts.
          make: Returns it, given the value of the page; None for nothing.
        """
        self._heads.setdefault(key, make)

    def _page(self, value: Any, html: Html) -> Html:
        """Completes the page of a value."""
        html.styles.add(tree_style.PAGE)
        if not self._heads:
            return html
        heads, self._heads = self._heads, {}
        return Html(*(make(value) for make in heads.values()), html)

    def _begin(self) -> None:
        """Begins a page."""
        self._shown = 0
        self._heads = {}
        self._tooltip_texts = TooltipTexts()

    @contextlib.contextmanager
    def _opened(self, value: Any) -> Iterator[str | None]:
        """Keeps the values that are being shown, and says why one is not."""
        if not self._open:
            self._begin()
        self._shown += 1
        key = id(value)
        if key in self._open and type(value) not in PRIMITIVES:
            if not isinstance(value, Extension) or self._is_cycle(value):
                yield f"{type(value).__name__}(...), in which this stands"
                return
        if len(self._open) > MAX_DEPTH:
            yield "deeper levels are not shown"
            return
        self._open.append(key)
        try:
            yield None
        finally:
            self._open.pop()

    def _is_cycle(self, value: Any) -> bool:
        """Whether a value stands below itself. A method of its may render it twice."""
        return self._open.count(id(value)) > 1

    def _debug_info(self, options: dict[str, Any]) -> Html:
        return Html.element(
            "div",
            [
                '<span class="debug-info-trigger">DEBUG</span>',
                self.tooltip(
                    None,
                    content=escape(TooltipTexts().text_of(options)),
                    css_classes="debug-info",
                ),
            ],
        ).add_style(tree_style.DEBUG)

    def should_collapse(
        self,
        value: Any,
        name: str | None,
        root_path: KeyPath,
        parent: Any,
        collapse_level: Any = 1,
        uncollapse: Any = None,
    ) -> bool:
        """Returns whether a node is closed at first.

        Args:
          value: The value.
          name: Its name.
          root_path: Its path.
          parent: Its parent.
          collapse_level: How many levels are open, from this one; None for all.
          uncollapse: Paths of nodes that are open anyway, or a filter of nodes.
        """
        if collapse_level is None or collapse_level > 0:
            return False
        if callable(uncollapse):
            return not uncollapse(root_path, value, parent)
        if name is not None and isinstance(value, PRIMITIVES):
            return False
        return not (uncollapse is not None and root_path in uncollapse)


_SUMMARY_OPTIONS = (
    "css_classes",
    "summary_color",
    "enable_summary",
    "enable_summary_for_str",
    "enable_summary_tooltip",
    "enable_key_tooltip",
    "max_summary_len_for_str",
    "extra_flags",
)


# Options without which a page may be written in one pass.
_UNUSUAL = ("css_classes", "title", "summary_color", "child_config")
