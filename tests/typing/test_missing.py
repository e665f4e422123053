import copy
import operator

import pyglove.typing as pgt
from pyglove import utils


def test_equals_missing_value():
    missing = pgt.MissingValue(pgt.Int())
    assert missing == pgt.MISSING_VALUE
    assert operator.eq(pgt.MISSING_VALUE, missing)
    assert hash(missing) == hash(pgt.MISSING_VALUE)
    assert missing == pgt.MissingValue(pgt.Int())
    assert missing != pgt.MissingValue(pgt.Str()) and missing != 1


def test_knows_its_spec():
    spec = pgt.Int()
    assert pgt.MissingValue(spec).value_spec is spec
    assert str(pgt.MissingValue(spec)) == "MISSING_VALUE(Int())"
    assert repr(pgt.MissingValue(spec)) == "MISSING_VALUE"


def test_copies_are_itself():
    missing = pgt.MissingValue(pgt.Int())
    assert copy.copy(missing) is missing and copy.deepcopy(missing) is missing


def test_json_form_is_that_of_missing_value():
    json_value = utils.to_json(pgt.MissingValue(pgt.Int()))
    assert json_value == utils.to_json(pgt.MISSING_VALUE)
    assert utils.from_json(json_value) == pgt.MISSING_VALUE
