"""Specs that are called, extended and converted to; annotations as text; numbers of
NumPy; JSON schemas; questions about types."""

import sys
import typing

import pyglove as pg

t = pg.typing
u = pg.utils
module = sys.modules[__name__]
X = typing.TypeVar("X")


class Plain:
    pass


class Color(__import__("enum").Enum):
    RED = 1


class Leaf(pg.Object):
    x: int = 1


class SubLeaf(Leaf):
    y: str = "a"


class Box(typing.Generic[X]):
    pass


class IntBox(Box[int]):
    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return f"IntBox({self.value})"


class StrBox(Box[str]):
    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return f"StrBox({self.value})"


class Source:
    def __repr__(self):
        return "Source()"


class Protocol(typing.Protocol):
    def method(self): ...


class Tensor(pg.typing.CustomTyping):
    def __init__(self, value):
        self.value = value

    def custom_apply(self, path, spec, **kwargs):
        return (False, spec.apply(self.value, **kwargs))


class Seen(pg.typing.CustomTyping):
    def custom_apply(self, *args, **kwargs):
        return (False, (len(args), sorted(kwargs)))


class Partial(pg.MaybePartial):
    def __init__(self, missing):
        self.missing = missing

    def missing_values(self, flatten=True):
        return self.missing


class Documented:
    def __init__(self, x: int, *args: int, z: float = 1.0, **kwargs):
        """Makes it.

        Args:
          x: The x.
          *args: The args.
          z: The z.
          **kwargs: The rest.
        """


def local_class():
    class Local:
        pass

    return Local


# Snippets
# Specs are called as their types.
t.Int(default=3)(), t.Int()(), t.Int(3)("4"), t.Str("a")(), t.Str("a")("b")
[s().noneable()() for s in (t.Int, t.Str, t.Bool, t.Float)]
t.List(t.Int()).noneable()(), t.Tuple(t.Int()).noneable()(), t.List(t.Int(), [1])()
t.Enum(1, [1, 2])(), t.Enum(1, [1, 2])(2)
t.Enum(1, [1, 2])(3)
t.Enum(pg.MISSING_VALUE, [1, 2])()
t.Str().freeze("a")("b"), t.Enum(1, [1, 2]).freeze(2)(1), t.Int().freeze(4)("x")
t.Number((int, float), 1)()
t.Number((int, float), 1)(2)
t.Type[str](), t.Type(int)(bool), t.Type(Exception, ValueError)()
t.Union([int, str], 1)()
t.Callable(default=len)()
t.Dict([("a", t.Int(1))])(a=2), t.Object(Leaf, Leaf(2))(), t.Object(Leaf)(5)
# Expected difference: calling-a-spec-calls-its-type
t.Int()(x=1)
# Converters.
t.register_converter(Source, Plain, lambda x: x)
t.Object(Plain).apply(Source()), t.Union([t.Object(Plain), float]).apply(Source())
t.List(t.Union([t.Object(Plain), int])).apply([Source(), 1])
t.Union([t.Object(Plain), float]).apply("a")
t.register_converter(str, Box[str], StrBox)
t.get_converter(str, Box[str]), t.get_converter(str, Box), t.get_converter(str, StrBox)
t.get_converter(str, Box[int]), t.Object(Box[str]).apply("a")
t.register_converter(int, IntBox, IntBox)
t.get_converter(int, Box[int]), t.get_converter(bool, Box[int])
t.get_converter(int, Box[str]), t.Object(Box[int]).apply(1)
t.register_converter(memoryview, typing.List, list)
t.List(int).apply(memoryview(b"a"))
t.get_converter(int, Protocol)
t.register_converter(1, int, int)
# Values that take part in the check.
t.List(int, transform=list).apply(Tensor((1, 2)))
t.Int().apply(Tensor("a"))
t.Int().apply(Seen()), t.Any().apply(Seen()), t.Union([int, str]).apply(Seen())
# Annotations as text.
t.annotation_from_str("typing.Nope", module)
t.ValueSpec.from_annotation("list[typing.Nope]", True, parent_module=module)
t.annotation_from_str("typing.Literal", module)
t.annotation_from_str("Nope", module).__forward_arg__
t.annotation_from_str("typing.Literal[(1, 2), f'a{1}', -1]", module)
t.annotation_from_str("typing.Literal[lambda x: x]", module)
t.annotation_from_str("typing.Literal[Nope]", module)
# Expected difference: annotations-that-are-text-are-read
t.annotation_from_str("typing.Literal[1 + 1]", module)
# Expected difference: annotations-that-are-text-are-read
t.annotation_from_str("typing.Literal[Plain]", module)
t.annotation_from_str(1)
t.ValueSpec.from_annotation(t.ForwardRef(module, "Plain"), True)
t.ValueSpec.from_annotation(t.ForwardRef(module, "Nope"), True)
t.ValueSpec.from_annotation(list[t.ForwardRef(module, "Nope")], True)
t.ValueSpec.from_annotation(t.ForwardRef(module, "sys"), True)
t.ValueSpec.from_annotation(dict[str, object], True)
# Expected difference: value-specs-in-annotations
t.Field.from_annotation("x", typing.Annotated[int, t.Int(min_value=1), "doc"])
# Metadata and descriptions.
t.create_schema([], metadata=1)
t.create_schema([], metadata={"b": 2}).extend(
    t.create_schema([], metadata={"a": 1, "b": 0})
).metadata
t.create_schema([], base_schema_list=[t.create_schema([], metadata={"a": 1})]).metadata
[
    (a.name, a.description)
    for a in t.signature(Documented, auto_typing=True, auto_doc=True).args
]
t.signature(Documented, auto_typing=True, auto_doc=True).varkw.description
t.PresetArgValue.resolve_args(
    (), {"x": 2, "z": 3}, ["x", "y"], {"x": t.PresetArgValue(1), "y": 0}, {}
)
# Odd values.
t.Object(Partial).apply(Partial({"a": pg.MISSING_VALUE}))
t.Object(Partial).apply(Partial({"a": pg.MISSING_VALUE}), allow_partial=True).missing
t.List(t.Object(Partial)).apply([Partial({"a": pg.MISSING_VALUE})])
t.Object(Leaf).apply(Leaf.partial(x=pg.MISSING_VALUE)), t.Object(Leaf).apply(Leaf(1))
t.Object(Tensor).extend(t.Callable([t.Any()]))
t.Object(pg.Functor).extend(t.Callable([t.Any()]))
t.Enum(0, [0, "a"]).is_compatible(t.Int().freeze(0))
t.Enum(0, [0, "a"]).is_compatible(t.Int().freeze(3))
t.Int().freeze(0).extend(t.Any().freeze(0))
t.Int().freeze(0).extend(t.Any().freeze(1))
t.Enum(pg.MISSING_VALUE, [Color.RED]).extend(t.Object(Color))
t.Enum(pg.MISSING_VALUE, [Color.RED, 1]).extend(t.Object(Color))
t.Object(typing.no_type_check(lambda: 0)).apply(1)
# Questions about types.
t.is_subclass(1, Protocol), t.is_subclass(range, Protocol), t.is_subclass(int, Protocol)
t.is_subclass(Plain, Protocol), t.is_subclass(typing.Any, Protocol)
t.get_outer_class(local_class())
t.get_outer_class(t.Argument.Kind).__name__
# JSON schemas.
t.ValueSpec.from_json_schema({"type": "object", "additionalProperties": True})
t.ValueSpec.from_json_schema({"enum": [1, {"a": 1}]})
t.Object(Leaf).noneable().to_json_schema(include_subclasses=True)["anyOf"][-1]
len(t.Object(Leaf).noneable().to_json_schema(include_subclasses=True)["anyOf"])
t.Union([t.Object(Leaf), int]).to_json_schema(include_subclasses=True)
t.Object(Leaf, Leaf(3)).to_json_schema(include_type_name=False)["default"]
t.List(t.Object(Leaf), [Leaf(3)]).to_json_schema(include_type_name=False)["default"]
# Paths, trees and stacks.
pg.KeyPath.parse("x[0]") + pg.KeyPathSet(["a", "b"])
u.flatten(([1, 2], "a")), u.flatten((1, ([2],)))
u.merge("abc")
u.merge(({"a": 1},))
u.thread_local_set("spec_use", 1)
u.thread_local_pop("spec_use")
# Expected difference: scalars-of-other-libraries
t.Int().apply(__import__("numpy").int64(1))
t.Float().apply(__import__("numpy").float64(1.5))
