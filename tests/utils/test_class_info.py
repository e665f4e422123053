"""What a class itself says, and what is worked out of it."""

import functools
import gc
import inspect
import weakref

import pytest

from pyglove.utils.class_info import (
    own_annotations,
    own_docstring,
    per_class,
    static_attribute,
)


class Base:
    x: int

    @property
    def p(self):
        return 1

    @staticmethod
    def s():
        return 1


class Derived(Base):
    y: "list[int]" = []

    @functools.cached_property
    def q(self):
        return 1


class Bare(Derived):
    pass


def test_annotations_are_those_of_inspect():
    for cls in (Base, Derived, Bare, int):
        assert own_annotations(cls) == inspect.get_annotations(cls)
    own_annotations(Base)["z"] = int
    assert own_annotations(Base) == {"x": int}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "One line.",
        "  One line.  ",
        """One.

          Two:
            three

        """,
        "\n\n    a\n  b\n   \n",
        "a\n\tb\n\t\tc\n",
        "a\n   \n",
    ],
)
def test_docstrings_are_those_of_inspect(text):
    cls = type("A", (Base,), {"__doc__": text})
    assert own_docstring(cls) == (inspect.cleandoc(text) if text else "")


def test_attributes_are_those_of_inspect():
    for cls in (Base, Derived, Bare):
        for name in ("x", "y", "p", "q", "s", "nope", "__init__", "__class__"):
            expected = inspect.getattr_static(cls, name, None)
            assert static_attribute(cls, name) is expected
    assert static_attribute(Base, "nope", 1) == 1


def test_each_class_is_asked_once():
    asked = []

    @per_class
    def name(cls):
        """Names a class."""
        asked.append(cls)
        return cls.__name__

    assert [name(cls) for cls in (int, str, int, type, str)] == [
        *("int", "str", "int", "type", "str")
    ]
    assert asked == [int, str, type]
    assert name.__doc__ == "Names a class."


def test_classes_that_are_gone_are_forgotten():
    @per_class
    def number(cls):
        return cls.number

    def make(n):
        return type("Made", (), {"number": n})

    # Identities are taken again, results are not.
    assert [number(make(n)) for n in range(100)] == [*range(100)]
    last = make(5)
    assert number(last) == 5
    reference = weakref.ref(last)
    del last
    gc.collect()
    assert reference() is None


def test_metaclasses_may_have_their_own_equality():
    class Alike(type):
        def __eq__(cls, other):
            return True

        __hash__ = None

    @per_class
    def name(cls):
        return cls.__name__

    assert [name(Alike(n, (), {})) for n in "ab"] == ["a", "b"]
