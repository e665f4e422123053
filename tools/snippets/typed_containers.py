"""Lists and dicts that have a value spec, and move to where another one is."""

from typing import Any, Optional, Union

import pyglove as pg

t = pg.typing


class Ints(pg.Object):
    xs: list[int]


class Plain(pg.Object):
    xs: list


class Anys(pg.Object):
    xs: list[Any]


class Anything(pg.Object):
    xs: Any


class Maybe(pg.Object):
    xs: Optional[list[int]]


class Either(pg.Object):
    xs: Union[int, list[int]]


class EitherPlain(pg.Object):
    xs: Union[int, list]


class EitherStrs(pg.Object):
    xs: Union[int, list[str]]


class Strs(pg.Object):
    xs: list[str]


class Naturals(pg.Object):
    xs: t.List(t.Int(min_value=0))


class Short(pg.Object):
    xs: t.List(t.Int(), max_size=2)


class Made(pg.Object):
    xs: t.List(t.Int(), transform=lambda x: [1])


class MadeAny(pg.Object):
    xs: t.Any(transform=lambda x: [1])


class Nested(pg.Object):
    xs: list[list[int]]


class NestedPlain(pg.Object):
    xs: list[list]


class NestedEither(pg.Object):
    xs: list[Union[int, list[int]]]


class Tupled(pg.Object):
    xs: tuple[list[int], list[int]]


class TupledPlain(pg.Object):
    xs: tuple[list, list]


class TupledNaturals(pg.Object):
    xs: t.Tuple([t.List(t.Int(min_value=0)), t.Any()])


class Symbolic(pg.Object):
    xs: pg.List


class OfClass(pg.Object):
    xs: t.Object(list)


class Number(pg.Object):
    xs: int


class Table(pg.Object):
    xs: dict[str, int]


class PlainTable(pg.Object):
    xs: dict


class AnyTable(pg.Object):
    xs: dict[str, Any]


class Named(pg.Object):
    xs: t.Dict([("n", t.Int())])


class NamedNatural(pg.Object):
    xs: t.Dict([("n", t.Int(min_value=0))])


class Prefixed(pg.Object):
    xs: t.Dict([(t.StrKey("n.*"), t.Int())])


class Leaf(pg.Object):
    x: int


class Leaves(pg.Object):
    xs: tuple[Leaf, list[Leaf]]


CLASSES = [
    *(Ints, Plain, Anys, Anything, Maybe, Either, EitherPlain, EitherStrs, Strs),
    *(Naturals, Short, Nested, NestedPlain, NestedEither, Tupled),
    *(TupledPlain, TupledNaturals, Symbolic, OfClass, Number, Table, PlainTable),
    *(AnyTable, Named, NamedNatural, Prefixed),
]
SOURCES = {
    "ints": lambda: Ints([1]).xs,
    "negative": lambda: Ints([-1]).xs,
    "plain": lambda: Plain(["a"]).xs,
    "anys": lambda: Anys([1]).xs,
    "anything": lambda: Anything([1]).xs,
    "maybe": lambda: Maybe([1]).xs,
    "either": lambda: Either([1]).xs,
    "naturals": lambda: Naturals([1]).xs,
    "short": lambda: Short([1]).xs,
    "nested": lambda: Nested([[1]]).xs,
    "item": lambda: Nested([[1]]).xs[0],
    "nested plain": lambda: NestedPlain([[1]]).xs,
    "in tuple": lambda: Tupled(([1], [2])).xs[0],
    "tuple": lambda: Tupled(([1], [2])).xs,
    "tuple of lists": lambda: (Ints([1]).xs, Plain([1]).xs),
    "list of lists": lambda: [Ints([1]).xs],
    "free": lambda: pg.List([1]),
    "free ints": lambda: pg.List([1], value_spec=t.List(t.Int())),
    "table": lambda: Table({"n": 1}).xs,
    "plain table": lambda: PlainTable({"n": 1}).xs,
    "named": lambda: Named({"n": -5}).xs,
    "natural": lambda: NamedNatural({"n": 1}).xs,
    "prefixed": lambda: Prefixed({"n": 1}).xs,
    "reference": lambda: pg.Ref(Ints([-1]).xs),
}


def outcome(fn, *args):
    """What a function returns, or the class of its error."""
    try:
        value = fn(*args)
    except Exception as e:
        return type(e).__name__.removeprefix("PyGlove")
    spec = getattr(getattr(value, "xs", value), "value_spec", None)
    return repr(value), repr(spec)


def everywhere(put):
    """What becomes of all sources in all classes."""
    return {
        (name, cls.__name__): outcome(put, cls, source())
        for name, source in SOURCES.items()
        for cls in CLASSES
    }


def field(cls):
    return cls.__schema__["xs"].value


def made_by_transform(value):
    return value, value.value_spec


# Snippets

everywhere(lambda cls, value: cls(value))
everywhere(lambda cls, value: cls.partial(value))
everywhere(lambda cls, value: cls.partial().rebind(xs=value))
everywhere(lambda cls, value: cls.partial().clone(override={"xs": value}))
everywhere(lambda cls, value: pg.List([value], value_spec=t.List(field(cls))))
everywhere(lambda cls, value: pg.Dict(x=value, value_spec=t.Dict({"x": field(cls)})))
everywhere(lambda cls, value: pg.functor([("xs", field(cls))])(lambda xs: xs)(value))
everywhere(lambda cls, value: pg.functor([("xs", field(cls))])(lambda xs: xs)()(value))
everywhere(lambda cls, value: pg.List(value_spec=t.List(field(cls))).append(value))
[outcome(field(cls).apply, source()) for cls in CLASSES for source in SOURCES.values()]
type(Tupled(([1], [2])).xs[0]).__name__
{name: outcome(Made, source()) for name, source in SOURCES.items()}
{name: outcome(MadeAny, source()) for name, source in SOURCES.items()}
Tupled(([1], [2])).xs[0].sym_path
Tupled(([1], [2])).xs[0].sym_parent
Tupled(([1], [2])).xs[0].value_spec
Tupled(([1], [2])).xs[0].append("a")
Tupled(([1], [2])).rebind({"xs[0][0]": 5})
pg.from_json(Tupled(([1], [2])).to_json()).xs[1].value_spec
type(Anything(([1], [2])).xs[0]).__name__
outcome(Leaves, (Leaf.partial(), []))
outcome(Leaves, (Leaf(1), [Leaf.partial()]))
outcome(Leaves.partial, (Leaf(1), [Leaf.partial()]))
outcome(t.Object(Leaf).apply, Leaf.partial())
outcome(t.Object(Leaf).apply, pg.Ref(Leaf.partial()))
outcome(t.List(t.Object(Leaf)).apply, [Leaf.partial()])
outcome(t.Object(pg.Dict).apply, pg.Dict(x=Leaf.partial()))
made_by_transform(Made([2, 3]).xs)
Made([2]).xs.append("a")
type(OfClass([1]).xs).__name__
[outcome(Ints([1]).xs.use_value_spec, field(cls)) for cls in CLASSES]
with pg.enable_type_check(False):
    unknown = pg.Dict(x=1, z=2).use_value_spec(t.Dict([("x", t.Int())]))
    long = pg.List([1, 2, 3]).use_value_spec(t.List(t.Str(), max_size=2))
    empty = pg.Dict(value_spec=t.Dict([("x", t.Int(default=1))]))
unknown.value_spec, dict.__repr__(unknown), long, long.value_spec, empty
