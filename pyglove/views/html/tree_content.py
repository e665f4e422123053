"""Contents of the tree view: what nodes have below their summaries."""

from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html import tree_option, tree_style
from pyglove.views.html.convertible import HtmlConvertible
from pyglove.views.html.html import Html
from pyglove.views.html.tree_markup import class_suffix, name_of, note
from pyglove.views.html.tree_summary import TreeSummaries
from pyglove.views.html.tree_text import (
    CONTAINERS,
    PRIMITIVES,
    cut,
    escape,
    items,
    value_text,
)
from pyglove.views.html.tree_writer import MAX_NODES, TreeWriter
from pyglove.views.protocol import View


class TreeContents(TreeSummaries):
    """Methods of the tree view that render values and their children."""

    _open: list[int]
    _shown: int
    # Whether nothing is overridden, so that common nodes are written in one pass.
    _writes_at_once = False

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
        css = f"simple-value {self.css_class_name(value)}{class_suffix(css_classes)}"
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
          extra_flags: Flags for extensions. Those of the names of the two arguments
            before stand for these, at all levels.
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
        css = f"complex-value {self.css_class_name(parent)}{class_suffix(css_classes)}"
        html = Html()
        html._texts.append(f'<div class="{css}">')
        rows = Html()
        if include_keys is not None and not callable(include_keys):
            include_keys = list(include_keys)
            kv = {key: kv[key] for key in include_keys if key in kv}
        is_kept = _key_filter(include_keys, exclude_keys, parent)
        is_flagged = tree_option.has_render_flag(extra_flags)
        if is_flagged:
            flags: dict[str, Any] = extra_flags or {}
            render_key_fn = render_key_fn or flags.get("render_key_fn")
            render_value_fn = render_value_fn or flags.get("render_value_fn")
        view_class: Any = type(self)
        writer = None
        if self._writes_at_once and not (
            debug
            or child_config
            or render_value_fn
            or is_flagged
            or callable(uncollapse)
        ):
            writer = TreeWriter(self, options)
        left = len(kv)
        for key, value in kv.items():
            path = KeyPath(key, root_path)
            if is_kept is not None and not is_kept(key, path, value):
                left -= 1
                continue
            if self._open and self._shown >= MAX_NODES:
                rest = note(f"{left:,} more are not shown")
                if rows._texts:
                    rows.write(f"<tr><td>{rest}</td></tr>")
                else:
                    html.write(rest)
                break
            left -= 1
            style = key_style(path, value, parent) if callable(key_style) else key_style
            is_label = is_listed or style == "label"
            child_options = (
                tree_option.for_child(options, child_config, key, path)
                if child_config
                else options
            )
            child_name = None if is_label else name_of(key)
            child: Any = writer and writer.write(
                value, child_name, path, options["collapse_level"]
            )
            if child is None:
                child = (render_value_fn or view_class.render)(
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
        html.styles.add(tree_style.COMPLEX_VALUE)
        return html


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
