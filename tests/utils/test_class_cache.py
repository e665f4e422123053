"""What is worked out of a class is kept for as long as the class lives."""

import gc
import weakref

from pyglove.utils.class_cache import per_class


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
