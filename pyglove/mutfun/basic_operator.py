"""Operators: arithmetic and comparisons."""

import keyword
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pyglove.mutfun.code import INDENT, Context, evaluate, operand_repr
from pyglove.mutfun.instruction import Instruction, stands_for
from pyglove.mutfun.reaching_definition import Trace
from pyglove.mutfun.writer import Writer


class Operator(Instruction):
    """Base of operators.

    Attributes:
      ORDER: How tightly it binds its operands; the greater the tighter. Without one, it
        is always put in parentheses.
      OPERATOR_STR: The operator in Python. If that is a name (`max`), or if there is
        none, the operator is written as a call.
      OPERATOR_FN: The method that computes its value, out of the values of operands.
    """

    ORDER: ClassVar[int | None] = None
    OPERATOR_STR: ClassVar[str | None] = None
    if TYPE_CHECKING:

        @classmethod
        def OPERATOR_FN(cls, *args: Any, **kwargs: Any) -> Any:
            """Returns the value, out of those of operands."""
    else:
        OPERATOR_FN = None

    # Python chains comparisons: `1 < 2 < 3` is not `(1 < 2) < 3`.
    _is_comparison: ClassVar[bool] = False

    @classmethod
    def _is_complete(cls) -> bool:
        is_own = cls.evaluate not in (UnaryOperator.evaluate, BinaryOperator.evaluate)
        return super()._is_complete() and (is_own or cls.OPERATOR_FN is not None)

    def maybe_parenthesize(self, child: Any) -> str:
        """Returns an operand as Python, in parentheses where that is needed.

        Args:
          child: The operand: code, or any other value.
        """
        text = operand_repr(child)
        if not isinstance(child, Operator) or child._is_call:
            return text
        is_loose = (
            self.ORDER is None or child.ORDER is None or child.ORDER <= self.ORDER
        )
        if is_loose or (self._is_comparison and child._is_comparison):
            return f"({text})"
        return text

    @property
    def _is_call(self) -> bool:
        """Whether it is written as a call."""
        text = self.OPERATOR_STR
        return text is None or (text.isidentifier() and not keyword.iskeyword(text))

    def _as_call(self, *operands: Any) -> str:
        name = self.OPERATOR_STR or type(self).__name__
        return f"{name}({', '.join(map(operand_repr, operands))})"

    def _operation(self) -> Callable[..., Any]:
        """Returns the function that computes the value."""
        fn = self.OPERATOR_FN
        if fn is None:
            raise NotImplementedError(
                f"Expected `OPERATOR_FN` or `evaluate` in {type(self)!r}, got neither."
            )
        return fn

    def _write_operation(self, writer: Writer, *operands: Any) -> str:
        """Returns the operation as an expression of Python."""
        values = [writer.value(operand) for operand in operands]
        native = _NATIVE.get(type(self))
        if native is None:
            return f"{writer.constant(self._operation())}({', '.join(values)})"
        return f"({' '.join([*values[:-1], native, values[-1]])})"


class UnaryOperator(Operator):
    """Base of operators of one operand. Subclasses have an `OPERATOR_FN`.

    Example:
      >>> import math
      >>> class Log(pg.mutfun.UnaryOperator):
      ...     OPERATOR_STR = 'log'
      ...     def OPERATOR_FN(self, x):
      ...         return math.log(x) if x > 0 else 0.0
      >>> print(1 + Log(pg.mutfun.Var('x')))
      1 + log(x)
      >>> Log(pg.mutfun.Var('x')).evaluate({'x': 1.0})
      0.0
    """

    x: Annotated[Any, "The operand: code, or any other value."]

    def evaluate(self, context: Context) -> Any:
        """Returns the value of the operator."""
        return self._operation()(evaluate(self.x, context))

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the operation as Python."""
        if self._is_call:
            text = self._as_call(self.x)
        else:
            symbol = str(self.OPERATOR_STR)
            space = " " if symbol.isidentifier() else ""
            text = f"{symbol}{space}{self.maybe_parenthesize(self.x)}"
        return INDENT * block_indent + text

    def _trace(self, trace: Trace) -> None:
        trace.visit(self.x)

    def _write(self, writer: Writer) -> str:
        return self._write_operation(writer, self.x)


class BinaryOperator(Operator):
    """Base of operators of two operands. Subclasses have an `OPERATOR_FN`.

    Example:
      >>> class Maximum(pg.mutfun.BinaryOperator):
      ...     OPERATOR_STR = 'max'
      ...     def OPERATOR_FN(self, x, y):
      ...         return max(x, y)
      >>> f = pg.mutfun.Function(
      ...     'f', [Maximum(pg.mutfun.Var('x'), 0) * 2], args=['x'])
      >>> print(f)
      def f(x):
        return max(x, 0) * 2
      >>> f(-1), f(1)
      (0, 2)
    """

    x: Annotated[Any, "The left operand: code, or any other value."]
    y: Annotated[Any, "The right operand: code, or any other value."]

    def evaluate(self, context: Context) -> Any:
        """Returns the value of the operator."""
        x, y = evaluate(self.x, context), evaluate(self.y, context)
        return self._operation()(x, y)

    def python_repr(self, block_indent: int = 0) -> str:
        """Returns the operation as Python."""
        if self._is_call:
            text = self._as_call(self.x, self.y)
        else:
            left, right = map(self.maybe_parenthesize, (self.x, self.y))
            text = f"{left} {self.OPERATOR_STR} {right}"
        return INDENT * block_indent + text

    def _trace(self, trace: Trace) -> None:
        trace.visit(self.x)
        trace.visit(self.y)

    def _write(self, writer: Writer) -> str:
        return self._write_operation(writer, self.x, self.y)


@stands_for("__neg__")
class Negate(UnaryOperator):
    """`-x`."""

    ORDER = 7
    OPERATOR_STR = "-"

    @classmethod
    def OPERATOR_FN(cls, x: Any) -> Any:
        """Returns `-x`."""
        return -x


@stands_for("__add__")
class Add(BinaryOperator):
    """`x + y`."""

    ORDER = 3
    OPERATOR_STR = "+"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x + y`."""
        return x + y


@stands_for("__sub__")
class Substract(BinaryOperator):
    """`x - y`."""

    ORDER = 3
    OPERATOR_STR = "-"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x - y`."""
        return x - y


@stands_for("__mul__")
class Multiply(BinaryOperator):
    """`x * y`."""

    ORDER = 4
    OPERATOR_STR = "*"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x * y`."""
        return x * y


@stands_for("__truediv__")
class Divide(BinaryOperator):
    """`x / y`."""

    ORDER = 4
    OPERATOR_STR = "/"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x / y`."""
        return x / y


@stands_for("__floordiv__")
class FloorDivide(BinaryOperator):
    """`x // y`."""

    ORDER = 4
    OPERATOR_STR = "//"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x // y`."""
        return x // y


@stands_for("__mod__")
class Mod(BinaryOperator):
    """`x % y`."""

    ORDER = 4
    OPERATOR_STR = "%"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x % y`."""
        return x % y


@stands_for("__pow__")
class Power(BinaryOperator):
    """`x ** y`."""

    ORDER = 6
    OPERATOR_STR = "**"

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x ** y`."""
        return x**y

    def maybe_parenthesize(self, child: Any) -> str:
        """Returns an operand as Python, in parentheses where that is needed."""
        # `-2 ** 2` is `-(2 ** 2)`.
        is_negative = isinstance(child, int | float) and child < 0
        if is_negative or (child is self.x and isinstance(child, Negate)):
            return f"({operand_repr(child)})"
        return super().maybe_parenthesize(child)


@stands_for("__gt__")
class GreaterThan(BinaryOperator):
    """`x > y`."""

    ORDER = 2
    OPERATOR_STR = ">"
    _is_comparison = True

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x > y`."""
        return x > y


class Equals(BinaryOperator):
    """`x == y`."""

    ORDER = 3
    OPERATOR_STR = "=="
    _is_comparison = True

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x == y`."""
        return x == y


class NotEquals(BinaryOperator):
    """`x != y`."""

    ORDER = 3
    OPERATOR_STR = "!="
    _is_comparison = True

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x != y`."""
        return x != y


@stands_for("__lt__")
class LessThan(BinaryOperator):
    """`x < y`."""

    ORDER = 2
    OPERATOR_STR = "<"
    _is_comparison = True

    @classmethod
    def OPERATOR_FN(cls, x: Any, y: Any) -> Any:
        """Returns `x < y`."""
        return x < y


# What Python does by itself.
_NATIVE: dict[type[Operator], str] = {
    cls: str(cls.OPERATOR_STR)
    for cls in (
        Negate,
        Add,
        Substract,
        Multiply,
        Divide,
        FloorDivide,
        Mod,
        Power,
        GreaterThan,
        Equals,
        NotEquals,
        LessThan,
    )
}

_BASES: tuple[type[Operator], ...] = (Operator, UnaryOperator, BinaryOperator)

for _cls in (*_BASES, *_NATIVE):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.mutfun.basic_ops.{_cls.__name__}")
