"""Programs as mutable functions, for evolution and symbolic regression.

A program is a `Function`: a symbolic tree of lines and instructions, which can be
called, printed as Python, and changed in any place. Each piece of code knows what it
depends on and what depends on it, so that lines can be inserted, replaced and removed
with care.
"""

from pyglove.mutfun.basic_operator import (
    Add,
    BinaryOperator,
    Divide,
    Equals,
    FloorDivide,
    GreaterThan,
    LessThan,
    Mod,
    Multiply,
    Negate,
    NotEquals,
    Operator,
    Power,
    Substract,
    UnaryOperator,
)
from pyglove.mutfun.code import Code, evaluate, python_repr
from pyglove.mutfun.control_flow import If, While
from pyglove.mutfun.function import Function, FunctionCall
from pyglove.mutfun.instruction import Instruction
from pyglove.mutfun.symbol import Assign, SymbolDefinition, SymbolReference, Var

__all__ = [
    # Programs.
    "Code",
    "Function",
    "evaluate",
    "python_repr",
    # Names.
    "SymbolDefinition",
    "SymbolReference",
    "Assign",
    "Var",
    "FunctionCall",
    # Instructions.
    "Instruction",
    "If",
    "While",
    # Operators.
    "Operator",
    "UnaryOperator",
    "BinaryOperator",
    "Negate",
    "Add",
    "Substract",
    "Multiply",
    "Divide",
    "FloorDivide",
    "Mod",
    "Power",
    "Equals",
    "NotEquals",
    "LessThan",
    "GreaterThan",
]


def __dir__() -> list[str]:
    return sorted(__all__)
