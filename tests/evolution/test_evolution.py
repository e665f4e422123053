"""Evolution."""

import math
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import pyglove as pg
from pyglove import evolution, geno
from tests.evolution import helper

selectors, mutators = evolution.selectors, evolution.mutators
SPEC = helper.flat_space(3, 3)


@geno.dna_generator
def three(spec):
    """The diagonal of the space."""
    for i in range(3):
        yield geno.DNA([i, i], spec=spec)


def make(reproduction=None, init=None, update=None, spec=SPEC, **kwargs):
    algorithm = evolution.Evolution(
        reproduction or selectors.Random(1, seed=1) >> mutators.Uniform(seed=1),
        init or (geno.Random(seed=1), 3),
        update,
        **kwargs,
    )
    algorithm.setup(spec)
    return algorithm


def step(algorithm, reward=1.0):
    dna = algorithm.propose()
    algorithm.feedback(dna, reward)
    return dna


def generations(dna_list):
    return [evolution.get_generation_id(dna) for dna in dna_list]


# ---- The initial population ---------------------------------------------------------


def test_initial_population_lasts_until_it_is_evaluated():
    algorithm = make()
    first = [algorithm.propose() for _ in range(6)]
    assert all(evolution.is_initial_population(dna) for dna in first)
    for dna in first:
        assert algorithm.num_generations == (0 if len(algorithm.population) < 3 else 1)
        algorithm.feedback(dna, 1.0)
    assert algorithm.num_generations == 1
    assert not evolution.is_initial_population(algorithm.propose())
    assert len(algorithm.population) == 6


def test_initial_population_is_what_a_generator_proposes():
    algorithm = make(init=three())
    dna_list = [step(algorithm) for _ in range(5)]
    assert helper.numbers(dna_list[:3]) == [[0, 0], [1, 1], [2, 2]]
    assert generations(dna_list) == [1, 1, 1, 2, 3]


def test_generator_that_ends_before_the_population_is_complete():
    algorithm = make(init=(three(), 5))
    assert generations([step(algorithm) for _ in range(4)]) == [1, 1, 1, 2]


def test_skipped_trials_do_not_count():
    algorithm = make()
    for _ in range(10):
        algorithm.propose()
    assert evolution.is_initial_population(step(algorithm))


def test_nothing_to_reproduce_from():
    algorithm = make(init=three())
    for _ in range(3):
        algorithm.propose()
    with pytest.raises(ValueError, match="size of the initial population"):
        algorithm.propose()
    assert algorithm.num_generations == 1


# ---- Reproduction ------------------------------------------------------------------


def test_reproduction_is_given_the_population_and_the_context():
    seen = []

    def reproduction(population, global_state, step):
        seen.append((len(population), dict(global_state), step))
        return [dna.clone() for dna in population[-2:]]

    algorithm = make(reproduction)
    dna_list = [step(algorithm, float(i)) for i in range(8)]
    assert generations(dna_list) == [1, 1, 1, 2, 2, 3, 3, 4]
    assert seen == [
        (3, {"num_generations": 1}, 3),
        (5, {"num_generations": 2}, 5),
        (7, {"num_generations": 3}, 7),
    ]


def test_survivors_are_proposed_as_copies():
    algorithm = make(lambda population: population[:1] * 2)
    dna_list = [step(algorithm) for _ in range(7)]
    assert len({id(dna) for dna in dna_list}) == 7
    assert generations(dna_list) == [1, 1, 1, 2, 2, 3, 3]
    assert dna_list[3:] == dna_list[:1] * 4


def test_children_are_bound_to_the_space():
    algorithm = make(lambda population: [geno.DNA([0, 1])])
    dna_list = [step(algorithm) for _ in range(4)]
    assert dna_list[3].spec is not None


@pytest.mark.parametrize(
    ("children", "error"),
    [
        ([], ValueError),
        (None, ValueError),
        (3, TypeError),
        ([3], TypeError),
        ([geno.DNA([0, 9])], ValueError),
    ],
)
def test_bad_children(children, error):
    algorithm = make(lambda population: children)
    for _ in range(3):
        step(algorithm)
    with pytest.raises(error):
        algorithm.propose()
    assert algorithm.num_proposals == 3


# ---- Population --------------------------------------------------------------------


def test_all_are_kept_by_default():
    algorithm = make()
    dna_list = [step(algorithm) for _ in range(10)]
    assert algorithm.population == dna_list


def test_population_update_is_given_the_population_and_the_context():
    seen = []

    def update(population, global_state, step):
        seen.append((len(population), global_state.num_generations, step))
        return population[-2:]

    algorithm = make(update=update)
    dna_list = [step(algorithm) for _ in range(5)]
    assert seen == [(1, 0, 0), (2, 0, 1), (3, 1, 2), (3, 2, 3), (3, 3, 4)]
    assert algorithm.population == dna_list[-2:]


@pytest.mark.parametrize("population", [None, 3])
def test_bad_population(population):
    algorithm = make(update=lambda _: population)
    with pytest.raises(TypeError, match="`population_update`"):
        step(algorithm)
    assert algorithm.population == []


def test_global_state():
    algorithm = make(
        update=selectors.Last(1).as_global_state("last") + evolution.Identity()
    )
    dna = step(algorithm)
    assert algorithm.global_state.last == [dna]
    assert algorithm.global_state.num_generations == algorithm.num_generations == 0


def test_dna_of_somebody_else_is_a_start():
    algorithm = make()
    for _ in range(3):
        algorithm.feedback(geno.DNA([1, 1]), 1.0)
    assert helper.numbers(algorithm.population) == [[1, 1]] * 3
    assert evolution.is_initial_population(algorithm.population[0])
    assert evolution.get_generation_id(algorithm.propose()) == 2


def test_dna_of_another_space():
    algorithm = make()
    with pytest.raises(ValueError):
        algorithm.feedback(geno.DNA([1, 9]), 1.0)
    assert algorithm.population == []


# ---- Rewards -----------------------------------------------------------------------


def test_single_objective():
    algorithm = make()
    assert not algorithm.multi_objective
    assert algorithm.needs_feedback
    dna = algorithm.propose()
    with pytest.raises(ValueError, match="single number as reward"):
        algorithm.feedback(dna, (1.0, 2.0))
    assert algorithm.population == []


def test_multi_objective():
    algorithm = make(multi_objective=True)
    assert algorithm.multi_objective
    assert evolution.get_fitness(step(algorithm, (1.0, 2.0))) == (1.0, 2.0)
    assert evolution.get_fitness(step(algorithm, 1.0)) == (1.0,)


@pytest.mark.parametrize("reward", [math.nan, math.inf, -math.inf])
def test_rewards_that_are_not_finite(reward):
    for algorithm in (
        evolution.regularized_evolution(population_size=5, tournament_size=2, seed=1),
        evolution.hill_climb(seed=1),
        evolution.neat(population_size=5, seed=1),
    ):
        algorithm.setup(SPEC)
        for i in range(30):
            step(algorithm, reward if i % 2 else 1.0)
        assert algorithm.num_feedbacks == 30


# ---- Repeatability -----------------------------------------------------------------


def run(algorithm, spec, count=60):
    found = []
    for _ in range(count):
        dna = algorithm.propose()
        found.append(dna.to_numbers())
        values = [v for v in dna.to_numbers() if isinstance(v, (int, float))]
        total = float(sum(values))
        algorithm.feedback(dna, (total, -total) if algorithm.multi_objective else total)
    return found


ALGORITHMS = {
    "regularized_evolution": lambda seed: evolution.regularized_evolution(
        population_size=8, tournament_size=3, seed=seed
    ),
    "hill_climb": lambda seed: evolution.hill_climb(
        batch_size=3, init_population_size=4, seed=seed
    ),
    "nsga2": lambda seed: evolution.nsga2(population_size=6, seed=seed),
    "neat": lambda seed: evolution.neat(population_size=6, seed=seed),
    "everything": lambda seed: everything(seed),
}


def everything(seed):
    """An evolution in which all that is random has the same seed."""
    recombinators, where = evolution.recombinators, evolution.where
    parents = selectors.Random(4, seed=seed) >> selectors.Sample(
        pg.scalars.Uniform(2, 4, seed=seed),
        lambda inputs: [1.0 + evolution.get_fitness(x) ** 2 for x in inputs],
        seed=seed,
    )
    pairs = selectors.Random(2, replacement=True, seed=seed)
    children = (
        (pairs >> recombinators.Uniform(where=where.ANY, seed=seed))
        + (pairs >> recombinators.KPoint(1, seed=seed)).with_prob(0.5, seed=seed)
        + (pairs >> recombinators.Order(seed=seed))
        + (pairs >> recombinators.PartiallyMapped(where=where.ALL, seed=seed))
        + (selectors.First(1) >> mutators.Swap(seed=seed))
    )
    mutate = mutators.Uniform(seed=seed).until_change(5)
    return evolution.Evolution(
        parents >> children >> selectors.Last(4) >> mutate ** (pg.scalars.STEP % 3),
        population_init=(geno.Random(seed), 6),
        population_update=selectors.Last(12),
    )


@pytest.mark.parametrize("name", ALGORITHMS)
def test_same_seed_same_run(name):
    spec = helper.mixed_space()
    runs = []
    for seed in (1, 1, 2):
        algorithm = ALGORITHMS[name](seed)
        algorithm.setup(spec)
        runs.append(run(algorithm, spec))
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("name", ALGORITHMS)
def test_setup_starts_anew(name):
    spec = helper.mixed_space()
    algorithm = ALGORITHMS[name](1)
    runs = []
    for _ in range(2):
        algorithm.setup(spec)
        runs.append(run(algorithm, spec))
    assert runs[0] == runs[1]


@pytest.mark.parametrize("name", ALGORITHMS)
def test_without_seed_runs_differ(name):
    spec = helper.mixed_space()
    runs = []
    for _ in range(2):
        algorithm = ALGORITHMS[name](None)
        algorithm.setup(spec)
        runs.append(run(algorithm, spec))
    assert runs[0] != runs[1]


def test_clone_is_another_run_of_the_same_algorithm():
    algorithm = ALGORITHMS["regularized_evolution"](1)
    copy = algorithm.clone()
    algorithm.setup(SPEC)
    copy.setup(SPEC)
    assert run(algorithm, SPEC) == run(copy, SPEC)


# ---- Recovery ----------------------------------------------------------------------


@pytest.mark.parametrize("through_json", [False, True])
def test_recover_the_population(through_json):
    algorithm = ALGORITHMS["regularized_evolution"](1)
    algorithm.setup(SPEC)
    history = []
    for i in range(20):
        dna = algorithm.propose()
        algorithm.feedback(dna, float(i))
        history.append((dna, float(i)))
    if through_json:
        history = [(pg.from_json(pg.to_json(dna)), r) for dna, r in history]
    recovered = ALGORITHMS["regularized_evolution"](1)
    recovered.setup(SPEC)
    recovered.recover(history)
    assert recovered.population == algorithm.population
    assert recovered.num_generations == algorithm.num_generations
    assert recovered.num_proposals == 20
    assert recovered.num_feedbacks == 20
    dna = recovered.propose()
    assert dna.metadata.proposal_id == 21
    assert evolution.get_generation_id(dna) == algorithm.num_generations + 1


def test_recover_passes_over_what_was_not_evaluated():
    algorithm = make()
    dna = [algorithm.propose() for _ in range(3)]
    recovered = make()
    recovered.recover([(dna[0], 1.0), (dna[1], None), (dna[2], 2.0)])
    assert recovered.population == [dna[0], dna[2]]
    assert recovered.num_generations == 0


def test_recover_from_dna_without_notes():
    recovered = make()
    recovered.recover([(geno.DNA([i, i]), float(i)) for i in range(3)])
    assert recovered.num_generations == 1
    assert evolution.get_generation_id(recovered.propose()) == 2


# ---- Threads -----------------------------------------------------------------------


def test_workers_share_an_algorithm():
    algorithm = make(update=selectors.Last(10))
    barrier = threading.Barrier(4)

    def work(_):
        barrier.wait()
        for _ in range(50):
            step(algorithm)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(algorithm.population) == 10
    assert algorithm.num_generations >= 100


# ---- Symbolic ----------------------------------------------------------------------


def test_defaults():
    algorithm = evolution.Evolution(mutators.Uniform())
    assert algorithm.population_init[1] == 50
    assert algorithm.population_update is None
    assert algorithm.dna_spec is None


@pytest.mark.parametrize(
    "build",
    [
        lambda: evolution.Evolution(3),
        lambda: evolution.Evolution(mutators.Uniform(), population_init=3),
        lambda: evolution.Evolution(mutators.Uniform(), population_update=3),
    ],
)
def test_bad_fields(build):
    with pytest.raises(TypeError):
        build()


@pytest.mark.parametrize("name", ["regularized_evolution", "hill_climb"])
def test_json_round_trip(name):
    algorithm = ALGORITHMS[name](1)
    restored = pg.from_json(pg.to_json(algorithm))
    assert restored == algorithm
    algorithm.setup(SPEC)
    restored.setup(SPEC)
    assert run(algorithm, SPEC) == run(restored, SPEC)


def test_initial_population_is_told_its_rewards():
    init = geno.Random(seed=0)
    algorithm = make(init=(init, 3))
    for _ in range(5):
        step(algorithm)
    assert (init.num_proposals, init.num_feedbacks) == (3, 3)


def test_generator_of_the_initial_population_has_one_user():
    init = geno.Random(seed=0)
    first, second = make(init=(init, 3)), make(init=(init, 3))
    third = first.clone()
    third.setup(SPEC)
    proposals = [
        [algorithm.propose() for _ in range(3)] for algorithm in (first, second, third)
    ]
    assert proposals[0] == proposals[1] == proposals[2]
    assert init.num_proposals == 3
    first.setup(SPEC)
    assert init.num_proposals == 0


def test_evolution_as_initial_population():
    inner = make(init=(geno.Random(seed=1), 2))
    outer = make(init=(inner, 4))
    for _ in range(6):
        step(outer)
    assert (inner.num_feedbacks, outer.num_feedbacks) == (4, 6)
    assert [evolution.get_feedback_sequence_number(x) for x in outer.population] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_recovery_counts_generations_of_pending_proposals():
    algorithm = make(init=(geno.Random(seed=1), 2))
    history = []
    for i in range(13):
        dna = algorithm.propose()
        reward = float(i) if i < 10 else None
        if reward is not None:
            algorithm.feedback(dna, reward)
        history.append((dna, reward))
    saved = [(pg.from_json(d.to_json()).use_spec(SPEC), r) for d, r in history]
    other = make(init=(geno.Random(seed=1), 2))
    other.recover(saved)
    assert other.num_generations == algorithm.num_generations
    assert other.num_proposals == 13 and other.num_feedbacks == 10
