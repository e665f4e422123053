"""Key specs, fields and schemas, and JSON schemas out of them and into them."""

import enum
import typing

import pyglove as pg

t = pg.typing


class C:
    pass


class Color(enum.Enum):
    RED = 1


class Leaf(pg.Object):
    """A leaf."""

    x: int
    y: typing.Annotated[str, "The y."] = "a"


class SubLeaf(Leaf):
    z: float = 1.0


class Tree(pg.Object):
    a: Leaf
    b: typing.List[Leaf]
    c: "Tree | None" = None


where = pg.KeyPath.parse("p")
base = t.create_schema(
    [("a", t.Int(min_value=0), "The a."), ("b", t.Str("s"))], name="base"
)
child = t.create_schema(
    [("a", int), ("c", float)], name="child", base_schema_list=[base]
)
dynamic = t.create_schema(
    [("a", int), (t.StrKey("x.*"), float)], allow_nonconst_keys=True
)


def from_json_schema(schema, **kwargs):
    """A spec out of a JSON schema."""
    return t.ValueSpec.from_json_schema(schema, **kwargs)


def shown(name, schema, *args):
    """What a JSON schema's classes are made of."""
    print(name, schema)
    return C


# Snippets
(
    t.ConstStrKey("abc"),
    str(t.ConstStrKey("abc")),
    t.ConstStrKey("abc") == "abc",
    t.ConstStrKey("abc").text,
)
t.ConstStrKey("a.b")
(
    t.ConstStrKey("abc").match("abc"),
    t.ConstStrKey("abc").match("abd"),
    t.ConstStrKey("a").is_const,
)
hash(t.ConstStrKey("a")) == hash("a"), t.ConstStrKey("a") == t.ConstStrKey("a")
(
    t.StrKey(),
    t.StrKey("a.*"),
    str(t.StrKey("a.*")),
    t.StrKey("a.*").regex,
    t.StrKey().is_const,
)
(
    t.StrKey("a.*").match("ab"),
    t.StrKey("a.*").match("b"),
    t.StrKey().match(1),
    t.StrKey().match(""),
)
(
    t.ListKey(),
    t.ListKey(0, 3),
    t.ListKey(1).match(0),
    t.ListKey(1).match(2),
    t.ListKey(0, 3).match("a"),
)
# Expected difference: tuple-keys-show-their-index
t.TupleKey(2)
t.TupleKey(2).match(2), t.TupleKey(2).match(1), t.TupleKey(2).index
t.KeySpec.from_str("abc"), t.KeySpec.from_str(".*"), t.KeySpec.from_str("a.*")
t.StrKey("a").extend(t.StrKey("b")), t.ListKey(1, 2).extend(t.ListKey(0, 5))
t.ListKey(0, 5).extend(t.ListKey(1, 2))
(
    t.StrKey("a") == t.StrKey("a"),
    t.ListKey(0, 3) == t.ListKey(0, 3),
    t.StrKey() != t.ConstStrKey("a"),
)
# Fields.
(
    t.Field("a", t.Int(), "doc"),
    t.Field("a", t.Int(1), "doc", dict(x=1)),
    t.Field(t.StrKey("a.*"), int),
)
str(t.Field("a", t.Int(1), "doc", dict(x=1)))
t.Field("a", None)
# Expected difference: assertions-and-internal-errors
t.Field(1, t.Int())
(lambda f: (f.key, f.value, f.description, f.metadata, f.annotation))(
    t.Field("a", int, "d", {"m": 1})
)
(
    t.Field("a", int).default_value,
    t.Field("a", t.Int(3)).default_value,
    t.Field("a", int).frozen,
)
t.Field("a", int) == t.Field("a", int), t.Field("a", int) == t.Field("a", int, "doc")
t.Field("a", t.Int(max_value=3)).extend(t.Field("a", t.Int(1, min_value=0), "base doc"))
t.Field("a", int).extend(t.Field("b", int))
(
    t.Field("a", int).apply(1, root_path=where),
    t.Field("a", t.Int(1)).apply(t.MISSING_VALUE),
)
t.Field("a", int).apply("x", root_path=where)
[
    t.create_field(("a", v))
    for v in (1, "s", 1.0, True, None, [1], {"x": 1}, (1, 2), int, C)
]
[
    t.create_field(v)
    for v in (
        ("a", int),
        ("a", int, "doc"),
        ("a", int, "doc", {"m": 1}),
        t.Field("a", int),
    )
]
t.create_field(("a",))
t.create_field("a")
t.create_field((1, int))
# Schemas.
t.create_schema([("a", int), ("b", "x"), ("c", 1.0)])
t.create_schema({"a": int, "b": (t.Str("x"), "doc of b"), "c": ("x", "doc", dict(y=1))})
str(t.create_schema({"a": int}, name="foo", description="d", metadata={"m": 1}))
t.create_schema([(t.StrKey(), bool)])
t.create_schema([(t.StrKey(), bool)], allow_nonconst_keys=True)
t.create_schema([("a", int), ("a", str)])
t.create_schema(1)
t.create_schema([1])
t.create_schema([("a",)])
base, child
child.name, child.description, child.metadata, child.allow_nonconst_keys
list(child.keys()), list(child.values()), len(child), "a" in child, "z" in child
child["a"], child.get("z"), child.get("a") == child["a"]
child["z"]
list(child.items())[0], child.fields.keys()
t.create_schema([("a", str)], base_schema_list=[base])
t.create_schema([("b", t.Str("t"))], base_schema_list=[base])["b"]
t.create_schema(
    [("q", int)], base_schema_list=[base, dynamic], allow_nonconst_keys=True
)
child.is_compatible(base), base.is_compatible(child), base.is_compatible(base)
(
    base == base,
    base == child,
    t.create_schema({"a": int}) == t.create_schema({"a": (int, "d")}),
)
base.apply({"a": 1})
base.apply({"a": -1}, root_path=where)
base.apply({"b": "x"}, root_path=where)
base.apply({"a": 1, "z": 1}, root_path=where)
base.apply({}, allow_partial=True)
dynamic.apply({"a": 1, "x1": 2, "x2": 3.0})
dynamic.apply({"a": 1, "y": 2})
dynamic.apply({"a": 1, 3: 2.0})
dynamic.resolve(["a", "x1", "y"])
dynamic.get_field("x1"), dynamic.get_field("a"), dynamic.get_field("q")
dynamic.dynamic_field, base.dynamic_field
base.validate({"a": 1, "b": "x"})
base.validate({"a": "x", "b": "x"})
base.validate({"a": 1})
t.Schema.merge([base, dynamic])
t.Schema.merge([])
base.set_name("other").name if base.set_name("base") is None else base.name
child.set_description("new"), child.description
t.create_schema({"a": int}).format(compact=False)
# Expected difference: only-the-fields
t.create_schema({"a": int}).format(compact=True, fields_only=True)
t.create_schema({"a": int}, metadata={"init_arg_list": ["a"]}).metadata
t.Dict(base), t.Dict(base).apply({"a": 1})
(
    pg.Schema is t.Schema,
    pg.Field is t.Field,
    pg.KeySpec is t.KeySpec,
    pg.ValueSpec is t.ValueSpec,
)
# JSON schemas of specs.
[
    t.to_json_schema(s)
    for s in (
        t.Int(1, min_value=0, max_value=5),
        t.Float(),
        t.Bool(True),
        t.Int().noneable(),
    )
]
[
    t.to_json_schema(s)
    for s in (t.Str(regex="a.*"), t.Enum("a", ["a", "b"]), t.Enum("a", ["a", 1, None]))
]
[
    t.to_json_schema(s)
    for s in (t.List(int, min_size=1, max_size=3), t.Dict(), t.Any(), t.Any(1))
]
t.to_json_schema(t.Dict({"a": (t.Int(1), "doc"), "b": str}))
t.to_json_schema(t.Dict([("a", t.Int(1)), (t.StrKey(), t.Str())]))
t.to_json_schema(t.Union([int, str], default=1).noneable())
t.to_json_schema(t.Tuple([int, str]))
t.to_json_schema(t.Callable())
t.to_json_schema(t.Type(C))
t.to_json_schema(t.Object(C))
t.to_json_schema(t.Enum(Color.RED, [Color.RED]))
t.to_json_schema(t.Int().freeze(1)), t.to_json_schema(int), t.to_json_schema(list[int])
t.to_json_schema(1)
t.to_json_schema(Leaf)
t.to_json_schema(Tree)
t.to_json_schema(Tree, include_subclasses=True)
t.to_json_schema(Tree, include_type_name=False)
t.to_json_schema(Tree, inline_nested_refs=True)
t.to_json_schema(t.List(t.Object(Leaf)))
t.to_json_schema(t.Object(Leaf, default=Leaf(1)))
t.to_json_schema(base)
t.Int().to_json_schema(), base.to_json_schema() == t.to_json_schema(base)
Leaf.__schema__.to_json_schema()
# Specs of JSON schemas.
[
    from_json_schema({"type": k})
    for k in ("integer", "number", "string", "boolean", "array", "object", "null")
]
from_json_schema({"type": "integer", "minimum": 0, "maximum": 5, "default": 3})
(
    from_json_schema({"type": "string", "pattern": "a"}),
    from_json_schema({"enum": ["a"]}),
)
from_json_schema(
    {"type": "array", "items": {"type": "integer"}, "minItems": 1, "default": [1]}
)
from_json_schema(
    {
        "type": "object",
        "properties": {"a": {"type": "integer", "description": "doc"}},
        "required": ["a"],
    }
)
from_json_schema({"type": "object", "additionalProperties": {"type": "string"}})
from_json_schema(
    {
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "additionalProperties": False,
    }
)
from_json_schema(
    {
        "anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}],
        "default": None,
    }
)
from_json_schema({"oneOf": [{"type": "integer"}]})
# Expected difference: more-json-schemas-are-read
from_json_schema({"type": ["integer", "null"]})
# Expected difference: more-json-schemas-are-read
from_json_schema({"enum": ["a", None], "default": "a"})
from_json_schema({})
from_json_schema({"type": "nonsense"})
from_json_schema({"const": "a"})
from_json_schema({"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}})
from_json_schema({"$ref": "#/$defs/Nope"})
from_json_schema(
    {"type": "object", "title": "Foo", "properties": {"a": {"type": "integer"}}},
    class_fn=shown,
)
from_json_schema(t.to_json_schema(Tree), class_fn=lambda *args: C)
t.Schema.from_json_schema(
    {
        "type": "object",
        "title": "T",
        "description": "D",
        "properties": {"a": {"type": "integer"}},
    }
)
t.Schema.from_json_schema({"type": "integer"})
t.Schema.from_json_schema(
    {"type": "object", "properties": {"a": {"type": "integer"}}},
    add_json_schema_as_metadata=True,
).metadata
