"""JSON as text."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyglove.utils.serialization import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.text(), children, max_size=4)
    ),
    max_leaves=10,
)
# Deep enough that the standard library gives up.
DEPTH = 20_000


def nest(value, depth=DEPTH):
    for i in range(depth):
        value = [value] if i % 2 else {"k": value}
    return value


def unnest(value, depth=DEPTH):
    for i in reversed(range(depth)):
        value = value[0] if i % 2 else value["k"]
    return value


@given(VALUES, st.none() | st.integers(0, 3))
def test_is_the_standard_form(value, indent):
    text = json_text.dumps(value, indent)
    assert text == json.dumps(value, indent=indent)
    assert json_text.loads(text) == value
    assert json_text.loads(text.encode()) == value


@given(VALUES)
@settings(max_examples=20)
def test_deep_values_are_written_and_read(value):
    depth = 2000
    text = json_text.dumps(nest([value], depth))
    assert f"[{json.dumps(value)}]" in text
    assert unnest(json_text.loads(text), depth) == [value]


def test_very_deep_values_are_written_and_read():
    assert unnest(json_text.loads(json_text.dumps(nest([1])))) == [1]


def test_deep_values_can_be_indented():
    text = json_text.dumps(nest([1, {"a": 2}], 1200), indent=1)
    lines = text.splitlines()
    assert lines[:3] == ["[", " {", '  "k": [']
    assert unnest(json_text.loads(text), 1200) == [1, {"a": 2}]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_bottomless_text_is_refused(text):
    with pytest.raises(ValueError, match="at most 50000 levels"):
        json_text.loads(text)


def test_bottomless_value_is_refused():
    with pytest.raises(ValueError, match="at most 50000 levels"):
        json_text.dumps(nest(1, 60_000))


def test_cyclic_value_is_refused():
    value = []
    value.append(value)
    with pytest.raises(ValueError, match="Circular"):
        json_text.dumps(value)


DEEP = "[" * 3000
# Python 3.13 says what is wrong, earlier versions say what they expect.
TRAILING_COMMA = "Illegal trailing comma|Expecting value|Expecting property name"
BAD = [
    ("[1", "Expecting ',' delimiter"),
    ("[1 2]", "Expecting ',' delimiter"),
    ("[1,]", TRAILING_COMMA),
    ('{"a"}', "Expecting ':' delimiter"),
    ("{a: 1}", "Expecting property name"),
    ('{"a": 1,}', TRAILING_COMMA),
    ("nul", "Expecting value"),
    ('"abc', "Unterminated string"),
    ("1 2", "Extra data"),
    ('{"a": 1, "a": 2}', "each key of a JSON object once, got 'a' twice"),
    ("1" * 5000, "Exceeds the limit"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_text(text, message):
    with pytest.raises(ValueError, match=message):
        json_text.loads(text)


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_text_far_down(text, message):
    is_extra = message == "Extra data"
    text = f"{DEEP}1{']' * 3000} 2" if is_extra else DEEP + text
    with pytest.raises(ValueError, match=message):
        json_text.loads(text)


def test_special_numbers():
    text = json_text.dumps([float("inf"), -float("inf")])
    assert text == "[Infinity, -Infinity]"
    assert json_text.loads(text) == [float("inf"), -float("inf")]
    deep = json_text.loads(f"{DEEP}{text}{']' * 3000}")
    for _ in range(3000):
        (deep,) = deep
    assert deep == [float("inf"), -float("inf")]


def test_values_without_a_form():
    with pytest.raises(TypeError, match="not JSON serializable"):
        json_text.dumps({"a": object()})
    with pytest.raises(TypeError, match="keys must be str"):
        json_text.dumps(nest({(1, 2): 3}))
