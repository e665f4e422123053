import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove.bayesian.row_encoding import INACTIVE, RowEncoding
from pyglove.geno.dna.spec_base import effective_spec
from tests.bayesian.helper import SPACES

LAYOUTS = {name: RowEncoding(make()) for name, make in SPACES.items()}
SPECS = {name: effective_spec(make()) for name, make in SPACES.items()}
NAMES = st.sampled_from(sorted(SPACES))


@given(NAMES, st.integers(0, 10**6))
def test_rows_hold_what_dna_do(name, seed):
    encoding, spec = LAYOUTS[name], SPECS[name]
    numbers = spec.random_dna(random.Random(seed))._flat()
    decoded = encoding.decode(encoding.encode(numbers))
    assert decoded == pytest.approx(numbers)
    assert spec.decisions.accept(decoded) is not None


@given(NAMES, st.integers(0, 10**6))
def test_units_make_rows_that_fit(name, seed):
    encoding, spec = LAYOUTS[name], SPECS[name]
    rows = encoding.from_units(np.random.default_rng(seed).random((8, len(encoding))))
    for row in rows:
        numbers = encoding.decode(row)
        assert spec.decisions.accept(numbers) == numbers
        np.testing.assert_allclose(encoding.encode(numbers), row, atol=1e-12)
    assert np.array_equal(encoding.canonicalize(rows), rows)


def test_uniform_units_make_uniform_choices():
    encoding = RowEncoding(pg.dna_spec(pg.permutate(["a", "b", "c"])))
    rows = encoding.from_units(np.random.default_rng(1).random((6000, 3)))
    _, counts = np.unique(rows, axis=0, return_counts=True)
    assert len(counts) == 6
    assert counts.min() > 880


def test_what_does_not_come_up_is_marked():
    space = pg.oneof([pg.floatv(0.0, 1.0), pg.intv(1, 3), "none"])
    encoding = RowEncoding(pg.dna_spec(space))
    assert encoding.encode((0, 0.25)).tolist() == [0.0, 0.25, INACTIVE]
    assert encoding.encode((1, 2)).tolist() == [1.0, INACTIVE, 0.5]
    assert encoding.encode((2,)).tolist() == [2.0, INACTIVE, INACTIVE]
    assert encoding.is_optional.tolist() == [False, True, True]


@given(NAMES, st.integers(0, 10**6))
def test_codes_tell_rows_apart(name, seed):
    encoding = LAYOUTS[name]
    rows = encoding.from_units(np.random.default_rng(seed).random((50, len(encoding))))
    codes = encoding.codes(rows)
    assert np.array_equal(codes, encoding.codes(rows[::-1])[::-1])
    assert len(set(codes.tolist())) == len(np.unique(rows, axis=0))


@pytest.mark.parametrize(
    "candidates, coordinates",
    [
        ([8, 16, 64], (0.0, 0.5, 1.0)),
        ([0.3, 0.1, 0.2], (1.0, 0.0, 0.5)),
        (["a", "b", "c"], None),
        ([1, 2], None),
        ([1, 2, True], None),
        ([1, 2, "auto"], None),
        ([1, 1.0, 2], None),
        ([1, 2, float("inf")], None),
    ],
)
def test_candidates_that_are_different_numbers_have_an_order(candidates, coordinates):
    slot = RowEncoding(pg.dna_spec(pg.oneof(candidates))).slots[0]
    assert slot.coordinates == coordinates


def test_custom_decisions_come_back():
    def random_text(rng, before):
        return pg.DNA(str(rng.randrange(100)))

    spec = pg.geno.space([pg.geno.custom(random_dna_fn=random_text, location="x")])
    encoding = RowEncoding(spec)
    row = encoding.from_units(np.zeros((1, 1)), random.Random(1))[0]
    assert encoding.encode(encoding.decode(row)).tolist() == row.tolist()
