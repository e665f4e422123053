"""Arrangements by the Plackett-Luce distribution."""

import itertools

import numpy as np
import pytest

from pyglove.reinforce import categorical, ranking
from tests.reinforce import helper

RNG = np.random.default_rng(1)


def all_arrangements(n, k):
    return np.array(list(itertools.permutations(range(n), k)))


@pytest.mark.parametrize(("n", "k"), [(1, 1), (3, 3), (5, 2), (4, 1), (5, 5)])
def test_gradient(n, k):
    logits = RNG.normal(size=n)
    choices = RNG.permuted(np.tile(np.arange(n), (6, 1)), axis=1)[:, :k]
    weights, entropy_weights = RNG.normal(size=(2, 6, k))

    def loss():
        dist = ranking.rank(logits, choices)
        total = weights * dist.log_probs + entropy_weights * dist.entropies
        return float(total.sum())

    gradient = ranking.logits_gradient(
        ranking.rank(logits, choices), choices, weights, entropy_weights
    )
    helper.assert_close(gradient, helper.numerical_gradient(loss, logits))


@pytest.mark.parametrize(("n", "k"), [(3, 3), (5, 2), (4, 3)])
def test_equals_softmaxes_of_what_is_left(n, k):
    logits = RNG.normal(size=n)
    choices = all_arrangements(n, k)
    dist = ranking.rank(logits, choices)
    for row, arrangement in enumerate(choices):
        left = logits.copy()
        for position, candidate in enumerate(arrangement):
            step = categorical.softmax(left[None, None])
            expected = step.log_probs[0, 0, candidate]
            assert np.isclose(dist.log_probs[row, position], expected)
            assert np.isclose(dist.entropies[row, position], step.entropies[0, 0])
            left[candidate] = categorical.IMPOSSIBLE


@pytest.mark.parametrize(("n", "k"), [(1, 1), (4, 4), (5, 3)])
def test_probabilities_sum_to_one(n, k):
    dist = ranking.rank(3.0 * RNG.normal(size=n), all_arrangements(n, k))
    assert np.isclose(np.exp(dist.log_probs.sum(axis=1)).sum(), 1.0)


def test_probabilities_far_apart():
    logits = np.array([300.0, 0.0, -300.0])
    dist = ranking.rank(logits, np.array([[0, 1], [2, 1]]))
    expected = [[0.0, 0.0], [-600.0, -300.0]]
    np.testing.assert_allclose(dist.log_probs, expected, atol=1e-9)
    assert np.isfinite(dist.entropies).all()


def test_samples_have_the_probabilities():
    logits = np.log([0.5, 0.3, 0.2])
    choices = ranking.sample(logits, np.random.default_rng(1), 20_000, 2)
    for arrangement in all_arrangements(3, 2):
        share = (choices == arrangement).all(axis=1).mean()
        expected = np.exp(ranking.rank(logits, arrangement[None]).log_probs.sum())
        assert abs(share - expected) < 0.015
