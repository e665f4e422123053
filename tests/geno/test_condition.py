"""Spaces with constraints: what is enumerated, drawn and proposed is feasible."""

import collections
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.geno import constrained, helper

LAWS = settings(max_examples=60)
seeds = st.integers(0, 2**32)


def numbers_of(dnas):
    return [tuple(dna.to_numbers()) for dna in dnas]


@LAWS
@given(constrained.spaces())
def test_a_sweep_visits_every_feasible_dna_once_and_in_order(spec):
    expected = constrained.feasible_numbers(spec)
    if not expected:
        with pytest.raises(pg.geno.InfeasibleSpaceError):
            spec.first_dna()
        return
    assert numbers_of(spec.iter_dna()) == expected
    sweeping = geno.Sweeping()
    sweeping.setup(spec)
    assert numbers_of(sweeping) == expected


@LAWS
@given(constrained.spaces(), st.data())
def test_checks_agree_with_a_plain_one(spec, data):
    every = helper.enumerate_numbers(spec)
    dna = pg.DNA.from_numbers(data.draw(st.sampled_from(every)), spec)
    expected = constrained.is_feasible(spec, dna)
    assert spec.is_feasible(dna) == expected
    assert bool(spec.violated_constraints(dna)) != expected
    if expected:
        spec.validate(dna)
    else:
        with pytest.raises(pg.geno.ConstraintError):
            spec.validate(dna)


@LAWS
@given(constrained.spaces(), st.data())
def test_what_follows_an_infeasible_dna_is_feasible(spec, data):
    every = helper.enumerate_numbers(spec)
    numbers = data.draw(st.sampled_from(every))
    following = spec.next_dna(pg.DNA.from_numbers(numbers, spec))
    later = every[every.index(numbers) + 1 :]
    feasible = [x for x in constrained.feasible_numbers(spec) if x in later]
    if feasible:
        assert following is not None
        assert tuple(following.to_numbers()) == feasible[0]
    else:
        assert following is None


@LAWS
@given(constrained.spaces(), seeds)
def test_random_dna_are_feasible_and_repeatable(spec, seed):
    assume(constrained.feasible_numbers(spec))
    rng, other = random.Random(seed), random.Random(seed)
    for _ in range(3):
        dna = spec.random_dna(rng)
        assert constrained.is_feasible(spec, dna)
        assert spec.random_dna(other) == dna
        unbound = spec.random_dna(rng, attach_spec=False)
        assert unbound.spec is None and spec.is_feasible(unbound)
        spec.random_dna(other)


@LAWS
@given(constrained.spaces(), seeds)
def test_random_search_proposes_the_same_again(spec, seed):
    assume(constrained.feasible_numbers(spec))
    first, second = geno.Random(seed=seed), geno.Random(seed=seed)
    first.setup(spec)
    proposed = [first.propose() for _ in range(4)]
    assert all(map(spec.is_feasible, proposed))
    # Taken up again after two of them.
    second.setup(spec)
    second.recover([(dna, 0.0) for dna in proposed[:2]])
    assert [second.propose() for _ in range(2)] == proposed[2:]


@LAWS
@given(constrained.spaces())
def test_json_keeps_all_but_functions(spec):
    loaded = pg.from_json_str(pg.to_json_str(spec))
    kept = [c for space in constrained.spaces_in(loaded) for c in space.constraints]
    given = [c for space in constrained.spaces_in(spec) for c in space.constraints]
    assert [c.targets for c in kept] == [c.targets for c in given]
    assert all(c.is_checked != isinstance(c, geno.Predicate) for c in kept)
    expected = constrained.feasible_numbers(loaded)
    assume(expected)
    assert numbers_of(loaded.iter_dna()) == expected


# ---- Distribution ------------------------------------------------------------


def chance(spec, numbers):
    """How likely random numbers of a space without constraints are these."""
    result = 1.0
    remaining = list(numbers)

    def walk(space):
        nonlocal result
        for element in space.elements:
            if element.is_numerical:
                remaining.pop(0)
                result /= element.space_size
                continue
            for _ in range(element.num_choices):
                value = remaining.pop(0)
                result /= len(element.candidates)
                walk(element.candidates[value])

    walk(spec)
    return result


def choice(*candidates, location):
    return geno.oneof(list(candidates), location=location)


def opens(*points):
    return geno.space(list(points))


def test_random_dna_are_as_likely_as_when_infeasible_ones_are_thrown_away():
    # What an automaton draws, through choices that open others.
    layers = [
        choice(
            geno.constant(),
            opens(geno.intv(1, 3, location="w")),
            opens(
                geno.intv(2, 3, location="w"),
                choice(*helper.constants(2), location="k"),
            ),
            location=f"l[{i}]",
        )
        for i in range(2)
    ]
    check_distribution(layers, [geno.Increasing(["l[0].w", "l[1].w"], strictly=True)])


@pytest.mark.parametrize(
    "constraint",
    [
        geno.Total(["a", "b"], at_most=2),
        geno.Distinct(["a", "c"]),
        geno.Predicate(lambda a, c: a < c, ["a", "c"]),
        # Choices that depend on each other are drawn and checked.
        geno.Increasing(["m", "a"]),
        geno.Total(["m[0]", "m[1]", "c"], at_least=3),
    ],
)
def test_decisions_that_constraints_join_are_drawn_together(constraint):
    points = [
        geno.intv(0, 2, location="a"),
        choice(*helper.constants(2), location="b"),
        geno.manyof(2, helper.constants(3), location="m", distinct=False),
        geno.intv(0, 2, location="c"),
    ]
    check_distribution(points, [constraint, geno.Forbidden({"a": 1, "b": 0})])


def check_distribution(points, constraints):
    spec = geno.ConstrainedSpace(points, constraints=constraints)
    chances = {numbers: chance(spec, numbers) for numbers in constrained_numbers(spec)}
    total = sum(chances.values())
    rng = random.Random(1)
    size = 6000
    counts = collections.Counter(numbers_of(spec.random_dna(rng) for _ in range(size)))
    assert counts.keys() <= chances.keys()
    for numbers, likelihood in chances.items():
        share = likelihood / total
        # Five standard deviations.
        tolerance = 5 * (share * (1 - share) * size) ** 0.5
        assert abs(counts[numbers] - share * size) < tolerance


def constrained_numbers(spec):
    return [
        numbers
        for numbers in helper.enumerate_numbers(spec)
        if spec.is_feasible(pg.DNA.from_numbers(numbers, spec))
    ]
