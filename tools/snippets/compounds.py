"""Compounds: functions that make an object, as classes; and boilerplate classes."""

import abc
import dataclasses
import fractions
import inspect
import pickle
from typing import Any

import pyglove as pg


class Pair(pg.Object):
    x: Any = None
    y: Any = None

    def total(self):
        return self.x + self.y


class Other(pg.Object):
    z: int = 1


@pg.compound
def swapped(a: int, b: int = 2) -> Pair:
    """A pair.

    Args:
      a: The second.
      b: The first.
    """
    return Pair(b, a)


@pg.compound(base_class=Pair, args=[("a", pg.typing.Int(min_value=0), "An a.")])
def checked(a, b=2):
    return Pair(a, b)


@pg.compound(base_class=Pair, lazy_build=False)
def eager(a, b=2):
    print("made")
    return Pair(a, b)


@pg.compound(base_class=Pair)
def noisy(a):
    print("made")
    return Pair(a, a)


@pg.compound
def wrong(a) -> Pair:
    return Other(a)


@pg.compound
def plain(a) -> pg.List:
    return pg.List([a, a])


def factory(p: int, q: str = "z") -> Pair:
    return Pair(p, q)


Made = pg.compound_class(factory)


class Holder(pg.Object):
    pair: Pair


@dataclasses.dataclass
class Point:
    x: int

    def double(self):
        return self.x * 2


@dataclasses.dataclass(frozen=True, order=True)
class Frozen:
    x: int


class Abstract(metaclass=abc.ABCMeta):
    @property
    @abc.abstractmethod
    def x(self): ...

    @abc.abstractmethod
    def go(self): ...


class Concrete(Abstract):
    @property
    def x(self):
        return 7

    def go(self):
        return type(self).__name__


class NoSubclass:
    def __init_subclass__(cls, **kwargs):
        raise TypeError("No subclasses.")

    def hi(self):
        return "hi"


class OwnInit(pg.Object):
    x: int

    @pg.explicit_method_override
    def __init__(self, half):
        super().__init__(x=2 * half)

    def value(self):
        return self.x


class Inferring(pg.Object):
    x: int = pg.symbolic.ValueFromParentChain()


class Several:
    K = 1

    def __init__(self):
        self._v = 4

    @property
    def p(self):
        return self._v

    @classmethod
    def name(cls):
        return cls.__name__

    @staticmethod
    def two():
        return 2

    def __len__(self):
        return 3

    def __call__(self, x):
        return x + self._v

    def __add__(self, other):
        return ("add", other)


@pg.compound
def after(v: int) -> Point:
    print("made")
    return Point(v + 1)


@pg.compound
def inferring() -> Inferring:
    return Inferring()


class HasPoint(pg.Object):
    p: Point


inferred = inferring()

# Snippets
swapped
[c.__name__ for c in swapped.__mro__][:4]
swapped(1)
str(swapped(1))
swapped(1).a, swapped(1).b, swapped(1).x, swapped(1).y
swapped(1).total()
swapped(1).nope
swapped("a")
swapped()
swapped(1, 2, 3)
swapped(1, c=2)
swapped.partial()
swapped.partial().x
swapped(1).decomposed
swapped(1).decomposed.sym_parent
swapped(1) == swapped(1), swapped(1) == Pair(2, 1), pg.eq(swapped(1), swapped(1))
isinstance(swapped(1), Pair), issubclass(swapped, Pair)
swapped.__schema__
swapped.__doc__, swapped.__name__, swapped.__module__
# Expected difference: functors-and-compounds-have-signatures
inspect.signature(swapped)
# Expected difference: functors-and-compounds-have-signatures
inspect.signature(swapped.__init__)
swapped(1).to_json()
pg.from_json(swapped(1).to_json())
swapped(1).clone(), swapped(1).clone(deep=True).x
(lambda c: (c.rebind(a=5), c.y, c.decomposed))(swapped(1))
(lambda c: (c.rebind(x=5), c))(swapped(1))
repr(swapped(1).sym_init_args)
swapped(1).sym_getattr("a")
swapped(1).sym_getattr("x")
pg.query(swapped(1), where=lambda v: isinstance(v, int))
Holder(swapped(1))
Holder(swapped(1)).pair.x
Holder(swapped(1)).pair.decomposed.sym_path
checked(1)
checked(-1)
checked.__schema__
eager(1)
eager(1).x
noisy(1)
noisy(1).x
(lambda c: (c.x, c.y))(noisy(1))
(lambda c: (c.x, c.rebind(a=2), c.x))(noisy(1))
wrong(1)
wrong(1).decomposed
wrong(1).x
plain(1)
Made(1), Made(1).y
Made.__name__, Made.__type_name__
Made("a")
pg.compound_class(lambda a: Pair(a))
pg.compound_class(lambda a: Pair(a), Pair)(1)
pg.compound(lambda a: Pair(a))
pg.compound(base_class=Pair)(lambda a, b: Pair(a, b))(1, 2).total()
pg.compound_class(factory, args=[("p", pg.typing.Int(max_value=3))])(9)
pg.compound_class(factory, auto_typing=False).__schema__
pg.compound_class(factory, serialization_key="made", add_to_registry=True)(1).to_json()
pg.compound_class(factory, Other)(1).decomposed
callable(pg.compound(1))
# Classes that are not symbolic.
after(1)
(lambda c: (c.v, c.x, c.double(), c.decomposed))(after(1))
isinstance(after(1), Point), issubclass(after, Point)
after(1) == after(1), after(1) == after(2), after(1) == after(1).decomposed
hash(after(1)) == hash(after(1))
after("a")
after(1).nope
(lambda c: (c.x, c.rebind(v=5), c.x))(after(1))
after(1).to_json()
pg.from_json(after(1).to_json()).x
pickle.loads(pickle.dumps(after(1))).x
after(1).clone().x
HasPoint(after(1))
[h.p.x for h in pg.iter(HasPoint(pg.oneof([after(1), after(5)])))]
[h.p.x for h in pg.iter(HasPoint(after(pg.oneof([1, 5]))))]
pg.compound(Frozen)(lambda v: Frozen(v))(1).rebind(v=2).x
(lambda cls: cls(1) < cls(2))(pg.compound(Frozen)(lambda v: Frozen(v)))
setattr(pg.compound(Frozen)(lambda v: Frozen(v))(1), "x", 3)
(lambda c: (c.x, c.go(), c.n))(pg.compound(Abstract)(lambda n: Concrete())(1))
pg.compound(NoSubclass)(lambda n: NoSubclass())(1).hi()
pg.compound(OwnInit)(lambda n: OwnInit(n))(1).value()
pg.compound(OwnInit)(lambda n: OwnInit(n))(1).clone().x
# Expected difference: compounds-do-not-run-code-of-the-base-class
(lambda c: (c.p, c.name(), c.two(), c.K, len(c), c(1), c + 2))(
    pg.compound(Several)(lambda n: Several())(1)
)
pg.compound(Pair)(lambda x: Pair(x + 1))(1).x
pg.compound(Pair)(lambda x: Pair(x + 1))(1).decomposed.x
pg.compound(int)(lambda a: a + 1)(1).decomposed
pg.compound(str)(lambda a: "x")(1).upper()
pg.compound(fractions.Fraction)(lambda a: fractions.Fraction(a))(1).numerator
pg.compound(bool)(lambda a: a)
pg.compound(Pair)(Pair)
pg.compound(Pair)(print)
pg.compound_class(Pair, Pair)
setattr(pg.compound(Pair)(lambda a: Pair(a))(1), "x", 3)
inferred.x
(lambda d: (d.c.x, d.c.decomposed.sym_parent is d))(pg.Dict(x=5, c=inferred))
(lambda d: (d.y.x, inferred.x))(pg.Dict(x=2, y=inferred))
# Boilerplate classes.
pg.boilerplate_class("Preset", Pair(1, 2))
pg.boilerplate_class("Preset", Pair(1, 2)).__mro__[1]
pg.boilerplate_class("Preset", Pair(1, 2)).__schema__
pg.boilerplate_class("Preset", Pair(1, 2))()
pg.boilerplate_class("Preset", Pair(1, 2))().total()
pg.boilerplate_class("Preset", Pair(1, 2))(x=3)
pg.boilerplate_class("Preset", Pair(1, 2))(3)
pg.boilerplate_class("Preset", Pair.partial(y=2))
pg.boilerplate_class("Preset", Holder.partial())(Pair(1, 2))
pg.boilerplate_class("Preset", Holder.partial(), init_arg_list=["pair"])(Pair(1, 2))
pg.boilerplate_class("Preset", Holder.partial())(pair=Pair(1, 2))
pg.boilerplate_class("Preset", Holder(Pair(1, 2)))().pair
pg.boilerplate_class("Preset", Holder(Pair(1, 2)))().rebind({"pair.x": 3})
pg.boilerplate_class("Preset", Holder(Pair(1, 2)), init_arg_list=["nope"])
pg.boilerplate_class("Preset", 1)
pg.boilerplate_class("Preset", Pair(1, 2), serialization_key="preset")().to_json()
pg.boilerplate_class("Preset", Pair(1, 2))().to_json()
pg.boilerplate_class("Preset", Pair(1, 2)).__module__
