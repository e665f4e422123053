"""Errors that come back from another process."""

import traceback

import pytest

import pyglove as pg
from pyglove.coding import SerializationError, sandbox_call


class Unusual(Exception):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b


def fail(error):
    raise error


def caught(function, *args):
    with pytest.raises(BaseException) as raised:
        sandbox_call(function, *args)
    return raised.value


def test_arguments_and_attributes():
    error = ValueError("a", 1)
    error.hint = [1]
    got = caught(fail, error)
    assert type(got) is ValueError
    assert (got.args, got.hint) == (("a", 1), [1])


def test_the_traceback_is_a_note():
    got = caught(fail, ValueError("a"))
    assert "in fail\n" in got.__notes__[-1]
    assert "raise error" in "".join(traceback.format_exception(got))


def test_a_constructor_with_other_arguments():
    got = caught(fail, Unusual(1, b=2))
    assert type(got) is Unusual
    assert (got.args, got.b) == ((1,), 2)


def test_builtin_errors_keep_what_they_know():
    got = caught(open, "/nowhere/at/all")
    assert type(got) is FileNotFoundError
    assert (got.errno, got.filename) == (2, "/nowhere/at/all")
    got = caught(b"\xff".decode)
    assert (got.start, got.reason) == (0, "invalid start byte")


def test_cause_and_context():
    def function():
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError as error:
            try:
                raise ValueError("x") from error
            except ValueError:
                raise KeyError("y")  # noqa: B904

    got = caught(function)
    assert type(got) is KeyError
    assert type(got.__context__) is ValueError
    assert type(got.__context__.__cause__) is ZeroDivisionError


def test_a_cycle_of_contexts():
    def function():
        a, b = ValueError("a"), ValueError("b")
        a.__cause__, b.__cause__ = b, a
        raise a

    got = caught(function)
    assert got.__cause__.__cause__ is got


def test_a_class_that_only_the_child_has():
    def function():
        class Odd(KeyError):
            def __str__(self):
                return "odd"

        raise Odd("a")

    got = caught(function)
    assert isinstance(got, KeyError)
    assert (type(got).__name__, str(got), got.args) == ("Odd", "odd", ("a",))


def test_arguments_that_cannot_be_pickled():
    got = caught(fail, ValueError(1, lambda: 1))
    assert got.args[0] == 1
    assert "lambda" in got.args[1]


def test_code_errors_are_whole():
    code = "class E(ValueError): pass\nx = 1\nraise E('a')"
    got = caught(pg.coding.evaluate, code)
    assert type(got) is pg.coding.CodeError
    assert (got.lineno, got.code) == (3, code)
    assert isinstance(got.cause, ValueError)
    assert got.format(False) == "E: a (<unknown>, line 3)\n\n  raise E('a')\n"


def test_errors_in_results():
    got = sandbox_call(lambda: [ValueError("a")])
    assert type(got[0]) is ValueError


def test_results_that_cannot_be_pickled():
    got = caught(lambda: lambda: 1)
    assert type(got) is SerializationError
    assert isinstance(got, RuntimeError)
    assert got.message in str(got)
    assert f"{type(got.cause).__name__}: {got.cause}" in str(got)
