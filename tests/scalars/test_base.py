"""Scalars and arithmetic on them."""

import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import scalars

STEP = scalars.STEP
OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.mod]


@pytest.mark.parametrize("op", [*OPERATORS, operator.floordiv])
@given(x=st.integers(1, 50), y=st.integers(1, 50))
def test_arithmetic_is_that_of_numbers(op, x, y):
    assert op(STEP, y)(x) == op(x, y)
    assert op(x, STEP)(y) == op(x, y)


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        (-STEP, -3),
        (abs(-STEP), 3),
        (STEP**2, 9.0),
        (2**STEP, 8.0),
        ((STEP / 2).floor(), 1),
        ((STEP / 2).ceil(), 2),
        (STEP + (lambda step: step * 10), 33),
    ],
)
def test_value_at_step_three(scalar, expected):
    assert scalar(3) == expected


def test_power_is_a_float_as_of_math_pow():
    assert isinstance((STEP**2)(3), float)


def test_repr_shows_the_expression():
    assert repr(1 - STEP * 2) == ("Substraction(x=1, y=Multiplication(x=_Step(), y=2))")


@pytest.mark.parametrize("bad", ["a", None, [1]])
def test_operand_that_is_no_number(bad):
    with pytest.raises((TypeError, ValueError)):
        STEP + bad


def test_make_scalar():
    assert repr(scalars.make_scalar(3)) == "Constant(value=3)"
    assert scalars.make_scalar(STEP) is STEP
    assert scalars.make_scalar(lambda step: step + 1)(1) == 2
    assert scalars.make_scalar(None)(0) is None


def test_scalar_value():
    assert scalars.scalar_value(1.5, 7) == 1.5
    assert scalars.scalar_value(STEP, 7) == 7
    assert scalars.scalar_value(lambda step: step + 1, 7) == 8


def test_scalar_spec_takes_values_and_functions():
    spec = scalars.scalar_spec(pg.typing.Int(min_value=0))
    assert spec.apply(3) == 3
    assert spec.apply(STEP) is STEP
    with pytest.raises(ValueError, match="Expected a number"):
        spec.apply(-1)
    with pytest.raises(TypeError):
        spec.apply("a")


def test_subclass():
    class Tens(scalars.Scalar):
        def call(self, step):
            return step * 10

    assert (Tens() + 1)(3) == 31


def test_unary_and_binary_subclass():
    class Twice(scalars.UnaryOp):
        def operate(self, x):
            return x * 2

    class Hypotenuse(scalars.BinaryOp):
        def operate(self, x, y):
            return math.hypot(x, y)

    assert Hypotenuse(Twice(STEP), 8)(3) == 10.0


def test_scalar_is_abstract():
    with pytest.raises(TypeError):
        scalars.Scalar()


def test_equality_and_json():
    scalar = (STEP + 1) / 2
    assert scalar == (STEP + 1) / 2
    assert scalar != (STEP + 2) / 2
    restored = pg.from_json(pg.to_json(scalar))
    assert restored == scalar
    assert restored(3) == 2.0
