import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyglove import geno
from tests.geno import helper

FEW = settings(max_examples=50)


@FEW
@given(helper.finite_spaces())
def test_enumeration_visits_everything_once_in_order(space):
    expected = helper.enumerate_numbers(space)
    found = [tuple(dna.to_numbers()) for dna in space.iter_dna()]
    assert found == expected
    assert space.space_size == len(expected)


@FEW
@given(helper.spaces(), st.integers())
def test_random_numbers(space, seed):
    decisions = space.decisions
    numbers = decisions.sample(random.Random(seed))
    assert decisions.sample(random.Random(seed)) == numbers
    assert decisions.accept(numbers) == numbers
    assert decisions.flatten(decisions.nest(numbers)) == numbers
    spans = decisions.spans(numbers)
    assert sum((numbers[a:b] for a, b in spans), ()) == numbers
    assert decisions.skip(numbers, 0) == len(numbers)
    taken = []
    decisions.take(iter(numbers).__next__, taken)
    assert tuple(taken) == numbers
    space.validate(geno.DNA.from_numbers(numbers, space))


@FEW
@given(helper.finite_spaces(), st.data())
def test_only_what_is_enumerated_is_accepted(space, data):
    valid = set(helper.enumerate_numbers(space))
    size = max(map(len, valid))
    numbers = data.draw(st.lists(st.integers(-1, 4), max_size=size + 1))
    accepted = space.decisions.accept(numbers)
    assert (accepted is not None) == (tuple(numbers) in valid)


@FEW
@given(helper.spaces())
def test_equal_structures_share_their_decisions(space):
    assert space.clone().decisions is space.decisions
    assert helper.locate([e.clone() for e in space.elements]).decisions is (
        space.decisions
    )


def test_large_spaces_are_not_enumerated():
    space = helper.locate([geno.intv(0, 10**30) for _ in range(3)])
    assert space.space_size == (10**30 + 1) ** 3
    dna = space.random_dna(random.Random(1))
    assert space.next_dna(dna).to_numbers() == [
        *dna.to_numbers()[:2],
        dna.to_numbers()[2] + 1,
    ]


def test_deep_conditions():
    point = geno.oneof(helper.constants(2))
    for _ in range(60):
        point = geno.oneof([geno.constant(), geno.space([point])])
    assert point.space_size == 62
    assert len(list(point.iter_dna())) == 62
    deepest = geno.DNA.from_numbers([1] * 61, point)
    assert deepest.next_dna() is None
    assert len(deepest.to_dict()) == 61


@pytest.mark.parametrize("distinct", [True, False])
@pytest.mark.parametrize("in_order", [True, False])
def test_choices_are_drawn_uniformly(distinct, in_order):
    point = geno.manyof(2, helper.constants(3), distinct, in_order)
    rng = random.Random(1)
    counts = {}
    for _ in range(6000):
        numbers = tuple(point.random_dna(rng).to_numbers())
        counts[numbers] = counts.get(numbers, 0) + 1
    assert set(counts) == set(helper.enumerate_numbers(point))
    if distinct or not in_order:
        assert max(counts.values()) < 1.3 * min(counts.values())
