"""Symbolic dicts as dicts, and as nodes with a value spec."""

import sys
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Node(pg.Object):
    a: Any = None
    b: Any = None


t = pg.typing
spec = t.Dict([("a", t.Int()), ("b", t.Str("s"))])
open_spec = t.Dict([("a", t.Int(1)), (t.StrKey("x.*"), t.Float())])
nested_spec = t.Dict({"a": t.Dict({"b": t.Int(2), "c": t.List(t.Int(), max_size=2)})})


def after(node, fn):
    """What a function returns, and the node after it."""
    return fn(node), node


def failed(node, fn):
    """The error of a function, and the node after it."""
    try:
        fn(node)
    except Exception as e:
        return type(e).__name__.removeprefix("PyGlove"), node
    return "no error", node


def updated(node, updates):
    node.update(updates)
    return node


# Snippets
pg.Dict()
pg.Dict(x=1, y=[1, 2, {"z": 1}])
str(pg.Dict(x=1, y=[1, 2, {"z": 1}]))
pg.Dict({"a": 1}, b=2)
pg.Dict({"a": 1}, a=2)
pg.Dict([("a", 1), ("b", 2)])
pg.Dict({1: 2})
pg.Dict({(1, 2): 3})
pg.Dict({"a b": 1, "c.d": 2})
pg.Dict(1)
pg.Dict([1])
pg.Dict(pg.Dict(a=1))
pg.dict(a=1)
isinstance(pg.Dict(), dict), isinstance(pg.Dict(), pg.Symbolic)
type(pg.Dict(a={"b": 1}).a), type(pg.Dict(a=[1]).a), type(pg.Dict(a=(1, [2])).a[1])
pg.Dict(x=1).x
pg.Dict(x=1).y
pg.Dict(x=1)["x"]
pg.Dict(x=1)["y"]
pg.Dict({1: 2})[1]
pg.Dict(x=1).get("x"), pg.Dict(x=1).get("y"), pg.Dict(x=1).get("y", 5)
"x" in pg.Dict(x=1), "y" in pg.Dict(x=1), len(pg.Dict(x=1)), bool(pg.Dict())
hasattr(pg.Dict(x=1), "x"), hasattr(pg.Dict(x=1), "y")
list(pg.Dict(b=1, a=2)), list(pg.Dict(b=1, a=2).keys())
list(pg.Dict(b=1, a=2).values()), list(pg.Dict(b=1, a=2).items())
list(reversed(pg.Dict(b=1, a=2)))
# Expected difference: lists-and-dicts-behave-like-those-of-python
type(pg.Dict(a=1).keys()).__name__
after(pg.Dict(a=1), lambda d: d.__setitem__("b", 2))
after(pg.Dict(a=1), lambda d: setattr(d, "b", {"c": 1}))
type(after(pg.Dict(a=1), lambda d: setattr(d, "b", {"c": 1}))[1].b)
after(pg.Dict(a=1), lambda d: d.__delitem__("a"))
after(pg.Dict(a=1), lambda d: delattr(d, "a"))
after(pg.Dict(a=1), lambda d: delattr(d, "b"))
after(pg.Dict(a=1), lambda d: d.__delitem__("b"))
after(pg.Dict(a=1), lambda d: d.pop("a"))
after(pg.Dict(a=1), lambda d: d.pop("b"))
after(pg.Dict(a=1), lambda d: d.pop("b", 3))
after(pg.Dict(a=1, b=2), lambda d: d.popitem())
pg.Dict().popitem()
after(pg.Dict(a=1), lambda d: d.setdefault("a", 2))
after(pg.Dict(a=1), lambda d: d.setdefault("b", [2]))
after(pg.Dict(a=1), lambda d: d.setdefault("b"))
after(pg.Dict(a=1), lambda d: d.update({"b": 2}, c=3))
after(pg.Dict(a=1), lambda d: d.update([("b", 2)]))
after(pg.Dict(a={"x": 1}), lambda d: d.update(a={"y": 1}))
after(pg.Dict(a=1), lambda d: d.clear())
after(pg.Dict(a=1), lambda d: d.__ior__({"b": 2}))
pg.Dict(a=1) | {"b": 2}
{"b": 2} | pg.Dict(a=1)
type(pg.Dict(a=1) | {"b": 2}), type({"b": 2} | pg.Dict(a=1))
type(pg.Dict(a=1).copy()), pg.Dict(a=[1]).copy()
(lambda d: d.copy().a is d.a)(pg.Dict(a=[1]))
pg.Dict.fromkeys(["a", "b"], 1)
type(pg.Dict.fromkeys(["a"]))
dict(pg.Dict(a=[1])), {**pg.Dict(a=1)}
pg.Dict(a=1) == {"a": 1}, {"a": 1} == pg.Dict(a=1), pg.Dict(a=1) != {"a": 1}
pg.Dict(b=1, a=2) == pg.Dict(a=2, b=1), pg.Dict(a=1) == pg.Dict(a=1.0)
pg.Dict(a=[1]) == {"a": [1]}, pg.Dict(a=Leaf(1)) == {"a": Leaf(1)}
pg.eq(pg.Dict(a=1), {"a": 1}), pg.eq({"a": 1}, pg.Dict(a=1))
pg.Dict(a=1) < pg.Dict(a=2)
type(hash(pg.Dict(a=1)))
(
    pg.hash(pg.Dict(a=1)) == pg.hash(pg.Dict(a=1)),
    pg.Dict(a=1).sym_hash() == pg.hash({"a": 1}),
)
repr(pg.Dict(a="x", b=pg.List(["y", pg.Dict()])))
pg.Dict(a=1).sym_getattr("a"), pg.Dict(a=1).sym_getattr("b", 3)
pg.Dict(a=1).sym_getattr("b")
pg.Dict(a=1).sym_hasattr("a"), pg.Dict({1: 2}).sym_hasattr(1)
(
    list(pg.Dict(a=1).sym_items()),
    list(pg.Dict(a=1).sym_keys()),
    list(pg.Dict(a=1).sym_values()),
)
pg.Dict(a={"b": Leaf(3)}).sym_get("a.b.x")
pg.Dict(a={"b": Leaf(3)}).a.b.sym_path
pg.Dict({"a.b": Leaf(3)})["a.b"].sym_path
pg.Dict(x=Leaf(), root_path=pg.KeyPath("z")).x.sym_path
# Where children belong.
(lambda d, n: (d.pop("a") is n, n.sym_parent, n.sym_path))(
    *[d := pg.Dict(a=Leaf()), d.a]
)
(lambda d, n: (setattr(d, "a", 3), n.sym_parent))(*[d := pg.Dict(a=Leaf()), d.a])
# Expected difference: a-node-that-is-removed
(lambda d, n: (d.clear(), n.sym_parent))(*[d := pg.Dict(a=Leaf()), d.a])
(lambda n: (lambda d: (d.x is n, d.y is n))(pg.Dict(x=n, y=n)))(Leaf())
(lambda n, d: (d.update(x=n), d.update(y=n), d.x is n, d.y is n))(Leaf(), pg.Dict())
# Value specs.
pg.Dict(a=1, value_spec=spec)
pg.Dict(value_spec=spec)
pg.Dict(a="x", value_spec=spec)
pg.Dict(a=1, c=2, value_spec=spec)
pg.Dict({"a": 1}, value_spec=spec).value_spec
pg.Dict(a=1).value_spec
pg.Dict(a=1, b="x", value_spec=spec).sym_nondefault()
pg.Dict.partial(value_spec=spec)
pg.Dict.partial(value_spec=spec).a
pg.Dict(a=1, value_spec=t.List(t.Int()))
failed(pg.Dict(a=1, value_spec=spec), lambda d: setattr(d, "a", "x"))
failed(pg.Dict(a=1, value_spec=spec), lambda d: setattr(d, "c", 1))
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.__setitem__("b", 1))
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.pop("a"))
failed(pg.Dict(a=1, b="t", value_spec=spec), lambda d: d.pop("b"))
failed(pg.Dict(a=1, b="t", value_spec=spec), lambda d: d.__delitem__("b"))
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.__delitem__("a"))
# Expected difference: a-change-that-is-refused-changes-nothing
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.clear())
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.popitem())
# Expected difference: a-change-that-is-refused-changes-nothing
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.update(b="u", a="bad"))
failed(pg.Dict(a=1, value_spec=spec), lambda d: d.setdefault("c", 1))
failed(pg.Dict(a=1, value_spec=spec), lambda d: setattr(d, "b", pg.MISSING_VALUE))
failed(pg.Dict(a=1, value_spec=spec), lambda d: setattr(d, "a", pg.MISSING_VALUE))
pg.Dict(x1=2, value_spec=open_spec)
pg.Dict(y=2, value_spec=open_spec)
pg.Dict(x1="bad", value_spec=open_spec)
failed(pg.Dict(x1=2, value_spec=open_spec), lambda d: d.pop("x1"))
failed(pg.Dict(x1=2, value_spec=open_spec), lambda d: d.clear())
pg.Dict(a={}, value_spec=nested_spec)
pg.Dict.partial(value_spec=nested_spec)
pg.Dict(value_spec=nested_spec)
pg.Dict(a={"c": [1, 2, 3]}, value_spec=nested_spec)
failed(pg.Dict(a={"c": [1]}, value_spec=nested_spec), lambda d: d.a.c.extend([2, 3]))
pg.Dict(a={"c": []}, value_spec=nested_spec).a.value_spec
pg.Dict(a=1).use_value_spec(spec)
pg.Dict(a="x").use_value_spec(spec)
pg.Dict().use_value_spec(spec, allow_partial=True)
pg.Dict(a=1, value_spec=spec).use_value_spec(None).value_spec
pg.Dict(a=1, value_spec=spec).use_value_spec(nested_spec)
pg.Dict(a=1, value_spec=spec).clone().value_spec
pg.Dict(a=1, value_spec=spec).copy().value_spec
pg.Dict(a=1, value_spec=spec).sym_attr_field("a")
pg.Dict(a=1).sym_attr_field("a")
Node(pg.Dict(a=1)).a.sym_field
after(pg.Dict(a=1), lambda d: setattr(d, "a", pg.MISSING_VALUE))
pg.Dict(a=1, b=pg.MISSING_VALUE)
pg.Dict(x=Leaf(1)).to_json()
pg.Dict({1: 2}).to_json()
pg.Dict(x=1).to_json_str()
pg.Dict(x=(1, [2])).to_json()
pg.from_json({"a": {"b": 1}}).a.b
pg.Dict(value=1, items=2).value
pg.Dict(items=2)["items"]
callable(pg.Dict(items=2).items)
# Expected difference: lists-and-dicts-behave-like-those-of-python
dir(pg.Dict(abc=1)).count("abc")
pg.Dict(a=1).format(compact=True)
pg.Dict(a=1).inspect(file=sys.stdout)
# Keys of updates that are paths.
updated(pg.Dict(a=Leaf(1), b=[1, 2]), {"a.x": 5, "b[0]": 6})
updated(pg.Dict(a={"b": 1}), {"a": {"c": 1}})
updated(pg.Dict(a={"b": 1}), {"a.c.d": 1})
# Expected difference: lists-and-dicts-behave-like-those-of-python
updated(pg.Dict(a=1), {"a.b": 1, "c.txt": 2, "[": 3})
pg.Dict(a=1).get("b", default=3), pg.Dict(a=1).get(key="a")
