"""References: nodes that are shared, not copied."""

import copy
import pickle
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Typed(pg.Object):
    leaf: Leaf
    leaves: pg.typing.List(Leaf).noneable() = None


shared = Leaf(1)
node = Node(pg.Ref(shared))

# Snippets
pg.Ref(1), type(pg.Ref(1)), pg.Ref("a"), pg.Ref(None)
[
    type(pg.Ref(v)).__name__
    for v in ([1], {}, (1,), b"a", frozenset(), int, len, 1j, {1})
]
type(pg.Ref(shared)).__name__, type(pg.Ref(pg.Dict(x=1))).__name__
pg.Ref(shared)
str(pg.Ref(shared))
repr(pg.Ref([1, 2])), str(pg.Ref([1, 2]))
pg.Ref(shared).value is shared
pg.Ref(pg.Ref(shared))
pg.Ref(pg.Ref(shared)).value
pg.Ref(shared).sym_parent, shared.sym_parent
list(pg.Ref(shared).sym_keys()), list(pg.Ref(shared).sym_items())
node.a is shared, node.sym_getattr("a")
node
str(node)
node.sym_init_args.a is shared
list(node.sym_items()), list(node.sym_values())
node.sym_get("a"), node.sym_get("a", use_inferred=True)
node.sym_get("a.x")
node.sym_get("a.x", use_inferred=True)
node.sym_has("a.x")
node.sym_inferred("a") is shared, node.sym_inferrable("a")
(
    node.clone().a is shared,
    node.clone(deep=True).a is shared,
    copy.deepcopy(node).a is shared,
)
copy.copy(node).a is shared
node.to_json()
pg.from_json(node.to_json())
pg.to_json(node, use_inferred=True)
# Expected difference: saved-values-can-be-loaded
pickle.loads(pickle.dumps(node))
Node(pg.Ref(shared), pg.Ref(shared)).to_json()
Node(pg.Ref([1]), pg.Ref([1])).to_json()
(lambda n: (n.a is n.b, n))(
    pg.from_json((lambda s: Node(pg.Ref(s), pg.Ref(s)))([1]).to_json())
)
(lambda s: Node(pg.Ref(s), pg.Ref(s)).to_json())([1])
(
    pg.eq(pg.Ref(shared), pg.Ref(shared)),
    pg.Ref(shared) == pg.Ref(Leaf(1)),
    pg.Ref(shared) == shared,
)
(
    pg.eq(node, Node(pg.Ref(Leaf(1)))),
    pg.eq(node, Node(Leaf(1))),
    node == Node(pg.Ref(shared)),
)
(
    hash(pg.Ref(shared)) == hash(pg.Ref(shared)),
    pg.hash(node) == pg.hash(Node(pg.Ref(shared))),
)
(lambda d: (d.x is shared, d["x"] is shared, d.get("x") is shared))(
    pg.Dict(x=pg.Ref(shared))
)
(lambda d: (list(d.values())[0] is shared, list(d.items())[0][1] is shared))(
    pg.Dict(x=pg.Ref(shared))
)
pg.Dict(x=pg.Ref(shared)).sym_getattr("x")
dict(pg.Dict(x=pg.Ref(shared)))["x"] is shared
{**pg.Dict(x=pg.Ref(shared))}["x"] is shared
pg.Dict(x=pg.Ref(shared)).pop("x") is shared
pg.Dict(x=pg.Ref(shared))
pg.List([pg.Ref(shared)])[0] is shared, list(pg.List([pg.Ref(shared)]))[0] is shared
[v is shared for v in pg.List([pg.Ref(shared), 1])]
pg.List([pg.Ref(shared), 1])[0:1][0] is shared
pg.List([pg.Ref(shared)]).sym_getattr(0)
pg.List([pg.Ref(shared)]).pop() is shared
# Expected difference: lists-and-dicts-behave-like-those-of-python
shared in pg.List([pg.Ref(shared)]), pg.List([pg.Ref(shared)]).index(shared)
pg.List([pg.Ref(Leaf(2)), pg.Ref(Leaf(1))]).copy()
(lambda l: (l.sort(key=lambda v: v.x), l))(pg.List([pg.Ref(Leaf(2)), pg.Ref(Leaf(1))]))
(lambda l: (l.reverse(), l))(pg.List([pg.Ref(Leaf(2)), pg.Ref(Leaf(1))]))
pg.List([pg.Ref(shared)]) + [1]
Typed(pg.Ref(shared)).leaf is shared
Typed(pg.Ref([1]))
Typed(pg.Ref(3))
Typed(shared, pg.Ref([shared])).leaves
Typed(shared, pg.Ref([1]))
Typed(shared, [pg.Ref(shared)]).leaves[0] is shared
Typed(pg.Ref(Leaf.partial()))
Typed(pg.Ref(Leaf(7))).rebind({"leaf.x": 8})
Typed(Leaf(1)).rebind(leaf=pg.Ref(Leaf(4)))
Typed(Leaf(1)).rebind(leaf=pg.Ref(4))
Typed(pg.Ref(Leaf(1))).rebind(leaf=Leaf(2)).leaf.sym_path
pg.query(node, where=lambda v: isinstance(v, Leaf))
pg.query(node, ".*x")
pg.contains(node, type=Leaf), pg.contains(node, 1), pg.contains(node, type=pg.Ref)
pg.traverse(
    node, lambda k, v, p: print(str(k), type(v).__name__) or pg.TraverseAction.ENTER
)
node.clone().rebind(
    lambda k, v: v + 1 if isinstance(v, int) else v, raise_on_no_change=False
)
node.sym_descendants(lambda v: isinstance(v, int))
pg.symbolic.deref(node), pg.symbolic.deref(pg.Ref(shared)) is shared
pg.symbolic.deref(Node(pg.Ref(Node(pg.Ref(shared)))), recursive=True)
pg.symbolic.deref(Node(pg.Ref(Node(pg.Ref(shared)))))
# Expected difference: references-in-lists
pg.symbolic.deref([pg.Ref(shared)], recursive=True)
# Expected difference: references-in-lists
pg.symbolic.deref(pg.List([pg.Ref(shared)]), recursive=True)
pg.symbolic.deref(1)
pg.maybe_ref(shared), pg.maybe_ref(1), pg.maybe_ref(None), pg.maybe_ref(Leaf(9))
pg.maybe_ref(Node(Leaf(1)).a)
Node(pg.Ref(Leaf.partial())).is_partial, Node(pg.Ref(Leaf.partial())).sym_missing()
pg.Ref(shared).rebind(value=Leaf(3))
setattr(pg.Ref(shared), "value", 3)
isinstance(pg.Ref(shared), pg.Object), pg.Ref.__mro__[1].__name__
list(pg.Ref.__schema__.keys())
pg.format(node, use_inferred=True, compact=True)
pg.format(Node(pg.Ref(Node(pg.Ref(shared)))), compact=True)
Node((pg.Ref(shared),)).a
Node([[pg.Ref(shared)]]).a[0][0] is shared
pg.typing.Object(Leaf).apply(pg.Ref(shared))
pg.typing.Int().apply(pg.Ref(shared))
pg.typing.List(Leaf).apply([pg.Ref(shared)])
pg.Ref(lambda v: v + 1)(2)
callable(pg.Ref(shared)), pg.Ref(shared).x
getattr(pg.Ref(shared), "nope")
# Expected difference: sym_init_args-is-a-view
pg.Ref(shared).sym_init_args
