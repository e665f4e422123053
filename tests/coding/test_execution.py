"""Running code in this process."""

import inspect
import sys
import traceback

import pytest

import pyglove as pg
from pyglove.coding import CodePermission, context, evaluate, get_context


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("1 + 1", 2),
        ("x = 1", 1),
        ("x = y = 3", 3),
        ("x, y = 1, 2", (1, 2)),
        ("x: int = 5", 5),
        ("x: int", None),
        ("x = 1\nx += 4", 5),
        ("x = [1]\nx[0] = 3", 3),
        ("x = [1]\nx[0] += 3", 4),
        ("x = [1]\nx[int(0)] += 3", None),
        ("print(1)", None),
        ("'''doc'''", "doc"),
        ("return 5", 5),
        ("return", None),
        ("x = (y := 2)", 2),
        ("x = 1\nif x:\n  y = 7", 7),
        ("for i in range(3): pass", 2),
        ("x = 1\nassert x", 1),
        ("if False:\n  x = 1", None),
        ("pass", None),
        ("", None),
        ("# nothing", None),
        ("x = 1; x + 1", 2),
    ],
)
def test_the_value_is_that_of_the_last_statement(code, value):
    assert evaluate(code) == value


def test_the_value_of_definitions():
    assert evaluate("def f(): return 1")() == 1
    assert evaluate("class A: x = 1").x == 1
    assert evaluate("import os.path").__name__ == "os"
    assert evaluate("import os.path as p, sys as s") is sys
    assert evaluate("from os import sep") == "/"


def test_the_last_statement_is_executed_once():
    seen = []
    code = "x = [0]\nx[f()] = g()"
    names = {"f": lambda: seen.append("f") or 0, "g": lambda: seen.append("g") or 5}
    result = evaluate(code, global_vars=names, outputs_intermediate=True)
    assert result["x"] == [5]
    assert seen == ["g", "f"]


def test_all_variables():
    assert evaluate("x, y = 1, 2\nprint(x)", outputs_intermediate=True) == {
        "x": 1,
        "y": 2,
        "__result__": None,
        "__stdout__": "1\n",
    }
    assert evaluate("", outputs_intermediate=True) == {
        "__result__": None,
        "__stdout__": "",
    }


def test_variables_of_the_caller():
    names = {"a": 1, "b": 2}
    assert evaluate("a = a + b", global_vars=names, outputs_intermediate=True) == {
        "a": 3,
        "__result__": 3,
        "__stdout__": "",
    }
    assert names == {"a": 1, "b": 2}
    with pytest.raises(TypeError, match="global_vars"):
        evaluate("1", global_vars=3)


def test_functions_and_classes_see_the_variables():
    assert evaluate("def f(n): return n and n + f(n - 1)\nf(4)") == 10
    code = "class A(pg.Object):\n  x: int\n  y: 'A | None' = None\nA(1, A(2)).y.x"
    assert evaluate(code, global_vars={"pg": pg}) == 2


def test_context():
    with context(x=1, y=2) as outer:
        assert outer == get_context() == {"x": 1, "y": 2}
        with context(x=3):
            assert evaluate("x + y") == 5
            assert evaluate("x + y", global_vars={"x": 10}) == 12
        assert evaluate("x") == 1
    assert get_context() == {}


def test_print_is_captured(capsys):
    assert evaluate("print(3)\n4", returns_stdout=True) == "3\n"
    assert evaluate("print(3)\n4") == 4
    assert evaluate("import sys\nsys.stdout.write('a')", returns_stdout=True) == "a"
    assert capsys.readouterr().out == ""
    print("after")
    assert capsys.readouterr().out == "after\n"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("1 / 0", ZeroDivisionError),
        ("y", NameError),
        ("x: y", NameError),
        ("exit()", SystemExit),
        ("f(", SyntaxError),
        ("if True:\n  return 5", SyntaxError),
        ("def f(): f()\nf()", RecursionError),
    ],
)
def test_errors(code, cause):
    with pytest.raises(pg.coding.CodeError) as raised:
        evaluate(code)
    assert type(raised.value.cause) is cause
    assert raised.value.__cause__ is raised.value.cause


def test_an_interrupt_comes_as_it_is():
    with pytest.raises(KeyboardInterrupt):
        evaluate("raise KeyboardInterrupt()")


def test_nothing_runs_without_permission():
    seen = []
    with pytest.raises(pg.coding.CodeError):
        evaluate(
            "f(1)\nimport os",
            global_vars={"f": seen.append},
            permission=CodePermission.CALL,
        )
    assert not seen


def test_tracebacks_and_sources_show_the_text():
    with pytest.raises(pg.coding.CodeError) as raised:
        evaluate("def f(x):\n  return 1 / x\nf(0)")
    text = "".join(traceback.format_exception(raised.value.cause))
    assert "return 1 / x" in text
    source = "def f(x):\n  return x\n"
    assert inspect.getsource(evaluate(source)) == source
