"""Flags of objects: assignment, comparison, sealing, accessors, partial values."""

import typing
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Assignable(pg.Object):
    allow_symbolic_assignment = True
    a: int = 1
    b: Any = None


class Fixed(pg.Object):
    allow_symbolic_mutation = False
    a: int = 1
    b: Any = None


class NoReads(pg.Object):
    allow_symbolic_attribute = False
    a: int


class ById(pg.Object):
    use_symbolic_comparison = False
    a: int = 1


class Typed(pg.Object):
    name: str
    leaf: Leaf
    leaves: typing.List[Leaf] = []
    optional: typing.Optional[Leaf] = None
    table: typing.Dict[str, Any] = {}


class Inherits(Assignable):
    c: int = 2


def assign(node, name, value):
    """The node after an assignment."""
    setattr(node, name, value)
    return node


# Snippets
assign(Leaf(1), "x", 2)
assign(Leaf(1), "unknown", 2)
assign(Leaf(1), "unknown", 2).unknown
assign(Leaf(1), "_own", 2)._own
delattr(Leaf(1), "x")
assign(Assignable(), "a", 2)
assign(Assignable(), "a", "bad")
assign(Assignable(), "b", [1]).b
type(assign(Assignable(), "b", [1]).b)
assign(Assignable(), "c", 2)
assign(Assignable(), "a", pg.MISSING_VALUE)
assign(Inherits(), "c", 3)
delattr(Assignable(), "a")
assign(Fixed(), "a", 2)
Fixed().rebind(a=2)
Fixed(b=Leaf(1)).rebind({"b.x": 2})
Fixed().is_sealed
Fixed().clone(override={"a": 3})
Fixed(2).to_json()
with pg.as_sealed(False):
    Fixed().rebind(a=2)
NoReads(1).a
NoReads(1).sym_getattr("a")
NoReads(a=3)
NoReads(1).rebind(a=2)
ById() == ById(), ById() != ById(), pg.eq(ById(), ById())
(lambda a, b: (hash(a) == hash(b), pg.hash(a) == pg.hash(b)))(ById(), ById())
Node(ById()) == Node(ById())
len({Leaf(1), Leaf(1), Leaf(2)})
# Sealing.
Leaf(1).seal().rebind(x=2)
Leaf(1).seal().seal(False).rebind(x=2)
Leaf(1, sealed=True).rebind(x=2)
Leaf(1, sealed=True).is_sealed, Leaf(1, sealed=True).sym_sealed
Node(Leaf(1)).seal().a.is_sealed
Node(Leaf(1), [Leaf(2)]).seal().rebind({"b[0].x": 3})
Node(Leaf(1)).seal().clone().is_sealed
Node(Leaf(1)).seal().clone().a.is_sealed
Node(Leaf(1).seal()).is_sealed, Node(Leaf(1).seal()).a.is_sealed
Node(Leaf(1).seal()).rebind({"a.x": 2})
Node(Leaf(1).seal()).rebind(a=1)
assign(Assignable().seal(), "a", 2)
Assignable(b=[1]).seal().b.append(2)
Leaf(1).sym_seal().is_sealed
with pg.as_sealed():
    Leaf(1).rebind(x=2)
with pg.as_sealed(False):
    print(Leaf(1).seal().rebind(x=2))
with pg.as_sealed(), pg.as_sealed(None):
    print(Leaf(1).rebind(x=2))
pg.Dict(a=1, sealed=True)
setattr(pg.Dict(a=1, sealed=True), "a", 2)
pg.Dict(a=1, sealed=True).__setitem__("b", 2)
pg.Dict(a=1, sealed=True).pop("a")
pg.Dict(a=1, sealed=True).clear()
pg.Dict(a=1, sealed=True).update(a=2)
pg.Dict(a=1, sealed=True).setdefault("z", 1)
pg.Dict(a=1, sealed=True).setdefault("a", 1)
pg.Dict(a=1, sealed=True).popitem()
pg.Dict(a=1, sealed=True).rebind(a=2)
pg.Dict(a=1, sealed=True).__delitem__("a")
pg.Dict(a=1, sealed=True).a
pg.Dict(a=[1], sealed=True).a.append(1)
pg.Dict(a=1, sealed=True).copy().is_sealed
pg.List([1], sealed=True).append(1)
pg.List([1], sealed=True).__setitem__(0, 1)
pg.List([1], sealed=True).pop()
pg.List([1], sealed=True).insert(0, 1)
pg.List([1], sealed=True).sort()
pg.List([1], sealed=True).reverse()
pg.List([1], sealed=True).clear()
pg.List([1], sealed=True).extend([1])
pg.List([1], sealed=True).remove(1)
pg.List([1], sealed=True).__delitem__(0)
# Expected difference: all-modifications-of-a-list-are-changes
pg.List([1], sealed=True).__iadd__([2])
pg.List([1], sealed=True).rebind({0: 2})
# Accessors.
Leaf(1).accessor_writable, Assignable().accessor_writable
assign(Leaf(1).set_accessor_writable(True), "x", 2)
assign(Assignable().set_accessor_writable(False), "a", 2)
with pg.allow_writable_accessors():
    print(assign(Leaf(1), "x", 2))
with pg.allow_writable_accessors(False):
    assign(Assignable(), "a", 2)
with pg.allow_writable_accessors(False):
    pg.Dict(a=1).a = 2
with pg.allow_writable_accessors(False):
    pg.List([1])[0] = 2
with pg.allow_writable_accessors(False):
    pg.List([1]).append(2)
pg.Dict(a=1, accessor_writable=False).__setitem__("a", 2)
setattr(pg.Dict(a=1, accessor_writable=False), "a", 2)
pg.Dict(a=1, accessor_writable=False).rebind(a=2)
pg.Dict(a=1, accessor_writable=False).pop("a")
pg.Dict(a=1, accessor_writable=False).update(a=3)
pg.Dict(a=1, accessor_writable=False).accessor_writable
pg.List([1], accessor_writable=False).__setitem__(0, 2)
pg.List([1], accessor_writable=False).append(2)
pg.List([1], accessor_writable=False).__delitem__(0)
pg.List([1], accessor_writable=False).rebind({0: 5})
pg.List([1], accessor_writable=False).clone().accessor_writable
# Partial values.
Leaf.partial()
str(Leaf.partial())
Leaf.partial().x
Leaf.partial().x == pg.MISSING_VALUE
Leaf.partial(2)
Leaf.partial(y=3)
Leaf.partial(x=pg.MISSING_VALUE)
Leaf.partial("bad")
Leaf.partial(z=1)
Leaf(allow_partial=True)
Leaf.partial().is_partial, Leaf(1).is_partial, Leaf.partial().sym_partial
Leaf.partial().is_abstract, Leaf.partial().is_pure_symbolic
Leaf.partial().allow_partial, Leaf(1).allow_partial
Leaf.partial().missing_values()
Leaf.partial().sym_missing()
Leaf.partial().missing_values(flatten=False)
Leaf(1).sym_missing()
Typed.partial().sym_missing()
Typed.partial(leaf=Leaf.partial()).sym_missing()
Typed.partial(leaf=Leaf.partial()).sym_missing(flatten=False)
Typed.partial(
    "n", Leaf.partial(), leaves=[Leaf.partial(1), Leaf.partial()]
).sym_missing()
Typed("n", Leaf.partial())
Typed("n", Leaf(1), [Leaf.partial()])
Typed("n", Leaf(1), optional=Leaf.partial())
Typed("n", Leaf(1), table={"k": Leaf.partial()})
Node(Leaf.partial()).is_partial
Node([Leaf.partial()]).is_partial
Node((Leaf.partial(),)).is_partial
Node([Leaf.partial()]).sym_missing()
Node({"k": Leaf.partial()}).sym_missing(flatten=False)
pg.List([Leaf.partial()]).sym_missing()
pg.Dict(a=Leaf.partial()).is_partial
with pg.allow_partial():
    print(Leaf())
with pg.allow_partial():
    print(Typed("t", Leaf.partial()))
with pg.allow_partial(False):
    print(Leaf.partial())
Leaf.partial().rebind(x=1).is_partial
Leaf.partial().clone()
Leaf.partial() == Leaf.partial()
Leaf.partial().to_json()
pg.from_json(Leaf.partial().to_json())
pg.from_json(Leaf.partial().to_json(), allow_partial=True)
Typed("n", Leaf(1)).rebind(leaf=Leaf.partial())
Typed.partial("n", Leaf(1)).rebind({"leaf.x": pg.MISSING_VALUE})
Typed.partial("n", Leaf.partial(1)).rebind({"leaf.x": pg.MISSING_VALUE})
Typed.partial("n").rebind(leaf=Leaf.partial())
Typed.partial("n").rebind(leaf=Leaf(1)).is_partial
Typed("u", Typed.partial(leaf=Leaf.partial()).leaf)
pg.is_partial(Leaf.partial()), pg.is_partial([Leaf.partial()]), pg.is_partial(1)
pg.is_abstract(Leaf.partial()), pg.is_abstract(Leaf(1)), pg.is_abstract(1)
Leaf.partial().sym_nondefault(), Leaf(1).sym_nondefault()
Leaf(1, 2.0).non_default_values()
Node(Leaf(1, 3.0)).sym_nondefault()
Node(Leaf(1, 3.0)).sym_nondefault(flatten=False)
Node([Leaf(1)]).sym_nondefault()
[
    (v.sym_nondefault(), v.sym_nondefault(flatten=False))
    for v in (
        Typed("n", Leaf(1)),
        Typed.partial("n", Leaf.partial(1)),
        Typed.partial("n"),
        pg.List([Leaf(1)]),
        pg.List([Leaf(1)], value_spec=pg.typing.List(pg.typing.Object(Leaf))),
        pg.Dict(a=Leaf(1), b=[Leaf(1), {"c": Leaf(2)}], d=(Leaf(1),)),
        pg.Dict(
            a=Leaf(1),
            value_spec=pg.typing.Dict([(pg.typing.StrKey(), pg.typing.Object(Leaf))]),
        ),
        pg.Dict(
            a=Leaf(1),
            value_spec=pg.typing.Dict([("a", pg.typing.Any(default=Leaf(2)))]),
        ),
    )
]
pg.Dict(a=pg.MISSING_VALUE)
pg.List([pg.MISSING_VALUE])
Node({"x": pg.MISSING_VALUE})
pg.Dict.partial({"a": 1}, value_spec=pg.typing.Dict([("a", int), ("b", int)]))
pg.Dict.partial(value_spec=pg.typing.Dict([("a", int)])).a
pg.Dict.partial(value_spec=pg.typing.Dict([("a", int)])).sym_missing()
pg.List.partial([1])
pg.List.partial([{}], value_spec=pg.typing.List(pg.typing.Dict([("a", int)])))
pg.MISSING_VALUE, str(pg.MISSING_VALUE), bool(pg.MISSING_VALUE)
pg.MISSING_VALUE == pg.MISSING_VALUE, pg.MISSING_VALUE == 1, hash(pg.MISSING_VALUE) != 0
Leaf.partial().x == pg.typing.MISSING_VALUE, pg.typing.MISSING_VALUE != Leaf.partial().x
pg.typing.MissingValue(pg.typing.Int())
Leaf.partial().sym_getattr("x").value_spec
