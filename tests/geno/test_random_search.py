import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def proposals(generator, count, size=100):
    generator.setup(geno.oneof(helper.constants(size)))
    return [generator.propose().value for _ in range(count)]


def test_same_seed_same_sequence():
    first = proposals(geno.Random(seed=1), 20)
    assert first == proposals(geno.Random(seed=1), 20) != proposals(geno.Random(2), 20)


def test_setup_starts_anew():
    generator = geno.Random(seed=1)
    assert proposals(generator, 5) == proposals(generator, 5)


def test_recover_goes_on_with_the_sequence():
    expected = proposals(geno.Random(seed=1), 10)
    generator = geno.Random(seed=1)
    generator.setup(geno.oneof(helper.constants(100)))
    generator.recover((pg.DNA(v), None) for v in expected[:6])
    assert [generator.propose().value for _ in range(4)] == expected[6:]
    assert generator.num_proposals == 10


def test_seeds():
    assert geno.Random().seed is None and geno.Random(3) == geno.Random(seed=3)
    with pytest.raises(TypeError):
        geno.Random("a")
    assert geno.Random(3).to_json() == {
        "_type": "pyglove.core.geno.random.Random",
        "seed": 3,
    }
