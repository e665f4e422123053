"""The recurrent net."""

import numpy as np

from pyglove.reinforce import recurrent_net
from tests.reinforce import helper

RNG = np.random.default_rng(1)
STEPS, ROWS, SIZE = 4, 3, 2
INPUTS = RNG.normal(size=(STEPS, ROWS, 4 * SIZE))
WEIGHTS = RNG.normal(size=(SIZE, 4 * SIZE))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(inputs, weights):
    return recurrent_net.forward(
        recurrent_net.scaled(inputs), recurrent_net.scaled(weights)
    )


def test_steps_are_those_of_the_paper():
    trace = forward(INPUTS, WEIGHTS)
    hidden = cell = np.zeros((ROWS, SIZE))
    for t in range(STEPS):
        parts = np.split(INPUTS[t] + hidden @ WEIGHTS, 4, axis=1)
        let_in, keep, let_out = (sigmoid(part) for part in parts[:3])
        cell = keep * cell + let_in * np.tanh(parts[3])
        hidden = let_out * np.tanh(cell)
        np.testing.assert_allclose(trace.hidden[t + 1], hidden)
        np.testing.assert_allclose(trace.cells[t + 1], cell)


def test_gradients():
    inputs, weights = INPUTS.copy(), WEIGHTS.copy()
    asked = RNG.normal(size=(STEPS, ROWS, SIZE))

    def loss():
        return float((asked * forward(inputs, weights).hidden[1:]).sum())

    trace = forward(inputs, weights)
    d_inputs, d_weights = recurrent_net.backward(trace, weights, asked)
    expected = helper.numerical_gradient(loss, inputs.reshape(-1))
    helper.assert_close(d_inputs.ravel(), expected)
    expected = helper.numerical_gradient(loss, weights.reshape(-1))
    helper.assert_close(d_weights.ravel(), expected)


def test_no_steps():
    trace = forward(INPUTS[:0], WEIGHTS)
    d_inputs, d_weights = recurrent_net.backward(
        trace, WEIGHTS, np.zeros((0, ROWS, SIZE))
    )
    assert d_inputs.shape == (0, ROWS, 4 * SIZE) and not d_weights.any()
