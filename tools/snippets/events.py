"""The five events of an object: which are called, in what order, with what."""

from typing import Any

import pyglove as pg

log: list = []


def called():
    """What has been called since the last time."""
    result = list(log)
    log.clear()
    return result


class Node(pg.Object):
    a: Any = None
    b: Any = None

    def _on_init(self):
        log.append("init")
        super()._on_init()

    def _on_bound(self):
        super()._on_bound()
        log.append(("bound", str(self.sym_path)))

    def _on_change(self, field_updates):
        updates = {str(k): (v.old_value, v.new_value) for k, v in field_updates.items()}
        log.append(("change", str(self.sym_path), updates))
        super()._on_change(field_updates)

    def _on_parent_change(self, old_parent, new_parent):
        log.append(("parent", type(old_parent).__name__, type(new_parent).__name__))
        super()._on_parent_change(old_parent, new_parent)

    def _on_path_change(self, old_path, new_path):
        log.append(("path", str(old_path), str(new_path)))
        super()._on_path_change(old_path, new_path)


class Derived(pg.Object):
    a: int
    b: int = 2

    def _on_bound(self):
        super()._on_bound()
        log.append("bound")
        self.total = self.a + self.b


def changed(updates):
    """A callback for containers."""
    log.append({str(k): (v.old_value, v.new_value) for k, v in updates.items()})


# Snippets
node = Node(1)
called()
node = Node(Node(Node(1)), b=[Node(2)])
called()
node.rebind({"a.a.a": 3, "b[0].a": 5, "b[0].b": 2})
called()
# The deepest first, whatever the order they are given in.
node = Node(Node(Node(1), Node(2)), Node(Node(Node(3))))
called()
node.rebind({"b": Node(4), "a.a.a": 5, "a.b.a": 6, "a.b.b": 7}) and called()
node.rebind({"a.a": Node(7)}) and called()
node.rebind(a=node.a) and called()
node.rebind(a=1, b=1) and called()
node.rebind(a=1, b=1, raise_on_no_change=False) and called()
node = Node([Node(i) for i in range(12)])
called()
node.rebind({"a[10].a": 2, "a[2].a": 3}) and called()
node.a.append(Node(8))
called()
node.a.insert(0, Node(9))
called()
node.a.pop(0) and called()
