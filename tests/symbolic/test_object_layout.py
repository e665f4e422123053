"""How a class is laid out, and which constructor it has."""

import inspect
import pickle

import pytest

import pyglove as pg
from pyglove.symbolic.object_layout import exact_leaf_types


def test_types_that_are_stored_as_they_are():
    assert exact_leaf_types(pg.typing.Int()) == {int}
    assert exact_leaf_types(pg.typing.Int(min_value=0)) == set()
    assert float in exact_leaf_types(None)


class Parsed(pg.Object):
    """Has a constructor of its own."""

    x: int
    y: int = 1

    @pg.explicit_method_override
    def __init__(self, text, **kwargs):
        super().__init__(x=int(text), **kwargs)


class Wider(Parsed):
    z: int = 3


class Needing(Wider):
    w: int


class Widest(Wider):
    @pg.explicit_method_override
    def __init__(self):
        super().__init__("9", z=5)


def test_a_constructor_is_inherited():
    assert Wider("1", z=4).sym_init_args == {"x": 1, "y": 1, "z": 4}
    assert Needing("1", w=2).sym_init_args == {"x": 1, "y": 1, "z": 3, "w": 2}
    assert Widest().sym_init_args == {"x": 9, "y": 1, "z": 5}
    assert Wider.__init__ is Parsed.__init__
    assert str(inspect.signature(Wider)) == "(text, **kwargs)"
    assert Wider.partial("1").allow_partial
    with pytest.raises(TypeError, match="missing 1 required argument: 'w'"):
        Needing("1")
    for value in (Wider("1"), Needing("1", w=2), Widest()):
        assert value.clone() == value == pg.from_json(value.to_json())
        assert pickle.loads(pickle.dumps(value)) == value


class Stateful:
    def __init__(self, **kwargs):
        self.state = {"fields": [n for n in vars(self) if "field" in n]}
        super().__init__(**kwargs)


def test_bases_that_are_not_symbolic_are_initialized():
    class Base(pg.Object):
        x: int

    class Both(Base, Stateful):
        y: int = 2

    class Function(pg.Functor, Stateful):
        x: int

        def _call(self):
            return self.x

    class Variadic(pg.Object, Stateful):
        x: list[int]

    pg.use_init_args(["*x"])(Variadic)

    value = Both(1)
    for made in (
        *(value, value.clone(), value.clone(deep=True), pg.from_json(value.to_json())),
        *(Both.partial(), Both(1, sealed=True), Function(1), Function(1).clone()),
        *(Variadic(1, 2), Variadic(1).clone(), Both._sym_make(1, 2)),
    ):
        assert made.state == {"fields": []}
    made.state["fields"].append(1)
    assert made.clone().state == {"fields": []}


def test_constructors_of_mixins_may_not_hide_that_of_the_object():
    with pytest.raises(TypeError, match="is managed by PyGlove"):

        class Hidden(Stateful, pg.Object):
            x: int

    class Plain:
        pass

    class Fine(Plain, pg.Object):
        x: int

    assert Fine(1).x == 1
