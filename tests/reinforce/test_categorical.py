"""Choices by the softmax of logits."""

import numpy as np
import pytest

from pyglove.reinforce import categorical
from tests.reinforce import helper

RNG = np.random.default_rng(1)


@pytest.mark.parametrize("num_policies", [1, 6])
def test_gradient(num_policies):
    logits = RNG.normal(size=(num_policies, 3, 4))
    logits[:, 0, 3] = categorical.IMPOSSIBLE
    choices = RNG.integers(0, 3, size=(6, 3))
    weights, entropy_weights = RNG.normal(size=(2, 6, 3))

    def loss():
        dist = categorical.softmax(logits)
        total = weights * categorical.log_probs_of(dist, choices)
        return float((total + entropy_weights * dist.entropies).sum())

    gradient = categorical.logits_gradient(
        categorical.softmax(logits), choices, weights, entropy_weights
    )
    assert gradient.shape == logits.shape
    assert (gradient[:, 0, 3] == 0).all()
    expected = helper.numerical_gradient(loss, logits.reshape(-1))
    helper.assert_close(gradient.ravel(), expected)


def test_softmax():
    dist = categorical.softmax(np.log([[[0.2, 0.3, 0.5]]]) + 7.0)
    np.testing.assert_allclose(dist.probs, [[[0.2, 0.3, 0.5]]])
    expected = -sum(p * np.log(p) for p in (0.2, 0.3, 0.5))
    np.testing.assert_allclose(dist.entropies, [[expected]])


def test_large_logits():
    dist = categorical.softmax(np.array([[[1000.0, 0.0, categorical.IMPOSSIBLE]]]))
    np.testing.assert_array_equal(dist.probs, [[[1.0, 0.0, 0.0]]])
    np.testing.assert_allclose(dist.entropies, 0.0, atol=1e-9)


def test_samples_have_the_probabilities():
    probs = np.array([0.1, 0.2, 0.7])
    logits = np.array([np.log(probs), np.log(probs[::-1])])[None]
    choices = categorical.sample(logits, np.random.default_rng(1), 20_000)
    for slot, expected in enumerate((probs, probs[::-1])):
        shares = np.bincount(choices[:, slot], minlength=3) / len(choices)
        np.testing.assert_allclose(shares, expected, atol=0.015)


def test_impossible_candidates_are_never_drawn():
    logits = np.array([[[-50.0, categorical.IMPOSSIBLE]]])
    assert not categorical.sample(logits, np.random.default_rng(1), 1000).any()
