"""Selectors."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno

selectors = evolution.selectors
XS = list(range(10))


def ranked(*fitness):
    dna_list = [geno.DNA(i) for i in range(len(fitness))]
    for dna, value in zip(dna_list, fitness, strict=True):
        evolution.set_fitness(dna, value)
    return dna_list


def values(dna_list):
    return [dna.value for dna in dna_list]


@pytest.mark.parametrize(
    ("n", "count"),
    [
        (0, 0),
        (3, 3),
        (20, 20),
        (None, 10),
        (0.25, 3),
        (0.0, 0),
        (1.0, 10),
        (0.01, 1),
        (lambda step: step, 2),
        (lambda step: 0.5, 5),
        (evolution.scalars.STEP, 2),
        (lambda step: None, 10),
    ],
)
def test_number_of_elements(n, count):
    assert selectors.compute_num_output(n, 10, step=2) == count
    assert selectors.First(n)(XS, step=2) == XS[:count]
    assert selectors.Last(n)(XS, step=2) == (XS[-count:] if count else [])


def test_share_is_rounded_up_but_for_rounding_errors():
    assert selectors.compute_num_output(0.07, 100, 0) == 7
    assert selectors.compute_num_output(0.07, 101, 0) == 8


@pytest.mark.parametrize("n", [-1, 1.5, -0.1])
def test_number_out_of_range(n):
    with pytest.raises(ValueError, match="Expected a number"):
        selectors.First(n)


# ---- Random ------------------------------------------------------------------------


def test_random_is_that_of_the_standard_library():
    rng = random.Random(1)
    op = selectors.Random(3, seed=1)
    assert [op(XS), op(XS)] == [rng.sample(XS, 3), rng.sample(XS, 3)]
    rng = random.Random(1)
    op = selectors.Random(3, replacement=True, seed=1)
    assert op(XS) == [rng.choice(XS) for _ in range(3)]


def test_random_takes_a_generator():
    rng = random.Random(5)
    op = selectors.Random(3, seed=rng)
    expected = random.Random(5).sample(XS, 3)
    assert op(XS) == expected


@given(n=st.integers(0, 20), seed=st.integers(0, 99))
def test_random_without_replacement(n, seed):
    found = selectors.Random(n, seed=seed)(XS)
    assert len(found) == min(n, len(XS))
    assert len(set(found)) == len(found)
    assert set(found) <= set(XS)


def test_random_of_nothing():
    assert selectors.Random(3)([]) == []
    with pytest.raises(IndexError):
        selectors.Random(3, replacement=True)([])


# ---- Top and bottom ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (selectors.Top(1), [0]),
        (selectors.Top(2), [0, 3]),
        (selectors.Top(0), []),
        (selectors.Top(), [0, 3, 2, 1, 4]),
        (selectors.Top(0.5), [0, 3, 2]),
        (selectors.Top(1, cluster=True), [0, 3]),
        (selectors.Top(2, cluster=True), [0, 3, 2]),
        (selectors.Bottom(1), [1]),
        (selectors.Bottom(2), [1, 4]),
        (selectors.Bottom(), [1, 4, 2, 0, 3]),
        (selectors.Bottom(1, cluster=True), [1, 4]),
    ],
)
def test_rank_by_fitness(op, expected):
    assert values(op(ranked(3.0, 1.0, 2.0, 3.0, 1.0))) == expected


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (selectors.Top(2), [9, 8]),
        (selectors.Top(2, key=lambda x: x % 3), [2, 5]),
        (selectors.Top(2, key=lambda x: x % 3, cluster=True), [2, 5, 8, 1, 4, 7]),
        (selectors.Bottom(2, key=lambda x: x % 3), [0, 3]),
    ],
)
def test_rank_of_anything(op, expected):
    assert op(XS) == expected


@given(fitness=st.lists(st.floats(), min_size=1, max_size=20), n=st.integers(1, 20))
def test_nan_is_never_fitter_than_a_number(fitness, n):
    found = selectors.Top(n)(ranked(*fitness))
    order = [evolution.get_fitness(x) for x in found]
    order = [-math.inf if math.isnan(x) else x for x in order]
    assert order == sorted(order, reverse=True)
    best = max(-math.inf if math.isnan(x) else x for x in fitness)
    assert order[0] == best


def test_nan_among_several_objectives():
    assert values(
        selectors.Top(2)(ranked((math.nan, 1.0), (0.0, 0.0), (0.0, 1.0)))
    ) == [
        2,
        1,
    ]


def test_rank_of_dna_without_fitness():
    with pytest.raises(KeyError):
        selectors.Top(1)([geno.DNA(0)])
    assert selectors.Top(1)([]) == []


# ---- Weights -----------------------------------------------------------------------


def test_sample_is_that_of_the_standard_library():
    op = selectors.Sample(3, lambda x: [float(i) for i in x], seed=1)
    assert op(XS) == random.Random(1).choices(XS, XS, k=3)


@pytest.mark.parametrize(
    ("n", "weights", "expected"),
    [
        (5, [1, 2, 3], "bbccc"),
        (7, [1, 1, 1], "aaabbcc"),
        (1, [1, 1, 1], "a"),
        (2, [0.5, 0.3, 0.2], "ab"),
        (9, [0.05, 0.05, 0.9], "ccccccccc"),
        (4, [0.1] * 5, "bcde"),
        (2, [1, 1, 1, 1], "cd"),
        (1, [0.5, 0.5], "b"),
        (7, [5, 3, 3, 2, 1], "aaabbcc"),
        (2, [0.26, 0.26, 0.26, 0.22], "bc"),
        (8, [3, 3, 3, 3, 3], "abccddee"),
        (11, [1, 3, 3, 3, 3], "bbcccdddeee"),
        (3, [0, 1, 0], "bbb"),
        (None, [1, 5, 2], "bbc"),
        (0.5, [1, 5, 2, 4], "bd"),
        (0, [1, 1], ""),
    ],
)
def test_proportional(n, weights, expected):
    op = selectors.Proportional(n, lambda x: [float(w) for w in weights])
    assert "".join(op(list("abcdef"[: len(weights)]))) == expected


@given(
    weights=st.lists(st.floats(0.01, 10.0), min_size=1, max_size=10),
    n=st.integers(0, 30),
)
def test_proportional_selects_as_many_as_asked(weights, n):
    op = selectors.Proportional(n, lambda x: weights)
    inputs = list(range(len(weights)))
    found = op(inputs)
    assert len(found) == n
    assert found == sorted(found)


@pytest.mark.parametrize("cls", [selectors.Sample, selectors.Proportional])
def test_weights_may_depend_on_the_step(cls):
    op = cls(3, lambda inputs, step: [float(step), 0.0])
    assert op([1, 2], step=2) == [1, 1, 1]


@pytest.mark.parametrize("cls", [selectors.Sample, selectors.Proportional])
@pytest.mark.parametrize("weights", [[0.0, 0.0], [1.0], [-1.0, -1.0]])
def test_bad_weights(cls, weights):
    with pytest.raises(ValueError):
        cls(2, lambda x: weights)([1, 2])


@pytest.mark.parametrize("cls", [selectors.Sample, selectors.Proportional])
def test_weights_of_nothing(cls):
    assert cls(2, lambda x: [])([]) == []
    with pytest.raises(TypeError, match="got none for"):
        cls(2)
