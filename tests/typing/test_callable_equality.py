import pytest

import pyglove.typing as pgt


class A:
    def f(self):
        pass

    def g(self):
        pass


def adder(n):
    return lambda x: x + n


def make(body, **scope):
    return eval(f"lambda x, y=1: {body}", scope)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (None, None, True),
        (None, len, False),
        (len, len, True),
        (A, A, True),
        (make("x"), make("x"), True),
        (make("x + 1"), make("x + 2"), False),
        (make("x + 1"), make("x + 1.0"), False),
        (make("x.a"), make("x.b"), False),
        (lambda x, y=1: x, lambda x, y=2: x, False),
        (lambda x, *, y=1: x, lambda x, *, y=2: x, False),
        (make("(lambda: 1)"), make("(lambda: 2)"), False),
        (make("(lambda: 1)"), make("(lambda: 1)"), True),
        (adder(1), adder(1), True),
        (adder(1), adder(2), False),
    ],
)
def test_functions(x, y, expected):
    assert pgt.callable_eq(x, y) is expected
    assert pgt.callable_eq(y, x) is expected


def test_methods_belong_to_their_object():
    a, b = A(), A()
    assert pgt.callable_eq(a.f, a.f)
    assert not pgt.callable_eq(a.f, b.f)
    assert not pgt.callable_eq(A.f, a.f)


def test_variables_that_are_not_assigned_yet():
    def make_recursive():
        def first():
            return later

        def second():
            return later

        equal = pgt.callable_eq(first, second)
        later = 1
        return equal, first() == later

    assert make_recursive() == (True, True)
