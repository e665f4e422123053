"""Equality of functions by their code."""

import operator
import types
import typing
from collections.abc import Callable


def callable_eq(
    x: Callable[..., typing.Any] | None, y: Callable[..., typing.Any] | None
) -> bool:
    """Whether two callables have the same behaviour.

    Functions are equal if their code, defaults and closures are, so that a lambda
    equals another one with the same code.

    Args:
      x: A callable, or None.
      y: Another callable, or None.

    Returns:
      Whether the callables have the same behaviour.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.callable_eq(lambda x: x + 1, lambda y: y + 1)
      True
      >>> pgt.callable_eq(lambda x: x + 1, lambda x: x + 2)
      False
    """
    if x is y:
        return True
    if x is None or y is None:
        return False
    if isinstance(x, types.MethodType) and isinstance(y, types.MethodType):
        return x.__self__ is y.__self__ and callable_eq(x.__func__, y.__func__)
    if isinstance(x, types.FunctionType) and isinstance(y, types.FunctionType):
        return _is_same_code(x.__code__, y.__code__) and (
            x.__defaults__ == y.__defaults__
            and x.__kwdefaults__ == y.__kwdefaults__
            and _closure(x) == _closure(y)
        )
    return bool(x == y)


def _closure(fn: types.FunctionType) -> list[typing.Any]:
    contents = []
    for cell in fn.__closure__ or ():
        try:
            contents.append(cell.cell_contents)
        except ValueError:  # The variable is not assigned yet.
            contents.append(None)
    return contents


# The behaviour of code, except for its constants. Names of local variables do not
# matter.
_behavior = operator.attrgetter(
    "co_code", "co_names", "co_argcount", "co_kwonlyargcount", "co_flags"
)


def _is_same_code(x: types.CodeType, y: types.CodeType) -> bool:
    if _behavior(x) != _behavior(y) or len(x.co_consts) != len(y.co_consts):
        return False
    return all(map(_is_same_constant, x.co_consts, y.co_consts))


def _is_same_constant(x: typing.Any, y: typing.Any) -> bool:
    if isinstance(x, types.CodeType) and isinstance(y, types.CodeType):
        return _is_same_code(x, y)
    return type(x) is type(y) and bool(x == y)
