"""Records of errors."""

import pytest

from pyglove import utils


def raised():
    try:
        try:
            raise ValueError("inner")
        except ValueError as e:
            raise KeyError("outer") from e
    except KeyError as e:
        return e


def test_from_exception():
    info = utils.ErrorInfo.from_exception(raised())
    assert isinstance(info, utils.ErrorInfo)
    assert info.tag == "KeyError.ValueError"
    assert info.description == "'outer'"
    assert 'raise KeyError("outer") from e' in info.stacktrace
    assert info.stacktrace.endswith("KeyError: 'outer'\n")


def test_error_that_was_not_raised():
    info = utils.ErrorInfo.from_exception(ValueError("x"))
    assert (info.tag, info.description) == ("ValueError", "x")
    assert info.stacktrace == "ValueError: x\n"


def test_interface_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        utils.ErrorInfo()
