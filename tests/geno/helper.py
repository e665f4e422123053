"""Specs for tests of decisions, and a plain enumeration to compare with."""

import itertools

from hypothesis import strategies as st

from pyglove import geno


def constants(count):
    """Candidates that open nothing."""
    return [geno.constant() for _ in range(count)]


def locate(points):
    """A space of decision points, each with a location of its own."""
    for i, point in enumerate(points):
        point.rebind(location=f"x{i}")
    return geno.space(list(points))


@st.composite
def finite_points(draw, depth=2):
    """Decision points with an end of values."""
    if depth == 0 or draw(st.booleans()):
        if draw(st.integers(0, 3)) == 0:
            low = draw(st.integers(-3, 3))
            return geno.intv(
                low, low + draw(st.integers(0, 4)), draw(st.integers(1, 3))
            )
        candidates = constants(draw(st.integers(1, 3)))
    else:
        candidates = draw(st.lists(finite_spaces(depth - 1), min_size=1, max_size=3))
    distinct, in_order = draw(st.booleans()), draw(st.booleans())
    most = min(len(candidates), 3) if distinct else 2
    return geno.manyof(draw(st.integers(1, most)), candidates, distinct, in_order)


@st.composite
def finite_spaces(draw, depth=2):
    """Spaces with few enough DNA to look at all of them."""
    points = st.lists(finite_points(depth), max_size=2)
    space = locate(draw(points))
    return space if space.space_size <= 200 else locate([])


@st.composite
def spaces(draw, depth=2):
    """Spaces of any decision points but custom ones."""
    points = draw(st.lists(finite_points(depth), max_size=3))
    if draw(st.booleans()):
        scale = draw(st.sampled_from([None, "linear", "log", "rlog"]))
        points.insert(0, geno.floatv(0.5, 8.0, scale))
    if draw(st.booleans()):
        points.append(geno.intv(1, 10**12, draw(st.integers(1, 5)), "log"))
    return locate(points)


def enumerate_numbers(spec):
    """All numbers that fit a spec, in order, found by the simplest means."""
    if spec.is_space:
        parts = [list(enumerate_numbers(e)) for e in spec.elements]
        return [sum(p, ()) for p in itertools.product(*parts)]
    if spec.is_numerical:
        return [(v,) for v in range(spec.min_value, spec.max_value + 1, spec.step)]
    single = [
        (i, *inner)
        for i, candidate in enumerate(spec.candidates)
        for inner in enumerate_numbers(candidate)
    ]
    found = []
    for chosen in itertools.product(single, repeat=spec.num_choices):
        indices = [c[0] for c in chosen]
        if spec.distinct and len(set(indices)) < len(indices):
            continue
        if spec.sorted and sorted(indices) != indices:
            continue
        found.append(sum(chosen, ()))
    return found
