"""The missing value."""

import copy
import pickle

import pytest

import pyglove as pg
from pyglove import utils
from pyglove.utils import MISSING_VALUE, MissingValue


class Described(MissingValue):
    """A missing value that says more."""

    def __init__(self, what):
        self.what = what


def test_all_missing_values_are_equal():
    assert MissingValue() == MISSING_VALUE == Described(1) == Described(2)
    assert (Described(1) != MISSING_VALUE) is False
    assert len({MISSING_VALUE, MissingValue(), Described(1)}) == 1


def test_nothing_else_is_missing():
    assert MISSING_VALUE != None  # noqa: E711
    assert MissingValue != MISSING_VALUE
    assert MISSING_VALUE != "MISSING_VALUE"


def test_text():
    assert str(MISSING_VALUE) == repr(MISSING_VALUE) == "MISSING_VALUE"
    assert utils.format([Described(1)]) == "[MISSING_VALUE]"


def test_json():
    name = "pyglove.core.utils.missing.MissingValue"
    assert utils.to_json(MISSING_VALUE) == {"_type": name}
    assert utils.from_json({"_type": name}) == MISSING_VALUE


def test_copies_are_missing_values():
    assert copy.deepcopy(MISSING_VALUE) == MISSING_VALUE
    assert pickle.loads(pickle.dumps(MISSING_VALUE)) == MISSING_VALUE


class Partial(utils.MaybePartial):
    def __init__(self, **missing):
        self.missing = missing

    def missing_values(self, flatten=True):
        return self.missing


def test_maybe_partial():
    assert Partial(a=MISSING_VALUE).is_partial
    assert not Partial().is_partial
    with pytest.raises(TypeError, match="abstract"):
        utils.MaybePartial()


def test_is_partial():
    assert utils.is_partial(MISSING_VALUE)
    assert utils.is_partial([1, {"a": Described(1)}])
    assert utils.is_partial({"a": [Partial(a=1)]})
    assert not utils.is_partial([1, {"a": Partial()}])
    assert not utils.is_partial("a")


def test_a_missing_value_is_loaded_as_the_one_there_is():
    document = pg.to_json({"a": pg.MISSING_VALUE, "b": [pg.MISSING_VALUE, 1]})
    assert pg.from_json(pg.to_json(pg.MISSING_VALUE)) is pg.MISSING_VALUE
    assert pg.from_json(document) == {"b": [1]}
