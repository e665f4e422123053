"""Early stopping of trials that fall behind a value or behind others."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove.early_stopping import StepWise, early_stop_by_rank, early_stop_by_value
from tests.early_stopping.helper import trial


def stopped(policy, values, step=1, metric=None):
    """Which of several trials, each measured once, are stopped."""
    if metric is not None:
        values = [(None, {metric: value}) for value in values]
    else:
        values = [(value,) for value in values]
    return [
        policy.should_stop_early(trial(number, (step, *value)))
        for number, value in enumerate(values, start=1)
    ]


def test_what_is_worse_than_the_value_is_stopped():
    policy = early_stop_by_value([(1, 0.5), (3, 0.8)])()
    assert isinstance(policy, StepWise)
    assert stopped(policy, [0.4, 0.5, 0.6]) == [True, False, False]
    assert stopped(policy, [0.7, 0.8], step=3) == [True, False]


def test_smaller_may_be_better():
    policy = early_stop_by_value([(1, 0.5)], maximize=False)()
    assert stopped(policy, [0.4, 0.5, 0.6]) == [False, False, True]


def test_a_metric_may_be_compared():
    policy = early_stop_by_value([(1, 0.5)], "accuracy")()
    assert stopped(policy, [0.4, 0.6], metric="accuracy") == [True, False]


def test_a_function_of_the_measurement_may_be_compared():
    policy = early_stop_by_value([(1, 1.0)], metric=lambda m: 2 * m.reward)()
    assert stopped(policy, [0.4, 0.6]) == [True, False]


def test_not_a_number_is_not_worse_than_a_value():
    assert stopped(early_stop_by_value([(1, 0.5)])(), [math.nan]) == [False]


def test_what_was_not_measured_cannot_be_compared():
    policy = early_stop_by_value([(1, 0.5)], "accuracy")()
    with pytest.raises(KeyError, match="metric 'accuracy'"):
        policy.should_stop_early(trial(1, (1, 0.5)))
    with pytest.raises(TypeError, match="with a reward"):
        stopped(early_stop_by_value([(1, 0.5)])(), [0.1], metric="accuracy")


VALUES = [1.0, 2.0, 3.0, 2.0, 0.0, 2.5, 9.0, 9.0, 3.0, 2.0, -1.0]


@pytest.mark.parametrize(
    ("rank", "at_least", "maximize", "places"),
    [
        (1, 0, True, [3, 4, 5, 8, 9, 10]),
        (2, 0, True, [4, 8, 9, 10]),
        (5, 1, True, [9, 10]),
        (5, 1, False, [6, 7, 8]),
        (2, 3, False, [5, 6, 7, 8, 9]),
        (0.0, 2, True, [3, 4, 5, 8, 9, 10]),
        (0.5, 0, True, [4, 9, 10]),
        (0.5, 3, False, [5, 6, 7, 8]),
        (1.0, 2, True, [4, 10]),
        (1.0, 2, False, [2, 6]),
        (0, 0, True, [4, 10]),
        (-1, 0, True, [4, 10]),
    ],
)
def test_what_is_behind_the_rank_is_stopped(rank, at_least, maximize, places):
    policy = early_stop_by_rank([(1, rank, at_least)], maximize=maximize)()
    answers = stopped(policy, VALUES)
    assert [place for place, stop in enumerate(answers) if stop] == places


_NUMBERS = st.lists(st.integers(-5, 5).map(float), max_size=12)


@given(_NUMBERS, st.integers(1, 4) | st.floats(0.0, 1.0), st.integers(0, 5))
def test_ranks_are_those_of_sorted_values(values, rank, at_least):
    expected = []
    for count, value in enumerate(values):
        others = sorted(values[:count], reverse=True)
        place = int((count - 1) * rank) if isinstance(rank, float) else rank - 1
        is_ranked = count >= max(at_least, 1) and place < count
        expected.append(is_ranked and value < others[place])
    assert stopped(early_stop_by_rank([(1, rank, at_least)])(), values) == expected
    mirrored = early_stop_by_rank([(1, rank, at_least)], maximize=False)()
    assert stopped(mirrored, [-value for value in values]) == expected


@given(_NUMBERS)
def test_one_predicate_may_serve_several_policies(values):
    policy = early_stop_by_rank([(1, 0.5, 0)])()
    # A copy has the same predicate, but its own trials.
    copy = policy.clone()
    both = [
        (
            policy.should_stop_early(trial(number, (1, value))),
            copy.should_stop_early(trial(number, (1, value))),
        )
        for number, value in enumerate(values)
    ]
    assert all(one == other for one, other in both)


def test_not_a_number_ranks_last():
    policy = early_stop_by_rank([(1, 2, 0)])()
    assert stopped(policy, [math.nan, 1.0, 0.0, 0.5]) == [False, False, False, False]
    policy = early_stop_by_rank([(1, 1.0, 0)])()
    assert stopped(policy, [1.0, math.nan, -5.0]) == [False, False, False]


@pytest.mark.parametrize("make", [early_stop_by_value, early_stop_by_rank])
@pytest.mark.parametrize(
    "items", [[(1,)], [(1, 2.0, 3, 4)], [("1", 2.0, 3)], [[1, 2.0]], [(1.0, 2.0, 3)]]
)
def test_items_of_a_plan_are_checked(make, items):
    with pytest.raises(ValueError, match="to be tuples of step, "):
        make(items)()


def test_ranks_are_checked():
    with pytest.raises(ValueError):
        early_stop_by_rank([(1, 1.5, 0)])()
    with pytest.raises(ValueError, match="number of trials"):
        early_stop_by_rank([(1, "first", 0)])()


@pytest.mark.parametrize("make", [early_stop_by_value, early_stop_by_rank])
def test_a_plan_and_a_metric_are_needed(make):
    with pytest.raises(ValueError):
        make([])()
    with pytest.raises(TypeError, match="to be a list of tuples, got 3"):
        make(3)()
    with pytest.raises(TypeError):
        make([(1, 1.0) if make is early_stop_by_value else (1, 1, 1)], metric=3)()


def test_policies_are_saved_and_compared():
    functor = early_stop_by_rank([(1, 0.5, 3), (2, 2, 0)], "accuracy", maximize=False)
    policy = functor()
    assert pg.from_json_str(functor.to_json_str()) == functor
    loaded = pg.from_json_str(policy.to_json_str())
    assert loaded == policy
    assert stopped(loaded, [1.0, 2.0], step=2, metric="accuracy") == [False, False]
    assert early_stop_by_value([(1, 0.5)])() != early_stop_by_value([(1, 0.6)])()


def test_an_hour_of_training_is_saved():
    policy = early_stop_by_rank([(1, 0.5, 4)])()
    steps = 0
    for x, feedback in pg.sample(
        pg.oneof(range(20)), pg.geno.Random(seed=1), 50, early_stopping_policy=policy
    ):
        for step in range(1, 11):
            steps += 1
            feedback.add_measurement(float(x * step), step=step)
            if feedback.should_stop_early():
                feedback.skip()
                break
        else:
            feedback.done()
    # About half of the trials are cut off after the first of ten steps.
    assert 0.4 < steps / 500 < 0.7
