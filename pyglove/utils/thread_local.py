"""Values by name that are local to a thread."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from pyglove.utils.error import (
    PyGloveAttributeError,
    PyGloveIndexError,
    PyGloveTypeError,
    PyGloveValueError,
)

_STATE = threading.local()

# The default that requests an error.
_RAISE = ValueError()


def _values() -> dict[str, Any]:
    return _STATE.__dict__


def _absent(key: str) -> str:
    return f"Expected a value under {key!r} in this thread, got none. Set it first."


def thread_local_has(key: str) -> bool:
    """Whether the current thread has a value under a name."""
    return key in _values()


def thread_local_set(key: str, value: Any) -> None:
    """Sets a value of the current thread."""
    _values()[key] = value


def thread_local_get(key: str, default_value: Any = _RAISE) -> Any:
    """Gets a value of the current thread.

    Args:
      key: The name.
      default_value: What to return if there is no such value.

    Returns:
      The value.

    Raises:
      ValueError: There is no such value, and no default.
    """
    value = _values().get(key, default_value)
    if value is _RAISE:
        raise PyGloveValueError(_absent(key))
    return value


def thread_local_del(key: str) -> None:
    """Deletes a value of the current thread.

    Raises:
      AttributeError: There is no such value.
    """
    if key not in _values():
        raise PyGloveAttributeError(_absent(key))
    del _values()[key]


def thread_local_increment(key: str, default_initial_value: int = 0) -> int:
    """Adds 1 to a counter of the current thread.

    Args:
      key: The name.
      default_initial_value: The count of a new counter.

    Returns:
      The new count.
    """
    value = thread_local_get(key, default_initial_value) + 1
    thread_local_set(key, value)
    return value


def thread_local_decrement(
    key: str,
    default_initial_value: int = _RAISE,  # type: ignore[assignment]
) -> int:
    """Subtracts 1 from a counter of the current thread.

    Args:
      key: The name.
      default_initial_value: The count of a new counter.

    Returns:
      The new count.

    Raises:
      ValueError: There is no such counter, and no initial value.
    """
    value = thread_local_get(key, default_initial_value) - 1
    thread_local_set(key, value)
    return value


def thread_local_push(key: str, value: Any) -> None:
    """Pushes a value onto a stack of the current thread."""
    _values().setdefault(key, []).append(value)


def thread_local_peek(key: str, default_value: Any = _RAISE) -> Any:
    """Gets the value on top of a stack of the current thread.

    Args:
      key: The name of the stack.
      default_value: What to return if the stack is empty or absent.

    Returns:
      The value.

    Raises:
      ValueError: The stack is empty or absent, and there is no default.
    """
    stack = _values().get(key)
    if stack:
        return stack[-1]
    if default_value is _RAISE:
        raise PyGloveValueError(
            f"Expected a stack with values under {key!r} in this thread, got "
            f"{'none' if stack is None else 'an empty one'}. Push a value first."
        )
    return default_value


def thread_local_pop(key: str, default_value: Any = _RAISE) -> Any:
    """Removes and returns the value on top of a stack of the current thread.

    Args:
      key: The name of the stack.
      default_value: What to return if the stack is empty or absent.

    Returns:
      The value.

    Raises:
      ValueError: There is no such stack, and no default.
      IndexError: The stack is empty, and there is no default.
      TypeError: The value is not a stack.
    """
    stack = _values().get(key)
    if stack is not None and not isinstance(stack, list):
        raise PyGloveTypeError(
            f"Expected a stack under {key!r} in this thread, got {stack!r}."
        )
    if stack:
        return stack.pop()
    if stack is not None and default_value is _RAISE:
        raise PyGloveIndexError(
            f"Expected a stack with values under {key!r} in this thread, got an empty "
            "one. Push a value first."
        )
    return thread_local_peek(key, default_value)


@contextlib.contextmanager
def thread_local_value_scope(
    key: str, value_in_scope: Any, initial_value: Any
) -> Iterator[None]:
    """Sets a value of the current thread for the extent of a `with` block.

    Args:
      key: The name.
      value_in_scope: The value within the block.
      initial_value: Ignored. After the block, the value is the former one, if there was
        one.

    Yields:
      Nothing.
    """
    del initial_value
    values = _values()
    previous = values.get(key, _RAISE)
    values[key] = value_in_scope
    try:
        yield
    finally:
        if previous is _RAISE:
            values.pop(key, None)
        else:
            values[key] = previous
