"""Binding: the interpretive road by which a value takes its place under a node.

Compiled constructors handle the common cases inline and come here for all that
is rich: defaults, conversions, placeholders, unions, references and errors.
"""

from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import flag
from pyglove.symbolic.node import (
    ATOMS,
    CONVERTERS,
    PARTIAL,
    SPECIAL,
    Inferential,
    Node,
    adopt,
    child_path,
    raise_flags,
)

MISSING_VALUE = utils.MISSING_VALUE




def allows_partial(node: Node) -> bool:
    """Returns whether required values under `node` may be missing."""
    if flag.ALLOW_PARTIAL.open_count:
        allow = flag.ALLOW_PARTIAL.get()
        if allow is not None:
            return allow
    return bool(node._sym_flags & PARTIAL)


def bind_value(
    node: Node, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Checks and converts `value` for `key` of `node`, and places it there.

    Args:
      node: The node that takes the value.
      key: Where the value goes.
      spec: What is accepted there; None for anything.
      value: The value; `pg.MISSING_VALUE` asks for the default.

    Returns:
      The value to store. Nodes among the result have `node` as their parent.

    Raises:
      TypeError: if the type of the value is not accepted.
      ValueError: if the value is out of range, missing, or None.
      KeyError: if a dict has keys that are not accepted.
    """
    return own(node, key, check_value(node, key, spec, value))


def check_value(
    node: Node, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Checks and converts a value as `bind_value` does, but does not place it."""
    kind = type(value)
    if spec is None:
        if kind in ATOMS:
            return value
        return convert(node, key, None, value)
    if flag.TYPE_CHECK.open_count and not flag.TYPE_CHECK.get():
        return convert(node, key, None, value)
    if value is MISSING_VALUE or isinstance(value, utils.MissingValue):
        if spec.has_default and not spec.frozen:
            default = spec.default
            if type(default) in ATOMS:
                return default
            value, kind = default, type(default)
    if kind in CONVERTERS and spec.transform is None and not spec.frozen:
        converted = convert(node, key, spec, value)
        if converted is not value:
            return converted
    elif isinstance(value, Node) and value._sym_parent is not None:
        # Containers may be bound to a spec below: a copy is, not the original.
        if value._sym_parent is not node or value._sym_key != key:
            value = value._sym_clone_node(False, {}, None, None)
    value = spec.apply(
        value,
        allow_partial=allows_partial(node),
        root_path=lambda: child_path(node, key),  # type: ignore[arg-type]
    )
    if type(value) in CONVERTERS:
        value = convert(node, key, None, value)
    return value


def convert(
    node: Node, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Turns a plain list or dict into a node, everything else is returned as is.

    Args:
      node: The node under which the value will stand.
      key: Key of the value under `node`.
      spec: What is accepted there; None for anything.
      value: Any value.

    Returns:
      A `pg.List` or `pg.Dict` for a list or dict that `spec` accepts as such.
    """
    converter = CONVERTERS.get(type(value))
    if converter is None:
        return value
    if spec is None or spec.accepts_any:
        return converter(value, None, node, key)
    container = pg_typing.List if type(value) is list else pg_typing.Dict
    if isinstance(spec, container):
        return converter(value, spec, node, key)
    if isinstance(spec, pg_typing.Union):
        for candidate in spec.candidates:
            if isinstance(candidate, container) or candidate.accepts_any:
                try:
                    return convert(node, key, candidate, value)
                except (TypeError, ValueError, KeyError):
                    continue
    return value


def own(node: Node, key: Any, value: Any) -> Any:
    """Places `value`, already checked and converted, under `node`.

    Args:
      node: The node that takes the value.
      key: Key of the value under `node`.
      value: Any value; a node that has a place already is copied.

    Returns:
      The value to store.
    """
    if isinstance(value, Inferential):
        node._sym_resolve_reads()
    if isinstance(value, Node):
        return adopt(node, key, value)
    if is_special(value):
        raise_flags(node, SPECIAL)
    return value


def is_special(value: Any) -> bool:
    """Returns whether a value that is not a node keeps its parent from being plain."""
    return isinstance(value, utils.MissingValue) or getattr(
        value, "_sym_is_special", False
    )


def release(node: Node) -> None:
    """Frees the children of a node whose construction has failed."""
    for _, child in node.sym_items():
        if isinstance(child, Node) and child._sym_parent is node:
            child._sym_parent = None
            child._sym_key = None
