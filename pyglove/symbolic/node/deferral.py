"""Deferral: parts of objects that are copied when they are first read.

The programs of a large space differ from one another in few places. The parts that are
the same in all programs need not be copied for each of them until they are read: until
then, a field holds a deferred copy.
"""

import threading
from copy import deepcopy
from typing import Any

from pyglove.symbolic.node.node import ATOMS, REFERS, Inferential, Node
from pyglove.utils.lock import fork_safe

# A copy of a smaller part costs less than deferring it.
LARGE = 16

_lock = fork_safe(threading.Lock())


class Deferred(Inferential):
    """The copy of a node that will be made when it is read.

    Fields of objects may hold it. A read of the field replaces it by the copy, so that
    users never see it.

    Args:
      prototype: The node to copy. It must not change any more.
      memo: Memo of `copy.deepcopy` with the copies of values that are not nodes; None
        if such values are not copied.
    """

    __slots__ = ("memo", "prototype")

    def __init__(self, prototype: Node, memo: dict[int, Any] | None = None):
        self.prototype = prototype
        self.memo = memo

    def materialize(self, node: Any, key: str) -> Any:
        """Makes the copy and stores it in the field.

        Args:
          node: The object whose field holds this.
          key: Name of the field.

        Returns:
          The value of the field, which another thread may have stored first.
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
    """Returns whether a tree has so many nodes that its copy should be deferred."""
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
    """Copies a node at once, but defers the copies of large parts of objects.

    A list or a dict cannot hold a deferred copy, so all of its items are copied at
    once; large parts of the objects among them are deferred.

    Args:
      prototype: The node. It must not change any more.
      parent: The future parent of the copy, if any.
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
    new = prototype._sym_begin_clone(parent)
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
