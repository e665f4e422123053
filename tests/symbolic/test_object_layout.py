"""From the body of a class to its fields."""

import inspect
import pickle
from typing import Any, Final, Literal, Optional

import pytest

import pyglove as pg
from pyglove.symbolic.object_layout import (
    class_description,
    exact_leaf_types,
    init_signature,
    split_arguments,
)
from tests.symbolic.helper import Leaf


def test_defaults_of_inherited_fields():
    class Sub(Leaf):
        x = 5
        z = pg.MISSING_VALUE
        w: bool

    assert Sub.init_arg_list == ["x", "y", "z", "w"]
    assert repr(Sub(w=True)) == "Sub(x=5, y=1.0, z='a', w=True)"
    assert repr(Leaf(1)) == "Leaf(x=1, y=1.0, z='a')"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"__annotations__": {"x": str}}, TypeError),
        ({"x": "a"}, TypeError),
        ({"__annotations__": {"n": int}, "n": "a"}, TypeError),
        ({"__annotations__": {"n": pg.typing.Int(max_value=1)}, "n": 2}, ValueError),
    ],
)
def test_bad_fields_are_found_at_once(body, error):
    with pytest.raises(error):
        type(pg.Object)("Bad", (Leaf,), {"__module__": __name__, **body})


def test_a_shared_value_spec_is_not_modified():
    spec = pg.typing.Int()

    class First(pg.Object):
        x: spec = 1

    class Second(pg.Object):
        x: spec

    assert First().x == 1
    with pytest.raises(TypeError, match="missing"):
        Second()
    assert not spec.has_default


def test_refined_fields():
    class Base(pg.Object):
        x: Any = None
        y: float = 1.0
        z: Optional[int] = None  # noqa: UP045

    class Sub(Base):
        x: int = 3
        z: int = 4

    assert Sub().x == 3 and Sub().z == 4
    with pytest.raises(TypeError):
        Sub("a")
    with pytest.raises(ValueError, match="cannot be None"):
        Sub(z=None)


def test_final_fields():
    class Fixed(pg.Object):
        x: Final[int] = 1

    assert Fixed().x == 1
    with pytest.raises(ValueError, match="Frozen"):
        Fixed(x=2)
    with pytest.raises(ValueError, match="Frozen"):

        class Other(Fixed):
            x = 2

    with pytest.raises(TypeError, match="'x' of Empty, which is declared as final"):

        class Empty(pg.Object):
            x: Final[int]


def test_a_constant_in_place_of_an_enumeration():
    class Base(pg.Object):
        kind: Literal["a", "b"]
        size: Final[int] = 1

    class Fixed(Base):
        kind: Final[str] = "b"
        size: Final[int] = 1

    assert Fixed().kind == "b" and Fixed.init_arg_list == []
    with pytest.raises(ValueError, match="Frozen"):
        Fixed(kind="a")
    with pytest.raises(TypeError):

        class Wrong(Base):
            kind: Final[str] = "c"


class Early(pg.Object):
    later: "Later | None" = None
    several: list["Later"] = []


class Later(pg.Object):
    x: int = 1


def test_names_of_classes_to_come():
    early = Early(Later(2), [Later(3)])
    assert early.later.x == 2
    for bad in (lambda: Early(1), lambda: Early(None, [1])):
        with pytest.raises(TypeError):
            bad()
    assert early.clone() == early


def test_fields_hide_methods_of_the_same_name():
    class Base(pg.Object):
        def f(self):
            return "method"

    class Sub(Base):
        f: int

    assert Sub(3).f == 3 and Base().f() == "method"


def test_helpers():
    assert split_arguments(["a", "*b"]) == (["a"], "b")
    assert split_arguments([]) == ([], None)
    assert exact_leaf_types(pg.typing.Int()) == {int}
    assert exact_leaf_types(pg.typing.Int(min_value=0)) == set()
    assert float in exact_leaf_types(None)
    assert class_description(Leaf) == "An object whose fields are atoms."
    assert list(init_signature(Leaf, with_self=True).parameters) == [
        "self",
        "x",
        "y",
        "z",
    ]


def test_defaults_in_signatures_come_last():
    class Mixed(pg.Object):
        a: int = 1
        b: int

    parameters = init_signature(Mixed).parameters
    assert parameters["a"].default == 1
    assert parameters["b"].default == pg.MISSING_VALUE
    assert Mixed(b=2).a == 1
    with pytest.raises(TypeError, match="missing 1 required argument: 'b'"):
        Mixed()


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
