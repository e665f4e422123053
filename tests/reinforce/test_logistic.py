"""Numbers by a squashed logistic distribution."""

import numpy as np
import pytest

from pyglove import geno
from pyglove.reinforce import logistic
from pyglove.reinforce.encoding import Encoding
from tests.reinforce import helper

RNG = np.random.default_rng(1)
POINTS = [geno.floatv(0.0, 1.0), geno.intv(1, 5), geno.intv(1, 10**9, scale="log")]
IS_POINT = np.array([True, False, False])


def places(*rows):
    batch = Encoding(geno.space(POINTS).decisions).encode(rows)
    return batch.lows, batch.highs


LOWS, HIGHS = places(
    (0.3, 1, 1), (0.999, 3, 10**9), (1e-9, 5, 12_345), (0.5, 2, 10), (0.0, 4, 3)
)


@pytest.mark.parametrize("num_policies", [1, 5])
@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_gradient(num_policies, scale):
    raw = scale * RNG.normal(size=(num_policies, 3, 2))
    weights, entropy_weights = RNG.normal(size=(2, 5, 3))

    def loss():
        dist = logistic.logistic(raw, LOWS, HIGHS, IS_POINT)
        total = weights * dist.log_probs + entropy_weights * dist.entropies
        return float(total.sum())

    gradient = logistic.raw_gradient(
        logistic.logistic(raw, LOWS, HIGHS, IS_POINT), weights, entropy_weights
    )
    assert gradient.shape == raw.shape
    expected = helper.numerical_gradient(loss, raw.reshape(-1), 1e-6)
    helper.assert_close(gradient.ravel(), expected, 1e-5)


def test_starts_uniform():
    dist = logistic.logistic(np.zeros((1, 3, 2)), LOWS, HIGHS, IS_POINT)
    np.testing.assert_allclose(dist.log_probs[:, 0], 0.0, atol=1e-6)
    np.testing.assert_allclose(np.exp(dist.log_probs[:, 1]), 0.2)
    np.testing.assert_allclose(dist.entropies, 0.0, atol=0.05)


@pytest.mark.parametrize("raw", [(0.0, 0.0), (2.0, -1.0), (-1.0, 0.3), (0.5, -4.0)])
def test_probabilities_sum_to_one(raw):
    given = np.array([[raw]])
    encoding = Encoding(geno.intv(1, 50, scale="rlog").decisions)
    batch = encoding.encode([(value,) for value in range(1, 51)])
    is_point = np.array([False])
    dist = logistic.logistic(given, batch.lows, batch.highs, is_point)
    assert np.isclose(np.exp(dist.log_probs).sum(), 1.0)
    # Densities, by the midpoint rule.
    encoding = Encoding(geno.floatv(0.0, 1.0).decisions)
    units = (np.arange(20_000) + 0.5) / 20_000
    batch = encoding.encode([(unit,) for unit in units.tolist()])
    dist = logistic.logistic(given, batch.lows, batch.highs, np.array([True]))
    assert abs(np.exp(dist.log_probs).mean() - 1.0) < 1e-3
    # The entropy, as far as a few quantiles know it.
    entropy = -(np.exp(dist.log_probs) * dist.log_probs).mean()
    assert abs(entropy - dist.entropies[0, 0]) < 0.06


def test_samples_have_the_distribution():
    raw = np.array([[[1.0, -0.5]]])
    units = logistic.sample(raw, np.random.default_rng(1), 20_000)[:, 0]
    encoding = Encoding(geno.intv(1, 10).decisions)
    batch = encoding.encode([(value,) for value in range(1, 11)])
    dist = logistic.logistic(raw, batch.lows, batch.highs, np.array([False]))
    shares = np.histogram(units, np.linspace(0.0, 1.0, 11))[0] / len(units)
    np.testing.assert_allclose(shares, np.exp(dist.log_probs[:, 0]), atol=0.015)


def test_narrow_and_wide_distributions_are_finite():
    for location in (-1e3, 0.0, 1e3):
        for spread in (-1e3, 1e3):
            raw = np.full((1, 3, 2), (location, spread))
            dist = logistic.logistic(raw, LOWS, HIGHS, IS_POINT)
            gradient = logistic.raw_gradient(dist, np.ones((5, 3)), np.ones((5, 3)))
            assert np.isfinite(dist.entropies).all() and np.isfinite(gradient).all()
