"""Cloning: copies of any value, symbolic or not."""

import copy
from typing import Any

from pyglove.symbolic.symbolic import Symbolic


def clone(
    x: Any,
    deep: bool = False,
    memo: dict[int, Any] | None = None,
    override: dict[Any, Any] | None = None,
) -> Any:
    """Returns a copy of a value.

    Args:
      x: Any value.
      deep: Whether values in it that are not symbolic are copied as well.
      memo: Memo of `copy.deepcopy`.
      override: Paths and values to rebind in the copy of a symbolic value.

    Returns:
      The copy.

    Example:
      >>> pg.clone(pg.Dict(x=1), override={'x': 2})
      {x=2}
    """
    if isinstance(x, Symbolic):
        return x.clone(deep, memo, override)
    new = copy.deepcopy(x, memo) if deep else copy.copy(x)
    if override:
        for key, value in override.items():
            new[key] = value
    return new
