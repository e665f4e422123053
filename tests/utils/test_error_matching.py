"""Catching errors by class and message."""

import pytest

from pyglove import utils


@pytest.mark.parametrize(
    ("errors", "matches"),
    [
        (ValueError, True),
        (Exception, True),
        (KeyError, False),
        ((KeyError, ValueError), True),
        ([KeyError, ValueError], True),
        ((ValueError, "two"), True),
        ((ValueError, "ValueError: one"), True),
        ((ValueError, "^one"), False),
        ((ValueError, "three"), False),  # Only matches may start on line one.
        ((ValueError, "two\nthree"), True),
        ((KeyError, "one"), False),
        ([(ValueError, "no"), (Exception, "one")], True),
        ([(ValueError, "no"), KeyError], False),
        ([(ValueError, "no"), ValueError], True),
        ({ValueError: ["no", "one"]}, True),
        ({ValueError: ["no"]}, False),
        ({ValueError: []}, True),
        ({ValueError: "one"}, True),
        ((), False),
    ],
)
def test_match(errors, matches):
    error = ValueError("one two\nthree")
    assert utils.match_error(error, errors) == matches
    if matches:
        with utils.catch_errors(errors) as context:
            raise error
        assert context.error is error
    else:
        with pytest.raises(ValueError, match="one"), utils.catch_errors(errors):
            raise error


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        ("a", "class of exceptions, got 'a'"),
        (int, "class of exceptions, got <class 'int'>"),
        ([1], "class of exceptions, got 1"),
        ({int: []}, "class of exceptions, got <class 'int'>"),
        ([(ValueError, "a", "b")], "a tuple of a class and a regular"),
    ],
)
def test_bad_specification(errors, message):
    with pytest.raises(TypeError, match=message), utils.catch_errors(errors):
        pytest.fail("The block must not run.")


def test_no_error():
    with utils.catch_errors(ValueError) as context:
        pass
    assert context == utils.CatchErrorsContext(None)


def test_handler():
    handled = []
    with utils.catch_errors(ValueError, handled.append) as context:
        raise ValueError("x")
    assert handled == [context.error]
    with pytest.raises(KeyError), utils.catch_errors(ValueError, handled.append):
        raise KeyError("x")
    assert len(handled) == 1
