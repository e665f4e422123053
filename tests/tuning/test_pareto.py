import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove.tuning import pareto

NAN = math.nan


def points_of(*values):
    return st.integers(1, 3).flatmap(
        lambda k: st.lists(
            st.tuples(*[st.sampled_from(values)] * k), min_size=1, max_size=10
        )
    )


@given(points_of(0, 1, 2, 3, 4, NAN))
def test_the_front_is_what_nothing_dominates(points):
    expected = [
        i
        for i, point in enumerate(points)
        if not any(pareto.dominates(other, point) for other in points)
    ]
    assert pg.tuning.pareto_front(points) == expected


@given(points_of(0, 1, 2, 3, 4))
def test_the_volume_is_that_of_unit_cubes(points):
    size = len(points[0])
    cubes = {
        corner
        for corner in itertools.product(range(4), repeat=size)
        for point in points
        if all(x > c for x, c in zip(point, corner, strict=True))
    }
    assert pg.tuning.hypervolume(points, [0] * size) == len(cubes)


@pytest.mark.parametrize(
    "left, right, expected",
    [
        ((1.0, 1.0), (1.0, 0.0), True),
        ((1.0, 1.0), (1.0, 1.0), False),
        ((2.0, 0.0), (1.0, 1.0), False),
        ((0.0, 1.0), (NAN, 1.0), True),
        ((NAN, 1.0), (0.0, 1.0), False),
        ((NAN, 2.0), (NAN, 1.0), True),
        ((NAN, 1.0), (NAN, 1.0), False),
    ],
)
def test_domination(left, right, expected):
    assert pareto.dominates(left, right) is expected


def test_no_points_have_no_volume():
    assert pg.tuning.hypervolume([], (0.0, 0.0)) == 0.0
    assert pg.tuning.hypervolume([(-1.0, 5.0)], (0.0, 0.0)) == 0.0
    assert pg.tuning.pareto_front([]) == []


def study(name):
    points = {"a": (1.0, 4.0), "b": (3.0, 3.0), "c": (2.0, 2.0), "d": (4.0, 1.0)}
    space = pg.oneof(list(points))
    loop = pg.sample(
        space,
        pg.evolution.nsga2(population_size=2, seed=1),
        num_examples=12,
        name=name,
        metrics_to_optimize=["accuracy", "speed"],
    )
    for example, feedback in loop:
        if example == "a":
            feedback.skip()
        else:
            feedback(points[example])
    return pg.poll_result(name), points


def test_results_tell_their_front():
    result, points = study("front-of-a-study")
    names = [trial.dna.value for trial in result.pareto_front(["accuracy", "speed"])]
    assert set(names) == {1, 3}
    volume = result.hypervolume(["accuracy", "speed"], (0.0, 0.0))
    assert volume == pg.tuning.hypervolume([points["b"], points["d"]], (0.0, 0.0))
    assert result.hypervolume(["accuracy"], (1.0,)) == 3.0


def test_a_reference_has_to_fit():
    result, _ = study("reference-of-a-study")
    with pytest.raises(ValueError, match="a value for each of"):
        result.hypervolume(["accuracy"], (0.0, 0.0))
