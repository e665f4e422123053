"""Scalars: numbers that change over time, and arithmetic on them.

A scalar is a function of the step, which counts how often its owner was used. A
hyper-parameter that may change over time accepts a number, a scalar, or any function of
the step.
"""

import abc
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove.symbolic import Object


def scalar_spec(value_spec: pg_typing.ValueSpec) -> pg_typing.ValueSpec:
    """Returns the spec of a field that holds a value or a function of the step.

    Args:
      value_spec: The spec of the value.

    Returns:
      A spec that accepts both.

    Example:
      >>> scalar_spec(pg.typing.Int(min_value=0)).apply(3)
      3
    """
    return pg_typing.Union(
        [value_spec, pg_typing.Callable([pg_typing.Int()], returns=value_spec)]
    )


def scalar_value(value: Any, step: int) -> Any:
    """Returns the value at a step of a constant or a function of the step.

    Args:
      value: A constant, or a function of the step.
      step: The step.

    Example:
      >>> scalar_value(3, step=5), scalar_value(lambda step: step * 2, step=5)
      (3, 10)
    """
    return value(step) if callable(value) else value


def make_scalar(value: Any) -> "Scalar":
    """Returns a scalar for a constant or a function of the step.

    Args:
      value: A scalar, a function of the step, or any other value.

    Example:
      >>> make_scalar(1.5)
      Constant(value=1.5)
    """
    if isinstance(value, Scalar):
        return value
    return Lambda(value) if callable(value) else Constant(value)


if TYPE_CHECKING:
    #: A number that may change over time.
    Number = int | float | Callable[[int], Any]
else:
    Number = scalar_spec(pg_typing.Union([pg_typing.Int(), pg_typing.Float()]))


class Scalar(Object):
    """Base of numbers that change over time.

    Scalars support arithmetic, which yields scalars. Subclasses implement `call`.

    Example:
      >>> warm_up = pg.scalars.STEP / 10 + 1
      >>> warm_up(0), warm_up(5)
      (1.0, 1.5)
    """

    def __call__(self, step: int) -> Any:
        """Returns the value at a step."""
        return self.call(step)

    @abc.abstractmethod
    def call(self, step: int) -> Any:
        """Returns the value at a step. Subclasses implement it.

        Args:
          step: The number of previous uses of the owner of the scalar.
        """

    def floor(self) -> "Floor":
        """Returns this, rounded down to an integer."""
        return Floor(self)

    def ceil(self) -> "Ceiling":
        """Returns this, rounded up to an integer."""
        return Ceiling(self)

    def __neg__(self) -> "Negation":
        return Negation(self)

    def __abs__(self) -> "Absolute":
        return Absolute(self)

    def __add__(self, other: Number) -> "Addition":
        return Addition(self, other)

    def __radd__(self, other: Number) -> "Addition":
        return Addition(other, self)

    def __sub__(self, other: Number) -> "Substraction":
        return Substraction(self, other)

    def __rsub__(self, other: Number) -> "Substraction":
        return Substraction(other, self)

    def __mul__(self, other: Number) -> "Multiplication":
        return Multiplication(self, other)

    def __rmul__(self, other: Number) -> "Multiplication":
        return Multiplication(other, self)

    def __truediv__(self, other: Number) -> "Division":
        return Division(self, other)

    def __rtruediv__(self, other: Number) -> "Division":
        return Division(other, self)

    def __floordiv__(self, other: Number) -> "Floor":
        return Floor(Division(self, other))

    def __rfloordiv__(self, other: Number) -> "Floor":
        return Floor(Division(other, self))

    def __mod__(self, other: Number) -> "Mod":
        return Mod(self, other)

    def __rmod__(self, other: Number) -> "Mod":
        return Mod(other, self)

    def __pow__(self, other: Number) -> "Power":
        return Power(self, other)

    def __rpow__(self, other: Number) -> "Power":
        return Power(other, self)


class _Step(Scalar):
    """The step itself."""

    def call(self, step: int) -> int:
        """Returns the step."""
        return step


#: The step itself, from which schedules are built: `STEP * 0.1 + 1`.
STEP = _Step()


class Constant(Scalar):
    """A constant value."""

    value: Annotated[Any, "The value."]

    def call(self, step: int) -> Any:
        """Returns the value."""
        return self.value


class Lambda(Scalar):
    """A scalar from a function of the step."""

    fn: Annotated[Any, "A function of the step."]

    def call(self, step: int) -> Any:
        """Returns the result of the function for the step."""
        return self.fn(step)


class UnaryOp(Scalar):
    """Base of operations on one scalar. Subclasses implement `operate`."""

    x: Annotated[Number, "The operand."]

    def call(self, step: int) -> Any:
        """Returns the result of the operation on the operand's value at a step."""
        return self.operate(scalar_value(self.x, step))

    @abc.abstractmethod
    def operate(self, x: float) -> float:
        """Returns the result for a number. Subclasses implement it."""


class BinaryOp(Scalar):
    """Base of operations on two scalars. Subclasses implement `operate`."""

    x: Annotated[Number, "The left operand."]
    y: Annotated[Number, "The right operand."]

    def call(self, step: int) -> Any:
        """Returns the result of the operation on the operands' values at a step."""
        return self.operate(scalar_value(self.x, step), scalar_value(self.y, step))

    @abc.abstractmethod
    def operate(self, x: float, y: float) -> float:
        """Returns the result for two numbers. Subclasses implement it."""


class Negation(UnaryOp):
    """`-x`."""

    def operate(self, x: float) -> float:
        """Returns `-x`."""
        return -x


class Absolute(UnaryOp):
    """`abs(x)`."""

    def operate(self, x: float) -> float:
        """Returns `abs(x)`."""
        return abs(x)


class Floor(UnaryOp):
    """The greatest integer that is not above x."""

    def operate(self, x: float) -> int:
        """Returns the greatest integer that is not above x."""
        return math.floor(x)


class Ceiling(UnaryOp):
    """The smallest integer that is not below x."""

    def operate(self, x: float) -> int:
        """Returns the smallest integer that is not below x."""
        return math.ceil(x)


class Addition(BinaryOp):
    """`x + y`."""

    def operate(self, x: float, y: float) -> float:
        """Returns `x + y`."""
        return x + y


class Substraction(BinaryOp):
    """`x - y`."""

    def operate(self, x: float, y: float) -> float:
        """Returns `x - y`."""
        return x - y


class Multiplication(BinaryOp):
    """`x * y`."""

    def operate(self, x: float, y: float) -> float:
        """Returns `x * y`."""
        return x * y


class Division(BinaryOp):
    """`x / y`."""

    def operate(self, x: float, y: float) -> float:
        """Returns `x / y`."""
        return x / y


class Mod(BinaryOp):
    """`x % y`."""

    def operate(self, x: float, y: float) -> float:
        """Returns `x % y`."""
        return x % y


class Power(BinaryOp):
    """x raised to y, as a float."""

    def operate(self, x: float, y: float) -> float:
        """Returns x raised to y."""
        return math.pow(x, y)


for _cls in (
    Scalar,
    _Step,
    Constant,
    Lambda,
    UnaryOp,
    BinaryOp,
    Negation,
    Absolute,
    Floor,
    Ceiling,
    Addition,
    Substraction,
    Multiplication,
    Division,
    Mod,
    Power,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.scalars.base.{_cls.__name__}")
