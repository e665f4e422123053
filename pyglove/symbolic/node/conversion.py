"""Conversion: from plain lists and dicts to nodes."""

import functools
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.node import ATOMS, CONVERTERS, KeyPath, Node

MISSING_VALUE = utils.MISSING_VALUE


def convert(
    node: Node | None, key: Any, spec: pg_typing.ValueSpec | None, value: Any
) -> Any:
    """Converts a plain list or dict to a node; returns any other value as it is.

    Args:
      node: The future parent of the value, if any.
      key: Key of the value under `node`.
      spec: The value spec for that key; None if any value is accepted.
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


def convert_inside(container: Any) -> Any:
    """Converts the lists and dicts inside a container to nodes, without recursion.

    Args:
      container: A plain list or dict, nested too deeply for `convert`.

    Returns:
      A plain list or dict of nodes and other values.

    Raises:
      ValueError: if the container contains itself.
    """
    # Each open container: its key in the one above, its items, and the converted items.
    stack: list[tuple[Any, Iterator[tuple[Any, Any]], Any]] = []
    open_ids: dict[int, None] = {}

    def enter(key: Any, value: Any) -> None:
        if id(value) in open_ids:
            raise utils.PyGloveValueError(
                f"Expected a {type(value).__name__} that does not contain itself. Use "
                "`pg.Ref` to refer to it."
            )
        open_ids[id(value)] = None
        items = value.items() if isinstance(value, dict) else enumerate(value)
        stack.append((key, iter(items), type(value)()))

    enter(None, container)
    while True:
        key, items, result = stack[-1]
        for child_key, value in items:
            if type(value) in CONVERTERS:
                enter(child_key, value)
                break
            _put(result, child_key, value)
        else:
            stack.pop()
            open_ids.popitem()
            if not stack:
                return result
            _put(stack[-1][2], key, CONVERTERS[type(result)](result, None, None, None))


def _put(container: Any, key: Any, value: Any) -> None:
    if isinstance(container, dict):
        container[key] = value
    else:
        container.append(value)


def without_shared(value: Any) -> Any:
    """Copies the plain lists and dicts in a tuple, which a spec may modify."""
    if isinstance(value, tuple):
        if ATOMS.issuperset(map(type, value)):
            return value
        return _tuple_like(value, map(without_shared, value))
    if type(value) is list:
        return [without_shared(v) for v in value if v is not MISSING_VALUE]
    if type(value) is dict:
        return {k: without_shared(v) for k, v in value.items()}
    return value


def _tuple_like(model: Any, items: Iterable[Any]) -> Any:
    make_named = getattr(model, "_make", None)
    return tuple(items) if make_named is None else make_named(items)


def as_node(
    spec: pg_typing.ValueSpec | None, value: Any, parent: Node | None, key: Any
) -> Any:
    """Converts a plain list or dict that a spec has accepted to nodes with that spec.

    Args:
      spec: The spec that accepted the value; None if any value is accepted.
      value: A plain list or dict, whose items have been checked.
      parent: The future parent of the node, if any.
      key: Key of the node under `parent`.
    """
    own = _alternative(spec, pg_typing.List if type(value) is list else pg_typing.Dict)
    if own is None:
        return CONVERTERS[type(value)](value, None, parent, key)

    def part(field: pg_typing.Field | None, value: Any) -> Any:
        if type(value) not in CONVERTERS:
            return value
        return as_node(None if field is None else field.value, value, None, None)

    items: Any
    if isinstance(value, list):
        items = [part(own.element, v) for v in value]
    else:
        schema = own.schema
        items = {
            k: part(None if schema is None else schema.get_field(k), v)
            for k, v in value.items()
        }
    new = CONVERTERS[type(value)](items, None, parent, key)
    new._sym_plan = new._sym_plans.get(own)
    return new


def _alternative(spec: pg_typing.ValueSpec | None, kind: type) -> Any:
    """Returns a spec, or its first alternative, of a class."""
    alternatives: Any = getattr(spec, "candidates", (spec,))
    return next((s for s in alternatives if isinstance(s, kind)), None)


def with_nodes(
    spec: pg_typing.ValueSpec | None, value: Any, path: Callable[[], KeyPath]
) -> Any:
    """Converts the lists and dicts in a tuple that a spec has accepted to nodes.

    The nodes are roots, because a tuple cannot be a parent.

    Args:
      spec: The spec that accepted the tuple.
      value: The tuple.
      path: Returns the path of the tuple.
    """
    own = _alternative(spec, pg_typing.Tuple)
    if own is None:
        return value
    items = list(value)
    for i, item in enumerate(items):
        field = own.elements[i if own.fixed_length else 0]
        below = functools.partial(_extended, path, i)
        if isinstance(item, tuple):
            items[i] = with_nodes(field.value, item, below)
        elif type(item) in CONVERTERS:
            items[i] = as_node(field.value, item, None, None)
            items[i]._sym_root_path = below()
    if all(map(operator.is_, items, value)):
        return value
    return _tuple_like(value, items)


def _extended(path: Callable[[], KeyPath], key: Any) -> KeyPath:
    return KeyPath(key, path())
