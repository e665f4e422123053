"""Regularized evolution."""

import numpy as np
import pytest

from pyglove import evolution
from tests.evolution import helper


def test_composition():
    algorithm = evolution.regularized_evolution(
        population_size=20, tournament_size=5, seed=7, allow_repeats=True
    )
    assert algorithm.format(compact=True) == (
        "Evolution(reproduction=Pipeline(ops=[0: Pipeline(ops=[0: Random(n=5, "
        "replacement=False, seed=7), 1: Top(n=1, key=None, cluster=False)]), "
        "1: Uniform(where=None, seed=8)]), population_init=(Random(seed=7), 20), "
        "population_update=Last(n=20), multi_objective=False)"
    )
    assert evolution.RegularizedEvolution is evolution.regularized_evolution


def test_seed_of_a_mutator_is_kept():
    mutator = evolution.mutators.Uniform(seed=3).with_prob(0.5)
    algorithm = evolution.regularized_evolution(mutator, seed=7)
    choice = algorithm.reproduction.ops[1].op
    assert choice.seed == 8
    assert choice.ops[0][0].seed == 3
    assert mutator.seed is None


def test_function_as_mutator():
    algorithm = evolution.regularized_evolution(
        lambda parents: [dna.clone() for dna in parents],
        population_size=3,
        tournament_size=2,
        seed=1,
    )
    algorithm.setup(helper.flat_space(9, 9))
    for i in range(9):
        algorithm.feedback(algorithm.propose(), float(i))
    assert len(algorithm.population) == 3


def test_oldest_dies():
    algorithm = evolution.regularized_evolution(
        population_size=4, tournament_size=2, seed=1
    )
    algorithm.setup(helper.flat_space(9, 9))
    dna_list = []
    for i in range(20):
        dna_list.append(algorithm.propose())
        algorithm.feedback(dna_list[-1], float(-i))
    assert algorithm.population == dna_list[-4:]


def test_child_is_a_mutation_of_the_winner_of_a_tournament():
    algorithm = evolution.regularized_evolution(
        population_size=5, tournament_size=5, seed=1
    )
    algorithm.setup(helper.flat_space(*[9] * 6))
    for i in range(40):
        population = list(algorithm.population)
        child = algorithm.propose()
        if i >= 5:
            best = evolution.selectors.Top(1, cluster=True)(population)
            assert (
                min(
                    sum(x != y for x, y in zip(child.to_numbers(), winner, strict=True))
                    for winner in helper.numbers(best)
                )
                <= 1
            )
        algorithm.feedback(child, float(sum(child.to_numbers())))


def test_it_searches_better_than_at_random():
    spec = helper.flat_space(*[4] * 12)
    found = {}
    for name, algorithm in (
        (
            "evolution",
            evolution.regularized_evolution(
                population_size=20, tournament_size=5, seed=1
            ),
        ),
        (
            "random",
            evolution.Evolution(
                lambda x: x, (evolution.evolution.RandomGenerator(seed=1), 10**9)
            ),
        ),
    ):
        algorithm.setup(spec)
        best = 0
        for _ in range(600):
            dna = algorithm.propose()
            reward = float(sum(dna.to_numbers()))
            algorithm.feedback(dna, reward)
            best = max(best, reward)
        found[name] = best
    assert found["evolution"] == 36.0
    assert found["random"] < 34.0


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"population_size": 5}, "`population_size`"),
        ({"tournament_size": 1}, "`tournament_size`"),
    ],
)
def test_bad_sizes(kwargs, message):
    with pytest.raises(ValueError, match=message):
        evolution.regularized_evolution(**kwargs)


def test_bad_mutator():
    with pytest.raises(TypeError):
        evolution.regularized_evolution(3)


def test_sizes_may_be_integers_of_numpy():
    algorithm = evolution.regularized_evolution(
        population_size=np.int64(4), tournament_size=np.int64(2), seed=1
    )
    usual = evolution.regularized_evolution(
        population_size=4, tournament_size=2, seed=1
    )
    assert repr(algorithm) == repr(usual)
