"""The checks find what is wrong with an algorithm."""

import functools
import itertools
import math
import os
import random

import pytest

import pyglove as pg
from pyglove import geno, testing
from pyglove.geno.generator import state as states


class Good(pg.DNAGenerator):
    """Random search that notes the best reward."""

    seed: int = 1

    def _setup(self):
        self.rng = random.Random(self.seed)
        self.best = 0.0

    def _propose(self):
        return self.dna_spec.random_dna(self.rng)

    def _feedback(self, dna, reward):
        if math.isfinite(reward):
            self.best = max(self.best, float(reward))

    def _get_state(self):
        return [states.random_to_json(self.rng), self.best]

    def _set_state(self, state):
        states.restore_random(self.rng, state[0])
        self.best = state[1]


class NoDNA(Good):
    def propose(self):
        self._num_proposals += 1
        return [0]


class Misfit(Good):
    def propose(self):
        self._num_proposals += 1
        return pg.DNA([0, 99])


class Infeasible(Good):
    def propose(self):
        self._num_proposals += 1
        return pg.DNA.from_numbers([0, 0, 0], self.dna_spec)


class Uncounted(Good):
    def propose(self):
        return self._propose()


class Nothing(Good):
    def _propose(self):
        raise StopIteration


class Meddler(Good):
    """Changes what it has proposed."""

    def _propose(self):
        dna = super()._propose()
        if self.num_proposals:
            self.last.rebind({"children[0].value": 1 - self.last.children[0].value})
        self.last = dna
        return dna


class SpaceChanger(Good):
    def _feedback(self, dna, reward):
        self.dna_spec.rebind(hints="seen", skip_notification=True)


class NeedsNoSetup(Good):
    def propose(self):
        if self.dna_spec is None:
            return pg.DNA(0)
        return super().propose()


class OddWithoutSetup(Good):
    def propose(self):
        if self.dna_spec is None:
            raise KeyError("dna_spec")
        return super().propose()


class Continues(Good):
    """Goes on where it was, whatever the setup."""

    def _setup(self):
        if self.num_proposals == 0 and not hasattr(self, "rng"):
            super()._setup()


class KeepsCounts(Good):
    def setup(self, dna_spec):
        count = self.num_proposals
        super().setup(dna_spec)
        self._num_proposals = count


class GlobalChance(Good):
    def _propose(self):
        return self.dna_spec.random_dna(random)


class SharedChance(Good):
    shared = random.Random(1)

    def _setup(self):
        super()._setup()
        if self.num_proposals == 0:
            SharedChance.shared.seed(1)

    def _propose(self):
        return self.dna_spec.random_dna(SharedChance.shared)


class OneAtATime(Good):
    def _propose(self):
        if self.num_proposals > self.num_feedbacks:
            raise RuntimeError("The last trial is not finished.")
        return super()._propose()


class InOrder(Good):
    def _propose(self):
        dna = super()._propose()
        self.waiting = [*getattr(self, "waiting", []), dna]
        return dna

    def _feedback(self, dna, reward):
        if self.waiting.pop(0) != dna:
            raise RuntimeError("Not in order.")


class NeedsTheSame(Good):
    def _propose(self):
        dna = super()._propose()
        self.known = {**getattr(self, "known", {}), id(dna): dna}
        return dna

    def _feedback(self, dna, reward):
        self.known[id(dna)]


class Impatient(Good):
    def _propose(self):
        if self.num_proposals - self.num_feedbacks > 5:
            raise RuntimeError("Too many trials without a reward.")
        return super()._propose()


class RefusesDuplicates(Good):
    def _feedback(self, dna, reward):
        seen = self.__dict__.setdefault("seen", [])
        if any(dna is other or id(dna.spec) == 0 for other in seen):
            raise RuntimeError("Seen before.")
        if getattr(self, "last", None) == (tuple(dna.to_numbers()), self.num_proposals):
            raise RuntimeError("Seen before.")
        self.last = tuple(dna.to_numbers()), self.num_proposals


class CountsOnce(Good):
    def feedback(self, dna, reward):
        if getattr(self, "last", None) != self.num_proposals:
            super().feedback(dna, reward)
        self.last = self.num_proposals


class Finite(Good):
    def _feedback(self, dna, reward):
        if not math.isfinite(reward):
            raise ValueError(f"Expected a finite reward, got {reward}.")


class Summing(Good):
    """Is poisoned by rewards that are not finite."""

    def _feedback(self, dna, reward):
        self.best = round(self.best + reward)


class StateWithNaN(Good):
    def _get_state(self):
        return [math.nan]


class StateWithSet(Good):
    def _get_state(self):
        return [{1}]


class Forgetful(Good):
    """Leaves out of its state where its chance is."""

    def _set_state(self, state):
        self.best = state[1]


class Disturbed(Good):
    def _get_state(self):
        self.rng.random()
        return super()._get_state()


class StateWithoutCounts(Good):
    def set_state(self, state):
        super().set_state(state)
        self._num_proposals = 0


class OfTheProcess(Good):
    """Its chance depends on hashes of strings."""

    def _setup(self):
        super()._setup()
        self.rng = random.Random(hash("x"))


class FailsElsewhere(Good):
    process: int = 0

    def _setup(self):
        super()._setup()
        if os.getpid() != self.process:
            raise RuntimeError("Lost.")


class CannotRecover(Good):
    def recover(self, history):
        raise RuntimeError("No way back.")


class ForgetsHistory(Good):
    def recover(self, history):
        pass


class NotAnAlgorithm(pg.Object):
    pass


class Refusing(Good):
    def _setup(self):
        raise ValueError("Expected another space.")


class RefusingSilently(Good):
    def _setup(self):
        raise ValueError


class RefusingOddly(Good):
    def _setup(self):
        raise ZeroDivisionError("x")


class Lengthy(Good):
    """Ends after as many trials as there were instances."""

    count = itertools.count(10)

    def _setup(self):
        super()._setup()
        self.limit = next(Lengthy.count)

    def _propose(self):
        if self.num_proposals >= self.limit:
            raise StopIteration
        return super()._propose()


BROKEN = {
    NoDNA: r"NoDNA on the space 'flat': expected a `pg.DNA` to be proposed, got \[0\]",
    Misfit: "expected proposals to fit the space and meet its constraints",
    Uncounted: "expected `num_proposals` to grow by one with each proposal, got 0",
    Nothing: "expected at least one proposal, got none",
    Meddler: "expected proposals to stay as they are, got .* as trial 0",
    NeedsNoSetup: "expected an error without a setup, got DNA",
    OddWithoutSetup: "expected a ValueError without a setup, got KeyError",
    Continues: "expected .* as trial 0 after a second setup, got",
    KeepsCounts: "expected a setup to start anew, got .* = [(]20, 0[)] after it",
    GlobalChance: "as trial 0 (in another run|after a second setup), got",
    SharedChance: "as trial . in another run, got",
    OneAtATime: "a search with 5 trials open at a time, got RuntimeError: The last",
    InOrder: "a search with 5 trials open at a time, got RuntimeError: Not in order",
    NeedsTheSame: "a search with .* feedback on copies of the DNA, got KeyError",
    Impatient: "a search with .* 1 in 3 of them skipped, got RuntimeError: Too many",
    RefusesDuplicates: "expected to be told of .* three times, got RuntimeError",
    CountsOnce: "expected `num_feedbacks` to grow by one with each feedback, got 1 ",
    Finite: "1 in 1 of them with an odd reward.*, got ValueError: Expected a finite",
    Summing: "1 in 1 of them with an odd reward.*, got (ValueError|OverflowError)",
    StateWithNaN: "expected its state to be strict JSON, got: Out of range float",
    StateWithSet: "expected its state to be strict JSON, got: .*not JSON serializable",
    Forgetful: "expected .* as trial 6 after its state at trial 6 was resumed, got",
    Disturbed: "expected .* as trial 6 after its state was asked for at trial 6, got",
    StateWithoutCounts: "to be as they were after its state at trial 6 was resumed",
    CannotRecover: "expected to take up a history of 10 trials, got RuntimeError",
    ForgetsHistory: r"expected \(num_proposals, num_feedbacks\) = \(10, 7\) after `rec",
    NotAnAlgorithm: "Expected a `pg.DNAGenerator`, got NotAnAlgorithm",
    Refusing: "expected it to be set up, got ValueError: Expected another space",
    Lengthy: "expected [0-9]+ proposals .*, got [0-9]+",
}


def three():
    """A space of one's own."""
    return geno.oneof([geno.constant()] * 3)


def check(make, spaces=("flat",), **options):
    testing.check_generator(make, spaces=spaces, num_trials=20, **options)


def test_good_one():
    check(Good, ["flat", "conditional", "constrained", "permutation", "continuous"])


@pytest.mark.parametrize("broken", BROKEN, ids=lambda cls: cls.__name__)
def test_what_is_wrong_is_named(broken):
    with pytest.raises(testing.ConformanceError, match=BROKEN[broken]):
        check(broken, in_other_process=False)


def test_errors_are_assertions_and_of_the_library():
    assert issubclass(testing.ConformanceError, (AssertionError, pg.PyGloveError))


def test_infeasible_proposals():
    with pytest.raises(testing.ConformanceError, match="meet its constraints, got DNA"):
        check(Infeasible, ["constrained"], in_other_process=False)


def test_changes_of_the_space():
    with pytest.raises(testing.ConformanceError, match="expected the space to stay"):
        check(SpaceChanger, {"mine": lambda: three()}, in_other_process=False)


# ---- Another process ---------------------------------------------------------------


def test_chance_of_the_process():
    check(OfTheProcess, in_other_process=False)
    with pytest.raises(testing.ConformanceError, match="as trial 0 in another process"):
        check(OfTheProcess)


def test_failures_in_another_process():
    with pytest.raises(testing.ConformanceError, match=r"(?s)error there:.*Lost\."):
        check(functools.partial(FailsElsewhere, process=os.getpid()))


def test_makers_that_cannot_be_sent():
    with pytest.raises(ValueError, match="made in another process too"):
        check(lambda: Good())
    check(lambda: Good(), in_other_process=False)
    check(functools.partial(Good, seed=3))


# ---- Options -----------------------------------------------------------------------


def test_algorithms_without_a_seed():
    check(geno.Random, is_seeded=False)
    with pytest.raises(testing.ConformanceError, match="after a second setup"):
        check(geno.Random)


def test_algorithms_without_a_state():
    class Stateless(Good):
        def _get_state(self):
            raise NotImplementedError

    check(Stateless, in_other_process=False)


def test_spaces_that_are_refused():
    check(Refusing, unsupported=["flat"])
    for refusal, message in (
        (RefusingSilently, "expected an error that says what is wrong"),
        (RefusingOddly, "ValueError, TypeError or NotImplementedError .* got ZeroDiv"),
        (Good, "expected the space to be refused, got \\[DNA"),
    ):
        with pytest.raises(testing.ConformanceError, match=message):
            check(refusal, unsupported=["flat"])


def test_spaces_of_ones_own():
    check(Good, {"mine": three})


def test_all_spaces_by_default():
    assert list(testing.SPACES) == [
        "flat",
        "single",
        "conditional",
        "constrained",
        "continuous",
        "permutation",
        "large",
    ]
    seen = []

    class Noting(Good):
        def _setup(self):
            super()._setup()
            if self.dna_spec not in seen:
                seen.append(self.dna_spec)

    testing.check_generator(Noting, num_trials=4, in_other_process=False)
    assert len(seen) == len(testing.SPACES)


def test_parametrization():
    mark = testing.parametrize_generators(
        {"good": Good, "bad": NoDNA}, unsupported={"good": ["large"]}, num_trials=6
    )
    name, params = mark.args
    cases = {param.id: param.values[0] for param in params}
    assert name == "check"
    assert len(cases) == 2 * (len(testing.SPACES) + 1)
    cases["good-flat"]()
    with pytest.raises(testing.ConformanceError, match="space 'single'"):
        cases["bad-single"]()
    with pytest.raises(testing.ConformanceError, match="to be refused"):
        cases["good-large"]()
    with pytest.raises(testing.ConformanceError):
        cases["bad-other_process"]()
