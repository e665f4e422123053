"""JSON, files, handlers and lines of JSON."""

import json
import os
from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0


class Node(pg.Object):
    a: Any = None
    b: Any = None


class Keyed(pg.Object):
    __serialization_key__ = "my.key"
    x: int


@pg.members([("x", pg.typing.Int())], serialization_key="new", additional_keys=["old"])
class Renamed(pg.Object):
    pass


class Hidden(pg.Object):
    auto_register = False
    x: int


class OwnOut(pg.Object):
    x: int

    def sym_jsonify(self, **kwargs):
        return {"_type": "snippet.OwnOut", "x": self.x + 1}


class OwnIn(pg.Object):
    x: int

    @classmethod
    def from_json(cls, json_value, **kwargs):
        return cls(json_value["x"] * 2)


class Outer(pg.Object):
    class Inner(pg.Object):
        x: int = 1

    inner: Any = None


class Plain(pg.utils.JSONConvertible):
    def __init__(self, v):
        self.v = v

    def to_json(self, **kwargs):
        return self.to_json_dict({"v": self.v}, **kwargs)

    def __repr__(self):
        return f"Plain({self.v})"


class NotConvertible:
    pass


def function(x):
    return x + 1


def text(path):
    """What a file holds."""
    with open(path) as f:
        return f.read()


def saved(value, path, **kwargs):
    """What a file holds after a value has been saved to it."""
    pg.save(value, path, **kwargs)
    return text(path)


def save_handler(value, path, *args, **kwargs):
    return ("saved", value, path, args, kwargs)


def load_handler(path, *args, **kwargs):
    return ("loaded", path, args, kwargs)


def lines(*values):
    """The file that values have been written to as lines of JSON."""
    with pg.open_jsonl("./file.jsonl", "w") as f:
        for value in values:
            f.add(value)
    return text("./file.jsonl")


def back(value, **kwargs):
    """A value after a way through JSON."""
    return pg.from_json(json.loads(json.dumps(pg.to_json(value))), **kwargs)


# Snippets
pg.to_json(Node([1, 2.5, "a", None, True, (1, "x"), {"k": Leaf(1)}]))
back(Node([1, 2.5, "a", None, True, (1, "x"), {"k": Leaf(1)}]))
pg.to_json_str(Leaf(1)), pg.to_json_str(Leaf(1), json_indent=2)
Leaf(1).to_json_str(), Leaf(1).to_json_str(json_indent=1)
(
    pg.to_json(1),
    pg.to_json("a"),
    pg.to_json(None),
    pg.to_json([1, (2,)]),
    pg.to_json({"a": 1}),
)
(
    pg.to_json(Leaf(1), hide_default_values=True),
    pg.to_json(Node([Leaf(1)]), hide_default_values=True),
)
pg.to_json(Node(1), exclude_keys={"b"}), Leaf(1).to_json(exclude_keys={"x"})
pg.to_json(pg.Dict(a=1), omit_symbolic_marker=False)
pg.to_json(pg.List([1]), omit_symbolic_marker=False)
pg.to_json(Node([1], {"a": [1]}), omit_symbolic_marker=False)
pg.to_json([Node([1]), pg.List([Node([1]), [1]])], omit_symbolic_marker=False)
pg.to_json(Node(pg.Ref(Node([1]))), omit_symbolic_marker=False)
pg.from_json(
    pg.to_json(pg.Dict(a=[1]), omit_symbolic_marker=False), auto_symbolic=False
)
type(pg.from_json({"a": [1]}, auto_symbolic=False)), type(pg.from_json({"a": [1]}))
pg.to_json(Node({1: 2}))
back(Node({1: 2}))
pg.to_json_str(Node({1: 2}))
pg.from_json_str(pg.to_json_str(Node({1: 2})))
pg.to_json_str(Node({(1, 2): 3}))
pg.to_json_str(float("nan")), pg.to_json_str(float("inf"))
pg.from_json_str("NaN"), pg.from_json_str("[Infinity]")
# Expected difference: saved-values-can-be-loaded
pg.to_json(Node(1 + 2j))
back(Node(1 + 2j))
pg.to_json(Node(b"abc"))
back(Node(b"abc")).a
pg.to_json(Node({1, 2}))
pg.to_json(Node(...)), back(...)
(
    pg.to_json(int),
    pg.to_json(Leaf),
    pg.to_json(len),
    pg.to_json(function),
    pg.to_json(list[int]),
)
back(int), back(Leaf), back(len), back(function)(1)
back(Node(Leaf)).a, back(Node(len)).a, back(Outer.Inner)
back(list[int])
pg.to_json(Leaf.clone)
pg.to_json(os.path.join)
type(pg.to_json(lambda v: v))
pg.to_json(lambda v: v)["_type"]
# Expected difference: loading-is-safe
back(os.path.join) is os.path.join
back(Outer(Outer.Inner(3)))
pg.to_json(Outer.Inner())
pg.to_json(Plain(1)), back(Plain(1)), back([Plain(Leaf(1))])
pg.to_json(NotConvertible())
pg.to_json(Node(NotConvertible()))
pg.to_json(pg.typing.Int(1, min_value=0))
back(pg.typing.Dict({"a": int}))
pg.to_json(pg.KeyPath.parse("a.b")), back(pg.KeyPath.parse("a[0].b"))
pg.to_json(pg.MISSING_VALUE), back(pg.MISSING_VALUE)
pg.to_json(Leaf.partial()), back(Leaf.partial(), allow_partial=True)
back(Leaf.partial())
Keyed(1).to_json(), pg.from_json({"_type": "my.key", "x": 2})
(
    Renamed(1).to_json(),
    pg.from_json({"_type": "new", "x": 1}),
    pg.from_json({"_type": "old", "x": 1}),
)
pg.from_json({"_type": "snippet.Renamed", "x": 1})
Hidden(1).to_json()
# Expected difference: loading-is-safe
back(Hidden(1))
pg.to_json(Node(OwnOut(1))), OwnOut(2).to_json_str()
back(OwnIn(2)), back(Node(OwnIn(3)))
pg.from_json({"_type": "snippet.Leaf", "x": "a"})
pg.from_json({"_type": "snippet.Leaf", "x": 1, "z": 2})
pg.from_json({"_type": "snippet.Leaf"})
pg.from_json({"_type": "snippet.Leaf"}, allow_partial=True)
pg.from_json({"a": 1}, value_spec=pg.typing.Dict([("a", int), ("b", pg.typing.Int(2))]))
pg.from_json({"a": "x"}, value_spec=pg.typing.Dict([("a", int)]))
pg.from_json([1], value_spec=pg.typing.List(int, min_size=2))
pg.from_json([Leaf(1).to_json()], root_path=pg.KeyPath("z"))[0].sym_path
Leaf.from_json({"x": 1}), Node.from_json({"a": Leaf(3).to_json()})
# Expected difference: saved-values-can-be-loaded
Leaf.from_json(Leaf(1).to_json())
Leaf.from_json_str('{"_type": "snippet.Leaf", "x": 1}')
pg.Dict.from_json({"a": 1}), pg.List.from_json([1])
pg.from_json({"_type": 3})
# Expected difference: assertions-and-internal-errors
pg.from_json({"_type": None})
pg.from_json({"_type": "snippet.NotConvertible"})
pg.from_json(["__tuple__", 1, 2]), pg.from_json(["__symbolic__", 1])
# Expected difference: saved-values-can-be-loaded
pg.from_json(["__tuple__"])
pg.from_json({"__symbolic__": True, "a": 1})
(
    pg.from_json_str('[1, {"a": 2}]'),
    pg.from_json_str("1"),
    type(pg.from_json_str('{"a": 1}')),
)
pg.from_json_str("{")
pg.from_json_str("")
# Documents of strangers.
# Expected difference: loading-is-safe
pg.from_json({"_type": "function", "name": "os.system"}).__name__
pg.from_json({"_type": "function", "name": "os.system"}, trusted=True).__name__
pg.from_json({"_type": "type", "name": "colorsys.Nothing"})
# Expected difference: loading-is-safe
pg.from_json({"_type": "function", "name": "colorsys.rgb_to_hsv"})(0, 0, 0)
# Expected difference: loading-is-safe
pg.from_json(pg.to_json(lambda v: v + 1))(1)
pg.from_json(pg.to_json(lambda v: v + 1), trusted=True)(1)
pg.from_json(pg.to_json(Node(1 + 2j)))
pg.from_json(pg.to_json(Node(1 + 2j)), trusted=True)
# Expected difference: loading-is-safe
pg.from_json_str('{"a": 1, "a": 2}')
# Expected difference: trees-may-be-deep
len(pg.from_json_str("[" * 5000 + "]" * 5000))
# What is shared.
# Expected difference: loading-does-not-change-the-document
(lambda d: (pg.from_json(d), d))(Leaf(1).to_json())
(lambda s: pg.to_json(Node(pg.Ref(s), pg.Ref(s))))(Leaf(1))
(lambda s: pg.to_json(Node(pg.Ref(s), pg.Ref(s))))([1])
(lambda s: pg.to_json([s, s]))(Leaf(1))
(lambda s: pg.to_json([s, s]))([1])
(lambda n: n.a is n.b)(back((lambda s: Node(pg.Ref(s), pg.Ref(s)))([1])))
(lambda n: n.a is n.b)(back((lambda s: Node(pg.Ref(s), pg.Ref(s)))(Leaf(1))))
# Files.
saved(Node(Leaf(1)), "./a.json")
pg.load("./a.json")
Node.load("./a.json")
Leaf.load("./a.json")
# Expected difference: saved-values-can-be-loaded
saved(1, "here.json")
saved([1, Leaf(1)], "./b.json"), pg.load("./b.json")
saved(pg.Dict(a=1), "./deep/er/c.json")
Node(1).save("./d.json", indent=2), text("./d.json")
saved(1, "./e.txt", file_format="txt")
pg.load("./e.txt", file_format="txt")
saved("text", "./f.txt", file_format="txt"), pg.load("./f.txt", file_format="txt")
saved(Leaf(1), "./g.txt", file_format="txt")
saved(1, "./h.x", file_format="unknown")
pg.load("./nope.json")
pg.load("./e.txt")
saved(Leaf(1), "./i.json", hide_default_values=True)
pg.set_save_handler(save_handler) is None
pg.save(1, "p", 3, q=4)
Leaf(1).save("p", q=4)
pg.get_save_handler() is save_handler
pg.set_save_handler(None) is save_handler
pg.get_save_handler().__name__
pg.set_load_handler(load_handler) is None
pg.load("p", 3, q=4)
Leaf.load("p")
pg.set_load_handler(None) is load_handler
pg.get_load_handler().__name__
pg.set_load_handler(3)
pg.set_save_handler("nope")
pg.symbolic.default_save_handler(Leaf(1), "./j.json"), text("./j.json")
pg.symbolic.default_load_handler("./j.json")
# Lines of JSON.
lines(1, "a", {"b": [2]}, Leaf(1))
# Expected difference: sequences-of-json-values-can-be-listed
list(pg.open_jsonl("./file.jsonl"))
# Expected difference: sequences-of-json-values-can-be-listed
with pg.open_jsonl("./file.jsonl") as f:
    print(len(list(f)))
with pg.open_jsonl("./file.jsonl", "a") as f:
    f.add(Node(Leaf(2)))
# Expected difference: sequences-of-json-values-can-be-listed
list(pg.open_jsonl("./file.jsonl"))[-1]
# Expected difference: sequences-of-json-values-can-be-listed
lines(), list(pg.open_jsonl("./file.jsonl"))
pg.open_jsonl("./nope.jsonl")
pg.open_jsonl("./file.jsonl", "q")
lines(NotConvertible())
# Registration of types.
pg.utils.JSONConvertible.is_registered("snippet.Leaf")
pg.utils.JSONConvertible.class_from_typename("snippet.Leaf")
pg.utils.JSONConvertible.class_from_typename("nowhere.Leaf")
"snippet.Leaf" in [name for name, _ in pg.registered_types()]
pg.utils.JSONConvertible.register("mine", Plain)
pg.utils.JSONConvertible.register("mine", Leaf)
pg.utils.JSONConvertible.register("mine", Leaf, override_existing=True)
pg.utils.JSONConvertible.add_module_alias("snippet", "elsewhere")
pg.from_json({"_type": "elsewhere.Leaf", "x": 4})
with pg.utils.JSONConvertible.load_types_for_deserialization(Hidden) as types:
    print(types, back(Hidden(1)))
(
    pg.allow_repeated_class_registration(),
    pg.symbolic.is_repeated_class_registration_allowed(),
)
pg.allow_repeated_class_registration(False)


class Leaf(pg.Object):
    z: int


pg.allow_repeated_class_registration(True)
pg.from_json({"_type": "snippet.Leaf", "z": 1})
(
    pg.allow_empty_field_description(False),
    pg.symbolic.is_empty_field_description_allowed(),
)


@pg.members([("x", int)])
class Undescribed(pg.Object):
    pass


pg.allow_empty_field_description(True)
