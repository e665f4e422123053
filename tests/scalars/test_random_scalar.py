"""Random scalars."""

import random

import pytest

from pyglove import scalars

KINDS = [
    scalars.Uniform(1.0, 2.0, seed=3),
    scalars.Uniform(1, 20, seed=3),
    scalars.Triangular(1.0, 2.0, seed=3),
    scalars.Triangular(1, 20, 18, seed=3),
    scalars.Gaussian(1.0, 2.0, seed=3),
    scalars.Normal(1.0, 2.0, seed=3),
    scalars.LogNormal(1.0, 2.0, seed=3),
]


@pytest.mark.parametrize("scalar", KINDS, ids=repr)
def test_seed_decides_the_sequence_whatever_the_steps(scalar):
    first, second = scalar.clone(), scalar.clone()
    assert [first(0) for _ in range(5)] == [second(step) for step in range(5)]
    assert len({first(0) for _ in range(20)}) > 1
    other = scalar.clone(override={"seed": 4})
    again = scalar.clone()
    assert [other(0) for _ in range(9)] != [again(0) for _ in range(9)]


def test_draws_are_those_of_the_standard_library():
    def rng():
        return random.Random(3)

    assert scalars.Uniform(0.0, 2.0, seed=3)(0) == rng().uniform(0.0, 2.0)
    assert scalars.Uniform(0, 20, seed=3)(0) == rng().randint(0, 20)
    assert scalars.Triangular(0.0, 2.0, seed=3)(0) == rng().triangular(0.0, 2.0)
    assert scalars.Gaussian(0.0, 2.0, seed=3)(0) == rng().gauss(0.0, 2.0)
    assert scalars.Normal(0.0, 2.0, seed=3)(0) == rng().normalvariate(0.0, 2.0)
    assert scalars.LogNormal(0.0, 2.0, seed=3)(0) == rng().lognormvariate(0.0, 2.0)


@pytest.mark.parametrize("scalar", KINDS, ids=repr)
def test_a_generator_stands_in_for_a_seed(scalar):
    drawing = scalar.clone(override={"seed": random.Random(3)})
    expected = scalar.clone()
    assert [drawing(0) for _ in range(5)] == [expected(0) for _ in range(5)]


def test_scalars_share_a_generator():
    rng = random.Random(3)
    first, second = (scalars.Uniform(seed=rng) for _ in range(2))
    both = scalars.Uniform(seed=3)
    assert [first(0), second(0), first(0)] == [both(0), both(0), both(0)]


def test_positional_arguments():
    assert repr(scalars.Uniform(1, 2, 3)) == "Uniform(seed=3, low=1, high=2)"
    assert repr(scalars.Gaussian(1.0, 2.0, 3)) == "Gaussian(seed=3, mean=1.0, std=2.0)"
    assert scalars.Triangular(1, 2, 1, 4).seed == 4


def test_integer_bounds_make_integers():
    assert isinstance(scalars.Uniform(1, 3)(0), int)
    assert isinstance(scalars.Triangular(1, 3)(0), int)
    assert isinstance(scalars.Uniform(1, 3.0)(0), float)


def test_bounds_the_wrong_way_round():
    with pytest.raises(ValueError, match="no greater than `high`"):
        scalars.Uniform(2.0, 1.0)


def test_arithmetic():
    noisy = scalars.STEP + scalars.Uniform(0.0, 1.0, seed=1)
    assert 5.0 <= noisy(5) <= 6.0


def test_subclass():
    class Coin(scalars.RandomScalar):
        def next_value(self):
            return self._random.random() < 0.5

    coin = Coin(seed=1)
    assert {coin(0) for _ in range(20)} == {True, False}
