"""Text forms."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.text(max_size=3), children, max_size=3)
    ),
    max_leaves=8,
)


class Shown(utils.Formattable):
    """Shows the options it is formatted with."""

    def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
        self.kwargs = kwargs
        return f"Shown({compact}, {verbose}, {root_indent})"


class Thing:
    def __str__(self):
        return "a thing"

    def __repr__(self):
        return "Thing()"


@given(PLAIN)
def test_compact_form_of_plain_values_is_their_repr(value):
    assert utils.format(value, compact=True) == repr(value)


@given(PLAIN, st.integers(0, 40))
def test_pretty_form_differs_in_space_only(value, threshold):
    text = utils.format(value, list_wrap_threshold=threshold)
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", repr(value))


def test_dictionaries_take_several_lines():
    assert utils.format({"a": 1, 2: {"b": []}, "c": {}}) == (
        "{\n  'a': 1,\n  2: {\n    'b': []\n  },\n  'c': {}\n}"
    )


def test_lists_wrap_beyond_the_threshold():
    value = ["a" * 10, "b" * 10]
    assert utils.format(value, list_wrap_threshold=28) == repr(value)
    assert utils.format(value, list_wrap_threshold=27) == (
        "[\n  'aaaaaaaaaa',\n  'bbbbbbbbbb'\n]"
    )
    assert utils.format([1, {"a": 2}]) == "[1, {\n    'a': 2\n  }]"


def test_root_indent():
    assert utils.format({"a": 1}, root_indent=2) == "{\n      'a': 1\n    }"


def test_tuples_are_in_round_brackets():
    assert utils.format((1, (2, 3), ())) == "(1, (2, 3), ())"


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("verbose", [True, False])
def test_tuples_of_one_item_have_a_comma(compact, verbose):
    def text(value):
        return utils.format(value, compact=compact, verbose=verbose)

    assert text((3,)) == "(3,)" and text(((3,),)) == "((3,),)" and text(()) == "()"
    assert text([(1,), (1, 2)]) == "[(1,), (1, 2)]"
    long = "x" * 90
    assert text((long,)) == (f"('{long}',)" if compact else f"(\n  '{long}',\n)")


def test_other_values_show_str_or_repr():
    assert utils.format([Thing()]) == "[a thing]"
    assert utils.format([Thing()], compact=True) == "[Thing()]"


def test_object_ids_can_be_stripped():
    class Plain:
        pass

    assert utils.format([Plain()], strip_object_id=True) == "[Plain(...)]"
    assert utils.format(Thing(), strip_object_id=True) == "a thing"


def test_long_strings_can_be_cut():
    assert utils.format({"a": "xyz"}, compact=True, max_str_len=2) == "{'a': 'xy...'}"
    assert utils.format(b"xyz", max_bytes_len=2) == "b'xy...'"
    assert utils.format("xyz", max_str_len=3) == "'xyz'"


def test_keys_can_be_selected():
    value = {"a": 1, "b": {"a": 2}}
    assert utils.format(value, compact=True, include_keys={"b"}) == "{'b': {'a': 2}}"
    assert utils.format(value, compact=True, exclude_keys={"a"}) == "{'b': {'a': 2}}"


def test_markdown():
    assert utils.format(1, markdown=True) == "`1`"
    assert utils.format({"a": 1}, markdown=True) == "```\n{\n  'a': 1\n}\n```"
    assert utils.maybe_markdown_quote("a", False) == "a"


def test_custom_format_is_asked_first_everywhere():
    def custom(value, root_indent):
        return f"<{value} at {root_indent}>" if isinstance(value, int) else None

    text = utils.format({"a": [1], "b": 2}, compact=True, custom_format=custom)
    assert text == "{'a': [<1 at 2>], 'b': <2 at 1>}"


def test_cycles_are_broken():
    value = {"a": [1]}
    value["a"].append(value)
    text = utils.format(value, compact=True)
    assert re.fullmatch(r"{'a': \[1, <recursive dict at 0x[0-9a-f]+>\]}", text)
    # The same value twice is no cycle.
    assert utils.format([value["a"][:1]] * 2) == "[[1], [1]]"


def test_formattable_gets_the_options():
    shown = Shown()
    assert utils.format([shown], verbose=False, extra=1) == "[Shown(False, False, 1)]"
    assert shown.kwargs["extra"] == 1
    assert shown.kwargs["exclude_keys"] == set()
    assert "markdown" not in shown.kwargs


def test_str_and_repr():
    assert str(Shown()) == "Shown(False, True, 0)"
    assert repr(Shown()) == "Shown(True, True, 0)"

    class Brief(Shown):
        __str_format_kwargs__ = {"compact": True, "verbose": False}

    assert str(Brief()) == "Shown(True, False, 0)"


def test_scopes_change_str_and_repr():
    with utils.str_format(compact=True) as options:
        assert options == {"compact": True}
        with utils.str_format(verbose=False) as options:
            assert options == {"compact": True, "verbose": False}
            assert str(Shown()) == "Shown(True, False, 0)"
        assert str(Shown()) == "Shown(True, True, 0)"
        assert repr(Shown()) == "Shown(True, True, 0)"
        assert utils.format(Shown()) == "Shown(False, True, 0)"
    with utils.repr_format(compact=False):
        assert repr(Shown()) == "Shown(False, True, 0)"
        assert str(Shown()) == "Shown(False, True, 0)"
    assert repr(Shown()) == "Shown(True, True, 0)"


def test_formattable_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        utils.Formattable()


def test_raw_text():
    text = utils.RawText("a b")
    assert str(text) == repr(text) == utils.format(text) == "a b"
    assert text == "a b" == utils.RawText("a b")
    assert text != utils.RawText("a") and text != 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(text)


def test_quoting():
    assert utils.quote_if_str("a'b") == '"a\'b"'
    assert utils.quote_if_str(1) == 1
    assert utils.comma_delimited_str([1, "a", None]) == "1, 'a', None"


def test_auto_plural():
    assert utils.auto_plural(1, "dog") == "dog"
    assert utils.auto_plural(0, "dog") == "dogs"
    assert utils.auto_plural(2, "foot", "feet") == "feet"


def test_print(capsys):
    utils.print({"a": 1}, "b")
    utils.print({"a": 1}, compact=True)
    assert capsys.readouterr().out == "{\n  'a': 1\n} 'b'\n{'a': 1}\n"
    file = io.StringIO()
    utils.print(1, 2, sep="-", end=".", file=file)
    assert file.getvalue() == "1-2."
