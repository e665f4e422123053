"""Mathematical functions of scalars."""

import math

import pytest

from pyglove import scalars


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (scalars.sin, math.sin),
        (scalars.cos, math.cos),
        (scalars.exp, math.exp),
        (scalars.sqrt, math.sqrt),
        (scalars.log, math.log),
    ],
)
def test_function_of_step(make, expected):
    assert make(scalars.STEP)(2) == expected(2)


def test_log_takes_a_base():
    assert scalars.log(scalars.STEP, 2)(8) == 3.0


def test_log_of_zero():
    with pytest.raises(ValueError, match="math domain"):
        scalars.log(scalars.STEP)(0)


def test_short_names_are_the_classes():
    assert scalars.sin is scalars.Sine
    assert scalars.cos is scalars.Cosine
    assert scalars.exp is scalars.Exp
    assert scalars.sqrt is scalars.SquareRoot
    assert scalars.log is scalars.Log
