"""Comparison: equality, order and hash of symbolic trees by their content."""

import types
from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node import Node


def eq(left: Any, right: Any) -> bool:
    """Returns whether two values are symbolically equal.

    Symbolic equality compares trees by class and content, whatever `==` means for
    their classes. A class may define `sym_eq` to have its own notion.

    Args:
      left: Any value.
      right: Any value.

    Returns:
      True if they are equal.

    Example:
      >>> pg.eq([1, pg.Dict(x=2)], pg.List([1, dict(x=2)]))
      True
    """
    if left is right:
        return True
    if isinstance(left, list):
        return isinstance(right, list) and _eq_sequences(left, right)
    if isinstance(left, dict):
        return isinstance(right, dict) and _eq_dicts(left, right)
    if isinstance(left, tuple):
        return isinstance(right, tuple) and _eq_sequences(left, right)
    sym_eq = getattr(left, "sym_eq", None)
    if sym_eq is not None and not isinstance(left, type):
        return bool(sym_eq(right))
    sym_eq = getattr(right, "sym_eq", None)
    if sym_eq is not None and not isinstance(right, type):
        return bool(sym_eq(left))
    if isinstance(left, (types.FunctionType, types.MethodType)):
        return bool(pg_typing.callable_eq(left, right))
    result = left == right
    return result is True or bool(result)


def ne(left: Any, right: Any) -> bool:
    """Returns whether two values are symbolically different; see `eq`."""
    return not eq(left, right)


def _raw(container: Any) -> Any:
    """Returns the symbolic values of a list (references not resolved)."""
    if isinstance(container, Node):
        return [v for _, v in container.sym_items()]
    return container


def _eq_sequences(left: Any, right: Any) -> bool:
    return len(left) == len(right) and all(map(eq, _raw(left), _raw(right)))


def _eq_dicts(left: Any, right: Any) -> bool:
    if len(left) != len(right):
        return False
    mine = dict(left.sym_items()) if isinstance(left, Node) else left
    theirs = dict(right.sym_items()) if isinstance(right, Node) else right
    for key, value in mine.items():
        if key not in theirs or not eq(value, theirs[key]):
            return False
    return True


# Ranks of kinds of values in the total order that `lt` defines.
_RANKS: list[tuple[type | tuple[type, ...], Callable[[Any, Any], bool] | None]] = []


def _rank(value: Any) -> int:
    for i, (kind, _) in enumerate(_RANKS):
        if isinstance(value, kind):
            return i
    return len(_RANKS)


def lt(left: Any, right: Any) -> bool:
    """Returns whether `left` comes before `right` in a total order of values.

    Values of different kinds are ordered by kind: missing values, None, bool and
    numbers, strings, lists, tuples, sets, dicts, other objects by class name and
    content.

    Args:
      left: Any value.
      right: Any value.

    Returns:
      True if `left` comes first.
    """
    if left is right:
        return False
    left_rank, right_rank = _rank(left), _rank(right)
    if left_rank != right_rank:
        return left_rank < right_rank
    if left_rank < len(_RANKS):
        compare = _RANKS[left_rank][1]
        return compare is not None and compare(left, right)
    if type(left) is not type(right):
        return _class_name(left) < _class_name(right)
    sym_lt = getattr(left, "sym_lt", None)
    return bool(left < right if sym_lt is None else sym_lt(right))


def gt(left: Any, right: Any) -> bool:
    """Returns whether `left` comes after `right`; see `lt`."""
    return lt(right, left)


def _class_name(value: Any) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _lt_sequences(left: Any, right: Any) -> bool:
    for x, y in zip(_raw(left), _raw(right), strict=False):
        if eq(x, y):
            continue
        return lt(x, y)
    return len(left) < len(right)


def _lt_dicts(left: Any, right: Any) -> bool:
    return lt_items(
        list(left.sym_items() if isinstance(left, Node) else left.items()),
        list(right.sym_items() if isinstance(right, Node) else right.items()),
    )


def lt_items(left: list[tuple[Any, Any]], right: list[tuple[Any, Any]]) -> bool:
    """Orders two lists of key and value, the first difference deciding."""
    for (key, x), (other_key, y) in zip(left, right, strict=False):
        if key != other_key:
            return lt(key, other_key)
        if not eq(x, y):
            return lt(x, y)
    return len(left) < len(right)


_RANKS.extend(
    [
        (utils.MissingValue, None),
        (type(None), None),
        ((bool, int, float), lambda left, right: left < right),
        (str, lambda left, right: left < right),
        (list, _lt_sequences),
        (tuple, _lt_sequences),
        (set, lambda left, right: left < right),
        (dict, _lt_dicts),
    ]
)


def sym_hash(x: Any) -> int:
    """Returns a hash that agrees with symbolic equality.

    Args:
      x: A symbolic value, or any hashable value.

    Returns:
      An int; equal for values that `eq` finds equal.

    Raises:
      TypeError: if a leaf of the tree is not hashable.
    """
    if isinstance(x, Node):
        return x.sym_hash()  # type: ignore[attr-defined, no-any-return]
    if isinstance(x, types.FunctionType):
        return hash(x.__code__.co_code)
    if isinstance(x, tuple):
        return hash((tuple, *map(sym_hash, x)))
    own = getattr(x, "sym_hash", None)
    if own is not None and not isinstance(x, type):
        return own()
    return hash(x)
