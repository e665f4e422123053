"""How a class is laid out, and which constructor it has."""

import inspect
import pickle
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

import pyglove as pg
from pyglove.symbolic.compiled.object_layout import exact_leaf_types


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
    with pytest.raises(TypeError, match="none for 'w'"):
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
    with pytest.raises(TypeError, match="leave `__init__` to PyGlove"):

        class Hidden(Stateful, pg.Object):
            x: int

    class Plain:
        pass

    class Fine(Plain, pg.Object):
        x: int

    assert Fine(1).x == 1


class Runs(pg.Object):
    run: Callable[[], Any]


class Implements(Runs):
    def run(self):
        return type(self).__name__


class Passes(Runs):
    pass


class Adds(Runs):
    n: int = 1


def test_a_method_implements_a_field_in_the_order_of_bases():
    class Both(Passes, Implements):
        pass

    class Other(Implements, Passes):
        pass

    class More(Adds, Implements):
        m: int = 2

    class Below(Both):
        pass

    for cls in (Both, Other, More, Below):
        assert cls().run() == cls.__name__
        assert "run" not in cls.init_arg_list and cls.__schema__["run"].value.frozen
        with pytest.raises(ValueError, match="run"):
            cls(run=lambda: None)
    assert More.init_arg_list == ["n", "m"]
    assert Passes(lambda: 3).run() == 3


def test_a_plain_base_implements_no_field():
    class Mixin:
        def run(self):
            return "mixin"

    class Sub(Passes, Mixin):
        pass

    with pytest.raises(TypeError, match="run"):
        Sub()
    assert Sub(lambda: 4).run() == 4


def test_defaults_come_in_the_order_of_bases():
    class Base(pg.Object):
        v: int = 1
        w: int = 1

    class Later(Base):
        v = 5

    class Redeclared(Base):
        v: int = 9

    class Plain(Base):
        pass

    class First(Plain, Later):
        pass

    class Second(Plain, Redeclared, Later):
        w = 2

    assert (First().v, First().w) == (5, 1)
    assert (Second().v, Second().w, Second().clone().v) == (9, 2, 9)
    assert Plain().v == 1


def test_a_method_of_a_field_of_another_kind():
    class Base(pg.Object):
        f: int

    class Method(Base):
        def f(self):
            return "method"

    class Plain(Base):
        pass

    class Both(Plain, Method):
        pass

    assert Both(1).f() == "method" and Both(1).sym_init_args.f == 1


def test_a_field_that_is_added_replaces_a_plain_attribute():
    class Added(pg.Object):
        x: int = 1
        plain = 5
        node = pg.Dict(a=1)

        def method(self):
            return "method"

    Added.update_schema(
        [
            (name, pg.typing.Any(default=default))
            for name, default in (("plain", 6), ("node", pg.Dict(a=2)), ("method", 3))
        ]
    )
    added = Added(plain=7)
    assert (added.plain, added.node, added.method()) == (7, {"a": 2}, "method")
    assert added.node.sym_parent is added

    class Base(pg.Object):
        plain = 5

    class Sub(Base):
        pass

    Sub.update_schema([("plain", pg.typing.Int(default=6))])
    assert (Sub().plain, Sub(plain=9).plain, Base.plain) == (6, 9, 5)


def test_a_class_with_a_constructor_of_its_own_is_compiled():
    class Base(pg.ContextualObject):
        x: int = 1

        @pg.explicit_method_override
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)

    class Sub(Base):
        y: int = 2

    sub = Sub(x=3)
    assert Sub._sym_is_compiled
    with pg.contextual_override(override_attrs=True, x=5, y=6):
        assert (sub.x, sub.y) == (5, 6)
    assert (sub.x, sub.y) == (3, 2)


def test_what_is_set_on_a_base_counts_for_subclasses():
    class Base(pg.Object):
        x: int = 1
        y: int = 2

    class Sub(Base):
        z: int = 3

    sub = Sub(5)
    with mock.patch.object(Base, "x", new=7):
        assert (sub.x, Sub().x, Base().x, sub.y) == (7, 7, 7, 2)
    assert (sub.x, Sub(4).x, sub.y, sub.z) == (5, 4, 2, 3)


def test_contextual_bases_read_in_context():
    class Contextual(pg.ContextualObject):
        x: int = 1

    class Plain(pg.Object):
        x: int = 2

    class First(Contextual, Plain):
        pass

    class Last(Plain, Contextual):
        pass

    with pg.contextual_override(override_attrs=True, x=9):
        values = [cls().x for cls in (Contextual, Plain, First, Last)]
    assert values == [9, 2, 9, 9]
