"""Specs from annotations, generic types, conversions and custom types of values."""

import collections
import collections.abc
import datetime
import enum
import inspect
import numbers
import typing

import pyglove as pg

t = pg.typing
X = typing.TypeVar("X")
Y = typing.TypeVar("Y")


class C:
    pass


class D(C):
    pass


class G(typing.Generic[X]):
    pass


class GInt(G[int]):
    pass


class G2(G[X], typing.Generic[X, Y]):
    pass


class G2Full(G2[int, str]):
    pass


class Proto(typing.Protocol):
    def foo(self): ...


class HasFoo:
    def foo(self):
        pass


class Outer:
    class Inner:
        class Leaf:
            pass


class Pair(typing.NamedTuple):
    a: int
    b: str = "x"


class Color(enum.Enum):
    RED = 1


class Source:
    pass


class Target:
    pass


class SubSource(Source):
    pass


class GenericObject(pg.Object, typing.Generic[X]):
    x: typing.Any = None


class Custom(t.CustomTyping):
    def __init__(self, proceed, value):
        self.proceed, self.value = proceed, value

    def custom_apply(self, path, value_spec, allow_partial=False, child_transform=None):
        print(repr(path), value_spec, allow_partial)
        return (self.proceed, self.value)


def spec(annotation, **kwargs):
    """The spec of an annotation."""
    return t.ValueSpec.from_annotation(annotation, auto_typing=True, **kwargs)


# Snippets
[spec(a) for a in (int, float, str, bool, list, dict, tuple, object, type, None, C)]
[
    spec(a)
    for a in (
        typing.Any,
        inspect.Parameter.empty,
        int | None,
        typing.Optional[str],
        int | str,
    )
]
[
    spec(a)
    for a in (
        list[int],
        typing.List[int],
        list[list[str]],
        typing.List,
        list[typing.Any],
    )
]
[
    spec(a)
    for a in (dict[str, int], typing.Dict[str, int], dict[str, typing.Any], typing.Dict)
]
spec(dict[int, int])
[
    spec(a)
    for a in (
        tuple[int, str],
        tuple[int, ...],
        typing.Tuple[int],
        typing.Tuple,
        tuple[int | str, ...],
    )
]
[
    spec(a)
    for a in (typing.Literal["a", "b"], typing.Literal[1, None], typing.Literal["a"])
]
[
    spec(a)
    for a in (
        typing.Callable,
        typing.Callable[[int], str],
        typing.Callable[..., str],
        typing.Callable[[], None],
    )
]
[spec(a) for a in (collections.abc.Callable[[int], int], collections.abc.Callable)]
[spec(a) for a in (type[int], typing.Type[C], typing.Type, type)]
[
    spec(a)
    for a in (
        typing.Union[int, str, None],
        typing.Union[int, float],
        typing.Optional[list[int]],
    )
]
[
    spec(a)
    for a in (
        typing.Sequence[int],
        collections.abc.Sequence[str],
        typing.Iterable[int],
        set[int],
    )
]
[
    spec(a)
    for a in (
        typing.Mapping[str, int],
        collections.OrderedDict,
        collections.defaultdict,
    )
]
[
    spec(a)
    for a in (G[int], G, GInt, Pair, Color, Proto, datetime.datetime, numbers.Number)
]
# Expected difference: more-annotations-are-understood
[
    spec(a)
    for a in (
        typing.Annotated[int, "doc"],
        typing.Annotated[list[int], "doc", {"a": 1}],
    )
]
[spec(a) for a in (typing.Final[int], typing.ClassVar[int], X)]
[spec(a) for a in (t.Int(min_value=1), t.List[int], t.Dict[str, int])]
# Expected difference: more-annotations-are-understood
spec(t.Annotated[int, "doc"])
# Expected difference: lists-and-dicts-of-a-type
[spec(a) for a in (pg.List[int], pg.Dict[str, int])]
[spec(a) for a in ("int", "C", "list[int]", "int | None", "Undefined")]
[spec(a) for a in (list["C"], typing.Optional["C"], typing.Union["C", int])]
spec("typing.Optional[C]")
spec(1)
spec([int])
spec(lambda: 1)
spec("1 + 1")
[spec(a, accept_value_as_annotation=True) for a in (1, "a", 1.0, [1], {"a": 1}, None)]
[t.ValueSpec.from_annotation(a) for a in (int, list[int], None, t.Int(), C)]
[
    t.ValueSpec.from_annotation(a, auto_typing=False)
    for a in (int, "C", typing.Optional[int])
]
(
    t.annotation_from_str("int"),
    t.annotation_from_str("list[int]"),
    t.annotation_from_str("int | str"),
)
t.annotation_from_str("dict[str, typing.Any]")
t.annotation_from_str("typing.Literal['a', 1]")
t.annotation_from_str("Nope")
t.annotation_from_str("list[")
t.annotation_from_str("C", "snippet")
t.ForwardRef(inspect.getmodule(pg), "Nope")
[t.ensure_value_spec(a) for a in (int, t.Int(), t.Any(), None, typing.List[int])]
t.ensure_value_spec(t.Int(), t.Int(min_value=0)), t.ensure_value_spec(t.Any(), t.Str())
t.ensure_value_spec(t.Int(), t.Str())
t.ensure_value_spec(1)
(
    t.Annotated[int, "doc"],
    t.Annotated[int, "doc"].value_spec,
    t.Annotated[int, "doc", dict(a=1)].metadata,
)
t.Annotated[int]
t.Annotated[int, 1]
t.Optional[int], t.Union[int, str, None], t.Literal if hasattr(t, "Literal") else "none"
# Questions about types.
(
    t.is_subclass(D, C),
    t.is_subclass(C, D),
    t.is_subclass(C, (D, C)),
    t.is_subclass(int, typing.Any),
)
(
    t.is_subclass(G[int], G),
    t.is_subclass(G, G[int]),
    t.is_subclass(GInt, G[int]),
    t.is_subclass(GInt, G[str]),
)
(
    t.is_subclass(G2Full, G2),
    t.is_subclass(G2Full, G2[int, str]),
    t.is_subclass(G2Full, G2[int, int]),
)
(
    t.is_subclass(list[int], list),
    t.is_subclass(list, list[int]),
    t.is_subclass(HasFoo, Proto),
    t.is_subclass(C, Proto),
)
t.is_subclass(int, int | str)
t.is_subclass(1, int)
(
    t.is_instance(1, int),
    t.is_instance(1, (str, int)),
    t.is_instance(GInt(), G[int]),
    t.is_instance(G(), G[int]),
)
t.is_instance(HasFoo(), Proto), t.is_instance(C(), Proto), t.is_instance(1, typing.Any)
(
    t.is_generic(G),
    t.is_generic(G[int]),
    t.is_generic(GInt),
    t.is_generic(list[int]),
    t.is_generic(int),
    t.is_generic(1),
)
(
    t.has_generic_bases(G),
    t.has_generic_bases(GInt),
    t.has_generic_bases(C),
    t.has_generic_bases(list),
)
t.get_type(G[int]), t.get_type(int), t.get_type(list[int])
t.get_type(1)
(
    t.get_type_args(G[int]),
    t.get_type_args(GInt),
    t.get_type_args(GInt, G),
    t.get_type_args(G2Full, G2),
    t.get_type_args(int),
)
# Expected difference: type-arguments-of-base-classes
t.get_type_args(G2[int, str], G), t.get_type_args(G2Full, G)
# Expected difference: type-arguments-of-base-classes
t.is_subclass(G2Full, G[int])
t.get_type_args(C, G)
(
    t.get_outer_class(Outer.Inner),
    t.get_outer_class(Outer.Inner.Leaf),
    t.get_outer_class(Outer),
)
(
    t.get_outer_class(Outer.Inner.Leaf, Outer),
    t.get_outer_class(Outer.Inner.Leaf, immediate=True),
)
t.get_outer_class(Outer.Inner.Leaf, C)
t.get_outer_class(1)
(
    t.callable_eq(len, len),
    t.callable_eq(len, abs),
    t.callable_eq(None, None),
    t.callable_eq(None, len),
)
t.callable_eq(lambda v: v, lambda v: v)
# Expected difference: functions-that-differ-in-a-constant
t.callable_eq(lambda v: v + 1, lambda v: v + 2)
GenericObject.__schema__
GenericObject[int](1), GenericObject[int]
t.Object(GenericObject[int]).apply(GenericObject(1))
# Conversions.
t.get_converter(int, float), t.get_converter(str, Target), t.get_converter(int, int)
t.register_converter(Source, Target, lambda v: Target())
(
    type(t.Object(Target).apply(Source())).__name__,
    type(t.Object(Target).apply(SubSource())).__name__,
)
(
    t.get_converter(Source, Target) is None,
    t.get_converter(SubSource, Target) is None,
    t.get_converter(Source, (int, Target)) is None,
)
t.register_converter(Source, str, lambda v: "converted")
t.Str().apply(Source()), t.List(str).apply([Source()])
t.Str(regex="x").apply(Source())
t.Union([int, str]).apply(Source())
t.register_converter(Source, int, lambda v: v)
t.Int().apply(Source())
t.register_converter(Source, float, lambda v: 1 / 0)
t.Float().apply(Source())
(
    t.Object(datetime.datetime).apply(0),
    t.Int().apply(datetime.datetime(1970, 1, 2, tzinfo=datetime.timezone.utc)),
)
t.Object(pg.KeyPath).apply("a.b"), t.Str().apply(pg.KeyPath.parse("a.b"))
t.get_json_value_converter(datetime.datetime) is None, t.get_json_value_converter(C)
# Expected difference: saved-values-can-be-loaded
pg.to_json(datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc))
pg.register_converter is t.register_converter, pg.get_converter is t.get_converter
# Values that decide themselves what they are applied as.
t.Int().apply(Custom(True, 1)), t.Int().apply(Custom(False, "x"))
t.Int(min_value=3).apply(Custom(True, 1))
t.Int().apply(Custom(True, "x"))
t.List(int).apply([1, Custom(True, 2)])
t.Dict({"a": int}).apply({"a": Custom(False, "any")})
t.Union([int, str]).apply(Custom(True, "a"))
t.Any().apply(Custom(True, 5))
t.Int(transform=lambda v: v + 1).apply(Custom(True, 1))
t.Object(C).apply(Custom(True, 1))
t.Tuple([int, str]).apply((Custom(True, 1), "a"))
t.Callable().apply(Custom(True, len))
issubclass(pg.CustomTyping, object), pg.CustomTyping is t.CustomTyping
