"""Loops over studies in many threads: setting up, and sharing an algorithm."""

import itertools
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import pyglove as pg
from pyglove import bayesian, evolution, geno, reinforce, tuning
from tests.tuning import helper

THREADS = 8


@geno.dna_generator
def count_up(spec):
    for value in range(3):
        yield pg.DNA([value % 3, value % 4], spec=spec)


ALGORITHMS = {
    "random": geno.Random,
    "sweeping": geno.Sweeping,
    "deduping": lambda: geno.Deduping(geno.Random()),
    "function": count_up,
    "regularized_evolution": evolution.regularized_evolution,
    "hill_climb": evolution.hill_climb,
    "nsga2": evolution.nsga2,
    "neat": evolution.neat,
    "ppo": lambda: reinforce.PPO(seed=1),
    "reinforce": lambda: reinforce.REINFORCE(seed=1),
    "gp": bayesian.GP,
    "tpe": bayesian.TPE,
    "grid": bayesian.Grid,
    "quasi_random": bayesian.QuasiRandom,
    "auto": pg.auto,
}


@pytest.fixture
def impatience():
    """Lets threads take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(work, count=THREADS):
    """What threads return that do the same at the same time, in any order."""
    barrier = threading.Barrier(count)

    def start(index):
        barrier.wait()
        return work(index)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


@pytest.mark.parametrize("is_one_study", [True, False])
@pytest.mark.parametrize("name", ALGORITHMS)
def test_threads_share_a_new_algorithm(name, is_one_study, impatience):
    for _ in range(15):
        space, algorithm = helper.spec(3, 4), ALGORITHMS[name]()
        metrics = ["a", "b"] if algorithm.multi_objective else ["reward"]
        study = helper.new_name() if is_one_study else None

        def work(_, space=space, algorithm=algorithm, metrics=metrics, study=study):
            loop = tuning.sample(
                space, algorithm, name=study, metrics_to_optimize=metrics
            )
            found = 0
            for dna, feedback in itertools.islice(loop, 1):
                assert dna.spec is not None
                feedback(1.0 if len(metrics) == 1 else (1.0, 2.0))
                found += 1
            return found

        completed = sum(at_once(work))
        assert algorithm.num_feedbacks == completed
        assert completed == (3 if name == "function" else THREADS)
        if is_one_study:
            trials = tuning.poll_result(study).trials
            assert [trial.id for trial in trials] == list(range(1, completed + 1))
            tuning.delete(study)


class Picky(geno.Sweeping):
    """Fails to be set up, after all that its base does, as often as told."""

    failures: int

    def setup(self, dna_spec):
        super().setup(dna_spec)
        with LOCK:
            left = FAILURES.setdefault(id(self), [self.failures])
            left[0] -= 1
            if left[0] >= 0:
                raise OSError("no license")
        self.is_ready = True

    def _propose(self):
        assert self.is_ready
        return super()._propose()


LOCK = threading.Lock()
FAILURES: dict = {}


@pytest.mark.parametrize("failures", [1, 3, THREADS])
def test_setup_that_fails_leaves_an_algorithm_that_is_new(failures, impatience):
    FAILURES.clear()  # An object that is gone may have had the same id.
    space, algorithm, study = helper.spec(3, 4), Picky(failures), helper.new_name()

    def work(_):
        try:
            next(tuning.sample(space, algorithm, name=study))[1](1.0)
        except OSError:
            return "failed"
        return "found"

    assert sorted(at_once(work)) == (
        ["failed"] * failures + ["found"] * (THREADS - failures)
    )
    assert (algorithm.dna_spec is None) == (failures == THREADS)
    assert (study in tuning.list_studies()) == (failures < THREADS)


def test_hook_that_fails_leaves_an_algorithm_that_is_new():
    class Failing(geno.Random):
        def _setup(self):
            raise OSError("no license")

    algorithm = Failing()
    with pytest.raises(OSError, match="no license"):
        algorithm.setup(helper.spec())
    with pytest.raises(ValueError, match="call `setup`"):
        algorithm.propose()


class Slow(tuning.EarlyStoppingPolicy):
    """Counts how often it is set up, and takes its time."""

    fails: bool = False

    def _on_bound(self):
        super()._on_bound()
        self.calls = []

    def setup(self, dna_spec):
        super().setup(dna_spec)
        self.calls.append(threading.get_ident())
        threading.Event().wait(0.01)
        if self.fails:
            raise OSError("no license")
        self.is_ready = True

    def should_stop_early(self, trial):
        return not self.is_ready


@pytest.mark.parametrize("is_named", [True, False])
def test_threads_share_a_new_policy(is_named, impatience):
    space, algorithm, policy = helper.spec(3, 4), geno.Random(), Slow()
    study = helper.new_name() if is_named else None

    def work(_):
        _, feedback = next(
            tuning.sample(space, algorithm, early_stopping_policy=policy, name=study)
        )
        feedback.add_measurement(1.0)
        return feedback.should_stop_early()

    assert at_once(work) == [False] * THREADS
    assert len(policy.calls) == 1


def test_policy_that_fails_leaves_no_study():
    policy, study = Slow(fails=True), helper.new_name()
    for _ in range(2):
        with pytest.raises(OSError, match="no license"):
            next(
                tuning.sample(
                    helper.spec(),
                    geno.Random(),
                    num_examples=1,
                    early_stopping_policy=policy,
                    name=study,
                )
            )
        assert policy.dna_spec is None
        assert study not in tuning.list_studies()


def test_study_is_seen_when_it_is_made_and_not_before(impatience):
    study, policy, space = helper.new_name(), Slow(), helper.spec(3, 4)
    stop = threading.Event()

    def poll():
        answers = []
        while not stop.is_set():
            try:
                answers.append(len(tuning.poll_result(study).trials))
            except ValueError:
                answers.append(None)
        return answers

    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(poll)
        loop = tuning.sample(
            space, geno.Random(), 5, early_stopping_policy=policy, name=study
        )
        for _, feedback in loop:
            feedback(1.0)
        stop.set()
        found = answers.result()
    numbers = [answer for answer in found if answer is not None]
    assert found[: len(found) - len(numbers)] == [None] * (len(found) - len(numbers))
    assert numbers == sorted(numbers)


def test_study_that_cannot_start_leaves_nothing_behind():
    study = helper.new_name()
    algorithm = geno.Random()
    algorithm.setup(helper.spec(7))
    for bad in (
        {"algorithm": algorithm},
        {"metrics_to_optimize": ["a", "b"]},
        {"early_stopping_policy": 3},
        {"num_examples": "5"},
    ):
        arguments = {"algorithm": geno.Random(), "num_examples": 1, "name": study}
        with pytest.raises((TypeError, ValueError)):
            next(tuning.sample(helper.spec(), **{**arguments, **bad}))
        assert study not in tuning.list_studies()
    assert len(list(itertools.islice(trials_of(study, 3), 9))) == 3


def trials_of(study, count):
    for _, feedback in tuning.sample(
        helper.spec(), geno.Random(), num_examples=count, name=study
    ):
        feedback(1.0)
        yield feedback.id


def test_backend_decides_on_objectives():
    arguments = {"algorithm": geno.Random(), "metrics_to_optimize": ["a", "b"]}
    with pytest.raises(ValueError, match="one objective"):
        next(tuning.sample(helper.spec(3), **arguments))

    class Service(tuning.InMemoryBackend):
        """Runs an algorithm of its own."""

        def __init__(self, *, algorithm, **kwargs):
            super().__init__(algorithm=helper.MultiCounter(), **kwargs)

    tuning.add_backend("decides-itself")(Service)
    loop = tuning.sample(helper.spec(3), backend="decides-itself", **arguments)
    _, feedback = next(loop)
    feedback((1.0, 2.0))
    assert feedback.get_trial().final_measurement.metrics == {"a": 1.0, "b": 2.0}
