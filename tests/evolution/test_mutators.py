"""Mutators."""

import collections
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno
from tests.evolution import helper

Uniform, Swap = evolution.mutators.Uniform, evolution.mutators.Swap


def outcomes(mutator, dna, count=3000):
    """How often each child comes out."""
    return collections.Counter(
        tuple(mutator([dna])[0].to_numbers()) for _ in range(count)
    )


def share(counter, *keys):
    return sum(counter[key] for key in keys) / sum(counter.values())


# ---- Uniform -----------------------------------------------------------------------


@pytest.mark.parametrize("mutator", [Uniform, Swap])
@given(seed=st.integers(0, 10**6))
def test_child_fits_the_space_and_the_parent_stays(mutator, seed):
    spec = helper.mixed_space()
    (parent,) = helper.random_dna(spec, 1, seed)
    before = parent.to_numbers()
    (child,) = mutator(seed=seed)([parent])
    spec.validate(child)
    assert child is not parent
    assert parent.to_numbers() == before


@given(seed=st.integers(0, 10**6))
def test_uniform_changes_one_element_at_most(seed):
    spec = helper.mixed_space()
    (parent,) = helper.random_dna(spec, 1, seed)
    (child,) = Uniform(seed=seed)([parent])
    changed = [x != y for x, y in zip(parent.children, child.children, strict=True)]
    assert sum(changed) <= 1


def test_each_decision_is_as_likely():
    parent = helper.dna_of(helper.flat_space(3, 2), 0, 0)
    found = outcomes(Uniform(seed=1), parent)
    assert set(found) == {(0, 0), (1, 0), (2, 0), (0, 1)}
    assert share(found, (0, 0)) == pytest.approx(5 / 12, abs=0.04)
    assert share(found, (1, 0), (2, 0)) == pytest.approx(1 / 3, abs=0.04)


def test_conditional_decisions_are_made_anew_with_the_choice():
    inner = geno.space([helper.choice(3, "u"), helper.choice(2, "v")])
    spec = geno.space([geno.oneof([inner, geno.constant()], location="a")])
    found = outcomes(Uniform(seed=1), helper.dna_of(spec, 0, 0, 0))
    assert set(found) == {(1,)} | {(0, u, v) for u in range(3) for v in range(2)}
    # Of three decisions, one opens the others.
    assert share(found, (1,)) == pytest.approx(1 / 6, abs=0.03)
    back = outcomes(Uniform(seed=1), helper.dna_of(spec, 1))
    assert share(back, (1,)) == pytest.approx(1 / 2, abs=0.04)


def test_one_of_several_distinct_choices_becomes_a_free_candidate():
    spec = geno.space([geno.manyof(2, [geno.constant()] * 4, location="m")])
    found = outcomes(Uniform(seed=1), helper.dna_of(spec, 0, 1))
    # As a whole with probability 1/3; else one choice moves to 2 or 3.
    singles = share(found, (0, 2), (0, 3), (2, 1), (3, 1))
    assert singles == pytest.approx(2 / 3 + 4 / 36, abs=0.04)
    assert len(found) == 12


def test_choices_that_have_to_be_sorted_stay_sorted():
    spec = geno.space(
        [geno.manyof(2, [geno.constant()] * 3, sorted=True, location="m")]
    )
    found = outcomes(Uniform(seed=1), helper.dna_of(spec, 0, 2))
    assert set(found) == {(0, 1), (0, 2), (1, 2)}


def test_permutation():
    spec = geno.space([geno.manyof(3, [geno.constant()] * 3, location="m")])
    found = outcomes(Uniform(seed=1), helper.dna_of(spec, 0, 1, 2))
    # A single choice has no free candidate to move to.
    assert share(found, (0, 1, 2)) == pytest.approx(3 / 4 + 1 / 24, abs=0.04)
    assert len(found) == 6


def test_floats_are_drawn_from_their_range():
    spec = geno.space([geno.floatv(2.0, 3.0, location="f")])
    found = outcomes(Uniform(seed=1), helper.dna_of(spec, 2.5), 500)
    values = [value for (value,) in found]
    assert len(found) == 500
    assert 2.0 <= min(values) < 2.05
    assert 2.95 < max(values) <= 3.0


def test_custom_decisions_are_given_what_they_were_before():
    seen = []

    def random_dna(rng, previous):
        seen.append(previous)
        return geno.DNA(str(rng.random()))

    spec = geno.space(
        [geno.custom(random_dna_fn=random_dna, location="c"), helper.choice(2, "x")]
    )
    parent = geno.DNA(["old", 0], spec=spec)
    mutator = Uniform(seed=1)
    children = [mutator([parent])[0] for _ in range(20)]
    texts = {child.children[0].value for child in children}
    assert "old" in texts
    assert len(texts) > 2
    assert {dna.value for dna in seen} == {"old"}


def test_seed_decides():
    parents = helper.random_dna(helper.mixed_space(), 20)
    runs = [helper.numbers(Uniform(seed=seed)(parents)) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_generator_instead_of_a_seed():
    parents = helper.random_dna(helper.mixed_space(), 5)
    by_seed = Uniform(seed=1)(parents)
    assert Uniform(seed=random.Random(1))(parents) == by_seed


# ---- Where -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "changed"),
    [
        (lambda dna: getattr(dna.spec, "name", None) == "x0", {0}),
        (lambda dna: dna.value == 1, {1}),
        (lambda dna: True, {0, 1}),
    ],
)
def test_where_says_which_nodes_may_change(where, changed):
    parent = helper.dna_of(helper.flat_space(3, 3), 0, 1)
    found = outcomes(Uniform(where, seed=1), parent, 200)
    assert {
        i for child in found for i in range(2) if child[i] != parent.to_numbers()[i]
    } == changed


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (lambda dna: dna.is_subchoice, {(0, 1), (2, 0), (1, 0), (0, 2), (2, 1)}),
        (lambda dna: dna.is_subchoice and dna.value == 0, {(1, 2)}),
    ],
)
def test_where_tells_choices_of_a_multiple_choice_apart(where, expected):
    spec = geno.space([geno.manyof(2, [geno.constant()] * 3, location="m")])
    parent = helper.dna_of(spec, 0, 2)
    found = outcomes(Uniform(where, seed=1), parent, 200)
    if len(expected) == 1:
        assert set(found) == expected
    else:
        # Only one of the two choices changed.
        assert set(found) == {(0, 1), (1, 2)}


def test_where_reaches_conditional_decisions():
    spec = helper.mixed_space()
    parent = next(
        dna for dna in helper.random_dna(spec, 50) if dna.children[0].value == 0
    )
    mutator = Uniform(lambda dna: str(dna.spec.id) == "a[=0/3].u", seed=1)
    children = [mutator([parent])[0] for _ in range(50)]
    assert {child.children[0].children[0].value for child in children} == {0, 1, 2}
    rest = {str(child.children[0].children[1:]) for child in children}
    assert rest == {str(parent.children[0].children[1:])}


def test_nothing_may_change():
    parent = helper.dna_of(helper.flat_space(3), 0)
    with pytest.raises(RuntimeError, match="may change"):
        Uniform(lambda dna: False)([parent])
    (child,) = Swap(lambda dna: False)([parent])
    assert child == parent
    assert child is not parent


def test_dna_without_spec():
    with pytest.raises((ValueError, RuntimeError), match="bound to its spec"):
        Uniform()([geno.DNA(0)])


# ---- Swap --------------------------------------------------------------------------


def test_swap_exchanges_two_choices():
    spec = geno.space([geno.manyof(3, [geno.constant()] * 3, location="m")])
    found = outcomes(Swap(seed=1), helper.dna_of(spec, 0, 1, 2))
    assert set(found) == {(1, 0, 2), (2, 1, 0), (0, 2, 1)}
    assert min(found.values()) > 850


def test_swap_moves_what_a_choice_opens():
    inner = geno.space([helper.choice(5, "u")])
    spec = geno.space([geno.manyof(2, [inner, geno.constant()], location="m")])
    found = outcomes(Swap(seed=1), helper.dna_of(spec, 0, 4, 1), 20)
    assert set(found) == {(1, 0, 4)}


def test_swap_reaches_conditional_permutations():
    inner = geno.space([geno.manyof(2, [geno.constant()] * 2, location="m")])
    spec = geno.space([geno.oneof([inner, geno.constant()], location="a")])
    found = outcomes(Swap(seed=1), helper.dna_of(spec, 0, 0, 1), 20)
    assert set(found) == {(0, 1, 0)}


@pytest.mark.parametrize(
    ("spec", "numbers"),
    [
        (helper.flat_space(3, 3), (0, 1)),
        (
            geno.space(
                [geno.manyof(2, [geno.constant()] * 3, sorted=True, location="m")]
            ),
            (0, 2),
        ),
    ],
)
def test_nothing_to_swap(spec, numbers):
    assert set(outcomes(Swap(seed=1), helper.dna_of(spec, *numbers), 20)) == {numbers}


# ---- Notes -------------------------------------------------------------------------


def test_children_take_over_cloneable_notes_only():
    parent = helper.dna_of(helper.flat_space(2, 2), 0, 0)
    parent.set_metadata("a", 1, cloneable=True).set_metadata("b", 2)
    parent.set_userdata("c", 3, cloneable=True).set_userdata("d", 4)
    for mutator in (Uniform(), Swap()):
        (child,) = mutator([parent])
        assert child.metadata == {"a": 1}
        assert child.userdata == {"c": 3}
        assert child.spec is parent.spec
