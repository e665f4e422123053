"""Details of classes: schemas by hand, arguments, constructors, order of bases."""

import abc
import dataclasses
import inspect
import os
import tempfile
from collections.abc import Callable
from typing import Any

import pyglove as pg

S = pg.typing


class Plain(pg.Object):
    pass


Plain.apply_schema(S.create_schema([("x", S.Int()), ("y", S.Str().noneable())]))


class Both(pg.Object):
    a: int
    b: int = 2
    rest: list[int] = []


def arguments(cls, value):
    cls.__schema__.metadata["init_arg_list"] = value
    cls.apply_schema()
    return cls.init_arg_list


class Runs(pg.Object):
    run: Callable[[], Any]


class Implements(Runs):
    def run(self):
        return "ran"


class Passes(Runs):
    pass


class Diamond(Passes, Implements):
    n: int = 1


class Base(pg.Object):
    v: int = 1


class Five(Base):
    v = 5


class Same(Base):
    pass


class Interface(metaclass=abc.ABCMeta):
    @property
    @abc.abstractmethod
    def x(self): ...


@pg.members([("x", S.Int())])
class Member(pg.Object, Interface):
    pass


def forgets(body):
    class Forgets(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, x):
            body(self, x)

    return Forgets


@pg.members([("x", S.Int()), (S.StrKey(), S.Str())])
class Keywords(pg.Object):
    pass


class Leaf(pg.Object):
    v: int


@pg.functor
def add(a, b=1):
    return a + b


@pg.functor(auto_typing=True)
def described(a: int, *args, b: str = "x", **kw) -> int:
    """Does it."""


@pg.functor([("a", S.Int())])
def keywords(a, **kw):
    return a, kw


def bound(f):
    return (
        f,
        sorted(f.specified_args),
        sorted(f.unbound_args),
        sorted(f.default_args),
    )


def without(f, *names):
    for name in names:
        delattr(f, name)
    return bound(f)


def nothing() -> int:
    return pg.MISSING_VALUE


class Nested(pg.Object):
    a: int
    c: S.Dict([("d", S.List(S.Int())), ("e", S.Int(default=3))])
    t: tuple[int, int] = (1, 2)


Preset = pg.boilerplate_class("Preset", Nested.partial(c={"d": [1]}))
Open = pg.boilerplate_class("Open", Nested.partial(c={"e": 4}))


@dataclasses.dataclass
class Data:
    """Some data.

    Attributes:
      x: The x.
    """

    x: int
    y: list = dataclasses.field(default_factory=list)


class Layer:
    def __init__(self, x, y=1, *args, k=2, **kw):
        self.x = x


class NoArguments:
    def __init__(self):
        pass


class Nothing:
    pass


class This:
    def __init__(this, x):  # noqa: N805
        this.x = x


class Chained(Exception):
    pass


def chained(*pairs):
    errors = [Chained("a"), ValueError("b"), KeyError("c")]
    for first, second in pairs:
        errors[first].__cause__ = errors[second]
    return pg.ErrorInfo.from_exception(errors[0]).tag


saved = os.path.join(tempfile.mkdtemp(), "leaf.json")
pg.save(Leaf(1), saved)


def loaded():
    with pg.track_origin():
        value = pg.load(saved)
    return value.sym_origin.tag, value.sym_origin.source == saved


# Snippets
Plain(1), Plain(x=1).y, Plain.init_arg_list
Plain.__schema__.metadata
arguments(Both, ["b", "a"]), Both(1, 2)
arguments(Both, ["b", "a", "*rest"]), Both(1, 2, 3, 4)
arguments(type("Sub", (Both,), {}), None)
arguments(Both, None)
arguments(Both, ["nope"])
arguments(Both, ["*a"])
arguments(Both, ["*rest", "a"])
arguments(Both, None)
pg.use_init_args(["*a"])(type("Sub", (Both,), {}))
pg.members([("q", S.Int())], metadata={"init_arg_list": ["q"]})(
    type("Sub", (Both,), {})
).init_arg_list
Diamond().run(), Diamond.init_arg_list
Diamond(lambda: 1)
type("First", (Same, Five), {})().v
type("Second", (Five, Same), {})().v
Member(1).x
forgets(lambda self, x: None)(1)
forgets(lambda self, x: setattr(self, "x", x))(1)
forgets(lambda self, x: self.x)(1)
forgets(lambda self, x: pg.Object.__init__(self, x=x))(1)
Leaf(v=1, allow_partial="no")
Leaf(v=1, allow_partial=None)
inspect.signature(Keywords.__init__)
loaded()
# Functors.
without(add(1, b=2), "b")
without(add(1, b=2), "b", "a")
without(add(1, b=2), "a", "a")
without(add(1).seal(), "a")
delattr(Leaf(1), "v")
add(Leaf.partial()).is_partial, add(Leaf.partial()).missing_values()
add().is_partial, add.partial().missing_values()
pg.Dict(f=add(Leaf.partial())).missing_values()
pg.functor(auto_typing=True)(nothing)()()
pg.functor(returns=S.Int())(nothing)()()
pg.functor(returns=S.Int(default=1))(nothing)
pg.functor(returns=S.Object(Leaf))(lambda: Leaf.partial())()()
S.signature(nothing).annotate(return_value=S.Int(default=1))
pg.functor([(S.StrKey(), S.Int()), ("kw", S.Int())])(lambda **kw: kw)
keywords(1).rebind({"absent": pg.MISSING_VALUE, "a": "x"})
[a.name for a in described(1).__signature__.args]
described(1).__signature__.return_value, described(1).__signature__.name
described.__signature__.varkw, described.__signature__.qualname
# Boilerplate classes.
Preset.__schema__["c"].value
Preset.__schema__["t"].value
Preset(1).c, Preset.init_arg_list
Open.__schema__["c"].value
Open(1, c={"d": [2]}).c
Open(1, c={"d": [2], "e": 5})
pg.boilerplate_class("Preset", Leaf(1), nonsense=1)
# Wrappers.
[(str(k), f.description) for k, f in pg.wrap(Data, auto_doc=True).__schema__.items()]
# Expected difference: defaults-of-dataclasses
pg.symbolize(Data)(1)
pg.symbolize(Data)(1, [2]).rebind(x=3)
inspect.getfullargspec(pg.wrap(Layer)).args
inspect.getfullargspec(pg.wrap(Layer).__init__).args
pg.wrap(Nothing, [("x", S.Int())])
pg.wrap(NoArguments, [("x", S.Int())])
pg.wrap(This)
pg.symbolize(dict, [("x", S.Int())])
pg.symbolize(list, [])
pg.symbolize(Layer, 1, 2)
pg.symbolize(lambda x: x, 1, 2)
pg.symbolize(pg.Dict)
# Errors.
chained()
chained((0, 0))
chained((0, 1))
chained((0, 1), (1, 0))
chained((0, 1), (1, 2), (2, 1))
