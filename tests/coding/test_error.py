"""Errors of values on their way between processes."""

import pickle

import pyglove as pg
from pyglove.coding import SerializationError


def test_classes():
    assert issubclass(SerializationError, RuntimeError)
    assert issubclass(SerializationError, pg.PyGloveError)


def test_text():
    assert str(SerializationError(None, ValueError("a"))) == "ValueError: a"
    assert str(SerializationError("m", ValueError("a"))) == "m\n\nValueError: a"


def test_pickling():
    copied = pickle.loads(pickle.dumps(SerializationError("m", ValueError("a"))))
    assert (copied.message, str(copied.cause)) == ("m", "a")
