"""Plain forms: the texts and JSON values of whole trees."""

import json

import pytest

import pyglove as pg
from pyglove.symbolic.node.plain_form import (
    NotPlain,
    json_of,
    text_in_line,
    text_in_lines,
)
from tests.symbolic import twin
from tests.symbolic.helper import Leaf, Pair, Tree


def test_containers_in_lines():
    tree = pg.Dict(a=[1, {"b": "x"}], c={}, d=[])
    assert str(tree) == (
        "{\n"
        "  a = [\n"
        "    0 : 1,\n"
        "    1 : {\n"
        "      b = 'x'\n"
        "    }\n"
        "  ],\n"
        "  c = {},\n"
        "  d = []\n"
        "}"
    )
    assert repr(tree) == "{a=[0: 1, 1: {b='x'}], c={}, d=[]}"


def test_keys_that_are_no_names():
    assert repr(pg.Dict({1: "a", "x.y": 2})) == "{[1]='a', x.y=2}"
    assert str(pg.Dict({1: "a"})) == "{\n  [1] = 'a'\n}"


def test_values_of_foreign_classes():
    class Point:
        def __repr__(self):
            return "point"

        def __str__(self):
            return "a point"

    node = Pair(Point(), (1, Point()))
    assert repr(node) == "Pair(n=point, m=(1, point))"
    assert "n = a point" in str(node)


def test_atoms_and_strings_of_subclasses():
    class Name(str):
        pass

    node = Pair(Name("x"), b"y")
    assert text_in_line(node.n, 1, node) == "'x'"
    assert text_in_lines(node.m, 1, node) == "b'y'"
    assert repr(Pair(1 + 2j, None)) == "Pair(n=(1+2j), m=None)"


def test_missing_values_show():
    assert repr(Leaf.partial()) == "Leaf(x=MISSING_VALUE, y=1.0, z='a')"
    assert "x" not in Leaf.partial().to_json()


def test_fixed_values_are_left_out():
    spec = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Int(2).freeze())])
    node = pg.Dict(a=1, value_spec=spec)
    assert repr(node) == "{a=1}" and node.to_json() == {"a": 1}
    assert repr(pg.List([node])) == "[{a=1}]"


@pytest.mark.parametrize("value", [object(), {1: 2}, [1], pg.MISSING_VALUE, (Leaf(1),)])
def test_what_is_not_plain(value):
    with pytest.raises(NotPlain):
        json_of(value)


def test_what_is_plain():
    assert json_of(1) == 1
    assert json_of((1, "a")) == ["__tuple__", 1, "a"]
    assert json_of(pg.List([1, {"a": None}])) == [1, {"a": None}]
    with pytest.raises(NotPlain):
        json_of(pg.Dict({1: 2}))  # JSON text has no such key.


def test_a_tree_that_is_partly_not_plain_is_written_all_the_same():
    node = Pair(Leaf(1), int)
    written = node.to_json()
    assert written["m"] == {"_type": "type", "name": "builtins.int"}
    assert pg.eq(pg.from_json(written), node)
    assert pg.from_json_str(pg.Dict({1: 2}).to_json_str()) == {1: 2}


def test_tuples_of_one_item():
    tree = pg.Dict(x=(3,), y=[((1,),)])
    assert repr(tree) == "{x=(3,), y=[0: ((1,),)]}"
    assert str(tree) == "{\n  x = (3,),\n  y = [\n    0 : ((1,),)\n  ]\n}"
    for verbose in (True, False):
        assert "(3,)" in tree.format(compact=True, verbose=verbose)


@pytest.mark.parametrize(
    "value",
    [
        Pair(1.0, 1e16),
        Pair(float("inf"), -float("inf")),
        Leaf(10**30, -0.0, 'quotes " and \\ and é 😀 \u2028'),
        Leaf(1, float("inf")),
        Pair(True, None),
        Pair((1, "a"), [(), [], {}, {"é": {}}]),
        pg.Dict({"a b": [1, Leaf(1)], "": {}}),
        pg.List([Leaf(1), [Pair()], {"x": Pair(Leaf(2))}]),
        Tree("t", [Leaf(1)], {"k": 1}, None, Leaf(2)),
    ],
)
def test_json_text_is_that_of_the_json_value(value):
    if not twin.IS_INTERPRETED:
        assert value._sym_json_text() == json.dumps(value._sym_json())
    assert pg.to_json_str(value) == json.dumps(pg.to_json(value))
    assert pg.to_json_str(value, json_indent=2) == json.dumps(
        pg.to_json(value), indent=2
    )


def test_json_text_of_nan():
    assert pg.to_json_str(Leaf(1, float("nan"))) == json.dumps(
        pg.to_json(Leaf(1, float("nan")))
    )


@pytest.mark.parametrize(
    "value",
    [
        Pair({1}),
        Pair(Leaf.partial()),
        Pair(pg.Ref(Leaf(1))),
        Pair({1: 2}),
        Pair({"_type": 1}),
        Pair(["__tuple__"]),
        Pair((Leaf(1),)),
    ],
)
def test_what_is_not_plain_has_no_plain_text(value):
    with pytest.raises(NotPlain):
        value._sym_json_text()


def test_json_text_of_numbers_that_are_too_long():
    with pytest.raises(ValueError, match="that can be written as JSON text"):
        pg.to_json_str(Leaf(10**5000))
