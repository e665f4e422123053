"""The URI form of patchers."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import patching

MISSING = pg.MISSING_VALUE
INT = pg.typing.Int
STR = pg.typing.Str


@patching.patcher([("x", INT()), ("y", STR())], name="uri_test")
def uri_test(value, x, y="q"):
    return {}


@patching.patcher([("x", pg.typing.Int(min_value=2))])
def uri_at_least_two(value, x):
    return {}


def arguments(uri):
    patcher = patching.from_uri(uri)
    return patcher.x, patcher.y


def parse(spec, text):
    @patching.patcher([("x", spec)], name="uri_value")
    def uri_value(value, x):
        return {}

    return patching.from_uri(f"uri_value?x={text}").x


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("uri_test", (MISSING, "q")),
        ("uri_test?x=1", (1, "q")),
        ("uri_test?1", (1, "q")),
        ("uri_test?1&foo", (1, "foo")),
        ("uri_test?1&y=foo", (1, "foo")),
        ("uri_test?y=foo&x=2", (2, "foo")),
        ("uri_test?x=1&x=2", (2, "q")),
        ("uri_test?1&", (1, "")),
        ("uri_test?1&y=", (1, "")),
        ("uri_test?1&y=a=b", (1, "a=b")),
        ("uri_test?1&y=a+b%20c?d#e/f;g,h", (1, "a+b%20c?d#e/f;g,h")),
        ("uri_test?1&y= foo ", (1, " foo ")),
    ],
)
def test_arguments(uri, expected):
    assert arguments(uri) == expected


@pytest.mark.parametrize(
    ("uri", "error", "message"),
    [
        ("", ValueError, "Expected the name of a patcher"),
        ("?x=1", ValueError, "Expected the name of a patcher"),
        (" uri_test", ValueError, "Expected the name of a patcher"),
        ("1a", ValueError, "Expected the name of a patcher"),
        ("é", ValueError, "Expected the name of a patcher"),
        ("uri_test? x=1", ValueError, "Expected 'value' or 'name=value'.*' x=1'"),
        ("uri_test?=1", ValueError, "Expected 'value' or 'name=value'.*'=1'"),
        ("uri_test??x=1", ValueError, "Expected 'value' or 'name=value'"),
        ("uri_test?x=1&foo", ValueError, "only keyword arguments.*'foo'"),
        ("uri_test?x=1&", ValueError, "only keyword arguments.*''"),
        ("uri_test?", ValueError, r"Expected a value of Int\(\), got ''.*uri_test.x"),
        ("uri_test?x=1.5", ValueError, r"Expected a value of Int\(\), got '1.5'"),
        ("uri_test?x=None", ValueError, "got None.*uri_test.x"),
        (
            'uri_test?1&"a',
            ValueError,
            "Expected double quotes on both ends.*uri_test.y",
        ),
        ("uri_at_least_two?1", ValueError, r"Expected a number.*uri_at_least_two\.x"),
        ("uri_test?1&x=2", TypeError, "Expected one value for argument 'x'"),
        (None, TypeError, "Expected the URI of a patcher"),
        (b"uri_test", TypeError, "Expected the URI of a patcher"),
        ("uri_absent?x=1", KeyError, "registered patcher, got 'uri_absent'"),
        ("URI_TEST?x=1", KeyError, "registered patcher, got 'URI_TEST'"),
        ("uri_test?z=1", KeyError, r"\['x', 'y'\] .*got 'z'"),
        ("uri_test?value=1", KeyError, "of patcher 'uri_test', got 'value'"),
        ("uri_test?x=1&override_args=True", KeyError, "got 'override_args'"),
        ("uri_test?x=1&root_path=a", KeyError, "got 'root_path'"),
        (
            "uri_test?1&2&3",
            KeyError,
            r"at most 2 positional arguments \['x', 'y'\]",
        ),
    ],
)
def test_errors(uri, error, message):
    with pytest.raises(error, match=message) as raised:
        patching.from_uri(uri)
    assert isinstance(raised.value, pg.PyGloveError)


@pytest.mark.parametrize(
    ("spec", "text", "expected"),
    [
        (INT(), "1", 1),
        (INT(), "-3", -3),
        (INT(), " 4 ", 4),
        (pg.typing.Float(), "1", 1.0),
        (pg.typing.Float(), "1e-3", 0.001),
        (pg.typing.Float(), "inf", float("inf")),
        (pg.typing.Bool(), "true", True),
        (pg.typing.Bool(), "True", True),
        (pg.typing.Bool(), "yes", True),
        (pg.typing.Bool(), "1", True),
        (pg.typing.Bool(), "false", False),
        (pg.typing.Bool(), "False", False),
        (pg.typing.Bool(), "no", False),
        (pg.typing.Bool(), "0", False),
        (STR(), "1", "1"),
        (STR(), "", ""),
        (STR(), '"', '"'),
        (STR(), '"a b"', "a b"),
        (STR(), '"None"', "None"),
        (STR(), '""a""', '"a"'),
        (STR(), "'a'", "'a'"),
        (STR(), "NONE", "NONE"),
        (pg.typing.Str().noneable(True, False), "None", None),
        (pg.typing.Str().noneable(True, False), "none", None),
        (pg.typing.Int().noneable(True, False), "None", None),
        (pg.typing.Any(), "1", "1"),
        (pg.typing.Any(), '"1"', "1"),
        (pg.typing.Any(), "none", None),
        (pg.typing.Enum(MISSING, ["a", "b"]), "b", "b"),
        (pg.typing.Enum(MISSING, ['"a"', "b"]), '"a"', '"a"'),
        (pg.typing.List(INT()), "", []),
        (pg.typing.List(INT()), "1", [1]),
        (pg.typing.List(INT()), " 1 : 2 ", [1, 2]),
        (pg.typing.List(STR()), "a:b c:", ["a", "b c", ""]),
        (pg.typing.List(STR()), '"a":b', ["a", "b"]),
        (pg.typing.List(pg.typing.Bool()), "true:0", [True, False]),
        (pg.typing.List(pg.typing.Any()), "a:None", ["a", None]),
        (pg.typing.List(INT()).noneable(True, False), "None", None),
    ],
)
def test_values(spec, text, expected):
    value = parse(spec, text)
    assert value == expected
    assert isinstance(value, type(expected))


@pytest.mark.parametrize(
    ("spec", "text", "message"),
    [
        (INT(), "0x10", "got '0x10'"),
        (INT(), "1e3", "got '1e3'"),
        (INT(), "true", "got 'true'"),
        (INT(), "9" * 5000, "got '999"),
        (INT(), '__import__("os")', "got '__import__"),
        (pg.typing.Float(), "a", r"Expected a value of Float\(\), got 'a'"),
        (pg.typing.Bool(), "TRUE", r"Expected a value of Bool\(\), got 'TRUE'"),
        (pg.typing.Bool(), "2", "got '2'"),
        (STR(), 'a"', "double quotes"),
        (STR(), "None", "got None"),
        (pg.typing.Str(regex="a.*"), "b", "begins with a match"),
        (pg.typing.Enum(MISSING, ["a"]), "b", "Expected one of"),
        (pg.typing.List(INT()), "1:a", r"got 'a'. \(path=uri_value\.x\[1\]\)"),
        (pg.typing.List(INT()), "1::2", r"x\[1\]"),
        (pg.typing.List(INT()), "1:None", r"x\[1\]"),
        (pg.typing.List(INT()), "[1, 2]", r"x\[0\]"),
        (pg.typing.List(INT(), max_size=2), "1:2:3", "2 or fewer items"),
    ],
)
def test_bad_values(spec, text, message):
    with pytest.raises(ValueError, match=message):
        parse(spec, text)


@given(st.integers(), st.text().filter(lambda t: "&" not in t))
def test_round_trip(x, y):
    assert arguments(f'uri_test?{x}&y="{y}"') == (x, y)
    assert arguments(f'uri_test?y="{y}"&x={x}') == (x, y)


@given(st.lists(st.floats(allow_nan=False), max_size=4))
def test_round_trip_of_lists(values):
    assert (
        parse(pg.typing.List(pg.typing.Float()), ":".join(map(repr, values))) == values
    )


@given(st.text() | st.text(alphabet='uri_test?&=xy:"1None '))
def test_any_text_is_a_patcher_or_an_error_of_the_library(text):
    for uri in (text, f"uri_test?{text}"):
        try:
            assert isinstance(patching.from_uri(uri), patching.Patcher)
        except pg.PyGloveError as error:
            assert isinstance(error, (ValueError, KeyError, TypeError))


@pytest.mark.parametrize(
    "uri",
    [
        "this?x=1",
        "os.system?echo",
        "pyglove.patching.rule.Patcher",
        "Patcher",
        "uri_test.x",
    ],
)
def test_only_registered_names_are_looked_up(uri):
    modules = set(sys.modules)
    with pytest.raises(KeyError, match="name of a registered patcher"):
        patching.from_uri(uri)
    assert set(sys.modules) == modules
