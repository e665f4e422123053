"""Adam."""

import json

import numpy as np
import pytest

from pyglove.reinforce.optimizer import Adam


def test_steps_are_those_of_the_paper():
    rng = np.random.default_rng(1)
    parameters = rng.normal(size=3)
    expected = parameters.copy()
    optimizer = Adam(3)
    mean = square = np.zeros(3)
    for t in range(1, 6):
        gradient = rng.normal(size=3)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        step = (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)
        expected -= 0.1 * step
        optimizer.step(parameters, gradient, 0.1)
        np.testing.assert_allclose(parameters, expected)


def test_long_gradients_are_cut():
    pairs = [np.zeros(2), np.zeros(2)]
    long, short = np.array([30.0, 40.0]), np.array([0.6, 0.8])
    for parameters, first in zip(pairs, (long, short), strict=True):
        optimizer = Adam(2)
        optimizer.step(parameters, first, 0.1, max_norm=1.0)
        optimizer.step(parameters, np.array([0.3, 0.1]), 0.1, max_norm=1.0)
    np.testing.assert_allclose(*pairs)


def test_state():
    optimizer, parameters = Adam(2), np.zeros(2)
    optimizer.step(parameters, np.array([1.0, 2.0]), 0.1)
    state = json.loads(json.dumps(optimizer.get_state()))
    resumed, copy = Adam(2), parameters.copy()
    resumed.set_state(state)
    for one, vector in ((optimizer, parameters), (resumed, copy)):
        one.step(vector, np.array([-1.0, 0.5]), 0.1)
    np.testing.assert_array_equal(parameters, copy)
    with pytest.raises(ValueError, match="same space"):
        Adam(3).set_state(state)
