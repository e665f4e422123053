"""Recombinators that exchange segments."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno
from tests.evolution import helper

recombinators = evolution.recombinators
SPEC = helper.flat_space(3, 3, 3, 3)
X, Y = helper.dna_of(SPEC, 0, 0, 0, 0), helper.dna_of(SPEC, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("cuts", "expected"),
    [
        ([], "0000 1111"),
        ([1], "0111 1000"),
        ([1, 3], "0110 1001"),
        ([0], "1111 0000"),
        ([4], "0000 1111"),
        ([1, 1], "0000 1111"),
        ([9], "0000 1111"),
    ],
)
def test_cuts(cuts, expected):
    children = recombinators.Segmented(lambda points: cuts)([X, Y])
    text = " ".join("".join(map(str, child)) for child in helper.numbers(children))
    assert text == expected


@given(seed=st.integers(0, 10**6), k=st.integers(1, 10))
def test_children_fit_the_space(seed, k):
    spec = helper.mixed_space()
    x, y = helper.random_dna(spec, 2, seed)
    first, second = recombinators.KPoint(k, seed=seed)([x, y])
    for i, pair in enumerate(zip(first.children, second.children, strict=True)):
        spec.validate(first)
        spec.validate(second)
        assert pair in ((x.children[i], y.children[i]), (y.children[i], x.children[i]))


@given(seed=st.integers(0, 100), k=st.integers(1, 6))
def test_number_of_cuts(seed, k):
    first, second = helper.numbers(recombinators.KPoint(k, seed=seed)([X, Y]))
    changes = sum(a != b for a, b in itertools.pairwise(first))
    assert changes == min(k, 3)
    assert [1 - value for value in first] == second
    assert first[0] == 0


def test_cut_of_a_single_decision():
    spec = helper.flat_space(3)
    x, y = helper.dna_of(spec, 0), helper.dna_of(spec, 1)
    assert recombinators.KPoint(1)([x, y]) == [x, y]


def test_number_of_cuts_that_changes_over_time():
    op = recombinators.KPoint(lambda step: step, seed=1)
    assert helper.numbers(op([X, Y], step=3))[0] == [0, 1, 0, 1]


def test_seed_decides():
    runs = [
        [helper.numbers(op([X, Y])) for _ in range(9)]
        for op in (
            recombinators.KPoint(1, seed=1),
            recombinators.KPoint(1, seed=random.Random(1)),
            recombinators.KPoint(1, seed=2),
        )
    ]
    assert runs[0] == runs[1] != runs[2]


def test_cuts_are_between_independent_decisions():
    spec = helper.mixed_space()
    seen = []
    op = recombinators.Segmented(lambda points: seen.extend(points) or [])
    op(helper.random_dna(spec, 2))
    assert [str(point.id) for point in seen] == list("abpsdizc")


def test_subclass_may_take_the_context():
    class AtStep(recombinators.SegmentWise):
        def cutting_indices(self, independent_decision_points, step):
            return [step]

    assert helper.numbers(AtStep()([X, Y], step=2))[0] == [0, 0, 1, 1]


@pytest.mark.parametrize("parents", [[X], [X, Y, X]])
def test_two_parents_are_needed(parents):
    with pytest.raises(ValueError, match="Expected 2 parents for KPoint"):
        recombinators.KPoint(1)(parents)


@pytest.mark.parametrize(
    ("distinct", "is_sorted"),
    [(True, True), (True, False), (False, True), (False, False)],
)
def test_choices_that_do_not_depend_on_each_other(distinct, is_sorted):
    inner = geno.space([helper.choice(2)])
    spec = geno.space(
        [
            helper.choice(2, "x"),
            geno.manyof(
                2,
                [inner, *[geno.constant() for _ in range(3)]],
                distinct,
                is_sorted,
                location="y",
            ),
            helper.choice(2, "z"),
        ]
    )
    x = geno.DNA([0, [(0, 1), 1], 0], spec=spec)
    y = geno.DNA([1, [2, 3], 1], spec=spec)
    seen = []

    def cut(points):
        seen.append([str(point.id) for point in points])
        return [2]

    children = recombinators.Segmented(cut)([x, y])
    if distinct or is_sorted:
        assert seen == [["x", "y", "z"]]
        assert children == [geno.DNA([0, [(0, 1), 1], 1]), geno.DNA([1, [2, 3], 0])]
    else:
        assert seen == [["x", "y[0]", "y[1]", "z"]]
        assert children == [geno.DNA([0, [(0, 1), 3], 1]), geno.DNA([1, [2, 1], 0])]
    cuts = recombinators.KPoint(9, seed=1)([x, y])
    expected = [0, [2, 3], 0] if len(seen[0]) == 3 else [0, [2, 1], 1]
    assert cuts[0] == geno.DNA(expected)
