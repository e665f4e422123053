"""The text of key paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove.utils.path import key_text

NAMES = st.text(st.characters(exclude_characters=".[]"), min_size=1, max_size=8)
KEYS = st.lists(NAMES | st.integers(), max_size=6).map(tuple)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ()),
        ("a", ("a",)),
        ("a.b[0].c", ("a", "b", 0, "c")),
        ("[0]", (0,)),
        ("[0].a", (0, "a")),
        ("[0]a", (0, "a")),
        ("a[0][1]", ("a", 0, 1)),
        ("a[-1]", ("a", -1)),
        ("a[01]", ("a", 1)),
        ("a[+1]", ("a", "+1")),
        ("a[1.5]", ("a", "1.5")),
        ("a[b.c]", ("a", "b.c")),
        ("a[b[c]]", ("a", "b[c]")),
        ("a[[b]]", ("a", "[b]")),
        ("a[]", ("a", "")),
        ("a..b", ("a", "b")),
        (".a.", ("a",)),
        ("0", ("0",)),
        ("a b", ("a b",)),
    ],
)
def test_parse(text, keys):
    parsed = key_text.parse_keys(text)
    assert parsed == keys
    assert [type(key) for key in parsed] == [type(key) for key in keys]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a[", r"none for the '\[' at position 1 of 'a\['"),
        ("[a][b", "at position 3"),
        ("a]", r"extra '\]' at position 1 of 'a\]'"),
        ("a[1]]", "at position 4"),
    ],
)
def test_brackets_must_match(text, message):
    with pytest.raises(ValueError, match=message):
        key_text.parse_keys(text)


def test_text_without_end_is_refused():
    with pytest.raises(ValueError, match="at most 1048576 characters, got 2000000"):
        key_text.parse_keys("a." * 1_000_000)


def test_index_without_end_is_refused():
    with pytest.raises(ValueError, match="got '111"):
        key_text.parse_keys(f"a[{'1' * 100_000}]")


def test_long_text_is_parsed_like_a_short_one():
    text = ".".join(["abc"] * 1000) + "[7]"
    assert key_text.parse_keys(text) == ("abc",) * 1000 + (7,)


@given(KEYS)
def test_keys_survive_the_text(keys):
    assert key_text.parse_keys(key_text.format_keys(keys)) == keys


@pytest.mark.parametrize(
    ("keys", "text", "plain"),
    [
        (("a", "b.c", 1), "a[b.c][1]", "a.b.c[1]"),
        ((1, "a"), "[1].a", "[1].a"),
        (("", ""), ".", "."),
        ((None, 1.5, (1, 2)), "[None][1.5][(1, 2)]", "[None][1.5][(1, 2)]"),
    ],
)
def test_format(keys, text, plain):
    assert key_text.format_keys(keys) == text
    assert key_text.format_keys(keys, preserve_complex_keys=False) == plain


def test_str_key_reads_as_a_name():
    class Name(key_text.StrKey):
        def __str__(self):
            return "x.y"

    assert key_text.format_keys(("a", Name(), "b")) == "a.x.y.b"
