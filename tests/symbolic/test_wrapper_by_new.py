"""Wrappers of classes whose objects are made by `__new__`."""

import copy
import datetime
import fractions
import pickle
from typing import NamedTuple

import pytest

import pyglove as pg


class Point(NamedTuple):
    x: int
    y: int = 2

    def total(self):
        return self.x + self.y


class Made:
    def __new__(cls, a, b=2):
        made = super().__new__(cls)
        made.total = a + b
        return made

    def __repr__(self):
        return f"made {self.total}"


SymbolicPoint = pg.wrap(Point, class_name="SymbolicPoint")
Fraction = pg.wrap(fractions.Fraction)


def test_named_tuples():
    value = SymbolicPoint(1, 3)
    assert isinstance(value, Point) and isinstance(value, pg.symbolic.ClassWrapper)
    x, y = value
    assert (x, y, value.x, value[1], len(value), value.total()) == (1, 3, 1, 3, 2, 4)
    assert repr(value) == "SymbolicPoint(x=1, y=3)"
    assert value == Point(1, 3) == SymbolicPoint(1, 3) and value != SymbolicPoint(1)
    assert hash(value) == hash(Point(1, 3))
    assert value.rebind(y=5).total() == 6 and value.sym_wrapped == Point(1, 5)
    assert SymbolicPoint.init_arg_list == ["x", "y"] and SymbolicPoint(1).y == 2
    with pytest.raises(TypeError, match="got none for"):
        SymbolicPoint()


def test_numbers():
    half = Fraction(1, 2)
    assert half + 1 == 1 + half == fractions.Fraction(3, 2) and half < 1
    assert half.numerator == 1 and half.rebind(numerator=3).numerator == 3
    assert Fraction(2, 4).denominator == 2
    with pytest.raises(ZeroDivisionError):
        Fraction(1, 0)


def test_it_is_symbolic():
    value = SymbolicPoint(1, 3)
    assert value.clone() == value and value.clone().total() == 4
    assert pg.from_json(value.to_json()) == value
    for copied in (
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),
    ):
        assert copied == value and type(copied) is type(value)
    half = pickle.loads(pickle.dumps(Fraction(1, 2)))
    assert half == fractions.Fraction(1, 2) and type(half) is Fraction
    tree = pg.Dict(p=value)
    assert tree.p is value and tree.rebind({"p.x": 7}).p.total() == 10
    assert pg.eq(SymbolicPoint(1), SymbolicPoint(1))


def test_spaces():
    space = SymbolicPoint(pg.oneof([1, 2]), y=pg.oneof([3, 4]))
    assert [p.total() for p in pg.iter(space)] == [4, 5, 5, 6]
    with pytest.raises(AttributeError, match=r"a space \(because of 'x', 'y'\)"):
        space.total  # noqa: B018
    assert space == space and isinstance(hash(space), int) and "OneOf" in repr(space)
    assert not SymbolicPoint.partial().wrapped_cls_initialized


def test_a_class_of_ones_own():
    cls = pg.wrap(Made)
    value = cls(1)
    assert (value.total, value.rebind(b=5).total) == (3, 6)
    assert repr(value) == "Made(a=1, b=5)" and value != cls(1, 5)
    plain = pg.wrap(Made, repr=False, eq=True)
    assert repr(plain(1)) == str(plain(1)) == "made 3" and plain(1) == plain(1)


def test_classes_that_do_not_tell():
    assert pg.wrap(int)("12") + 1 == 13 and pg.wrap(str)("a").upper() == "A"
    assert pg.wrap(complex)(1, 2).imag == 2
    with pytest.raises(TypeError, match="without arguments"):
        pg.wrap(datetime.date)(2020, 1, 1)


def test_wrapping_in_a_scope():
    with pg.apply_wrappers([SymbolicPoint]):
        value = Point(1)
    assert isinstance(value, SymbolicPoint) and value.total() == 3
    assert type(Point(1)) is Point


def test_both_constructors():
    seen = []

    class Both:
        def __new__(cls, a, b=2):
            made = super().__new__(cls)
            made.total = a + b
            seen.append(made)
            return made

        def __init__(self, a, b=2):
            self.product = a * b

    class Other:
        def __new__(cls, a):
            made = object.__new__(cls)
            made.twice = 2 * a
            return made

        def __init__(self, a):
            self.a = a

    cls = pg.wrap(Both)
    value = cls(1)
    assert seen == [value] and (value.total, value.product) == (3, 2)
    assert (value.rebind(b=9).total, value.product) == (10, 9)
    assert value.clone().total == 10 and copy.copy(value).total == 10
    assert [v.total for v in pg.iter(cls(pg.oneof([1, 2])))] == [3, 4]
    assert pg.wrap(Other)(3).twice == 6 and pg.wrap(Other)(3).rebind(a=4).twice == 8
    seen.clear()
    cls(pg.oneof([1, 2]))
    assert seen == []
