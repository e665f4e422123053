"""Arrays and random generators as JSON values."""

import json

import numpy as np
import pytest

from pyglove.reinforce import saving


def test_arrays():
    array = np.random.default_rng(1).normal(size=(3, 2)) * 1e-300
    value = json.loads(json.dumps(saving.array_to_json(array)))
    np.testing.assert_array_equal(saving.array_from_json(value, (3, 2)), array)
    empty = saving.array_to_json(np.zeros((0, 2)))
    assert saving.array_from_json(empty, (0, 2)).shape == (0, 2)


@pytest.mark.parametrize("value", [None, 1, "x", "äöü", "AAAA", [1.0]])
def test_bad_arrays(value):
    with pytest.raises(ValueError, match="array of shape"):
        saving.array_from_json(value, (3,))


def test_generators():
    rng, other = np.random.default_rng(1), np.random.default_rng(2)
    rng.integers(3, size=3, dtype=np.int32)  # Of which it keeps half a word.
    state = json.loads(json.dumps(saving.generator_to_json(rng)))
    saving.restore_generator(other, state)
    assert rng.bit_generator.state == other.bit_generator.state


@pytest.mark.parametrize("state", [None, {}, {"state": {}}, {"state": {"state": "x"}}])
def test_bad_generators(state):
    with pytest.raises(ValueError, match="random generator"):
        saving.restore_generator(np.random.default_rng(1), state)
