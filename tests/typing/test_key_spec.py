import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove.typing as pgt
from pyglove import utils


def test_const_key_is_its_name():
    key = pgt.ConstStrKey("a")
    assert key == "a" and hash(key) == hash("a") and key != "b"
    assert {key: 1}["a"] == 1
    assert key.text == "a" and str(key) == "a" and repr(key) == "a"
    assert key.is_const and key.match("a") and not key.match(1)
    assert pgt.KeySpec.from_str("a") == key


@pytest.mark.parametrize(("text", "error"), [("a.b", KeyError), (1, TypeError)])
def test_const_key_is_a_name_without_dots(text, error):
    with pytest.raises(error):
        pgt.ConstStrKey(text)


def test_str_key_matches_the_start_of_names():
    key = pgt.StrKey("a")
    assert not key.is_const
    assert key.match("abc") and not key.match("bac") and not key.match(1)
    assert pgt.StrKey().match("anything") and not pgt.StrKey().match(1)
    assert pgt.StrKey().regex is None and key.regex.pattern == "a"


@given(st.integers(-3, 6), st.integers(0, 3), st.none() | st.integers(0, 5))
def test_list_key_matches_indices_within_bounds(index, low, high):
    expected = low <= index and (high is None or index < high)
    assert pgt.ListKey(low, high).match(index) == expected


def test_list_key_matches_nothing_but_indices():
    assert not pgt.ListKey().match("a")


def test_tuple_key_matches_its_index():
    assert pgt.TupleKey(1).match(1) and not pgt.TupleKey(1).match(0)
    assert pgt.TupleKey().match(5) and not pgt.TupleKey().match("a")


def test_const_and_str_keys_extend_their_equals_only():
    key = pgt.StrKey("a")
    assert key.extend(pgt.StrKey("a")) is key
    with pytest.raises(KeyError, match="that equals its base"):
        key.extend(pgt.StrKey("b"))
    with pytest.raises(KeyError, match="that equals its base"):
        pgt.ConstStrKey("a").extend(pgt.ConstStrKey("b"))


def test_list_key_extends_wider_bounds():
    assert pgt.ListKey(2).extend(pgt.ListKey(1, 5)) == pgt.ListKey(2, 5)
    with pytest.raises(TypeError, match="within those of the base"):
        pgt.ListKey(0).extend(pgt.ListKey(1))
    with pytest.raises(TypeError, match="within those of the base"):
        pgt.ListKey(2, 7).extend(pgt.ListKey(1, 5))
    with pytest.raises(TypeError, match="key spec of list indices as base"):
        pgt.ListKey().extend(pgt.StrKey())


def test_tuple_key_extends_all_indices():
    assert pgt.TupleKey().extend(pgt.TupleKey(1)).index == 1
    with pytest.raises(KeyError, match="the index of the base"):
        pgt.TupleKey(1).extend(pgt.TupleKey(2))
    with pytest.raises(TypeError, match="key spec of tuple indices as base"):
        pgt.TupleKey(1).extend(pgt.ListKey())


@pytest.mark.parametrize(
    ("key", "text", "json_value"),
    [
        (pgt.ConstStrKey("a"), "a", {"text": "a"}),
        (pgt.StrKey(), "StrKey()", {}),
        (pgt.StrKey("a.*"), "StrKey(regex='a.*')", {"regex": "a.*"}),
        (
            pgt.ListKey(1, 2),
            "ListKey(min_value=1, max_value=2)",
            {"min_value": 1, "max_value": 2},
        ),
        (pgt.TupleKey(1), "TupleKey(index=1)", {"index": 1}),
    ],
)
def test_text_and_json(key, text, json_value):
    name = f"pyglove.typing.{type(key).__name__}"
    assert repr(key) == text
    assert utils.to_json(key) == {"_type": name, **json_value}
    loaded = utils.from_json(utils.to_json(key))
    assert loaded == key and hash(loaded) == hash(key)


def test_user_key_spec_needs_what_is_abstract_only():
    class EvenKey(pgt.NonConstKey):
        def match(self, key):
            return isinstance(key, int) and key % 2 == 0

        def format(self, *args, **kwargs):
            return "EvenKey()"

    schema = pgt.Schema([pgt.Field(EvenKey(), pgt.Int())], allow_nonconst_keys=True)
    assert schema.apply({0: 1}) == {0: 1}
    with pytest.raises(KeyError):
        schema.apply({1: 1})
    with pytest.raises(NotImplementedError):
        utils.to_json(EvenKey())
