"""What was proposed before is not proposed again."""

import json
import random

import pytest

import pyglove as pg
from pyglove import evolution
from pyglove.evolution.novelty import PROPOSALS, Proposals, UntilNew
from tests.evolution import helper

ALGORITHMS = {
    "regularized_evolution": lambda **kwargs: evolution.regularized_evolution(
        population_size=8, tournament_size=4, **kwargs
    ),
    "hill_climb": evolution.hill_climb,
    "hill_climb_in_batches": lambda **kwargs: evolution.hill_climb(
        batch_size=5, **kwargs
    ),
    "nsga2": lambda **kwargs: evolution.nsga2(population_size=4, **kwargs),
    "neat": lambda **kwargs: evolution.neat(population_size=8, **kwargs),
}


def rewards(dna):
    return float(sum(dna.to_numbers()))


def run(algorithm, count):
    """Returns the numbers of what is proposed."""
    found = []
    for _ in range(count):
        dna = algorithm.propose()
        found.append(tuple(dna.to_numbers()))
        reward = rewards(dna)
        algorithm.feedback(
            dna, (reward, -reward) if algorithm.multi_objective else reward
        )
    return found


@pytest.fixture(params=ALGORITHMS)
def make(request):
    return ALGORITHMS[request.param]


def test_nothing_is_proposed_twice(make):
    algorithm = make(seed=1)
    algorithm.setup(helper.flat_space(4, 4, 4, 4))
    found = run(algorithm, 150)
    assert len(set(found)) == 150


def test_repeats_where_they_are_wanted(make):
    algorithm = make(seed=1, allow_repeats=True)
    algorithm.setup(helper.flat_space(4, 4, 4, 4))
    assert len(set(run(algorithm, 150))) < 150
    assert PROPOSALS not in algorithm.global_state


def test_small_space_is_searched_to_the_end_and_then_again(make):
    algorithm = make(seed=1)
    algorithm.setup(helper.flat_space(3, 4))
    assert len(set(run(algorithm, 40))) == 12


def test_continued_search_knows_what_was_proposed(make):
    space = helper.flat_space(4, 4, 4)
    first = make(seed=1)
    first.setup(space)
    before = run(first, 30)
    state = json.dumps(first.get_state())
    second = make(seed=1)
    second.setup(space)
    second.set_state(json.loads(state))
    after = run(second, 20)
    assert after == run(first, 20)
    assert not set(before) & set(after)
    assert json.dumps(first.get_state()) == json.dumps(second.get_state())


def test_history_counts_as_proposed(make):
    space = helper.flat_space(4, 4, 4)
    first = make(seed=1)
    first.setup(space)
    history = []
    for _ in range(30):
        dna = first.propose()
        reward = rewards(dna)
        reward = (reward, -reward) if first.multi_objective else reward
        first.feedback(dna, reward)
        history.append((dna, reward))
    second = make(seed=2)
    second.setup(space)
    second.recover(history)
    before = {tuple(dna.to_numbers()) for dna, _ in history}
    assert not before & set(run(second, 20))


def test_what_others_have_proposed_counts():
    space = helper.flat_space(5)
    algorithm = evolution.hill_climb(seed=1)
    algorithm.setup(space)
    for value in range(4):
        algorithm.feedback(pg.DNA(value, spec=space), 0.0)
    assert run(algorithm, 1) == [(4,)]


def test_second_setup_forgets():
    algorithm = evolution.hill_climb(seed=1)
    algorithm.setup(helper.flat_space(9, 9))
    found = run(algorithm, 20)
    algorithm.setup(helper.flat_space(9, 9))
    assert len(algorithm.global_state[PROPOSALS]) == 0
    assert run(algorithm, 20) == found


def test_only_known_children_are_made_again():
    space = helper.flat_space(3, 3)
    calls = []

    def following(parents):
        calls.append([x.to_numbers() for x in parents])
        return [x.next_dna() for x in parents]

    proposals = Proposals(space.space_size)
    a, b, c = (pg.DNA([0, i], spec=space) for i in range(3))
    assert proposals.add(a)
    assert proposals.add(b)
    assert not proposals.add(a)
    state = pg.geno.AttributeDict({PROPOSALS: proposals})
    children = UntilNew(following, 20)([a, b], state)
    # [0, 1] was known, [0, 2] was not: ten attempts from the parent, and then onward.
    assert [x.to_numbers() for x in children] == [[1, 0], [0, 2]]
    assert calls == [[[0, 0], [0, 1]], *[[[0, 0]]] * 9, [[0, 1]], [[0, 2]]]
    assert not proposals.add(c)


def test_it_gives_up():
    space = helper.flat_space(3)
    dna = pg.DNA(0, spec=space)
    calls = []

    def same(parents):
        calls.append(len(parents))
        return list(parents)

    proposals = Proposals(space.space_size)
    proposals.add(dna)
    state = pg.geno.AttributeDict({PROPOSALS: proposals})
    assert UntilNew(same, 5)([dna], state) == [dna]
    assert calls == [1] * 6


def test_complete_space_is_not_looked_through():
    space = helper.flat_space(2)
    proposals = Proposals(space.space_size)
    parents = [pg.DNA(i, spec=space) for i in range(2)]
    for dna in parents:
        proposals.add(dna)
    calls = []

    def same(parents):
        calls.append(len(parents))
        return list(parents)

    state = pg.geno.AttributeDict({PROPOSALS: proposals})
    assert UntilNew(same)(parents, state) == parents
    assert calls == [2]


def test_another_number_of_children_is_made_from_the_parents():
    space = helper.flat_space(3, 3)
    rng = random.Random(1)

    def child(parents):
        numbers = [rng.choice(x.to_numbers()) for x in parents]
        return [pg.DNA(numbers, spec=space)]

    proposals = Proposals(space.space_size)
    state = pg.geno.AttributeDict({PROPOSALS: proposals})
    parents = [pg.DNA([0, 1], spec=space), pg.DNA([2, 0], spec=space)]
    found = [UntilNew(child)(parents, state)[0].to_numbers() for _ in range(4)]
    assert sorted(found) == [[0, 0], [0, 2], [1, 0], [1, 2]]


def test_outside_of_evolution_nothing_is_known():
    space = helper.flat_space(3)
    dna = pg.DNA(0, spec=space)
    assert UntilNew(list)([dna]) == [dna]
    assert evolution.mutators.Uniform(seed=1).until_new() == UntilNew(
        evolution.mutators.Uniform(seed=1)
    )


def test_saved_form():
    operation = evolution.mutators.Uniform(seed=1).until_new(7)
    assert pg.from_json(operation.to_json()) == operation


@pytest.mark.parametrize("attempts", [0, -1, None])
def test_bad_number_of_attempts(attempts):
    with pytest.raises((ValueError, TypeError), match="max_attempts"):
        UntilNew(list, attempts)


def test_initial_population_is_as_large_as_there_are_new_ones():
    """A generator that proposes the same over and over makes a population of one."""

    @pg.geno.dna_generator
    def one(spec):
        while True:
            yield pg.DNA([1, 1], spec=spec)

    algorithm = evolution.Evolution(
        evolution.selectors.Top(1) >> evolution.mutators.Uniform(seed=1).until_new(),
        population_init=(one(), 50),
    )
    algorithm.setup(helper.flat_space(5, 5))
    first, second = algorithm.propose(), algorithm.propose()
    # The second worker cannot wait for what becomes of the first.
    assert first.to_numbers() == second.to_numbers() == [1, 1]
    assert algorithm.num_generations == 0
    algorithm.feedback(first, 1.0)
    third = algorithm.propose()
    assert third.to_numbers() != [1, 1]
    assert evolution.get_generation_id(third) == 2
    assert not evolution.is_initial_population(third)


def test_huge_space_is_saved():
    algorithm = evolution.hill_climb(seed=1)
    algorithm.setup(helper.flat_space(*[10] * 5000))
    assert algorithm.dna_spec.space_size == 10**5000
    first = run(algorithm, 3)
    state = json.loads(json.dumps(algorithm.get_state()))
    other = evolution.hill_climb(seed=1)
    other.setup(algorithm.dna_spec)
    other.set_state(state)
    assert run(other, 2) == run(algorithm, 2)
    assert len(set(first)) == 3
