"""The tree-structured Parzen estimator: proposals lie where good ones are dense."""

import collections
import json
import math

import pytest

import pyglove as pg
from tests.bayesian.helper import SPACES, run

SPACE = pg.Dict(
    x=pg.floatv(0.0, 1.0), y=pg.oneof(["a", "b", "c", "d"]), z=pg.oneof("pq")
)


def told(evaluations, **options):
    """A search that has been told of evaluations."""
    algorithm = pg.bayesian.TPE(seed=1, num_startup=1, **options)
    algorithm.setup(pg.dna_spec(SPACE))
    for decisions, reward in evaluations:
        dna = pg.DNA(decisions, spec=pg.dna_spec(SPACE))
        algorithm.feedback(dna, reward)
    return algorithm


def spread(good, bad, count=40):
    """Evaluations of which a part is good: around some decisions."""
    found = []
    for i in range(count):
        x = 0.01 * (i % 10)
        found.append(([good[0] + x, good[1], i % 2], 1.0 + 0.001 * i))
        found.append(([bad[0] + x, bad[1], i % 2], 0.001 * i))
    return found


@pytest.mark.parametrize(("good", "bad"), [((0.1, 1), (0.8, 3)), ((0.8, 3), (0.1, 1))])
def test_proposals_are_like_the_good_evaluations(good, bad):
    algorithm = told(spread(good, bad), good_part=0.5, max_good=40)
    proposals = [algorithm.propose().to_numbers() for _ in range(20)]
    near = [abs(x - good[0] - 0.05) < 0.25 for x, _, _ in proposals]
    assert sum(near) >= 15
    assert (
        collections.Counter(y for _, y, _ in proposals).most_common(1)[0][0] == good[1]
    )


def test_what_is_said_of_no_reward_is_spread():
    # Without a good part that stands out, all values of a decision come up.
    even = [([i / 40, i % 4, i % 2], float(i % 5)) for i in range(40)]
    algorithm = told(even)
    proposals = [algorithm.propose().to_numbers() for _ in range(40)]
    assert {y for _, y, _ in proposals} == {0, 1, 2, 3}
    assert {z for _, _, z in proposals} == {0, 1}


def test_rewards_that_are_no_numbers_count_as_the_worst():
    evaluations = [
        (decisions, reward if reward >= 1.0 else math.nan)
        for decisions, reward in spread((0.1, 1), (0.8, 3))
    ]
    algorithm = told(evaluations, good_part=0.5, max_good=40)
    proposals = [algorithm.propose().to_numbers() for _ in range(20)]
    assert sum(x < 0.5 for x, _, _ in proposals) >= 15


def test_what_is_pending_counts_as_bad():
    # Proposals without feedback lead to others, also where the good are.
    spec = pg.dna_spec(pg.Dict(x=pg.oneof(range(12)), y=pg.oneof(range(12))))
    algorithm = pg.bayesian.TPE(seed=1, num_startup=2)
    run(algorithm, spec, lambda dna: -sum(dna.to_numbers()), 10)
    proposals = [tuple(algorithm.propose().to_numbers()) for _ in range(30)]
    assert len(set(proposals)) == 30


@pytest.mark.parametrize("name", SPACES)
def test_a_search_goes_on_from_its_state(name):
    def reward(dna):
        return sum(float(n) for n in dna.to_numbers() if isinstance(n, (int, float)))

    spec = SPACES[name]()
    algorithm = pg.bayesian.TPE(seed=3)
    run(algorithm, spec, reward, 30)
    state = json.loads(json.dumps(algorithm.get_state()))
    other = pg.bayesian.TPE(seed=4)
    other.setup(spec)
    other.set_state(state)
    for _ in range(5):
        dna = algorithm.propose()
        assert other.propose() == dna
        algorithm.feedback(dna, reward(dna))
        other.feedback(dna, reward(dna))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"good_part": 0.0}, "`good_part` to be greater than 0 and at most 1, got 0.0"),
        ({"good_part": 1.5}, "got 1.5"),
        ({"num_candidates": 0}, "`num_candidates` to be at least 1, got 0"),
        ({"max_good": 0}, "`max_good` to be at least 1, got 0"),
    ],
)
def test_options_that_make_no_sense(options, message):
    with pytest.raises(ValueError, match=message):
        pg.bayesian.TPE(**options)
    pg.bayesian.TPE(good_part=1.0, num_candidates=1, max_good=1)
