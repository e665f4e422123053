"""Objectives, by themselves and through policies."""

import numpy as np
import pytest

from pyglove.reinforce import objective
from tests.reinforce import helper

RNG = np.random.default_rng(1)
OLD, NEW, ADVANTAGES = RNG.normal(size=(3, 5, 4))


def test_clipped_loss():
    # One row and slot at a time, by the formula.
    for old, new, advantage in np.stack([OLD, NEW, ADVANTAGES], -1).reshape(-1, 3):
        ratio = np.exp(new - old)
        expected = min(ratio * advantage, np.clip(ratio, 0.8, 1.2) * advantage)
        loss, _ = objective.clipped_loss(
            *[np.array([[x]]) for x in (new, old, advantage)], 0.2
        )
        assert np.isclose(loss, -expected)


@pytest.mark.parametrize(
    ("ratio", "advantage", "gradient"),
    [
        (1.0, 2.0, -2.0),
        (1.1, 2.0, -2.2),
        (1.3, 2.0, 0.0),  # It has become likelier by enough.
        (0.5, 2.0, -1.0),  # It should not have become less likely.
        (0.5, -2.0, 0.0),
        (1.3, -2.0, 2.6),
    ],
)
def test_ratios_out_of_bounds_are_not_moved_further(ratio, advantage, gradient):
    old = np.array([[-1.0]])
    new = old + np.log(ratio)
    _, found = objective.clipped_loss(new, old, np.array([[advantage]]), 0.2)
    assert np.isclose(found[0, 0], gradient)


def test_ratios_may_be_huge():
    old, new = np.array([[-1e9, -1.0]]), np.array([[-1.0, -1e9]])
    loss, gradient = objective.clipped_loss(new, old, np.ones((1, 2)), 0.2)
    assert np.isfinite(loss) and np.isfinite(gradient).all()


@pytest.mark.parametrize("form", helper.POLICIES)
@pytest.mark.parametrize("space", [helper.mixed_space, helper.kinds_space])
def test_gradient_of_the_whole_loss(form, space):
    """That of PPO: clipped loss, entropy bonus and value loss, through the policy."""
    policy = helper.shaken(helper.POLICIES[form](space()), scale=0.5)
    batch = helper.draw(policy, 6)
    old = policy.evaluate(batch).log_probs
    old = old + np.where(batch.active, 0.4 * RNG.normal(size=old.shape), 0.0)
    advantages = np.where(batch.active, RNG.normal(size=old.shape), 0.0)
    rewards = RNG.normal(size=6)
    active = batch.active.astype(float)

    def parts():
        evaluation = policy.evaluate(batch)
        found = [
            objective.clipped_loss(evaluation.log_probs, old, advantages, 0.2),
            objective.entropy_loss(evaluation.entropies),
        ]
        if evaluation.values is not None:
            found.append(objective.value_loss(evaluation.values, rewards, active))
        return evaluation, found

    evaluation, found = parts()
    ratios = np.exp(evaluation.log_probs - old)
    assert (abs(ratios - 1.0) > 0.2).any() and (abs(ratios - 1.0) < 0.2).any()
    gradient = policy.gradient(batch, evaluation, *[d for _, d in found])
    helper.assert_gradient(
        gradient,
        lambda: sum(loss for loss, _ in parts()[1]),
        policy.parameters.vector,
        step=1e-7,
        tolerance=1e-5,
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda x: objective.policy_gradient_loss(x, ADVANTAGES),
        lambda x: objective.clipped_loss(x, OLD, ADVANTAGES, 0.2),
        lambda x: objective.value_loss(x, ADVANTAGES[:, 0], np.ones_like(x)),
        objective.entropy_loss,
    ],
)
def test_gradients(make):
    x = NEW.copy()
    expected = helper.numerical_gradient(lambda: make(x)[0], x.reshape(-1))
    helper.assert_close(make(x)[1].ravel(), expected)
