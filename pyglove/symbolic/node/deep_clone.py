"""Deep clone: copies of trees that are too deep for recursion."""

import copy
import sys
import threading
from collections.abc import Iterator
from typing import Any

from pyglove import utils
from pyglove.symbolic.node.node import ATOMS, Node, is_default

# A copy that fails at the end of the stack is repeated by its callers, which have more
# stack left. If classes copy themselves, each of these attempts would fail.
_MOST_ATTEMPTS = 64
_attempts = threading.local()


class TooDeepError(utils.PyGloveError, RecursionError):
    """Raised if a tree cannot be copied within the recursion limit."""


def clone_deep(
    root: Node, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Any:
    """Does the work of `Node._sym_clone_node` without recursion.

    Args:
      root: The root of the subtree to copy.
      deep: Whether values that are not nodes are copied as well.
      memo: Memo of `copy.deepcopy`.
      parent: Parent of the copy.
      key: Key of the copy under `parent`.

    Returns:
      The copy. The caller stores it under its parent.
    """
    error = sys.exc_info()[1]
    if isinstance(error, TooDeepError):
        raise error
    _attempts.count = getattr(_attempts, "count", 0) + 1
    if _attempts.count > _MOST_ATTEMPTS:
        _attempts.count = 0
        raise TooDeepError(
            f"Expected fewer levels of objects that override `_sym_clone`, got a "
            f"{type(root).__name__} with too many of them to be copied."
        )
    new = _clone(root, deep, memo, parent, key)
    _attempts.count = 0
    return new


def _clone(
    root: Node, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Any:
    new = root._sym_begin_clone()
    # Each unfinished copy: its source, the copy, the items still to copy, and its key.
    stack: list[tuple[Node, Any, Iterator[tuple[Any, Any]], Any]] = [
        (root, new, iter(list(root.sym_items())), key)
    ]
    while True:
        source, new, items, own_key = stack[-1]
        for child_key, value in items:
            if type(value) in ATOMS:
                new._sym_put_clone(child_key, value)
            elif isinstance(value, Node):
                if is_default(type(value), "_sym_clone_node"):
                    child = value._sym_begin_clone()
                    below = iter(list(value.sym_items()))
                    stack.append((value, child, below, child_key))
                    break
                value = value._sym_clone_node(deep, memo, new, child_key)
                new._sym_put_clone(child_key, value)
            else:
                new._sym_put_clone(
                    child_key, copy.deepcopy(value, memo) if deep else value
                )
        else:
            stack.pop()
            if not stack:
                new._sym_end_clone(source, deep, parent, own_key)
                return new
            above = stack[-1][1]
            new._sym_end_clone(source, deep, above, own_key)
            above._sym_put_clone(own_key, new)
