"""Evolution in spaces with constraints."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.geno import constrained

mutators = pg.evolution.mutators
recombinators = pg.evolution.recombinators

LAWS = settings(max_examples=60)
seeds = st.integers(0, 2**32)


def widths(*constraints, count=4, size=5):
    space = pg.Dict(w=[pg.oneof(range(size)) for _ in range(count)])
    return pg.dna_spec(pg.constrain(space, *constraints))


@LAWS
@given(constrained.spaces(), seeds)
def test_mutations_are_feasible(spec, seed):
    assume(constrained.feasible_numbers(spec) and spec.decision_points)
    dna = spec.random_dna(random.Random(seed))
    for mutator in (mutators.Uniform(seed=seed), mutators.Swap(seed=seed)):
        for _ in range(3):
            (child,) = mutator([dna])
            assert constrained.is_feasible(spec, child)
            dna = child


@LAWS
@given(constrained.spaces(), seeds)
def test_recombinations_are_feasible(spec, seed):
    assume(constrained.feasible_numbers(spec) and spec.decision_points)
    rng = random.Random(seed)
    parents = [spec.random_dna(rng), spec.random_dna(rng)]
    for op in (
        recombinators.Uniform(seed=seed),
        recombinators.Average(),
        recombinators.KPoint(1, seed=seed),
        recombinators.Order(seed=seed),
    ):
        children = op(parents)
        assert children
        assert all(constrained.is_feasible(spec, child) for child in children)


def test_one_mutation_is_not_always_enough():
    spec = widths(geno.Total("w", 7, 7))
    mutator = mutators.Uniform(seed=1)
    dna, seen = spec.first_dna(), set()
    for _ in range(100):
        (dna,) = mutator([dna])
        seen.add(tuple(dna.to_numbers()))
        assert sum(dna.to_numbers()) == 7
    assert len(seen) > 20


def test_a_parent_goes_on_where_there_is_no_feasible_child():
    spec = widths(geno.Total("w", at_most=0, max_tries=30))
    parent = spec.first_dna()
    parent.set_metadata("origin", "first", cloneable=True)
    (child,) = mutators.Uniform(seed=1)([parent])
    assert child == parent and child is not parent
    assert child.metadata.origin == "first"


def test_an_infeasible_parent_without_feasible_children_is_an_error():
    spec = widths(geno.Predicate(lambda w: False, "w", name="never", max_tries=30))
    parent = pg.DNA([0, 0, 0, 0], spec=spec)
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'never'"):
        mutators.Uniform(seed=1)([parent])
    with pytest.raises(pg.geno.InfeasibleSpaceError, match="'never'"):
        recombinators.Uniform(seed=1)([parent, parent])


def test_mutators_of_users():
    class Add(pg.evolution.Mutator):
        """Adds numbers one after the other, in several children at once."""

        def _on_bound(self):
            super()._on_bound()
            self.count = 0

        def mutate(self, dna):
            numbers = dna.to_numbers()
            self.count += 1
            return [pg.DNA((numbers[0] + self.count + i) % 5) for i in range(2)] + [
                pg.DNA(numbers[0])
            ]

    spec = pg.dna_spec(pg.constrain(pg.oneof(range(5)), lambda x: x % 2 == 0))
    children = Add()([pg.DNA(0, spec=spec)])
    assert children == [pg.DNA(2), pg.DNA(0)]

    class Nothing(pg.evolution.Mutator):
        def mutate(self, dna):
            return []

    assert Nothing()([pg.DNA(0, spec=spec)]) == []


def test_parents_go_on_where_recombination_is_in_vain():
    constraint = geno.Forbidden({"w[0]": 2, "w[1]": 2})
    space = pg.Dict(w=[pg.intv(0, 4), pg.intv(0, 4)])
    spec = pg.dna_spec(pg.constrain(space, constraint))
    parents = [pg.DNA([1, 3], spec=spec), pg.DNA([3, 1], spec=spec)]
    children = recombinators.Average()(parents)
    assert children == parents
    assert all(x is not y for x, y in zip(children, parents, strict=True))


def test_feasible_children_of_a_recombination_are_kept():
    spec = widths(geno.Increasing("w"))
    parents = [pg.DNA([0, 1, 2, 3], spec=spec), pg.DNA([2, 3, 4, 4], spec=spec)]
    segmented = recombinators.Segmented(lambda points: [1])
    assert segmented(parents) == [pg.DNA([0, 3, 4, 4])]


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.evolution.regularized_evolution(
            population_size=8, tournament_size=3, seed=1
        ),
        lambda: pg.evolution.hill_climb(seed=1),
        lambda: pg.evolution.neat(population_size=8, seed=1),
        lambda: pg.evolution.nsga2(population_size=8, seed=1),
        lambda: pg.evolution.Evolution(
            pg.evolution.selectors.Random(2, seed=1)
            >> recombinators.Uniform(seed=1)
            >> mutators.Uniform(seed=1),
            population_init=(geno.Random(seed=1), 8),
        ),
        # Whose children are seen by nobody before they are proposed.
        lambda: pg.evolution.Evolution(
            pg.evolution.Lambda(
                lambda inputs: [pg.DNA([i % 5, 2, 2, 3]) for i in range(5)]
            ),
            population_init=(geno.Random(seed=1), 4),
        ),
    ],
)
def test_algorithms_propose_feasible_programs_in_the_same_order(make):
    space = pg.constrain(
        pg.Dict(w=[pg.oneof(range(5)) for _ in range(4)]),
        geno.Increasing("w"),
        lambda p: sum(p.w) % 2 == 0,
    )

    def run():
        found = []
        algorithm = make()
        metrics = ["reward", "other"] if algorithm.multi_objective else None
        for p, feedback in pg.sample(space, algorithm, 60, metrics_to_optimize=metrics):
            feedback(float(p.w[-1] - p.w[0]), metrics={"other": 0.0})
            found.append(list(p.w))
        return found

    found = run()
    assert len(found) == 60
    assert all(w == sorted(w) and sum(w) % 2 == 0 for w in found)
    assert run() == found
