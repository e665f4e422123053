"""Pickling: support of `pickle` for symbolic trees.

A node is created empty and filled afterwards, so that references inside it may lead
back to it. `pickle` recurses, so a subtree that is too deep is written as a flat list
of its nodes.
"""

import copyreg
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, SupportsIndex

from pyglove import utils
from pyglove.symbolic.compiled.element_plan import pickled_spec
from pyglove.symbolic.node.node import ATOMS, CUSTOM, PARTIAL, SEALED, Node, new_node
from pyglove.symbolic.tree.resolving import plain_class

# At every level that is a multiple of this, the depth below is checked.
_SPAN = 24
_DEEPEST = 48


class _Place(NamedTuple):
    """The position of a node in a flat list.

    Attributes:
      position: Index of the node in the list.
      reference: The class of a reference to the node, or None for the node itself.
    """

    position: int
    reference: Any = None


def reduce_node(node: Any, fill: Callable[[Any, Any], None]) -> Any:
    """Implements `__reduce_ex__` of nodes.

    Args:
      node: The node.
      fill: Called with an empty node and the node's `_sym_pickled_state()`.
    """
    cls = plain_class(type(node))
    # `pickle` has a short form for objects from `__new__`, which would call functors.
    is_short = cls is type(node) and not getattr(cls, "_sym_is_function", False)
    make = _NEW if is_short else make_empty
    if _level(node) % _SPAN == 0 and _is_deep(node):
        return make, (cls,), _flat(node), None, None, _fill_flat
    return make, (cls,), node._sym_pickled_state(), None, None, fill


_NEW: Any = copyreg.__newobj__  # type: ignore[attr-defined]


def make_empty(cls: Any) -> Any:
    """Returns an empty node, to be filled by the caller."""
    return new_node(cls)


def reducer(fill: Callable[[Any, Any], None]) -> Any:
    """Returns a `__reduce_ex__` for nodes that `fill` restores."""

    def __reduce_ex__(self: Any, protocol: SupportsIndex) -> Any:
        return reduce_node(self, fill)

    __reduce_ex__._sym_fill = fill  # type: ignore[attr-defined]
    return __reduce_ex__


def _level(node: Node) -> int:
    level = 0
    while node._sym_parent is not None:
        node, level = node._sym_parent, level + 1
    return level


def _is_deep(root: Any) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [
            v
            for node in level
            for _, v in node._sym_pairs()
            if type(v) not in ATOMS and is_usual(v)
        ]
        if not level:
            return False
    return True


def is_usual(value: Any) -> bool:
    """Returns whether a value is a node with the default way of pickling."""
    return hasattr(type(value).__reduce_ex__, "_sym_fill")


def _flat(root: Any) -> list[tuple[Any, Any]]:
    """Returns the class and the state of each node of a tree, parents first."""
    places: dict[int, int] = {}
    nodes: list[Any] = []
    pending = [root]
    while pending:
        node = pending.pop()
        places[id(node)] = len(nodes)
        nodes.append(node)
        pending.extend(v for _, v in node.sym_items() if is_usual(v))

    def part(value: Any) -> Any:
        if isinstance(value, Node):
            index = places.get(id(value))
            if index is not None:
                return _Place(index)
            target = getattr(value, "_sym_value", None)
            if target is not None and id(target) in places:
                return _Place(places[id(target)], type(value))
        return value

    return [
        (plain_class(type(node)), _with_parts(node._sym_pickled_state(), part))
        for node in nodes
    ]


def _with_parts(state: Any, part: Callable[[Any], Any]) -> Any:
    """Replaces the children of a node in its state, whose first element they are."""
    parts, *more = state
    if isinstance(parts, dict):
        return ({k: part(v) for k, v in parts.items()}, *more)
    return (list(map(part, parts)), *more)


def _fill_flat(root: Any, states: list[tuple[Any, Any]]) -> None:
    """Fills a tree that was written as a flat list."""
    nodes = [root, *(new_node(cls) for cls, _ in states[1:])]

    def part(value: Any) -> Any:
        if type(value) is not _Place:
            return value
        node = nodes[value.position]
        return node if value.reference is None else value.reference(node)

    # Children follow their parents in the list, and have to be filled first.
    for node, (cls, state) in zip(reversed(nodes), reversed(states), strict=True):
        cls.__reduce_ex__._sym_fill(node, _with_parts(state, part))


def container_state(node: Any, items: Any) -> Any:
    """Returns the state of a list or dict.

    Args:
      node: The list or dict.
      items: Its items, not resolved.
    """
    spec = pickled_spec(node)
    if spec is not None and spec.default is node:
        spec = None  # The spec and the node refer to each other.
    flags = node._sym_flags & (SEALED | PARTIAL)
    return items, spec, flags, node._sym_writable, node._sym_callback


def fill_container(node: Any, state: Any) -> None:
    """Fills an empty list or dict; see `container_state`."""
    items, spec, flags, writable, callback = state
    cls: Any = type(node)
    # Containers that are checked by the spec may lack values in the meantime.
    values = items.values() if isinstance(items, dict) else items
    containers = [] if spec is None else _containers(values)
    cls.__init__(node, items, value_spec=spec, allow_partial=True)
    for container in containers:
        object.__setattr__(container, "_sym_flags", container._sym_flags & ~PARTIAL)
    keep = node._sym_flags & ~(SEALED | PARTIAL)
    node._sym_flags = keep | flags
    if not writable:
        node.set_accessor_writable(False)
    if callback is not None:
        node._sym_callback = callback
        node._sym_listens = True
        node._sym_flags |= CUSTOM


def object_state(node: Any) -> tuple[dict[str, Any], int]:
    """Returns the fields and flags of an object."""
    specs = node._sym_specs
    values = {
        key: value
        for key, value in node._sym_pairs()
        if (type(value) in ATOMS or not isinstance(value, utils.MissingValue))
        and not (key in specs and specs[key].frozen)
    }
    return values, node._sym_flags


def fill_object(node: Any, state: tuple[dict[str, Any], int]) -> None:
    """Fills an empty object; see `object_state`."""
    values, flags = state
    # Fields, and the lists and dicts in them, may lack values in the meantime.
    containers = _containers(values.values())
    node._sym_fill_fields({**values, "allow_partial": True})
    for container in containers:
        object.__setattr__(container, "_sym_flags", container._sym_flags & ~PARTIAL)
    node._sym_flags = flags


def _containers(values: Iterable[Any]) -> list[Any]:
    """Returns the lists and dicts in the values that must not be partial."""
    found: list[Any] = []
    todo = [v for v in values if type(v) not in ATOMS]
    while todo:
        value = todo.pop()
        if isinstance(value, Node) and isinstance(value, (list, dict)):
            if not value._sym_flags & PARTIAL:
                found.append(value)
            todo.extend(v for _, v in value.sym_items() if type(v) not in ATOMS)
    return found
