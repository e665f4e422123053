import random

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def following(dna):
    if dna is None:
        return pg.DNA("a")
    return pg.DNA(dna.value + "a") if len(dna.value) < 2 else None


def test_enumeration():
    space = geno.space(
        [
            geno.custom("t", following, location="x"),
            geno.oneof(helper.constants(2), location="y"),
        ]
    )
    assert [d.to_numbers() for d in space.iter_dna()] == [
        ["a", 0],
        ["a", 1],
        ["aa", 0],
        ["aa", 1],
    ]


def test_text_in_a_line():
    point = geno.custom("t", following, location="x", name="n", hints="h")
    rest = "hyper_type='t', name='n', hints='h')"
    assert point.format(compact=True) == f"CustomDecisionPoint(id='x', {rest}"
    assert point.format(compact=True, show_id=False) == f"CustomDecisionPoint({rest}"


def test_random_values_see_the_previous_one():
    seen = []

    def draw(rng, previous):
        seen.append(previous)
        return pg.DNA("z")

    point = geno.custom("t", None, draw, location="x")
    nested = geno.oneof([geno.space([point])], location="c")
    space = geno.space([nested, geno.oneof(helper.constants(2), location="y")])
    rng = random.Random(1)
    first = space.random_dna(rng)
    assert first.to_numbers()[:2] == [0, "z"]
    space.random_dna(rng, previous_dna=pg.DNA([(0, "q"), 1]))
    assert seen == [None, pg.DNA("q")]


@pytest.mark.parametrize("method", ["first_dna", "next_dna", "random_dna"])
def test_what_is_not_implemented(method):
    with pytest.raises(NotImplementedError, match="'t'"):
        getattr(geno.custom("t"), method)()


def test_functions_return_strings():
    with pytest.raises(ValueError, match="string"):
        geno.custom("t", lambda dna: pg.DNA(1)).first_dna()


def test_values_are_strings():
    point = geno.custom("t", location="x")
    assert pg.DNA("a", spec=point).to_dict() == {"x": "a"}
    with pytest.raises(ValueError):
        point.validate(pg.DNA(1))


def test_functions_are_not_saved_nor_compared():
    point = geno.custom("t", following, location="x")
    assert point.to_json() == {
        "_type": "pyglove.generators.geno.CustomDecisionPoint",
        "location": "x",
        "hints": None,
        "name": None,
        "hyper_type": "t",
    }
    assert pg.eq(pg.from_json(point.to_json()), point)
    assert not pg.eq(point, geno.custom("u", following, location="x"))
    assert repr(point) == "CustomDecisionPoint(id='x', hyper_type='t')"
