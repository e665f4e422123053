"""Symbolic objects where ordinary classes are called."""

import threading

import pytest

import pyglove as pg


class Layer:
    def __init__(self, units, name="layer"):
        self.units = units
        self.name = name


class Wide(Layer):
    def __init__(self, units):
        super().__init__(units * 2)


class Counted:
    made = 0

    def __new__(cls, n):
        Counted.made += 1
        return super().__new__(cls)

    def __init__(self, n):
        self.n = n


SymLayer = pg.wrap(Layer)
SymWide = pg.wrap(Wide)
SymCounted = pg.wrap(Counted)


def build():
    return [Layer(1), Layer(units=2, name="x")]


def test_calls_within_the_scope_are_symbolic():
    with pg.apply_wrappers([SymLayer]):
        one, two = build()
        assert type(one) is type(two) is SymLayer
        assert isinstance(Layer(3), pg.Object) and isinstance(Layer(3), Layer)
        assert type(Wide(3)) is Wide
        assert type(SymLayer(3)) is SymLayer
    assert one.units == 1 and two.name == "x"
    assert one.rebind(units=5).units == 5
    assert type(build()[0]) is Layer


def test_scopes_nest():
    with pg.apply_wrappers([SymLayer]):
        with pg.apply_wrappers([SymWide]):
            assert type(Layer(1)) is SymLayer and type(Wide(1)) is SymWide
            assert Wide(1).units == 2
        assert type(Wide(1)) is Wide and type(Layer(1)) is SymLayer
    assert type(Layer(1)) is Layer


def test_which_wrappers():
    with pg.apply_wrappers():
        assert type(Layer(1)) is SymLayer and type(Wide(1)) is SymWide
    with pg.apply_wrappers(where=lambda c: c is SymWide):
        assert type(Layer(1)) is Layer and type(Wide(1)) is SymWide
    with pytest.raises(TypeError, match=r"made by `pg\.wrap`"):
        pg.apply_wrappers([Layer])


def test_scopes_end_with_an_error():
    with pytest.raises(ZeroDivisionError), pg.apply_wrappers([SymLayer]):
        1 / 0  # noqa: B018
    assert type(Layer(1)) is Layer


def test_other_threads_do_not_see_it():
    found = []
    with pg.apply_wrappers([SymLayer]):
        thread = threading.Thread(target=lambda: found.append(type(Layer(1))))
        thread.start()
        thread.join()
    assert found == [Layer]


def test_a_class_with_its_own_new():
    before = Counted.made
    with pg.apply_wrappers([SymCounted]):
        assert type(Counted(1)) is SymCounted
    assert type(Counted(2)) is Counted and Counted(2).n == 2
    assert Counted.made == before + 3


def test_a_constructor_that_fails():
    with pg.apply_wrappers([SymLayer]), pytest.raises(TypeError):
        Layer()
    with pytest.raises(TypeError):
        Layer()
    with pytest.raises(TypeError):
        Layer(1, 2, 3)


def test_the_last_wrapper_of_a_class():
    class Unit:
        def __init__(self, n):
            self.n = n

    first, second = (pg.wrap(Unit, class_name=name) for name in ("One", "Two"))
    with pg.apply_wrappers(where=lambda c: c in (first, second)):
        assert type(Unit(1)) is second
    with pg.apply_wrappers([second, first]):
        assert type(Unit(1)) is first


def test_classes_written_in_c():
    number = pg.wrap(int, class_name="Number")
    with pytest.raises(TypeError, match="Python"):
        pg.apply_wrappers([number])
    with pg.apply_wrappers(where=lambda c: c in (number, SymLayer)):
        assert type(Layer(1)) is SymLayer and type(int("3")) is int
