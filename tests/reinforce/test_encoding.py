"""Numbers as arrays, and back."""

import math
import random

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from pyglove import geno
from pyglove.reinforce.encoding import Encoding
from tests.geno import helper as geno_helper
from tests.reinforce import helper


def sample(spec, count, seed=0):
    rng = random.Random(seed)
    return [tuple(geno.random_dna(spec, rng).to_numbers()) for _ in range(count)]


@hypothesis.given(geno_helper.spaces(), st.integers(0, 100))
def test_numbers_survive(spec, seed):
    encoding = Encoding(spec.decisions)
    rows = sample(spec, 5, seed)
    batch = encoding.encode(rows)
    decoded = encoding.decode(batch.choices, batch.units)
    for numbers, again in zip(rows, decoded, strict=True):
        assert len(numbers) == len(again)
        for number, other in zip(numbers, again, strict=True):
            assert type(number) is type(other)
            if isinstance(number, float):
                assert math.isclose(number, other, rel_tol=1e-9)
            elif number < 1000:
                assert number == other
            else:  # The middle of its part, as far as floats can tell.
                assert math.isclose(number, other, rel_tol=1e-9)


def test_slots_that_are_not_active():
    inner = geno.space([helper.choice(3, "u"), geno.floatv(0.0, 1.0, location="f")])
    spec = geno.space(
        [geno.oneof([geno.constant(), inner], location="a"), helper.choice(2, "b")]
    )
    encoding = Encoding(spec.decisions)
    assert encoding.num_slots == 4 and encoding.num_columns == 1
    batch = encoding.encode([(0, 1), (1, 2, 0.25, 0)])
    assert batch.active.tolist() == [[True, False, False, True], [True] * 4]
    assert batch.choices.tolist() == [[0, 0, 0, 1], [1, 2, 0, 0]]
    assert batch.units[1].tolist() == [0.25]
    assert encoding.decode(batch.choices, batch.units) == [(0, 1), (1, 2, 0.25, 0)]
    part = batch.rows([1])
    assert part.choices.tolist() == [[1, 2, 0, 0]] and part.active.all()


def test_choices_of_a_multiple_choice_have_slots_of_their_own():
    inner = geno.space([helper.choice(2, "u")])
    spec = geno.space(
        [geno.manyof(2, [geno.constant(), inner], distinct=False, location="m")]
    )
    encoding = Encoding(spec.decisions)
    assert encoding.groups == {0: [0, 2]}
    batch = encoding.encode([(0, 1, 1), (1, 0, 0)])
    assert batch.active.tolist() == [
        [True, False, True, True],
        [True, True, True, False],
    ]


@pytest.mark.parametrize("scale", [None, "log", "rlog"])
@pytest.mark.parametrize("step", [1, 3])
def test_parts_of_ints_meet(scale, step):
    point = geno.intv(2, 20, step, scale)
    encoding = Encoding(point.decisions)
    values = range(2, 21, step)
    batch = encoding.encode([(value,) for value in values])
    ends = batch.highs[:, 0]
    np.testing.assert_allclose(batch.lows[1:, 0], ends[:-1], atol=1e-12)
    assert (ends > batch.lows[:, 0]).all()
    # A value is what is at each place within its part.
    for value, low, high in zip(values, batch.lows[:, 0], ends, strict=True):
        for logit in (low + 1e-6, high - 1e-6):
            unit = 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
            assert point.decisions.items[0].at_unit(unit) == value


def test_ends_of_ranges():
    encoding = Encoding(geno.space([geno.floatv(0.0, 1.0)]).decisions)
    batch = encoding.encode([(0.0,), (1.0,)])
    assert np.isfinite(batch.lows).all()
    encoding = Encoding(geno.space([geno.floatv(2.0, 2.0), geno.intv(3, 3)]).decisions)
    batch = encoding.encode([(2.0, 3)])
    assert np.isfinite(batch.lows).all() and np.isfinite(batch.highs).all()


def test_space_without_decisions():
    encoding = Encoding(geno.constant().decisions)
    assert encoding.num_slots == 0
    batch = encoding.encode([(), ()])
    assert batch.active.shape == (2, 0)
    assert encoding.decode(batch.choices, batch.units) == [(), ()]


def test_huge_ranges():
    encoding = Encoding(geno.space([geno.intv(0, 10**18)]).decisions)
    batch = encoding.encode([(0,), (1,), (5 * 10**17,), (10**18,)])
    assert np.isfinite(batch.lows).all() and np.isfinite(batch.highs).all()
