"""Values that callees look up by name."""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from pyglove.utils.error import PyGloveKeyError
from pyglove.utils.late_dataclass import late_frozen_dataclass
from pyglove.utils.missing import MISSING_VALUE
from pyglove.utils.scope import Scope

R = TypeVar("R")

# The default that requests an error; callers cannot pass it by accident.
_RAISE = (MISSING_VALUE,)


@late_frozen_dataclass
class ContextualOverride:
    """The value of a contextual variable, and its scope.

    Attributes:
      value: The value.
      cascade: Whether it takes precedence over inner overrides.
      override_attrs: Whether it takes precedence over assigned symbolic attributes.
    """

    value: Any
    cascade: bool = False
    override_attrs: bool = False


OVERRIDES: Scope[dict[str, ContextualOverride]] = Scope("contextual_overrides", {})


def contextual_override(
    *, cascade: bool = False, override_attrs: bool = False, **variables: Any
) -> AbstractContextManager[dict[str, ContextualOverride]]:
    """Sets contextual variables for the current thread within a `with` block.

    Args:
      cascade: Whether the values take precedence over inner blocks.
      override_attrs: Whether the values take precedence over assigned symbolic
        attributes.
      **variables: The values, or `ContextualOverride` objects, by name.

    Returns:
      A context manager that yields all overrides that apply.

    Example:
      >>> import pyglove.utils as utils
      >>> with utils.contextual_override(verbosity=2):
      ...     utils.contextual_value('verbosity')
      2
    """
    overrides = dict(OVERRIDES.get())
    for name, value in variables.items():
        outer = overrides.get(name)
        if outer is not None and outer.cascade:
            continue
        if not isinstance(value, ContextualOverride):
            value = ContextualOverride(value, cascade, override_attrs)
        overrides[name] = value
    return OVERRIDES.bind(overrides)


def with_contextual_override(func: Callable[..., R]) -> Callable[..., R]:
    """Binds a function to the current contextual variables.

    Args:
      func: The function, which may be called by another thread.

    Returns:
      A function that calls `func` under the current overrides.
    """
    overrides: dict[str, Any] = {**OVERRIDES.get()}

    @functools.wraps(func)
    def call(*args: Any, **kwargs: Any) -> R:
        with contextual_override(**overrides):
            return func(*args, **kwargs)

    return call


def get_contextual_override(var_name: str) -> ContextualOverride | None:
    """Returns the current override of a contextual variable, or None."""
    return OVERRIDES.get().get(var_name) if OVERRIDES.open_count else None


def contextual_value(var_name: str, default: Any = _RAISE) -> Any:
    """Returns the value of a contextual variable.

    Args:
      var_name: The name of the variable.
      default: What to return if it is not set.

    Returns:
      The value.

    Raises:
      KeyError: It is not set, and there is no default.
    """
    override = get_contextual_override(var_name)
    if override is not None:
        return override.value
    if default is _RAISE:
        raise PyGloveKeyError(
            f"Expected a value of contextual variable {var_name!r}, got none. Set it "
            "by `pg.contextual_override`, or pass a default."
        )
    return default


def all_contextual_values() -> dict[str, Any]:
    """Returns the values of all contextual variables, by name."""
    return {name: override.value for name, override in OVERRIDES.get().items()}
