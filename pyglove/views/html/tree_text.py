"""Texts of the tree view: of values, within limits, and names of their classes."""

import functools
import html
import re
from typing import Any

from pyglove import utils
from pyglove.symbolic import List as SymbolicList
from pyglove.symbolic import Ref, Symbolic

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
    if isinstance(value, Ref):
        return None
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
            if type(node) in PRIMITIVES:
                continue
            if isinstance(node, Ref):
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


def tooltip_text(value: Any) -> str:
    """Returns the text that a tooltip has for a value."""
    kind = type(value)
    if kind in PRIMITIVES:
        return cut(repr(value), TOOLTIP_CHARACTERS)
    if not is_within(value, TOOLTIP_NODES, TOOLTIP_DEPTH):
        return f"{kind.__name__}(...), which is too large for a tooltip"
    try:
        text = utils.format(
            value,
            compact=False,
            verbose=False,
            python_format=True,
            hide_default_values=False,
        )
    except Exception as error:
        return f"<{kind.__name__} object, whose text fails: {error!r}>"
    return cut(text, TOOLTIP_CHARACTERS)


@functools.lru_cache(maxsize=4096)
def _class_name(kind: Any) -> str:
    return re.sub(r"[^\w-]", "_", utils.camel_to_snake(kind.__name__, "-"))


def class_name(kind: Any) -> str:
    """Returns the name for CSS of the objects of a class."""
    return _class_name(kind)


def title_of(kind: Any) -> str:
    """Returns the title of the objects of a class, escaped."""
    return _title_of(kind)


@functools.lru_cache(maxsize=4096)
def _title_of(kind: Any) -> str:
    if issubclass(kind, type):
        return "type"
    name = escape(kind.__name__)
    return name if kind in (bool, int, float, str) else f"{name}(...)"
