"""Instructions: code that is evaluated for its value."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pyglove.mutfun.code import Code
from pyglove.utils.serialization.json_type import published_as

OperatorT = TypeVar("OperatorT", bound="type[Instruction]")

# Operators by the method that stands for them.
_OPERATORS: dict[str, type["Instruction"]] = {}

# All types of instructions by the name that files know them by, oldest first.
_TYPES: dict[str, type["Instruction"]] = {}


@published_as("pyglove.ext.mutfun.base.Instruction")
class Instruction(Code):
    """Base of instructions. Subclasses implement `evaluate` and `python_repr`.

    The arithmetic operators of Python make instructions out of instructions, and so do
    `<` and `>`. (`==` compares by identity; see `pg.mutfun.Equals`.)

    Example:
      >>> class Max(pg.mutfun.Instruction):
      ...     values: list
      ...     def evaluate(self, context):
      ...         return max(pg.mutfun.evaluate(x, context) for x in self.values)
      ...     def python_repr(self, block_indent=0):
      ...         values = ', '.join(map(pg.mutfun.python_repr, self.values))
      ...         return '  ' * block_indent + f'max({values})'
      >>> x = pg.mutfun.Var('x')
      >>> print(1 + Max([x, -x, 3]))
      1 + max(x, -x, 3)
      >>> (1 + Max([x, -x, 3])).evaluate({'x': -5})
      6
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _TYPES[f"{cls.__module__}.{cls.__qualname__}"] = cls

    @classmethod
    def select_types(
        cls, where: Callable[[type["Instruction"]], bool] = lambda _: True
    ) -> Iterator[type["Instruction"]]:
        """Iterates over the types of instructions that programs can be made of.

        They are this class and its subclasses, those of users too, in the order of
        their definition, and without abstract ones.

        Args:
          where: A function of a type that says whether it is selected.

        Example:
          >>> symbols = pg.mutfun.SymbolReference.select_types()
          >>> [cls.__name__ for cls in symbols][:2]
          ['Var', 'FunctionCall']
          >>> next(pg.mutfun.Instruction.select_types(
          ...     where=lambda cls: cls.__name__.startswith('F'))).__name__
          'FloorDivide'
        """
        for candidate in list(_TYPES.values()):
            if (
                issubclass(candidate, cls)
                and candidate._is_complete()
                and where(candidate)
            ):
                yield candidate

    @classmethod
    def _is_complete(cls) -> bool:
        """Whether instructions of this type can be evaluated."""
        return not inspect.isabstract(cls)

    def parent_instruction(self) -> "Instruction | None":
        """Returns the instruction that this is a part of, None if there is none."""
        parent = self.parent_code()
        while parent is not None and not isinstance(parent, Instruction):
            parent = parent.parent_code()
        return parent

    def __neg__(self) -> "Instruction":
        return _operate("__neg__", self)

    def __add__(self, other: Any) -> "Instruction":
        return _operate("__add__", self, other)

    def __radd__(self, other: Any) -> "Instruction":
        return _operate("__add__", other, self)

    def __sub__(self, other: Any) -> "Instruction":
        return _operate("__sub__", self, other)

    def __rsub__(self, other: Any) -> "Instruction":
        return _operate("__sub__", other, self)

    def __mul__(self, other: Any) -> "Instruction":
        return _operate("__mul__", self, other)

    def __rmul__(self, other: Any) -> "Instruction":
        return _operate("__mul__", other, self)

    def __truediv__(self, other: Any) -> "Instruction":
        return _operate("__truediv__", self, other)

    def __rtruediv__(self, other: Any) -> "Instruction":
        return _operate("__truediv__", other, self)

    def __floordiv__(self, other: Any) -> "Instruction":
        return _operate("__floordiv__", self, other)

    def __rfloordiv__(self, other: Any) -> "Instruction":
        return _operate("__floordiv__", other, self)

    def __mod__(self, other: Any) -> "Instruction":
        return _operate("__mod__", self, other)

    def __rmod__(self, other: Any) -> "Instruction":
        return _operate("__mod__", other, self)

    def __pow__(self, other: Any) -> "Instruction":
        return _operate("__pow__", self, other)

    def __rpow__(self, other: Any) -> "Instruction":
        return _operate("__pow__", other, self)

    def __lt__(self, other: Any) -> "Instruction":
        return _operate("__lt__", self, other)

    def __gt__(self, other: Any) -> "Instruction":
        return _operate("__gt__", self, other)


def stands_for(method: str) -> Callable[[OperatorT], OperatorT]:
    """Returns a class decorator of the operator that a method of instructions makes.

    Args:
      method: Name of the method.
    """

    def register(cls: OperatorT) -> OperatorT:
        _OPERATORS[method] = cls
        return cls

    return register


def _operate(method: str, *operands: Any) -> Instruction:
    return _OPERATORS[method](*operands)
