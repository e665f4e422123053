"""Seeds of all that is random within an operation."""

import itertools
from collections.abc import Iterator
from typing import Any

from pyglove.symbolic import Symbolic
from pyglove.utils import KeyPath


def seeded(value: Any, seed: int | None) -> Any:
    """Returns a copy of an operation in which everything random has a seed.

    Args:
      value: The operation, or a function that stands in for one.
      seed: The seed that those seeds are derived from that are not given; None leaves
        them open.

    Returns:
      The copy; functions are returned unchanged.

    Example:
      >>> from pyglove.evolution.seeding import seeded
      >>> seeded(pg.evolution.mutators.Uniform(), 7)
      Uniform(where=None, seed=8)
    """
    value = _copy(value)
    if seed is not None:
        # Generators of neighbouring seeds have nothing in common.
        seeds = itertools.count(seed + 1)
        for node in _random_nodes(value):
            if node.sym_getattr("seed") is None:
                node.rebind(seed=next(seeds), notify_parents=False)
    return value


def _copy(value: Any) -> Any:
    """Returns a copy that shares no symbolic object, and all that is not symbolic."""
    if isinstance(value, tuple):
        return tuple([_copy(item) for item in value])
    if not isinstance(value, Symbolic):
        return value
    return value.clone(override=dict(_tuples(value)))


def _tuples(value: Symbolic) -> Iterator[tuple[Any, Any]]:
    """Iterates over paths and copies of tuples, which no copy goes into by itself."""
    for key, child in value.sym_items():
        path = KeyPath(key)
        if isinstance(child, tuple):
            yield path, _copy(child)
        elif isinstance(child, Symbolic):
            for inner_path, inner in _tuples(child):
                yield path + inner_path, inner


def restart(value: Any) -> None:
    """Lets everything random within an operation start from its seed again.

    Args:
      value: The operation, or a function that stands in for one.
    """
    for node in _random_nodes(value):
        node._on_bound()


def _random_nodes(value: Any) -> Iterator[Any]:
    """Iterates over the symbolic objects that have a seed."""
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, Symbolic):
            if node.sym_hasattr("seed"):
                yield node
            pending.extend(child for _, child in node.sym_items())
        elif isinstance(node, (list, tuple)):
            pending.extend(node)
        elif isinstance(node, dict):
            pending.extend(node.values())
