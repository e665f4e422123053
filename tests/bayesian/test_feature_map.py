import numpy as np
import pytest

import pyglove as pg
from pyglove.bayesian.feature_map import FeatureMap, squared_distances
from pyglove.bayesian.row_encoding import RowEncoding
from tests.bayesian.helper import SPACES


def distances(space, left, right):
    encoding = RowEncoding(pg.dna_spec(space))
    feature_map = FeatureMap(encoding)
    features = feature_map(np.array([encoding.encode(left), encoding.encode(right)]))
    return {
        block.kind[0]: round(float(squares), 6)
        for block, squares in zip(
            feature_map.blocks,
            [
                ((features[0] - features[1]) ** 2)[block.start : block.end].sum()
                for block in feature_map.blocks
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
    encoding = RowEncoding(SPACES[name]())
    feature_map = FeatureMap(encoding)
    rng = np.random.default_rng(1)
    features = feature_map(encoding.from_units(rng.random((7, len(encoding)))))
    weights = rng.random(feature_map.num_weights)
    scaled = features * feature_map.scale(weights)
    by_weight = feature_map.squared_distances(features)
    expected = np.tensordot(weights, by_weight, 1)
    np.testing.assert_allclose(squared_distances(scaled, scaled), expected, atol=1e-12)
    assert by_weight.min() >= 0.0


def test_with_many_decisions_those_of_a_kind_share_a_weight():
    space = pg.Dict(
        a=[pg.oneof(["x", "y"]) for _ in range(40)],
        b=[pg.floatv(0.0, 1.0) for _ in range(40)],
    )
    feature_map = FeatureMap(RowEncoding(pg.dna_spec(space)))
    assert feature_map.num_weights == 3
    many = [pg.oneof([f"{i}", "y"]) for i in range(60)]
    assert FeatureMap(RowEncoding(pg.dna_spec(many))).num_weights == 1
