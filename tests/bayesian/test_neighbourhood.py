import random

import numpy as np
import pytest

import pyglove as pg
from pyglove.bayesian.neighbourhood import Neighbourhood, reflect
from pyglove.bayesian.row_encoding import INACTIVE, RowEncoding
from pyglove.geno.dna.spec_base import effective_spec
from tests.bayesian.helper import SPACES


def neighbourhood_of(spec, seed=1):
    encoding = RowEncoding(spec)
    return encoding, Neighbourhood(
        encoding, np.random.default_rng(seed), random.Random(seed)
    )


@pytest.mark.parametrize("name", sorted(SPACES))
def test_moves_fit_and_lead_elsewhere(name):
    spec = effective_spec(SPACES[name]())
    encoding, neighbourhood = neighbourhood_of(spec)
    parents = neighbourhood.random(5)
    for rows in (neighbourhood.mutate(parents, 200), neighbourhood.neighbours(parents)):
        assert len(rows) > 20
        for row in rows:
            numbers = encoding.decode(row)
            assert spec.decisions.accept(numbers) == numbers
        moved = ~(rows[:, None] == parents).all(axis=2).any(axis=1)
        assert moved.mean() > 0.7
        assert np.array_equal(encoding.canonicalize(rows), rows)


def test_neighbours_of_choices_are_all_of_them():
    _, neighbourhood = neighbourhood_of(SPACES["flat"]())
    row = neighbourhood.random(1)
    rows = neighbourhood.neighbours(row)
    assert len(np.unique(rows, axis=0)) == 4 * 2 + 3
    assert ((rows != row).sum(axis=1) == 1).all()


def test_neighbours_of_what_is_closed_are_not_looked_at():
    space = pg.oneof([pg.oneof(list("abcdef")), "none"])
    encoding, neighbourhood = neighbourhood_of(pg.dna_spec(space))
    rows = neighbourhood.neighbours(np.array([[1.0, INACTIVE]]))
    assert len(rows) == 1
    assert encoding.decode(rows[0])[0] == 0


def test_many_neighbours_are_drawn_from():
    _, neighbourhood = neighbourhood_of(
        pg.dna_spec([pg.oneof("abcd") for _ in range(90)])
    )
    assert len(neighbourhood.neighbours(neighbourhood.random(2), limit=50)) == 100


def test_permutations_are_all_reached():
    _, neighbourhood = neighbourhood_of(pg.dna_spec(pg.permutate(["a", "b", "c", "d"])))
    rows = neighbourhood.random(1)
    for _ in range(4):
        rows = np.unique(np.vstack([rows, neighbourhood.mutate(rows, 200)]), axis=0)
    assert len(rows) == 24


def test_reflect_stays_inside():
    values = reflect(np.linspace(-3.0, 4.0, 71))
    assert values.min() >= 0.0
    assert values.max() <= 1.0
