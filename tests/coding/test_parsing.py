"""Parsing, and what each permission is needed for."""

import ast

import pytest

import pyglove as pg
from pyglove.coding import CodePermission, parse


def test_the_tree():
    assert ast.dump(parse("x = 1", CodePermission.ASSIGN)) == ast.dump(
        ast.parse("x = 1")
    )


NEEDS = {
    "ASSIGN": [
        "x = 1",
        "x, y = 1, 2",
        "x[0] = 1",
        "x.y = 1",
        "x += 1",
        "x: int = 1",
        "(x := 1)",
        "del x",
        "[1 for i in (y := [1])]",
    ],
    "CONDITION": ["if x: pass", "match x:\n  case 1: pass"],
    "LOOP": ["for i in x: pass", "while x: pass"],
    "CALL": ["f()", "x.f()", "[f() for x in y]", "f'{g()}'"],
    "EXCEPTION": [
        "raise x",
        "assert x",
        "try:\n  x\nfinally:\n  y",
        "try:\n  x\nexcept* y:\n  z",
    ],
    "CLASS_DEFINITION": ["class A: pass"],
    "FUNCTION_DEFINITION": [
        "def f(): pass",
        "async def f(): pass",
        "lambda: 1",
        "return 1",
        "yield 1",
    ],
    "IMPORT": ["import os", "import os as x", "from os import path"],
}


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in NEEDS.items() for code in codes]
)
def test_what_needs_a_permission(name, code):
    flag = CodePermission[name]
    parse(code, CodePermission.ALL)
    with pytest.raises(pg.coding.CodeError, match="is not allowed") as raised:
        parse(code, ~flag)
    assert isinstance(raised.value.cause, SyntaxError)
    assert raised.value.__cause__ is raised.value.cause
    assert f"CodePermission.{name}" in str(raised.value)


@pytest.mark.parametrize(
    "code",
    ["1 + 1", "x if y else z", "[x for x in y if x]", "x.y[0]", "x and not y", "pass"],
)
def test_expressions_need_none(code):
    parse(code, CodePermission(0))


def test_a_decorator_is_a_call():
    with pytest.raises(pg.coding.CodeError, match=r"CodePermission.CALL"):
        parse("@f\ndef g(): pass", CodePermission.FUNCTION_DEFINITION)


def test_the_first_place_is_told():
    with pytest.raises(pg.coding.CodeError) as raised:
        parse("x\nfor i in x:\n  f(i)\nimport os", CodePermission.ASSIGN)
    assert raised.value.lineno == 2
    assert raised.value.cause.text == "for i in x:"


@pytest.mark.parametrize("code", ["f(", "  x", "x\0", "(" * 1000])
def test_what_is_not_python(code):
    with pytest.raises(pg.coding.CodeError) as raised:
        parse(code)
    assert raised.value.code == code


@pytest.mark.parametrize("code", [1, b"x", None])
def test_what_is_no_text(code):
    with pytest.raises(TypeError, match="Expected code as a str"):
        parse(code)


def test_deep_code_does_not_exhaust_the_stack():
    parse("+".join(["x"] * 500), CodePermission(0))
