"""Deferral: parts of objects that are copied from prototypes when they are read.

A program that is made of a large space differs from others of that space in few places.
What is the same in all of them need not be copied for each, as long as nobody looks at
it: a field can hold a note of what to copy.
"""

import threading
from copy import deepcopy
from typing import Any

from pyglove.symbolic.node.node import ATOMS, REFERS, Inferential, Node
from pyglove.utils.fork import fork_safe

# A copy of a smaller part costs less than a note.
LARGE = 16

_lock = fork_safe(threading.Lock())


class Deferred(Inferential):
    """Stands for a copy of a node that has not been made.

    Fields of objects may hold it, and whoever reads them resolves it; it is never seen
    from outside.

    Args:
      prototype: The node to copy, which must not change any more.
      memo: Memo of `copy.deepcopy` with copies of what is not a node; None if such
        values are not copied.
    """

    __slots__ = ("memo", "prototype")

    def __init__(self, prototype: Node, memo: dict[int, Any] | None = None):
        self.prototype = prototype
        self.memo = memo

    def settle(self, node: Any, key: str) -> Any:
        """Puts the copy in its place.

        Args:
          node: The object that holds this.
          key: Its field.

        Returns:
          What stands there now; another thread may have been faster.
        """
        copy = copy_lazily(self.prototype, node, key, self.memo)
        storage = node._sym_storage[key]
        with _lock:
            raw = node._sym_raw
            if raw is None or raw.get(key) is not self:
                return getattr(node, storage)
            object.__setattr__(node, storage, copy)
            del raw[key]
            if not raw:
                node._sym_raw = None
                node._sym_flags &= ~REFERS
            return copy


def is_large(node: Node) -> bool:
    """Returns whether a tree has so many nodes that its copy is worth a note."""
    pending, count = [node], 1
    while pending and count < LARGE:
        for _, child in pending.pop().sym_items():
            if isinstance(child, Node):
                pending.append(child)
                count += 1
    return count >= LARGE


def copy_lazily(
    prototype: Node,
    parent: Node | None,
    key: Any,
    memo: dict[int, Any] | None = None,
) -> Any:
    """Copies a node now, and the large parts of objects when they are read.

    Lists and dicts are those of Python, which know nothing of notes: they are copied
    with the objects in them, but not with the large parts of these.

    Args:
      prototype: The node, which must not change any more.
      parent: The node under which the copy will be stored, if any.
      key: Key of the copy under `parent`.
      memo: Memo of `copy.deepcopy` for values that are not nodes; None leaves them as
        they are.
    """
    deep, notes = memo is not None, {} if memo is None else memo
    can_defer = prototype._sym_can_defer()
    if not can_defer and (
        prototype._sym_flags or not isinstance(prototype, (list, dict))
    ):
        return prototype._sym_clone_node(deep, notes, parent, key)
    new = prototype._sym_begin_clone()
    for name, value in prototype.sym_items():
        if isinstance(value, Node):
            if not is_large(value):
                value = value._sym_clone_node(deep, notes, new, name)
            elif can_defer:
                value = Deferred(value, memo)
            else:
                value = copy_lazily(value, new, name, memo)
        elif deep and type(value) not in ATOMS:
            value = deepcopy(value, notes)
        new._sym_put_clone(name, value)
    new._sym_end_clone(prototype, False, parent, key)
    return new
