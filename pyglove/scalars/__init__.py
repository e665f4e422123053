"""Scalars: hyper-parameters that change over time.

Schedules (`linear`, `cosine_decay`, `StepWise`, ...), random scalars (`Uniform`,
`Gaussian`, ...) and arithmetic on them (`STEP * 0.1 + 1`).
"""

from pyglove.scalars.base import (
    STEP,
    Absolute,
    Addition,
    BinaryOp,
    Ceiling,
    Constant,
    Division,
    Floor,
    Lambda,
    Mod,
    Multiplication,
    Negation,
    Power,
    Scalar,
    Substraction,
    UnaryOp,
    make_scalar,
    scalar_spec,
    scalar_value,
)
from pyglove.scalars.function import (
    Cosine,
    Exp,
    Log,
    Sine,
    SquareRoot,
    cos,
    exp,
    log,
    sin,
    sqrt,
)
from pyglove.scalars.random_scalar import (
    Gaussian,
    LogNormal,
    Normal,
    RandomScalar,
    Triangular,
    Uniform,
)
from pyglove.scalars.schedule import (
    StepWise,
    cosine_decay,
    cyclic,
    exponential_decay,
    linear,
)

__all__ = [
    # The interface.
    "Scalar",
    "STEP",
    "Constant",
    "Lambda",
    "make_scalar",
    "scalar_spec",
    "scalar_value",
    # Arithmetic.
    "UnaryOp",
    "BinaryOp",
    "Negation",
    "Absolute",
    "Floor",
    "Ceiling",
    "Addition",
    "Substraction",
    "Multiplication",
    "Division",
    "Mod",
    "Power",
    # Functions.
    "Sine",
    "Cosine",
    "Exp",
    "Log",
    "SquareRoot",
    "sin",
    "cos",
    "exp",
    "log",
    "sqrt",
    # Schedules.
    "StepWise",
    "linear",
    "cosine_decay",
    "exponential_decay",
    "cyclic",
    # Random scalars.
    "RandomScalar",
    "Uniform",
    "Triangular",
    "Gaussian",
    "Normal",
    "LogNormal",
]


def __dir__() -> list[str]:
    return sorted(__all__)
