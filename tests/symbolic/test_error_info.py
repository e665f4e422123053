"""An error after the fact, as a symbolic value."""

import pyglove as pg
from tests.symbolic.helper import Pair


def info(error, cause=None):
    try:
        raise error from cause
    except type(error) as e:
        return pg.symbolic.ErrorInfo.from_exception(e)


def test_fields():
    value = info(ValueError("too long"))
    assert value.tag == "ValueError" and value.description == "too long"
    assert "in info" in value.stacktrace and "ValueError: too long" in value.stacktrace
    assert info(ValueError("a"), KeyError("b")).tag.startswith("ValueError.KeyError")


def test_it_is_symbolic():
    value = info(ValueError("a"))
    assert isinstance(value, pg.Object)
    assert pg.eq(pg.from_json(value.to_json()), value)
    assert Pair(value).n.sym_path == "n"
    assert value.clone(override={"tag": "x"}).tag == "x"
    assert pg.symbolic.ErrorInfo("t", "d", "s").description == "d"


def test_the_general_factory_makes_it():
    try:
        raise KeyError("a")
    except KeyError as e:
        value = pg.utils.ErrorInfo.from_exception(e)
    assert isinstance(value, pg.symbolic.ErrorInfo)
