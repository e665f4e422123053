"""Arrays and random generators as JSON values."""

import json

import numpy as np
import pytest

from pyglove.geno import array_state


def test_arrays():
    array = np.random.default_rng(1).normal(size=(3, 2)) * 1e-300
    value = json.loads(json.dumps(array_state.array_to_json(array)))
    np.testing.assert_array_equal(array_state.array_from_json(value, (3, 2)), array)
    empty = array_state.array_to_json(np.zeros((0, 2)))
    assert array_state.array_from_json(empty, (0, 2)).shape == (0, 2)


@pytest.mark.parametrize("value", [None, 1, "x", "äöü", "AAAA", [1.0]])
def test_bad_arrays(value):
    with pytest.raises(ValueError, match="array of shape"):
        array_state.array_from_json(value, (3,))


def test_generators():
    rng, other = np.random.default_rng(1), np.random.default_rng(2)
    rng.integers(3, size=3, dtype=np.int32)  # Of which it keeps half a word.
    state = json.loads(json.dumps(array_state.generator_to_json(rng)))
    array_state.restore_generator(other, state)
    assert rng.bit_generator.state == other.bit_generator.state


@pytest.mark.parametrize("state", [None, {}, {"state": {}}, {"state": {"state": "x"}}])
def test_bad_generators(state):
    with pytest.raises(ValueError, match="random generator"):
        array_state.restore_generator(np.random.default_rng(1), state)
