"""Texts of the tree view: of values, within limits, and names of their classes."""

import html
import re
from typing import Any

from pyglove import utils
from pyglove.symbolic import List as SymbolicList
from pyglove.symbolic import Ref, Symbolic
from pyglove.utils.class_info import per_class

PRIMITIVES = (bool, int, float, str, type(None))
CONTAINERS = (list, tuple, dict)
# What a tooltip shows at most, and what a value does.
TOOLTIP_NODES = 1000
TOOLTIP_DEPTH = 50
TOOLTIP_CHARACTERS = 10_000
VALUE_CHARACTERS = 100_000

escape = html.escape


def items(value: Any) -> Any:
    """Returns the children of a value by key, or None for one that has none.

    Args:
      value: Any value. A reference has no children here.
    """
    kind = type(value)
    if kind in PRIMITIVES or kind is Ref:
        return None
    if kind in CONTAINERS:
        return value if kind is dict else dict(enumerate(value))
    if isinstance(value, Symbolic):
        if isinstance(value, SymbolicList):
            return dict(enumerate(value.sym_values()))
        return dict(value.sym_items())
    if isinstance(value, dict):
        return value
    if isinstance(value, list | tuple):
        return dict(enumerate(value))
    return None


def is_within(value: Any, nodes: int, depth: int) -> bool:
    """Returns whether a value is a tree of a size, which stops a cycle as well.

    Args:
      value: Any value.
      nodes: How many nodes it may have.
      depth: How many levels it may have.
    """
    level = [value]
    for _ in range(depth):
        below = []
        for node in level:
            kind = type(node)
            if kind in PRIMITIVES:
                continue
            if kind not in CONTAINERS and isinstance(node, Ref):
                node = node.value
            children = items(node)
            if children:
                nodes -= len(children)
                if nodes < 0:
                    return False
                below += children.values()
        if not below:
            return True
        level = below
    return False


def cut(text: str, length: int) -> str:
    """Returns a text, cut with a note if it is longer."""
    if len(text) <= length:
        return text
    return f"{text[:length]}… ({len(text) - length:,} more characters)"


def value_text(value: Any) -> str:
    """Returns the text of a value without children."""
    try:
        return cut(utils.format(value, compact=False, verbose=False), VALUE_CHARACTERS)
    except Exception as error:  # The text of a user's class; show the rest.
        return f"<{type(value).__name__} object, whose text fails: {error!r}>"


def too_large(value: Any) -> str:
    """Returns what stands for the text of a value that is too large for a tooltip."""
    return f"{type(value).__name__}(...), which is too large for a tooltip"


class TooltipTexts:
    """The texts that tooltips of one page have for values.

    The text of a value has those of its children, which have tooltips as well: each is
    made once, and indented where it stands.
    """

    def __init__(self) -> None:
        # With the values, whose ids must not go to others meanwhile.
        self._texts: dict[int, tuple[Any, str]] = {}

    def text_of(self, value: Any) -> str:
        """Returns the text of a value, within limits.

        Args:
          value: Any value.
        """
        kind = type(value)
        try:
            if kind in PRIMITIVES:
                return cut(repr(value), TOOLTIP_CHARACTERS)
            if id(value) not in self._texts and not is_within(
                value, TOOLTIP_NODES, TOOLTIP_DEPTH
            ):
                return too_large(value)
            return cut(self._full_text(value), TOOLTIP_CHARACTERS)
        except Exception as error:  # The text of a user's class; show the rest.
            return f"<{kind.__name__} object, whose text fails: {error!r}>"

    def leaf_text(self, value: Any) -> str | None:
        """Returns the full text of a value, or None if it has children or no text.

        Args:
          value: Any value.
        """
        if isinstance(value, Ref) or items(value) is not None:
            return None
        try:
            return self._full_text(value)
        except Exception:  # That of its parent fails as well, which is said there.
            return None

    def _full_text(self, value: Any) -> str:
        found = self._texts.get(id(value))
        if found is None:
            text = utils.format(
                value,
                compact=False,
                verbose=False,
                python_format=True,
                hide_default_values=False,
                custom_format=self._nested_text,
            )
            self._texts[id(value)] = found = (value, text)
        return found[1]

    def _nested_text(self, value: Any, depth: int) -> str | None:
        if depth == 0 or type(value) in PRIMITIVES:
            return None
        return self._full_text(value).replace("\n", "\n" + "  " * depth)


@per_class
def _class_name(kind: Any) -> str:
    return re.sub(r"[^\w-]", "_", utils.camel_to_snake(kind.__name__, "-"))


def class_name(kind: Any) -> str:
    """Returns the name for CSS of the objects of a class."""
    return _class_name(kind)


def title_of(kind: Any) -> str:
    """Returns the title of the objects of a class, escaped."""
    return _title_of(kind)


@per_class
def _title_of(kind: Any) -> str:
    if issubclass(kind, type):
        return "type"
    name = escape(kind.__name__)
    return name if kind in (bool, int, float, str) else f"{name}(...)"
