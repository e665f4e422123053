"""Binding: the interpreted check, conversion and placement of a value under a node.

Compiled constructors handle common cases inline. They call this module for defaults,
conversions, placeholders, unions, references and errors.
"""

import copy
from collections.abc import Iterable
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node import flag, foreign_value
from pyglove.symbolic.node.conversion import (
    as_node,
    convert,
    with_nodes,
    without_shared,
)
from pyglove.symbolic.node.default_factory import DefaultFactory
from pyglove.symbolic.node.node import (
    ATOMS,
    CONVERTERS,
    PARTIAL,
    SPECIAL,
    Inferential,
    Node,
    adopt,
    child_path,
    disown,
    is_ancestor,
    raise_flags,
)
from pyglove.symbolic.tree import comparison, completeness

MISSING_VALUE = utils.MISSING_VALUE


def allows_partial(node: Node) -> bool:
    """Returns whether required values under `node` may be missing."""
    if flag.ALLOW_PARTIAL.open_count:
        allow = flag.ALLOW_PARTIAL.get()
        if allow is not None:
            return allow
    return bool(node._sym_flags & PARTIAL)


def admit_partial(value: Any) -> None:
    """Permits missing values in the lists and dicts of a value from now on."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, tuple):
            todo.extend(one)
        elif isinstance(one, (list, dict)) and isinstance(one, Node):
            object.__setattr__(one, "_sym_flags", one._sym_flags | PARTIAL)
            todo.extend(item for _, item in one.sym_items())


def is_unchecked() -> bool:
    """Returns whether type checks are disabled in this scope."""
    return bool(flag.TYPE_CHECK.open_count) and not flag.TYPE_CHECK.get()


def bind_value(
    node: Node, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Checks and converts `value` for `key` of `node`, and places it there.

    Args:
      node: The future parent of the value.
      key: Key of the value under `node`.
      spec: The value spec for that key; None if any value is accepted.
      value: The value; `pg.MISSING_VALUE` stands for the default.

    Returns:
      The value to store. If it is a node, its parent is `node`.

    Raises:
      TypeError: if the type of the value is not accepted.
      ValueError: if the value is out of range, missing, None, or contains `node`.
      KeyError: if a dict has keys that are not accepted.
    """
    return own(node, key, check_value(node, key, spec, value))


def stays(old: Any, new: Any) -> bool:
    """Returns whether a new value is an array with the content of the old one.

    Then the old value is kept, since state that was derived from it is still valid.
    """
    return (
        type(new) not in ATOMS
        and type(new) is type(old)
        and foreign_value.eq_arrays(old, new, comparison.eq)
    )


def check_value(
    node: Node, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Checks and converts a value like `bind_value`, but does not place it.

    All errors are raised here, so that a caller may detach the old value once this has
    returned.
    """
    if spec is None:
        if type(value) in ATOMS:
            return value
        value = convert(node, key, None, value)
    else:
        unchecked = is_unchecked()
        if spec.has_default and isinstance(value, utils.MissingValue):
            if unchecked or not spec.frozen:
                value = fresh_default(spec.default)
                if type(value) in ATOMS:
                    return value
                if allows_partial(node):
                    admit_partial(value)
        if unchecked:
            value = convert(node, key, None, value)
        else:
            value = _apply(node, key, spec, value)
    if isinstance(value, Node) and value._sym_parent is None:
        _refuse_cycle(node, key, value)
    return value


def _apply(node: Node, key: Any, spec: pg_typing.ValueSpec, value: Any) -> Any:
    """Applies `spec` to a value, and converts a list or dict to a node."""
    if type(value) in CONVERTERS and spec.transform is None and not spec.frozen:
        converted = convert(node, key, spec, value)
        if converted is not value:
            return converted
        value = _as_expected(node, key, spec, value)
    elif isinstance(value, Node) and value._sym_parent is not None:
        # `apply` may bind a container to the spec. Only a copy may be bound.
        if value._sym_parent is not node or value._sym_key != key:
            value = value._sym_clone_node(False, {}, None, None)
    elif isinstance(value, tuple):
        value = without_shared(value)
    allow_partial = allows_partial(node)
    value = spec.apply(
        value,
        allow_partial=allow_partial,
        root_path=lambda: child_path(node, key),
    )
    if spec.frozen:
        value = fresh_default(value)
    if type(value) in CONVERTERS:
        return as_node(None if spec.frozen else spec, value, node, key)
    if isinstance(value, tuple):
        value = with_nodes(spec, value, lambda: child_path(node, key))
        if allow_partial:
            admit_partial(value)
        return value
    # A reference is partial if its target is.
    whole = getattr(value, "_sym_value", value)
    if not allow_partial and isinstance(whole, Node) and whole._sym_flags & SPECIAL:
        refuse_partial(lambda: child_path(node, key), spec, whole)
    return value


def _as_expected(node: Node, key: Any, spec: pg_typing.ValueSpec, value: Any) -> Any:
    """Converts a list or dict to a node if the spec accepts only nodes."""
    if not isinstance(spec, (pg_typing.Object, pg_typing.Union)):
        return value
    expected = spec.value_type
    if expected is None or pg_typing.is_instance(value, expected):
        return value
    converted = convert(node, key, None, value)
    if pg_typing.is_instance(converted, expected):
        return converted
    release(converted, [value])
    return value


def refuse_partial(path: Any, spec: pg_typing.ValueSpec, value: Node) -> None:
    """Raises an error if a complete object is expected and the object is partial.

    Args:
      path: Path of the object, or a function that returns it.
      spec: The value spec of the object.
      value: The object.

    Raises:
      ValueError: if `spec` is a spec of objects, and the object is partial.
    """
    if not isinstance(spec, (pg_typing.Object, pg_typing.Union)):
        return
    if isinstance(value, utils.MaybePartial) and completeness.is_partial(value):
        raise utils.PyGloveValueError(
            utils.message_on_path(
                f"Expected an object that lacks no value, got a partial one: "
                f"{value!r}. Supply what is missing, or use `pg.allow_partial`.",
                pg_typing.resolve_path(path),
            )
        )


def _refuse_cycle(node: Node, key: Any, value: Node) -> None:
    """Raises an error if a root would be placed below itself."""
    if is_ancestor(value, node):
        raise utils.PyGloveValueError(
            utils.message_on_path(
                f"Expected a value that does not contain its own place, got a "
                f"{type(value).__name__} that does. Use `pg.Ref` to refer to it.",
                child_path(node, key),
            )
        )


def fresh_default(value: Any) -> Any:
    """Returns the default value for a new object.

    Args:
      value: The default of the value spec.

    Returns:
      A copy, so that objects do not share mutable values; the default itself if it
      cannot be copied.
    """
    if type(value) in ATOMS:
        return value
    if isinstance(value, Node):
        return value._sym_clone_node(True, {}, None, None)
    if type(value) is DefaultFactory:
        return value()
    try:
        return copy.deepcopy(value)
    except TypeError:  # Locks, modules and the like.
        return value


def own(
    node: Node, key: Any, value: Any, new_children: list[Node] | None = None
) -> Any:
    """Places `value`, already checked and converted, under `node`.

    Args:
      node: The future parent of the value.
      key: Key of the value under `node`.
      value: Any value; a node that already has a parent is copied.
      new_children: See `adopt`.

    Returns:
      The value to store.
    """
    if isinstance(value, Inferential):
        node._sym_resolve_reads()
        if not isinstance(value, Node):
            _tell_place(node, key, value)
    if isinstance(value, Node):
        return adopt(node, key, value, new_children)
    if is_special(value):
        raise_flags(node, SPECIAL)
    return value


def use_spec_at(
    node: Any, path: Any, value_spec: pg_typing.ValueSpec, allow_partial: bool
) -> None:
    """Binds a container to a value spec; errors name its future path.

    Args:
      node: A `pg.List` or `pg.Dict`.
      path: The future path, or a function that returns it.
      value_spec: The value spec.
      allow_partial: Whether required values may be missing.
    """
    try:
        node.use_value_spec(value_spec, allow_partial)
    except (TypeError, ValueError, KeyError):
        # Repeat it at that path, so that the message names the path.
        place = node._sym_parent, node._sym_key, node._sym_root_path
        node._sym_parent, node._sym_key = None, None
        node._sym_root_path = pg_typing.resolve_path(path)
        try:
            node.use_value_spec(value_spec, allow_partial)
        finally:
            node._sym_parent, node._sym_key, node._sym_root_path = place


def _tell_place(node: Node, key: Any, value: Any) -> None:
    """Passes its parent and path to a value that is not a node."""
    if hasattr(value, "sym_setparent"):
        value.sym_setpath(child_path(node, key))
        value.sym_setparent(node)


def is_special(value: Any) -> bool:
    """Returns whether a value that is not a node makes its parent `SPECIAL`."""
    return isinstance(value, utils.MissingValue) or getattr(
        value, "_sym_is_special", False
    )


def release(node: Node, given: Iterable[Any]) -> None:
    """Detaches values from a node whose construction has failed.

    Args:
      node: The node.
      given: The arguments of its constructor. Nodes among them, and in plain lists and
        dicts among them, are detached if they are below `node`.
    """
    pending = list(given)
    seen: set[int] = set()
    while pending:
        value = pending.pop()
        if isinstance(value, Node):
            parent = value._sym_parent
            if parent is not None and is_ancestor(node, parent):
                disown(parent, value)
        elif type(value) in CONVERTERS and id(value) not in seen:
            seen.add(id(value))
            pending.extend(value.values() if isinstance(value, dict) else value)
