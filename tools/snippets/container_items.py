"""Items of lists and dicts that are inferred, and what is told of changes of items."""

import pickle
from typing import Any

import pyglove as pg

t = pg.typing
MISSING = pg.MISSING_VALUE
Inherited = pg.symbolic.ValueFromParentChain
HEARD = []


class Holder(pg.Object):
    items: list = []
    table: dict = {}
    x: Any = None

    def _on_change(self, updates):
        HEARD.append({str(k): (u.old_value, u.new_value) for k, u in updates.items()})


class Number(pg.Object):
    n: int = 1

    def method(self):
        return self.n


def items():
    return pg.List([0, 1, Inherited()])


def table():
    return pg.Dict(x=Inherited())


def after(node, fn):
    """What a function returns or raises, the node after it, and what was told."""
    HEARD.clear()
    try:
        result = fn(node)
    except Exception as e:
        result = type(e).__name__.removeprefix("PyGlove")
    return result, node, list(HEARD)


def hear(updates):
    HEARD.append(sorted((str(k), str(u.path)) for k, u in updates.items()))


def state(node):
    return node.sym_sealed, node.allow_partial, node.accessor_writable


def pickled(value):
    return pickle.loads(pickle.dumps(value))


part = t.Dict([("p", t.Int(default=1))])
shared = pg.Dict(q=1)

# Snippets

1 in items(), 3 in items(), Inherited() in items()
items().index(Inherited()), items().count(1)
pg.List([0]) + pg.List([Inherited()])
after(items(), lambda v: v.remove(Inherited()))
list(reversed(items()))
table()["x"]
table().pop("x")
table().x
table().get("x", 3)
after(pg.Dict(), lambda v: v.setdefault("x", Inherited()))
after(table(), lambda v: v.setdefault("x", 1))
dict(table())
pg.eq(pg.List([pg.Ref(shared), 2]), [shared, 2])
pg.eq(pg.List([pg.Ref(shared)]), pg.from_json(pg.to_json(pg.List([pg.Ref(shared)]))))
pg.eq(pg.Dict(x=pg.Ref(shared)), pg.Dict(x=pg.Ref(shared.clone())))
pg.eq(pg.List[int], pg.List[int]), pg.ne(pg.List[int], pg.List[str])
pg.hash(Number(1).method) == pg.hash(Number(1).method)
pg.hash(Number(1).method) == pg.hash(Number(2).method)
state(pickled(pg.Dict(x=1).seal())), state(pickled(pg.List([1]).seal()))
state(pickled(Holder(x=pg.Dict(y=1)).seal()).x)
state(pickled(pg.Dict(x=1).set_accessor_writable(False)))
after(pickled(pg.Dict(x=1, onchange_callback=hear)), lambda v: v.rebind(x=2))
[state(v) for v in pg.List([[1], Number()], accessor_writable=False)]
after(Holder([1]), lambda v: v.items.__setitem__(0, True))
after(Holder(table={"k": 1}), lambda v: v.table.__setitem__("k", 1.0))
after(Holder(x=1), lambda v: v.rebind(x=True))
after(Holder(x=None), lambda v: v.rebind(x=MISSING))
after(Holder(), lambda v: v.rebind(unknown=MISSING))
after(Holder(), lambda v: v.rebind({"unknown": MISSING, "x": 2}))
after(Holder().seal(), lambda v: v.rebind(raise_on_no_change=False))
after(pg.List([1]), lambda v: v.pop("x"))
after(pg.List([1, 2]).seal(), lambda v: v.pop(5))
after(pg.Dict(), lambda v: v.__setitem__(slice(0, 1), 1))
pg.List([pg.Insertion(2), 1])
pg.FieldUpdate(pg.KeyPath("a"), pg.Dict(x=pg.Dict(a=1)).x, None, 1, 2)
after(pg.Dict(onchange_callback=hear), lambda v: v.use_value_spec(part))
after(
    pg.Dict(onchange_callback=hear),
    lambda v: pg.Dict(c=v, value_spec=t.Dict({"c": part})),
)
pg.diff(Number(1), {"n": 2}, collapse=True)
pg.diff(Number(1), {"n": 1}, collapse=True)
pg.Diff(1, int, children={"x": pg.Diff(1, 2)})
Number.partial(MISSING).sym_inferrable("n")
