"""The programs do what they tell type checkers.

An error of a type checker is an error when the statement is run, and what type checkers
are told about a value is true of it, but for the limits that the programs name.
"""

import ast
import pathlib
import re
import sys
import types
import typing

import pytest

import pyglove

PROGRAMS = sorted((pathlib.Path(__file__).parent / "programs").glob("*.py"))
FAILS = re.compile(r"  # (?:error(?:: \w+)?|unnoticed(?:: \w+)?)$")


def check_type(value, annotation):
    """Does for a running program what `typing.assert_type` does for type checkers."""
    if annotation is not typing.Any:
        expected = (
            typing.get_args(annotation) if is_union(annotation) else (annotation,)
        )
        classes = tuple(typing.get_origin(t) or t for t in expected)
        assert isinstance(value, classes), f"{value!r} is not of type {annotation}"
    return value


def is_union(annotation):
    return typing.get_origin(annotation) in (types.UnionType, typing.Union)


def run(path, monkeypatch):
    """Runs a program; yields (line, whether to fail, error) for each statement."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    module = types.ModuleType(f"static_typing_{path.stem}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for statement in ast.parse(text).body:
        own_lines = lines[statement.lineno - 1 : statement.end_lineno]
        should_fail = any(FAILS.search(line) for line in own_lines)
        code = compile(ast.Module([statement], []), str(path), "exec")
        error = None
        try:
            exec(code, vars(module))
        except Exception as e:
            error = e
        if vars(module).get("assert_type") is typing.assert_type:
            module.assert_type = check_type
        yield statement.lineno, should_fail, error


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, monkeypatch):
    for line, should_fail, error in run(path, monkeypatch):
        if should_fail:
            assert error is not None, f"{path.name}:{line} should fail"
        elif error is not None:
            raise AssertionError(f"{path.name}:{line} should not fail") from error


def test_the_package_says_that_it_is_typed():
    assert (pathlib.Path(pyglove.__file__).parent / "py.typed").exists()
