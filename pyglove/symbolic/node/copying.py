"""Copying: the copy of a tree, node by node."""

import copy
from typing import Any

from pyglove.symbolic.node.node import (
    ATOMS,
    INHERITED,
    LISTENS_TO_MOVES,
    Node,
    adopt,
    default_hook,
    is_default,
    raise_flags,
)
from pyglove.utils.descent import Steps, descend_after, run


@default_hook
def copy_node(
    node: Node, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Any:
    """Copies a node by its parts: the twin of all faster implementations.

    Args:
      node: The root of the subtree to copy.
      deep: Whether values that are not nodes are copied, too.
      memo: Memo of `copy.deepcopy`.
      parent: Parent of the copy.
      key: Key of the copy under `parent`.

    Returns:
      The copy. Storing it under its parent is left to the caller.
    """
    try:
        return run(copy_step(node, deep, memo, parent, key), _copy_child)
    except RecursionError as error:
        return descend_after(error, copy_step, node, deep, memo, parent, key)


def copy_step(
    node: Node, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Steps:
    """Does the work of `copy_node` as a step of `utils.descent`."""
    new = node._sym_begin_clone(parent)
    # A tree whose nodes listen to moves is placed when it is complete.
    home = None if node._sym_flags & LISTENS_TO_MOVES else new
    for child_key, value in list(node.sym_items()):
        if type(value) not in ATOMS:
            if isinstance(value, Node):
                request = value, deep, memo, home, child_key
                if is_default(type(value), "_sym_clone_node"):
                    value = yield request
                else:
                    value = _copy_child(*request)
            elif deep:
                value = copy.deepcopy(value, memo)
        new._sym_put_clone(child_key, value)
    new._sym_end_clone(node, deep, parent, key)
    return new


def _copy_child(value: Node, *args: Any) -> Any:
    return value._sym_clone_node(*args)


def place_clone(new: Node, parent: Node | None, key: Any) -> None:
    """Attaches a finished copy to its parent."""
    if parent is None:
        return
    flags = new._sym_flags & INHERITED
    if flags & LISTENS_TO_MOVES:
        adopt(parent, key, new)
        return
    new._sym_parent = parent
    new._sym_key = key
    if flags:
        raise_flags(parent, flags)


def clone_value(
    value: Any, deep: bool, memo: dict[int, Any], parent: Node | None, key: Any
) -> Any:
    """Copies a value for `key` of `parent`: nodes always, others if `deep`."""
    if type(value) in ATOMS:
        return value
    if isinstance(value, Node):
        return value._sym_clone_node(deep, memo, parent, key)
    if deep:
        return copy.deepcopy(value, memo)
    return value
