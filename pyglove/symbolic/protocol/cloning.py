"""Cloning: copies of symbolic and other values."""

import copy
from typing import Any, TypeVar

from pyglove import utils
from pyglove.symbolic.protocol.symbolic import Symbolic

T = TypeVar("T")


def clone(
    x: T,
    deep: bool = False,
    memo: dict[int, Any] | None = None,
    override: dict[Any, Any] | None = None,
) -> T:
    """Returns a copy of a value.

    Args:
      x: Any value.
      deep: Whether values that are not symbolic are copied deeply. Lists, dicts and
        tuples are always copied with their items.
      memo: Memo of `copy.deepcopy`.
      override: Paths and values to rebind in the copy of a symbolic value.

    Returns:
      The copy.

    Raises:
      TypeError: if `override` is given for a value that is not symbolic.

    Example:
      >>> pg.clone(pg.Dict(x=1), override={'x': 2})
      {x=2}
    """
    if isinstance(x, Symbolic):
        return x.sym_clone(deep, memo, override)
    if override:
        raise utils.PyGloveTypeError(
            f"Expected a symbolic value for `override`, got {x!r}. Copy it, and change "
            "the copy."
        )
    new: Any = copy.deepcopy(x, memo) if deep else _copy(x, {})
    return new


def _copy(value: Any, copied: dict[int, Any]) -> Any:
    """Copies a value, and the items of plain containers in it."""
    kind = type(value)
    if kind is not list and kind is not dict and kind is not tuple:
        return value.sym_clone() if isinstance(value, Symbolic) else copy.copy(value)
    if id(value) in copied:
        return copied[id(value)]
    if kind is tuple:
        return tuple([_copy(v, copied) for v in value])
    new: Any = kind()
    copied[id(value)] = new
    if kind is list:
        new.extend(_copy(v, copied) for v in value)
    else:
        new.update((k, _copy(v, copied)) for k, v in value.items())
    return new
