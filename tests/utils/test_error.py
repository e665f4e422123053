"""Errors are the library's and the builtin's at once."""

import pickle

import pytest

from pyglove import utils


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (utils.PyGloveValueError, ValueError),
        (utils.PyGloveTypeError, TypeError),
        (utils.PyGloveKeyError, KeyError),
        (utils.PyGloveIndexError, IndexError),
        (utils.PyGloveAttributeError, AttributeError),
        (utils.PyGloveRuntimeError, RuntimeError),
    ],
)
def test_error_is_also_the_builtin(cls, builtin):
    error = cls("what went wrong")
    assert isinstance(error, utils.PyGloveError)
    assert isinstance(error, builtin)
    assert str(error) == "what went wrong"


def test_key_error_with_other_arguments_reads_like_the_builtin():
    assert str(utils.PyGloveKeyError("a", "b")) == str(KeyError("a", "b"))


def test_untrusted_error_says_what_why_and_what_to_do():
    error = utils.UntrustedError("class 'x.Y'", "it is not registered")
    assert isinstance(error, TypeError)
    assert str(error) == (
        "Refused to load class 'x.Y': it is not registered. Pass `trusted=True` if "
        "you trust where the document comes from."
    )
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.what, copy.why) == (error.what, error.why)
