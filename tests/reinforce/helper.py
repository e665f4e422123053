"""Spaces, policies and numerical gradients for tests of reinforcement learning."""

import numpy as np

from pyglove import geno
from pyglove.reinforce.independent_policy import IndependentPolicy
from pyglove.reinforce.recurrent_policy import RecurrentPolicy
from tests.evolution.helper import choice, flat_space, mixed_space

__all__ = ["choice", "flat_space", "mixed_space"]

POLICIES = {
    "independent": lambda spec, seed=0: IndependentPolicy(spec.decisions),
    "recurrent": lambda spec, seed=0: RecurrentPolicy(
        spec.decisions, 3, np.random.default_rng(seed)
    ),
}


def shaken(policy, seed=0, scale=1.0):
    """The policy, with random parameters."""
    vector = policy.parameters.vector
    vector[:] = scale * np.random.default_rng(seed).normal(size=vector.shape)
    return policy


def draw(policy, count, seed=0):
    """A batch of random DNA."""
    rows = policy.sample(np.random.default_rng(seed), count)
    return policy.encoding.encode(rows)


def numerical_gradient(fn, vector, step=1e-5):
    """The gradient of a function of a vector, by central differences."""
    return np.array(
        [_slope(fn, vector, direction, step) for direction in np.eye(len(vector))]
    )


def _slope(fn, vector, direction, step):
    kept = vector.copy()
    vector[:] = kept + step * direction
    above = fn()
    vector[:] = kept - step * direction
    below = fn()
    vector[:] = kept
    return (above - below) / (2 * step)


def assert_gradient(gradient, fn, vector, step=1e-5, tolerance=1e-6, count=60):
    """Whether slopes along random directions are those of the gradient."""
    directions = np.random.default_rng(1).normal(size=(count, len(vector)))
    slopes = np.array([_slope(fn, vector, d, step) for d in directions])
    assert np.abs(slopes).max() > 0.1
    assert_close(directions @ gradient, slopes, tolerance)


def assert_close(actual, expected, tolerance=1e-6):
    """Whether arrays are equal, relative to the largest numbers in them."""
    scale = 1.0 + np.abs(expected).max(initial=0.0)
    assert np.abs(actual - expected).max(initial=0.0) <= tolerance * scale


def kinds_space():
    """Every kind of decision, none of them conditional, with few numbers each."""
    constant = geno.constant
    return geno.space(
        [
            choice(3, "c"),
            choice(2, "d"),
            geno.manyof(2, [constant()] * 3, distinct=False, location="m"),
            geno.manyof(3, [constant()] * 3, location="p"),
            geno.manyof(2, [constant()] * 4, location="a"),
            geno.manyof(2, [constant()] * 4, sorted=True, location="s"),
            geno.manyof(2, [constant()] * 3, distinct=False, sorted=True, location="t"),
            geno.floatv(0.1, 10.0, scale="log", location="f"),
            geno.intv(1, 9, step=2, location="i"),
        ]
    )
