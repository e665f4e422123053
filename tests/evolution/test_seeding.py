"""Seeds within operations."""

import random

from pyglove import evolution
from pyglove.evolution.seeding import restart, seeded
from tests.evolution import helper

mutators, selectors = evolution.mutators, evolution.selectors


def seeds(op):
    found = []
    stack = [op]
    while stack:
        node = stack.pop()
        if hasattr(node, "sym_items"):
            if node.sym_hasattr("seed"):
                found.append(node.seed)
            stack.extend(v for _, v in node.sym_items())
        elif isinstance(node, (list, tuple)):
            stack.extend(node)
    return found


def test_open_seeds_are_filled_with_different_ones():
    op = (
        selectors.Random(2)
        >> mutators.Uniform(seed=5).with_prob(0.5)
        >> evolution.recombinators.Uniform(where=evolution.where.Any(2))
    )
    filled = seeded(op, 10)
    assert sorted(seeds(filled)) == [5, 11, 12, 13, 14]
    assert sorted(seeds(op), key=str) == [5, None, None, None, None]


def test_without_seed_it_is_a_copy():
    op = mutators.Uniform()
    copy = seeded(op, None)
    assert copy == op
    assert copy is not op


def test_generators_are_kept():
    rng = random.Random(1)
    assert seeded(mutators.Uniform(seed=rng), 10).seed is rng


def test_functions_have_no_seeds():
    def fn(x):
        return x

    assert seeded(fn, 1) is fn
    restart(fn)


def test_restart():
    op = selectors.Random(2, seed=1) >> mutators.Uniform(seed=1)
    parents = helper.random_dna(helper.mixed_space(), 9)
    first = [op(parents) for _ in range(5)]
    assert [op(parents) for _ in range(5)] != first
    restart(op)
    assert [op(parents) for _ in range(5)] == first
