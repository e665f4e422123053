"""Errors of code given as text."""

import pickle

import pytest

import pyglove as pg
from pyglove.utils.code_error import CodeError


def test_it_is_the_error_of_pg_coding():
    assert pg.coding.CodeError is CodeError
    assert issubclass(CodeError, pg.PyGloveError)
    assert issubclass(CodeError, RuntimeError)


def test_a_syntax_error_tells_its_lines():
    error = CodeError("a\nb\nc", SyntaxError("v", ("f", 2, 1, "b", 3, 1)))
    assert (error.lineno, error.end_lineno) == (2, 3)
    assert error.format(False) == "SyntaxError: v (f, line 2)\n\n  b\n  c\n"


def test_an_error_without_a_place():
    error = CodeError("a\nb", ValueError("v"))
    assert (error.lineno, error.end_lineno) == (None, None)
    assert error.format(include_complete_code=False) == "ValueError: v"
    assert str(error) == "ValueError: v\n[Code]\n\n  ```python\n  a\n  b\n  ```\n"


def test_code_lines_are_counted_from_0():
    error = CodeError("a\nb\nc", ValueError("v"))
    assert error.code_lines(1, 3) == "b\nc"
    assert error.code_lines(0, 1) == "a"


def test_the_line_of_a_failure_is_that_of_the_statement():
    with pytest.raises(CodeError) as raised:
        pg.coding.evaluate("def f():\n  return 1 / 0\n\nx = f()")
    assert raised.value.lineno == raised.value.end_lineno == 4
    assert raised.value.format(False) == (
        "ZeroDivisionError: division by zero (<unknown>, line 4)\n\n  x = f()\n"
    )


def test_a_nested_error_is_shown_once():
    inner = CodeError("2/0", ValueError("x"))
    assert str(CodeError("1/0", inner)) == (
        "CodeError: ValueError: x\n[Code]\n\n  ```python\n  2/0\n  ```"
        "\n[Code]\n\n  ```python\n  1/0\n  ```\n"
    )


def test_pickling_keeps_the_place():
    with pytest.raises(CodeError) as raised:
        pg.coding.evaluate("x = 1\nx / 0")
    copied = pickle.loads(pickle.dumps(raised.value))
    assert (copied.code, copied.lineno) == ("x = 1\nx / 0", 2)
    assert str(copied) == str(raised.value)
