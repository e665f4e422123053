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


def test_documents_under_any_of_its_names():
    value = info(ValueError("a"))
    for name in (
        "pyglove.core.symbolic.error_info.ErrorInfo",
        "pyglove.symbolic.ErrorInfo",
        "pyglove.core.utils.error_utils.ErrorInfo",
    ):
        assert pg.eq(pg.from_json({**value.to_json(), "_type": name}), value)


def test_the_general_factory_makes_it():
    try:
        raise KeyError("a")
    except KeyError as e:
        value = pg.utils.ErrorInfo.from_exception(e)
    assert isinstance(value, pg.symbolic.ErrorInfo)


def test_causes_that_are_a_cycle():
    class First(Exception):
        pass

    class Second(Exception):
        pass

    def tag(error):
        for factory in (pg.symbolic.ErrorInfo, pg.utils.ErrorInfo):
            found = factory.from_exception(error)
            assert "First" in found.stacktrace
        return found.tag

    a, b, c = First("a"), Second("b"), First("c")
    a.__cause__ = a
    assert tag(a) == "First"
    a.__cause__, b.__cause__ = b, a
    assert tag(a) == "First.Second"
    c.__cause__ = a
    assert tag(c) == "First.First.Second"
    a.__cause__ = b.__cause__ = c.__cause__ = None
    a.__context__, b.__context__ = b, a
    assert tag(a) == "First"


def test_a_long_chain_of_causes():
    error = None
    for i in range(300):
        cause, error = error, ValueError(str(i))
        error.__cause__ = cause
    found = pg.symbolic.ErrorInfo.from_exception(error)
    assert found.tag == ".".join(["ValueError"] * 300)
