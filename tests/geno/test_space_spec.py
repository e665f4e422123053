import random

import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def test_constant():
    space = geno.constant()
    assert space.is_constant and space.is_space and space.space_size == 1
    assert str(space) == "Space()"
    assert list(space.iter_dna()) == [pg.DNA(None)]
    assert space.random_dna(random.Random(1)).to_numbers() == []


def test_elements():
    first = geno.floatv(0.0, 1.0, location="a", name="n")
    second = geno.oneof(helper.constants(3), location="b")
    space = geno.space([first, second])
    assert space[0] is first and space["n"] is first and space["b"] is second
    assert list(space) == [first, second] and len(space) == 2 and space[:1] == [first]
    assert space.get("c") is None and space.get("c", 1) == 1
    with pytest.raises(KeyError):
        space["c"]
    with pytest.raises(IndexError):
        space[2]


def test_names_are_unique():
    with pytest.raises(ValueError, match="'n'"):
        geno.space(
            [
                geno.floatv(0.0, 1.0, name="n", location="a"),
                geno.floatv(0.0, 1.0, name="n", location="b"),
            ]
        )
    with pytest.raises(ValueError, match="'n'"):
        geno.space(
            [
                geno.oneof(
                    [
                        geno.space([geno.floatv(0.0, 1.0, name="n")]),
                        geno.space([geno.floatv(0.0, 1.0, name="n")]),
                    ]
                )
            ]
        )


def test_a_name_below_a_multi_choice_stands_for_several_decisions():
    point = geno.manyof(
        2,
        [geno.space([geno.oneof(helper.constants(2), name="n")]), geno.constant()],
        distinct=False,
        location="m",
    )
    space = geno.space([point])
    assert [str(p.id) for p in space["n"]] == ["m[0][=0/2]", "m[1][=0/2]"]


@pytest.mark.parametrize("element", [1, geno.constant()])
def test_elements_are_decision_points(element):
    with pytest.raises(TypeError):
        geno.space([element])


def test_specs_are_compared_by_identity():
    space = geno.space([geno.floatv(0.0, 1.0)])
    assert space == space and space != space.clone() and pg.eq(space, space.clone())
    assert {space: 1}[space] == 1


def test_json_is_that_of_published_files():
    space = geno.space([geno.floatv(0.1, 1.0, "log", location="a")])
    assert space.to_json() == {
        "_type": "pyglove.generators.geno.Template",
        "location": "",
        "hints": None,
        "elements": [
            {
                "_type": "pyglove.generators.geno.Float",
                "location": "a",
                "hints": None,
                "name": None,
                "min_value": 0.1,
                "max_value": 1.0,
                "scale": "log",
            }
        ],
        "index": None,
    }
    assert pg.eq(pg.DNASpec.from_json(space.to_json()), space)
    assert pg.eq(pg.from_json_str(space.to_json_str()), space)


def test_userdata_stays_with_the_spec():
    space = geno.constant()
    space.set_userdata("seen", 1)
    assert space.userdata.seen == 1
    assert space.clone().userdata == {}
    with pytest.raises(KeyError):
        space.userdata.other  # noqa: B018


def test_fields_cannot_be_assigned():
    with pytest.raises(pg.WritePermissionError):
        geno.floatv(0.0, 1.0).min_value = 0.5


def test_names_are_not_ids_of_others():
    def one(**kwargs):
        return pg.oneof([1, 2], **kwargs)

    for space in (
        pg.Dict(x=one(), y=one(name="x")),
        pg.Dict(x=one(name="y"), y=one(name="x")),
        pg.Dict(x=pg.oneof([one(name="x"), 2])),
        pg.Dict(y=pg.manyof(2, [1, 2]), x=one(name="y[0]")),
    ):
        with pytest.raises(ValueError, match="id of another"):
            pg.dna_spec(space)
    with pytest.raises(ValueError, match="id of another"):
        geno.space(
            [
                geno.floatv(0.0, 1.0, location="x", name="y"),
                geno.floatv(0.0, 1.0, location="y"),
            ]
        )
    pg.dna_spec(pg.Dict(x=one(name="x"), y=pg.manyof(2, [1, 2], name="y")))
