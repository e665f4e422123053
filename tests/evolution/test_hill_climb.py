"""Hill climbing."""

from pyglove import evolution
from tests.evolution import helper


def test_composition():
    algorithm = evolution.hill_climb(
        batch_size=3, init_population_size=4, seed=7, allow_repeats=True
    )
    assert algorithm.format(compact=True) == (
        "Evolution(reproduction=Pipeline(ops=[0: Top(n=1, key=None, cluster=False), "
        "1: Repeat(op=Uniform(where=None, seed=8), k=3)]), "
        "population_init=(Random(seed=7), 4), "
        "population_update=Top(n=1, key=None, cluster=False), multi_objective=False)"
    )


def test_best_is_kept_and_batches_are_generations():
    algorithm = evolution.hill_climb(batch_size=3, init_population_size=2, seed=1)
    algorithm.setup(helper.flat_space(10, 10))
    best, generations = -1.0, []
    for _ in range(14):
        dna = algorithm.propose()
        reward = float(sum(dna.to_numbers()))
        algorithm.feedback(dna, reward)
        best = max(best, reward)
        generations.append(evolution.get_generation_id(dna))
        assert [evolution.get_fitness(x) for x in algorithm.population] == [best]
    assert generations == [1, 1, *[g for g in (2, 3, 4, 5) for _ in range(3)]]
