"""Scales of rewards, and the moving baseline."""

import json
import math

import numpy as np
import pytest

from pyglove.reinforce.reward import MovingBaseline, RewardScale

SCALINGS = ("none", "deviation", "rank")


def test_none():
    assert RewardScale("none", 10)([1.0, -2.0]).tolist() == [1.0, -2.0]


def test_deviation():
    scale = RewardScale("deviation", 4)
    np.testing.assert_allclose(scale([1.0, 3.0]), [1.0, 3.0])
    np.testing.assert_allclose(
        scale([1.0, 3.0, 1.0, 7.0]), np.array([1, 3, 1, 7]) / 6**0.5
    )
    assert scale([5.0] * 4).tolist() == [5.0] * 4  # There is no deviation.


def test_rank():
    scale = RewardScale("rank", 4)
    root = math.sqrt(3.0)
    np.testing.assert_allclose(scale([7.0, -1e9]), [root / 2, -root / 2])
    np.testing.assert_allclose(scale([7.0, 7.5]), [0.0, 0.75 * root])
    # Equal ones are in the middle of all their ranks.
    np.testing.assert_allclose(scale([1.0] * 4), 0.0)


@pytest.mark.parametrize("scaling", ["deviation", "rank"])
def test_units_of_rewards_do_not_matter(scaling):
    rng = np.random.default_rng(1)
    rewards = rng.normal(size=(5, 8))
    one, other = RewardScale(scaling, 20), RewardScale(scaling, 20)
    for batch in rewards:
        found, expected = other((1e-6 * batch).tolist()), one(batch.tolist())
        np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_rewards_that_are_not_finite(scaling):
    scale, expected = RewardScale(scaling, 10), RewardScale(scaling, 10)
    low, high = (0.5, 3.5) if scaling == "rank" else (1.0, 3.0)
    rewards = [1.0, math.nan, 3.0, math.inf, -math.inf]
    assert scale(rewards).tolist() == expected([1.0, low, 3.0, high, low]).tolist()
    # The worst and the best of all times.
    assert scale([2.0, -math.inf]).tolist() == expected([2.0, low]).tolist()


def test_failures_rank_below_what_is_all_alike():
    assert RewardScale("rank", 10)([1.0, math.nan, 1.0]).tolist() == pytest.approx(
        [math.sqrt(3) / 3, -2 * math.sqrt(3) / 3, math.sqrt(3) / 3]
    )


@pytest.mark.parametrize("scaling", SCALINGS)
def test_nothing_finite_so_far(scaling):
    scale = RewardScale(scaling, 10)
    scaled = scale([math.nan, math.inf]).tolist()
    half = math.sqrt(3) / 2 if scaling == "rank" else 0.0
    assert scaled == pytest.approx([-half, half])
    assert json.dumps(scale.get_state(), allow_nan=False)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_huge_rewards(scaling):
    scaled = RewardScale(scaling, 10)([1e308, -1e308, 1e300])
    assert np.isfinite(scaled).all()


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("first", [[], [1.0, math.inf, 0.3]])
def test_state_of_a_scale(scaling, first):
    scale, resumed = RewardScale(scaling, 5), RewardScale(scaling, 5)
    resumed([9.0])
    if first:
        scale(first)
    resumed.set_state(json.loads(json.dumps(scale.get_state(), allow_nan=False)))
    rewards = [math.nan, 0.1, 7.0]
    assert scale(rewards).tolist() == resumed(rewards).tolist()


def test_moving_baseline():
    baseline = MovingBaseline(0.5)
    assert baseline.value == 0.0
    baseline.update(np.array([4.0]))
    assert baseline.value == 4.0
    baseline.update(np.array([1.0, 1.0]))
    assert math.isclose(baseline.value, (1.0 + 4.0 / 4 + 0.5) / 1.75)
    resumed = MovingBaseline(0.5)
    resumed.set_state(json.loads(json.dumps(baseline.get_state())))
    assert resumed.value == baseline.value


def test_baseline_without_memory_and_without_loss():
    for decay, expected in ((0.0, 3.0), (1.0, 2.0)):
        baseline = MovingBaseline(decay)
        baseline.update(np.array([1.0, 2.0, 3.0]))
        assert baseline.value == expected
