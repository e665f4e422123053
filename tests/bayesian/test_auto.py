import functools

import pytest

import pyglove as pg
from tests.bayesian.helper import SPACES, run


def chosen(space, **kwargs):
    algorithm = pg.auto(seed=1, **kwargs)
    algorithm.setup(pg.dna_spec(space))
    return algorithm.algorithm


def test_a_model_where_it_pays():
    space = [pg.oneof(["a", "b", "c"]) for _ in range(6)]
    assert isinstance(chosen(space), pg.bayesian.GP)
    assert chosen(space).num_startup == 13
    assert chosen(space, budget=20).num_startup == 5
    assert isinstance(chosen(space, budget=10**6), pg.evolution.Evolution)


def test_evolution_in_large_spaces():
    space = [pg.oneof(["a", "b"]) for _ in range(200)]
    assert isinstance(chosen(space), pg.evolution.Evolution)
    found = run(pg.auto(budget=30, seed=1), pg.dna_spec(space), lambda dna: 0.0, 30)
    assert len(found) == 30


def test_several_objectives():
    space = pg.dna_spec(pg.Dict(x=pg.floatv(0.0, 1.0), y=pg.floatv(0.0, 1.0)))

    def reward(dna):
        x, y = dna.to_numbers()
        return (x - 0.2 * y, 1.0 - x * x - y)

    found = run(pg.auto(60, seed=1, multi_objective=True), space, reward, 60)
    by_chance = run(pg.geno.Random(1), space, lambda dna: 0.0, 60)
    volumes = [
        pg.tuning.hypervolume([reward(dna) for dna, _ in trials], (-1, -1))
        for trials in (found, by_chance)
    ]
    assert volumes[0] > volumes[1]
    large = pg.dna_spec([pg.oneof(["a", "b"]) for _ in range(200)])
    run(pg.auto(8, seed=1, multi_objective=True), large, lambda dna: (0.0, 1.0), 8)


def test_the_state_is_that_of_what_was_chosen():
    spec = SPACES["flat"]()
    make = functools.partial(pg.auto, budget=40, seed=3)
    first, second = make(), make()
    run(first, spec, lambda dna: float(dna.to_numbers()[0]), 20)
    second.setup(spec)
    second.set_state(first.get_state())
    assert [first.propose() for _ in range(5)] == [second.propose() for _ in range(5)]


def test_the_budget_is_checked():
    with pytest.raises(ValueError, match="at least 1 evaluation, got 0"):
        pg.auto(budget=0)
