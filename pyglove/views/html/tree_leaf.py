"""Leaves of the tree view: values without children, written in one go.

Most nodes are leaves with the options of their parent. The methods of the view would
write the same; a test holds the two to each other.
"""

from typing import Any

from pyglove.utils import KeyPath
from pyglove.views.html import tree_style
from pyglove.views.html.tree_text import (
    PRIMITIVES,
    TOOLTIP_CHARACTERS,
    VALUE_CHARACTERS,
    class_name,
    cut,
    escape,
    title_of,
    value_text,
)


class LeafWriter:
    """Writes the leaves of one value.

    Args:
      options: The options of its children.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        self._enable_summary = options["enable_summary"]
        self._enable_summary_for_str = options["enable_summary_for_str"]
        self._max_length = options["max_summary_len_for_str"]
        self._has_tooltip = options["enable_summary_tooltip"]
        self._has_key_tooltip = options["enable_key_tooltip"]
        self.styles: set[str] = set()

    def write(self, value: Any, name: str | None, path: KeyPath) -> str | None:
        """Returns the HTML of a leaf, or None if the view has to make it.

        Args:
          value: The value.
          name: Its name.
          path: Its path.
        """
        kind = type(value)
        if kind not in PRIMITIVES:
            return None
        is_long = kind is str and len(value) > self._max_length
        has_summary = self._enable_summary
        if has_summary is None:
            has_summary = (kind is not str or self._enable_summary_for_str) and (
                bool(name) or is_long
            )
        if has_summary and not name:
            return None  # Whether it is open depends on where it is.
        css = class_name(kind)
        if kind is str:
            text = cut(value if is_long else repr(value), VALUE_CHARACTERS)
        else:
            text = value_text(value) if kind is float else repr(value)
        content = f'<span class="simple-value {css}">{escape(text)}</span>'
        self.styles.add(tree_style.SIMPLE_VALUE)
        if not has_summary:
            return content
        self.styles.update((tree_style.SUMMARY, tree_style.DETAILS))
        key_tooltip = tooltip = ""
        if self._has_key_tooltip:
            key_tooltip = f'<span class="tooltip">{escape(str(path))}</span>'
        if self._has_tooltip:
            full = escape(cut(repr(value), TOOLTIP_CHARACTERS))
            tooltip = f'<span class="tooltip">{full}</span>'
        if key_tooltip or tooltip:
            self.styles.add(tree_style.TOOLTIP)
        return (
            f'<details open class="pyglove {css}"><summary>'
            f'<div class="summary-name">{escape(str(name))}{key_tooltip}</div>'
            f'<div class="summary-title">{title_of(kind)}</div>{tooltip}</summary>'
            f"{content}</details>"
        )
