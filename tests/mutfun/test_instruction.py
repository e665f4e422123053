"""Instructions: operators of Python, and types to choose from."""

import operator

import pytest

import pyglove as pg
from pyglove import mutfun
from tests.mutfun.helper import x

ARITHMETIC = [
    (operator.add, mutfun.Add),
    (operator.sub, mutfun.Substract),
    (operator.mul, mutfun.Multiply),
    (operator.truediv, mutfun.Divide),
    (operator.floordiv, mutfun.FloorDivide),
    (operator.mod, mutfun.Mod),
    (operator.pow, mutfun.Power),
]


@pytest.mark.parametrize(("operate", "cls"), ARITHMETIC)
def test_operators_make_instructions(operate, cls):
    assert pg.eq(operate(x, 2), cls(mutfun.Var("x"), 2))
    assert pg.eq(operate(2, x), cls(2, mutfun.Var("x")))
    assert operate(7, x).evaluate({"x": 3}) == operate(7, 3)


def test_other_operators():
    assert pg.eq(-x, mutfun.Negate(mutfun.Var("x")))
    assert pg.eq(x < 2, mutfun.LessThan(mutfun.Var("x"), 2))
    assert pg.eq(x > 2, mutfun.GreaterThan(mutfun.Var("x"), 2))
    assert pg.eq(operator.lt(2, x), x > 2)
    with pytest.raises(TypeError):
        x <= 2  # noqa: B015
    with pytest.raises(TypeError):
        x & 2


def test_all_types_of_instructions_can_be_selected():
    selected = list(mutfun.Instruction.select_types())
    assert {cls for _, cls in ARITHMETIC} < set(selected)
    for cls in (mutfun.Var, mutfun.FunctionCall, mutfun.If, mutfun.While):
        assert cls in selected
    for cls in (mutfun.Instruction, mutfun.Operator, mutfun.BinaryOperator):
        assert cls not in selected
    assert len(selected) == len(set(selected))
    assert mutfun.Function not in selected


def test_types_below_a_type_are_selected():
    names = [cls.__name__ for cls in mutfun.UnaryOperator.select_types()]
    assert names[0] == "Negate"
    assert next(mutfun.Add.select_types()) is mutfun.Add
    assert set(mutfun.SymbolReference.select_types()) >= {
        mutfun.Var,
        mutfun.FunctionCall,
    }
    short = mutfun.BinaryOperator.select_types(where=lambda cls: len(cls.__name__) < 4)
    assert list(short)[:2] == [mutfun.Add, mutfun.Mod]


def test_types_of_users_are_selected_once_they_are_complete():
    class Base(mutfun.BinaryOperator):
        OPERATOR_STR = "?"

    class Incomplete(mutfun.Instruction):
        def evaluate(self, context):
            return 0

    class WithFunction(Base):
        def OPERATOR_FN(self, x, y):
            return 0

    class WithEvaluate(Base):
        def evaluate(self, context):
            return 0

    class Inherited(WithEvaluate):
        pass

    selected = list(mutfun.Instruction.select_types())
    assert selected[-3:] == [WithFunction, WithEvaluate, Inherited]
    assert list(Base.select_types()) == [WithFunction, WithEvaluate, Inherited]
    assert not list(Incomplete.select_types())


def test_a_type_that_is_defined_again_replaces_the_first():
    def define():
        class Again(mutfun.Negate):
            pass

        return Again

    define()
    last = define()
    assert [cls for cls in mutfun.Negate.select_types() if cls.__name__ == "Again"] == [
        last
    ]
