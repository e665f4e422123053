"""Dicts and lists that look like something else in JSON."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, fail

KEYS = [
    "_type",
    "__ref__",
    "__context__",
    "__root__",
    "__symbolic__",
    "__tuple__",
    "n_:1",
    "n_:x",
    "n_:",
    "n_::",
    "n_::n_:1",
    "items",
    "a",
    1,
    -1,
]
VALUES = ["__tuple__", "__symbolic__", "dict", "list", "n_:1", 0, True, 1.5, None]
values = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


def plain(value: Any) -> Any:
    """The same of Python's own dicts and lists, references looked through."""
    if isinstance(value, pg.Ref):
        return plain(value.value)
    if isinstance(value, Pair):
        return Pair, plain(value.sym_getattr("n")), plain(value.sym_getattr("m"))
    if isinstance(value, dict):
        return {(type(k), k): plain(v) for k, v in dict.items(value)}
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, list):
        return [plain(v) for v in list.__iter__(value)]
    return type(value), value


PLACES = {
    "alone": lambda v: v,
    "dict": lambda v: pg.Dict(a=v),
    "list": lambda v: [1, v],
    "object": Pair,
    "tuple": lambda v: Pair((v,)),
    "shared": lambda v: (lambda s: [s, s])([v]),
    "reference": lambda v: Pair(pg.Ref(pg.Dict(a=v)), pg.Ref([v])),
}


@pytest.mark.parametrize("place", PLACES)
@given(values)
def test_any_value_comes_back(place, value):
    whole = PLACES[place](copy.deepcopy(value))
    for options in ({}, {"hide_default_values": True}):
        text = pg.to_json_str(whole, **options)
        assert plain(pg.from_json_str(text)) == plain(whole)
        loaded = pg.from_json(pg.to_json(whole, **options))
        assert plain(loaded) == plain(whole)


def test_deep_values_come_back():
    value: Any = {"_type": 1, "n_:1": ["__tuple__"]}
    for _ in range(3_000):
        value = {"a": [value]}
    assert plain_depth(pg.from_json_str(pg.to_json_str(value))) == 3_000


def plain_depth(value):
    depth = 0
    while "a" in value:
        value = value["a"][0]
        depth += 1
    assert value == {"_type": 1, "n_:1": ["__tuple__"]}
    return depth


def test_the_form():
    assert pg.to_json({"_type": 1, "x": 2}) == {
        "_type": "dict",
        "items": [["_type", 1], ["x", 2]],
    }
    assert pg.to_json(pg.List(["__tuple__", 1])) == {
        "_type": "list",
        "items": ["__tuple__", 1],
    }
    marked = pg.to_json(pg.Dict(_type=1), omit_symbolic_marker=False)
    assert marked == {"_type": "dict", "items": [["_type", 1]], "symbolic": True}
    assert type(pg.from_json(marked, auto_symbolic=False)) is pg.Dict
    assert pg.to_json_str({"n_:1": 1, 1: 2}) == '{"n_::n_:1": 1, "n_:1": 2}'
    # What needs no other form has none.
    assert pg.to_json({"__root__": 1, "n_:1": ["a", "__tuple__"]}) == {
        "__root__": 1,
        "n_:1": ["a", "__tuple__"],
    }


def test_a_field_that_would_be_the_class():
    @pg.members([("_type", pg.typing.Any())])
    class Typed(pg.Object):
        pass

    with pytest.raises(ValueError, match="without a field '_type'"):
        pg.to_json(Typed(Leaf(1)))
    with pytest.raises(ValueError, match="without a field '_type'"):
        pg.to_json_str(Typed(1))


@pytest.mark.parametrize(
    "document",
    [
        {"_type": "dict"},
        {"_type": "dict", "items": {}},
        {"_type": "dict", "items": [1]},
        {"_type": "dict", "items": [[1]]},
        {"_type": "dict", "items": [[[1], 1]]},
        {"_type": "dict", "items": [[{"_type": "dict", "items": []}, 1]]},
        {"_type": "dict", "items": [["a", 1], ["a", 2]]},
        {"_type": "dict", "items": [[i * (2**61 - 1), 1] for i in range(100)]},
        {"_type": "dict", "items": [], "a": 1},
        {"_type": "list", "items": 1},
        {"_type": "list", "items": {"a": 1}},
    ],
)
def test_documents_of_a_wrong_form(document):
    for part in (document, [document], {"a": {"b": document}}):
        fail(lambda p=part: pg.from_json(p), (TypeError, ValueError))
