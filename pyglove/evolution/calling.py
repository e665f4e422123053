"""Calling functions that take as much of the context as they want.

Operations, and the plain functions that stand in for them, are called with inputs, the
global state and the step. A function that does not name `global_state` or `step` is
called without it.
"""

import inspect
import types
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from pyglove.geno import AttributeDict
from pyglove.symbolic import Functor

# Whether a function takes `global_state`, and whether it takes `step`.
_Wants = tuple[bool, bool]

_TAKES_ANY_KEYWORD = 0x08  # `CO_VARKEYWORDS` of a code object.

# By function, for methods: programs define a limited number of them.
_WANTS_BY_METHOD: WeakKeyDictionary[Callable[..., Any], _Wants] = WeakKeyDictionary()

# By class, for callables that are not functions.
_WANTS_BY_CLASS: WeakKeyDictionary[type[Any], _Wants] = WeakKeyDictionary()


Caller = Callable[[Any, AttributeDict, int], Any]


def caller(fn: Callable[..., Any]) -> Caller:
    """Returns a function that calls another with as much of the context as it takes.

    Args:
      fn: The function that is called.

    Returns:
      A function of the inputs, the global state and the step.
    """
    takes_state, takes_step = wants(fn)
    if takes_state and takes_step:
        return lambda inputs, global_state, step: fn(
            inputs, global_state=global_state, step=step
        )
    if takes_state:
        return lambda inputs, global_state, step: fn(inputs, global_state=global_state)
    if takes_step:
        return lambda inputs, global_state, step: fn(inputs, step=step)
    return lambda inputs, global_state, step: fn(inputs)


def call(
    fn: Callable[..., Any], inputs: Any, global_state: AttributeDict, step: int
) -> Any:
    """Calls a function with as much of the context as it takes.

    Args:
      fn: The function.
      inputs: Its first argument.
      global_state: Given as `global_state` if the function has such an argument.
      step: Given as `step` if the function has such an argument.

    Returns:
      The result of the function.
    """
    takes_state, takes_step = wants(fn)
    if takes_state:
        if takes_step:
            return fn(inputs, global_state=global_state, step=step)
        return fn(inputs, global_state=global_state)
    if takes_step:
        return fn(inputs, step=step)
    return fn(inputs)


def wants(fn: Callable[..., Any]) -> _Wants:
    """Returns whether a function takes `global_state`, and whether it takes `step`.

    Args:
      fn: The function.
    """
    if isinstance(fn, types.MethodType):
        method = fn.__func__
        found = _WANTS_BY_METHOD.get(method)
        if found is None:
            found = _WANTS_BY_METHOD[method] = wants(method)
        return found
    code = getattr(fn, "__code__", None)
    if code is None:
        return _wants_of_object(fn)
    if code.co_flags & _TAKES_ANY_KEYWORD:
        return True, True
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return "global_state" in names, "step" in names


def _wants_of_object(fn: Callable[..., Any]) -> _Wants:
    """Does it for an object that is called, such as an operation or a functor."""
    cls = type(fn)
    found = _WANTS_BY_CLASS.get(cls)
    if found is None:
        method = getattr(cls, "__call__", None)  # noqa: B004 - it is callable.
        if not isinstance(method, types.FunctionType):
            return _wants_of_signature(fn)
        # The constructor of a functor takes the same arguments.
        is_functor = isinstance(fn, Functor)
        found = _wants_of_signature(cls) if is_functor else wants(method)
        _WANTS_BY_CLASS[cls] = found
    return found


def _wants_of_signature(fn: Callable[..., Any]) -> _Wants:
    try:
        parameters = inspect.signature(fn).parameters
    except (TypeError, ValueError):
        return False, False
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return True, True
    return "global_state" in parameters, "step" in parameters
