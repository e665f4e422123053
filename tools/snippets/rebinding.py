"""Rebind in all its forms: by name, by path, by a function, insertion and deletion."""

from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Typed(pg.Object):
    leaf: Leaf = Leaf(1)
    leaves: list[Leaf] = []
    table: pg.typing.Dict([("p", int), ("q", pg.typing.Int(2))]) = {"p": 1}
    sizes: pg.typing.List(int, min_size=1, max_size=3) = [1]


def tree():
    """A tree of objects, lists and dicts."""
    return Node(Leaf(1), [Leaf(2), {"c": Leaf(3)}])


def after(node, *args, **kwargs):
    """The node after a rebind, which may have failed."""
    try:
        node.rebind(*args, **kwargs)
    except Exception as e:
        return type(e).__name__.removeprefix("PyGlove"), node
    return node


# Snippets
tree().rebind(a=1)
tree().rebind({"a": 1})
tree().rebind({"a.x": 2, "b[0].y": 3, "b[1].c.x": 4})
tree().rebind({"a.x": 2}, b=3)
tree().rebind({pg.KeyPath.parse("a.x"): 5})
tree().rebind({pg.KeyPath(["b", 0]): 5})
tree().rebind({"a.x": "bad"})
tree().rebind({"a.z": 1})
tree().rebind(c=1)
tree().rebind({"a.x.q": 1})
tree().rebind({"b[7].x": 1})
tree().rebind({"b[7]": 1})
tree().rebind({"b[-1]": 1})
tree().rebind({"b[-7]": 1})
# Expected difference: assertions-and-internal-errors
tree().rebind({"b.k": 1})
tree().rebind({"a[0]": 1})
tree().rebind({"b[1].new": 1})
tree().rebind({"b[1].new.deep": 1})
tree().rebind({"": 1})
tree().rebind({3: 1})
tree().rebind(3)
tree().rebind()
tree().rebind({})
tree().rebind({}, raise_on_no_change=False)
tree().rebind(a=Leaf(1))
tree().rebind(b=None).rebind(b=None)
tree().rebind({"a.x": 1})
tree().rebind({"a.x": 1}, raise_on_no_change=True)
tree().rebind(lambda k, v: v, raise_on_no_change=True)
tree().rebind(lambda k, v: v, raise_on_no_change=False)
tree().rebind(lambda k, v: v + 1 if isinstance(v, int) else v)
tree().rebind(lambda k, v, p: v + 1 if isinstance(p, Leaf) and k.key == "x" else v)
tree().rebind(lambda v: v)
tree().rebind(lambda k, v, p, q: v)
tree().rebind(lambda: 1)
tree().rebind(lambda k, v: Node(v) if isinstance(v, Leaf) else v)
tree().rebind(lambda k, v: "bad" if v == 1 else v)
tree().rebind(
    lambda k, v: pg.MISSING_VALUE if v == 1.0 else v, raise_on_no_change=False
)
tree().b[1].rebind(
    lambda k, v: print(k, type(v).__name__) or v, raise_on_no_change=False
)
tree().rebind({"a": Leaf(7), "a.x": 8})
tree().rebind({"a.x": 8, "a": Leaf(7)})
tree().rebind({"b[0]": pg.MISSING_VALUE})
tree().rebind({"b[0]": pg.MISSING_VALUE, "b[1]": pg.MISSING_VALUE})
tree().rebind({"b[1].c": pg.MISSING_VALUE})
tree().rebind({"b[0]": pg.Insertion(9)})
tree().rebind({"b[1]": pg.Insertion(9), "b[0]": 8})
tree().rebind({"b[0]": pg.Insertion(Leaf(5)), "b[1]": pg.Insertion(Leaf(6))})
tree().rebind({"b[2]": pg.Insertion(9)})
tree().rebind({"b[9]": pg.Insertion(9)})
tree().rebind({"a": pg.Insertion(9)})
tree().rebind({"b[1].d": pg.Insertion(9)})
tree().rebind(a=pg.MISSING_VALUE)
tree().rebind({"a.x": pg.MISSING_VALUE})
tree().rebind({"a.y": 4}).rebind({"a.y": pg.MISSING_VALUE})
Leaf.partial(1).rebind(x=pg.MISSING_VALUE)
Node([1, 2, 3, 4]).rebind({"a[1]": pg.MISSING_VALUE, "a[2]": 9})
Node([1, 2, 3, 4]).rebind({"a[0]": pg.Insertion(0), "a[2]": 9})
Node([1, 2, 3, 4]).rebind({"a[3]": pg.MISSING_VALUE, "a[0]": pg.MISSING_VALUE})
Typed().rebind({"leaf.x": 3, "table.p": 4, "sizes[0]": 5})
Typed().rebind(leaf=1)
Typed().rebind(leaf=Leaf.partial())
Typed().rebind({"leaf.x": pg.MISSING_VALUE})
Typed().rebind({"leaves[0]": Leaf(1)})
Typed().rebind({"leaves[0]": 1})
Typed().rebind(leaves=[Leaf(1), Leaf(2)]).rebind({"leaves[0].x": 3})
Typed().rebind({"table.r": 1})
Typed().rebind({"table.p": pg.MISSING_VALUE})
Typed().rebind({"table.q": 7}).rebind({"table.q": pg.MISSING_VALUE})
Typed().rebind({"sizes[0]": pg.MISSING_VALUE})
Typed().rebind({f"sizes[{i}]": i for i in range(1, 3)})
# Expected difference: limits-of-list-sizes-are-enforced
Typed().rebind({f"sizes[{i}]": i for i in range(1, 9)})
Typed().rebind(sizes=[])
Typed().rebind(sizes=[1, 2, 3, 4])
Typed().rebind(table={"q": 1})
Typed().rebind(table={"p": 3, "r": 1})
# What has changed when a part of it could not.
after(Typed(), {"table.p": "bad", "sizes[0]": 4})
# Expected difference: a-change-that-is-refused-changes-nothing
after(Typed(), {"sizes[0]": 4, "table.p": "bad"})
# Expected difference: a-change-that-is-refused-changes-nothing
after(tree(), {"b": 3, "a.x": "bad"})
after(pg.List([1, 2], value_spec=pg.typing.List(int)), {0: 5, 1: "bad"})
pg.List([1, 2]).rebind({0: 5})
pg.List([1, 2]).rebind({"[0]": 5})
pg.List([1, 2]).rebind({3: 5})
pg.List([1, 2]).rebind({-1: 5})
# Expected difference: assertions-and-internal-errors
pg.List([1, 2]).rebind({"a": 5})
# Expected difference: assertions-and-internal-errors
pg.List([1, 2]).rebind(a=5)
pg.List([[1], 2]).rebind({"[0][0]": 5})
pg.Dict(x=1).rebind(y=2, x=3)
pg.Dict(x=1).rebind({"x": 1}, y=2)
pg.Dict(x={"y": 1}).rebind({"x.y": 2, "x.z": 3})
pg.Dict(x=1).rebind(x=pg.MISSING_VALUE)
pg.Dict(x=1).rebind(y=pg.MISSING_VALUE)
pg.Dict({1: 2}).rebind({1: 3})
pg.Dict({"a.b": 2}).rebind({"a.b": 3})
pg.Dict({"a.b": 2}).rebind({"[a.b]": 3})
pg.Dict(x=1).rebind({"x": 2}, notify_parents=False)
pg.Dict(x=1).rebind({"x": 2}, skip_notification=True)
# The same node in another place.
(lambda n: n.rebind(b=n.a) and (n, n.a is n.b))(tree())
(lambda n, l: n.rebind(a=l).a is l)(tree(), Leaf(9))
(lambda n: (n.rebind(a=n.b, b=n.a), n.a.sym_path, n.b.sym_path))(tree())
(lambda n, old: (n.rebind(a=1), old.sym_parent, old.sym_path)[1:])(
    *[(n := tree()), n.a]
)
(lambda n: n.rebind({"a.x": 5}) is n)(tree())
tree().sym_rebind(a=1)
tree().sym_rebind({"b[0].x": 4})
pg.Insertion(1).value
pg.Insertion(1)
pg.symbolic.mark_as_insertion(2)
Leaf(1).rebind(x=pg.symbolic.mark_as_insertion(2))
Node(1).rebind(a=pg.Ref(Leaf(3))).a
Node((1, Leaf(2))).rebind({"a[1].x": 3})
Node((1, 2)).rebind({"a[0]": 3})
