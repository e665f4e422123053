"""Walking trees: traverse, query, contains, and the order of things."""

import sys
from typing import Any

import pyglove as pg


class N(pg.Object):
    a: Any = None
    b: Any = None


class Same(N):
    def sym_eq(self, other):
        return True


class ByValue(N):
    def __eq__(self, other):
        return isinstance(other, ByValue)

    def __hash__(self):
        return 1


class Other(pg.Object):
    a: Any = None


tree = N(N(1), [2, {"x": 3}, (4, N(5))])
action = pg.TraverseAction


def walk(value, before=None, after=None, **kwargs):
    """What is visited, and in what order."""
    log = []

    def preorder(k, v, p):
        log.append(("pre", str(k), type(v).__name__, type(p).__name__))
        return action.ENTER if before is None else before(k, v, p)

    def postorder(k, v, p):
        log.append(("post", str(k)))
        return action.ENTER if after is None else after(k, v, p)

    return pg.traverse(value, preorder, postorder, **kwargs), log


def smaller(*values):
    """Which pairs of neighbours are in order, and which are in reverse order."""
    return [(pg.lt(a, b), pg.gt(a, b)) for a, b in zip(values, values[1:])]


# Snippets
walk(tree)
walk(tree, lambda k, v, p: action.CONTINUE if isinstance(v, list) else action.ENTER)
walk(tree, lambda k, v, p: action.STOP if v == 2 else action.ENTER)
walk(tree, None, lambda k, v, p: action.STOP if v == 2 else action.ENTER)
walk(tree, None, lambda k, v, p: action.CONTINUE)
walk(tree, None, lambda k, v, p: None)
walk(tree, lambda k, v, p: None)
walk(tree, lambda k, v, p: True)
walk(tree, lambda k, v, p: False)
walk([1, {"a": 2}])
walk((1, 2))
walk({1, 2})
walk({1: {"x.y": 2}})
walk(1)
walk(None)
walk(tree.b)
walk(tree.a, root_path=pg.KeyPath("z"))
walk([1], parent="parent")
pg.traverse(tree)
pg.traverse(tree, None, lambda k, v, p: print(str(k)) or action.ENTER)
list(action)
pg.query(tree)
pg.query(tree, ".*a")
pg.query(tree, "a")
pg.query(tree, "a", enter_selected=True)
pg.query(tree, "a.*")
pg.query(tree, "a.*", enter_selected=True)
pg.query(tree, r"b\[\d\]")
pg.query(tree, "nope")
pg.query(tree, "[")
pg.query(tree.b, ".*x")
pg.query(tree, where=lambda v: isinstance(v, int))
pg.query(tree, where=lambda v, p: isinstance(p, list))
pg.query(tree, where=lambda v, p, q: True)
pg.query(tree, where=lambda v, p, q, r: True)
pg.query(tree, where=lambda v: isinstance(v, N))
pg.query(tree, where=lambda v: isinstance(v, N), enter_selected=True)
pg.query(tree, "a.*", where=lambda v: isinstance(v, int), enter_selected=True)
pg.query(tree, custom_selector=lambda k, v: len(k) == 1)
pg.query(tree, custom_selector=lambda k, v, p: len(k) == 2)
pg.query(tree, custom_selector=lambda k: True)
pg.query(tree, ".*", custom_selector=lambda k, v: True)
pg.query(tree, where=lambda v: True, custom_selector=lambda k, v: True)
[type(k).__name__ for k in pg.query(tree, "a")]
pg.query([1, {"a": 2}], where=lambda v: isinstance(v, int))
pg.query((1, N(2)), where=lambda v: isinstance(v, int))
pg.query(1, where=lambda v: True)
pg.query({"x.y": {"z": 1}}, where=lambda v: v == 1)
pg.query(N.partial(), where=lambda v: True)
(
    pg.contains(tree, 3),
    pg.contains(tree, 9),
    pg.contains(tree, N(1)),
    pg.contains(tree, N(5)),
)
(
    pg.contains(tree, type=float),
    pg.contains(tree, type=(float, int)),
    pg.contains(tree, N),
)
pg.contains([1, {"a": 2}], 2), pg.contains(1, 1), pg.contains(N(None), None)
pg.contains(N(int), int), pg.contains(N(1), type=type(None))
tree.sym_contains(3), tree.sym_contains(type=dict), tree.sym_contains(type=N)
N([1]).inspect(file=sys.stdout)
N([1, 2]).inspect("a.*", file=sys.stdout)
pg.Dict(x=1, y="a").inspect(where=lambda v: v == 1, file=sys.stdout)
pg.List([N(1)]).inspect(custom_selector=lambda k, v: len(k) == 2, file=sys.stdout)
N([1]).inspect(file=sys.stdout, compact=True)
tree.sym_descendants()
tree.sym_descendants(lambda v: isinstance(v, int))
tree.sym_descendants(lambda v: isinstance(v, N), include_self=True)
[
    len(N(N(N(1), 2)).sym_descendants(lambda v: isinstance(v, N), o, s))
    for o in pg.symbolic.DescendantQueryOption
    for s in (True, False)
]
tree.b[1].sym_ancestor(), tree.sym_ancestor()
tree.b[1].sym_ancestor(lambda v: isinstance(v, N)) is tree
tree.b[1].sym_root is tree, tree.sym_root is tree
# Equality.
pg.eq(1, 1), pg.eq(1, 1.0), pg.eq(1, True), pg.eq("a", "a"), pg.eq(None, None)
pg.eq([1, N(1)], [1, N(1)]), pg.eq((1,), (1,)), pg.eq([1], (1,)), pg.eq({1}, {1})
pg.eq({"a": 1, "b": 2}, {"b": 2, "a": 1}), pg.eq({"a": 1}, {"a": 1, "b": 2})
pg.eq(N(1), N(1)), pg.eq(N(1), N(1.0)), pg.eq(N([1]), N((1,))), pg.eq(N(1), Other(1))
(
    pg.eq(N(1), Same(2)),
    pg.eq(Same(1), N(2)),
    pg.eq(Same(1), Same(2)),
    N(1) == Same(1),
    Same(1) == Same(2),
)
pg.eq(ByValue(1), ByValue(2)), ByValue(1) == ByValue(2), N(ByValue(1)) == N(ByValue(2))
pg.eq(float("nan"), float("nan")), pg.eq(N(float("nan")), N(float("nan")))
(
    pg.eq(lambda v: v, lambda v: v),
    pg.eq(lambda v: v, lambda v: v + 1),
    pg.eq(print, print),
)
(
    pg.eq(N(lambda v: v), N(lambda v: v)),
    pg.eq(int, int),
    pg.eq(N, N(1)),
    pg.eq(N(1), None),
)
(
    pg.eq(N.partial(), N.partial()),
    pg.eq(N.partial(), N(1)),
    pg.ne(1, 2),
    pg.ne(N(1), N(1)),
)
pg.eq([1].append, [1].append), pg.eq(tree.clone, tree.clone)
pg.eq(pg.MISSING_VALUE, pg.MISSING_VALUE), pg.eq(pg.MISSING_VALUE, None)
N(1) == N(1), N(1) != N(1), N(1) == N(2), N(1) == 1
N(1).sym_eq(N(1)), N(1).sym_ne(N(2)), N(1).sym_lt(N(2)), N(1).sym_gt(N(2))
# Order.
smaller(
    pg.MISSING_VALUE,
    None,
    False,
    True,
    1,
    1.5,
    "a",
    "b",
    [],
    [1],
    (),
    (1,),
    set(),
    {},
    N(1),
)
smaller([1], [1, 2], [2], [1, 9])
smaller({"a": 1}, {"a": 2}, {"b": 1}, {"a": 1, "b": 1})
smaller(N(1), N(2), N(1, 2), N(1), Other(1), ByValue(1), N)
smaller(pg.List([1]), [2], pg.List([3])), smaller(pg.Dict(a=1), {"a": 2})
smaller(1, 1), smaller("a", "a"), smaller(N(1), N(1))
smaller(lambda: 1, 1, print)
smaller({1}, {2}, {1, 2})
N(1) < N(2)
sorted([N(3), N(1), N(2)])
# Hashes.
pg.hash(1) == hash(1), pg.hash("a") == hash("a"), pg.hash((1,)) == hash((1,))
(
    pg.hash([1, 2]) == pg.hash([1, 2]),
    pg.hash([1]) == pg.hash((1,)),
    pg.hash([1]) == pg.hash(pg.List([1])),
)
(
    pg.hash({"a": 1}) == pg.hash({"a": 1}),
    pg.hash({"a": 1, "b": 2}) == pg.hash({"b": 2, "a": 1}),
)
pg.hash(pg.Dict(a=1)) == pg.hash({"a": 1}), hash(pg.Dict(a=1)) == hash(pg.Dict(a=1))
(
    hash(N(1)) == hash(N(1)),
    hash(N(1)) == N(1).sym_hash(),
    pg.hash(N(1)) == hash(N(1)),
    hash(N(1)) == hash(N(2)),
)
(
    hash(N([1, {"k": 2}])) == hash(N([1, {"k": 2}])),
    hash(ByValue(1)),
    pg.hash(ByValue(1)) == 1,
)
(
    pg.hash(lambda v: v) == pg.hash(lambda v: v),
    pg.hash(N(lambda v: v)) == pg.hash(N(lambda v: v)),
)
pg.hash({1, 2})
len({N(1), N(1), N(2), N([1]), N([1])})
