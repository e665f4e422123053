import itertools
import math
from statistics import NormalDist

import numpy as np
import pytest

import pyglove as pg
from pyglove.bayesian.parzen import Parzen
from pyglove.bayesian.row_encoding import INACTIVE, RowEncoding
from pyglove.geno.dna.spec_base import effective_spec
from tests.bayesian.helper import SPACES


def kernel(parzen, encoding, given, row, count):
    """The kernel of a given row, slot by slot."""
    width = parzen.width_of(count)
    density = 1.0
    for slot, center, value in zip(encoding.slots, given, row, strict=True):
        if value == INACTIVE:
            continue
        if not slot.is_choice:
            if center != INACTIVE:
                normal = NormalDist(center, width)
                density *= normal.pdf(value) / (normal.cdf(1.0) - normal.cdf(0.0))
            continue
        if center == INACTIVE:
            density /= slot.size
            continue
        places = slot.coordinates
        if places is None:
            near = [float(v == center) for v in range(slot.size)]
        else:
            scale = max(width, 0.5 / (slot.size - 1))
            apart = [(place - places[int(center)]) / scale for place in places]
            near = [math.exp(-0.5 * d * d) for d in apart]
        any_part = slot.size / (slot.size + min(count, 40))
        own = near[int(value)] / sum(near)
        density *= (1 - any_part) * own + any_part / slot.size
    return density


def uniform(encoding, row):
    sizes = [
        slot.size
        for slot, value in zip(encoding.slots, row, strict=True)
        if slot.is_choice and value != INACTIVE
    ]
    return 1.0 / math.prod(sizes)


@pytest.mark.parametrize("name", sorted(SPACES))
def test_densities_are_those_of_the_definition(name):
    encoding = RowEncoding(SPACES[name]())
    parzen = Parzen(encoding)
    rng = np.random.default_rng(1)
    given = encoding.from_units(rng.random((6, len(encoding))))
    rows = encoding.from_units(rng.random((9, len(encoding))))
    weights = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    found = parzen.log_density(rows, parzen.features(given), weights)
    for row, density in zip(rows, found, strict=True):
        parts = [kernel(parzen, encoding, g, row, 5) for g in given]
        expected = (float(weights @ parts) + uniform(encoding, row)) / 6
        assert math.exp(density) == pytest.approx(expected, rel=1e-3)


def test_probabilities_of_a_tree_add_up_to_one():
    space = pg.Dict(
        x=pg.oneof([pg.oneof(["a", "b", "c"]), pg.oneof([1, 2, 3, 4]), "none"]),
        y=pg.oneof([1, 10, 100]),
    )
    spec = effective_spec(pg.dna_spec(space))
    encoding = RowEncoding(spec)
    parzen = Parzen(encoding)
    rows = np.array([encoding.encode(dna._flat()) for dna in spec.iter_dna()])
    features = parzen.features(rows[[0, 4, 4, 9]])
    densities = np.exp(parzen.log_density(rows, features, np.ones(4)))
    assert densities.sum() == pytest.approx(1.0, rel=1e-5)


def test_samples_are_distributed_by_the_density():
    space = [pg.oneof(["a", "b", "c"]), pg.oneof([1, 2, 3])]
    encoding = RowEncoding(pg.dna_spec(space))
    parzen = Parzen(encoding)
    rng = np.random.default_rng(1)
    given = np.array([[0.0, 2.0], [0.0, 1.0], [2.0, 2.0]])
    fresh = encoding.from_units(rng.random((20_000, 2)))
    rows = parzen.sample(given, fresh, rng)
    for row in itertools.product(range(3), range(3)):
        part = (rows == row).all(axis=1).mean()
        density = parzen.log_density(
            np.array([row], float), parzen.features(given), np.ones(3)
        )
        assert part == pytest.approx(math.exp(density[0]), abs=0.015)


@pytest.mark.parametrize("name", sorted(SPACES))
def test_samples_fit(name):
    spec = effective_spec(SPACES[name]())
    encoding = RowEncoding(spec)
    rng = np.random.default_rng(1)
    given = encoding.from_units(rng.random((4, len(encoding))))
    fresh = encoding.uniform_rows(rng.random((50, len(encoding))))
    for row in Parzen(encoding).sample(given, fresh, rng):
        numbers = encoding.decode(row)
        assert spec.decisions.accept(numbers) == numbers
