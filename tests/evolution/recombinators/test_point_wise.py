"""Recombinators that decide point by point."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import evolution, geno
from tests.evolution import helper

recombinators, where = evolution.recombinators, evolution.where

FLAT = geno.space(
    [
        helper.choice(3, "a"),
        helper.choice(3, "b"),
        geno.floatv(0.0, 1.0, location="c"),
        helper.choice(3, "d"),
    ]
)
A, B, C = (helper.dna_of(FLAT, i, i, i / 2, i) for i in range(3))


class Spy(recombinators.PointWise):
    """Takes the last decision there is, and notes what it was asked."""

    def _on_bound(self):
        super()._on_bound()
        self.asked = []

    def merge(self, decision_point, parent_decisions):
        self.asked.append((str(decision_point.id), parent_decisions))
        return [d for d in parent_decisions if d is not None][-1]


def multi(**kwargs):
    """A space of one multiple choice of 3."""
    size = kwargs.pop("size", 7)
    candidates = [geno.constant()] * size
    return geno.space([geno.manyof(3, candidates, location="m", **kwargs)])


# ---- Merging -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "op",
    [
        recombinators.Uniform(seed=1),
        recombinators.Sample(lambda parents: [1.0] * len(parents), seed=1),
        recombinators.Average(),
        recombinators.WeightedAverage(lambda parents: [1.0] * len(parents)),
    ],
    ids=lambda op: type(op).__name__,
)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 4))
def test_children_fit_the_space_and_the_parents_stay(op, seed, count):
    spec = helper.mixed_space()
    parents = helper.random_dna(spec, count, seed)
    before = helper.numbers(parents)
    for child in op(parents):
        spec.validate(child)
    assert helper.numbers(parents) == before


def test_decisions_are_merged_where_they_are_active():
    inner = geno.space([helper.choice(3, "x")])
    spec = geno.space(
        [
            geno.oneof([inner, geno.constant()], location="a"),
            geno.oneof([geno.constant(), inner.clone()], location="b"),
            geno.manyof(2, [geno.constant()] * 3, location="m"),
        ]
    )
    x = helper.dna_of(spec, 0, 2, 1, 0, 0, 1)
    y = helper.dna_of(spec, 1, 1, 2, 1, 2)
    op = Spy()
    (child,) = op([x, y])
    assert child.to_numbers() == [1, 1, 2, 1, 2]
    assert op.asked == [
        ("a", [0, 1]),
        ("b", [1, 1]),
        ("b[=1/2].x", [0, 2]),
        ("m", [[0, 1], [1, 2]]),
    ]


def test_parent_without_the_decision_has_none():
    inner = geno.space([helper.choice(3, "x")])
    spec = geno.space([geno.oneof([geno.constant(), inner], location="a")])
    op = Spy()
    (child,) = op([helper.dna_of(spec, 0), helper.dna_of(spec, 1, 2)])
    assert child.to_numbers() == [1, 2]
    assert op.asked[1] == ("a[=1/2].x", [None, 2])


def test_decisions_that_are_not_merged_make_a_child_for_each_parent():
    op = recombinators.Uniform(where=lambda points: points[:1], seed=1)
    children = helper.numbers(op([A, B, C]))
    assert [child[1:] for child in children] == [[i, i / 2, i] for i in range(3)]
    assert len({child[0] for child in children}) == 1


def test_none_leaves_a_decision_to_the_parent():
    class Silent(recombinators.PointWise):
        def merge(self, decision_point, parent_decisions):
            return None

    assert Silent()([A, B]) == [A, B]


def test_equal_children_appear_once():
    assert recombinators.Average()([A, A]) == [A]


def test_points_to_choose_from():
    spec = helper.mixed_space()
    seen = []
    op = recombinators.Uniform(where=lambda points: seen.extend(points) or points)
    op(helper.random_dna(spec, 2))
    assert [str(point.id) for point in seen] == [
        "a",
        "a[=0/3].u",
        "a[=0/3].f",
        "a[=2/3]",
        "b",
        "b[0][=0/3]",
        "b[1][=0/3]",
        "p",
        "s",
        "d",
        "i",
        "z",
        "c",
    ]


def test_merge_may_take_the_context():
    class Late(recombinators.PointWise):
        def merge(self, decision_point, parent_decisions, global_state, step):
            return parent_decisions[step] if global_state.late else None

    state = geno.AttributeDict(late=True)
    assert Late()([A, B, C], state, 2) == [C]


@pytest.mark.parametrize("value", [77, "a", -1])
def test_merge_to_what_does_not_fit(value):
    class Bad(recombinators.PointWise):
        def merge(self, decision_point, parent_decisions):
            return value

    with pytest.raises(ValueError):
        Bad()([A, B])
    conditional = helper.mixed_space()
    with pytest.raises(ValueError):
        Bad()(helper.random_dna(conditional, 2))


def test_merge_to_a_candidate_that_no_parent_has_chosen():
    class New(recombinators.PointWise):
        def merge(self, decision_point, parent_decisions):
            return 1

    inner = geno.space([helper.choice(3, "x")])
    spec = geno.space([geno.oneof([geno.constant(), inner], location="a")])
    parent = helper.dna_of(spec, 0)
    assert helper.numbers(New()([parent])) == [[1, 0]]


def test_no_parents():
    assert recombinators.Uniform()([]) == []


def test_children_have_no_notes_of_their_parents():
    evolution.set_fitness(A, 1.0)
    (child,) = recombinators.Uniform()([A, B])
    assert child.metadata == {}
    assert child.spec is A.spec


# ---- Uniform and Sample ------------------------------------------------------------


@given(seed=st.integers(0, 1000))
def test_uniform_takes_each_decision_from_a_parent(seed):
    (child,) = recombinators.Uniform(seed=seed)([A, B, C])
    for value, options in zip(
        child.to_numbers(), zip(*helper.numbers([A, B, C]), strict=True), strict=True
    ):
        assert value in options


def test_uniform_takes_from_all_parents_equally():
    op = recombinators.Uniform(seed=1)
    firsts = [op([A, B, C])[0].to_numbers()[0] for _ in range(900)]
    assert all(250 < firsts.count(i) < 350 for i in range(3))


def test_seed_decides():
    parents = helper.random_dna(helper.mixed_space(), 3)
    for make in (
        lambda seed: recombinators.Uniform(seed=seed),
        lambda seed: recombinators.Sample(lambda x: [1.0, 2.0, 3.0], seed=seed),
        lambda seed: recombinators.Uniform(where=where.ANY, seed=seed),
    ):
        runs = [
            [helper.numbers(op(parents)) for _ in range(10)]
            for op in (make(1), make(1), make(random.Random(1)), make(2))
        ]
        assert runs[0] == runs[1] == runs[2] != runs[3]


def test_sample_goes_by_weights():
    op = recombinators.Sample(lambda parents, step: [0.0, float(step), 0.0])
    assert op([A, B, C], step=1) == [B]


@pytest.mark.parametrize("cls", [recombinators.Sample, recombinators.WeightedAverage])
@pytest.mark.parametrize("weights", [[1.0], [1.0, 2.0, 3.0]])
def test_weights_of_another_number_of_parents(cls, weights):
    with pytest.raises(ValueError, match="one weight for each of 2 parents"):
        cls(lambda parents: weights)([A, B])


@pytest.mark.parametrize("cls", [recombinators.Sample, recombinators.WeightedAverage])
def test_weights_of_zero(cls):
    with pytest.raises((ValueError, ZeroDivisionError)):
        cls(lambda parents: [0.0, 0.0])([A, B])


@pytest.mark.parametrize(
    ("spec", "x", "y"),
    [
        (multi(), (0, 1, 2), (2, 4, 0)),
        (multi(size=3), (0, 1, 2), (1, 2, 0)),
        (multi(sorted=True), (0, 1, 2), (3, 4, 5)),
        (multi(distinct=False), (0, 1, 2), (1, 2, 2)),
        (multi(distinct=False, sorted=True), (0, 1, 2), (2, 2, 3)),
    ],
)
def test_multiple_choices_are_merged_choice_by_choice(spec, x, y):
    op = recombinators.Uniform(seed=1)
    parents = [helper.dna_of(spec, *x), helper.dna_of(spec, *y)]
    found = set()
    for _ in range(100):
        (child,) = op(parents)
        spec.validate(child)
        found.add(tuple(child.to_numbers()))
    assert {x, y} <= found
    assert all(set(child) <= {*x, *y} for child in found)


def test_choices_bring_along_what_they_open():
    inner = geno.space([helper.choice(9)])
    spec = geno.space(
        [geno.manyof(2, [inner, *[geno.constant()] * 3], distinct=False, location="m")]
    )
    x, y = helper.dna_of(spec, 0, 5, 0, 7), helper.dna_of(spec, 1, 2)
    op = recombinators.Uniform(seed=1)
    found = {tuple(op([x, y])[0].to_numbers()) for _ in range(50)}
    assert found == {(0, 5, 0, 7), (0, 5, 2), (1, 0, 7), (1, 2)}


# ---- Numbers -----------------------------------------------------------------------


def test_average_of_numbers_and_choices_of_each_parent():
    children = helper.numbers(recombinators.Average()([A, B]))
    assert children == [[0, 0, 0.25, 0], [1, 1, 0.25, 1]]
    weighted = recombinators.WeightedAverage(lambda parents: [1.0, 3.0])
    assert helper.numbers(weighted([A, B]))[0] == [0, 0, 0.375, 0]


@given(x=st.floats(0.1, 0.9), y=st.floats(0.1, 0.9), w=st.floats(0.0, 1.0))
def test_average_is_within_the_parents(x, y, w):
    spec = geno.space([geno.floatv(0.1, 0.9, location="f")])
    op = recombinators.WeightedAverage(lambda parents: [w, 1.0])
    (child,) = op([helper.dna_of(spec, x), helper.dna_of(spec, y)])
    value = child.to_numbers()[0]
    assert min(x, y) <= value <= max(x, y)


@given(values=st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_average_of_integers_stays_on_their_grid(values):
    spec = geno.space([geno.intv(3, 13, step=2, location="i")])
    parents = [helper.dna_of(spec, 3 + 2 * value) for value in values]
    (child,) = recombinators.Average()(parents)
    mean = sum(3 + 2 * value for value in values) / len(values)
    assert abs(child.to_numbers()[0] - mean) <= 1.0


def test_average_over_parents_that_have_the_number():
    inner = [geno.space([geno.floatv(0.0, 1.0, location="f")]) for _ in range(2)]
    spec = geno.space([geno.oneof([*inner, geno.constant()], location="a")])
    parents = [helper.dna_of(spec, *n) for n in ((0, 0.2), (2,), (0, 0.6), (1, 0.5))]
    children = helper.numbers(recombinators.Average()(parents))
    assert [child[0] for child in children] == [0, 2, 1]
    assert math.isclose(children[0][1], 0.4)
    assert children[2] == [1, 0.5]


def test_numbers_to_choose_from():
    seen = []

    class Some(recombinators.Average):
        def applicable_decision_points(self, dna_spec):
            seen.extend(super().applicable_decision_points(dna_spec))
            return seen[:1]

    children = Some()(helper.random_dna(helper.mixed_space(), 2))
    assert [str(point.id) for point in seen] == ["a[=0/3].f", "i", "z"]
    assert len(children) == 2


def branching(**kwargs):
    inner = geno.space([helper.choice(10)])
    candidates = [inner, geno.constant(), geno.constant()]
    return geno.space([geno.manyof(2, candidates, location="m", **kwargs)])


def forms_of(children):
    return {str(child.to_numbers(flatten=False)) for child in children}


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: recombinators.Uniform(seed=seed),
        lambda seed: recombinators.Sample(lambda dna: [0.5, 0.5], seed=seed),
    ],
)
def test_branches_are_those_of_the_same_choice(make):
    spec = branching()
    x = geno.DNA([(0, 4), 2], spec=spec)
    y = geno.DNA([1, (0, 7)], spec=spec)
    found = set().union(*[forms_of(make(seed)([x, y])) for seed in range(60)])
    assert found == {"[(0, 4), 2]", "[1, (0, 7)]", "[1, 2]"}
    spec = branching(distinct=False)
    x = geno.DNA([(0, 1), (0, 2)], spec=spec)
    y = geno.DNA([(0, 3), (0, 4)], spec=spec)
    found = set().union(*[forms_of(make(seed)([x, y])) for seed in range(60)])
    assert found == {f"[(0, {a}), (0, {b})]" for a in (1, 3) for b in (2, 4)}


def test_numbers_in_branches_of_other_choices_are_not_mixed():
    inner = geno.space([geno.floatv(0.0, 1.0)])
    spec = geno.space([geno.manyof(2, [inner, geno.constant(), geno.constant()])])
    x = geno.DNA([(0, 0.2), 1], spec=spec)
    y = geno.DNA([1, (0, 0.8)], spec=spec)
    z = geno.DNA([(0, 0.8), 1], spec=spec)
    assert recombinators.Average()([x, y]) == [x, y]
    assert recombinators.Average()([x, z]) == [geno.DNA([(0, 0.5), 1])]


def test_branches_of_choices_that_sorting_has_moved():
    class Exchange(recombinators.PointWise):
        def merge(self, decision_point, parent_decisions):
            if isinstance(parent_decisions[0], list):
                return [1, 0]  # No parent has chosen 0 in the second place.
            return None

    spec = branching()
    x, y = geno.DNA([(0, 4), 1], spec=spec), geno.DNA([(0, 4), 2], spec=spec)
    assert Exchange()([x, y]) == [geno.DNA([1, (0, 4)])]
