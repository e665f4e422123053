"""Relations: what each of them allows, and for which decisions it makes sense."""

import functools
import itertools
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.geno import helper

VALUES = [3, 1, 2, 1]


def spec(constraint, count=3):
    """Choices among the same numbers, one of them twice."""
    points = [
        geno.oneof(helper.constants(4), VALUES, location=f"x[{i}]")
        for i in range(count)
    ]
    return geno.ConstrainedSpace(points, constraints=[constraint])


def allowed(constraint, count=3):
    return [
        tuple(VALUES[i] for i in dna.to_numbers())
        for dna in spec(constraint, count).iter_dna()
    ]


def expected(holds, count=3):
    every = itertools.product(VALUES, repeat=count)
    return [values for values in every if holds(*values)]


@pytest.mark.parametrize(
    ("constraint", "holds"),
    [
        (geno.Increasing(), lambda a, b, c: a <= b <= c),
        (geno.Increasing(strictly=True), lambda a, b, c: a < b < c),
        (geno.Decreasing(), lambda a, b, c: a >= b >= c),
        (geno.Decreasing(strictly=True), lambda a, b, c: a > b > c),
        (geno.Increasing(["x[2]", "x[0]", "x[1]"]), lambda a, b, c: c <= a <= b),
        (
            geno.Decreasing(["x[1]", "x[2]", "x[0]"], True),
            lambda a, b, c: b > c > a,
        ),
        (geno.Distinct(), lambda a, b, c: len({a, b, c}) == 3),
        (geno.Distinct(["x[0]", "x[2]"]), lambda a, b, c: a != c),
        (geno.Total(at_most=4), lambda a, b, c: a + b + c <= 4),
        (geno.Total(at_least=8), lambda a, b, c: a + b + c >= 8),
        (geno.Total("x", 5, 6), lambda a, b, c: 5 <= a + b + c <= 6),
        (geno.Total(["x[0]", "x[2]"], 4, 4), lambda a, b, c: a + c == 4),
        (geno.Forbidden({"x[0]": 1, "x[2]": 2}), lambda a, b, c: (a, c) != (1, 2)),
        (geno.Forbidden({"x": 1}), lambda a, b, c: (a, b, c) != (1, 1, 1)),
    ],
)
def test_what_is_allowed(constraint, holds):
    assert allowed(constraint) == expected(holds)
    loaded = pg.from_json_str(pg.to_json_str(constraint))
    assert pg.eq(loaded, constraint) and allowed(loaded) == expected(holds)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=4), st.data())
def test_sums_of_floats_are_given_up_only_when_they_must_be(values, data):
    # One after the other: from Python 3.12 on, `sum` makes up for rounding.
    total = functools.reduce(operator.add, values)
    constraint = geno.Total(at_least=total, at_most=total)
    points = [geno.floatv(-10.0, 10.0, location=f"x[{i}]") for i in range(len(values))]
    space = geno.ConstrainedSpace(points, constraints=[constraint])
    assert space.is_feasible(pg.DNA.from_numbers(values, space))
    values[data.draw(st.integers(0, len(values) - 1))] = 10.0
    expected = functools.reduce(operator.add, values) == total
    assert space.is_feasible(pg.DNA.from_numbers(values, space)) == expected


def test_strings_are_told_apart():
    texts = ["'a'", "'b'", "Conv(1)"]
    points = [
        geno.oneof(helper.constants(3), texts, location=f"x[{i}]") for i in range(2)
    ]
    distinct = geno.ConstrainedSpace(points, constraints=[geno.Distinct()])
    assert len(list(distinct.iter_dna())) == 6
    forbidden = geno.Forbidden({"x[0]": "a", "x[1]": "Conv(1)"})
    space = geno.ConstrainedSpace(
        list(distinct.clone().elements), constraints=[forbidden]
    )
    assert not space.is_feasible(pg.DNA([0, 2]))
    assert len(list(space.iter_dna())) == 8


@pytest.mark.parametrize(
    "constraint", [geno.Increasing("t"), geno.Decreasing("t"), geno.Total("t", 1)]
)
@pytest.mark.parametrize(
    ("point", "message"),
    [
        (
            geno.oneof(helper.constants(2), [1, "'a'"], location="t"),
            "numbers as values of decision 't' for constraint .*, got 'a'",
        ),
        (geno.custom(location="t"), "numbers as values .*, got CustomDecisionPoint"),
    ],
)
def test_order_and_sums_need_numbers(constraint, point, message):
    with pytest.raises(ValueError, match=message):
        geno.ConstrainedSpace([point], constraints=[constraint])


def test_choices_without_literal_values_count_by_index():
    points = [geno.oneof(helper.constants(2), location=f"x[{i}]") for i in range(2)]
    space = geno.ConstrainedSpace(points, constraints=[geno.Total(at_least=2)])
    assert [dna.to_numbers() for dna in space.iter_dna()] == [[1, 1]]


def test_a_total_has_a_range():
    with pytest.raises(ValueError, match="'at_least' or 'at_most'"):
        geno.Total("x")


def test_something_is_forbidden():
    with pytest.raises(ValueError, match="at least one decision"):
        geno.Forbidden({})


def test_tries_are_positive():
    with pytest.raises(ValueError, match="max_tries"):
        geno.Distinct(max_tries=0)
