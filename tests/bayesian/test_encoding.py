import numpy as np
import pytest

import pyglove as pg
from pyglove.bayesian.encoding import Encoding, squared_distances
from pyglove.bayesian.layout import Layout
from tests.bayesian.helper import SPACES


def distances(space, left, right):
    layout = Layout(pg.dna_spec(space))
    encoding = Encoding(layout)
    features = encoding(np.array([layout.encode(left), layout.encode(right)]))
    return {
        block.kind[0]: round(float(squares), 6)
        for block, squares in zip(
            encoding.blocks,
            [
                ((features[0] - features[1]) ** 2)[block.start : block.end].sum()
                for block in encoding.blocks
            ],
            strict=True,
        )
    }


def test_categories_are_one_apart():
    assert distances(pg.oneof(["a", "b", "c"]), (0,), (2,)) == {"category": 1.0}
    assert distances(pg.oneof(["a", "b", "c"]), (1,), (1,)) == {"category": 0.0}


def test_ordered_candidates_are_apart_by_rank():
    space = pg.oneof([1, 10, 100, 1000, 10000])
    assert distances(space, (1,), (2,)) == {"ordinal": 0.0625}


def test_numbers_are_apart_on_their_scale():
    space = pg.floatv(0.01, 1.0, "log")
    assert distances(space, (0.1,), (1.0,)) == {"number": 0.25}


def test_sets_are_apart_by_what_is_in_one_only():
    space = pg.manyof(2, ["a", "b", "c", "d"], sorted=True)
    assert distances(space, (0, 1), (2, 3)) == {"tally": 1.0}
    assert distances(space, (0, 1), (1, 2)) == {"tally": 0.5}


def test_permutations_are_apart_by_places():
    space = pg.permutate(["a", "b", "c"])
    assert distances(space, (0, 1, 2), (0, 2, 1))["place"] == 1.0


def test_choices_that_are_alike_are_tallied():
    space = [pg.oneof(["a", "b"]) for _ in range(3)]
    found = distances(space, (0, 0, 1), (0, 1, 0))
    assert found["tally"] == 0.0
    assert distances(space, (0, 0, 0), (1, 1, 1))["tally"] == 3.0


def test_what_comes_up_in_one_row_only_counts_half():
    space = pg.oneof([pg.floatv(0.0, 1.0), "a", "b"])
    found = distances(space, (0, 0.5), (1,))
    assert found == {"category": 1.0, "number": 0.5}
    assert distances(space, (1,), (2,)) == {"category": 1.0, "number": 0.0}


@pytest.mark.parametrize("name", sorted(SPACES))
def test_weighed_distances_are_sums_over_blocks(name):
    layout = Layout(SPACES[name]())
    encoding = Encoding(layout)
    rng = np.random.default_rng(1)
    features = encoding(layout.from_units(rng.random((7, len(layout)))))
    weights = rng.random(encoding.num_weights)
    scaled = features * encoding.scale(weights)
    by_weight = encoding.squared_distances(features)
    expected = np.tensordot(weights, by_weight, 1)
    np.testing.assert_allclose(squared_distances(scaled, scaled), expected, atol=1e-12)
    assert by_weight.min() >= 0.0


def test_with_many_decisions_those_of_a_kind_share_a_weight():
    space = pg.Dict(
        a=[pg.oneof(["x", "y"]) for _ in range(40)],
        b=[pg.floatv(0.0, 1.0) for _ in range(40)],
    )
    encoding = Encoding(Layout(pg.dna_spec(space)))
    assert encoding.num_weights == 3
    many = [pg.oneof([f"{i}", "y"]) for i in range(60)]
    assert Encoding(Layout(pg.dna_spec(many))).num_weights == 1
