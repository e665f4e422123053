"""What all controllers have in common."""

import json
import math
import random

import numpy as np
import pytest

import pyglove as pg
from pyglove import geno, reinforce
from tests.geno import helper as geno_helper
from tests.reinforce import helper

KINDS = {
    "ppo": lambda **kwargs: reinforce.PPO(**kwargs),
    "minibatches": lambda **kwargs: reinforce.PPO(num_minibatches=3, **kwargs),
    "reinforce": lambda **kwargs: reinforce.REINFORCE(**kwargs),
    "recurrent": lambda **kwargs: reinforce.PPO(
        policy="recurrent", hidden_size=4, **kwargs
    ),
    "value": lambda **kwargs: reinforce.PPO(
        policy="recurrent", baseline="value", hidden_size=4, **kwargs
    ),
}
all_kinds = pytest.mark.parametrize("kind", KINDS)
SPEC = helper.flat_space(2, 3, 4)


def set_up(kind, spec=SPEC, seed=1, batch_size=4, **kwargs):
    algorithm = KINDS[kind](seed=seed, batch_size=batch_size, **kwargs)
    algorithm.setup(spec)
    return algorithm


def reward_of(dna):
    return float(sum(v for v in dna.to_numbers()))


def run(algorithm, count, reward=reward_of):
    found = []
    for _ in range(count):
        dna = algorithm.propose()
        found.append(dna.to_numbers())
        algorithm.feedback(dna, reward(dna))
    return found


def parameters(algorithm):
    return algorithm._policy.parameters.vector.copy()


# ---- Learning takes place ----------------------------------------------------------


@all_kinds
def test_policy_changes_with_each_batch(kind):
    algorithm = set_up(kind)
    before = parameters(algorithm)
    run(algorithm, 3)
    np.testing.assert_array_equal(parameters(algorithm), before)
    run(algorithm, 1)
    assert not np.array_equal(parameters(algorithm), before)


@all_kinds
def test_seeds(kind):
    runs = [run(set_up(kind, helper.mixed_space(), seed), 30) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]
    runs = [run(set_up(kind, helper.mixed_space(), None), 10) for _ in range(2)]
    assert runs[0] != runs[1]


@all_kinds
def test_chance_of_others_does_not_matter(kind):
    runs = []
    for seed in (1, 2):
        random.seed(seed)
        np.random.seed(seed)
        runs.append(run(set_up(kind, helper.mixed_space()), 30))
    assert runs[0] == runs[1]


def test_first_batch_is_random_search():
    # Each candidate is drawn about as often as any other before there is a reward.
    algorithm = set_up("ppo", helper.flat_space(3), batch_size=3000)
    counts = np.bincount([algorithm.propose().value for _ in range(3000)])
    np.testing.assert_allclose(counts / 3000, 1 / 3, atol=0.04)


@all_kinds
def test_equal_rewards_teach_nothing_but_entropy(kind):
    algorithm = set_up(kind, entropy_weight=0.0, value_weight=0.0)
    before = parameters(algorithm)
    run(algorithm, 12, reward=lambda dna: 0.25)
    np.testing.assert_allclose(parameters(algorithm), before, atol=1e-12)


# ---- Workers -----------------------------------------------------------------------


@all_kinds
def test_order_of_feedback_within_a_batch_does_not_matter(kind):
    algorithms = [set_up(kind, baseline_decay=1.0) for _ in range(2)]
    for _ in range(5):
        batches = [[a.propose() for _ in range(4)] for a in algorithms]
        for algorithm, batch, order in zip(algorithms, batches, (1, -1), strict=True):
            for dna in batch[::order]:
                algorithm.feedback(dna, reward_of(dna))
    if kind != "minibatches":  # Which cut a batch by its order.
        np.testing.assert_allclose(*map(parameters, algorithms), atol=1e-9)


def test_old_probabilities_are_those_of_the_proposal():
    algorithm = set_up("ppo")
    late = algorithm.propose()
    numbers = tuple(late.to_numbers())
    assert algorithm._open[numbers] == [(0, None)]
    batch = algorithm._policy.encoding.encode([numbers])
    expected = algorithm._policy.evaluate(batch).log_probs[0]
    for i in range(12):
        algorithm.feedback(geno.DNA([1, 2, i % 4], spec=SPEC), float(i))
    (version, noted), *others = algorithm._open[numbers]
    assert version == 0 and not others
    np.testing.assert_allclose(noted, expected)
    now = algorithm._policy.evaluate(batch).log_probs[0]
    assert np.abs(now - expected).max() > 1e-3
    algorithm.feedback(late, 1.0)
    assert numbers not in algorithm._open
    np.testing.assert_array_equal(algorithm._evaluated[0][1], noted)


def test_repeated_proposals_are_answered_in_turn():
    algorithm = set_up("ppo", helper.flat_space(1))
    for _ in range(3):
        algorithm.propose()
    assert len(algorithm._open[(0,)]) == 3
    algorithm.feedback(geno.DNA(0), 1.0)
    assert len(algorithm._open[(0,)]) == 2


def test_proposals_that_are_never_evaluated_are_forgotten():
    algorithm = set_up("ppo", helper.flat_space(10, 10, 10))
    for _ in range(300):
        algorithm.propose()
        run(algorithm, 1)
    assert 0 < sum(map(len, algorithm._open.values())) < 200


def test_dna_of_somebody_else():
    algorithm = set_up("ppo")
    for i in range(4):
        algorithm.feedback(geno.DNA([1, 2, i]), float(i))
    assert parameters(algorithm).any()
    with pytest.raises(ValueError):
        algorithm.feedback(geno.DNA([1, 2, 9]), 1.0)
    assert algorithm.num_feedbacks == 4


# ---- Rewards -----------------------------------------------------------------------


@all_kinds
@pytest.mark.parametrize("scaling", ["none", "deviation", "rank"])
def test_rewards_that_are_not_finite(kind, scaling):
    algorithm = set_up(kind, reward_scaling=scaling)
    rewards = [math.nan, math.inf, -math.inf, 1.0]
    for i in range(24):
        algorithm.feedback(algorithm.propose(), rewards[i % 4])
    assert np.isfinite(parameters(algorithm)).all()


def test_failures_are_avoided():
    algorithm = set_up("ppo", helper.flat_space(2, 2), batch_size=10)
    found = run(algorithm, 300, lambda dna: math.nan if dna.to_numbers()[0] else 1.0)
    assert sum(first for first, _ in found[-50:]) < 5


# ---- Options -----------------------------------------------------------------------


def test_numbers_may_change_over_time():
    seen = []

    def rate(step):
        seen.append(step)
        return 0.1

    algorithm = set_up("ppo", learning_rate=rate, num_epochs=1)
    constant = set_up("ppo", learning_rate=0.1, num_epochs=1)
    run(algorithm, 8)
    run(constant, 8)
    assert seen == [3, 7]
    np.testing.assert_array_equal(parameters(algorithm), parameters(constant))


@pytest.mark.parametrize(
    "option",
    [
        "learning_rate",
        "entropy_weight",
        "clip_range",
        "max_gradient_norm",
        "num_epochs",
    ],
)
def test_options_matter(option):
    value = 2 if option == "num_epochs" else 1e-4
    changed = set_up("ppo", **{option: value})
    default = set_up("ppo")
    run(changed, 8)
    run(default, 8)
    assert not np.allclose(parameters(changed), parameters(default))


def test_baseline_of_values_needs_a_recurrent_policy():
    with pytest.raises(ValueError, match="'recurrent' for the baseline 'value'"):
        reinforce.PPO(baseline="value")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("batch_size", 0),
        ("policy", "other"),
        ("baseline_decay", 2.0),
        ("clip_range", -1.0),
    ],
)
def test_options_are_checked(option, value):
    with pytest.raises(ValueError, match=option):
        reinforce.PPO(**{option: value})


# ---- Spaces ------------------------------------------------------------------------


@all_kinds
def test_custom_decisions_are_refused(kind):
    inner = geno.space([geno.custom(location="y")])
    spec = geno.space([geno.oneof([inner, geno.constant()], location="x")])
    with pytest.raises(ValueError, match=r"custom decision points.*'x\[=0/2\]\.y'"):
        set_up(kind, spec)


@all_kinds
def test_space_without_decisions(kind):
    algorithm = set_up(kind, geno.constant())
    for _ in range(9):
        algorithm.feedback(algorithm.propose(), 1.0)
    assert algorithm.num_feedbacks == 9


@all_kinds
def test_constraints(kind):
    spec = pg.dna_spec(
        pg.constrain(
            pg.Dict(x=pg.oneof(range(4)), y=pg.oneof(range(4))), geno.Distinct()
        )
    )
    algorithm = set_up(kind, spec)
    assert all(x != y for x, y in run(algorithm, 60))


# ---- Recovery ----------------------------------------------------------------------


@all_kinds
def test_recover_from_history(kind):
    spec = pg.dna_spec(
        pg.constrain(
            pg.Dict(x=pg.oneof(range(4)), y=pg.oneof(range(4))), geno.Distinct()
        )
    )
    algorithm = set_up(kind, spec)
    history = []
    for i in range(18):
        dna = algorithm.propose()
        reward = None if i % 5 == 3 else reward_of(dna)
        if reward is not None:
            algorithm.feedback(dna, reward)
        history.append((pg.from_json(pg.to_json(dna)), reward))
    recovered = set_up(kind, spec)
    recovered.recover(history)
    assert recovered.num_proposals == algorithm.num_proposals
    assert recovered.num_feedbacks == algorithm.num_feedbacks
    assert run(recovered, 20) == run(algorithm, 20)


@all_kinds
def test_state_is_of_one_space_and_kind(kind):
    algorithm = set_up(kind)
    run(algorithm, 6)
    state = json.loads(json.dumps(algorithm.get_state(), allow_nan=False))
    with pytest.raises(ValueError):
        set_up(kind, helper.flat_space(2, 3, 9)).set_state(state)
    resumed = set_up(kind)
    resumed.set_state(state)
    assert run(resumed, 20) == run(algorithm, 20)


def test_memory_of_past_trials():
    # A state holds all that there is; it does not grow with the number of trials.
    algorithm = set_up("ppo")
    sizes = []
    for _ in range(2):
        run(algorithm, 400)
        sizes.append(len(json.dumps(algorithm.get_state())))
    assert sizes[1] < 1.1 * sizes[0]


# ---- Learning ----------------------------------------------------------------------

TASKS = {
    # The space, what is best, and a reward that grows with how close a DNA is.
    "choices": (helper.flat_space(*[2] * 16), lambda n: sum(n) / 16),
    "arrangement": (
        geno.manyof(5, geno_helper.constants(5)),
        lambda n: sum(i == v for i, v in enumerate(n)) / 5,
    ),
    "set": (
        geno.manyof(3, geno_helper.constants(8), sorted=True),
        lambda n: len({1, 4, 6} & set(n)) / 3,
    ),
    "float": (geno.floatv(1.0, 1e6, scale="log"), lambda n: -abs(math.log10(n[0]) - 4)),
    "int": (geno.intv(0, 1000), lambda n: -abs(n[0] - 900) / 250),
    "conditional": (
        geno.oneof([geno.constant(), helper.flat_space(4, 4, 4), geno.constant()]),
        lambda n: 0.4 if len(n) == 1 else sum(n[1:]) / 9,
    ),
}


@pytest.mark.parametrize("kind", ["ppo", "reinforce", "recurrent"])
@pytest.mark.parametrize("task", TASKS)
def test_learns(kind, task):
    """Rewards get better, by far more than they would by chance.

    The mean over 100 random DNA has a standard error of a tenth of their deviation; so
    has that over the last 100 proposals, at most.
    """
    spec, reward = TASKS[task]
    rng = random.Random(1)
    chance = [reward(geno.random_dna(spec, rng).to_numbers()) for _ in range(1000)]
    for seed in range(3):
        algorithm = set_up(kind, spec, seed, 10)
        found = run(algorithm, 600, lambda dna: reward(dna.to_numbers()))
        late = np.mean([reward(numbers) for numbers in found[-100:]])
        assert late > np.mean(chance) + 1.0 * np.std(chance)


def test_finds_better_ones_than_random_search():
    spec, reward = TASKS["choices"]
    best: dict[str, list[float]] = {"random": [], "ppo": [], "recurrent": []}
    for seed in range(10):
        for name, found in best.items():
            if name == "random":
                algorithm = geno.Random(seed)
                algorithm.setup(spec)
            else:
                algorithm = set_up(name, spec, seed, 10)
            trials = run(algorithm, 300, lambda dna: reward(dna.to_numbers()))
            found.append(max(map(reward, trials)))
    # One of 300 random ones is the best with a probability of 0.5 %.
    assert np.mean(best["random"]) < 0.92
    assert np.mean(best["ppo"]) > 0.98
    assert np.mean(best["recurrent"]) > 0.95
