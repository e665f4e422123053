"""Creation of objects in spite of detours, and copies of objects."""

import copy

import pytest

import pyglove as pg
from pyglove.detouring import detour, undetoured_new


class A:
    def __init__(self, x):
        self.x = x
        self.child = A(x - 1) if x else None


class B:
    def __init__(self, x=None):
        self.x = x


class Program(pg.Object):
    x: int


class OtherProgram(pg.Object):
    x: int


class Caching(type):
    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.was_seen_by_metaclass = True
        return made


class Cached(metaclass=Caching):
    def __init__(self, x):
        self.x = x


def test_object_in_spite_of_a_detour():
    with detour([(A, B)]):
        made = undetoured_new(A, 1)
        assert type(made) is A
        assert type(undetoured_new(A, x=0)) is A
        assert type(A(1)) is B


def test_objects_that_its_init_creates_take_detours():
    with detour([(A, B)]):
        assert type(undetoured_new(A, 1).child) is B


def test_within_the_function_of_its_detour():
    with detour([(A, lambda cls, x: [undetoured_new(cls, x)])]):
        (made,) = A(1)
    assert type(made) is type(made.child) is A


def test_without_a_detour():
    assert undetoured_new(A, 0).x == 0
    assert undetoured_new(int, "3") == 3


def test_arguments_may_have_any_name():
    class Named:
        def __init__(self, cls):
            self.value = cls

    with detour([(Named, B)]):
        assert undetoured_new(Named, cls=1).value == 1


def test_metaclasses_have_their_say():
    with detour([(Cached, A), (B, Cached)]):
        assert undetoured_new(Cached, 1).was_seen_by_metaclass
        assert B(1).was_seen_by_metaclass


def test_an_error_leaves_the_detour_in_force():
    with detour([(A, B)]):
        with pytest.raises(TypeError):
            undetoured_new(A)
        assert type(A(1)) is B
    with detour([(Cached, B)]):
        with pytest.raises(TypeError):
            undetoured_new(Cached, 1, 2)
        assert type(Cached(1)) is B


@pytest.mark.parametrize("value", [3, len, None])
def test_what_is_no_class(value):
    with pytest.raises(TypeError, match="Expected a class, got"):
        undetoured_new(value)


def test_copies_keep_their_class():
    made = A(1)
    with detour([(A, B)]):
        assert type(copy.copy(made)) is A
        assert type(copy.deepcopy(made).child) is A


def test_symbolic_objects():
    with detour([(Program, OtherProgram)]):
        assert type(Program(1)) is type(Program(x=1)) is OtherProgram
        assert type(undetoured_new(Program, x=1)) is Program
        assert type(Program.partial()) is OtherProgram
        loaded = pg.from_json({"_type": Program.__serialization_key__, "x": 1})
        assert type(loaded) is OtherProgram
    assert type(Program(1)) is Program


def test_clones_of_symbolic_objects_keep_their_class():
    @pg.functor
    def scale(x, *args):
        return x

    values = [Program(1), pg.Dict(x=1), pg.List([1]), scale(1)]
    with detour([(type(v), B) for v in values]):
        for value in values:
            assert type(value.clone()) is type(value)
            assert type(value.clone(deep=True)) is type(value)
            assert type(copy.copy(value)) is type(value)


def test_symbolic_wrappers():
    class Layer:
        def __init__(self, units):
            self.units = units

    SymbolicLayer = pg.wrap(Layer)
    with detour([(Layer, SymbolicLayer)]):
        layer = Layer(3)
        assert layer.rebind(units=4).units == 4
        assert isinstance(layer, Layer)
    assert type(Layer(3)) is Layer


def test_functors():
    @pg.functor
    def add(x, y):
        return x + y

    @pg.functor
    def multiply(x, y):
        return x * y

    with detour([(add, multiply)]):
        assert add(3)(y=4) == 12
    assert add(3)(y=4) == 7
