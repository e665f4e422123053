import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


class Alternating(pg.DNAGenerator):
    """Proposes 1, 0, 1, 0, ... and notes rewards."""

    def _setup(self):
        self.count = 0
        self.rewards = []

    def _propose(self):
        self.count += 1
        return pg.DNA(self.count % 2, spec=self.dna_spec)

    def _feedback(self, dna, reward):
        self.rewards.append(reward)


def run(generator, count=20, size=6):
    """Proposes until the end; returns the values and automatic rewards."""
    generator.setup(geno.oneof(helper.constants(size)))
    values, rewards = [], []
    for i in range(count):
        try:
            dna = generator.propose()
        except StopIteration:
            break
        values.append(dna.value)
        rewards.append(dna.metadata.get("reward"))
        generator.feedback(dna, float(i))
    return values, rewards


def test_each_dna_once():
    values, _ = run(geno.Deduping(geno.Random(1)))
    assert sorted(values) == list(range(6))


def test_duplicates_are_limited():
    values, _ = run(geno.Deduping(geno.Random(1), max_duplicates=2))
    assert sorted(values) == sorted([*range(6)] * 2)


def test_attempts_are_limited():
    values, _ = run(geno.Deduping(geno.Random(1), max_proposal_attempts=1), 100, 50)
    assert 1 < len(values) < 50


def test_hash_fn_says_what_is_the_same():
    values, _ = run(geno.Deduping(geno.Sweeping(), hash_fn=lambda dna: dna.value // 2))
    assert values == [0, 2, 4]


def test_automatic_rewards():
    generator = geno.Deduping(Alternating(), auto_reward_fn=sum)
    values, rewards = run(generator, 5)
    assert values == [1, 0, 1, 0, 1]
    assert rewards == [None, None, 0.0, 1.0, 2.0]
    assert generator.needs_feedback and not generator.multi_objective
    assert generator.generator.rewards == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_no_automatic_reward_without_feedback():
    values, _ = run(geno.Deduping(geno.Random(1), auto_reward_fn=sum))
    assert sorted(values) == list(range(6))


def test_recover():
    generator = geno.Deduping(geno.Sweeping())
    generator.setup(geno.oneof(helper.constants(4)))
    generator.recover([(pg.DNA(0), None), (pg.DNA(1), 1.0)])
    assert [dna.value for dna in generator] == [2, 3]
    assert generator.num_proposals == 4


@pytest.mark.parametrize("name", ["max_duplicates", "max_proposal_attempts"])
def test_limits_are_positive(name):
    with pytest.raises(ValueError, match=name):
        geno.Deduping(geno.Sweeping(), **{name: 0})


def test_generator_is_a_generator():
    with pytest.raises(TypeError):
        geno.Deduping(1)


def test_what_has_a_reward_counts_for_an_algorithm_that_learns():
    generator = geno.Deduping(Alternating())
    generator.setup(geno.oneof(helper.constants(2)))
    pending = [generator.propose() for _ in range(4)]
    assert [dna.value for dna in pending] == [1, 0, 1, 0]
    for dna in pending[:2]:
        generator.feedback(dna, 1.0)
    with pytest.raises(StopIteration):
        generator.propose()


def test_recover_an_algorithm_that_learns():
    generator = geno.Deduping(Alternating(), auto_reward_fn=sum)
    generator.setup(geno.oneof(helper.constants(2)))
    generator.recover([(pg.DNA(1), 2.0), (pg.DNA(0), None)])
    assert generator.generator.rewards == [2.0]
    assert (generator.num_proposals, generator.num_feedbacks) == (2, 1)
    assert generator.propose().metadata.reward == 2.0
    assert "reward" not in generator.propose().metadata
