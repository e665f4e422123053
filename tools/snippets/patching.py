"""Patches: by rules, patchers, URIs, keys, paths, values, types and members."""

import pathlib
from typing import Any

import pyglove as pg

p = pg.patching
t = pg.typing


class Layer(pg.Object):
    units: int = 1
    rate: float = 0.5
    inner: Any = None


class Special(Layer):
    extra: str = "e"


class Trainer(pg.Object):
    layer: Layer = Layer()
    steps: int = 10
    name: str = "n"
    options: dict[str, Any] = {}


class Watched(pg.Object):
    x: int = 1
    y: Any = None

    def _on_bound(self):
        super()._on_bound()
        print("bound", self.x)


@p.patcher([("rate", t.Float())])
def rated(layer, rate):
    return {"rate": rate}


@p.patcher(
    [
        ("i", t.Int()),
        ("f", t.Float()),
        ("b", t.Bool()),
        ("s", t.Str()),
        ("li", t.List(t.Int())),
        ("ls", t.List(t.Str())),
        ("e", t.Enum(pg.MISSING_VALUE, ["a", "b"])),
    ]
)
def everything(unused, i, f=1.0, b=False, s="s", li=[], ls=[], e="a"):
    print(i, f, b, repr(s), list(li), list(ls), e)
    return {}


@p.patcher()
def plain(x, a, b="c"):
    print("plain", repr(a), repr(b))
    return lambda k, v, q: v + 1 if isinstance(v, int) else v


@p.patcher(name="renamed")
def function(x):
    return {"units": 9}


@p.patcher([("n", t.Int(min_value=0, max_value=5).noneable())])
def bounded(x, n=1):
    return {"units": n}


@p.patcher([("x", t.Object(Layer))])
def only_layers(x):
    return {"units": 3}


@p.patcher()
def checked(x):
    def validate(value):
        if value.units > 5:
            raise ValueError("too many units")

    return {"units": x.units * 2}, validate


@p.patcher()
def chained(x):
    return [rated(rate=0.25), {"units": 7}, "renamed"]


@p.patcher()
def replacing(x):
    return Layer(100)


@p.patcher()
def useless(x):
    return 1


@p.patcher(auto_typing=True)
def typed(x: Layer, n: int, f: float = 0.5, items: list[int] = [1]):
    """Patches.

    Args:
      x: Target.
      n: Number.
      f: Float.
      items: Items.
    """
    return {"units": n, "rate": f}


def tree():
    return pg.Dict(
        a=Layer(1, 0.1),
        b=[Layer(2, inner={"units": "z"}), Special(3), "a"],
        units=5,
        s="a",
        c=None,
    )


def failed(fn):
    """Which builtin errors a function raises."""
    try:
        return fn()
    except (ValueError, TypeError, KeyError, AttributeError) as e:
        return type(e).__name__


def file(value):
    """A path of a file with a value in it."""
    path = str(pathlib.Path("value.json").absolute())
    pg.save(value, path)
    return path


# Snippets
pg.patch(tree(), {"a.units": 7})
pg.patch(tree(), {"a.units": 7, "b[0].rate": 0.9, "units": 1})
pg.patch(tree(), {"a.nope": 7})
pg.patch(tree(), {"nope.x": 7})
pg.patch(tree(), {"new": 7})
pg.patch(tree(), {"a.units": "x"})
pg.patch(tree(), {})
pg.patch(tree(), lambda k, v, q: v + 1 if isinstance(v, int) else v)
pg.patch(tree(), lambda k, v: v + 1 if isinstance(v, int) else v)
pg.patch(tree(), lambda v: v + 1 if isinstance(v, int) else v)
pg.patch(tree(), lambda k, v, q: v * 2 if k.key == "units" else v)
pg.patch(tree(), lambda k, v, q: pg.MISSING_VALUE if k == "s" else v)
pg.patch(tree(), lambda k, v, q: Special(8) if isinstance(v, Layer) else v)
pg.patch(tree(), [{"a.units": 7}, {"a.units": 8}, lambda k, v, q: v])
pg.patch(tree(), [])
pg.patch(tree(), [{"a.units": 7}, 1])
pg.patch(tree(), 1)
pg.patch(tree(), None)
pg.patch(tree(), "nope")
pg.patch(tree(), [[{"a.units": 7}]])
pg.patch(1, {"a": 1})
pg.patch([1, 2], {"[0]": 5})
pg.patch({"a": 1}, {"a": 5})
pg.patch(pg.List([1, 2]), {"[0]": 5, "[1]": pg.MISSING_VALUE})
pg.patch(Layer(), {"units": 2}), pg.patch(Layer(), {pg.KeyPath("units"): 2})
pg.patch(Layer(), {1: 2})
target = Layer()
pg.patch(target, {"units": 5}) is target, target
pg.patch(target, "renamed") is target, target
pg.patch(target, ["renamed", "rated?rate=0.75"])
pg.patch(target, rated(rate=0.125))
pg.patch(target, rated(0.125))
pg.patch(target, rated())
pg.patch(target, rated)
pg.patch(target, "rated")
pg.patch(target, "rated?0.25"), pg.patch(target, "rated?rate=0.5")
pg.patch(target, "rated?rate=x")
pg.patch(target, "rated?nope=1")
pg.patch(target, "rated?0.25&0.5")
pg.patch(target, "rated?0.25&rate=0.5")
pg.patch(target, "rated?rate=0.25&rate=0.5")
pg.patch(target, "rated?")
pg.patch(target, "?rate=1")
pg.patch(target, "")
pg.patch(target, " rated?0.5")
pg.patch(target, "rated?rate")
pg.patch(target, "rated?rate=0.5&")
pg.patch(target, "rated?rate=1")
pg.patch(target, "rated?rate=None")
pg.patch(target, chained())
pg.patch(target, "chained")
pg.patch(target, "replacing")
pg.patch(target, "useless")
pg.patch(Layer(1), checked()), pg.patch(Layer(2), [checked()])
pg.patch(Layer(5), checked())
pg.patch(Layer(5), [checked(), {"units": 1}])
pg.patch(Layer(5), "checked")
pg.patch(Layer(), only_layers()), pg.patch(Layer(), "only_layers")
pg.patch(pg.Dict(units=1), "only_layers")
pg.patch(pg.Dict(units=1), "renamed")
(
    pg.patch(Layer(), "bounded?3"),
    pg.patch(Layer(), "bounded"),
    pg.patch(Layer(), "bounded?n=5"),
)
pg.patch(Layer(), "bounded?9")
pg.patch(Layer(), "bounded?None")
pg.patch(Layer(), "typed?3"), pg.patch(Layer(), "typed?n=3&f=0.25")
pg.patch(Layer(), "typed?x")
pg.patch(Layer(), "typed?3&0.5&1:2:3")
typed.__schema__.get_field("n"), typed.__schema__.get_field("items").value
typed.__schema__.get_field("x").value
p.from_uri("everything?1").patch(Layer()) and None
p.from_uri("everything?1&2.5&true&hello&1:2&a:b&b").patch(Layer()) and None
p.from_uri("everything?i=1&b=yes&s=None&ls=&li=").patch(Layer()) and None
p.from_uri('everything?1&s="None"&ls="a":b').patch(Layer()) and None
p.from_uri("everything?1&s=a b&ls=x").patch(Layer()) and None
p.from_uri("everything?1&s=a=b").patch(Layer()) and None
p.from_uri("everything?1&s=%20").patch(Layer()) and None
p.from_uri("everything?1&s=").patch(Layer()) and None
p.from_uri('everything?1&s=""').patch(Layer()) and None
p.from_uri('everything?1&s="a').patch(Layer()) and None
p.from_uri("everything?1&s='a'").patch(Layer()) and None
p.from_uri("everything?1&b=1").patch(Layer()) and None
p.from_uri("everything?1&b=maybe").patch(Layer()) and None
p.from_uri("everything?1&b=no").patch(Layer()) and None
p.from_uri("everything?1&b=FALSE").patch(Layer()) and None
p.from_uri("everything?1.5").patch(Layer()) and None
p.from_uri("everything?-1&-2.5e-3").patch(Layer()) and None
p.from_uri("everything? 1").patch(Layer()) and None
p.from_uri("everything?1&f=nan").patch(Layer()) and None
p.from_uri("everything?1&e=c").patch(Layer()) and None
p.from_uri("everything?1&li=1:x").patch(Layer()) and None
p.from_uri("everything?1&li=5").patch(Layer()) and None
p.from_uri("plain?1").patch(Layer(1))
p.from_uri("plain?a=None&b=2").patch(Layer(1))
p.from_uri("plain?a&b")
p.from_uri("plain")
p.from_uri("plain").patch(Layer(1))
p.from_uri("rated?0.5")
p.from_uri("rated?0.5").rate, type(p.from_uri("rated?0.5")).__name__
p.from_uri("nope?1")
# Expected difference: assertions-and-internal-errors
p.from_uri(1)
p.from_uri("renamed"), p.from_uri("renamed")(Layer())
p.from_uri("function")
rated(rate=0.5), rated(rate=0.5)(Layer()), rated(0.5)
rated(rate=0.5).patch(Layer(1)), rated(rate=0.5).patch(pg.Dict(rate=1.0))
rated(rate="x")
rated(rate=0.5, x=1)
rated().patch(Layer())
rated(rate=0.5).patch()
rated(rate=0.5)()
issubclass(rated, p.Patcher), isinstance(rated(rate=0.5), pg.Functor), rated.__name__
p.Patcher()
[
    n
    for n in p.patcher_names()
    if n in ("rated", "renamed", "function", "plain", "typed")
]
"rated" in p.patcher_names(), type(p.patcher_names()).__name__
checked()(Layer(1))[0], type(checked()(Layer(1))[1]).__name__
checked().patch(Layer(1)), checked().patch(Layer(3))
checked().validate(Layer(9))
rated(rate=0.5).validate(Layer(1))
used = checked()
used.patch(Layer(1)).units, used.validate(Layer(2))
used.validate(Layer(9))
p.patcher()(lambda: 1)
p.patcher()(1)
p.patcher([("nope", t.Int())])(lambda x, y: {})
p.patcher([("y", t.Object(Layer))])(lambda x, y: {})
p.patcher([("y", t.Dict())])(lambda x, y: {})
p.patcher([("y", t.Union([t.Int(), t.Str()]))])(lambda x, y: {})
p.patcher([("y", t.List(t.List(t.Int())))])(lambda x, y: {})
p.patcher([("y", t.Enum(1, [1, 2]))])(lambda x, y: {})
p.patcher([("x", t.Int())])(lambda x: {})
p.patcher([("x", t.Str())])(lambda x: {})
p.patcher([("x", t.Any())])(lambda x: {}).__name__
p.allow_repeated_patcher_registration(False)


@p.patcher(name="renamed")
def again(x):
    return {"units": 77}


p.allow_repeated_patcher_registration()


@p.patcher(name="renamed")
def again(x):
    return {"units": 77}


pg.patch(Layer(), "renamed")
p.patch_on_key(tree(), "units", 9)
p.patch_on_key(tree(), "units", value_fn=lambda v: v if isinstance(v, str) else v * 10)
p.patch_on_key(tree(), "unit", 9), p.patch_on_key(tree(), "nits", 9)
p.patch_on_key(tree(), ".*s$", value_fn=lambda v: v)
p.patch_on_key(tree(), "rate", 0.75)
p.patch_on_key(tree(), "0|1", "gone")
p.patch_on_key(tree(), "nowhere", 1)
p.patch_on_key(tree(), "units", 1, value_fn=lambda v: 2)
p.patch_on_key(tree(), "units", "x")
p.patch_on_key(tree(), "units")
p.patch_on_key(tree(), "(", 1)
p.patch_on_key(1, "units", 1)
p.patch_on_key([1], "units", 1)
p.patch_on_key(tree(), "a", Special(9))
p.patch_on_key(tree(), "s", pg.MISSING_VALUE)
p.patch_on_path(tree(), "a.units", 9)
p.patch_on_path(tree(), r".*units", value_fn=lambda v: v)
p.patch_on_path(tree(), r".*\.units", value_fn=lambda v: v if isinstance(v, str) else 9)
(
    p.patch_on_path(tree(), r"b\[0\]", "zero"),
    p.patch_on_path(tree(), r"b\[\d\]\.rate", 0.125),
)
p.patch_on_path(tree(), "nowhere", 1)
p.patch_on_path(tree(), "", 1)
p.patch_on_path(tree(), "^$", 1)
p.patch_on_path(tree(), "a", value_fn=lambda v: Layer(v.units + 1))
p.patch_on_value(tree(), "a", "b"), p.patch_on_value(tree(), 1, 11)
(
    p.patch_on_value(tree(), None, 5),
    p.patch_on_value(tree(), 0.5, value_fn=lambda v: v * 2),
)
p.patch_on_value(tree(), Layer(1, 0.1), Layer(4))
p.patch_on_value(tree(), "zzz", 1), p.patch_on_value(tree(), 5, None)
p.patch_on_value(tree(), tree(), 1)
(
    p.patch_on_type(tree(), str, "text"),
    p.patch_on_type(tree(), int, value_fn=lambda v: v + 1),
)
p.patch_on_type(tree(), Layer, Layer(9)), p.patch_on_type(tree(), Special, Layer(9))
p.patch_on_type(tree(), (str, float), value_fn=lambda v: v)
p.patch_on_type(tree(), (Layer, str), "x")
p.patch_on_type(tree(), float, 0.25)
p.patch_on_type(tree(), bool, True), p.patch_on_type(tree(), pg.List, [])
p.patch_on_type(tree(), 1, 2)
p.patch_on_type(tree(), pg.Dict, 1)
(
    p.patch_on_member(tree(), Layer, "units", 9),
    p.patch_on_member(tree(), Special, "units", 9),
)
p.patch_on_member(tree(), Layer, "rate", value_fn=lambda v: v * 2)
p.patch_on_member(tree(), (Layer,), "units", 9)
(
    p.patch_on_member(tree(), Layer, "nope", 9),
    p.patch_on_member(tree(), pg.Dict, "units", 9),
)
p.patch_on_member(tree(), Layer, "units", 9, value_fn=lambda v: 1)
p.patch_on_member(tree(), 1, "units", 9)
p.patch_on_member(tree(), pg.List, 0, "first")
watched = Watched(1, [Watched(2)])
p.patch_on_key(watched, "x", 5)
p.patch_on_key(watched, "x", 6, skip_notification=True)
p.patch_on_path(watched, ".*x", 7, skip_notification=False)
p.patch_on_member(watched, Watched, "x", 8, skip_notification=True)
pg.patch(watched, {"x": 9, "y[0].x": 9})
pg.patch(watched, [{"x": 9}, {"y[0].x": 10}])
sealed = Layer().seal()
pg.patch(sealed, {"units": 2})
p.patch_on_key(sealed, "units", 2)
p.ObjectFactory(Layer, Layer(3))()
p.ObjectFactory(Layer, Layer(3), {"units": 4})()
p.ObjectFactory(Layer, Layer, "renamed")()
p.ObjectFactory(Layer, lambda: Layer(4), ["rated?0.25", {"units": 2}], {"units": 8})()
p.ObjectFactory(Layer, Layer(3), None, '{"units": 8, "rate": 0.125}')()
p.ObjectFactory(Layer, file(Layer(12)))()
p.ObjectFactory(Layer, file(Layer(12)), params_override=file({"units": 1}))()
p.ObjectFactory(Layer, 1)()
p.ObjectFactory(Layer, lambda: 1)()
p.ObjectFactory(Layer, Trainer())()
p.ObjectFactory(Layer, "nowhere.json")()
p.ObjectFactory(Layer, Layer(3), 1)()
p.ObjectFactory(Layer, Layer(3), None, 1)()
p.ObjectFactory(Layer, Layer(3), None, "[1]")()
p.ObjectFactory(Layer, Layer(3), None, "{")()
p.ObjectFactory(Layer, Layer(3), None, {"nope": 1})()
p.ObjectFactory(1, Layer(3))()
base = Layer(3)
# Expected difference: object-factories-copy
p.ObjectFactory(Layer, base, {"units": 4})().units, base.units
factory = p.ObjectFactory(Layer, Layer(3), {"units": 4})
isinstance(factory, pg.Functor), factory().units
p.from_maybe_serialized('{"a": 1}'), p.from_maybe_serialized('{"a": 1}', dict)
p.from_maybe_serialized(file({"a": 2})), p.from_maybe_serialized({"a": 1}, dict)
(
    p.from_maybe_serialized(Layer(1).to_json_str(), Layer),
    p.from_maybe_serialized(Layer(1)),
)
(
    p.from_maybe_serialized("[1, 2]", list),
    p.from_maybe_serialized("1"),
    p.from_maybe_serialized(5),
)
p.from_maybe_serialized('{"a": 1}', list)
p.from_maybe_serialized("nope")
p.from_maybe_serialized("nope.json")
p.from_maybe_serialized(1, str)
pg.patch is p.patch, pg.patcher is p.patcher
pg.patch_on_key is p.patch_on_key, pg.ObjectFactory is p.ObjectFactory
# Nested overrides.
merged = lambda base, override: p.ObjectFactory(
    pg.Dict, base, params_override=override
)()
merged(pg.Dict(a={"x": 1, "y": 2}), {"a": {"x": 5}})
merged(pg.Dict(a={"x": 1, "y": 2}), '{"a": {"x": 5}}')
merged(pg.Dict(a=[1, 2]), {"a": [3]})
merged(pg.Dict(a=[{"x": 1, "y": 2}]), {"a": [{"x": 7}, 8]})
merged(pg.Dict(a={"x": 1}, b=[1]), {"a": {}, "b": []})
merged(pg.Dict(a=1), {"a": {"x": 1}})
merged(pg.Dict(), {"a": {"x": 1}})
pg.patch(1, rated(0.5))
rated(0.5).patch(1)
