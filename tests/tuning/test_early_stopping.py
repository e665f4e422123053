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


class Learner(tuning.EarlyStoppingPolicy):
    """Stops nothing, and notes what it is told."""

    def _on_bound(self):
        super()._on_bound()
        self.told = []

    def setup(self, dna_spec):
        super().setup(dna_spec)
        self.told.append("setup")

    def recover(self, history):
        self.told.append([trial.id for trial in history])

    def should_stop_early(self, trial):
        return False


def run(policy, **kwargs):
    space = helper.spec(5)
    for _, feedback in tuning.sample(
        space, helper.Counter(), early_stopping_policy=policy, **kwargs
    ):
        feedback(1.0)


def test_loops_over_a_study_share_a_policy():
    policy, name = Learner(), helper.new_name()
    for _ in range(2):
        loop = tuning.sample(
            helper.spec(5), helper.Counter(), early_stopping_policy=policy, name=name
        )
        next(loop)[1](1.0)
    assert policy.told == ["setup"]


def test_policy_learns_of_the_trials_before_it():
    policy, name = Learner(), helper.new_name()
    loop = tuning.sample(helper.spec(5), helper.Counter(), name=name)
    for _ in range(2):
        next(loop)[1](1.0)
    run(policy, name=name)
    assert policy.told == ["setup", [1, 2]]


def test_policy_of_another_study_is_refused():
    policy = Learner()
    run(policy)
    with pytest.raises(ValueError, match=r"Use a copy of it \(`policy.clone\(\)`\)"):
        run(policy)
    run(policy.clone())


def test_policy_that_was_set_up_for_the_space_is_not_set_up_again():
    policy, space = Learner(), helper.spec(5)
    policy.setup(space)
    next(tuning.sample(space, helper.Counter(), early_stopping_policy=policy))
    assert policy.told == ["setup"]


@pytest.mark.parametrize("policy", [3, Learner])
def test_only_a_policy_is_accepted(policy):
    with pytest.raises(TypeError, match="Expected an early stopping policy"):
        run(policy)
