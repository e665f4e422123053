import numpy as np
import pytest

from pyglove.bayesian.acquisition import (
    log_expected_improvement,
    upper_confidence_bound,
)


@pytest.mark.parametrize("mean", [-3.0, -0.5, 0.0, 0.7, 4.0])
@pytest.mark.parametrize("deviation", [0.2, 1.0, 2.5])
def test_expected_improvement_is_the_integral(mean, deviation):
    best = 0.25
    z = np.linspace(-12.0, 12.0, 400_001)
    density = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    gains = np.maximum(mean + deviation * z - best, 0.0) * density
    expected = float((gains[1:] + gains[:-1]).sum() / 2 * (z[1] - z[0]))
    found = log_expected_improvement(np.array([mean]), np.array([deviation]), best)
    if expected > 1e-25:
        assert np.exp(found[0]) == pytest.approx(expected, rel=1e-3)


def test_what_is_hopeless_still_compares():
    means = np.linspace(-1e6, 3.0, 2000)
    found = log_expected_improvement(means, np.ones(2000), 1.0)
    assert np.isfinite(found).all()
    assert (np.diff(found) > 0).all()


def test_an_optimist_looks_up():
    found = upper_confidence_bound(np.array([1.0, 2.0]), np.array([3.0, 0.0]), 2.0)
    assert found.tolist() == [7.0, 2.0]
