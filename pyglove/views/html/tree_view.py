"""HtmlTreeView: values as trees of nodes that open and close."""

import contextlib
from collections.abc import Iterator
from typing import Any

from pyglove.symbolic import Ref
from pyglove.utils import KeyPath
from pyglove.views.html import tree_option, tree_style
from pyglove.views.html.convertible import HtmlConvertible
from pyglove.views.html.html import Html
from pyglove.views.html.html_view import HtmlView
from pyglove.views.html.tree_helper import TreeHelpers
from pyglove.views.html.tree_leaf import LeafWriter
from pyglove.views.html.tree_renderer import renderer_of
from pyglove.views.html.tree_text import (
    CONTAINERS,
    PRIMITIVES,
    TooltipTexts,
    class_name,
    cut,
    escape,
    items,
    title_of,
    value_text,
)
from pyglove.views.protocol import Extension, View

# What one page shows at most: values in all, and levels below one another.
MAX_NODES = 10_000
MAX_DEPTH = 60


class HtmlTreeView(TreeHelpers, HtmlView):
    """Shows a value as a tree of nodes that open and close.

    A node has a summary (its name and a title, with tooltips for its path and its text)
    and a content (its children, or its text). All text that comes from values is
    escaped. A page ends with a note after 10,000 values or 60 levels.

    Classes that inherit `HtmlTreeView.Extension` override how their objects are shown.
    """

    VIEW_ID = "html-tree-view"

    class Extension(HtmlView.Extension):
        """Base of the classes whose objects say how the tree view shows them.

        Example:
          >>> class Point(pg.Object, pg.views.HtmlTreeView.Extension):
          ...     x: int
          ...     y: int
          ...     def _html_tree_view_content(self, *, view, **kwargs):
          ...         return pg.Html.element('b', [f'({self.x}, {self.y})'])
          >>> pg.to_html(Point(1, 2), enable_summary=False).content
          '<b>(1, 2)</b>'
        """

        def _html_tree_view_render(
            self,
            *,
            view: Any,
            name: str | None = None,
            parent: Any = None,
            root_path: KeyPath | None = None,
            **kwargs: Any,
        ) -> Html:
            """Returns the HTML of this value."""
            return self._html_tree_view(
                view=view, name=name, parent=parent, root_path=root_path, **kwargs
            )

        def _html_tree_view(
            self,
            *,
            view: Any,
            name: str | None = None,
            parent: Any = None,
            root_path: KeyPath | None = None,
            **kwargs: Any,
        ) -> Html:
            """Returns the HTML of this value."""
            return view._render(
                self, name=name, parent=parent, root_path=root_path, **kwargs
            )

        def _html_tree_view_summary(
            self,
            *,
            view: Any,
            name: str | None = None,
            parent: Any = None,
            root_path: KeyPath | None = None,
            **kwargs: Any,
        ) -> Html | None:
            """Returns the summary of this value, or None for none."""
            return view.summary(
                self, name=name, parent=parent, root_path=root_path, **kwargs
            )

        def _html_tree_view_content(
            self,
            *,
            view: Any,
            name: str | None = None,
            parent: Any = None,
            root_path: KeyPath | None = None,
            **kwargs: Any,
        ) -> Html:
            """Returns the content of this value."""
            return view.content(
                self, name=name, parent=parent, root_path=root_path, **kwargs
            )

        @classmethod
        def _html_tree_view_config(cls) -> dict[str, Any]:
            """Returns options that hold for values of this class."""
            return {}

        @classmethod
        def _html_tree_view_css_styles(cls) -> list[str]:
            """Returns rules of CSS that values of this class need."""
            return []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._open: list[int] = []
        self._shown = 0
        self._tooltip_texts = TooltipTexts()

    # ---- Nodes -----------------------------------------------------------------

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
        target, styles = value, None
        if type(value) in PRIMITIVES:
            pass
        elif isinstance(value, Ref):
            target = value.value
            options["css_classes"] = ["ref", css_classes]
        elif isinstance(value, Extension) and isinstance(value, self.Extension):
            config = value._html_tree_view_config()
            if config:
                options = tree_option.merged(options, config, path)
            styles = value._html_tree_view_css_styles()
        with self._opened(target) as note:
            if note is not None:
                return Html(_note(note), styles=[tree_style.COMPLEX_VALUE])
            render = renderer_of(type(value))
            if render is not None:
                html = render(
                    self, value, name=name, parent=parent, root_path=path, **options
                )
            else:
                html = self._node(value, target, name, parent, path, options)
        if is_root:
            html.styles.add(tree_style.PAGE)
        if styles:
            html.add_style(*styles)
        return html

    def _node(
        self,
        value: Any,
        target: Any,
        name: str | None,
        parent: Any,
        path: KeyPath,
        options: dict[str, Any],
    ) -> Html:
        """The element of a node: a reference shows its target."""
        debug = options.pop("debug")
        title, marks = options.pop("title"), ("highlight", "lowlight")
        highlight, lowlight = (options.pop(mark) for mark in marks)
        shown = dict(options)
        summary = self.summary(
            target,
            name=name,
            parent=parent,
            root_path=path,
            title=title,
            **{key: options[key] for key in _SUMMARY_OPTIONS},
        )
        summary_color = options.pop("summary_color")
        del summary_color
        classes = options["css_classes"]
        if summary is not None:
            options["css_classes"] = None
        content = self.content(
            target,
            name=name,
            parent=parent,
            root_path=path,
            highlight=highlight,
            lowlight=lowlight,
            debug=debug,
            **options,
        )
        if summary is None:
            return self._debug_info(shown).write(content) if debug else content
        is_closed = self.should_collapse(
            value,
            name=name,
            root_path=path,
            parent=parent,
            collapse_level=options["collapse_level"],
            uncollapse=options["uncollapse"],
        )
        css = f"pyglove {self.css_class_name(value)}"
        if classes:
            css = escape(Html.concate([*css.split(), classes]) or "")
        html = Html()
        html._texts.append(f'<details{"" if is_closed else " open"} class="{css}">')
        html.write(summary)
        if debug:
            html.write(self._debug_info(shown))
        html.write(content)
        html._texts.append("</details>")
        html.styles.add(tree_style.DETAILS)
        return html

    @contextlib.contextmanager
    def _opened(self, value: Any) -> Iterator[str | None]:
        """Keeps the values that are being shown, and says why one is not."""
        if not self._open:
            self._shown = 0
            self._tooltip_texts = TooltipTexts()
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
                    content=TooltipTexts().text_of(options),
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

    # ---- Summaries -------------------------------------------------------------

    def needs_summary(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        title: Any = None,
        enable_summary: bool | None = None,
        enable_summary_for_str: bool = True,
        max_summary_len_for_str: int = 80,
    ) -> bool:
        """Returns whether a node has a summary.

        Args:
          value: The value.
          name: Its name.
          parent: Its parent.
          title: The title of the summary, if it is given.
          enable_summary: Whether it has one; if None, values that are simple and short
            have none, unless they have a name or a title.
          enable_summary_for_str: Whether texts may have one.
          max_summary_len_for_str: The longest text that counts as short.
        """
        if enable_summary is not None:
            return enable_summary
        if isinstance(value, str):
            if not enable_summary_for_str:
                return False
            if len(value) > max_summary_len_for_str:
                return True
        elif not isinstance(value, PRIMITIVES):
            return True
        return bool(name or title)

    @View.extension_method("_html_tree_view_summary")
    def summary(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        title: Any = None,
        enable_summary: bool | None = None,
        enable_summary_tooltip: bool = True,
        summary_color: Any = None,
        max_summary_len_for_str: int = 80,
        enable_summary_for_str: bool = True,
        enable_key_tooltip: bool = True,
        summary_tooltip_fn: Any = None,
        key_tooltip_fn: Any = None,
        extra_flags: dict[str, Any] | None = None,
    ) -> Html | None:
        """Renders the summary of a node.

        Args:
          value: The value.
          name: Its name.
          parent: Its parent.
          root_path: Its path.
          css_classes: Classes of the parts of the summary.
          title: The title: text, which is escaped, or `pg.Html`. That of the class of
            the value by default.
          enable_summary: Whether there is a summary; see `needs_summary`.
          enable_summary_tooltip: Whether the title has a tooltip, with the value.
          summary_color: Colours of text and background, or a function of path, value
            and parent that returns them.
          max_summary_len_for_str: The longest text without a summary.
          enable_summary_for_str: Whether texts may have one.
          enable_key_tooltip: Whether the name has a tooltip, with the path.
          summary_tooltip_fn: What renders the tooltip, like `tooltip`.
          key_tooltip_fn: What renders the tooltip of the name, like `tooltip`.
          extra_flags: Flags for extensions.

        Returns:
          The summary, or None if the node has none.
        """
        if not self.needs_summary(
            value,
            name=name,
            parent=parent,
            title=title,
            enable_summary=enable_summary,
            enable_summary_for_str=enable_summary_for_str,
            max_summary_len_for_str=max_summary_len_for_str,
        ):
            return None
        path = KeyPath() if root_path is None else root_path
        css = _class_suffix(css_classes)
        html = Html()
        texts = html._texts
        texts.append("<summary>")
        if name:
            style = _color_style(self.get_color(summary_color, path, value, parent))
            texts.append(f'<div class="summary-name{css}"{style}>{escape(str(name))}')
            if key_tooltip_fn is not None:
                html.write(
                    key_tooltip_fn(
                        path,
                        name=name,
                        parent=parent,
                        root_path=path,
                        css_classes=css_classes,
                    )
                )
            elif enable_key_tooltip:
                texts.append(f'<span class="tooltip{css}">{escape(str(path))}</span>')
                html.styles.add(tree_style.TOOLTIP)
            texts.append("</div>")
        texts.append(f'<div class="summary-title{css}">')
        if title is None or title == "":
            texts.append(title_of(type(value)))
        else:
            html.write(escape(title) if isinstance(title, str) else title)
        texts.append("</div>")
        if enable_summary_tooltip:
            render = summary_tooltip_fn or self.tooltip
            html.write(
                render(value, parent=parent, root_path=path, css_classes=css_classes)
            )
        texts.append("</summary>")
        html.styles.add(tree_style.SUMMARY)
        return html

    def object_key(
        self,
        root_path: KeyPath,
        *,
        value: Any,
        parent: Any,
        css_classes: Any = None,
        key_color: Any = None,
        enable_key_tooltip: bool = True,
        key_tooltip_fn: Any = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a key that stands beside its value.

        Args:
          root_path: The path of the value.
          value: The value.
          parent: Its parent.
          css_classes: Classes of the element.
          key_color: Colours of text and background, or a function that returns them.
          enable_key_tooltip: Whether it has a tooltip, with the path.
          key_tooltip_fn: What renders the tooltip, like `tooltip`.
          **kwargs: Ignored.
        """
        key = root_path.key if root_path else ""
        style = _color_style(self.get_color(key_color, root_path, value, parent))
        kind = class_name(type(key))
        html = Html(
            f'<span class="object-key {kind}{_class_suffix(css_classes)}"{style}>'
            f"{escape(str(key))}</span>"
        )
        html.styles.add(tree_style.OBJECT_KEY)
        if key_tooltip_fn is not None:
            html.write(
                key_tooltip_fn(value=root_path, parent=parent, root_path=root_path)
            )
        elif enable_key_tooltip:
            html._texts.append(f'<span class="tooltip">{escape(str(root_path))}</span>')
            html.styles.add(tree_style.TOOLTIP)
        return html

    def tooltip(
        self,
        value: Any,
        *,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        id: str | None = None,
        content: Any = None,
        **kwargs: Any,
    ) -> Html:
        """Renders a tooltip, which appears over the element before it.

        Args:
          value: The value.
          parent: Its parent.
          root_path: Its path.
          css_classes: Classes of the element.
          id: The id of the element.
          content: What it shows: text, which is escaped, or `pg.Html`. The text of the
            value by default.
          **kwargs: Ignored.
        """
        if content is None:
            content = self._tooltip_texts.text_of(value)
        if isinstance(content, str):
            content = escape(content)
        identity = "" if id is None else f' id="{escape(id)}"'
        html = Html()
        html._texts.append(
            f'<span class="tooltip{_class_suffix(css_classes)}"{identity}>'
        )
        html.write(content)
        html._texts.append("</span>")
        html.styles.add(tree_style.TOOLTIP)
        return html

    # ---- Contents --------------------------------------------------------------

    @View.extension_method("_html_tree_view_content")
    def content(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        enable_summary: bool | None = None,
        enable_summary_for_str: bool = True,
        max_summary_len_for_str: int = 80,
        enable_summary_tooltip: bool = True,
        key_style: Any = "summary",
        key_color: Any = None,
        include_keys: Any = None,
        exclude_keys: Any = None,
        enable_key_tooltip: bool = True,
        collapse_level: Any = 1,
        uncollapse: Any = None,
        highlight: Any = None,
        lowlight: Any = None,
        child_config: dict[str, Any] | None = None,
        extra_flags: dict[str, Any] | None = None,
        debug: bool = False,
    ) -> Html:
        """Renders what a node has below its summary; see `complex_value`."""
        children = None if type(value) in PRIMITIVES else items(value)
        if children is None:
            return self.simple_value(
                value,
                name=name,
                parent=parent,
                root_path=root_path,
                css_classes=css_classes,
                max_summary_len_for_str=max_summary_len_for_str,
            )
        return self.complex_value(
            children,
            name=name,
            parent=value,
            root_path=KeyPath() if root_path is None else root_path,
            css_classes=css_classes,
            enable_summary=enable_summary,
            enable_summary_for_str=enable_summary_for_str,
            max_summary_len_for_str=max_summary_len_for_str,
            enable_summary_tooltip=enable_summary_tooltip,
            key_style=key_style,
            key_color=key_color,
            include_keys=include_keys,
            exclude_keys=exclude_keys,
            enable_key_tooltip=enable_key_tooltip,
            collapse_level=collapse_level,
            uncollapse=uncollapse,
            child_config=child_config,
            highlight=highlight,
            lowlight=lowlight,
            extra_flags=extra_flags,
            debug=debug,
        )

    def simple_value(
        self,
        value: Any,
        *,
        name: str | None = None,
        parent: Any = None,
        root_path: KeyPath | None = None,
        css_classes: Any = None,
        max_summary_len_for_str: int = 80,
    ) -> Html:
        """Renders a value without children.

        A value with a `_repr_html_` of its own, such as a data frame, is shown by it.

        Args:
          value: The value.
          name: Its name.
          parent: Its parent.
          root_path: Its path.
          css_classes: Classes of the element.
          max_summary_len_for_str: The longest text that is shown in quotes.
        """
        css = f"simple-value {self.css_class_name(value)}{_class_suffix(css_classes)}"
        own = _own_html(value)
        if own is not None:
            return Html(
                f'<div class="{css}">', own, "</div>", styles=[tree_style.SIMPLE_VALUE]
            )
        if isinstance(value, str):
            text = repr(value) if len(value) <= max_summary_len_for_str else value
            text = cut(text, 100_000)
        else:
            text = value_text(value)
        html = Html()
        html._texts.append(f'<span class="{css}">{escape(text)}</span>')
        html.styles.add(tree_style.SIMPLE_VALUE)
        return html

    def complex_value(
        self,
        kv: dict[Any, Any],
        *,
        parent: Any,
        root_path: KeyPath,
        name: str | None = None,
        css_classes: Any = None,
        enable_summary: bool | None = None,
        enable_summary_for_str: bool = True,
        max_summary_len_for_str: int = 80,
        enable_summary_tooltip: bool = True,
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
        render_key_fn: Any = None,
        render_value_fn: Any = None,
        extra_flags: dict[str, Any] | None = None,
        debug: bool = False,
    ) -> Html:
        """Renders values by key.

        Args:
          kv: The values by key.
          parent: The value whose children they are.
          root_path: The path of the parent.
          name: The name of the parent.
          css_classes: Classes of the element.
          enable_summary: Whether the values have summaries; see `needs_summary`.
          enable_summary_for_str: Whether texts may have one.
          max_summary_len_for_str: The longest text without a summary.
          enable_summary_tooltip: Whether titles have tooltips.
          key_style: `summary` for keys in the summaries of values, `label` for a table
            of keys and values, or a function of path, value and parent that returns
            either. The items of a list are in a table always.
          key_color: Colours of text and background of keys in a table, or a function
            that returns them.
          include_keys: The keys that are shown, or a filter of nodes at all levels.
          exclude_keys: The keys that are not shown, or a filter of nodes.
          enable_key_tooltip: Whether keys have tooltips.
          collapse_level: How many levels are open, from the parent; None for all.
          uncollapse: Paths of nodes that are open anyway, or a filter of nodes.
          child_config: Options by key, which come over those here.
          highlight: A filter of the nodes that are marked.
          lowlight: A filter of the nodes that are dimmed.
          render_key_fn: What renders keys in a table, like `object_key`.
          render_value_fn: What renders values, like `render`.
          extra_flags: Flags for extensions.
          debug: Whether each node shows its options.
        """
        uncollapse = tree_option.initial_uncollapse(uncollapse)
        options = tree_option.passed(
            {
                "enable_summary": enable_summary,
                "enable_summary_for_str": enable_summary_for_str,
                "max_summary_len_for_str": max_summary_len_for_str,
                "enable_summary_tooltip": enable_summary_tooltip,
                "enable_key_tooltip": enable_key_tooltip,
                "key_style": key_style,
                "key_color": key_color,
                "include_keys": include_keys,
                "exclude_keys": exclude_keys,
                "collapse_level": tree_option.collapse_level(
                    (collapse_level, -1), -(1 << 30)
                ),
                "uncollapse": uncollapse,
                "highlight": highlight,
                "lowlight": lowlight,
                "extra_flags": extra_flags or {},
                "debug": debug,
            },
            None,
        )
        is_listed = isinstance(parent, list | tuple)
        css = f"complex-value {self.css_class_name(parent)}{_class_suffix(css_classes)}"
        html = Html()
        html._texts.append(f'<div class="{css}">')
        rows = Html()
        if include_keys is not None and not callable(include_keys):
            include_keys = list(include_keys)
            kv = {key: kv[key] for key in include_keys if key in kv}
        is_kept = _key_filter(include_keys, exclude_keys, parent)
        leaves = None
        if type(self) is HtmlTreeView and not (
            debug or child_config or render_value_fn or callable(uncollapse)
        ):
            leaves = LeafWriter(options)
        left = len(kv)
        for key, value in kv.items():
            path = KeyPath(key, root_path)
            if is_kept is not None and not is_kept(key, path, value):
                left -= 1
                continue
            if self._open and self._shown >= MAX_NODES:
                note = _note(f"{left:,} more are not shown")
                if rows._texts:
                    rows.write(f"<tr><td>{note}</td></tr>")
                else:
                    html.write(note)
                break
            left -= 1
            style = key_style(path, value, parent) if callable(key_style) else key_style
            is_label = is_listed or style == "label"
            child_options = (
                tree_option.for_child(options, child_config, key, path)
                if child_config
                else options
            )
            child_name = None if is_label else _name_of(key)
            child: Any = leaves and leaves.write(value, child_name, path)
            if child is not None:
                self._shown += 1
            else:
                child = (render_value_fn or type(self).render)(
                    self,
                    value=value,
                    name=child_name,
                    parent=parent,
                    root_path=path,
                    **child_options,
                )
            if highlight is not None and highlight(path, value, parent):
                child = Html.element("div", [child], css_classes="highlight")
            if lowlight is not None and lowlight(path, value, parent):
                child = Html.element("div", [child], css_classes="lowlight")
            if not is_label:
                html.write(child)
                continue
            label = (render_key_fn or type(self).object_key)(
                self, path, value=value, parent=parent, **child_options
            )
            rows.write("<tr><td>", label, "</td><td>", child, "</td></tr>")
        if rows._texts:
            html.write("<table>", rows, "</table>")
        if len(html._texts) == 1:
            html._texts.append('<span class="empty-container"></span>')
        html._texts.append("</div>")
        if leaves is not None:
            html.styles.add(*sorted(leaves.styles))
        html.styles.add(tree_style.COMPLEX_VALUE)
        return html


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


def _class_suffix(css_classes: Any) -> str:
    """Classes that follow others in an attribute."""
    if not css_classes:
        return ""
    joined = Html.concate(css_classes)
    return f" {escape(joined)}" if joined else ""


def _color_style(colors: tuple[str | None, str | None]) -> str:
    """The attribute with colours of text and background."""
    if colors == (None, None):
        return ""
    style = Html.style_str({"color": colors[0], "background_color": colors[1]})
    return f' style="{escape(style)}"' if style else ""


def _note(text: str) -> str:
    return f'<span class="not-shown">{escape(text)}</span>'


def _name_of(key: Any) -> str:
    """The name in the summary of a value: that of its path."""
    return key if isinstance(key, str) else str(KeyPath(key))


def _key_filter(include: Any, exclude: Any, parent: Any) -> Any:
    """What says, by key, path and value, whether a child is shown; None for all."""
    if include is None and exclude is None:
        return None
    included = include if include is None or callable(include) else set(include)
    excluded = set(exclude or ()) if not callable(exclude) else exclude

    def is_kept(key: Any, path: KeyPath, value: Any) -> bool:
        if callable(included):
            if not included(path, value, parent):
                return False
        elif included is not None and key not in included:
            return False
        if callable(excluded):
            return not excluded(path, value, parent)
        return key not in excluded

    return is_kept


def _own_html(value: Any) -> str | None:
    """What a value of another library shows in a notebook, such as a data frame."""
    if isinstance(value, (type, HtmlConvertible, *CONTAINERS)):
        return None
    method = getattr(type(value), "_repr_html_", None)
    if method is None:
        return None
    try:
        html = method(value)
    except Exception:  # Its text is shown instead.
        return None
    return html if isinstance(html, str) else None
