"""Deferral: parts of objects that are copied from prototypes when they are read.

A program that is made of a large space differs from others of that space in few places.
What is the same in all of them need not be copied for each, as long as nobody looks at
it: a field can hold a note of what to copy.
"""

import threading
from typing import Any

from pyglove.symbolic.node import REFERS, Inferential, Node

# A copy of a smaller part costs less than a note.
LARGE = 16

_lock = threading.Lock()


class Deferred(Inferential):
    """Stands for a copy of a node that has not been made.

    Fields of objects may hold it, and whoever reads them resolves it; it is never seen
    from outside.

    Args:
      prototype: The node to copy, which must not change any more.
    """

    __slots__ = ("prototype",)

    def __init__(self, prototype: Node):
        self.prototype = prototype

    def settle(self, node: Any, key: str) -> Any:
        """Puts the copy in its place.

        Args:
          node: The object that holds this.
          key: Its field.

        Returns:
          What stands there now; another thread may have been faster.
        """
        copy = copy_lazily(self.prototype, node, key)
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


def copy_lazily(prototype: Node, parent: Node | None, key: Any) -> Any:
    """Copies a node now, and the large parts of objects when they are read.

    Lists and dicts are those of Python, which know nothing of notes: they are copied
    with the objects in them, but not with the large parts of these.

    Args:
      prototype: The node, which must not change any more.
      parent: The node under which the copy will be stored, if any.
      key: Key of the copy under `parent`.
    """
    can_defer = prototype._sym_can_defer()
    if not can_defer and (
        prototype._sym_flags or not isinstance(prototype, (list, dict))
    ):
        return prototype._sym_clone_node(False, {}, parent, key)
    new = prototype._sym_begin_clone()
    for name, value in prototype.sym_items():
        if isinstance(value, Node):
            if not is_large(value):
                value = value._sym_clone_node(False, {}, new, name)
            elif can_defer:
                value = Deferred(value)
            else:
                value = copy_lazily(value, new, name)
        new._sym_put_clone(name, value)
    new._sym_end_clone(prototype, False, parent, key)
    return new
