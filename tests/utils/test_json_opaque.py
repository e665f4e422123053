"""Values that only pickle can write."""

import base64
import datetime
import decimal
import enum
import fractions
import pathlib
import pickle

import pytest

from pyglove import utils
from pyglove.utils.serialization.json_opaque import opaque_to_json
from pyglove.utils.serialization.trust import LoadOptions


class Color(enum.Enum):
    RED = 1
    BLUE = "b"


class Flag(enum.Flag):
    A = 1
    B = 2


class Mine:
    pass


PLAIN = [
    b"bytes",
    b"\xff" * 1000,
    bytearray(b"x"),
    {1, "a", (2, 3)},
    frozenset([frozenset(), 1.5]),
    set(),
    1j,
    range(1, 10, 2),
    slice(None, 2),
    decimal.Decimal("1.50"),
    fractions.Fraction(-1, 3),
    datetime.date(2020, 1, 2),
    datetime.time(1, 2, 3),
    datetime.timedelta(1, 2, 3),
    datetime.UTC,
    datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC),
    pathlib.PurePosixPath("/a/b"),
    Color.RED,
    Flag.A | Flag.B,
    {Color.RED, Color.BLUE},
]


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: type(value).__name__)
def test_plain_values_are_read_from_any_document(value):
    json_value = opaque_to_json(value)
    assert json_value["_type"].endswith("._OpaqueObject")
    for trusted in (False, True):
        loaded = utils.from_json(json_value, trusted=trusted)
        assert loaded == value and type(loaded) is type(value)


@pytest.mark.parametrize("protocol", [4, 5])
def test_protocols(protocol):
    text = base64.encodebytes(pickle.dumps({b"a"}, protocol)).decode()
    json_value = {**opaque_to_json(0), "value": text}
    assert utils.from_json(json_value) == {b"a"}


def test_other_values_take_a_trusted_document():
    json_value = opaque_to_json(Mine())
    with pytest.raises(utils.UntrustedError, match="takes pickle"):
        utils.from_json(json_value)
    assert isinstance(utils.from_json(json_value, trusted=True), Mine)


def test_values_that_cannot_be_pickled():
    with pytest.raises(ValueError, match=r"Expected a value that pickle can write"):
        utils.to_json(pytest)


@pytest.mark.parametrize(
    ("value", "trusted", "error", "message"),
    [
        (None, False, TypeError, "Expected a str as 'value'"),
        ("!", False, ValueError, "Expected base64"),
        ("aGVsbG8=", False, TypeError, "takes pickle"),
        ("aGVsbG8=", True, ValueError, "an opaque object in JSON that pickle can read"),
    ],
)
def test_malformed(value, trusted, error, message):
    json_value = {**opaque_to_json(0), "value": value}
    with pytest.raises(error, match=message):
        utils.from_json(json_value, trusted=trusted)


def test_default_options_trust_nobody():
    assert not LoadOptions().trusted
