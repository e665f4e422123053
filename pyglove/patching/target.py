"""What can be patched."""

from typing import Any

from pyglove import symbolic, utils


class NotSymbolicError(utils.PyGloveAttributeError, TypeError):
    """A value to be patched is not symbolic."""


def require_symbolic(value: Any) -> symbolic.Symbolic:
    """Returns a value that is about to be patched.

    Args:
        value: The value.

    Raises:
        NotSymbolicError: It is not symbolic, so it cannot be modified in place.
    """
    if isinstance(value, symbolic.Symbolic):
        return value
    raise NotSymbolicError(
        "Expected a symbolic value to patch, such as a `pg.Object`, `pg.Dict` or "
        f"`pg.List`, got {value!r} of type {type(value).__name__!r}."
    )
