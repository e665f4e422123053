"""Control flow: conditions and loops."""

import pytest

import pyglove as pg
from pyglove import mutfun
from tests.mutfun.helper import Assign, Function, Sum, outcome, x, y


def collatz():
    halve, grow = Assign("x", x // 2), Assign("x", 3 * x + 1)
    return Function(
        "collatz",
        [
            Assign("y", 0),
            mutfun.While(
                x > 1,
                [
                    mutfun.If(mutfun.Equals(x % 2, 0), [halve], [grow]),
                    Assign("y", y + 1),
                ],
            ),
            y,
        ],
        ["x"],
    )


def test_loops_and_conditions():
    f = collatz()
    assert [f(n) for n in (1, 6, 27)] == [0, 8, 111]
    f.compile()
    assert [f(n) for n in (1, 6, 27)] == [0, 8, 111]


def test_text():
    assert str(collatz()) == (
        "def collatz(x):\n"
        "  y = 0\n"
        "  while x > 1:\n"
        "    if x % 2 == 0:\n"
        "      x = x // 2\n"
        "    else:\n"
        "      x = 3 * x + 1\n"
        "    y = y + 1\n"
        "  return y"
    )
    assert str(mutfun.If(Assign("y", x), [])) == "if (y := x):\n  pass"
    assert str(mutfun.While(x, [])) == "while x:\n  pass"


@pytest.mark.parametrize("count", [1, 25])
def test_control_flow_has_no_value(count):
    f = Function("f", [mutfun.If(x < 1, [x, x + 1], [x * 2])], ["x"])
    empty = Function("f", [mutfun.If(x < 1, [], []), mutfun.While(False, [])], ["x"])
    nested = Function("f", [Sum([1, 2]), Assign("z", mutfun.If(x, [x]))], ["x"])
    for _ in range(count):
        assert f(0) is f(1) is empty(0) is nested(1) is None


@pytest.mark.parametrize("count", [1, 25])
def test_a_branch_that_is_not_taken_defines_nothing(count):
    f = Function("f", [mutfun.If(x < 1, [Assign("y", 1)]), y], ["x"])
    for _ in range(count):
        assert f(0) == 1
        assert outcome(f, 1) is KeyError


def test_files():
    f = collatz()
    assert pg.eq(pg.from_json_str(f.to_json_str()), f)
    document = {
        "_type": "pyglove.ext.mutfun.base.If",
        "predicate": True,
        "true_branch": [],
        "false_branch": None,
    }
    assert pg.eq(pg.from_json(document), mutfun.If(True, []))
