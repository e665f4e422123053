"""Placeholders in tuples, which are single values, and other input of no use."""

from typing import Any

import pytest

import pyglove as pg


class Layer(pg.Object):
    x: Any
    y: Any = None


def hidden():
    return pg.oneof([1, 2]), 3


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda: pg.Dict(a=pg.oneof([1, 2]), b=hidden()), "b[0]"),
        (lambda: pg.Dict(a=pg.oneof([1, 2]), b=[{"c": (1, hidden())}]), "b[0].c[1][0]"),
        (lambda: Layer(pg.oneof([hidden(), 4])), "x.candidates[0][0]"),
        (
            lambda: Layer(pg.oneof([Layer(hidden(), pg.oneof([1, 2])), 4])),
            "x.candidates[0].x[0]",
        ),
        (lambda: pg.Dict(b=hidden()), "b[0]"),
        (lambda: pg.Dict(b=({"c": pg.floatv(0.0, 1.0)}, 1)), "b[0].c"),
        (hidden, "[0]"),
    ],
)
def test_placeholders_in_tuples(make, path):
    for search in (
        lambda space: list(pg.iter(space)),
        lambda space: next(pg.random_sample(space, seed=1)),
        lambda space: next(iter(pg.sample(space, pg.geno.Random(seed=1), 1))),
    ):
        with pytest.raises(ValueError, match="tuple, which is a single value") as e:
            search(make())
        assert f"path={path})" in str(e.value)


def test_tuples_as_candidates():
    space = pg.Dict(x=pg.oneof([(1, 2), (3, 4)]), y=(pg.Dict(z=1), 2))
    assert [p.x for p in pg.iter(space)] == [(1, 2), (3, 4)]


def test_candidates_that_are_none():
    for wrong in (3, None):
        for make in (
            pg.oneof,
            pg.permutate,
            lambda candidates: pg.manyof(2, candidates),
        ):
            with pytest.raises(TypeError, match=r"candidates of `pg\.") as e:
                make(wrong)
            assert ("range(3)" in str(e.value)) == (wrong == 3)
    with pytest.raises(TypeError, match="number of choices comes first"):
        pg.manyof([1, 2], 2)
    with pytest.raises(TypeError, match="choises_distinct"):
        pg.manyof(2, [1, 2], choises_distinct=False)


def test_candidates_in_arrays():
    np = pytest.importorskip("numpy")
    space = pg.oneof(np.arange(3))
    assert list(pg.iter(space)) == [0, 1, 2]
    assert {type(x) for x in pg.iter(space)} == {int}
    assert pg.eq(pg.from_json(space.to_json()), space)
    numbers = pg.oneof([np.int64(1), np.float32(0.5), np.float64(2.0)])
    literals = pg.dna_spec(numbers).elements[0].literal_values
    assert [type(x) for x in literals] == [int, float, float]
    assert pg.DNA.from_dict({"": 2.0}, pg.dna_spec(numbers)) == pg.DNA(2)


def test_seeds_in_the_place_of_generators():
    spec = pg.dna_spec(pg.oneof([1, 2]))
    for wrong in (3, 0, "a"):
        for make in (pg.random_dna, lambda s, g: s.random_dna(g)):
            with pytest.raises(TypeError, match=r"random\.Random"):
                make(spec, wrong)
            with pytest.raises(AttributeError):
                make(spec, wrong)
