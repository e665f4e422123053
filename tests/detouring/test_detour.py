"""Detours: blocks in which classes give way to others."""

import pytest

from pyglove import detouring
from pyglove.detouring import current_mappings, detour, undetoured_new


class Named:
    def __init__(self, x=0, **kwargs):
        self.x = x
        self.kwargs = kwargs

    def __eq__(self, other):
        return (type(self), self.x) == other


class A(Named):
    pass


class B(Named):
    pass


class C(Named):
    pass


class Leaf:
    pass


class OtherLeaf:
    pass


class Nest:
    def __init__(self, depth):
        self.leaf = Leaf()
        self.nest = Nest(depth - 1) if depth else None


class OtherNest(Nest):
    def __init__(self, depth):
        self.leaf = Leaf()
        self.nest = None


def add_one(cls, x):
    return cls(x + 1)


def make_b(cls, x):
    return B(x)


def wrap_up(cls, *args, **kwargs):
    return cls, args, kwargs


def fail(cls, x):
    raise KeyError(x)


# Which object is created.


def test_class_to_class():
    with detour([(A, B)]) as mappings:
        assert A(1) == (B, 1)
        assert A(x=1, y=2).kwargs == {"y": 2}
        assert B(2) == (B, 2)
        assert mappings == {A: B}
        assert current_mappings() == {A: B}
    assert A(1) == (A, 1)
    assert current_mappings() == {}


def test_class_to_function():
    with detour([(A, wrap_up)]):
        assert A(1, 2, y=3) == (A, (1, 2), {"y": 3})
        assert A() == (A, (), {})


def test_arguments_may_have_any_name():
    with detour([(A, B)]):
        assert A(cls=1, args=2, kwargs=3).kwargs == {"cls": 1, "args": 2, "kwargs": 3}


def test_classes_can_be_exchanged():
    with detour([(A, B), (B, A)]):
        assert [A(1), B(1)] == [(B, 1), (A, 1)]


def test_mappings_of_one_block_do_not_follow_each_other():
    with detour([(A, B), (B, C)]):
        assert [A(1), B(1)] == [(B, 1), (C, 1)]


def test_of_several_mappings_the_last_one_counts():
    with detour([(A, B), (A, C)]):
        assert A(1) == (C, 1)


def test_a_class_to_itself():
    with detour([(A, A)]):
        assert A(1) == (A, 1)
        with detour([(A, B)]):
            assert A(1) == (A, 1)


def test_objects_inside_of_objects():
    with detour([(Leaf, OtherLeaf)]):
        assert type(Nest(1).nest.leaf) is OtherLeaf


def test_objects_inside_of_destinations():
    with detour([(Nest, OtherNest), (Leaf, OtherLeaf)]):
        nest = Nest(3)
    assert type(nest) is OtherNest
    assert type(nest.leaf) is OtherLeaf


def test_subclasses_take_no_detour():
    class Sub(A):
        pass

    class SubWithNew(A):
        def __new__(cls, x):
            return super().__new__(cls)

    with detour([(A, B)]):

        class LateSub(A):
            pass

        assert [type(c(1)) for c in (Sub, SubWithNew, LateSub)] == [
            Sub,
            SubWithNew,
            LateSub,
        ]
    assert [c(1).x for c in (Sub, SubWithNew, LateSub)] == [1, 1, 1]


def test_no_mappings():
    with detour([]) as mappings:
        assert mappings == current_mappings() == {}


def test_mappings_may_come_from_an_iterator():
    with detour(iter([(A, B)])):
        assert A(1) == (B, 1)


def test_what_is_yielded_cannot_change_detours():
    with detour([(A, B)]) as mappings:
        mappings.clear()
        current_mappings().clear()
        assert A(1) == (B, 1)


# Functions as destinations.


def test_within_a_function_its_class_is_created_as_usual():
    with detour([(A, add_one)]):
        assert A(1) == (A, 2)
        assert A(1) == (A, 2)
    with detour([(Nest, lambda cls, depth: [Nest(depth)])]):
        (nest,) = Nest(2)
        assert type(nest.nest) is Nest


def test_within_a_function_other_classes_take_detours():
    with detour([(A, make_b), (B, C)]):
        assert A(1) == (C, 1)


def test_within_a_function_nested_blocks_leave_its_class_alone():
    def nested(cls, x):
        with detour([(A, C), (B, C)]) as mappings:
            return A(x), B(x), mappings

    with detour([(A, nested)]):
        assert A(1) == ((A, 1), (C, 1), {A: A, B: C})


def test_functions_that_lead_to_each_other_end():
    with detour([(A, make_b), (B, lambda cls, x: A(10 * x))]):
        assert A(1) == (A, 10)
        assert B(1) == (B, 10)


def test_a_function_that_raises_leaves_its_detour_in_force():
    with detour([(A, fail)]):
        for _ in range(2):
            with pytest.raises(KeyError):
                A(1)


def test_result_of_a_function_is_taken_as_it_is():
    class Sub(A):
        def __init__(self, x):
            super().__init__(10 * x)

    with detour([(A, lambda cls, x: Sub(x + 1))]):
        assert A(1).x == 20
        assert Sub(1).x == 10
    with detour([(A, lambda cls, x: undetoured_new(cls, x + 1))]):
        assert A(1) == (A, 2)
    with detour([(A, lambda cls, x: None)]):
        assert A(1) is None


# Errors.


def test_exceptions_end_detours():
    with pytest.raises(KeyError), detour([(A, B)]):
        raise KeyError
    assert A(1) == (A, 1)
    assert current_mappings() == {}


@pytest.mark.parametrize(
    ("mappings", "error", "message"),
    [
        ([(1, A)], TypeError, "Expected a class as source of a detour, got 1"),
        ([(A, 1)], TypeError, "Expected a class or a function as destination .*got 1"),
        ([(A, print)], TypeError, "got <built-in function print>"),
        ([(A, A(1).__eq__)], TypeError, "got <bound method"),
        ([A], TypeError, "Expected a pair"),
        ([(A, B, C)], ValueError, "Expected a pair"),
        ({A: B}, TypeError, "Expected a sequence of pairs"),
        (None, TypeError, "Expected a sequence of pairs.*got None"),
        ([(int, A)], TypeError, "Expected a class defined in Python .*<class 'int'>"),
        ([(A, B), (dict, A)], TypeError, "Expected a class defined in Python"),
        ([(A, B), (1, A)], TypeError, "Expected a class as source"),
    ],
)
def test_bad_mappings(mappings, error, message):
    with (
        pytest.raises(error, match=message) as raised,
        detour(mappings),
    ):
        pass
    assert type(raised.value).__name__ == f"PyGlove{error.__name__}"
    assert A(1) == (A, 1)


def test_public_names():
    assert set(detouring.__all__) == {"detour", "undetoured_new", "current_mappings"}
