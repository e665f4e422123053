import json
import random

import numpy as np
import pytest

from pyglove.bayesian.history import History
from pyglove.bayesian.row_encoding import RowEncoding
from pyglove.geno.dna.spec_base import effective_spec
from tests.bayesian.helper import SPACES


def filled(name, count=40):
    spec = effective_spec(SPACES[name]())
    encoding = RowEncoding(spec)
    history = History(encoding)
    rng = random.Random(1)
    numbers = [spec.random_dna(rng)._flat() for _ in range(count)]
    for i, one in enumerate(numbers):
        history.propose(one)
        if i % 4:
            history.add(one, float(i))
    return encoding, history, numbers


def test_rows_are_kept_in_order():
    encoding, history, numbers = filled("numeric")
    evaluated = [one for i, one in enumerate(numbers) if i % 4]
    assert len(history) == 30
    assert history.rewards == [float(i) for i in range(40) if i % 4]
    for row, one in zip(history.rows, evaluated, strict=True):
        assert row.tolist() == encoding.encode(one).tolist()
    latest = [encoding.encode(one).tolist() for one in numbers[::4]][-3:]
    assert history.pending(3).tolist() == latest


def test_what_is_known_is_not_fresh():
    encoding, history, numbers = filled("numeric")
    known = np.array([encoding.encode(one) for one in numbers])
    assert not history.is_fresh(known).any()
    others = encoding.from_units(np.random.default_rng(2).random((5, len(encoding))))
    assert history.is_fresh(others).all()
    twice = np.concatenate([others[:1], others[:1]])
    assert history.is_fresh(twice).tolist() == [True, False]


@pytest.mark.parametrize("name", sorted(SPACES))
def test_the_state_is_json(name):
    encoding, history, _ = filled(name)
    other = History(encoding)
    other.restore(json.loads(json.dumps(history.to_json())))
    assert np.array_equal(other.rows, history.rows)
    assert other.rewards == history.rewards
    assert other.num_seen == history.num_seen
    assert np.array_equal(other.pending(99), history.pending(99))
    assert other.to_json() == history.to_json()
