"""Callables in specs and functors of untrusted documents.

A reference to a function that the program defines does no harm. But a value spec calls
its transform, and a functor may call its arguments. There, an untrusted document may
only use functions and classes that are admitted for calls.
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
    """Rejects a function that would be called with values of the document.

    Args:
      owner: A description of the caller, for the error message.
      function: The function, or None.

    Raises:
      UntrustedError: The function is not admitted for calls.
    """
    if function is None or LOAD_OPTIONS.get().trusted:
        return
    if not is_admitted_for_calls(function):
        raise _refusal(owner, function)


def refuse_functions(owner: str, values: Iterable[Any], classes: bool = False) -> None:
    """Rejects functions among values, and in lists, tuples and dicts of values.

    Args:
      owner: A description of their owner, for the error message.
      values: The values.
      classes: Whether to reject classes too, unless documents may create their objects
        anyway.

    Raises:
      UntrustedError: A function is not admitted for calls.
    """
    if LOAD_OPTIONS.get().trusted:
        return
    pending = list(values)
    while pending:
        value = pending.pop()
        if isinstance(value, (list, tuple, set, frozenset)):
            pending.extend(value)
        elif isinstance(value, dict):
            # A symbolic dict would infer values.
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
