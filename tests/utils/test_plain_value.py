"""Plain values of the standard library and NumPy, as readable JSON."""

import datetime
import decimal
import enum
import fractions
import json
import pathlib
import subprocess
import sys
import uuid
import zoneinfo
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic.helper import Pair, fail

HERE = __name__


class Color(enum.Enum):
    RED = 1
    CRIMSON = 1
    BLUE = "b"


class Access(enum.Flag):
    READ = 1
    WRITE = 2
    RUN = 4


class Mode(enum.IntFlag):
    A = 1
    B = 2


asked = []


class Odd(enum.Flag):
    A = 1
    B = 2

    @classmethod
    def _missing_(cls, value):
        asked.append(value)
        return super()._missing_(value)


CET = datetime.timezone(datetime.timedelta(hours=1), "CET")
EXAMPLES: list[tuple[Any, Any]] = [
    (datetime.date(2024, 2, 29), "2024-02-29"),
    (datetime.datetime(2024, 2, 29, 1, 2, 3, 4), "2024-02-29T01:02:03.000004"),
    (datetime.time(1, 2, 3), "01:02:03"),
    (datetime.timedelta(days=-1, microseconds=5), [-1, 0, 5]),
    (datetime.UTC, [0, 0, 0]),
    (decimal.Decimal("1.50"), "1.50"),
    (decimal.Decimal("-Infinity"), "-Infinity"),
    (1 - 2j, [1.0, -2.0]),
    (fractions.Fraction(-1, 3), [-1, 3]),
    (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    (pathlib.Path("a", "b"), str(pathlib.Path("a", "b"))),
    (pathlib.PurePosixPath("/a"), "/a"),
    (pathlib.PureWindowsPath("c:\\a"), "c:\\a"),
]
OTHERS: list[Any] = [
    datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC, fold=1),
    datetime.datetime(1, 1, 1, tzinfo=CET),
    datetime.time(1, tzinfo=datetime.timezone(datetime.timedelta(seconds=-7))),
    CET,
    Color.RED,
    Color.BLUE,
    Access.READ,
    Access.READ | Access.RUN,
    Access(0),
    Odd.A,
]
ARRAYS: list[Any] = [
    np.int64(-3),
    np.uint64(2**64 - 1),
    np.float32(0.1),
    np.bool_(True),
    np.complex64(1 + 2j),
    np.datetime64("2024-02-29"),
    np.timedelta64(5, "s"),
    np.arange(6).reshape(2, 3),
    np.array(3),
    np.array([], dtype="f4"),
    np.array([1.5, np.nan, np.inf]),
    np.array([[True, False]]),
    np.array([1 + 2j, 3]),
    np.array(["2024-02-29", "NaT"], dtype="M8[D]"),
    np.array(["a", "bcd"]),
    np.array([b"x"]),
    np.arange(3, dtype=">i4"),
    np.arange(5_000.0),
]


def saved(value):
    """Saves a value in many places; returns the document and what is loaded."""
    text = pg.to_json_str(value)
    assert "_OpaqueObject" not in text
    deep: Any = value
    for _ in range(2_000):
        deep = [deep]
    deep = pg.from_json_str(pg.to_json_str(deep))
    for _ in range(2_000):
        (deep,) = deep
    loaded = [
        pg.from_json_str(text),
        pg.from_json(pg.to_json({"a": [value]})).a[0],
        pg.from_json_str(pg.to_json_str(Pair(value, (value,)))).m[0],
        deep,
    ]
    return json.loads(text), loaded


@pytest.mark.parametrize(("value", "form"), EXAMPLES)
def test_values_are_readable(value, form):
    document, loaded = saved(value)
    assert document["value"] == form
    for other in loaded:
        assert type(other) is type(value) and other == value
        assert repr(other) == repr(value)


@pytest.mark.parametrize("value", OTHERS)
def test_values_come_back(value):
    _, loaded = saved(value)
    for other in loaded:
        assert type(other) is type(value) and other == value
        assert repr(other) == repr(value)
    assert not asked


@pytest.mark.parametrize("value", ARRAYS)
def test_numpy(value):
    document, loaded = saved(value)
    for other in loaded:
        assert type(other) is type(value) and other.dtype == value.dtype
        assert np.shape(other) == np.shape(value)
        assert other.tobytes() == value.tobytes()
    if np.size(value) > 1_000:
        assert isinstance(document["data"], str)


def test_what_numpy_saves_as_numbers():
    assert pg.to_json(np.float64(0.5)) == 0.5
    document = pg.to_json(np.array([[1, 2], [3, 4]]))
    assert document == {
        "_type": "ndarray",
        "dtype": "<i8",
        "shape": [2, 2],
        "data": [1, 2, 3, 4],
    }
    shared = np.arange(3)
    loaded = pg.from_json(pg.to_json([shared, shared]))
    assert loaded[0] is loaded[1]


def test_an_array_that_is_loaded_can_be_modified():
    for size in (3, 5_000):
        loaded = pg.from_json(pg.to_json(np.zeros(size)))
        loaded[0] = 1.0
        assert loaded.sum() == 1.0


def test_what_has_no_plain_form_is_pickled():
    for value in (
        np.array([object()], dtype=object),
        np.zeros(2, dtype=[("a", "i4")]),
        datetime.time(1, tzinfo=zoneinfo.ZoneInfo("UTC")),
    ):
        document = pg.to_json(Pair(value))
        fail(lambda d=document: pg.from_json(d), TypeError, "trusted=True")
        pg.from_json(document, trusted=True)


def test_local_enumerations_are_refused():
    class Local(enum.Enum):
        A = 1

    with pytest.raises(ValueError):
        pg.to_json(Local.A)


def test_flags_of_a_class_that_decides():
    document = pg.to_json(Odd.A | Odd.B)
    asked.clear()
    fail(lambda: pg.from_json(document), TypeError, "its class decides")
    assert not asked
    assert pg.from_json(document, trusted=True) == Odd.A | Odd.B
    asked.clear()
    for value in (Access.READ | Access.WRITE, Mode.A | Mode.B):
        assert pg.from_json(pg.to_json(value)) == value


def test_times_are_no_longer_cut_to_seconds():
    when = datetime.datetime(2024, 2, 29, 1, 2, 3, 456, tzinfo=CET)
    assert pg.from_json(pg.to_json(Pair(when))).n == when

    class Event(pg.Object):
        when: datetime.datetime

    assert pg.from_json(Event(when).to_json()).when == when
    published = {"_type": Event.__serialization_key__, "when": 1709168523}
    assert pg.from_json(published).when == datetime.datetime(
        2024, 2, 29, 1, 2, 3, tzinfo=datetime.UTC
    )


@pytest.mark.parametrize(
    "document",
    [
        {"_type": "date"},
        {"_type": "date", "value": 1},
        {"_type": "date", "value": "x"},
        {"_type": "datetime", "value": "2024-01-01", "timezone": 1},
        {"_type": "datetime", "value": "2024-01-01", "fold": 7},
        {"_type": "timedelta", "value": [10**30, 0, 0]},
        {"_type": "timedelta", "value": [1, 2]},
        {"_type": "timezone", "value": [5, 0, 0]},
        {"_type": "decimal", "value": "1e"},
        {"_type": "decimal", "value": "1E+99999999999999999999999"},
        {"_type": "decimal", "value": [1]},
        {"_type": "fraction", "value": [1, 0]},
        {"_type": "fraction", "value": "1e999999999"},
        {"_type": "complex", "value": "1"},
        {"_type": "complex", "value": [10**400, 1]},
        {"_type": "uuid", "value": "x"},
        {"_type": "path", "value": ["a"]},
        {"_type": "enum", "class": f"{HERE}.Color", "name": "GREEN"},
        {"_type": "enum", "class": f"{HERE}.Color", "name": "__class__"},
        {"_type": "enum", "class": f"{HERE}.Color", "names": ["RED"]},
        {"_type": "enum", "class": f"{HERE}.Access", "names": "READ"},
        {"_type": "enum", "class": f"{HERE}.Pair", "name": "n"},
        {"_type": "enum", "class": "os.system", "name": "n"},
        {"_type": "enum", "class": 1, "name": "n"},
        {"_type": "numpy_scalar", "dtype": "O8", "value": 1},
        {"_type": "numpy_scalar", "dtype": "<U999999999", "value": 1},
        {"_type": "numpy_scalar", "dtype": "<i8", "value": "a"},
        {"_type": "numpy_scalar", "dtype": "<i1", "value": 1000},
        {"_type": "numpy_scalar", "dtype": "<i8", "value": {"_type": "x"}},
        {"_type": "ndarray", "dtype": "<i8", "shape": [10**9], "data": []},
        {"_type": "ndarray", "dtype": "<i8", "shape": [10**30], "data": ""},
        {"_type": "ndarray", "dtype": "<i8", "shape": [-1], "data": [1]},
        {"_type": "ndarray", "dtype": "<i8", "shape": [1] * 99, "data": [1]},
        {"_type": "ndarray", "dtype": "<i8", "shape": 1, "data": [1]},
        {"_type": "ndarray", "dtype": "<i8", "shape": [1], "data": ["a"]},
        {"_type": "ndarray", "dtype": "<i8", "shape": [1], "data": "AA=="},
        {"_type": "ndarray", "dtype": "<i8", "shape": [1], "data": "!"},
        {"_type": "ndarray", "dtype": "<U9", "shape": [1], "data": ["a"]},
        {"_type": "ndarray", "dtype": "<M8[xy]", "shape": [1], "data": [1]},
        {"_type": "ndarray", "dtype": "<M8[D]", "shape": [1], "data": [10**30]},
    ],
)
def test_documents_of_a_wrong_form(document):
    for part in (document, [document], {"_type": "list", "items": [document]}):
        fail(lambda p=part: pg.from_json(p), (TypeError, ValueError))


def test_numpy_is_imported_for_arrays_only():
    program = (
        "import sys; import pyglove as pg; "
        "pg.to_json([1j, {1, 2}]); assert 'numpy' not in sys.modules; "
        "d = {'_type': 'ndarray', 'dtype': '<i8', 'shape': [1], 'data': [7]}; "
        "assert pg.from_json(d)[0] == 7"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(
    st.one_of(
        st.dates(),
        st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
        st.times(),
        st.timedeltas(),
        st.decimals(allow_nan=False),
        st.fractions(),
        st.uuids(),
        st.complex_numbers(allow_nan=False),
    )
)
def test_any_value_comes_back(value):
    loaded = pg.from_json_str(pg.to_json_str(value))
    assert type(loaded) is type(value) and loaded == value


def test_programs_may_wrap_the_same_classes():
    wrapper = pg.wrap(decimal.Decimal)
    value = pg.Dict(wrapped=wrapper("1.5"), plain=decimal.Decimal("1.5"))
    loaded = pg.from_json_str(pg.to_json_str(value))
    assert isinstance(loaded.wrapped, pg.Object)
    assert loaded.wrapped == loaded.plain == decimal.Decimal("1.5")
    assert type(loaded.plain) is decimal.Decimal
