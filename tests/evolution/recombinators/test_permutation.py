"""Recombinators of permutations."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno
from tests.evolution import helper

recombinators, where = evolution.recombinators, evolution.where
KINDS = [recombinators.Order, recombinators.PartiallyMapped, recombinators.Cycle]
CONSTANT = geno.constant

PERMUTATIONS = st.integers(1, 12).flatmap(
    lambda n: st.tuples(st.permutations(range(n)), st.permutations(range(n)))
)


def permutation(size, location="p"):
    return geno.manyof(size, [CONSTANT() for _ in range(size)], location=location)


class Reverse(recombinators.Permutation):
    """Reverses each permutation, and notes what it was given."""

    def _on_bound(self):
        super()._on_bound()
        self.given = []

    def permutate(self, multi_choice_spec, parents):
        self.given.append((str(multi_choice_spec.id), parents))
        return [parent[::-1] for parent in parents]


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
@given(orders=PERMUTATIONS, seed=st.integers(0, 99))
def test_children_are_permutations(cls, orders, seed):
    size = len(orders[0])
    spec = geno.space([permutation(size), helper.choice(2, "x")])
    parents = [helper.dna_of(spec, *order, i) for i, order in enumerate(orders)]
    children = cls(seed=seed)(parents)
    assert children
    for child in children:
        assert sorted(child.to_numbers()[:size]) == list(range(size))
        spec.validate(child)


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
@given(order=st.permutations(range(6)), seed=st.integers(0, 99))
def test_equal_parents_have_equal_children(cls, order, seed):
    spec = geno.space([permutation(6)])
    parents = [helper.dna_of(spec, *order) for _ in range(2)]
    assert cls(seed=seed)(parents) == parents[:1]


# ---- The crossovers, as published ---------------------------------------------------

X, Y = [1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 3, 7, 8, 2, 6, 5, 1, 4]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (3, 7, [[3, 4, 7, 8, 2, 6, 5, 9, 1], [3, 8, 2, 4, 5, 6, 7, 1, 9]]),
        (0, 9, [Y, X]),
        (3, 3, [X, Y]),
        (6, 2, [X, Y]),
    ],
)
def test_order_crossover(start, end, expected):
    assert recombinators.Order().order_crossover([X, Y], start, end) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (3, 7, [[1, 7, 3, 8, 2, 6, 5, 4, 9], [9, 3, 2, 4, 5, 6, 7, 1, 8]]),
        (0, 9, [Y, X]),
        (3, 3, [X, Y]),
        (6, 2, [X, Y]),
    ],
)
def test_partially_mapped_crossover(start, end, expected):
    op = recombinators.PartiallyMapped()
    assert op.partially_mapped_crossover([X, Y], start, end) == expected


def test_cycle_crossover():
    x, y = [1, 2, 3, 4, 5, 6, 7, 8], [8, 5, 2, 1, 3, 6, 4, 7]
    exchanges = [(0, 3, 6, 7), (1, 2, 4)]
    found = set()
    for seed in range(50):
        first, second = recombinators.Cycle(seed=seed).cycle_crossover([x, y])
        for cycle in exchanges:
            assert len({first[i] == x[i] for i in cycle}) == 1
        assert all(
            {a, b} == {c, d} for a, b, c, d in zip(first, second, x, y, strict=True)
        )
        found.add(tuple(first))
    assert len(found) == 4


# ---- Where -------------------------------------------------------------------------


def nested_space():
    inner = geno.space([helper.choice(9)])
    return geno.space(
        [
            permutation(3, "b"),
            geno.manyof(2, [CONSTANT() for _ in range(3)], location="c"),
            geno.oneof([geno.space([permutation(2, "q")]), CONSTANT()], location="e"),
            geno.manyof(2, [inner, CONSTANT()], location="f"),
        ]
    )


def test_permutations_wherever_they_are():
    spec = nested_space()
    x = helper.dna_of(spec, 0, 1, 2, 0, 1, 0, 0, 1, 0, 5, 1)
    y = helper.dna_of(spec, 2, 1, 0, 1, 2, 0, 1, 0, 1, 0, 7)
    op = Reverse(where=where.All())
    children = op([x, y])
    assert op.given == [
        ("b", [[0, 1, 2], [2, 1, 0]]),
        ("e[=0/2].q", [[0, 1], [1, 0]]),
        ("f", [[0, 1], [1, 0]]),
    ]
    # All are reversals of one permutation of one parent.
    assert [0, 1, 2, 0, 1, 0, 1, 0, 0, 5, 1] in helper.numbers(children)
    assert [0, 1, 2, 0, 1, 0, 0, 1, 1, 0, 5] in helper.numbers(children)
    for child in children:
        spec.validate(child)


def test_permutations_that_not_all_parents_have():
    spec = nested_space()
    x = helper.dna_of(spec, 0, 1, 2, 0, 1, 0, 0, 1, 0, 5, 1)
    y = helper.dna_of(spec, 2, 1, 0, 1, 2, 1, 1, 0, 7)
    op = Reverse(where=where.All())
    op([x, y])
    assert [name for name, _ in op.given] == ["b", "f"]


def test_one_permutation_by_default():
    spec = nested_space()
    parents = [
        helper.dna_of(spec, 0, 1, 2, 0, 1, 1, 0, 5, 1),
        helper.dna_of(spec, 2, 0, 1, 0, 1, 1, 1, 0, 5),
    ]
    names = set()
    for seed in range(20):
        op = Reverse(where=where.Any(seed=seed))
        op(parents)
        assert len(op.given) == 1
        names.add(op.given[0][0])
    assert names == {"b", "f"}


@pytest.mark.parametrize("op", [recombinators.Order(), Reverse()])
def test_no_permutations(op):
    spec = helper.flat_space(3)
    parents = [helper.dna_of(spec, 0), helper.dna_of(spec, 1)]
    assert op(parents) == parents


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_seed_decides(cls):
    spec = geno.space([permutation(9)])
    rng = random.Random(0)
    parents = [helper.dna_of(spec, *rng.sample(range(9), 9)) for _ in range(2)]
    runs = [
        [helper.numbers(op(parents)) for _ in range(9)]
        for op in (cls(seed=1), cls(seed=random.Random(1)), cls(seed=2))
    ]
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_seed_decides_which_permutation_too(cls):
    spec = geno.space([permutation(5, location) for location in "abcd"])
    parents = helper.random_dna(spec, 2)
    runs = [
        [helper.numbers(op(parents)) for _ in range(9)]
        for op in (cls(seed=1), cls(seed=random.Random(1)), cls(seed=2))
    ]
    assert runs[0] == runs[1] != runs[2]
    # A filter with a seed of its own keeps it.
    own = [cls(where=where.Any(seed=1), seed=seed) for seed in (1, 1)]
    assert (
        len({str([helper.numbers(op(parents)) for _ in range(9)]) for op in own}) == 1
    )


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.__name__)
def test_two_parents_are_needed(cls):
    spec = geno.space([permutation(3)])
    with pytest.raises(ValueError, match="Expected 2 parents"):
        cls()([helper.dna_of(spec, 0, 1, 2)])


@pytest.mark.parametrize("kind", [recombinators.Order, recombinators.PartiallyMapped])
def test_one_segment_for_both_children(kind):
    parents = [[0, 1, 2, 4, 3], [1, 2, 3, 4, 0]]
    spec = geno.space([permutation(5)])
    dna = [geno.DNA(p, spec=spec) for p in parents]
    name = "order" if kind is recombinators.Order else "partially_mapped"
    cross = getattr(kind(), f"{name}_crossover")
    possible = {
        frozenset(map(tuple, cross(parents, start, end)))
        for start in range(5)
        for end in range(start + 1, 5)
    }
    found = {
        frozenset(tuple(child.to_numbers()) for child in kind(seed=seed)(dna))
        for seed in range(200)
    }
    assert found == possible and len(found) == 6
