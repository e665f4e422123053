"""Compounds as instances of the classes of what they make."""

import abc
import copy
import dataclasses
import enum
import fractions
import gc
import pickle
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import pytest

import pyglove as pg

T = TypeVar("T")


@dataclasses.dataclass
class Point:
    x: int

    def double(self):
        return self.x * 2


@dataclasses.dataclass(frozen=True, order=True)
class Frozen:
    x: int
    y: int = 3


@dataclasses.dataclass(slots=True)
class Slotted:
    x: int

    def double(self):
        return self.x * 2


MADE = []


@pg.compound
def after(v: int) -> Point:
    MADE.append(v)
    return Point(v + 1)


@pg.compound
def frozen(v) -> Frozen:
    return Frozen(v)


class Tree(pg.Object):
    point: Point
    others: list[Point] = []


class Inferring(pg.Object):
    x: int = pg.symbolic.ValueFromParentChain()

    def read(self):
        return self.x


@pg.compound
def inferring() -> Inferring:
    return Inferring()


@pytest.fixture(autouse=True)
def _clear():
    MADE.clear()


def made_by(base, factory):
    return pg.compound(base)(factory)


def test_a_plain_class():
    value = after(1)
    assert isinstance(value, Point) and repr(value) == "after(v=1)"
    assert MADE == []
    assert (value.v, value.x, value.double()) == (1, 2, 4)
    assert MADE == [1]
    assert type(value.decomposed) is Point and value.decomposed == Point(2)
    assert value == after(1) != after(2) and value != value.decomposed
    assert hash(value) == hash(after(1))
    assert value.rebind(v=5).x == 6 and MADE == [1, 5]
    assert not hasattr(value, "nope") and "x" in dir(value)
    with pytest.raises(TypeError, match="v"):
        after("a")


def test_nothing_is_made_before_it_is_needed():
    value = after(1)
    tree = Tree(value, others=[after(2), after(3)])
    assert tree.clone() == tree and str(tree) and pg.hash(tree) == pg.hash(tree.clone())
    assert pickle.loads(pickle.dumps(tree)) == tree
    assert pg.from_json(tree.to_json()) == tree
    assert pg.query(tree, where=lambda v: v == 3)
    copy.deepcopy(tree).rebind({"point.v": 7})
    assert MADE == []
    assert tree.point is value and [p.x for p in tree.others] == [3, 4]
    assert MADE == [2, 3]


def test_a_candidate_of_a_space():
    space = Tree(pg.oneof([after(1), Point(7), after(pg.oneof([3, 4]))]))
    assert [t.point.x for t in pg.iter(space)] == [2, 7, 4, 5]
    assert [t.point.x for t in pg.iter(Tree(after(pg.oneof([3, 4]))))] == [4, 5]


def test_frozen_and_ordered_dataclasses():
    value = frozen(1)
    assert (value.x, value.y, value.rebind(v=2).x) == (1, 3, 2)
    assert frozen(1) < frozen(2) and frozen(3) > Frozen(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.x = 5
    assert [f.name for f in dataclasses.fields(value)] == ["x", "y"]
    assert dataclasses.asdict(value) == {"x": 2, "y": 3}


def test_slots():
    value = made_by(Slotted, lambda a: Slotted(a))(4)
    assert (value.a, value.x, value.double()) == (4, 4, 8)


def test_what_is_set_is_set_where_it_is_read():
    class Mutable:
        count = 0

        @property
        def size(self):
            return self._size

        @size.setter
        def size(self, size):
            self._size = size

        def add(self):
            self.count += 1
            return self.count

    value = made_by(Mutable, lambda a: Mutable())(1)
    value.size = 3
    value.note = "n"
    assert (value.size, value.decomposed.size, value.note) == (3, 3, "n")
    assert (value.add(), value.add(), value.count, Mutable.count) == (1, 2, 2, 0)
    del value.note
    assert not hasattr(value, "note")


def test_fields_of_what_is_made_follow_from_arguments():
    class Pair(pg.Object):
        allow_symbolic_assignment = True
        x: int

        def read(self):
            return self.x

    value = made_by(Pair, lambda x: Pair(x + 1))(1)
    assert (value.x, value.decomposed.x, value.read()) == (1, 2, 2)
    other = made_by(Pair, lambda a: Pair(a))(1)
    with pytest.raises(AttributeError, match=r"'x'.*\['a'\]"):
        other.x = 3
    other.a = 4
    assert other.x == 4


def test_arguments_win():
    class Base:
        v = "class"

        def m(self):
            return "method"

    value = made_by(Base, lambda v, m: Base())(1, 2)
    assert (value.v, value.m) == (1, 2)
    assert (value.decomposed.v, value.decomposed.m()) == ("class", "method")


def test_abstract_classes_and_protocols():
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

    class Goes(Protocol):
        def go(self) -> str: ...

    for base in (Abstract, Goes):
        value = made_by(base, lambda n: Concrete())(1)
        assert isinstance(value, base) if base is Abstract else True
        assert (value.x, value.go(), value.n) == (7, "Concrete", 1)


def test_the_class_does_not_notice():
    calls = []

    class Meta(type):
        def __init__(cls, *args):
            calls.append("Meta.__init__")
            super().__init__(*args)

        def __call__(cls, *args):
            calls.append("Meta.__call__")
            return super().__call__(*args)

    class Base(metaclass=Meta):
        def __init_subclass__(cls, **kwargs):
            raise TypeError("No subclasses.")

        def __new__(cls, a, b):
            calls.append("__new__")
            return super().__new__(cls)

        def __init__(self, a, b):
            calls.append("__init__")
            self.total = a + b

        def __del__(self):
            calls.append("__del__")

        def __getattribute__(self, name):
            if name != "__class__":
                calls.append(name)
            return super().__getattribute__(name)

        def __setattr__(self, name, value):
            object.__setattr__(self, name, value)

    calls.clear()
    cls = made_by(Base, lambda q: Base(q, 2))
    assert isinstance(cls(1), Base) and repr(cls(1)) == "<lambda>(q=1)"
    gc.collect()
    assert calls == []
    assert cls(1).total == 3
    gc.collect()
    assert calls == ["Meta.__call__", "__new__", "__init__", "total", "__del__"]


def test_hooks_of_objects_run_for_what_is_made_only():
    calls = []

    class Base(pg.Object):
        x: int

        def __init_subclass__(cls, **kwargs):
            if cls.__name__ != "Base":
                raise TypeError("No subclasses.")
            super().__init_subclass__(**kwargs)

        def _on_init(self):
            super()._on_init()
            calls.append(("_on_init", type(self)))

        def _on_bound(self):
            self.doubled = 2 * self.x

        def _on_change(self, field_updates):
            calls.append(("_on_change", type(self)))

        def _on_parent_change(self, old_parent, new_parent):
            calls.append(("_on_parent_change", type(self)))

        def sym_jsonify(self, **kwargs):
            raise NotImplementedError

        def _sym_clone(self, deep, memo=None):
            raise NotImplementedError

    value = made_by(Base, lambda a: Base(a))(1)
    assert value.clone() == value.rebind(a=2).rebind(a=1) and value.to_json()["a"] == 1
    assert calls == []
    assert value.doubled == 2 and calls == [("_on_init", Base)]
    holder = pg.Dict(x=value)
    assert calls == [("_on_init", Base), ("_on_parent_change", Base)]
    assert value.decomposed.sym_parent is holder


def test_a_constructor_of_its_own():
    class Base(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, half):
            super().__init__(x=2 * half)

        def value(self):
            return self.x

    cls = made_by(Base, lambda a: Base(a))
    assert cls(3).value() == 6
    assert cls(3).clone().x == pg.from_json(cls(3).to_json()).x == 6


def test_values_inferred_where_the_compound_stands():
    value = inferring()
    with pytest.raises(AttributeError, match="x"):
        value.x  # noqa: B018
    tree = pg.Dict(x=5, c=value)
    assert value.x == value.read() == 5
    tree.c = None
    with pytest.raises(AttributeError, match="x"):
        value.x  # noqa: B018
    other = pg.Dict(x=2, y=value)
    assert other.y is value and value.x == 2


def test_what_is_made_can_go_elsewhere():
    value = inferring()
    made = value.decomposed
    holder = pg.Dict(x=3, part=made)
    assert holder.part is made and value.x == 3
    pg.Dict(x=4, c=value)
    assert made.sym_parent is holder and value.x == 3


def test_an_argument_that_is_returned_stays_in_its_place():
    value = made_by(Inferring, lambda a: a)(Inferring(7))
    pg.Dict(c=value)
    assert value.x == 7 and value.decomposed is value.a
    assert value.a.sym_parent is value


def test_special_methods():
    class Base:
        def __init__(self, n):
            self.n = n

        def __len__(self):
            return self.n

        def __getitem__(self, index):
            return range(self.n)[index]

        def __call__(self, x):
            return self.n + x

        def __add__(self, other):
            return self.n + other.n if type(other) is Base else NotImplemented

        def __iadd__(self, n):
            self.n += n
            return self

        def __enter__(self):
            return self

        def __exit__(self, *args):
            self.n = 0

    cls = made_by(Base, lambda a: Base(a))
    value = cls(3)
    assert (len(value), value[2], value(4), list(value)) == (3, 2, 7, [0, 1, 2])
    assert value + Base(1) == value + cls(1) == 4
    same = value
    value += 2
    assert value is same and len(value) == 5
    with value as entered:
        assert entered is value
    assert value.n == 0


def test_dynamic_attributes():
    class Base:
        def __getattr__(self, name):
            if name.startswith("_"):
                raise AttributeError(name)
            return "dynamic " + name

    value = made_by(Base, lambda a, **more: Base())(1, b=2)
    assert (value.a, value.b, value.c) == (1, 2, "dynamic c")
    with pg.allow_writable_accessors(True):
        value.b = 3
    assert value.b == 3 and value.sym_init_args.b == 3


def test_attributes_of_the_class():
    class Base:
        K = 1

        @classmethod
        def name(cls):
            return cls.__name__

        @staticmethod
        def two():
            return 2

    cls = made_by(Base, lambda a: Base())
    assert (cls.K, cls.two(), cls.name()) == (1, 2, "<lambda>")
    assert (cls(1).K, cls(1).two(), cls(1).name()) == (1, 2, "Base")


class Named(NamedTuple):
    x: int
    y: int = 2


class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value


@pytest.mark.parametrize(
    ("base", "factory", "read", "expected"),
    [
        (Named, lambda a: Named(a), lambda v: (v.x, v[1], list(v), len(v)), 1),
        (int, lambda a: a + 1, lambda v: v + 1, 3),
        (str, lambda a: "x" * a, lambda v: v.upper(), "X"),
        (list, lambda a: [a], lambda v: list(v), [1]),
        (fractions.Fraction, lambda a: fractions.Fraction(a, 2), lambda v: v * 2, 1),
        (Box[int], lambda a: Box(a), lambda v: v.value, 1),
        (Exception, lambda a: ValueError(a), lambda v: v.args, (1,)),
        (pg.Functor, lambda a: pg.as_functor(lambda b: a + b), lambda v: v(2), 3),
        (pg.DNAGenerator, lambda a: pg.geno.Random(seed=a), lambda v: v.seed, 1),
    ],
    ids=lambda v: getattr(v, "__name__", None),
)
def test_bases_of_all_kinds(base, factory, read, expected):
    value = made_by(base, factory)(1)
    assert isinstance(value, getattr(base, "__origin__", base))
    if base is Named:
        expected = (1, 2, [1, 2], 2)
    assert read(value) == expected


def test_compounds_of_wrapped_classes_and_of_compounds():
    class Layer:
        def __init__(self, units):
            self.units, self.weights = units, [0] * units

        def size(self):
            return len(self.weights)

    wrapped = pg.wrap(Layer)
    small = made_by(wrapped, lambda n: wrapped(2 * n))
    assert (small(2).n, small(2).units, small(2).size()) == (2, 4, 4)
    assert "small" not in repr(small) and "Symbolic" not in repr(small)
    twice = made_by(small, lambda m: small(m + 1))
    value = twice(1)
    assert isinstance(value, small) and (value.m, value.n, value.size()) == (1, 2, 4)


def test_an_algorithm_as_a_compound():
    algorithm = made_by(pg.DNAGenerator, lambda s: pg.geno.Random(seed=s))

    def values(a):
        found = []
        for x, feedback in pg.sample(pg.oneof(range(9)), a, num_examples=5):
            feedback(1.0)
            found.append(x)
        return found

    assert values(algorithm(1)) == values(pg.geno.Random(seed=1))


def test_bases_that_cannot_be():
    class Color(enum.Enum):
        RED = 1

    for base in (Color, bool, type(None)):
        with pytest.raises(TypeError):
            made_by(base, lambda a: a)


def test_a_failing_factory():
    calls = []

    def failing(a) -> Point:
        calls.append(a)
        raise AttributeError("inner")

    value = pg.compound(failing)(1)
    for name in ("x", "double", "other", "decomposed"):
        calls.clear()
        with pytest.raises(AttributeError, match="inner"):
            getattr(value, name)
        assert calls == [1]
    nothing: Any = made_by(Point, lambda a: calls.append(a))(2)
    assert nothing.decomposed is None and nothing.decomposed is None
    assert calls == [1, 2]
