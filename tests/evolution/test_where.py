"""Filters of decision points."""

import random

import pytest

from pyglove import evolution
from tests.evolution import helper

where = evolution.where
POINTS = list(helper.flat_space(2, 3, 4, 5).decision_points)


def test_all():
    assert where.All()(POINTS) == POINTS
    assert where.ALL(POINTS) == POINTS


@pytest.mark.parametrize(("k", "count"), [(1, 1), (0, 0), (99, 4), (lambda s: s, 2)])
def test_any(k, count):
    found = where.Any(k, seed=1)(POINTS, step=2)
    assert len(found) == count
    positions = [POINTS.index(point) for point in found]
    assert positions == sorted(set(positions))


def test_any_draws_anew_each_time():
    op = where.Any(seed=1)
    assert len({str(op(POINTS)[0].id) for _ in range(50)}) == 4
    assert len(where.ANY(POINTS)) == 1
    assert where.Any()([]) == []


def test_any_takes_a_generator():
    rng = random.Random(1)
    assert where.Any(2, seed=rng)(POINTS) == where.Any(2, seed=1)(POINTS)


def test_lambda():
    op = where.Lambda(lambda points, step: points[:step])
    assert op(POINTS, step=2) == POINTS[:2]


def test_function_stands_in_for_a_filter():
    op = evolution.recombinators.Uniform(where=lambda points: points[:1])
    assert isinstance(op.where, where.Lambda)
    assert op.where(POINTS) == POINTS[:1]


@pytest.mark.parametrize("bad", [None, 1, "a"])
def test_what_is_no_filter(bad):
    with pytest.raises((TypeError, ValueError)):
        evolution.recombinators.Uniform(where=bad)


def test_subclass():
    class Large(where.DecisionPointFilter):
        def call(self, decision_points):
            return [p for p in decision_points if len(p.candidates) > 3]

    assert Large()(POINTS) == POINTS[2:]
    with pytest.raises(TypeError, match="abstract"):
        where.DecisionPointFilter()


def test_where_spec_has_a_default():
    assert where.where_spec().default == where.All()
    assert where.where_spec(where.Any(2)).default == where.Any(2)


def test_no_draw_where_all_pass():
    assert where.Any(4)(POINTS) is POINTS and where.Any(9)(POINTS) is POINTS
