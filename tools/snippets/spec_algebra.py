"""Specs among themselves: equality, compatibility, extension; and as JSON."""

import collections
import typing

import pyglove as pg

t = pg.typing
X = typing.TypeVar("X")


class C:
    pass


class D(C):
    pass


class Generic(typing.Generic[X]):
    pass


class OfInt(Generic[int]):
    pass


class Leaf(pg.Object):
    x: int = 1


def f(x: int, y: str = "a") -> bool:
    return True


def extended(child, base):
    """A spec that extends another."""
    return child.extend(base)


def compatible(a, b):
    """Whether each spec takes all that the other one takes."""
    return a.is_compatible(b), b.is_compatible(a)


def json(spec):
    """A spec after a way through JSON, and whether it is the same."""
    back = pg.from_json(pg.to_json(spec))
    return back, back == spec


# Snippets
(
    t.Int() == t.Int(),
    t.Int(1) == t.Int(1),
    t.Int(1) == t.Int(2),
    t.Int() == t.Int().noneable(),
)
(
    t.Int(min_value=1) == t.Int(min_value=1),
    t.Int() == t.Float(),
    t.Int() != t.Int(),
    t.Int() == 1,
)
(
    t.Int(1) == t.Int(1).freeze(),
    t.Str(regex="a") == t.Str(regex="a"),
    t.Str(regex="a") == t.Str(),
)
(
    t.Enum("a", ["a", "b"]) == t.Enum("a", ["a", "b"]),
    t.Enum("a", ["a", "b"]) == t.Enum("a", ["b", "a"]),
)
(
    t.List(int) == t.List(t.Int()),
    t.List(int, max_size=1) == t.List(int),
    t.Tuple([int]) == t.Tuple(int),
)
(
    t.Dict({"a": int}) == t.Dict({"a": int}),
    t.Dict({"a": int}) == t.Dict(),
    t.Dict({"a": int}) == t.Dict({"a": (int, "d")}),
)
(
    t.Object(C) == t.Object(C),
    t.Object(C) == t.Object(D),
    t.Object("snippet.C") == t.Object(C),
)
(
    t.Callable([int]) == t.Callable([t.Int()]),
    t.Callable() == t.Functor(),
    t.Type(C) == t.Type(C),
)
t.Union([int, str]) == t.Union([str, int]), t.Union([int, str]) == t.Union([int, float])
t.Any() == t.Any(), t.Any(annotation=int) == t.Any(), t.Any() == t.Any(1)
# Expected difference: value-specs-can-be-hashed
hash(t.Int()) == hash(t.Int())
(
    t.Int(transform=str) == t.Int(transform=str),
    t.Int(transform=lambda v: v) == t.Int(transform=lambda v: v),
)
# Compatibility.
(
    compatible(t.Int(), t.Int()),
    compatible(t.Int(), t.Int(min_value=0)),
    compatible(t.Int(), t.Float()),
)
(
    compatible(t.Int(min_value=0), t.Int(min_value=1)),
    compatible(t.Int(max_value=3), t.Int(max_value=5)),
)
(
    compatible(t.Int(), t.Int().noneable()),
    compatible(t.Int(), t.Bool()),
    compatible(t.Number((int, float)), t.Int()),
)
compatible(t.Str(), t.Str(regex="a")), compatible(t.Str(), t.Enum("a", ["a"]))
compatible(t.Enum("a", ["a", "b"]), t.Enum("a", ["a"])), compatible(t.Any(), t.Int())
compatible(t.List(int), t.List(int, max_size=2)), compatible(t.List(int), t.List(float))
(
    compatible(t.Tuple(int), t.Tuple([int, int])),
    compatible(t.Tuple([int]), t.Tuple([int, int])),
)
(
    compatible(t.Dict(), t.Dict({"a": int})),
    compatible(t.Dict({"a": int}), t.Dict({"a": int, "b": int})),
)
compatible(t.Dict([(t.StrKey(), int)]), t.Dict({"a": int}))
(
    compatible(t.Object(C), t.Object(D)),
    compatible(t.Object(C), t.Int()),
    compatible(t.Object(Generic), t.Object(OfInt)),
)
(
    compatible(t.Callable(), t.Callable([int])),
    compatible(t.Callable([int]), t.Callable([t.Int(min_value=1)])),
)
compatible(t.Callable(returns=int), t.Callable()), compatible(t.Callable(), t.Functor())
(
    compatible(t.Type(C), t.Type(D)),
    compatible(t.Union([int, str]), t.Int()),
    compatible(t.Union([int, str]), t.Union([int, str, float])),
)
compatible(t.Object("Undefined"), t.Object(C))
t.Int().is_compatible(1)
# Extension.
extended(t.Int(), t.Int(min_value=0))
extended(t.Int(max_value=5), t.Int(min_value=0, default=3))
extended(t.Int(), t.Int().noneable())
extended(t.Int().noneable(), t.Int())
extended(t.Int(min_value=0), t.Int(min_value=5))
extended(t.Int(max_value=9), t.Int(max_value=5))
extended(t.Int(), t.Any()), extended(t.Int(), t.Number((int, float)))
extended(t.Any(), t.Int())
extended(t.Int(), t.Float())
extended(t.Int(), t.Str())
extended(t.Int(2), t.Int(1).freeze())
extended(t.Int(1), t.Int(1).freeze())
extended(t.Bool(), t.Int())
extended(t.Str(), t.Str(regex="a.*")), extended(t.Str(regex="b"), t.Str(regex="a"))
(
    extended(t.Enum("a", ["a"]), t.Enum("b", ["a", "b"])),
    extended(t.Enum("a", ["a"]), t.Str()),
)
extended(t.Enum("a", ["a", "c"]), t.Enum("b", ["a", "b"]))
extended(t.Enum(1, [1]), t.Int())
(
    extended(t.List(int), t.List(int, min_size=1)),
    extended(t.List(int), t.List(t.Int(min_value=3))),
)
extended(t.List(int, min_size=1), t.List(int, min_size=2))
extended(t.List(int, max_size=3), t.List(int, max_size=2))
extended(t.List(int), t.List(str))
(
    extended(t.Tuple([int, int]), t.Tuple(t.Int(min_value=1))),
    extended(t.Tuple(int), t.Tuple(int, max_size=3)),
)
extended(t.Tuple([int]), t.Tuple([int, int]))
(
    extended(t.Dict({"a": int}), t.Dict({"b": str})),
    extended(t.Dict({"a": int}), t.Dict({"a": t.Int(min_value=1)})),
)
extended(t.Dict({"a": int}), t.Dict())
extended(t.Dict({"a": int}), t.Dict({"a": str}))
extended(t.Object(D), t.Object(C)), extended(t.Object(C), t.Any())
extended(t.Object(C), t.Object(D))
(
    extended(t.Callable([int]), t.Callable()),
    extended(t.Callable([int]), t.Callable([t.Int(min_value=1)])),
)
extended(t.Callable([int]), t.Callable([int, int]))
extended(t.Type(D), t.Type(C))
extended(t.Type(C), t.Type(D))
(
    extended(t.Union([int, str]), t.Union([int, str, float])),
    extended(t.Int(), t.Union([t.Int(min_value=1), t.Str()])),
)
extended(t.Union([int, float]), t.Union([int, str]))
extended(t.Float(), t.Union([int, str]))
# Combination.
(
    t.Int() | t.Str(),
    t.Int() | str,
    int | t.Str(),
    t.Int() | None,
    t.Int() | t.Str() | t.Float(),
)
t.Int(1) | t.Str(), (t.Int(1) | t.Str()).default
t.Int() | t.Int()
t.Int() | t.Any()
t.Int() | 1
t.Union([int, str]) | t.Union([float, bool])
# Defaults and frozen values.
(
    t.Int(1).set_default(2),
    t.Int().set_default(t.MISSING_VALUE),
    t.Int().set_default(3, use_default_apply=False),
)
t.Int().set_default("a")
t.Int(1).freeze().set_default(2)
t.Int().freeze(1).freeze(2)
t.Int(1).noneable().default, t.Int().noneable().default, t.Int(1).noneable(False)
t.Int().noneable(use_none_as_default=False).default
t.Dict({"a": t.Int(1)}).freeze().apply({"a": 1})
t.List(int, default=[1]).freeze().apply([2])
t.Int(1).freeze(apply_before_use=False) if False else t.Int(1).freeze().frozen
# Annotations of specs.
(
    t.Int().annotation,
    t.Int().noneable().annotation,
    t.Float().annotation,
    t.Str().annotation,
)
(
    t.List(int).annotation,
    t.Tuple([int, str]).annotation,
    t.Tuple(int).annotation,
    t.Dict().annotation,
)
t.Dict([(t.StrKey(), int)]).annotation, t.Dict({"a": int}).annotation
t.Object(C).annotation, t.Object("Undefined").annotation, t.Type(C).annotation
t.Callable().annotation, t.Callable([int], returns=str).annotation
t.Union([int, str]).annotation, t.Any().annotation, t.Any(annotation=int).annotation
t.Enum("a", ["a", "b"]).annotation
# Expected difference: annotations-of-specs-are-types
t.Number((int, float)).annotation
t.Any().annotate(int)
# Text.
t.Int(1, min_value=0).format(compact=False), t.Int(1).format(compact=True, verbose=True)
(
    str(t.Union([t.Int(1), t.Str()])),
    str(t.Callable([t.Int(1), str], kw=[("a", t.Int(1))], returns=t.Int(2))),
)
str(t.Object(C).noneable()), str(t.Type(C)), str(t.Any(1, annotation=int))
t.Object(Generic[int]), t.Object(list[int]), t.Object(collections.OrderedDict)
t.Enum("a", ["a" * 50, "b" * 50, "a"])
pg.format(t.Int(1), compact=True, markdown=True)
t.List(t.Int(1)).format(compact=False, root_indent=1)
# JSON.
# Expected difference: saved-values-can-be-loaded
json(t.Number((int, float)))
# Expected difference: tuple-keys-show-their-index
json(t.TupleKey(2))
pg.to_json(t.Int(1, min_value=0, max_value=9).noneable())
pg.to_json(t.Dict({"a": (t.Int(), "doc")}))
(
    json(t.Bool(True)),
    json(t.Float(max_value=1.0)),
    json(t.Str(regex="a")),
)
(
    json(t.Enum("a", ["a", 1, None])),
    json(t.List(int, min_size=1, default=[1])),
    json(t.Tuple([int, str])),
)
(
    json(t.Tuple(int, max_size=3)),
    json(t.Dict({"a": (t.Int(1), "doc", {"m": 1})})),
    json(t.Dict([(t.StrKey("x.*"), int)])),
)
(
    json(t.Object(Leaf)),
    json(t.Type(Leaf)),
    json(t.Any(1)),
    json(t.Union([int, str]).noneable()),
)
json(t.Callable([int], kw=[("a", str)], returns=bool)), json(t.Functor([int]))
json(t.Int().freeze(1)), json(t.Object("Leaf"))
json(
    t.create_schema(
        {"a": (int, "doc"), "b": t.Str("x")},
        name="n",
        description="d",
        metadata={"m": 1},
    )
)
(
    json(t.Field("a", t.Int(), "doc", {"m": 1})),
    json(t.ConstStrKey("a")),
    json(t.StrKey("a.*")),
    json(t.ListKey(1, 3)),
)
# Constants, enumerations and bounds.
extended(t.Int().freeze(3), t.Int().freeze(3))
extended(t.Int().freeze(3), t.Int().freeze(4))
extended(t.Str().freeze("a"), t.Enum("b", ["a", "b"]))
extended(t.Str().freeze("c"), t.Enum("b", ["a", "b"]))
extended(t.Str("a"), t.Enum("b", ["a", "b"]))
extended(t.Any().freeze("a"), t.Enum("b", ["a", "b"]))
extended(t.Enum(1, [1, 2]).freeze(1), t.Enum(1, [1, 2, 3]))
extended(t.Enum(1, [1, 2]), t.Float()), extended(t.Enum(1, [1, 2]), t.Int(min_value=1))
extended(t.Enum(1, [1, 2]), t.Int(min_value=2))
extended(t.Enum("a", ["a", "b"]), t.Str(regex="b"))
extended(t.Tuple(t.Int()), t.Tuple(t.Int(), min_size=1, max_size=2))
extended(t.Tuple(t.Int(), max_size=3), t.Tuple(t.Int(), min_size=1))
extended(t.Tuple(t.Int(), max_size=3), t.Tuple(t.Int(), max_size=2))
extended(t.Int(), t.Union([t.Int(), t.Str()]))
# Expected difference: unions-can-be-narrowed
extended(t.Int(min_value=1), t.Union([t.Int(), t.Str()]))
# Expected difference: unions-can-be-narrowed
extended(t.Int(), t.Union([t.Int(), t.Str()]).noneable())
t.Object(int, transform=int).skip_user_transform, t.Int().skip_user_transform
t.Object(int, transform=int).skip_user_transform.transform
t.Object(int, transform=int).skip_user_transform.apply("1")
