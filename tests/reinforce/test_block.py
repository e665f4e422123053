"""Blocks: what they say of decisions is a distribution, and they draw from it."""

import numpy as np
import pytest

from pyglove import geno
from pyglove.reinforce.block import NumberBlock, SequenceBlock, make_blocks
from pyglove.reinforce.encoding import Encoding
from tests.geno import helper as geno_helper
from tests.reinforce import helper

# Spaces of slots that stand in one block, and whether arrangements are ranked.
SPACES = {
    "choices": ([(1, 3, True, False), (1, 4, True, False)], False),
    "free": ([(2, 3, False, False)], False),
    "distinct": ([(2, 4, True, False)], False),
    "ranked": ([(3, 4, True, False)], True),
    "sorted": ([(2, 4, False, True)], False),
    "subset": ([(3, 5, True, True)], False),
}


def block_of(name):
    """The block of a space, its encoding, and all rows of the space."""
    points, is_ranked = SPACES[name]
    spec = geno_helper.locate(
        [
            geno.manyof(count, geno_helper.constants(size), distinct, in_order)
            for count, size, distinct, in_order in points
        ]
    )
    encoding = Encoding(spec.decisions)
    (block,) = make_blocks(encoding, is_ranked)
    return block, encoding, geno_helper.enumerate_numbers(spec)


def given_to(block, seed=0):
    shape = (1, block.num_given, block.size)
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("name", SPACES)
def test_probabilities_sum_to_one(name):
    block, encoding, rows = block_of(name)
    _, log_probs, _ = block.evaluate(given_to(block), encoding.encode(rows))
    assert np.exp(log_probs.sum(axis=1)).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["sorted", "subset", "distinct", "ranked"])
def test_what_says_nothing_makes_all_alike(name):
    block, encoding, rows = block_of(name)
    nothing = np.zeros_like(given_to(block))
    _, log_probs, _ = block.evaluate(nothing, encoding.encode(rows))
    np.testing.assert_allclose(log_probs.sum(axis=1), -np.log(len(rows)))


@pytest.mark.parametrize("name", SPACES)
def test_what_is_drawn_has_its_probability(name):
    block, encoding, rows = block_of(name)
    given = given_to(block)
    _, log_probs, _ = block.evaluate(given, encoding.encode(rows))
    drawn = block.sample(given, np.random.default_rng(1), 4000)
    choices = encoding.encode(rows).choices[:, block.slots]
    shares = [(drawn == row).all(axis=1).mean() for row in choices]
    np.testing.assert_allclose(shares, np.exp(log_probs.sum(axis=1)), atol=0.03)
    if block.is_shared:
        with pytest.raises(NotImplementedError):
            block.sample_at(given[:, 0], 0, drawn, np.random.default_rng(1))
        return
    # Slot by slot, it is the same distribution.
    decided, rng = np.zeros_like(drawn), np.random.default_rng(2)
    for position in range(len(block.slots)):
        at = block.sample_at(given[:, position], position, decided, rng)
        decided[:, position] = at
    shares = [(decided == row).all(axis=1).mean() for row in choices]
    np.testing.assert_allclose(shares, np.exp(log_probs.sum(axis=1)), atol=0.03)


@pytest.mark.parametrize("name", SPACES)
def test_entropies_are_mean_surprises(name):
    block, encoding, rows = block_of(name)
    given = given_to(block)
    batch = encoding.encode(rows)
    _, log_probs, entropies = block.evaluate(given, batch)
    weights = np.exp(log_probs.sum(axis=1))
    surprise = -(weights * log_probs.sum(axis=1)).sum()
    assert (weights * entropies.sum(axis=1)).sum() == pytest.approx(surprise)


@pytest.mark.parametrize("name", SPACES)
def test_gradients_are_slopes(name):
    block, encoding, rows = block_of(name)
    batch = encoding.encode(rows[:5])
    given = given_to(block)
    d_log_probs, d_entropies = np.random.default_rng(3).normal(
        size=(2, len(rows[:5]), len(block.slots))
    )

    def value():
        _, log_probs, entropies = block.evaluate(given, batch)
        return (d_log_probs * log_probs).sum() + (d_entropies * entropies).sum()

    dist, _, _ = block.evaluate(given, batch)
    gradient = block.gradient(dist, batch, d_log_probs, d_entropies)
    if gradient.shape != given.shape:
        gradient = gradient.sum(axis=0, keepdims=True)
    slopes = helper.numerical_gradient(value, given.reshape(-1))
    np.testing.assert_allclose(gradient.ravel(), slopes, atol=1e-6)


def test_blocks_share_out_the_slots():
    for is_ranked in (False, True):
        encoding = Encoding(helper.mixed_space().decisions)
        blocks = make_blocks(encoding, is_ranked)
        slots = np.concatenate([block.slots for block in blocks])
        assert sorted(slots.tolist()) == list(range(encoding.num_slots))


def test_only_what_depends_on_others_is_a_sequence():
    spec = geno.space(
        [
            geno.manyof(2, geno_helper.constants(3), distinct=False),
            geno.manyof(1, geno_helper.constants(3)),
        ]
    )
    blocks = make_blocks(Encoding(spec.decisions), False)
    assert not any(isinstance(block, SequenceBlock) for block in blocks)


def test_choices_of_about_as_many_candidates_stand_together():
    sizes = [1, 2, 3, 4, 5, 8, 9]
    spec = geno_helper.locate([geno.oneof(geno_helper.constants(n)) for n in sizes])
    blocks = make_blocks(Encoding(spec.decisions), False)
    grouped = [[sizes[slot] for slot in block.slots] for block in blocks]
    assert sorted(grouped) == [[1], [2], [3, 4], [5, 8], [9]]
    assert [block.size for block in blocks] == [max(group) for group in grouped]


def test_numbers_are_drawn_within_their_range():
    spec = geno_helper.locate([geno.floatv(0.0, 1.0), geno.intv(0, 3)])
    encoding = Encoding(spec.decisions)
    (block,) = make_blocks(encoding, False)
    assert isinstance(block, NumberBlock)
    given = given_to(block)
    drawn = block.sample(given, np.random.default_rng(1), 500)
    assert ((drawn >= 0) & (drawn <= 1)).all()
    rows = [[0.5, i] for i in range(4)]
    _, log_probs, _ = block.evaluate(given, encoding.encode(rows))
    # Ints have probabilities, which sum to one; floats have a density.
    assert np.exp(log_probs[:, 1]).sum() == pytest.approx(1.0)
    points = np.linspace(0.0005, 0.9995, 1000)
    rows = [[float(x), 0] for x in points]
    _, log_probs, _ = block.evaluate(given, encoding.encode(rows))
    assert np.exp(log_probs[:, 0]).mean() == pytest.approx(1.0, abs=0.01)
