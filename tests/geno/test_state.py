"""States of algorithms, and what they are made of."""

import json
import math
import random
import subprocess
import sys

import pytest

import pyglove as pg
from pyglove import geno
from pyglove.geno.generator import state as states
from pyglove.geno.generator.fingerprint import fingerprint
from tests.geno import helper

ALGORITHMS = {
    "random": lambda: geno.Random(1),
    "sweeping": geno.Sweeping,
    "function": lambda: every_other(),
    "deduping": lambda: geno.Deduping(geno.Random(2)),
    "deduping a learner": lambda: geno.Deduping(
        Learner(), hash_fn=lambda dna: (dna.value // 2, "x"), auto_reward_fn=sum
    ),
}


@geno.dna_generator
def every_other(spec):
    for i, dna in enumerate(spec.iter_dna()):
        if i % 2 == 0:
            yield dna


class Learner(pg.DNAGenerator):
    """Proposes what comes after the rewards."""

    def _setup(self):
        self.total = 0

    def _propose(self):
        self.total += 1
        return pg.DNA(int(self.total) % 60, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.total += reward if math.isfinite(reward) else 1

    def _get_state(self):
        return self.total

    def _set_state(self, state):
        self.total = state


class Forgetful(pg.DNAGenerator):
    def _propose(self):
        return self.dna_spec.first_dna()


def through_text(value):
    return json.loads(json.dumps(value, allow_nan=False))


def go_on(algorithm, count):
    """Goes on for a number of trials; returns what is proposed."""
    found = []
    for _ in range(count):
        try:
            dna = algorithm.propose()
        except StopIteration:
            break
        found.append((dna.to_numbers(), dna.metadata.get("reward")))
        value = dna.to_numbers()[0]
        algorithm.feedback(dna, math.inf if value % 7 == 3 else value % 5)
    return found


def set_up(make, spec):
    algorithm = make()
    algorithm.setup(spec)
    return algorithm


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("count", [0, 1, 17])
def test_resumed_search_goes_on_as_the_first_one(name, count):
    spec = geno.oneof(helper.constants(60))
    first = set_up(ALGORITHMS[name], spec)
    go_on(first, count)
    state = through_text(first.get_state())
    expected = go_on(first, 25)
    assert expected
    resumed = set_up(ALGORITHMS[name], spec)
    go_on(resumed, 3)  # All of which is forgotten.
    resumed.set_state(state)
    assert resumed.num_proposals == resumed.num_feedbacks == count
    assert go_on(resumed, 25) == expected


def test_random_search_without_a_seed_goes_on():
    spec = geno.space([geno.floatv(0.0, 1.0), geno.intv(1, 10**30)])
    first, resumed = (set_up(geno.Random, spec) for _ in range(2))
    first.propose()
    resumed.set_state(through_text(first.get_state()))
    assert first.propose() == resumed.propose()


def test_state_stays_as_it_was():
    spec = geno.oneof(helper.constants(60))
    for make in ALGORITHMS.values():
        algorithm = set_up(make, spec)
        go_on(algorithm, 5)
        state = algorithm.get_state()
        before = json.dumps(state)
        go_on(algorithm, 5)
        assert json.dumps(state) == before


def test_functions_pass_over_what_is_infeasible():
    spec = pg.dna_spec(pg.constrain(
        pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([1, 2, 3])),
        pg.geno.Distinct(["x", "y"]),
    ))  # fmt: skip

    @geno.dna_generator
    def sweep(dna_spec):
        for x in range(3):
            for y in range(3):
                yield pg.DNA([x, y], spec=dna_spec)

    first = set_up(sweep, spec)
    history = [(first.propose(), None) for _ in range(3)]
    state = first.get_state()
    expected = [dna.to_numbers() for dna in first]
    assert expected == [[1, 2], [2, 0], [2, 1]]
    resumed = set_up(sweep, spec)
    resumed.set_state(state)
    assert [dna.to_numbers() for dna in resumed] == expected
    recovered = set_up(sweep, spec)
    recovered.recover(history)
    assert [dna.to_numbers() for dna in recovered] == expected


def test_functions_recover_from_all_they_have():
    spec = geno.oneof(helper.constants(3))
    recovered = set_up(every_other, spec)
    recovered.recover([(pg.DNA(i), None) for i in (0, 2, 1)])  # It yields but two.
    assert list(recovered) == []


def test_algorithms_without_a_state_say_so():
    algorithm = Forgetful()
    with pytest.raises(ValueError, match="setup"):
        algorithm.get_state()
    with pytest.raises(ValueError, match="setup"):
        algorithm.set_state({})
    algorithm.setup(geno.oneof(helper.constants(3)))
    with pytest.raises(NotImplementedError, match=r"Forgetful.*`recover`"):
        algorithm.get_state()
    other = set_up(lambda: geno.Random(1), geno.oneof(helper.constants(3)))
    state = {**other.get_state(), "algorithm": "Forgetful"}
    with pytest.raises(NotImplementedError, match=r"Forgetful.*`recover`"):
        algorithm.set_state(state)


@pytest.mark.parametrize("change", [{"algorithm": "Sweeping"}, {"state": None}])
def test_states_of_others_are_refused(change):
    algorithm = set_up(lambda: geno.Random(1), geno.oneof(helper.constants(3)))
    with pytest.raises(ValueError, match="Expected the state of"):
        algorithm.set_state({**algorithm.get_state(), **change})


@pytest.mark.parametrize("state", [None, [], {}, {"algorithm": "Random"}])
def test_what_is_no_state_is_refused(state):
    algorithm = set_up(lambda: geno.Random(1), geno.oneof(helper.constants(3)))
    with pytest.raises(ValueError, match="Expected the state of a Random"):
        algorithm.set_state(state)


def test_states_of_other_spaces_are_refused():
    state = set_up(geno.Sweeping, geno.oneof(helper.constants(3)))
    go_on(state, 3)
    other = set_up(geno.Sweeping, geno.oneof(helper.constants(2)))
    with pytest.raises(ValueError):
        other.set_state(state.get_state())


PROGRAM = """
import json, sys
from pyglove import geno

spec = geno.custom(
    next_dna_fn=lambda dna: geno.DNA('a' if dna is None else dna.value + 'a'))
algorithm = geno.Deduping(geno.Sweeping(), max_duplicates=2)
algorithm.setup(spec)
algorithm.set_state(json.loads(sys.stdin.read()))
key, = [k for k, v in algorithm._seen.items() if k == ('aa',)]
print(hash('aa'), algorithm.propose().value)
"""


def test_keys_of_duplicates_hold_in_another_process():
    # Hashes of strings differ from process to process.
    spec = geno.custom(
        next_dna_fn=lambda dna: geno.DNA("a" if dna is None else dna.value + "a")
    )
    algorithm = set_up(lambda: geno.Deduping(geno.Sweeping(), max_duplicates=2), spec)
    assert [algorithm.propose().value for _ in range(2)] == ["a", "aa"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(algorithm.get_state()),
        capture_output=True,
        text=True,
        check=True,
    )
    other_hash, value = done.stdout.split()
    assert int(other_hash) != hash("aa")
    assert value == "aaa"


# ---- What states are made of -------------------------------------------------------


def test_random_generators():
    rng = random.Random(3)
    rng.gauss(0, 1)  # Of which it keeps a second value for the next time.
    other = random.Random(4)
    states.restore_random(other, through_text(states.random_to_json(rng)))
    assert other.getstate() == rng.getstate()


def test_generators_without_a_state():
    with pytest.raises(ValueError, match="whose state can be saved"):
        states.random_to_json(random.SystemRandom())


@pytest.mark.parametrize(
    "change", [{"words": "xx"}, {"words": "00"}, {"words": 1}, {"position": "x"}]
)
def test_bad_states_of_generators(change):
    rng = random.Random(3)
    before = rng.getstate()
    with pytest.raises(ValueError, match="state of a random number generator"):
        states.restore_random(rng, {**states.random_to_json(rng), **change})
    assert rng.getstate() == before


def test_sources_of_chance():
    selectors, mutators = pg.evolution.selectors, pg.evolution.mutators
    shared = random.Random(1)
    value = [
        selectors.Random(3, seed=shared) >> selectors.Top(1) >> mutators.Uniform(),
        {"x": (selectors.Random(1, seed=shared),)},
        lambda: None,
    ]
    found = states.random_sources(value)
    assert len(found) == 2
    assert sum(source is shared for source in found) == 1


@pytest.mark.parametrize("value", [None, 1, "x", (1, ("y", None)), [2.5], b"z"])
def test_values(value):
    encoded = through_text(states.value_to_json(value))
    assert pg.from_json(encoded) == value


@pytest.mark.filterwarnings("ignore:Function .* is saved with its code")
@pytest.mark.parametrize("value", [object(), lambda: None])
def test_values_that_cannot_be_read_back(value):
    with pytest.raises(ValueError, match="read back"):
        states.value_to_json(value)


@pytest.mark.parametrize("reward", [None, 0.1, 3, (0.5, 1), math.inf, (-math.inf, 1.0)])
def test_rewards(reward):
    encoded = through_text(states.reward_to_json(reward))
    assert states.reward_from_json(encoded) == reward
    assert type(states.reward_from_json(encoded)) is type(reward)


def test_reward_that_is_not_a_number():
    encoded = through_text(states.reward_to_json(math.nan))
    assert math.isnan(states.reward_from_json(encoded))


def test_state_of_another_space_is_refused_and_the_search_goes_on():
    def make(space):
        algorithm = pg.bayesian.TPE(seed=1, num_startup=2)
        algorithm.setup(pg.dna_spec(space))
        for _ in range(5):
            algorithm.feedback(algorithm.propose(), 1.0)
        return algorithm

    space = pg.Dict(x=pg.oneof(range(50)), y=pg.floatv(0.0, 1.0))
    algorithm, undisturbed = make(space), make(space)
    other = make(pg.Dict(x=pg.oneof(range(50))))
    with pytest.raises(ValueError, match="set up for the same space"):
        algorithm.set_state(other.get_state())
    assert algorithm.num_proposals == algorithm.num_feedbacks == 5
    assert algorithm.propose() == undisturbed.propose()


@pytest.mark.parametrize(
    "make",
    [
        lambda: geno.Random(seed=1),
        geno.Sweeping,
        lambda: geno.Deduping(geno.Random(seed=1)),
        lambda: pg.evolution.regularized_evolution(seed=1),
        lambda: pg.bayesian.TPE(seed=1),
        lambda: pg.bayesian.GP(seed=1),
        lambda: pg.bayesian.QuasiRandom(seed=1),
        lambda: pg.bayesian.Grid(),
        lambda: pg.auto(seed=1),
        lambda: pg.reinforce.PPO(seed=1),
    ],
)
def test_all_algorithms_refuse_states_of_other_spaces(make):
    def started(space):
        algorithm = make()
        algorithm.setup(pg.dna_spec(space))
        algorithm.propose()
        return algorithm

    def one(*args, **kwargs):
        return pg.Dict(x=pg.oneof(*args, **kwargs))

    algorithm = started(one([1, 2, 3]))
    before = algorithm.get_state()
    for other in (
        one([1, 2]),
        one([1, 2, 4]),
        one(["a", "b", "c"]),
        one([1, 2, 3], name="x"),
        pg.Dict(y=pg.oneof([1, 2, 3])),
        pg.Dict(x=pg.manyof(1, [1, 2, 3], sorted=True)),
        pg.Dict(x=pg.manyof(2, [1, 2, 3])),
        pg.Dict(x=pg.intv(0, 2)),
        one([pg.oneof([1]), 2, 3]),
        pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.intv(0, 1)),
    ):
        state = started(other).get_state()
        with pytest.raises(ValueError, match="same space"):
            algorithm.set_state(state)
    assert algorithm.get_state() == before
    same = started(one([1, 2, 3]))
    same.set_state(before)


def test_fingerprints_are_the_same_in_other_processes():
    # Texts of sets and of objects with an address differ.
    def space():
        return pg.dna_spec(
            pg.Dict(
                x=pg.oneof([{"a", "b"}, object(), lambda: 1, "s", 1.5]),
                y=pg.floatv(0.1, 1.0, "log", name="y"),
            )
        )

    assert fingerprint(space()) == fingerprint(space())
    assert fingerprint(space()) == "161850e24f790e2f"


def test_a_search_that_cannot_be_restored_starts_anew():
    class Silent(geno.Random):
        """Does not give its state."""

        def _get_state(self):
            raise NotImplementedError

    algorithm = set_up(lambda: Silent(1), geno.oneof(helper.constants(30)))
    first = go_on(algorithm, 5)
    other = set_up(lambda: geno.Random(1), geno.oneof(helper.constants(30)))
    state = {**other.get_state(), "algorithm": "Silent", "state": 0}
    with pytest.raises(ValueError, match="set up for the same space"):
        algorithm.set_state(state)
    assert algorithm.num_proposals == 0
    assert go_on(algorithm, 5) == first
