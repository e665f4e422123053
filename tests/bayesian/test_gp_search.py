"""The search by a Gaussian process: it goes where most is promised."""

import json

import pytest

import pyglove as pg
from tests.bayesian.helper import SPACES, run


def hill(numbers):
    """A reward with one top, at (0.3, 0.7)."""
    x, y = numbers
    return 1.0 - (x - 0.3) ** 2 - (y - 0.7) ** 2


def plane():
    return pg.dna_spec(pg.Dict(x=pg.floatv(0.0, 1.0), y=pg.floatv(0.0, 1.0)))


def test_the_top_of_a_hill_is_found_in_few_steps():
    found = run(pg.bayesian.GP(seed=1), plane(), lambda dna: hill(dna.to_numbers()), 30)
    assert max(reward for _, reward in found) > 0.999


@pytest.mark.parametrize(("scale", "shift"), [(1e6, 0.0), (1e-6, 5.0), (1.0, -1e4)])
def test_rewards_may_be_of_any_scale(scale, shift):
    found = run(
        pg.bayesian.GP(seed=1),
        plane(),
        lambda dna: scale * hill(dna.to_numbers()) + shift,
        30,
    )
    best = max(found, key=lambda pair: pair[1])[0]
    assert hill(best.to_numbers()) > 0.98


def test_rewards_that_are_no_numbers_are_kept_away_from():
    def reward(dna):
        x, y = dna.to_numbers()
        return hill((x, y)) if x < 0.6 else float("nan")

    found = run(pg.bayesian.GP(seed=1), plane(), reward, 40)
    later = [dna.to_numbers()[0] < 0.6 for dna, _ in found[20:]]
    assert sum(later) >= 14


def test_other_weights_for_each_proposal_lead_along_the_front():
    def rewards(dna):
        x, y = dna.to_numbers()
        return x - y, 1.0 - x - y

    found = run(pg.bayesian.GP(seed=1, multi_objective=True), plane(), rewards, 40)
    # Where y is 0, none is better than another in both.
    late = [dna.to_numbers() for dna, _ in found[20:]]
    assert sum(y < 0.2 for _, y in late) >= 12
    assert min(x for x, _ in late) < 0.3 and max(x for x, _ in late) > 0.7


@pytest.mark.parametrize("name", SPACES)
def test_a_search_goes_on_from_its_state(name):
    def reward(dna):
        return sum(float(n) for n in dna.to_numbers())

    spec = SPACES[name]()
    algorithm = pg.bayesian.GP(seed=3, num_startup=6)
    run(algorithm, spec, reward, 12)
    state = json.loads(json.dumps(algorithm.get_state()))
    other = pg.bayesian.GP(seed=4, num_startup=6)
    other.setup(spec)
    other.set_state(state)
    for _ in range(3):
        dna = algorithm.propose()
        assert other.propose() == dna
        algorithm.feedback(dna, reward(dna))
        other.feedback(dna, reward(dna))
