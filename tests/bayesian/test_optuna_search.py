import json
import math
import random
import sys

import pytest

import pyglove as pg
from pyglove import testing
from tests.bayesian.helper import SPACES, constrained, run

optuna = pytest.importorskip("optuna")


def search(**kwargs):
    return pg.bayesian.OptunaSearch(
        optuna.samplers.TPESampler(seed=1, n_startup_trials=5), **kwargs
    )


def test_conformance():
    testing.check_generator(search, num_trials=10)


def test_conditional_decisions_are_parameters_of_their_own():
    algorithm = search()
    found = run(algorithm, SPACES["conditional"](), lambda dna: dna.to_numbers()[0], 20)
    trials = algorithm.study.get_trials()
    assert len(trials) == 20
    for (dna, reward), trial in zip(found, trials, strict=True):
        assert trial.value == reward
        assert ("decision_1" in trial.params) == (dna.to_numbers()[0] == 0)


@pytest.mark.parametrize("name", sorted(SPACES))
def test_what_others_propose_becomes_a_trial(name):
    spec = SPACES[name]()
    algorithm = search()
    algorithm.setup(spec)
    rng = random.Random(1)
    for _ in range(10):
        algorithm.feedback(spec.random_dna(rng), 1.0)
    algorithm.feedback(algorithm.propose(), 0.5)
    assert len(algorithm.study.get_trials()) == 11


def test_trials_that_cannot_be_evaluated_fail():
    algorithm = search()
    run(algorithm, SPACES["flat"](), lambda dna: math.nan, 3)
    states = {trial.state for trial in algorithm.study.get_trials()}
    assert states == {optuna.trial.TrialState.FAIL}


def test_constraints_are_met():
    spec = constrained()
    found = run(search(), spec, lambda dna: dna.to_numbers()[2], 20)
    assert all(spec.is_feasible(dna) for dna, _ in found)


def some_trials(algorithm, count):
    found = []
    for _ in range(count):
        dna = algorithm.propose()
        found.append(dna.to_numbers())
        algorithm.feedback(dna, float(dna.to_numbers()[0]))
    return found


@pytest.mark.parametrize("sampler", ["TPESampler", "NSGAIISampler", "RandomSampler"])
def test_a_search_goes_on_from_its_state(sampler):
    def make():
        algorithm = pg.bayesian.OptunaSearch(getattr(optuna.samplers, sampler)(seed=1))
        algorithm.setup(constrained())
        return algorithm

    first = make()
    some_trials(first, 15)
    first.propose()
    state = json.dumps(first.get_state())
    second = make()
    some_trials(second, 3)
    second.set_state(json.loads(state))
    assert some_trials(first, 10) == some_trials(second, 10)
    assert first.get_state() == second.get_state()


def test_a_state_needs_the_same_sampler():
    algorithm = search()
    algorithm.setup(SPACES["flat"]())
    some_trials(algorithm, 9)
    other = pg.bayesian.OptunaSearch(optuna.samplers.TPESampler(seed=2))
    other.setup(SPACES["flat"]())
    with pytest.raises(ValueError, match="the seed that it had"):
        other.set_state(algorithm.get_state())


def test_several_objectives():
    algorithm = pg.bayesian.OptunaSearch(
        optuna.samplers.NSGAIISampler(seed=1), num_objectives=2
    )
    assert algorithm.multi_objective
    run(algorithm, SPACES["flat"](), lambda dna: (1.0, 2.0), 5)
    assert algorithm.study.get_trials()[0].values == [1.0, 2.0]


def test_without_optuna_an_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(ImportError, match=r"pip install 'pyglove\[optuna\]'"):
        search().setup(SPACES["flat"]())
