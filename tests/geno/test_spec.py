import random

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def test_conditional_keys():
    key = geno.ConditionalKey(1, 3)
    assert (key.index, key.num_choices, str(key)) == (1, 3, "=1/3")
    assert key == geno.ConditionalKey(1, 3) != geno.ConditionalKey(0, 3)
    assert len({key, geno.ConditionalKey(1, 3)}) == 1
    assert str(pg.KeyPath(["a", key, "b"])) == "a[=1/3].b"


def test_parents():
    inner = geno.oneof(helper.constants(2), location="y")
    outer = geno.oneof([geno.constant(), geno.space([inner])], location="x")
    space = geno.space([outer])
    assert inner.id == "x[=1/2].y"
    assert inner.parent_spec is outer.candidates[1]
    assert inner.parent_choice is outer and outer.parent_choice is None
    assert outer.candidates[1].parent_choice is outer
    assert outer.parent_spec is space and space.parent_spec is None


def test_random_dna_without_a_generator_follows_the_module():
    space = geno.oneof(helper.constants(1000))
    random.seed(1)
    first = space.random_dna()
    random.seed(1)
    assert pg.random_dna(space) == first


def test_same_draws_as_the_generator_itself():
    # Programs that reproduce published results rely on the order of draws.
    space = helper.locate(
        [
            geno.oneof(helper.constants(3)),
            geno.manyof(3, helper.constants(5)),
            geno.floatv(0.0, 1.0),
        ]
    )
    rng = random.Random(1)
    expected = [rng.sample(range(3), 1)[0], *rng.sample(range(5), 3), rng.uniform(0, 1)]
    assert space.random_dna(random.Random(1)).to_numbers() == expected


def test_specs_are_abstract():
    with pytest.raises(TypeError):
        pg.DNASpec()
    with pytest.raises(TypeError):
        geno.DecisionPoint()


def test_a_spec_is_true_even_if_it_is_constant():
    assert geno.constant() and len(geno.constant()) == 0
