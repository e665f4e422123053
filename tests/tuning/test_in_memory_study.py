"""Several workers on one study in memory."""

import threading
from concurrent.futures import ThreadPoolExecutor

from pyglove import evolution, geno, tuning
from tests.tuning import helper


def loops(count, groups, **kwargs):
    name, space, algorithm = helper.new_name(), helper.spec(100), helper.Counter()
    return name, [
        tuning.sample(space, algorithm, count, name=name, group=group, **kwargs)
        for group in groups
    ]


def ids(loops):
    return [next(loop)[1].id for loop in loops]


def test_group_evaluates_a_trial_together():
    name, (a, b, again) = loops(4, ["a", "b", "a"])
    (_, first), (_, second), (_, third) = (next(loop) for loop in (a, b, again))
    assert (first.id, second.id, third.id) == (1, 2, 1)
    first(1.0)
    with third.ignore_race_condition():
        third(2.0)
    assert ids([again, a, b]) == [3, 3, 2]
    assert tuning.poll_result(name).trials[0].final_measurement.reward == 1.0


def test_groups_may_be_numbers():
    _, workers = loops(9, [0, 1, 0, "0"])
    assert ids(workers) == [1, 2, 1, 3]


def test_thread_is_a_group_of_its_own():
    _, workers = loops(9, [None] * 3)
    barrier = threading.Barrier(3)

    def work(loop):
        _, feedback = next(loop)
        barrier.wait()
        return feedback.id

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(work, workers)) == [1, 2, 3]


def test_loops_of_one_thread_are_one_group():
    _, workers = loops(9, [None] * 2)
    assert ids(workers) == [1, 1]


def test_pending_trials_count():
    _, workers = loops(2, [0, 1, 2])
    assert ids(workers[:2]) == [1, 2]
    assert list(workers[2]) == []


def test_each_loop_has_its_own_algorithm():
    name, space = helper.new_name(), helper.spec(100)
    algorithms = [helper.Counter("a"), helper.Counter("b")]
    workers = [
        tuning.sample(space, algorithm, name=name, group=i)
        for i, algorithm in enumerate(algorithms)
    ]
    for worker in workers:
        dna, feedback = next(worker)
        assert dna.value == 0
        feedback(float(feedback.id))
    assert [algorithm.told for algorithm in algorithms] == [[(0, 1.0)], [(0, 2.0)]]


def test_many_workers_share_the_work():
    name, space = helper.new_name(), helper.spec(5, 6, 7)
    algorithm = evolution.regularized_evolution(
        population_size=10, tournament_size=3, seed=1
    )
    seen = []

    def work(group):
        for dna, feedback in tuning.sample(
            space, algorithm, 300, name=name, group=group
        ):
            seen.append(feedback.id)
            if feedback.id % 7 == 0:
                feedback.skip()
            else:
                feedback(float(sum(dna.to_numbers())))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert sorted(seen) == list(range(1, 301))
    result = tuning.poll_result(name)
    assert all(trial.status == "COMPLETED" for trial in result.trials)
    assert algorithm.num_proposals == 300
    assert algorithm.num_feedbacks == 300 - 300 // 7
    assert len(algorithm.population) == 10


def test_trial_is_completed_once_by_a_whole_group():
    name, space, algorithm = helper.new_name(), helper.spec(100), helper.Counter()

    def work(_):
        for _, feedback in tuning.sample(space, algorithm, 50, name=name, group="g"):
            with feedback.ignore_race_condition():
                feedback(1.0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    trials = tuning.poll_result(name).trials
    assert [len(trial.measurements) >= 1 for trial in trials] == [True] * 50
    assert algorithm.told == [(i, 1.0) for i in range(50)]


def test_algorithm_may_look_at_the_study():
    name = helper.new_name()
    lengths = []

    class Curious(helper.Counter):
        def _feedback(self, dna, reward):
            lengths.append(len(tuning.poll_result(name).trials))

    for _, feedback in tuning.sample(helper.spec(3), Curious(), name=name):
        feedback(1.0)
    assert lengths == [1, 2, 3]


def test_proposal_that_fails_leaves_the_study_as_it_was():
    name = helper.new_name()

    class Broken(helper.Counter):
        def _propose(self):
            raise ZeroDivisionError

    loop = tuning.sample(helper.spec(3), Broken(), name=name)
    try:
        next(loop)
    except ZeroDivisionError:
        pass
    assert tuning.poll_result(name).trials == []
    assert next(tuning.sample(helper.spec(3), geno.Random(1), name=name))[1].id == 1
