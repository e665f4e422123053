import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove.bayesian import warping

REWARDS = st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=30).map(np.array)


@given(REWARDS)
def test_order_stays(rewards):
    by_rank, by_value = warping.by_rank(rewards), warping.by_value(rewards)
    order = np.argsort(rewards, kind="stable")
    for warped in (by_rank, by_value):
        assert np.isfinite(warped).all()
        assert (np.diff(warped[order]) >= 0.0).all()
    for a, b in itertools.pairwise(order):
        assert (by_rank[a] == by_rank[b]) == (rewards[a] == rewards[b])


@given(REWARDS)
def test_ranks_do_not_depend_on_the_scale(rewards):
    scaled = np.arctan(rewards / 1e300) * 7.0
    if len(set(scaled.tolist())) == len(set(rewards.tolist())):
        assert np.array_equal(warping.by_rank(scaled), warping.by_rank(rewards))


def test_bad_rewards_do_not_drown_good_ones():
    rewards = np.array([-1e9, -50.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    warped = warping.by_value(rewards)
    assert warped[0] == warped[1]
    assert np.ptp(warped[2:]) > 1.0
    assert warped.mean() == pytest.approx(0.0)
    assert warped.std() == pytest.approx(1.0)


def test_what_is_no_number_is_the_worst():
    rewards = np.array([1.0, math.nan, 3.0, -math.inf, math.inf])
    assert warping.finite(rewards).tolist() == [1.0, 1.0, 3.0, 1.0, 3.0]
    nothing = np.array([math.nan, math.inf, -math.inf])
    assert warping.finite(nothing).tolist() == [0.0, 1.0, 0.0]


def test_equal_rewards_are_equal():
    assert warping.by_value(np.full(4, 3.5)).tolist() == [0.0] * 4


@pytest.mark.parametrize("small", [5e-324, 1e-310, 1e-160])
@pytest.mark.parametrize("large", [1.0, 1e300, 1.7e308])
def test_tiny_and_huge_rewards(small, large):
    warped = warping.by_value(np.array([-large, 0.0, small]))
    assert np.isfinite(warped).all() and (np.diff(warped) > 0.0).all()
    if small > 5e-324:  # Which has no half.
        usual = warping.by_value(np.array([-9.0, 0.0, 1.0]))
        assert warped.tolist() == pytest.approx(usual.tolist())
    warped = warping.by_value(np.array([-large, 0.0, large]))
    assert np.isfinite(warped).all() and (np.diff(warped) > 0.0).all()
