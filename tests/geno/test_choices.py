import pytest

import pyglove as pg
from pyglove import geno
from tests.geno import helper


def choices(**kwargs):
    return geno.oneof(
        helper.constants(2), literal_values=["a", "b"], location="x.y[0]", **kwargs
    )


def test_choices_know_their_place():
    point = choices(name="n", hints=1)
    assert (point.id, point.location) == ("x.y[0]", "x.y[0]")
    assert point.parent_spec is None and point.parent_choice is None
    assert point.decision_points == [point] == point.choice_specs
    assert point.named_decision_points == {"n": point}
    assert point.is_categorical and not point.is_numerical and not point.is_subchoice
    space = geno.space([point], location="a.b")
    assert point.parent_spec is space
    assert point.id == "a.b.x.y[0]"


def test_multi_choice_consists_of_choices():
    point = geno.manyof(
        2,
        [geno.constant(), geno.constant(), geno.space([geno.floatv(0.0, 1.0)])],
        sorted=True,
        name="m",
        location="m",
    )
    assert [str(p.id) for p in point.decision_points] == [
        "m[0]",
        "m[0][=2/3]",
        "m[1]",
        "m[1][=2/3]",
    ]
    assert [str(i) for i in point.decision_ids] == ["m", "m[0][=2/3]", "m[1][=2/3]"]
    first, second = point.choice_specs
    assert first.is_subchoice and first.subchoice_index == 0
    assert second.parent_spec is point and second.parent_choice is None
    assert second.decision_points[1].parent_choice is second
    assert point["m"] == [first, second] and point[1] is second
    with pytest.raises(IndexError):
        point.subchoice(2)


def test_text():
    point = geno.manyof(
        2,
        [
            geno.constant(),
            geno.space([geno.oneof(helper.constants(2), name="inner", location="q")]),
        ],
        distinct=False,
        location="m",
        hints="h",
    )
    assert str(geno.space([point])) == (
        "Space({\n"
        "  0 = 'm': Choices(num_choices=2, [\n"
        "    (0): Space()\n"
        "    (1): Space({\n"
        "      0 = 'q': Choices(num_choices=1, [\n"
        "        (0): Space()\n"
        "        (1): Space()\n"
        "      ],       name='inner')\n"
        "    })\n"
        "  ],   distinct=False,\n"
        "  hints='h')\n"
        "})"
    )
    assert str(choices()).endswith("(1): b\n], id='x.y[0]')")
    assert "candidates = [" in choices().format(compact=False)


@pytest.mark.parametrize(
    ("value", "index"), [("a", 0), ("1/2", 1), ("0/2 (a)", 0), ("1/2 (b)", 1)]
)
def test_candidate_index(value, index):
    assert choices().candidate_index(value) == index


@pytest.mark.parametrize("value", [0, "c", "5/2", "0/3", "0/2 (b)", 1.0, None, "x/2"])
def test_unknown_candidate(value):
    with pytest.raises(ValueError):
        choices().candidate_index(value)


def test_indices_win_over_literal_values():
    point = geno.oneof(helper.constants(2), literal_values=["1/2", "0/2"])
    assert point.candidate_index("1/2") == 1


def test_format_candidate():
    point = choices()
    assert point.format_candidate(1) == "1/2 (b)"
    assert point.format_candidate(1, "choice") == "1/2"
    assert point.format_candidate(1, "literal") == "b"
    assert geno.oneof(helper.constants(2)).format_candidate(1) == "1/2"
    with pytest.raises(ValueError):
        point.format_candidate(0, "other")
    with pytest.raises(IndexError):
        point.format_candidate(5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: geno.oneof([]),
        lambda: geno.manyof(0, helper.constants(1)),
        lambda: geno.manyof(-1, helper.constants(1)),
        lambda: geno.manyof(3, helper.constants(2)),
        lambda: geno.oneof(helper.constants(1), literal_values=[1, 2]),
    ],
)
def test_impossible_choices(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize("candidate", [1, [geno.constant()]])
def test_candidates_are_spaces(candidate):
    with pytest.raises(TypeError):
        geno.oneof([candidate])


def test_space_size():
    inner = [
        geno.space([geno.oneof(helper.constants(2))]),
        geno.constant(),
        geno.space([geno.oneof(helper.constants(2))]),
    ]
    clones = [[s.clone() for s in inner] for _ in range(4)]
    assert geno.manyof(2, clones[0]).space_size == 16
    assert geno.manyof(2, clones[1], sorted=True).space_size == 8
    assert geno.manyof(2, clones[2], distinct=False).space_size == 25
    assert geno.manyof(2, clones[3], False, True).space_size == 17
    assert geno.oneof([geno.space([geno.floatv(0.0, 1.0)])]).space_size == -1


def test_rebind_recompiles():
    point = choices()
    space = geno.space([point])
    assert space.decisions.width == 1
    space.rebind({"elements[0].candidates[1]": geno.space([geno.floatv(0.0, 1.0)])})
    assert [str(i) for i in space.decision_ids] == ["x.y[0]", "x.y[0][=1/2]"]
    assert geno.DNA((1, 0.5), spec=space).to_numbers() == [1, 0.5]


def test_lazy_fields_are_like_others():
    space = pg.dna_spec(pg.Dict(x=pg.oneof(["a", pg.oneof([1, 2])])))
    point = space.elements[0]
    assert pg.eq(pg.from_json(space.to_json()), space)
    assert pg.eq(space.clone(), space)
    assert point.literal_values == ["'a'", "OneOf(candidates=[0: 1, 1: 2])"]
    assert [c.index for c in point.candidates] == [0, 1]
    assert point.candidates[1].elements[0].id == "x[=1/2]"
    assert list(point.sym_init_args)[:3] == ["location", "hints", "name"]


def document(**changes):
    """The document of choices among constants, with changes."""
    point = geno.manyof(
        2, helper.constants(3), literal_values=["a", 1, 0.5], location="x.y", name="n"
    )
    return {**point.to_json(), **changes}


def test_choices_are_loaded():
    loaded = pg.from_json(document())
    assert pg.eq(pg.from_json(loaded.to_json()), loaded)
    assert loaded.to_json() == document()
    assert loaded.candidates[1].index == 1 and loaded.candidates[1].is_constant
    assert loaded.literal_values == ["a", 1, 0.5] and loaded.location == "x.y"
    assert (loaded.name, loaded.space_size) == ("n", 6)
    loaded.rebind(num_choices=1, literal_values=["a", "b", "c"])
    assert loaded.space_size == 3 and loaded.candidate_index("c") == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"num_choices": 0},
        {"num_choices": 4},
        {"num_choices": "2"},
        {"candidates": []},
        {"candidates": 1},
        {"candidates": [1, 2, 3]},
        {"literal_values": ["a"]},
        {"literal_values": [None, 1, 2]},
        {"distinct": 1},
        {"name": 1},
        {"location": 1.5},
        {"subchoice_index": "0"},
        {"other": 1},
    ],
)
def test_documents_with_mistakes(changes):
    with pytest.raises((TypeError, ValueError, KeyError)):
        pg.from_json(document(**changes))


def test_documents_that_are_unusual():
    changed = document(hints={"a": 1}, location="")
    assert pg.from_json(changed).hints == {"a": 1}
    changed = document()
    changed["candidates"][1]["elements"] = [geno.floatv(0.0, 1.0).to_json()]
    assert len(pg.from_json(changed).decision_points) == 4
    changed = document()
    changed["candidates"][0]["index"] = 7
    assert pg.from_json(changed).candidates[0].index == 0
    del changed["hints"]
    assert pg.from_json(changed).hints is None


def test_slices():
    several = geno.manyof(2, helper.constants(3))
    assert several[:] == several.choice_specs and len(several[1:]) == 1
    one = choices()
    assert one[:] == [one] and one[:][0] is one and one[1:] == []


def test_literal_values_as_they_are_written():
    point = geno.oneof(
        helper.constants(3), literal_values=["0/3 ('a')", "1/3 (1)", "2/3 (x\ny)"]
    )
    assert point.literal_values == ["'a'", "1", "x\ny"]
    assert point.format_candidate(0) == "0/3 ('a')"
    for text, index in (("0/3 ('a')", 0), ("'a'", 0), ("2/3 (x\ny)", 2), ("1", 1)):
        assert point.candidate_index(text) == index
    # Of another place, or another number of candidates, it is a name like others.
    other = ["1/2 (a)", "1/3 (b)"]
    assert geno.oneof(helper.constants(2), other).literal_values == other
    document = point.to_json()
    document["literal_values"] = ["0/3 ('a')", "1", "x\ny"]
    assert pg.eq(pg.from_json(document), point)


def test_choices_that_make_no_sense():
    with pytest.raises(ValueError, match="subchoice_index=0"):
        geno.Choices(2, helper.constants(2), subchoice_index=0)
    with pytest.raises(ValueError, match="multi-choice"):
        geno.manyof(2, helper.constants(2)).subchoice(0).subchoice(0)
    assert choices().subchoice(0).literal_values == ["a", "b"]
