"""Completeness: missing values and placeholders in a tree.

A tree with missing values is partial; a tree with placeholders is pure symbolic. The
flag `SPECIAL` means that a tree may hold such values; the functions here search for
them.
"""

from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.node import SPECIAL, Inferential, Node
from pyglove.symbolic.tree import comparison
from pyglove.symbolic.tree.traversal import children
from pyglove.utils.descent import Steps, descend

MISSING_VALUE = utils.MISSING_VALUE


class PureSymbolic(pg_typing.CustomTyping):
    """Marks classes whose instances are placeholders for values.

    A placeholder is accepted for any field. A tree that contains one is pure symbolic:
    the `__init__` of a wrapped class does not run until the placeholder is replaced.
    """

    _sym_is_special = True

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Implements `ValueSpec.apply` for this value, which any spec accepts."""
        return False, self


class NonDeterministic(PureSymbolic):
    """Marks classes of placeholders for more than one value."""


def is_pure_symbolic(x: Any) -> bool:
    """Returns whether a value is, or contains, a placeholder.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
    """
    return any(isinstance(v, PureSymbolic) for v in _walk_special(x))


def is_deterministic(x: Any) -> bool:
    """Returns whether a value contains no placeholder for several values.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
    """
    return not any(isinstance(v, NonDeterministic) for v in _walk_special(x))


def is_partial(value: Any) -> bool:
    """Returns whether a required value is missing.

    Args:
      value: A symbolic value, or a tree of lists and dicts.
    """
    if isinstance(value, utils.MissingValue):
        return True
    if isinstance(value, utils.MaybePartial) and not isinstance(value, Node):
        return value.is_partial
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Node):
            if not part._sym_flags & SPECIAL or isinstance(part, Inferential):
                continue
            missing = getattr(part, "_sym_missing", None)
            if missing is not None and not hasattr(missing, "_sym_is_default"):
                if missing():
                    return True
                continue
        for _, child in children(part):
            if isinstance(child, (Node, list, dict)):
                pending.append(child)
            elif isinstance(child, utils.MissingValue) or (
                isinstance(child, utils.MaybePartial) and child.is_partial
            ):
                return True
    return False


def is_abstract(x: Any) -> bool:
    """Returns whether a value is partial or pure symbolic.

    Args:
      x: A symbolic value, or a tree of lists and dicts.
    """
    return is_partial(x) or is_pure_symbolic(x)


def _walk_special(x: Any) -> Any:
    """Iterates over a tree, except subtrees that are known to be plain."""
    pending = [x]
    while pending:
        value = pending.pop()
        if isinstance(value, Node) and not value._sym_flags & SPECIAL:
            continue
        yield value
        if not isinstance(value, Inferential):
            pending.extend(v for _, v in children(value))


def missing_values(x: Any) -> dict[Any, Any]:
    """Returns the missing values of a tree by key, nested.

    Args:
      x: A node, or a plain list or dict.
    """
    found: dict[Any, Any] = descend(_missing_step, x)
    return found


def _missing_step(x: Any) -> Steps:
    if isinstance(x, Node) and not x._sym_flags & SPECIAL:
        return {}
    found: dict[Any, Any] = {}
    for key, value in list(children(x)):
        if isinstance(value, utils.MissingValue):
            found[key] = value
            continue
        if isinstance(value, Inferential) or not isinstance(value, (Node, list, dict)):
            continue
        method = getattr(type(value), "_sym_missing", None)
        if method is missing_below:
            below = _without_missing((yield (value,)))
        elif method is None or hasattr(method, "_sym_is_default"):
            below = yield (value,)
        else:
            below = method(value)
        if below:
            found[key] = below
    return found


def missing_below(node: Any) -> dict[Any, Any]:
    """Returns the missing values of the children of a node, but not its own.

    Args:
      node: A node.
    """
    return _without_missing(missing_values(node))


def _without_missing(values: dict[Any, Any]) -> dict[Any, Any]:
    return {k: v for k, v in values.items() if not isinstance(v, utils.MissingValue)}


def nondefault_values(x: Any) -> dict[Any, Any]:
    """Returns the values of a tree that differ from their defaults by key, nested.

    Args:
      x: A node.
    """
    found: dict[Any, Any] = descend(_nondefault_step, x)
    return found


def _nondefault_step(x: Any) -> Steps:
    found: dict[Any, Any] = {}
    for key, value in list(children(x)):
        # Items of lists have no default of their own.
        field = None if isinstance(x, list) else x.sym_attr_field(key)
        if field is not None:
            differs, value = _difference(value, field.value.default)
            if differs and not isinstance(value, utils.MissingValue):
                found[key] = value
            continue
        method = getattr(type(value), "_sym_nondefault", None)
        if isinstance(value, Node) and method is not None:
            is_default = hasattr(method, "_sym_is_default")
            below = (yield (value,)) if is_default else method(value)
            if below:
                found[key] = below
        elif not isinstance(value, utils.MissingValue):
            found[key] = value
    return found


def _difference(value: Any, default: Any) -> tuple[bool, Any]:
    """Returns whether a value differs from a default, and the part that differs."""
    if comparison.eq(value, default):
        return False, None
    if isinstance(value, dict):
        is_alike = isinstance(default, dict)
    else:
        is_alike = type(value) is type(default) and isinstance(value, Node)
    if not is_alike or isinstance(value, (list, Inferential)):
        return True, value
    usual, found = dict(children(default)), {}
    for key, child in children(value):
        differs, part = _difference(child, usual.get(key, MISSING_VALUE))
        if differs and not isinstance(child, utils.MissingValue):
            found[key] = part
    return bool(found), found


__all__ = [
    "NonDeterministic",
    "PureSymbolic",
    "is_abstract",
    "is_deterministic",
    "is_partial",
    "is_pure_symbolic",
    "missing_below",
    "missing_values",
    "nondefault_values",
]
