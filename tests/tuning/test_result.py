"""Results of studies."""

import math

import pytest

from pyglove import tuning
from tests.tuning import helper


def run(rewards, algorithm=None, **kwargs):
    """A study whose trials got these rewards; None is skipped."""
    name = helper.new_name()
    loop = tuning.sample(
        helper.spec(len(rewards) + 1),
        algorithm or helper.Counter(),
        len(rewards),
        name=name,
        **kwargs,
    )
    for reward, (_, feedback) in zip(rewards, loop, strict=True):
        if reward is None:
            feedback.skip()
        else:
            feedback(reward)
    return tuning.poll_result(name)


@pytest.mark.parametrize(
    ("rewards", "best"),
    [
        ([1.0, 3.0, 2.0], 2),
        ([1.0, 3.0, 3.0], 2),
        ([math.nan, 1.0], 2),
        ([1.0, math.nan], 1),
        ([math.nan, math.nan], 1),
        ([None, -1.0], 2),
        ([-math.inf, -1.0, math.inf], 3),
    ],
)
def test_best_trial(rewards, best):
    assert run(rewards).best_trial.id == best


def test_no_best_trial():
    assert run([None, None]).best_trial is None


def test_best_trial_of_several_metrics_goes_by_reward():
    result = run(
        [(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)],
        helper.MultiCounter(),
        metrics_to_optimize=["reward", "b"],
    )
    assert result.best_trial.id == 3


def test_study_without_a_reward_has_no_best_trial():
    result = run(
        [(1.0, 3.0), (2.0, 2.0)],
        helper.MultiCounter(),
        metrics_to_optimize=["a", "b"],
    )
    assert result.best_trial is None
    assert "best_trial" not in str(result)


def test_best_trial_of_one_metric():
    name = helper.new_name()
    for dna, feedback in tuning.sample(
        helper.spec(3), helper.Counter(), name=name, metrics_to_optimize=["acc"]
    ):
        feedback(metrics={"acc": float(-dna.value)})
    assert tuning.poll_result(name).best_trial.id == 1


def test_trials_are_in_order_and_the_same_objects():
    result = run([1.0, 2.0])
    assert [trial.id for trial in result.trials] == [1, 2]
    assert result.trials[0] is result.trials[0]
    assert result.best_trial is result.trials[1]


def test_result_is_kept_up_to_date():
    name, algorithm, space = helper.new_name(), helper.Counter(), helper.spec(5)
    loop = tuning.sample(space, algorithm, name=name)
    next(loop)[1](1.0)
    result = tuning.poll_result(name)
    assert len(result.trials) == 1
    next(loop)
    assert [trial.status for trial in result.trials] == ["COMPLETED", "PENDING"]
    assert result.is_active


def test_text():
    name = helper.new_name()
    loop = tuning.sample(helper.spec(5), helper.Counter(), name=name)
    next(loop)[1](1.0)
    next(loop)[1].skip()
    next(loop)
    result = tuning.poll_result(name)
    assert repr(result) == (
        f"{{'name': {name!r}, 'status': {{'PENDING': '1/3', 'COMPLETED': '2/3'}}, "
        "'infeasible': '1/3', 'best_trial': {'id': 1, 'reward': 1.0, 'step': 0, "
        "'dna': 'DNA(0)'}}"
    )
    assert str(result).splitlines()[:3] == [
        "{",
        f"  'name': {name!r},",
        "  'status': {",
    ]
