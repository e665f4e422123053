import json

import numpy as np

from pyglove.bayesian import surrogate, warping
from pyglove.bayesian.feature_map import FeatureMap
from pyglove.bayesian.row_encoding import RowEncoding
from pyglove.bayesian.surrogate import Surrogate
from tests.bayesian.helper import SPACES

ENCODING = RowEncoding(SPACES["flat"]())
FEATURE_MAP = FeatureMap(ENCODING)


def evaluations(count):
    rows = ENCODING.from_units(np.random.default_rng(1).random((count, len(ENCODING))))
    return rows, (rows[:, 0] == 1.0) + rows[:, 4]


def grown(count):
    """A surrogate to which evaluations were added one by one."""
    rows, rewards = evaluations(count)
    rng = np.random.default_rng(2)
    model = Surrogate(FEATURE_MAP, warping.by_value)
    for i in range(5, count + 1):
        model.update(rows[:i], rewards[:i], rng)
    return model


def predictions(model, count, pending=0):
    rows, rewards = evaluations(count)
    others = ENCODING.from_units(np.random.default_rng(3).random((20, len(ENCODING))))
    process, _, _ = model.explain(rows, rewards, others[:pending])
    return others, process.predict(FEATURE_MAP(others))


def test_it_learns():
    others, (means, _) = predictions(grown(60), 60)
    truth = (others[:, 0] == 1.0) + others[:, 4]
    assert np.corrcoef(means, truth)[0, 1] > 0.95


def test_the_state_gives_the_same_to_the_last_bit():
    model = grown(37)
    state = json.loads(json.dumps(model.to_json()))
    other = Surrogate(FEATURE_MAP, warping.by_value)
    other.restore(state, evaluations(37)[0])
    assert other.to_json() == model.to_json()
    for ours, theirs in zip(
        predictions(model, 37)[1], predictions(other, 37)[1], strict=True
    ):
        assert np.array_equal(ours, theirs)


def test_of_what_is_being_evaluated_it_is_sure():
    model = grown(30)
    _, (before, unsure) = predictions(model, 30)
    _, (after, sure) = predictions(model, 30, pending=3)
    np.testing.assert_allclose(before[:3], after[:3], atol=0.05)
    assert (sure[:3] < unsure[:3]).all()
    # It goes on as if nothing had been pending.
    assert np.array_equal(predictions(model, 30)[1][0], before)


def test_data_are_the_best_and_some_others():
    rows, rewards = evaluations(2000)
    model = Surrogate(FEATURE_MAP, warping.by_value)
    model.update(rows, rewards, np.random.default_rng(1))
    _, data, expected = model.explain(rows, rewards, rows[:0])
    assert len(data) == len(expected) == surrogate.MAX_DATA
    best = np.sort(rewards)[-surrogate.MAX_DATA // 2 :]
    data_rewards = np.sort((data[:, 0] == 1.0) + data[:, 4])
    assert np.array_equal(data_rewards[-surrogate.MAX_DATA // 2 :], best)
    assert data_rewards[0] == rewards.min()
