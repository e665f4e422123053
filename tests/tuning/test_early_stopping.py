"""Early stopping policies."""

import pytest

from pyglove import tuning
from tests.tuning import helper


class StopAfter(tuning.EarlyStoppingPolicy):
    step: int

    def should_stop_early(self, trial):
        return trial.measurements[-1].step >= self.step


def test_policy_is_asked_once_there_are_measurements():
    policy, space = StopAfter(2), helper.spec(5)
    assert policy.dna_spec is None
    _, feedback = next(
        tuning.sample(space, helper.Counter(), early_stopping_policy=policy)
    )
    assert policy.dna_spec is space
    answers = [feedback.should_stop_early()]
    for step in (1, 2, 3):
        feedback.add_measurement(1.0, step=step)
        answers.append(feedback.should_stop_early())
    assert answers == [False, False, True, True]


def test_without_policy_nothing_is_stopped():
    _, feedback = next(tuning.sample(helper.spec(5), helper.Counter()))
    feedback.add_measurement(1.0)
    assert not feedback.should_stop_early()


def test_recover_does_nothing_by_default():
    StopAfter(2).recover([])


def test_policy_is_abstract():
    with pytest.raises(TypeError):
        tuning.EarlyStoppingPolicy()
