"""What is noted on DNA."""

import pytest

import pyglove as pg
from pyglove import evolution, geno
from tests.evolution import helper


def test_fitness():
    dna = geno.DNA(0)
    assert evolution.set_fitness(dna, 0.5) is dna
    assert evolution.get_fitness(dna) == 0.5
    assert dna.metadata == {"reward": 0.5}
    evolution.set_fitness(dna, (1.0, 2.0))
    assert evolution.get_fitness(dna) == (1.0, 2.0)


@pytest.mark.parametrize(
    "get",
    [
        evolution.get_fitness,
        evolution.get_generation_id,
        evolution.is_initial_population,
    ],
)
def test_nothing_noted(get):
    with pytest.raises(KeyError):
        get(geno.DNA(0))


def test_no_feedback_yet():
    assert evolution.get_feedback_sequence_number(geno.DNA(0)) is None


def test_notes_of_an_evolution():
    algorithm = evolution.hill_climb(seed=1)
    algorithm.setup(helper.flat_space(3, 3))
    first = algorithm.propose()
    assert first.metadata == {
        "proposal_id": 1,
        "generation_id": 1,
        "initial_population": True,
    }
    algorithm.feedback(first, 0.5)
    second = algorithm.propose()
    algorithm.feedback(second, 0.7)
    assert second.metadata == {
        "proposal_id": 2,
        "generation_id": 2,
        "initial_population": False,
        "feedback_sequence_number": 2,
        "reward": 0.7,
    }
    assert evolution.is_initial_population(first)
    assert not evolution.is_initial_population(second)
    assert evolution.get_generation_id(second) == 2
    assert evolution.get_feedback_sequence_number(second) == 2


def test_notes_go_into_files():
    algorithm = evolution.hill_climb(seed=1)
    algorithm.setup(helper.flat_space(3, 3))
    dna = algorithm.propose()
    algorithm.feedback(dna, 0.5)
    restored = pg.from_json(pg.to_json(dna))
    assert restored.metadata == dna.metadata
