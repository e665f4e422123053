"""Value specs one by one: their text, and what they accept."""

import datetime
import enum
import typing

import pyglove as pg

t = pg.typing


class C:
    pass


class D(C):
    pass


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class SubInt(int):
    pass


class SubStr(str):
    pass


class Leaf(pg.Object):
    x: int = 1


def f(x: int, y: str = "a", *args, z: float = 1.0, **kwargs) -> bool:
    return True


def g(a, b):
    pass


class Call:
    def __call__(self, x, *, y):
        pass


@pg.functor([("x", t.Int())], returns=t.Str())
def functor(x):
    return "a"


where = pg.KeyPath.parse("x.y[0]")


def apply(spec, value, **kwargs):
    """What comes out, of which type, and whether it is what came in."""
    result = spec.apply(value, root_path=where, **kwargs)
    return result, type(result).__name__, result is value


def visit(path, field, value):
    print(str(path), field.value, field.description, value)
    return value


# Snippets
(
    t.Any(),
    t.Any(1),
    t.Any(None),
    t.Any(annotation=int),
    t.Any().noneable(),
    t.Any().freeze(1),
)
apply(t.Any(), 1), apply(t.Any(), None)
apply(t.Any(), t.MISSING_VALUE)
apply(t.Any(1), t.MISSING_VALUE)
apply(t.Any(transform=str), 1)
apply(t.Any(transform=lambda v: 1 / 0), 1)
t.Bool(), t.Bool(True), t.Bool(True).freeze(), t.Bool().noneable()
apply(t.Bool(), True)
apply(t.Bool(), 1)
(
    t.Int(),
    t.Int(1),
    t.Int(min_value=0, max_value=5),
    t.Int(1).noneable(),
    t.Int().noneable(),
)
str(t.Int(1, min_value=0).noneable())
t.Int(1).freeze()
t.Int().freeze()
t.Int().freeze(3), t.Int(is_noneable=True), t.Int(default=None, is_noneable=True)
t.Int(default=None)
t.Int("a")
t.Int(5, max_value=3)
t.Int(min_value=5, max_value=3)
apply(t.Int(), 1)
apply(t.Int(), True)
apply(t.Int(), 1.0)
apply(t.Int(), "a")
apply(t.Int(), None)
apply(t.Int(), t.MISSING_VALUE)
apply(t.Int(), t.MISSING_VALUE, allow_partial=True)
apply(t.Int(1), t.MISSING_VALUE)
apply(t.Int().noneable(), None)
apply(t.Int(), SubInt(3))
apply(t.Int(min_value=0), -1)
apply(t.Int(max_value=0), 1)
apply(t.Int(min_value=0, max_value=5), 7)
apply(t.Int(1).freeze(), 2)
apply(t.Int(1).freeze(), 1)
apply(t.Int(1).freeze(), t.MISSING_VALUE)
t.Float(), t.Float(1), t.Float(1.5, min_value=0)
apply(t.Float(), 1)
apply(t.Float(), True)
apply(t.Float(min_value=0.0), -1)
apply(t.Float(), "1")
apply(t.Float(min_value=0.0), float("nan"))
t.Number((int, float)), t.Number(int)
apply(t.Number((int, float)), 1.5)
apply(t.Number((int, float)), "x")
apply(t.Number(complex), 1)
t.Str(), t.Str("a", regex="a.*")
t.Str("b", regex="a.*")
t.Str(regex="[")
str(t.Str("a", regex="a.*"))
apply(t.Str(), SubStr("a"))
apply(t.Str(), 1)
apply(t.Str(), b"a")
apply(t.Str(regex="a.*"), "b")
apply(t.Str(regex="a"), "ab")
t.Str(regex="a.*").regex
t.Enum("a", ["a", "b"]), t.Enum(1, ["a", 1, None]), t.Enum(t.MISSING_VALUE, ["a", "b"])
t.Enum("c", ["a", "b"])
t.Enum("a", "ab")
t.Enum("a", [])
t.Enum["a", "b"], t.Enum(Color.RED, [Color.RED, Color.BLUE])
apply(t.Enum("a", ["a", "b"]), "c")
apply(t.Enum("a", ["a", 1]), 1.0)
apply(t.Enum("a", ["a", 1]), True)
apply(t.Enum("a", ["a", 1]), None)
apply(t.Enum("a", ["a", None]), None)
apply(t.Enum(1, [1, [1]]), [1])
t.Enum("a", ["a", "b"]).noneable(), t.Enum("a", ["a", "b"]).noneable().values
t.Enum("a", ["a", "b"]).value_type, t.Enum("a", ["a", 1]).value_type
t.Enum(Color.RED, [Color.RED]).value_type
t.Enum("a", ["a", "b"]).default, t.Enum("a", ["a", "b"]).noneable().default
t.List(int), t.List(t.Int()), t.List(t.Int(), size=3), t.List(t.Int(), min_size=1)
t.List(t.Int(), max_size=2, default=[1])
t.List(t.Int(), max_size=2, default=[1, 2, 3])
t.List(t.Int(), size=1, min_size=2)
t.List(t.Int(), min_size=3, max_size=2)
t.List(t.Int(), min_size=-1)
t.List[int], t.List[int, str]
str(t.List(t.Int(1), min_size=1, default=[1, 2]))
t.List(t.Int(), min_size=1).min_size, t.List(t.Int()).max_size, t.List(t.Int()).element
apply(t.List(t.Int()), [1, 2])
apply(t.List(t.Int()), (1, 2))
apply(t.List(t.Int()), [1, "a"])
apply(t.List(t.Int()), [1, None])
apply(t.List(t.Int()), [1, t.MISSING_VALUE])
apply(t.List(t.Int(7)), [1, t.MISSING_VALUE])
apply(t.List(t.Int(), size=2), [1])
apply(t.List(t.Int(), max_size=2), [1, 2, 3])
apply(t.List(t.Int(), min_size=2), [])
apply(t.List(t.Int(), min_size=2), [], allow_partial=True)
apply(t.List(t.Float()), [1, 2])
apply(t.List(t.Int()), [1, 2], child_transform=visit)
apply(t.List(t.List(t.Float())), [[1], [2]], child_transform=visit)
(
    t.Tuple(t.Int()),
    t.Tuple([int, str]),
    t.Tuple(t.Int(), size=2),
    t.Tuple(t.Int(), min_size=1),
)
t.Tuple[int, ...], t.Tuple[int, str], t.Tuple[int]
t.Tuple([])
t.Tuple([int], min_size=1)
(
    t.Tuple([int, str]).fixed_length,
    t.Tuple(int).fixed_length,
    t.Tuple([int, str]).max_size,
)
str(t.Tuple([t.Int(1), t.Str()]))
apply(t.Tuple(t.Int()), (1, 2))
apply(t.Tuple(t.Int()), [1, 2])
apply(t.Tuple(t.Int()), (1, "a"))
apply(t.Tuple(t.Float()), (1, 2))
apply(t.Tuple([t.Int(), t.Str()]), (1, 2))
apply(t.Tuple([t.Int(), t.Str()]), (1,))
apply(t.Tuple([t.Int(), t.Str()]), (1, "a", "b"))
apply(t.Tuple([t.Int(), t.Str("x")]), (1, t.MISSING_VALUE))
apply(t.Tuple(t.Int(), max_size=1), (1, 2))
apply(t.Tuple([t.Int(), t.Str()]), (1, "a"), child_transform=visit)
(
    t.Dict(),
    t.Dict({"a": int, "b": (str, "doc")}),
    t.Dict(t.Int()),
    t.Dict([(t.StrKey(), int)]),
)
t.Dict([("a", t.Int(1)), (t.StrKey("x.*"), t.Int())])
t.Dict({"a": t.Int(1)}, default={"a": 2})
t.Dict({"a": t.Int(1)}).default, t.Dict({"a": t.Int()}).default
t.Dict({"a": t.Int(1)}).noneable(), t.Dict({"a": t.Int(1)}).noneable().default
t.Dict[str, int], t.Dict[{"a": int}]
t.Dict[int, int]
t.Dict(1)
str(t.Dict({"a": (t.Int(1), "doc"), "b": str}))
apply(t.Dict(), {"a": 1})
apply(t.Dict(), {1: 1})
apply(t.Dict(), [1])
apply(t.Dict({"a": int}), {"a": 1})
apply(t.Dict({"a": int}), {"a": 1.5})
apply(t.Dict({"a": int}), {"b": 1})
apply(t.Dict({"a": int}), {"a": 1, "b": 1})
apply(t.Dict({"a": int}), {"a": 1, 2: 1})
apply(t.Dict({"a": int}), {})
apply(t.Dict({"a": int}), {}, allow_partial=True)
apply(t.Dict({"a": t.Int(1), "b": t.Dict({"c": t.Int(2)})}), {})
apply(t.Dict({"a": t.Int(1), "b": t.Dict({"c": t.Int()})}), {})
apply(t.Dict([("a", t.Int(1)), (t.StrKey("x.*"), t.Float())]), {"x1": 1, "a": 2})
apply(t.Dict([("a", t.Int(1)), (t.StrKey("x.*"), t.Float())]), {"y1": 1})
apply(t.Dict([(t.StrKey(), t.Float())]), {1: 1.0})
apply(
    t.Dict({"a": t.Int(1), "b": t.Dict({"c": t.Int(2)})}),
    {"a": 2},
    child_transform=visit,
)
apply(t.Dict({"a": t.Int(1)}), None)
(
    t.Object(C),
    t.Object("snippet.C"),
    t.Object(C).noneable(),
    t.Object(Leaf, default=Leaf(2)),
)
t.Object(t.Int())
t.Object(C())
t.Object[C], t.Object(C).cls, t.Object(Leaf).schema
apply(t.Object(C), D())[1:]
apply(t.Object(D), C())
apply(t.Object(C), 1)
apply(t.Object(C), None)
apply(t.Object("C"), C())[1:]
apply(t.Object("Undefined"), C())
t.Object("Undefined").forward_refs
apply(t.Object(int), 1)
apply(t.Object(float), 1)
apply(t.Object(Leaf), Leaf.partial())
apply(t.Object(datetime.datetime), 1)
apply(t.Object(datetime.datetime), "2020-01-01")
apply(t.Object(pg.KeyPath), "a.b")
apply(t.Str(), pg.KeyPath.parse("a.b"))
(
    t.Callable(),
    t.Callable([int, str]),
    t.Callable([t.Int()], kw=[("a", t.Str())], returns=t.Int()),
)
t.Callable[[int], str], t.Callable[..., str]
t.Callable[int]
(
    t.Callable([int]).args,
    t.Callable(returns=int).return_value,
    t.Callable(kw=[("a", int)]).kw,
)
apply(t.Callable(), f)[1:]
apply(t.Callable(), 1)
apply(t.Callable([t.Int()]), g)
apply(t.Callable([t.Int(), t.Str()]), f)[1:]
apply(t.Callable([t.Str(), t.Str()]), f)
apply(t.Callable([t.Int()], kw=[("zz", t.Int())]), f)[1:]
apply(t.Callable([t.Int()], kw=[("z", t.Int())]), f)
apply(t.Callable(returns=t.Str()), f)
apply(t.Callable(returns=t.Bool()), f)[1:]
apply(t.Callable([t.Int()]), lambda: 1)
apply(t.Callable([t.Int()]), lambda *a: 1)[1:]
apply(t.Callable(kw=[("a", t.Int())]), lambda a: 1)[1:]
apply(t.Callable(kw=[("b", t.Int())]), lambda a: 1)
apply(t.Callable([int]), Call())
apply(t.Callable([int], kw=[("y", int)]), Call())[1:]
apply(t.Callable([t.Int()]), C)
apply(t.Callable([t.Int()]), int)
apply(t.Callable([t.Int()]), functor())
apply(t.Callable([t.Str()]), functor())
t.Functor(), t.Functor([t.Int()], returns=t.Str())
apply(t.Functor(), f)
apply(t.Functor(), functor(1))
apply(t.Functor([t.Int()]), functor())
apply(t.Functor(returns=t.Int()), functor())
t.Type(C), t.Type(C, default=D), t.Type("C"), t.Type[C], t.Type(typing.Any)
t.Type(C, default=int)
t.Type(C).type
apply(t.Type(C), D)
apply(t.Type(D), C)
apply(t.Type(C), C())
t.Union([int, str]), t.Union([int, None]), t.Union([t.Int(), t.Str()], default=1)
t.Union([t.Int(), t.Str()], default=1.5)
t.Union([t.Int()])
t.Union([t.Int(), t.Int()])
t.Union([t.Int(), t.Int(1)])
t.Union([t.Int(), t.Float()]), t.Union([t.Object(C), t.Object(D)])
t.Union([t.Any(), t.Str()])
t.Union([t.Callable([int]), t.Callable([str])])
t.Union[int, str], t.Union[int, None], t.Optional[int], t.Optional[int].default
(
    t.Union([t.Int(), t.Str()]).candidates,
    sorted(c.__name__ for c in t.Union([t.Int(), t.Str()]).value_type),
)
apply(t.Union([t.Int(), t.Str()]), 1)
apply(t.Union([t.Int(), t.Str()]), 1.5)
apply(t.Union([t.Int(), t.Str()]), None)
apply(t.Union([t.Int(), t.Str()]).noneable(), None)
apply(t.Union([t.Int(min_value=0), t.Str()]), -1)
apply(t.Union([t.Float(), t.Str()]), 1)
apply(t.Union([t.Float(), t.Int()]), 1)
apply(t.Union([t.List(t.Int()), t.Str()]), ["a"])
apply(t.Union([t.Tuple(int), t.List(int)]), [1])
apply(t.Union([t.Dict({"a": int}), t.Dict({"b": int})]), {"b": 1})
apply(t.Union([t.Union([int, str]), t.Float()]), 1.5)
apply(t.Union([t.Object(pg.KeyPath), t.Int()]), "a.b")
apply(t.Union([t.Object("Undefined"), t.Int()]), 1)
apply(t.Union([t.Enum("a", ["a", 1]), t.Int()]), 3)
apply(t.Union([t.Enum("a", ["a", 1]), t.Int()]), "b")
(
    t.Union([t.Int(), t.Str()]).get_candidate(t.Int()),
    t.Union([t.Int(), t.Str()]).get_candidate(t.Bool()),
)
t.Sequence[int]
apply(t.List(t.Int(), transform=list), (1, 2))
apply(t.Int(transform=int), "3")
apply(t.Int(transform=str), 3)
apply(t.Object(C, transform=lambda v: C()), 1)[1:]
apply(t.Dict({"a": int}, transform=lambda v: {"a": v}), 1)
t.Int(transform=int, default="3").default
t.Int(transform=len)
t.MISSING_VALUE, t.MissingValue(t.Int()), t.MissingValue(t.Int()) == t.MISSING_VALUE
apply(t.Dict({"a": int}), {}, allow_partial=True)[0]["a"].value_spec
t.ValueSpec, isinstance(t.Int(), t.ValueSpec), t.Int().value_type, t.Dict().value_type
t.Int().is_noneable, t.Int(1).has_default, t.Int(1).frozen, t.Int(1).default
(lambda s: (s.noneable() is s, s))(t.Int())
