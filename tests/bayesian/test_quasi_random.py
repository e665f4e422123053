import collections

import numpy as np
import pytest

import pyglove as pg
from pyglove.bayesian.quasi_random import HaltonSequence


@pytest.mark.parametrize("dimension, base", [(0, 2), (1, 3), (2, 5), (5, 13)])
def test_every_part_gets_its_share(dimension, base):
    points = HaltonSequence(6, seed=1).points(base * 7, base * base)
    parts = np.floor(points[:, dimension] * base * base)
    assert sorted(parts.tolist()) == list(range(base * base))


def test_points_fill_a_square_better_than_random_ones():
    points = HaltonSequence(2, seed=1).points(0, 144)
    counts = collections.Counter(map(tuple, np.floor(points * (8, 9)).tolist()))
    assert len(counts) == 72
    assert set(counts.values()) == {2}


def test_a_point_is_the_same_alone():
    sequence = HaltonSequence(4, seed=3)
    points = sequence.points(0, 200)
    again = HaltonSequence(4, seed=3)
    for index in (150, 3, 63, 64, 65):
        assert again.point(index).tolist() == points[index].tolist()


def test_seeds_scramble():
    first, second = (HaltonSequence(3, seed=seed).points(0, 8) for seed in (1, 2))
    assert not np.array_equal(first, second)


def test_many_dimensions():
    points = HaltonSequence(1200, seed=1).points(0, 3)
    assert points.shape == (3, 1200)
    assert points.min() >= 0.0
    assert points.max() < 1.0


def test_candidates_show_up_equally_often():
    space = [pg.oneof(range(6)), pg.manyof(1, ["a", "b", "c"])]
    examples = list(pg.iter(space, 36, pg.bayesian.QuasiRandom(seed=1)))
    counts = collections.Counter(example[0] for example in examples)
    assert set(counts.values()) == {6}
