"""Operators: arithmetic and comparisons."""

import pytest

from pyglove import mutfun
from tests.mutfun.helper import Call, Cube, Function, a, x, y


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (x + (y + 1), "x + (y + 1)"),
        ((x + y) + 1, "(x + y) + 1"),
        ((x + y) * 2, "(x + y) * 2"),
        (x + y * 2, "x + y * 2"),
        (x - -1, "x - -1"),
        (-x, "-x"),
        (mutfun.Negate(-x), "-(-x)"),
        (-(x + 1), "-(x + 1)"),
        (-(x**2), "-(x ** 2)"),
        ((-x) ** 2, "(-x) ** 2"),
        (mutfun.Power(-2, 2), "(-2) ** 2"),
        (mutfun.Power(2, -x), "2 ** -x"),
        ((x**2) ** 3, "(x ** 2) ** 3"),
        (x ** mutfun.Power(2, 3), "x ** (2 ** 3)"),
        (mutfun.Equals(x + 1, 2), "(x + 1) == 2"),
        (mutfun.NotEquals(1, 2) > 3, "(1 != 2) > 3"),
        ((x < 2) < 3, "(x < 2) < 3"),
        ((x < 2) + 3, "(x < 2) + 3"),
        (Call("f", [x + 1]) * 2, "f(x + 1) * 2"),
        (mutfun.Add("a", "b"), "'a' + 'b'"),
        (x // 2 % 3, "(x // 2) % 3"),
    ],
)
def test_text(code, text):
    assert str(code) == text
    assert code.python_repr(2) == "    " + text


def test_values():
    context = {"x": 7, "y": 2}
    for code, value in [
        (x + y, 9),
        (x - y, 5),
        (x * y, 14),
        (x / y, 3.5),
        (x // y, 3),
        (x % y, 1),
        (x**y, 49),
        (-x, -7),
        (x < y, False),
        (x > y, True),
        (mutfun.Equals(x, 7), True),
        (mutfun.NotEquals(x, 7), False),
    ]:
        assert code.evaluate(context) == value
    assert mutfun.Add.OPERATOR_FN(1, 2) == 3
    assert mutfun.Negate(1).OPERATOR_FN(2) == -2


def test_operators_of_users():
    class Both(mutfun.BinaryOperator):
        ORDER = 1
        OPERATOR_STR = "and"
        OPERATOR_FN = staticmethod(lambda x, y: x and y)

    class Neither(mutfun.UnaryOperator):
        ORDER = 1
        OPERATOR_STR = "not"

        @classmethod
        def OPERATOR_FN(cls, x):
            return not x

    class Least(mutfun.BinaryOperator):
        def OPERATOR_FN(self, x, y):
            return min(x, y)

    class At(mutfun.BinaryOperator):
        OPERATOR_STR = "@"
        OPERATOR_FN = staticmethod(lambda x, y: 10 * x + y)

    assert str(Both(Neither(x), y > 1)) == "(not x) and y > 1"
    assert str(Least(x + 1, 2) + 1) == "Least(x + 1, 2) + 1"
    assert str(At(At(x, 1), y + 1) + 1) == "((x @ 1) @ (y + 1)) + 1"
    assert str(-Cube(x + 1)) == "-cube(x + 1)"
    code = Both(Neither(x), y > 1)
    f = Function("f", [At(Least(x, y), Cube(y))], ["x", "y"])
    for _ in range(25):
        assert code.evaluate({"x": 0, "y": 2}) is True
        assert f(1, 2) == 18


def test_maybe_parenthesize():
    assert mutfun.Multiply(1, 2).maybe_parenthesize(x + 1) == "(x + 1)"
    assert mutfun.Multiply(1, 2).maybe_parenthesize(x**1) == "x ** 1"
    assert mutfun.Multiply(1, 2).maybe_parenthesize(-3) == "-3"
    assert mutfun.Multiply(1, 2).maybe_parenthesize(x) == "x"


@pytest.mark.parametrize("call", [lambda f: f(1), lambda f: f.compile()])
def test_an_operator_needs_a_function(call):
    f = Function("f", [mutfun.BinaryOperator(a, 2)], ["a"])
    with pytest.raises(NotImplementedError, match="Expected `OPERATOR_FN`"):
        call(f)


def test_operators_that_users_change_do_what_users_say():
    class Saturated(mutfun.Add):
        @classmethod
        def OPERATOR_FN(cls, x, y):
            return min(x + y, 10)

    class Constant(mutfun.Add):
        def evaluate(self, context):
            return 5

    f = Function("f", [Saturated(x, 3) * Constant(x, 1)], ["x"])
    for _ in range(25):
        assert f(9) == 50
