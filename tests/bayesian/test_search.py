"""What GP, TPE and `pg.auto` have in common: they find it, and never twice."""

import functools
import math
import random

import pytest

import pyglove as pg
from tests.bayesian.helper import SPACES, constrained, run

ALGORITHMS = {
    "gp": functools.partial(pg.bayesian.GP, seed=1),
    "tpe": functools.partial(pg.bayesian.TPE, seed=1),
    "auto": functools.partial(pg.auto, budget=80, seed=1),
}


@pytest.fixture(params=sorted(ALGORITHMS))
def make(request):
    return ALGORITHMS[request.param]


def flat_reward(dna):
    return float(sum(1.0 for x in dna.to_numbers()[:4] if x == 1) + dna.to_numbers()[4])


def test_the_best_is_found(make):
    spec = SPACES["flat"]()
    found = run(make(), spec, flat_reward, 80)
    assert max(reward for _, reward in found) == 7.0


@pytest.mark.parametrize("name", ["flat", "conditional", "multiple"])
def test_nothing_is_proposed_twice(make, name):
    found = run(make(), SPACES[name](), lambda dna: hash(dna) % 7, 60)
    assert len({dna for dna, _ in found}) == 60


def test_a_small_space_is_searched_to_its_end_and_on(make):
    spec = pg.dna_spec([pg.oneof("abc"), pg.oneof("abc")])
    found = run(make(), spec, lambda dna: dna.to_numbers()[0], 12)
    assert len({dna for dna, _ in found[:9]}) == 9


def test_a_constrained_space_is_searched_to_its_end_and_on(make):
    space = pg.constrain([pg.oneof([1, 2, 3]), pg.oneof([1, 2, 3])], pg.geno.Distinct())
    spec = pg.dna_spec(space)
    found = run(make(), spec, lambda dna: dna.to_numbers()[0], 9)
    assert len({dna for dna, _ in found[:6]}) == 6
    assert all(spec.is_feasible(dna) for dna, _ in found)


def test_constraints_are_met(make):
    spec = constrained()
    found = run(make(), spec, lambda dna: dna.to_numbers()[2], 40)
    assert all(spec.is_feasible(dna) for dna, _ in found)
    assert max(reward for _, reward in found) > 0.95


def test_conditional_numbers_are_found(make):
    def reward(dna):
        kind, *rest = dna.to_numbers()
        return -abs(rest[0] - 0.3) - 0.05 * abs(rest[1] - 7) if kind == 0 else -1.0

    found = run(make(), SPACES["conditional"](), reward, 60)
    assert max(reward for _, reward in found) > -0.1


@pytest.mark.parametrize("reward", [math.nan, math.inf, -math.inf, 0.0, 1e300])
def test_rewards_that_say_nothing(make, reward):
    assert len(run(make(), SPACES["numeric"](), lambda dna: reward, 35)) == 35


def test_proposals_under_evaluation_spread(make):
    algorithm = make()
    algorithm.setup(pg.dna_spec([pg.floatv(0.0, 1.0), pg.floatv(0.0, 1.0)]))
    for _ in range(20):
        dna = algorithm.propose()
        x, y = dna.to_numbers()
        algorithm.feedback(dna, -((x - 0.5) ** 2) - (y - 0.5) ** 2)
    batch = [tuple(algorithm.propose().to_numbers()) for _ in range(10)]
    assert len(set(batch)) == 10


def test_what_others_propose_counts(make):
    spec = SPACES["flat"]()
    algorithm = make()
    algorithm.setup(spec)
    best = pg.DNA([1, 1, 1, 1, 3], spec=spec)
    algorithm.feedback(best, 7.0)
    proposed = []
    for _ in range(40):
        dna = algorithm.propose()
        proposed.append(dna)
        algorithm.feedback(dna, flat_reward(dna))
    assert best not in proposed


def test_unseeded_searches_differ():
    spec = SPACES["numeric"]()
    first, second = pg.bayesian.GP(), pg.bayesian.GP()
    first.setup(spec)
    second.setup(spec)
    assert first.propose() != second.propose()


def test_custom_decisions():
    def random_text(rng, before):
        return pg.DNA(str(rng.randrange(1000)))

    spec = pg.geno.space(
        [
            pg.geno.custom(random_dna_fn=random_text, location="x"),
            pg.geno.floatv(0.0, 1.0, location="y"),
        ]
    )
    for algorithm in (pg.bayesian.GP(seed=1), pg.bayesian.TPE(seed=1)):
        found = run(algorithm, spec, lambda dna: dna.to_numbers()[1], 30)
        assert max(reward for _, reward in found) > 0.9


def test_many_evaluations_do_not_pile_up():
    spec = pg.dna_spec([pg.oneof(["a", "b", "c"]) for _ in range(8)])
    algorithm = pg.bayesian.GP(seed=1)
    algorithm.setup(spec)
    rng = random.Random(1)
    for _ in range(700):
        dna = spec.random_dna(rng)
        algorithm.feedback(dna, float(sum(dna.to_numbers()[:4])))
    dna = algorithm.propose()
    assert sum(dna.to_numbers()[:4]) == 8


@pytest.mark.parametrize(
    "make, kwargs",
    [
        (pg.bayesian.GP, {"num_startup": -1}),
        (pg.bayesian.TPE, {"num_startup": -1}),
    ],
)
def test_bad_arguments(make, kwargs):
    (name,) = kwargs
    with pytest.raises(ValueError, match=f"Expected `{name}` to be"):
        make(**kwargs)
