"""Slots of spaces, and the parts of [0, 1] that ints own."""

import math
import random

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

import pyglove as pg
from pyglove.geno.internal import IntDecision, SlotTable, effective_spec
from tests.geno import helper


def table_of(space):
    spec = effective_spec(pg.dna_spec(space))
    return SlotTable(spec.decisions, spec)


@hypothesis.given(helper.spaces(), st.integers(0, 100))
def test_active_slots_hold_the_numbers(spec, seed):
    spec = effective_spec(spec)
    table = SlotTable(spec.decisions, spec)
    numbers = tuple(pg.random_dna(spec, random.Random(seed)).to_numbers())
    active = list(table.active(numbers))
    assert tuple(value for _, value in active) == numbers
    assert [index for index, _ in active] == sorted({index for index, _ in active})
    values = dict(active)
    for index, slot in enumerate(table.slots):
        is_open = slot.parent < 0 or values.get(slot.parent) == slot.candidate
        assert (index in values) is is_open
        assert slot.parent < index


def test_slots_of_a_conditional_space():
    table = table_of(
        pg.Dict(
            x=pg.oneof([1, pg.manyof(2, ["a", "b", "c"])]),
            y=pg.intv(3, 9),
            z=pg.floatv(0.0, 1.0),
        )
    )
    found = [(s.position, s.parent, s.candidate, s.size) for s in table.slots]
    assert found == [
        (0, -1, 0, 2),
        (0, 0, 1, 3),
        (1, 0, 1, 3),
        (0, -1, 0, 7),
        (0, -1, 0, 0),
    ]
    assert table.groups == [[1, 2]]
    assert [s.literals for s in table.slots[1:]] == [("'a'", "'b'", "'c'")] * 2 + [
        None
    ] * 2
    assert [s.is_choice for s in table.slots] == [True] * 3 + [False] * 2
    assert not table.is_flat


def test_groups_within_groups_come_first():
    inner = pg.manyof(2, [1, 2, 3])
    table = table_of(pg.manyof(2, ["a", inner, "b"]))
    assert [len(group) for group in table.groups] == [2, 2, 2]
    assert table.groups[-1][0] == 0


def test_choices_that_always_come_up_are_flat():
    assert table_of([pg.oneof([1, 2]), pg.oneof("abc")]).is_flat


@pytest.mark.parametrize("scale", [None, "log", "rlog"])
@pytest.mark.parametrize(("count", "step"), [(1, 1), (2, 5), (9, 1), (700, 3)])
def test_each_int_owns_a_part(scale, count, step):
    decision = IntDecision(2, count, step, scale)
    values = range(2, 2 + count * step, step)
    parts = [decision.boundaries(value) for value in values]
    assert math.isclose(parts[0][0], 0.0, abs_tol=1e-12)
    assert math.isclose(parts[-1][1], 1.0, rel_tol=1e-12)
    for value, (begin, end), (after, _) in zip(
        values, parts, [*parts[1:], (1.0, 1.0)], strict=True
    ):
        assert begin < decision.to_unit(value) < end
        assert math.isclose(end, after)
        assert decision.at_unit(decision.to_unit(value)) == value
        assert decision.at_unit(begin + (end - begin) * 1e-6) == value
        assert decision.at_unit(end - (end - begin) * 1e-6) == value


@pytest.mark.parametrize("scale", [None, "log", "rlog"])
def test_arrays_of_ints_are_like_single_ones(scale):
    decision = IntDecision(1, 50, 4, scale)
    units = np.random.default_rng(1).random(200)
    index = np.clip(decision.index_at(units, np.floor), 0, 49)
    values = [decision.at_unit(unit) for unit in units.tolist()]
    assert (1 + 4 * index).tolist() == values
    middles = decision.unit_at(index + 0.5, np.log)
    assert np.allclose(middles, [decision.to_unit(value) for value in values])


@pytest.mark.parametrize("scale", [None, "log", "rlog"])
def test_ints_that_are_no_floats(scale):
    decision = IntDecision(1, 10**400, 1, scale)
    for value in (1, 10**200, 10**400):
        begin, end = decision.boundaries(value)
        assert 0.0 <= begin <= decision.to_unit(value) <= end <= 1.0
    assert decision.at_unit(0.0) == 1
    assert decision.at_unit(1.0) == 10**400
