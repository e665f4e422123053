"""Programs with placeholders for tests of templates."""

import itertools
from typing import Any

from hypothesis import strategies as st

import pyglove as pg

_IDS = itertools.count()


class Layer(pg.Object):
    units: int
    kind: str = "dense"
    inner: Any = None


class Net(pg.Object):
    layers: list[Layer] = []
    rate: float = 0.1
    extra: Any = None


@pg.functor
def act(x, slope=1):
    return x * slope


@pg.symbolize
class Wrapped:
    def __init__(self, a, b=2):
        self.sum = a + b


def unique(value):
    """A program that differs from all others."""
    return pg.Dict({f"id{next(_IDS)}": value})


def constants():
    return st.builds(lambda: f"c{next(_IDS)}")


def numbers():
    """Placeholders for numbers, in programs that tell them apart."""
    return st.one_of(
        st.builds(
            lambda low, width, step: unique(pg.intv(low, low + width, step)),
            st.integers(-5, 5),
            st.integers(0, 4),
            st.integers(1, 3),
        ),
        st.builds(lambda: unique(pg.floatv(0.0, 1.0))),
    )


@st.composite
def choices(draw, inner):
    candidates = draw(st.lists(inner, min_size=1, max_size=3))
    if draw(st.booleans()):
        return pg.oneof(candidates)
    distinct = draw(st.booleans())
    count = draw(st.integers(1, len(candidates) if distinct else 3))
    return pg.manyof(count, candidates, distinct, draw(st.booleans()))


def programs():
    """Programs of which no two decisions lead to equal results."""
    return st.recursive(
        st.one_of(constants(), numbers()),
        lambda inner: st.one_of(
            choices(inner),
            st.builds(unique, inner),
            st.builds(lambda x, y: unique(pg.List([x, "-", y])), inner, inner),
            st.builds(lambda x: unique(Layer(1, inner=x)), inner),
            st.builds(lambda x: unique(act(x)), inner),
        ),
        max_leaves=6,
    )
