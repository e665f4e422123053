"""Constrained specs for tests, and a plain check of constraints to compare with."""

import itertools

from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def is_even(*values):
    return sum(values) % 2 == 0


@st.composite
def points(draw, depth):
    """Decision points whose candidates may have constraints of their own."""
    if draw(st.integers(0, 3)) == 0:
        low = draw(st.integers(-2, 2))
        return geno.intv(low, low + draw(st.integers(0, 3)))
    if depth and draw(st.booleans()):
        candidates = draw(st.lists(spaces(depth - 1), min_size=1, max_size=3))
    else:
        candidates = helper.constants(draw(st.integers(1, 3)))
    distinct, in_order = draw(st.booleans()), draw(st.booleans())
    most = min(len(candidates), 3) if distinct else 2
    return geno.manyof(draw(st.integers(1, most)), candidates, distinct, in_order)


@st.composite
def spaces(draw, depth=2):
    """Spaces with constraints here and there, small enough to look at all DNA."""
    space = helper.locate(draw(st.lists(points(depth), max_size=3)))
    if space.space_size > 200:
        space = helper.locate([geno.intv(0, 3), geno.intv(0, 3)])
    ids = [str(p.id) for p in space.decision_points]
    constraints = draw(st.lists(constraints_on(ids), max_size=2)) if ids else []
    if not constraints:
        return space
    elements = [element.clone() for element in space.elements]
    return geno.ConstrainedSpace(elements, constraints=constraints)


@st.composite
def constraints_on(draw, ids):
    """Constraints on some of the decisions with these ids."""
    on = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))
    least = draw(st.integers(-2, 3))
    constraint = draw(
        st.sampled_from(
            [
                geno.Increasing(on),
                geno.Increasing(on, strictly=True),
                geno.Decreasing(on),
                geno.Decreasing(on, strictly=True),
                geno.Distinct(on),
                geno.Total(on, at_most=least),
                geno.Total(on, least, least + 2),
                geno.Forbidden({i: draw(st.integers(0, 1)) for i in on}),
                geno.Predicate(is_even, on),
            ]
        )
    )
    # Few tries are enough for small spaces, and do not take long in infeasible ones.
    return constraint.clone(override={"max_tries": 3000})


def is_feasible(spec, dna):
    """Whether a DNA meets all constraints of a spec, found by the simplest means."""
    values = dna.to_dict()
    return all(
        _holds(constraint, [values.get(_absolute(space, i)) for i in ids])
        for space in spaces_in(spec)
        for constraint in space.constraints
        for ids in [list(constraint.targets)]
    )


def feasible_numbers(spec):
    """All feasible numbers of a spec, in order."""
    return [
        numbers
        for numbers in helper.enumerate_numbers(spec)
        if is_feasible(spec, pg.DNA.from_numbers(numbers, spec))
    ]


def spaces_in(spec):
    """The spaces of a spec, at any depth."""
    yield spec
    for element in spec.elements:
        if element.is_categorical:
            for choice in element.choice_specs:
                for candidate in choice.candidates:
                    yield from spaces_in(candidate)


def _absolute(space, relative):
    prefix = str(space.id)
    return f"{prefix}.{relative}" if prefix else relative


def _holds(constraint, values):
    active = [value for value in values if value is not None]
    match constraint:
        case geno.Predicate():
            is_asked = constraint.fn is not None and len(active) == len(values)
            return not is_asked or is_even(*values)
        case geno.Forbidden():
            return values != list(constraint.values.values())
        case geno.Total():
            low, high = constraint.at_least, constraint.at_most
            return not active or (
                (low is None or sum(active) >= low)
                and (high is None or sum(active) <= high)
            )
        case geno.Distinct():
            return len(set(active)) == len(active)
        case geno.Decreasing():
            active.reverse()
    pairs = itertools.pairwise(active)
    return all(x < y if constraint.strictly else x <= y for x, y in pairs)
