"""NEAT."""

import math

import pytest

from pyglove import evolution, geno
from pyglove.evolution.neat import (
    CompatibilityDistance,
    Speciate,
    Species,
    scaled_average_fitness,
)
from tests.evolution import helper

FLAT = helper.flat_space(4, 3, 5, 2)
NESTED = geno.space(
    [
        geno.oneof(
            [
                geno.space([helper.choice(2)]),
                geno.space(
                    [
                        geno.floatv(0.0, 1.0, location="x"),
                        helper.choice(2, "y"),
                        helper.choice(3, "z"),
                    ]
                ),
                geno.constant(),
            ],
            location="a",
        ),
        helper.choice(2, "b"),
    ]
)


@pytest.mark.parametrize(
    ("spec", "left", "right", "expected"),
    [
        (FLAT, (0, 0, 0, 0), (0, 0, 0, 0), 0.0),
        (FLAT, (0, 0, 0, 0), (3, 0, 0, 0), 0.75),
        (FLAT, (0, 0, 0, 0), (3, 2, 4, 1), 3.0),
        (NESTED, (0, 0, 0), (0, 1, 0), 1.0),
        (NESTED, (0, 0, 0), (1, 0.0, 0, 0, 0), 1.2),
        (NESTED, (0, 0, 0), (2, 0), 4 / 3),
        (NESTED, (1, 0.0, 0, 0, 0), (1, 0.5, 1, 1, 1), 2.4),
    ],
)
def test_distance(spec, left, right, expected):
    x, y = helper.dna_of(spec, *left), helper.dna_of(spec, *right)
    distance = CompatibilityDistance()
    assert distance(x, y) == pytest.approx(expected)
    assert distance(y, x) == pytest.approx(expected)


def test_coefficients_of_the_distance():
    x, y = helper.dna_of(NESTED, 0, 0, 0), helper.dna_of(NESTED, 1, 0.0, 0, 0, 0)
    assert CompatibilityDistance(10.0, 0.0)(x, y) == pytest.approx(6.0)
    assert CompatibilityDistance(0.0, 5.0)(x, y) == pytest.approx(1.0)


def members(species):
    return [helper.numbers(s.members) for s in species]


def test_species():
    op = Speciate(CompatibilityDistance(), 1.0)
    state = geno.AttributeDict()
    x, near, far = (
        helper.dna_of(FLAT, *n, 0) for n in ((0, 0, 0), (1, 0, 0), (1, 1, 1))
    )
    assert op([x, near, far], state) == [x, near, far]
    first, second = state.living_species
    assert members([first, second]) == [[[0, 0, 0, 0], [1, 0, 0, 0]], [[1, 1, 1, 0]]]
    assert first.representative is x
    # Species are told by their first DNA, also when it has gone.
    op([near, helper.dna_of(FLAT, 0, 0, 1, 0)], state)
    assert state.living_species == [first]
    assert members([first]) == [[[1, 0, 0, 0], [0, 0, 1, 0]]]


def test_children_revive_the_species_of_their_parent():
    op = Speciate(CompatibilityDistance(), 1.0)
    state = geno.AttributeDict()
    x, far = helper.dna_of(FLAT, 0, 0, 0, 0), helper.dna_of(FLAT, 1, 1, 1, 0)
    op([x, far], state)
    first, second = state.living_species
    op([x], state)
    assert state.living_species == [first]
    child = far.clone()
    op([x, child], state)
    assert state.living_species == [first, second]


def species_of(*fitness):
    species = Species(geno.DNA(0))
    species.members = [evolution.set_fitness(geno.DNA(0), x) for x in fitness]
    return species


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(11.0,)], [1.0]),
        ([(11.0,), (5.0,)], [6.0, 0.0]),
        ([(11.0,), (5.0, 8.0), (14.0,)], [4.5, 0.0, 7.5]),
        ([(3.0,), (3.0,)], [1.0, 1.0]),
        ([(math.nan,), (3.0,), (5.0,)], [0.0, 0.0, 2.0]),
        ([(math.inf,), (3.0,), (5.0,)], [2.0, 0.0, 2.0]),
        ([(-math.inf,), (3.0,), (5.0,)], [0.0, 0.0, 2.0]),
    ],
)
def test_fitness_of_species(groups, expected):
    found = scaled_average_fitness([species_of(*group) for group in groups])
    assert found == expected


def test_generations():
    algorithm = evolution.neat(population_size=6, seed=1)
    algorithm.setup(helper.flat_space(10, 10))
    generations = []
    for _ in range(24):
        dna = algorithm.propose()
        algorithm.feedback(dna, float(sum(dna.to_numbers())))
        generations.append(evolution.get_generation_id(dna))
        # Only the latest generation lives.
        assert {evolution.get_generation_id(x) for x in algorithm.population} == {
            generations[-1]
        }
        living = algorithm.global_state.living_species
        assert sum(len(s.members) for s in living) == len(algorithm.population)
    assert generations == [g for g in (1, 2, 3, 4) for _ in range(6)]


def test_it_finds_the_optimum():
    algorithm = evolution.neat(population_size=20, seed=1)
    algorithm.setup(helper.flat_space(5, 5, 5))
    best = 0
    for _ in range(800):
        dna = algorithm.propose()
        algorithm.feedback(dna, float(sum(dna.to_numbers())))
        best = max(best, sum(dna.to_numbers()))
    assert best == 12
