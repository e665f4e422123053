"""Mathematical functions of scalars."""

import math
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove.scalars.base import Number, Scalar, UnaryOp, scalar_spec, scalar_value


def _positive() -> pg_typing.ValueSpec:
    return scalar_spec(
        pg_typing.Union([pg_typing.Int(min_value=2), pg_typing.Float(min_value=0.0)])
    )


if TYPE_CHECKING:
    Positive = Number
    Base = Number
else:
    Positive, Base = _positive(), _positive()


class Sine(UnaryOp):
    """Sine of x, in radians."""

    def operate(self, x: float) -> float:
        """Returns the sine of x."""
        return math.sin(x)


class Cosine(UnaryOp):
    """Cosine of x, in radians."""

    def operate(self, x: float) -> float:
        """Returns the cosine of x."""
        return math.cos(x)


class Exp(UnaryOp):
    """e raised to x."""

    def operate(self, x: float) -> float:
        """Returns e raised to x."""
        return math.exp(x)


class SquareRoot(UnaryOp):
    """Square root of x."""

    def operate(self, x: float) -> float:
        """Returns the square root of x."""
        return math.sqrt(x)


class Log(Scalar):
    """Logarithm of x.

    Example:
      >>> pg.scalars.log(pg.scalars.STEP, 2)(8)
      3.0
    """

    x: Annotated[Positive, "The operand."]
    base: Annotated[Base, "Base of the logarithm."] = math.e

    def call(self, step: int) -> Any:
        """Returns the logarithm of the operand's value at a step."""
        return math.log(scalar_value(self.x, step), scalar_value(self.base, step))


sin = Sine
cos = Cosine
exp = Exp
sqrt = SquareRoot
log = Log

for _cls in (
    Sine,
    Cosine,
    Exp,
    SquareRoot,
    Log,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.scalars.maths.{_cls.__name__}")
