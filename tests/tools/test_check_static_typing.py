"""The check of static typing tells what type checkers find from what they should."""

import importlib.util
import json
import pathlib

import pytest

PATH = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_static_typing.py"
SPEC = importlib.util.spec_from_file_location("check_static_typing", PATH)
tool = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(tool)


def test_expected_lines(tmp_path):
    (tmp_path / "a.py").write_text(
        "f(1)\n"
        "f('a')  # error\n"
        "f('b')  # error: mypy\n"
        "f(2)  # false alarm: pyright\n"
        "f(3)  # unnoticed\n"
        "f(4)  # an error\n"
    )
    (tmp_path / "b.py").write_text("g()  # false alarm\n")
    assert tool.expected_lines(tmp_path, "mypy") == {
        ("a.py", 2),
        ("a.py", 3),
        ("b.py", 1),
    }
    assert tool.expected_lines(tmp_path, "pyright") == {
        ("a.py", 2),
        ("a.py", 4),
        ("b.py", 1),
    }
    (tmp_path / "c.py").write_text("g()  # error: pyre\n")
    with pytest.raises(ValueError, match=r"c.py:1: no such checker"):
        tool.expected_lines(tmp_path, "mypy")


def test_findings():
    output = (
        "tests/static_typing/programs/a.py:2: error: Bad argument  [arg-type]\n"
        "tests/static_typing/programs/a.py:2: error: Worse  [misc]\n"
        "tests/static_typing/programs/a.py:3: note: Revealed type is int\n"
        "pyglove/symbolic/node/node.py:1: error: Of the library  [misc]\n"
        "Found 3 errors in 2 files (checked 1 source file)\n"
    )
    found = {("a.py", 2): ["Bad argument  [arg-type]", "Worse  [misc]"]}
    assert tool.mypy_findings(output) == found
    place = {"start": {"line": 1, "character": 0}}
    diagnostics = [
        {"file": "/x/a.py", "severity": "error", "message": "Bad", "range": place},
        {"file": "/x/a.py", "severity": "warning", "message": "Odd", "range": place},
    ]
    output = json.dumps({"generalDiagnostics": diagnostics})
    assert tool.pyright_findings(output) == {("a.py", 2): ["Bad"]}


def test_differences():
    found = {("a.py", 2): ["Bad"], ("a.py", 9): ["Worse", "Worst"]}
    assert tool.differences("mypy", {("a.py", 2), ("a.py", 4)}, found) == [
        "a.py:4: mypy: expected an error, found none",
        "a.py:9: mypy: expected no error, found: Worse Worst",
    ]
    assert tool.differences("mypy", {("a.py", 2)}, {("a.py", 2): ["Bad"]}) == []


def test_the_programs_have_both():
    for checker in tool.CHECKERS:
        assert len(tool.expected_lines(tool.PROGRAMS, checker)) > 50
