"""Cloning: copies of symbolic and other values."""

import copy
from typing import Any, TypeVar

from pyglove import utils
from pyglove.symbolic.protocol.symbolic import Symbolic
from pyglove.utils.descent import Steps, descend

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
    new: Any = copy.deepcopy(x, memo) if deep else descend(_copy_step, x, {})
    return new


def _copy_step(value: Any, copied: dict[int, Any]) -> Steps:
    """Copies a value and the values in plain containers, as a step of `utils.descent`.

    Args:
      value: The value.
      copied: The copies of containers by the ids of these.
    """
    kind = type(value)
    if kind is not list and kind is not dict and kind is not tuple:
        return value.sym_clone() if isinstance(value, Symbolic) else copy.copy(value)
    if id(value) in copied:
        return copied[id(value)]
    new: Any = {} if kind is dict else []
    if kind is not tuple:
        copied[id(value)] = new
    for key, item in value.items() if kind is dict else enumerate(value):
        item = yield item, copied
        if kind is dict:
            new[key] = item
        else:
            new.append(item)
    return tuple(new) if kind is tuple else new
