import copy
import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg
from pyglove import geno
from tests.geno import helper

KEY_TYPES = ["id", "name_or_id", "dna_spec"]
VALUE_TYPES = ["value", "dna", "choice", "literal", "choice_and_literal"]
MULTI_CHOICE_KEYS = ["subchoice", "parent", "both"]


def example():
    """A space with every kind of decision."""
    return pg.dna_spec(
        pg.Dict(
            a=pg.oneof([1, 2, 3]),
            b=pg.oneof(["x", pg.oneof(["y", "z"], name="inner")], name="bb"),
            c=pg.manyof(2, [1, 2, 3], name="m"),
            d=pg.floatv(0.1, 1.0, name="f"),
            e=pg.manyof(2, [pg.oneof([1, 2]), pg.floatv(0.0, 1.0), 3], distinct=False),
            i=pg.intv(1, 9, 2),
        )
    )


NUMBERS = [0, 1, 1, 0, 2, 0.5, 0, 1, 2, 7]


def test_dna_is_a_tree():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    assert repr(dna) == "DNA([0, (1, 1), [0, 2], 0.5, [(0, 1), 2], 7])"
    assert dna.value is None and len(dna.children) == 6
    b, c = dna.children[1], dna.children[2]
    assert (b.value, b.children[0].value) == (1, 1)
    assert b.spec.id == "b" and b.children[0].spec.id == "b[=1/2]"
    assert c.is_multi_choice_container and c.multi_choice_spec.id == "c"
    assert [x.is_subchoice for x in c.children] == [True, True]
    assert c.children[1].parent_dna is c and c.children[1].root is dna
    assert dna.parent_dna is None and not dna.is_leaf and c.children[0].is_leaf
    assert list(dna) == list(dna.children) and dna[0] == dna.children[0]
    assert dna[:2] == list(dna.children)[:2]


def test_literal_value():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    assert dna.literal_value == [
        1,
        "1/2 -> 'z'",
        [1, 3],
        "0.5",
        ["0/3 -> 2", 3],
        "7",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "DNA(None)"),
        (1, "DNA(1)"),
        ("a", "DNA('a')"),
        ([1, 2], "DNA([1, 2])"),
        ([], "DNA(None)"),
        ([[1]], "DNA(1)"),
        ((1, 2), "DNA(1, 2)"),
        ((1, [2, 3]), "DNA(1, [2, 3])"),
        ((1, (2, [3, (4, 5)])), "DNA(1, 2, [3, (4, 5)])"),
        ([(1, [2]), 3], "DNA([(1, 2), 3])"),
    ],
)
def test_nested_values(value, shown):
    dna = pg.DNA(value)
    assert repr(dna) == shown
    assert pg.DNA(dna.value, list(dna.children)) == dna
    assert pg.DNA.parse(dna.to_json()) == dna
    assert pg.DNA.parse(dna.to_json(type_info=False)) == dna


@pytest.mark.parametrize("value", [(1,), (), ((1, 2), 3), ("a", 1), ([1], 2)])
def test_malformed_tuples(value):
    with pytest.raises(ValueError):
        pg.DNA(value)


@pytest.mark.parametrize("value", [{}, object(), b"a", [{}], 1j])
def test_values_of_other_types(value):
    with pytest.raises(TypeError):
        pg.DNA(value)


def test_children_beside_a_nested_value():
    with pytest.raises(ValueError):
        pg.DNA([1, 2], [pg.DNA(3)])
    with pytest.raises(TypeError):
        pg.DNA(1, [2])
    with pytest.raises(TypeError):
        pg.DNA(1, other=1)


def test_unbound_dna_knows_no_decisions():
    dna = pg.DNA([1, 2])
    assert dna.spec is None and dna.to_numbers() == [1, 2]
    for use in (dna.to_dict, dna.next_dna, dna.parameters, dna.iter_dna):
        with pytest.raises(ValueError, match="bound to its spec, got"):
            use()
    with pytest.raises(ValueError, match="bound to its spec, got"):
        dna["a"]


# ---- Numbers, dicts, JSON ------------------------------------------------------


@settings(max_examples=40)
@given(helper.spaces(), st.integers())
def test_every_form_leads_back(space, seed):
    dna = space.random_dna(random.Random(seed))
    assert pg.DNA.from_numbers(dna.to_numbers(), space) == dna
    assert pg.DNA(dna.to_numbers(flatten=False), spec=space) == dna
    assert pg.DNA.parse(dna.to_json(), space) == dna
    assert pg.from_json_str(dna.to_json_str()) == dna
    assert pg.from_json(dna.to_json(compact=False)) == dna
    assert pg.DNA.from_parameters(dna.parameters(), space) == dna
    assert pickle.loads(pickle.dumps(dna)) == dna
    for key_type in KEY_TYPES:
        for multi_choice_key in MULTI_CHOICE_KEYS:
            decisions = dna.to_dict(key_type, "choice", multi_choice_key)
            assert pg.DNA.from_dict(decisions, space) == dna
    tree = pg.DNA(dna.value, list(dna.children))
    assert tree == dna and hash(tree) == hash(dna)
    assert dna.clone() == copy.deepcopy(dna) == dna


@pytest.mark.parametrize("key_type", KEY_TYPES)
@pytest.mark.parametrize("value_type", VALUE_TYPES)
@pytest.mark.parametrize("multi_choice_key", MULTI_CHOICE_KEYS)
def test_dicts_of_every_kind_lead_back(key_type, value_type, multi_choice_key):
    space = example()
    dna = pg.DNA.from_numbers(NUMBERS, space)
    decisions = dna.to_dict(key_type, value_type, multi_choice_key)
    literal = value_type == "literal"
    # A number is its own literal value.
    assert pg.DNA.from_dict(decisions, space, use_ints_as_literals=literal) == dna


def test_to_dict():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    assert dna.to_dict() == {
        "a": 0,
        "b": 1,
        "b[=1/2]": 1,
        "c[0]": 0,
        "c[1]": 2,
        "d": 0.5,
        "e[0]": 0,
        "e[0][=0/3]": 1,
        "e[1]": 2,
        "i": 7,
    }
    assert dna.to_dict("name_or_id", "choice_and_literal", "parent") == {
        "a": "0/3 (1)",
        "bb": "1/2 (OneOf(name='inner', candidates=[0: 'y', 1: 'z']))",
        "inner": "1/2 ('z')",
        "m": ["0/3 (1)", "2/3 (3)"],
        "f": 0.5,
        "e": ["0/3 (OneOf(candidates=[0: 1, 1: 2]))", "2/3 (3)"],
        "e[0][=0/3]": "1/2 (2)",
        "i": 7,
    }
    inactive = dna.to_dict(include_inactive_decisions=True)
    assert [k for k, v in inactive.items() if v is None] == [
        "e[0][=1/3]",
        "e[1][=0/3]",
        "e[1][=1/3]",
    ]
    assert dna.to_dict(filter_fn=lambda point: point.is_numerical) == {
        "d": 0.5,
        "i": 7,
    }
    assert dna.to_dict(value_type="dna")["b"] is dna.children[1]


@pytest.mark.parametrize(
    "options", [{"key_type": "x"}, {"value_type": "x"}, {"multi_choice_key": "x"}]
)
def test_unknown_options(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        pg.DNA.from_numbers(NUMBERS, example()).to_dict(**options)


def test_a_name_shared_below_a_multi_choice():
    point = geno.manyof(
        2,
        [geno.space([geno.oneof(helper.constants(2), name="n")]), geno.constant()],
        distinct=False,
        location="m",
    )
    space = geno.space([point, geno.floatv(0.0, 1.0, location="f")])
    both = pg.DNA([[(0, 1), (0, 0)], 0.5], spec=space)
    assert both.to_dict("name_or_id")["n"] == [1, 0]
    one = pg.DNA([[(0, 1), 1], 0.5], spec=space)
    assert one.to_dict("name_or_id")["n"] == 1
    assert one["n"] == [pg.DNA(1), None]
    for dna in (both, one):
        assert pg.DNA.from_dict(dna.to_dict("name_or_id"), space) == dna


def test_dict_is_cached_by_place():
    point = geno.oneof(helper.constants(2), location="x")
    assert pg.DNA(1, spec=point).to_dict() == {"x": 1}
    geno.space([point], location="y")
    assert pg.DNA(1, spec=point).to_dict() == {"y.x": 1}


@pytest.mark.parametrize(
    "values",
    [
        {"a": 0},
        {"a": 5, "b": 0, "c": [0, 1], "d": 0.5},
        {"a": "x", "b": 0, "c": [0, 1], "d": 0.5},
        {"a": None, "b": 0, "c": [0, 1], "d": 0.5},
        {"a": 0, "b": 0, "c": [0], "d": 0.5},
        {"a": 0, "b": 0, "c": [1, 1], "d": 0.5},
        {"a": 0, "b": 0, "c": 1, "d": 0.5},
        {"a": 0, "b": 0, "c": [0, 1], "d": 5.0},
        {"a": 0, "b": 0, "c": [0, 1], "d": "5."},
        {"a": 0, "b": 0, "c": [0, 1], "d": 1},
    ],
)
def test_dicts_that_do_not_fit(values):
    space = pg.dna_spec(
        pg.Dict(
            a=pg.oneof([1, 2, 3]),
            b=pg.oneof(["x", "y"]),
            c=pg.manyof(2, [1, 2, 3]),
            d=pg.floatv(0.1, 1.0),
        )
    )
    with pytest.raises(ValueError):
        pg.DNA.from_dict(values, space)


# ---- What does not fit -------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (NUMBERS[:-1], "got none"),
        ([*NUMBERS, 1], "left over"),
        ([3, *NUMBERS[1:]], "at 'a'"),
        ([-1, *NUMBERS[1:]], "at 'a'"),
        ([0, 1, 2, *NUMBERS[3:]], r"at 'b\[=1/2\]'"),
        ([0, 0, 1, 1, *NUMBERS[5:]], "'m' at 'c'"),
        ([*NUMBERS[:5], 2.0, *NUMBERS[6:]], "'f' at 'd'"),
        ([*NUMBERS[:5], 1, *NUMBERS[6:]], "'f' at 'd'"),
        ([*NUMBERS[:-1], 8], "at 'i'"),
        ([None, *NUMBERS[1:]], "at 'a'"),
        ([0.0, *NUMBERS[1:]], "at 'a'"),
        (["a", *NUMBERS[1:]], "at 'a'"),
    ],
)
def test_numbers_that_do_not_fit(numbers, message):
    with pytest.raises(ValueError, match=message):
        pg.DNA.from_numbers(numbers, example())


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0, "3 values"),
        (None, "3 values"),
        ([0, 0], "3 values"),
        ([0, 0, 0.5, 1], "3 values"),
        ([5, [0, 1], 0.5], "at 'a'"),
        ([[0, 1], [0, 1], 0.5], "at 'a'"),
        ([(0, 1), [0, 1], 0.5], "nothing to decide"),
        ([1, [0, 1], 0.5], "opens"),
        ([(1, 5), [0, 1], 0.5], r"at 'a\[=1/2\]'"),
        ([0, [0, 0], 0.5], "distinct"),
        ([0, 0, 0.5], "list of 2 choices"),
        ([0, [0, 1, 2], 0.5], "list of 2 choices"),
        ([0, [0, 1], "a"], "at 'c'"),
        ([0, [0, 1], (0.5, 1)], "at 'c'"),
    ],
)
def test_trees_that_do_not_fit(value, message):
    space = pg.dna_spec(
        pg.Dict(
            a=pg.oneof([0, pg.oneof([1, 2])]),
            b=pg.manyof(2, [1, 2, 3]),
            c=pg.floatv(0.0, 1.0),
        )
    )
    dna = pg.DNA(value)
    for use in (space.validate, space.next_dna, lambda d: d.use_spec(space)):
        with pytest.raises(ValueError, match=message):
            use(dna)
    assert dna.spec is None


@pytest.mark.parametrize("spec", [1, None, "x"])
def test_specs_of_other_types(spec):
    with pytest.raises(ValueError, match="DNASpec"):
        pg.DNA(1).use_spec(spec)


def test_dna_can_be_bound_to_another_spec_that_it_fits():
    space, other = example(), example()
    dna = pg.DNA.from_numbers(NUMBERS, space)
    children = list(dna.children)
    assert dna.use_spec(other) is dna
    assert dna.spec is other and children[0].spec is other.elements[0]
    with pytest.raises(ValueError):
        dna.use_spec(geno.floatv(0.0, 1.0))
    assert dna.spec is other


def test_a_lone_decision_stands_for_its_space():
    space = geno.space([geno.oneof(helper.constants(2), location="x")])
    dna = space.first_dna()
    assert dna.spec is space.elements[0] and dna.to_dict() == {"x": 0}
    assert space.first_dna(attach_spec=False).spec is None


# ---- Access, order, modification -----------------------------------------------


def test_get():
    space = example()
    dna = pg.DNA.from_numbers(NUMBERS, space)
    assert dna["a"] is dna.children[0]
    assert dna["bb"] is dna[space["bb"]] is dna[pg.KeyPath("b")]
    assert dna["inner"] == pg.DNA(1)
    assert dna["m"] == dna["c"] == [pg.DNA(0), pg.DNA(2)]
    assert dna["e[1][=0/3]"] is None
    assert dna.get("other") is None and dna.get("other", 1) == 1
    with pytest.raises(KeyError):
        dna["other"]
    with pytest.raises(IndexError):
        dna[9]
    assert list(dna.named_decisions) == ["bb", "inner", "m", "f"]
    assert 0 in dna and pg.DNA(0.5) in dna and "a" not in dna


def test_decisions_that_are_not_active():
    dna = pg.DNA.from_numbers([0, 0, *NUMBERS[3:]], example())
    assert dna["b[=1/2]"] is None and dna.get("inner", 1) == 1
    assert dna.named_decisions["inner"] is None
    with pytest.raises(KeyError):
        dna["inner"]


def test_order():
    values = [None, 0, 0.5, 1, (1, 0), (1, 1), "a"]
    for i, x in enumerate(values):
        for y in values[i + 1 :]:
            if (x, y) in [(1, (1, 0)), (1, (1, 1))]:
                continue
            assert pg.DNA(x) < pg.DNA(y) and pg.DNA(y) > pg.DNA(x)
    assert pg.DNA([1, 2]) <= pg.DNA([1, 2]) < pg.DNA([1, 3])
    assert pg.DNA(1) == pg.DNA(1.0) and pg.DNA(1) != 1
    with pytest.raises(ValueError):
        pg.DNA([1, 2]) < pg.DNA([1, 2, 3])  # noqa: B015
    with pytest.raises(TypeError):
        pg.DNA(1) < 1  # noqa: B015


def test_equality_goes_by_structure():
    flat = geno.manyof(2, helper.constants(3))
    side_by_side = geno.space(
        [geno.oneof(helper.constants(3), location=x) for x in "ab"]
    )
    nested = geno.oneof([geno.space([geno.oneof(helper.constants(3))])] * 2)
    assert pg.DNA([0, 1], spec=flat) == pg.DNA([0, 1], spec=side_by_side)
    assert pg.DNA([0, 1], spec=flat) != pg.DNA((0, 1), spec=nested)


def test_next_dna():
    space = geno.manyof(2, helper.constants(3))
    dna = pg.DNA([1, 2], spec=space)
    assert dna.next_dna() == pg.DNA([2, 0])
    assert list(dna.iter_dna()) == [pg.DNA([2, 0]), pg.DNA([2, 1])]
    assert pg.DNA([2, 1], spec=space).next_dna() is None


def test_modification_of_the_tree_shows_everywhere():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    old_hash = hash(dna)
    dna.rebind({"children[0].value": 2})
    assert dna.to_numbers() == [2, *NUMBERS[1:]] and hash(dna) != old_hash
    assert dna.to_dict()["a"] == 2 and dna["a"].value == 2
    dna.children[0].value = 1
    assert dna.to_numbers() == [1, *NUMBERS[1:]]
    dna.rebind({"children[0]": pg.DNA(0)})
    assert dna.to_numbers() == NUMBERS
    dna.rebind({"children[0].value": 7})
    with pytest.raises(ValueError, match="at 'a'"):
        dna.to_dict()


def test_notes():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    assert dna.set_metadata("x", 1).set_metadata("y", 2, cloneable=True) is dna
    dna.set_userdata("u", object()).set_userdata("v", 1, cloneable=True)
    assert dna.metadata == {"x": 1, "y": 2} and dna.userdata.v == 1
    assert dna.to_numbers() == NUMBERS
    copy = dna.clone()
    assert copy.metadata == {"y": 2} and dict(copy.userdata) == {"v": 1}
    assert copy.clone().metadata == {"y": 2}
    assert pg.from_json(dna.to_json()).metadata == {"x": 1, "y": 2}
    assert pg.DNA(1, metadata={"a": 1}).metadata.a == 1
    assert pg.DNA(1, metadata={"a": 1}) == pg.DNA(1)
    with pytest.raises(TypeError):
        pg.DNA(1, metadata=3)


def test_notes_of_children():
    dna = pg.DNA.from_numbers(NUMBERS, example())
    dna.children[1].set_metadata("x", 1, cloneable=True)
    assert dna.clone().children[1].metadata == {"x": 1}
    assert dna.clone().children[0].metadata == {}


def test_text():
    dna = pg.DNA(list(range(40)))
    assert str(dna) == f"DNA({list(range(40))})"
    assert dna.format().count("\n") == 41
    assert pg.DNA(1).format(verbose=False) == (
        "DNA(\n  value = 1,\n  children = [],\n  metadata = {}\n)"
    )
    bound = pg.DNA(1, spec=geno.oneof(helper.constants(2), location="x"))
    assert bound.format(as_dict=True) == "DNA({\n  'x': '1/2'\n})"


def test_from_fn():
    space = example()

    def decide(point):
        if point.is_numerical:
            return point.min_value
        return pg.DNA(0) if point.id == "a" else list(range(point.num_choices))

    dna = pg.DNA.from_fn(space, decide)
    assert dna.to_numbers() == [0, 0, 0, 1, 0.1, 0, 0, 1, 0.0, 1]
    for answer in ([1], 1, "a", [9, 9], [0.3], pg.DNA(7)):
        with pytest.raises(ValueError):
            pg.DNA.from_fn(space, lambda point, answer=answer: answer)
    with pytest.raises(TypeError):
        pg.DNA.from_fn(1, decide)


def repeated():
    """A space in which a name stands for several decisions, active or not."""
    return pg.dna_spec(
        pg.manyof(2, ["a", pg.oneof([1, 2], name="n")], distinct=False, name="m")
    )


@pytest.mark.parametrize(
    ("value", "numbers", "shown"),
    [
        ([0, 0], None, None),
        ([(1, 0), 0], [0, None], 0),
        ([0, (1, 1)], 1, 1),
        ([(1, 0), (1, 1)], [0, 1], [0, 1]),
    ],
)
def test_a_name_for_several_decisions(value, numbers, shown):
    dna = pg.DNA(value, spec=repeated())

    def plain(found):
        if isinstance(found, list):
            return [plain(one) for one in found]
        return None if found is None else found.value

    assert plain(dna.named_decisions["n"]) == numbers
    assert plain(dna.get("n", None)) == numbers
    assert len(dna.named_decisions["m"]) == 2
    items = dna.to_dict("name_or_id", include_inactive_decisions=True)
    assert items["n"] == shown
    assert pg.DNA.from_dict(items, repeated()) == dna


@pytest.mark.parametrize("key_type", KEY_TYPES)
@pytest.mark.parametrize("multi_choice_key", MULTI_CHOICE_KEYS)
@pytest.mark.parametrize("include_inactive", [False, True])
def test_filters_decide_on_single_choices(key_type, multi_choice_key, include_inactive):
    space = repeated()
    dna = pg.DNA([(1, 0), 0], spec=space)

    def items(accepts):
        return list(
            dna.to_dict(
                key_type,
                multi_choice_key=multi_choice_key,
                include_inactive_decisions=include_inactive,
                filter_fn=accepts,
            ).values()
        )

    inner = items(lambda point: not point.is_subchoice)
    assert inner[0] == 0 and set(inner) <= {0, None}
    firsts = items(lambda point: point.is_subchoice and point.subchoice_index == 0)
    assert set(firsts) == {1}


def test_access_by_the_point_of_an_equal_spec():
    dna = pg.DNA([0, 1], spec=pg.dna_spec([pg.oneof([1, 2]), pg.oneof([1, 2])]))
    other = pg.from_json(dna.spec.to_json())
    assert dna[other.elements[1]].value == 1
    assert dna.get(example().elements[0], "none") == "none"


def test_what_can_be_contained():
    dna = pg.DNA([1, (2, 3)])
    assert 2 in dna and pg.DNA((2, 3)) in dna and 3 not in dna and "a" not in dna
    for other in ((2, 3), [2], None):
        with pytest.raises(ValueError):
            other in dna  # noqa: B015


def test_metadata_is_part_of_symbolic_equality_only():
    plain, noted = pg.DNA(1), pg.DNA(1).set_metadata("a", 1)
    assert plain == noted and hash(plain) == hash(noted)
    assert not pg.eq(plain, noted) and not pg.eq(noted, plain)
    assert pg.eq(noted, pg.DNA(1, metadata={"a": 1}))
    assert pg.hash(noted) == pg.hash(pg.DNA(1, metadata={"a": 1}))
    assert pg.hash(noted) != pg.hash(plain)
    with pytest.raises(KeyError):
        plain.set_metadata(1, 2)


def test_a_hash_leaves_everything_as_it_is():
    dna = pg.DNA((1, [2, 0.5]))
    assert hash(dna) == hash(pg.DNA((1, [2, 0.5])))
    assert dna.value == 1 and [c.value for c in dna.children] == [2, 0.5]
    assert dna.to_numbers() == [1, 2, 0.5]


def test_a_lone_empty_child_is_no_child():
    assert pg.DNA(1, [pg.DNA(None)]) == pg.DNA(1)
    assert repr(pg.DNA(1, [pg.DNA(None)])) == "DNA(1)"


KEY = "pyglove.core.geno.base.DNA"


@pytest.mark.parametrize(
    ("document", "dna"),
    [
        ({"format": "compact"}, pg.DNA(None)),
        ({"format": "compact", "value": ["__tuple__", 1, 2]}, pg.DNA((1, 2))),
        ({"value": 1, "children": [{"_type": KEY, "value": 2}]}, pg.DNA((1, 2))),
        (
            {"children": [{"_type": KEY, "format": "compact", "value": 2}] * 2},
            pg.DNA([2, 2]),
        ),
    ],
)
def test_documents(document, dna):
    assert pg.from_json({"_type": KEY, **document}) == dna


@pytest.mark.parametrize(
    "document",
    [
        {"format": "other", "value": 1},
        {"format": "compact", "value": {"a": 1}},
        {"format": "compact", "value": ["__tuple__", 1]},
        {"value": 1, "children": [2]},
        {"value": [1], "children": [{"_type": KEY, "format": "compact", "value": 2}]},
    ],
)
def test_documents_that_are_none(document):
    with pytest.raises((TypeError, ValueError)):
        pg.from_json({"_type": KEY, **document})


def test_notes_of_children_are_saved():
    dna = pg.DNA([1, 2])
    dna.children[0].set_metadata("a", 1)
    loaded = pg.from_json(dna.to_json(compact=False))
    assert loaded.children[0].metadata == {"a": 1}


def test_messages_stay_short():
    space = pg.dna_spec([pg.oneof(range(3)) for _ in range(500)])
    for make in (
        lambda: pg.DNA([0] * 499, spec=space),
        lambda: pg.DNA.from_numbers([0] * 501, space),
        lambda: pg.DNA.from_numbers([0] * 499, space),
        lambda: pg.DNA.from_dict({f"[{i}]": 0 for i in range(499)}, space),
        lambda: pg.DNA.from_dict({f"[{i}]": "x" for i in range(500)}, space),
    ):
        with pytest.raises(ValueError) as caught:
            make()
        assert len(str(caught.value)) < 500


def test_literal_values_of_what_choices_open():
    def literal(value, dna):
        return pg.DNA(dna, spec=pg.dna_spec(value)).literal_value

    pair = pg.manyof(2, [1, 2, 3])
    assert literal(pg.oneof([pair, 5]), (0, [0, 2])) == ["0/2 -> 1", "0/2 -> 3"]
    assert literal(pg.manyof(2, [pair, 6]), [(0, [0, 2]), 1]) == [
        ["0/2 -> 1", "0/2 -> 3"],
        6,
    ]
    assert literal(pg.oneof([pg.oneof([pair]), 5]), (0, 0, [1, 2])) == [
        "0/2 -> 0/1 -> 2",
        "0/2 -> 0/1 -> 3",
    ]
    several = pg.Dict(x=pair, y=pg.oneof(["a", "b"]), z=pg.floatv(0.0, 1.0))
    assert literal(pg.oneof([several, 5]), (0, [[0, 2], 1, 0.5])) == [
        ["0/2 -> 1", "0/2 -> 3"],
        "0/2 -> 'b'",
        "0/2 -> 0.5",
    ]


def test_equal_literal_values():
    for values in (["a", "a", "b"], [1, 1, 2]):
        spec = pg.dna_spec(pg.Dict(x=pg.oneof(values)))
        for index, expected in ((0, 1), (1, 1), (2, 2)):
            literal = pg.DNA(index, spec=spec).to_dict(value_type="literal")
            found = pg.DNA.from_dict(literal, spec, use_ints_as_literals=True)
            assert found == pg.DNA(expected)
            text = pg.DNA(index, spec=spec).to_dict(value_type="choice_and_literal")
            assert pg.DNA.from_dict(text, spec) == pg.DNA(index)


def test_what_is_among_the_children():
    dna = pg.DNA([1, (2, 0.5), "c"])
    for child in (pg.DNA(1), pg.DNA((2, 0.5)), pg.DNA("c"), 1, 2, "c"):
        assert child in dna
    for other in (pg.DNA(2), pg.DNA((2, 0.25)), pg.DNA(0.5), 0, 0.5, "d"):
        assert other not in dna
    with pytest.raises(ValueError, match="Expected a DNA or the value of one"):
        assert [1] in dna


def test_decision_points_are_keys_of_any_space():
    flat = pg.Dict(x=pg.oneof(["a", "b"]), y=pg.intv(0, 3))
    deep = pg.Dict(x=pg.oneof([pg.oneof([1, 2]), 3]), y=pg.intv(0, 3))
    for value, decisions in ((flat, [1, 2]), (deep, [(0, 1), 2])):
        spec = pg.dna_spec(value)
        dna = pg.DNA(decisions, spec=spec)
        by_point = dna.to_dict(key_type="dna_spec")
        assert all(spec[point.id] is point for point in by_point)
        assert {str(point.id): v for point, v in by_point.items()} == dna.to_dict()
        assert pg.DNA.from_dict(by_point, spec) == dna


def test_ints_are_indices_unless_they_are_literals():
    spec = pg.dna_spec(pg.Dict(x=pg.oneof([2, 1, 0])))
    for number in range(3):
        literal = pg.DNA.from_dict({"x": number}, spec, use_ints_as_literals=True)
        assert literal == pg.DNA(2 - number)
        assert pg.DNA.from_dict({"x": number}, spec) == pg.DNA(number)


@pytest.mark.parametrize("answer", [range(2), [0, 1], (0, 1), bytes([0, 1])])
def test_from_fn_takes_sequences(answer):
    spec = pg.dna_spec(pg.manyof(2, [1, 2, 3]))
    assert pg.DNA.from_fn(spec, lambda point: answer) == pg.DNA([0, 1])
    for wrong in (iter([0, 1]), 0, None, range(3), "01"):
        with pytest.raises(ValueError, match="Choices"):
            pg.DNA.from_fn(spec, lambda point, wrong=wrong: wrong)


def test_numbers_of_other_libraries():
    np = pytest.importorskip("numpy")
    space = pg.Dict(
        x=pg.oneof([1, 2]), y=pg.floatv(0.0, 1.0), z=pg.oneof([pg.oneof("ab"), 1])
    )
    spec = pg.dna_spec(space)
    numbers = [np.int64(1), np.float32(0.5), np.uint8(0), np.int32(1)]
    nested = [np.int64(1), np.float32(0.5), (np.uint8(0), np.int32(1))]
    expected = pg.DNA([1, 0.5, (0, 1)], spec=spec)
    made = [
        pg.DNA(nested, spec=spec),
        pg.DNA(nested),
        pg.DNA.from_numbers(numbers, spec),
        pg.DNA.from_dict(
            {"x": numbers[0], "y": numbers[1], "z": 0, "z[=0/2]": 1}, spec
        ),
    ]
    for dna in made:
        assert dna == expected
        assert {type(n) for n in dna.to_numbers()} == {int, float}

    def answer(point):
        return np.float32(0.5) if point.is_numerical else [np.int64(1)]

    assert pg.DNA.from_fn(spec, answer) == pg.DNA([1, 0.5, 1])
    with pytest.raises(TypeError):
        pg.DNA([np.complex64(1)])


def test_metadata_for_clones_is_saved():
    dna = pg.DNA([1, 2])
    dna.set_metadata("b", 2, cloneable=True)
    dna.set_metadata("a", 3)
    dna.children[0].set_metadata("c", 4, cloneable=True)
    assert dna.to_json()["_cloneable_metadata_keys"] == ["b"]
    for document in (dna.to_json(), dna.to_json(compact=False)):
        loaded = pg.from_json(document)
        assert loaded.metadata == {"b": 2, "a": 3}
        assert loaded.clone().metadata == {"b": 2}
    assert loaded.children[0].clone().metadata == {"c": 4}
    document = {**dna.to_json(), "_cloneable_metadata_keys": [1]}
    with pytest.raises(TypeError, match="_cloneable_metadata_keys"):
        pg.from_json(document)


@pytest.mark.parametrize("value_type", ["value", "dna"])
@pytest.mark.parametrize(
    ("multi_choice_key", "keys"),
    [
        ("subchoice", ["a", "b[0]", "b[1]"]),
        ("parent", ["a", "b"]),
        ("both", ["a", "b", "b[0]", "b[1]"]),
    ],
)
def test_inactive_decisions_are_none(value_type, multi_choice_key, keys):
    inner = pg.Dict(a=pg.oneof([1, 2]), b=pg.manyof(2, [1, 2, 3]))
    dna = pg.DNA(1, spec=pg.dna_spec(pg.Dict(x=pg.oneof([inner, 3]))))
    found = dna.to_dict(
        value_type=value_type,
        multi_choice_key=multi_choice_key,
        include_inactive_decisions=True,
    )
    assert found.pop("x") == (1 if value_type == "value" else pg.DNA(1))
    assert found == {f"x[=0/2].{key}": None for key in keys}
