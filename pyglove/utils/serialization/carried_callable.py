"""Callables that specs and functors carry, and a document must not give them.

To refer to a function that the program defines does no harm. A value spec calls its
transform, though, and a functor what it was given: there, a document gets only
functions and classes that were admitted for it.
"""

import types
from collections.abc import Iterable
from typing import Any

from pyglove.utils.error import UntrustedError
from pyglove.utils.serialization.trust import (
    LOAD_OPTIONS,
    is_admitted_for_calls,
    is_harmless_class,
)

_FUNCTION_TYPES = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
)


def refuse_called(owner: str, function: Any) -> None:
    """Refuses what would be called with values of the document.

    Args:
      owner: What would call it, for the error message.
      function: What would be called; None if there is nothing.

    Raises:
      UntrustedError: The document may not have it called.
    """
    if function is None or LOAD_OPTIONS.get().trusted:
        return
    if not is_admitted_for_calls(function):
        raise _refusal(owner, function)


def refuse_functions(owner: str, values: Iterable[Any], classes: bool = False) -> None:
    """Refuses functions among values, and within lists, tuples and dicts of them.

    Args:
      owner: What would get them, for the error message.
      values: The values.
      classes: Whether to refuse classes, too, unless documents may make objects of
        them anyway.

    Raises:
      UntrustedError: There is a function that the document may not have called.
    """
    if LOAD_OPTIONS.get().trusted:
        return
    pending = list(values)
    while pending:
        value = pending.pop()
        if isinstance(value, (list, tuple, set, frozenset)):
            pending.extend(value)
        elif isinstance(value, dict):
            # The values as they are: a symbolic dict would infer some of them.
            pending.extend(dict.values(value))
        elif isinstance(value, _FUNCTION_TYPES):
            if not is_admitted_for_calls(value):
                raise _refusal(owner, value)
        elif (
            classes
            and isinstance(value, type)
            and not is_harmless_class(value)
            and not is_admitted_for_calls(value)
        ):
            raise _refusal(owner, value)


def _refusal(owner: str, function: Any) -> UntrustedError:
    module = getattr(function, "__module__", None)
    name = getattr(function, "__qualname__", None) or type(function).__name__
    return UntrustedError(
        f"{name!r} of module {module!r} as a part of {owner}",
        "what may be called with values of a document has to be admitted by "
        "`pg.utils.admit(..., calls=True)`",
    )
