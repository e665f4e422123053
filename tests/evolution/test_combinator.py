"""Combinators."""

import pytest

from pyglove import evolution
from pyglove.geno import AttributeDict
from tests.evolution import helper

First, Last = evolution.selectors.First, evolution.selectors.Last
XS = list(range(10))


def always(*outputs):
    return lambda inputs: list(outputs)


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (First(3) >> Last(2), [1, 2]),
        (First(3) + Last(2), [0, 1, 2, 8, 9]),
        (First(3) | First(5), [0, 1, 2, 3, 4]),
        (First(3) & First(5), [0, 1, 2]),
        (First(5) - First(3), [3, 4]),
        (First(5) ^ Last(7), [0, 1, 2, 5, 6, 7, 8, 9]),
        (~First(3), XS[3:]),
        (First(2) * 3, [0, 1, 0, 1, 0, 1]),
        (First(2) * 0, []),
        (First(2) * -1, []),
        (First(2) ** 3, [0, 1]),
        (First(2) ** 0, XS),
        (First(5)[0], [0]),
        (First(5)[-1], [4]),
        (First(5)[1:3], [1, 2]),
        (First(5)[::-1], [4, 3, 2, 1, 0]),
        (First(5)[lambda step: step], [2]),
        (First(5)[lambda step: slice(0, step)], [0, 1]),
        (First(2) * evolution.scalars.STEP, [0, 1, 0, 1]),
        (evolution.Lambda(lambda x: x[1:]) ** evolution.scalars.STEP, XS[2:]),
        (evolution.Identity(), XS),
        (First(1).if_true(lambda x, step: step > 1), [0]),
        (First(1).if_true(lambda x, step: step > 2), XS),
        (First(1).if_false(lambda x: []), [0]),
        (First(1).if_false(lambda x: x), XS),
        (evolution.Conditional(lambda x: False, First(1), First(2)), [0, 1]),
    ],
)
def test_output_at_step_two(op, expected):
    assert op(XS, step=2) == expected


def test_slice_out_of_range():
    with pytest.raises(IndexError):
        First(2)[7](XS)


def test_elements_that_occur_repeatedly():
    a, b, c = [object() for _ in range(3)]
    assert evolution.Union([always(c, c, a)])(XS) == [c, a]
    assert evolution.Intersection([always(a, b, a), always(b, a, a)])(XS) == [a, b, a]
    assert evolution.Difference([always(a, a, b, c), always(b)])(XS) == [a, a, c]
    assert evolution.SymmetricDifference([always(a, a, b), always(b, c)])(XS) == [
        a,
        a,
        c,
    ]
    assert evolution.Inversion(always(a))([a, b, b]) == [b, b]


def test_set_operations_of_three():
    ops = [always(1, 2, 3), always(2, 4), always(4, 1, 5)]
    assert evolution.Difference(ops)(XS) == [3]
    assert evolution.Intersection(ops)(XS) == []
    assert evolution.SymmetricDifference(ops)(XS) == [3, 5]


def test_elements_are_compared_by_identity():
    x, y = (
        helper.dna_of(helper.flat_space(2), 0),
        helper.dna_of(helper.flat_space(2), 0),
    )
    assert x == y
    assert evolution.Union([always(x, y)])(XS) == [x, y]
    assert evolution.Intersection([always(x), always(y)])(XS) == []


@pytest.mark.parametrize(
    ("max_level", "expected"),
    [
        (None, [1, 2, 3, 4, (5, 6)]),
        (1, [1, [2, [3]], 4, (5, 6)]),
        (2, [1, 2, [3], 4, (5, 6)]),
    ],
)
def test_flatten(max_level, expected):
    nested = [[1, [2, [3]]], 4, (5, 6)]
    assert evolution.Flatten(max_level)(nested) == expected


def test_element_wise():
    op = evolution.ElementWise(First(1))
    assert op([[1, 2], [3]]) == [[1], [3]]
    assert First(2).for_each(lambda x: sum(x))([[1, 2], [3], [4]]) == [3, 3]


# ---- Random choices ----------------------------------------------------------------


def test_with_prob_is_the_operation_at_times():
    op = First(1).with_prob(0.5, seed=1)
    outcomes = [len(op(XS)) for _ in range(1000)]
    assert 400 < outcomes.count(1) < 600
    again = First(1).with_prob(0.5, seed=1)
    assert [len(again(XS)) for _ in range(1000)] == outcomes


@pytest.mark.parametrize(("probability", "expected"), [(0.0, XS), (1.0, [0])])
def test_with_prob_at_the_ends(probability, expected):
    op = First(1).with_prob(probability)
    assert all(op(XS) == expected for _ in range(20))


def test_probability_that_changes_over_time():
    op = First(1).with_prob(evolution.scalars.STEP / 10, seed=1)
    assert op(XS, step=0) == XS
    assert op(XS, step=10) == [0]


def test_choices_work_on_the_output_of_those_before():
    op = evolution.Choice([(First(5), 1.0), (lambda x: x[::-1], 1.0)])
    assert op(XS) == [4, 3, 2, 1, 0]


def test_limit_of_choices():
    ops = [(lambda x, k=k: [*x, k], 0.5) for k in "abc"]
    op = evolution.Choice(ops, limit=1, seed=3)
    outcomes = ["".join(op([])) for _ in range(200)]
    assert set(outcomes) == {"", "a", "b", "c"}


@pytest.mark.parametrize("probability", [2.0, -1.0])
def test_probability_out_of_range(probability):
    with pytest.raises(ValueError, match="Expected a number"):
        First(1).with_prob(probability)


# ---- Until change ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("max_attempts", "num_calls"), [(None, 4), (2, 2), (4, 4), (lambda step: step, 3)]
)
def test_until_change(max_attempts, num_calls):
    calls = []

    def reluctant(inputs):
        calls.append(1)
        return list(inputs) if len(calls) < 4 else [-1]

    op = evolution.UntilChange(reluctant, max_attempts)
    assert op(XS, step=3) == ([-1] if num_calls == 4 else XS)
    assert len(calls) == num_calls


def test_until_change_compares_dna_by_value():
    parent = helper.dna_of(helper.flat_space(2), 0)
    for seed in range(10):
        op = evolution.mutators.Uniform(seed=seed).until_change()
        assert helper.numbers(op([parent])) == [[1]]


# ---- Global state ------------------------------------------------------------------


def test_global_state():
    state = AttributeDict()
    assert First(3).as_global_state("k")(XS, state) == []
    assert state == {"k": [0, 1, 2]}
    assert Last(1).global_state("k")(XS, state) == [0, 1, 2]
    assert First(1).set_global_state("n", 5)(XS, state) == [0]
    assert state.n == 5


def test_global_state_that_is_missing():
    with pytest.raises(KeyError, match="'k' in the global state"):
        evolution.GlobalStateGetter("k")(XS)
    assert evolution.GlobalStateGetter("k", default=[])(XS) == []
    assert evolution.GlobalStateGetter("k", default=[7])(XS) == [7]


def test_global_state_default_is_not_shared():
    op = evolution.GlobalStateGetter("k", default=[7])
    op(XS).append(8)
    assert op(XS) == [7]


@pytest.mark.parametrize(
    "make",
    [
        lambda: evolution.Pipeline([First(1)]),
        lambda: evolution.Union([]),
        lambda: evolution.Flatten(0),
        lambda: evolution.UntilChange(First(1), 0),
    ],
)
def test_values_out_of_range(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: First(1) * 0.5,
        lambda: First(1)["x"],
        lambda: evolution.Choice([First(1)]),
        lambda: evolution.GlobalStateGetter(1),
        lambda: evolution.Lambda(3),
        lambda: evolution.Lambda(),
        lambda: evolution.Inversion(),
        lambda: evolution.Repeat(First(1)),
    ],
)
def test_values_of_another_type(make):
    with pytest.raises(TypeError):
        make()
