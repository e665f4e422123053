"""TreeWriter: trees of common values, written in one pass.

Most nodes are objects, lists, dicts and simple values that are shown as the view shows
anything. The methods of the view, one after the other, would write the same; a test
holds the two to each other.
"""

import functools
from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html import tree_style
from pyglove.views.html.convertible import class_has_own_html
from pyglove.views.html.html import Html
from pyglove.views.html.node_text import NodeText, node_text_of
from pyglove.views.html.tree_markup import name_of, note
from pyglove.views.html.tree_renderer import on_registration, presentation_of
from pyglove.views.html.tree_text import (
    PRIMITIVES,
    TOOLTIP_CHARACTERS,
    TOOLTIP_DEPTH,
    TOOLTIP_NODES,
    VALUE_CHARACTERS,
    class_name,
    cut,
    escape,
    title_of,
    too_large,
)
from pyglove.views.protocol import Extension

# What one page shows at most: values in all, and levels below one another.
MAX_NODES = 10_000
MAX_DEPTH = 60

# Options of a node without which it is a common one.
_PLAIN = (
    "key_color",
    "include_keys",
    "exclude_keys",
    "highlight",
    "lowlight",
    "uncollapse",
    "debug",
)


class NodePlan:
    """How nodes of a class are written.

    Attributes:
      text: How their text is made.
      is_listed: Whether keys are beside the children.
      title: The title, escaped.
      css: The name of the class for CSS.
    """

    def __init__(self, cls: type, text: NodeText) -> None:
        self.text = text
        self.is_listed = issubclass(cls, (list, tuple))
        self.title = f'<div class="summary-title">{title_of(cls)}</div>'
        self.css = class_name(cls)


@functools.lru_cache(maxsize=4096)
def _plan_of(cls: Any) -> NodePlan | None:
    """The plan for a class, or None if its objects are not common nodes."""
    if issubclass(cls, Extension) or class_has_own_html(cls):
        return None
    text = node_text_of(cls)
    if text is None or presentation_of(cls) is not None:
        return None
    return NodePlan(cls, text)


on_registration(_plan_of.cache_clear)


@functools.lru_cache(maxsize=8192)
def _step(key: str) -> tuple[str, str]:
    """A key, and what it adds to the path of its parent, escaped."""
    path = str(KeyPath(key))
    return escape(key), escape(path if path[:1] == "[" else f".{path}")


# The text of a node for a tooltip (None if the general way has to make it), how many
# nodes are below it, and on how many levels.
_Text = tuple[str | None, int, int]
_UNKNOWN: _Text = (None, 0, 0)


class TreeWriter:
    """Writes common nodes for a view.

    Args:
      view: The view.
      options: The options of the nodes.
    """

    def __init__(self, view: Any, options: dict[str, Any]) -> None:
        self._view = view
        self._options = options
        self._enable_summary = options["enable_summary"]
        self._enable_summary_for_str = options["enable_summary_for_str"]
        self._max_length = options["max_summary_len_for_str"]
        self._has_tooltip = options["enable_summary_tooltip"]
        self._has_key_tooltip = options["enable_key_tooltip"]
        style = options["key_style"]
        self._has_labels = style == "label"
        # Whether it writes nodes with children, too.
        self._writes_nodes = style in ("label", "summary") and not any(
            map(options.get, _PLAIN)
        )
        self._styles: set[str] = set()
        self._parts: list[str] = []
        self._foreign: list[Html] = []

    def write(
        self, value: Any, name: str | None, path: KeyPath, level: int | None
    ) -> Html | None:
        """Returns the HTML of a value, or None if the view has to make it.

        Args:
          value: The value.
          name: Its name.
          path: Its path.
          level: How many levels are open, from it; None for all.
        """
        kind: Any = type(value)
        if kind in PRIMITIVES:
            leaf = self._leaf(value, kind, name and escape(name), escape(str(path)))
            if leaf is None:
                return None
            self._view._shown += 1
            html = Html()
            html._texts.append(leaf)
            return self._finished(html)
        plan = _plan_of(kind) if self._writes_nodes else None
        if plan is None:
            return None
        keys = tuple(path.keys)
        text = escape(str(path))
        parts: list[str] = []
        self._parts = parts
        self._foreign.clear()
        self._node(value, plan, name and escape(name), keys, text, level)
        html = Html()
        html._texts.append("".join(parts))
        for foreign in self._foreign:
            html.write(foreign, shared_parts_only=True)
        return self._finished(html)

    def _finished(self, html: Html) -> Html:
        """Adds the styles of what was written."""
        html.styles.add(*sorted(self._styles))
        self._styles.clear()
        return html

    # ---- Leaves -----------------------------------------------------------------

    def _leaf(self, value: Any, kind: type, name: str | None, path: str) -> str | None:
        """The HTML of a simple value, or None if the view has to make it.

        The name and the path are escaped.
        """
        is_long = kind is str and len(value) > self._max_length
        has_summary = self._enable_summary
        if has_summary is None:
            has_summary = (kind is not str or self._enable_summary_for_str) and (
                bool(name) or is_long
            )
        if has_summary and not name:
            return None  # Whether it is open depends on where it is.
        try:
            full = repr(value)
        except ValueError:  # Python writes no int of more than some thousand digits.
            return None
        css = class_name(kind)
        styles = self._styles
        styles.add(tree_style.SIMPLE_VALUE)
        if kind is str:
            text = escape(cut(value if is_long else full, VALUE_CHARACTERS))
        else:
            text = full
        content = f'<span class="simple-value {css}">{text}</span>'
        if not has_summary:
            return content
        styles.add(tree_style.SUMMARY)
        styles.add(tree_style.DETAILS)
        key_tooltip = tooltip = ""
        if self._has_key_tooltip:
            styles.add(tree_style.TOOLTIP)
            key_tooltip = f'<span class="tooltip">{path}</span>'
        if self._has_tooltip:
            styles.add(tree_style.TOOLTIP)
            if kind is str:
                text = (
                    full
                    if len(full) <= TOOLTIP_CHARACTERS
                    else cut(full, TOOLTIP_CHARACTERS)
                )
                text = escape(text)
            tooltip = f'<span class="tooltip">{text}</span>'
        return (
            f'<details open class="pyglove {css}"><summary>'
            f'<div class="summary-name">{name}{key_tooltip}</div>'
            f'<div class="summary-title">{title_of(kind)}</div>{tooltip}</summary>'
            f"{content}</details>"
        )

    # ---- Nodes ------------------------------------------------------------------

    def _node(
        self,
        value: Any,
        plan: NodePlan,
        name: str | None,
        keys: tuple[Any, ...],
        path: str,
        level: int | None,
    ) -> _Text:
        """Writes a node with children; returns what is known of its text.

        The name and the path are escaped.
        """
        view, parts, styles = self._view, self._parts, self._styles
        is_open: list[int] = view._open
        view._shown += 1
        identity = id(value)
        styles.add(tree_style.COMPLEX_VALUE)
        if identity in is_open:
            name_of_class = type(value).__name__
            parts.append(note(f"{name_of_class}(...), in which this stands"))
            return _UNKNOWN
        if len(is_open) > MAX_DEPTH:
            parts.append(note("deeper levels are not shown"))
            return _UNKNOWN
        has_summary = self._enable_summary is not False
        slot = -1
        if has_summary:
            styles.add(tree_style.SUMMARY)
            styles.add(tree_style.DETAILS)
            is_closed = "" if level is None or level > 0 else None
            opening = "<details" if is_closed is None else "<details open"
            label = ""
            if name:
                tooltip = ""
                if self._has_key_tooltip:
                    styles.add(tree_style.TOOLTIP)
                    tooltip = f'<span class="tooltip">{path}</span>'
                label = f'<div class="summary-name">{name}{tooltip}</div>'
            parts.append(
                f'{opening} class="pyglove {plan.css}"><summary>{label}{plan.title}'
            )
            if self._has_tooltip:
                styles.add(tree_style.TOOLTIP)
                slot = len(parts)
                parts.append("")
            parts.append(f'</summary><div class="complex-value {plan.css}">')
        else:
            parts.append(f'<div class="complex-value {plan.css}">')
        is_open.append(identity)
        try:
            text = self._children(value, plan, keys, path, level)
        finally:
            is_open.pop()
        if not has_summary:
            parts.append("</div>")
            return text
        parts.append("</div></details>")
        if slot >= 0:
            parts[slot] = self._tooltip(value, text)
        return text

    def _tooltip(self, value: Any, text: _Text) -> str:
        """The tooltip of a node, whose children are written."""
        full, count, levels = text
        if full is None:
            full = self._view._tooltip_texts.text_of(value)
        elif count > TOOLTIP_NODES or levels >= TOOLTIP_DEPTH:
            full = too_large(value)
        return f'<span class="tooltip">{escape(cut(full, TOOLTIP_CHARACTERS))}</span>'

    def _children(
        self,
        value: Any,
        plan: NodePlan,
        keys: tuple[Any, ...],
        path: str,
        level: int | None,
    ) -> _Text:
        """Writes the children of a node; returns what is known of its text."""
        view, parts = self._view, self._parts
        is_label = plan.is_listed or self._has_labels
        children = plan.text.children(value)
        texts: list[str] | None = [] if self._has_tooltip else None
        count = levels = 0
        level = None if level is None else max(level - 1, 0)
        left = len(children)
        if not left:
            parts.append('<span class="empty-container"></span>')
        elif is_label:
            parts.append("<table>")
        for key, child in children:
            if view._shown >= MAX_NODES:
                cut_note = note(f"{left:,} more are not shown")
                parts.append(f"<tr><td>{cut_note}</td></tr>" if is_label else cut_note)
                texts = None
                break
            left -= 1
            kind: Any = type(child)
            key_kind = type(key)
            if key_kind is int:
                step = label = f"[{key}]"
                if is_label:
                    label = str(key)
            elif key_kind is str:
                label, step = _step(key)
                if not keys:
                    step = step.removeprefix(".")
            else:
                texts = None
                self._general(value, key, child, keys, level, is_label)
                continue
            child_path = path + step
            if is_label:
                self._styles.add(tree_style.OBJECT_KEY)
                tooltip = ""
                if self._has_key_tooltip:
                    self._styles.add(tree_style.TOOLTIP)
                    tooltip = f'<span class="tooltip">{child_path}</span>'
                parts.append(
                    f'<tr><td><span class="object-key {key_kind.__name__}">{label}'
                    f"</span>{tooltip}</td><td>"
                )
            name = None if is_label else label
            child_text = _UNKNOWN
            if kind in PRIMITIVES:
                leaf = self._leaf(child, kind, name, child_path)
                if leaf is None:
                    self._foreign_child(value, key, child, is_label, keys, level)
                else:
                    view._shown += 1
                    parts.append(leaf)
                    if texts is not None:
                        child_text = repr(child), 0, 0
            else:
                child_plan = _plan_of(kind)
                if child_plan is None:
                    self._foreign_child(value, key, child, is_label, keys, level)
                    if texts is not None:
                        child_text = view._tooltip_texts.leaf_text(child), 0, 0
                else:
                    child_text = self._node(
                        child, child_plan, name, (*keys, key), child_path, level
                    )
            if is_label:
                parts.append("</td></tr>")
            if texts is not None:
                below, inner_count, inner_levels = child_text
                count += inner_count + 1
                levels = max(levels, inner_levels + 1)
                if below is None:
                    texts = None
                elif count <= TOOLTIP_NODES:
                    texts.append(below)
        if is_label and children:
            parts.append("</table>")
        if texts is None:
            return _UNKNOWN
        if count > TOOLTIP_NODES or levels >= TOOLTIP_DEPTH:
            return "", count, levels
        text = plan.text.text(value, children, texts)
        return _UNKNOWN if text is None else (text, count, levels)

    def _general(
        self,
        parent: Any,
        key: Any,
        child: Any,
        keys: tuple[Any, ...],
        level: int | None,
        is_label: bool,
    ) -> None:
        """Writes a child by the view whose key is neither a string nor an int."""
        path = KeyPath(key, KeyPath.from_keys(keys))
        if not is_label:
            self._foreign_child(parent, key, child, False, keys, level)
            return
        label = self._view.object_key(
            path, value=child, parent=parent, **self._child_options(level)
        )
        self._parts.append(f"<tr><td>{label.content}</td><td>")
        self._foreign.append(label)
        self._foreign_child(parent, key, child, True, keys, level)
        self._parts.append("</td></tr>")

    def _foreign_child(
        self,
        parent: Any,
        key: Any,
        child: Any,
        is_label: bool,
        keys: tuple[Any, ...],
        level: int | None,
    ) -> None:
        """Writes a child by the view."""
        html = self._view.render(
            child,
            name=None if is_label else name_of(key),
            parent=parent,
            root_path=KeyPath(key, KeyPath.from_keys(keys)),
            **self._child_options(level),
        )
        html = Html.from_value(html)
        self._parts.append(html.content)
        self._foreign.append(html)

    def _child_options(self, level: int | None) -> dict[str, Any]:
        return {**self._options, "collapse_level": level}
