"""What constructors take, and for which fields."""

import inspect

import pytest

import pyglove as pg
from pyglove.symbolic.compiled.object_arguments import init_signature, split_arguments
from tests.symbolic.helper import Leaf


def test_names_and_what_takes_the_rest():
    assert split_arguments(["a", "*b"]) == (["a"], "b")
    assert split_arguments([]) == ([], None)


def test_a_signature_names_the_fields():
    parameters = init_signature(Leaf, with_self=True).parameters
    assert list(parameters) == ["self", "x", "y", "z"]
    assert list(init_signature(Leaf).parameters) == ["x", "y", "z"]


def test_defaults_in_signatures_come_last():
    class Mixed(pg.Object):
        a: int = 1
        b: int

    parameters = init_signature(Mixed).parameters
    assert parameters["a"].default == 1
    assert parameters["b"].default == pg.MISSING_VALUE
    assert Mixed(b=2).a == 1
    with pytest.raises(TypeError, match="none for 'b'"):
        Mixed()


@pytest.mark.parametrize("value", ["no", 1, None])
def test_options_have_types(value):
    class Base(pg.Object):
        x: int

    with pytest.raises(TypeError, match="allow_partial"):
        Base(x=1, allow_partial=value)
    assert Base(x=1, allow_partial=True).allow_partial
    assert not Base(x=1, allow_partial=False).allow_partial


def test_annotations_of_further_keywords():
    class Base(pg.Object):
        x: int
        __kwargs__: str

    assert str(inspect.signature(Base.__init__)) == "(self, x: int, **kwargs: str)"
    assert str(inspect.signature(Base)) == "(x: int, **kwargs: str)"


def init_without_super(self, x):
    self._note = x


def init_that_assigns(self, x):
    self.x = x


def init_that_reads(self, x):
    self._note = self.x


def init_that_rebinds(self, x):
    self.rebind(x=x)


@pytest.mark.parametrize(
    "init",
    [init_without_super, init_that_assigns, init_that_reads, init_that_rebinds],
)
@pytest.mark.parametrize("writable", [False, True])
def test_a_constructor_that_forgets_its_base(init, writable):
    class Base(pg.Object):
        allow_symbolic_assignment = writable
        x: int
        __init__ = pg.explicit_method_override(init)

    class Sub(Base):
        y: int = 1

    for cls in (Base, Sub):
        with pytest.raises(ValueError, match=rf"`{cls.__name__}.__init__`.*super"):
            cls(1)


def test_constructors_that_call_their_base():
    class Base(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, x: int):
            """Creates it."""
            self._note = x
            self._set()

        def _set(self):
            pg.Object.__init__(self, x=self._note)

    class Late(Base):
        @pg.explicit_method_override
        def __init__(self, x):
            super().__init__(x)

        def _set(self):
            pass

    class Later(Late):
        @pg.explicit_method_override
        def __init__(self, x):
            super().__init__(x)
            pg.Object.__init__(self, x=x)

    assert Base(1).x == Later(1).x == 1 and Base(1).clone() == Base(1)
    assert str(inspect.signature(Base)) == "(x: int)"
    assert Base.__init__.__doc__ == "Creates it."
    with pytest.raises(ValueError, match="Late"):
        Late(1)


def test_errors_of_constructors_are_their_own():
    class Base(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, x):
            raise {1: KeyError("mine"), 2: AttributeError("mine")}[x]

    with pytest.raises(KeyError, match="mine"):
        Base(1)
    with pytest.raises(AttributeError, match="mine"):
        Base(2)


def test_positional_arguments_of_super_are_for_the_class_of_the_object():
    @pg.use_init_args([])
    class Base(pg.Object):
        z: int = 1

    class Middle(Base):
        @pg.explicit_method_override
        def __init__(self, *args, z=2, **kwargs):
            super().__init__(*args, z=z, **kwargs)

    @pg.use_init_args(["s"])
    class Single(Middle):
        s: int

    @pg.use_init_args(["s", "*rest"])
    class Many(Middle):
        s: int
        rest: list[int]

    assert Single(3).sym_init_args == {"z": 2, "s": 3}
    assert Single(s=3, z=4) == Single(3, z=4)
    assert Many(3, 4, 5).rest == [4, 5] and Many(3).rest == []
    with pytest.raises(TypeError, match=r"1 positional .* of Single \(s\), got 2"):
        Single(3, 4)
    with pytest.raises(TypeError, match=r"at most 0 positional .* of Middle, got 1"):
        Middle(3)


def test_all_positional_arguments_of_super_count():
    class Base(pg.Object):
        a: int = 1
        b: int = 2

    class Longer(Base):
        c: int = 3

        @pg.explicit_method_override
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)

    assert Longer(4, 5, 6).sym_init_args == {"a": 4, "b": 5, "c": 6}
    assert Longer(4, c=6).sym_init_args == {"a": 4, "b": 2, "c": 6}
    with pytest.raises(TypeError, match="'c' of Longer, got two"):
        Longer(4, 5, 6, c=6)
