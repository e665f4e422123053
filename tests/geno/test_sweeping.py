import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def test_everything_once():
    generator = geno.Sweeping()
    space = geno.manyof(2, helper.constants(3))
    generator.setup(space)
    assert list(generator) == list(space.iter_dna())
    with pytest.raises(StopIteration):
        generator.propose()
    assert generator.num_proposals == 6 and not generator.needs_feedback


def test_recover():
    generator = geno.Sweeping()
    generator.setup(geno.oneof(helper.constants(4)))
    generator.recover([(pg.DNA(0), 1.0), (pg.DNA(1), None)])
    assert [dna.value for dna in generator] == [2, 3]
    assert (generator.num_proposals, generator.num_feedbacks) == (4, 1)


def test_ranges_of_floats_have_no_end():
    generator = geno.Sweeping()
    generator.setup(geno.floatv(0.0, 1.0))
    generator.propose()
    with pytest.raises(NotImplementedError):
        generator.propose()
