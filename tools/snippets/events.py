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


class Looking(pg.Object):
    """Looks around when it is moved."""

    a: Any = None
    b: Any = None
    c: int = 5

    def _on_path_change(self, old_path, new_path):
        log.append(("path", str(self.sym_path), self.sym_parent))

    def _on_parent_change(self, old_parent, new_parent):
        for parent in (old_parent, new_parent):
            if isinstance(parent, Looking):
                log.append((str(self.sym_path), parent.b is None, parent.c))
            elif parent is not None:
                log.append((str(self.sym_path), type(parent).__name__))


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
# Expected difference: a-node-that-is-removed
node.a.pop(0) and called()
# What is known to children before a child's own events.
node = Node(1)
called()
node.rebind({"a": 2}, skip_notification=True) and called()
node.rebind({"a": 3}, notify_parents=False) and called()
tree = Node(Node(Node(1)))
called()
tree.rebind({"a.a.a": 2}, notify_parents=False) and called()
tree.a.a.rebind(a=3, notify_parents=False) and called()
tree.a.a.rebind(a=4) and called()
tree.a.a.rebind(a=5, skip_notification=True) and called()
with pg.notify_on_change(False):
    tree.a.a.rebind(a=6)
called()
with pg.notify_on_change(False):
    tree.a.a.rebind(a=7, skip_notification=False)
called()
with pg.notify_on_change(False):
    tree.rebind({"a.a.a": 8, "a.b": 9}, skip_notification=False, notify_parents=False)
called()
with pg.notify_on_change(True):
    tree.rebind({"a.a.a": 9}, skip_notification=True)
called()
# What children see when they are moved.
looking = Looking(Looking(), Looking(), c=7)
called()
looking.clone() and called()
looking.clone(deep=True) and called()
pg.from_json(looking.to_json()) and called()
looking.rebind(a=1) and called()
looking.rebind(b=Looking(), c=2) and called()
Looking.partial(Looking(), [Looking(), Looking()]) and called()
pg.Dict(a=Looking(), b=Looking()).clone() and called()
pg.List([Looking(), Looking()]).clone() and called()
Looking(Looking(), Looking(), root_path=pg.KeyPath.parse("x.y")) and called()
looking.sym_setparent(tree) or (called(), looking.sym_path, looking.b.sym_path)
looking.sym_setpath(pg.KeyPath.parse("q.r")) or (called(), looking.sym_path)
looking.sym_setparent(None) or (called(), looking.sym_path, looking.b.sym_path)
tree.rebind(lambda k, v: v + 1 if isinstance(v, int) else v) and called()
tree.rebind(a=pg.MISSING_VALUE) and called()
copied = Node(Node(1)).clone()
called()
copied.clone(deep=True) and called()
pg.from_json(copied.to_json()) and called()
Node([Node(1)], {"k": Node(2)}) and called()
Node(pg.Dict(k=Node(1))) and called()
# A node that has a parent is copied when it is placed somewhere else.
other = Node(copied.a)
called()
other.sym_setpath(pg.KeyPath.parse("x.y"))
called()
other.a.sym_setparent(None)
called()
# Objects that compute something when they are bound.
derived = Derived.partial()
called()
derived.rebind(a=1) and called()
derived.total
derived.rebind(b=5) and called(), derived.total
derived.rebind(a=pg.MISSING_VALUE, raise_on_no_change=False)
called()
Derived(1).total
called()
Derived(1).clone().total
called()
# Callbacks of containers.
table = pg.Dict(
    a=1, b=pg.List([1], onchange_callback=changed), onchange_callback=changed
)
table.__setitem__("a", 2), called()
table.__setitem__("a", 2), called()
setattr(table, "c", 3), called()
table.b.append(3), called()
table.b.extend([1, 2]), called()
table.b.__setitem__(slice(0, 1), [7, 8, 9]), called()
table.b.__setitem__(0, 5), called()
table.b.insert(0, 1), called()
table.b.remove(8), called()
table.b.pop(), called()
table.b.sort(), called()
table.b.reverse(), called()
table.b.clear(), called()
table.update(a=5, q=6), called()
table.setdefault("q", 1), called()
table.setdefault("r", 1), called()
table.pop("r"), called()
table.popitem(), called()
table.rebind(a=1, z=2), called()
table.rebind({"b": pg.MISSING_VALUE}), called()
table.clear(), called()
items = pg.List([1, pg.Dict(x=1)], onchange_callback=changed)
items.rebind({0: 2, "[1].x": 3}), called()
items.rebind({0: pg.MISSING_VALUE}), called()
items.rebind({0: pg.Insertion(9)}), called()
# Expected difference: all-modifications-of-a-list-are-changes
items.__iadd__([1]), called()
# Expected difference: all-modifications-of-a-list-are-changes
items.__imul__(2), called()
items.__delitem__(0), called()
