"""Wrapper state: what has become of a wrapped object since its `__init__`.

A clone of a wrapped object is made anew of the same arguments. Code that was not
written to be symbolic expects more of `copy` and `pickle`: the weights of a network
that was trained, the coefficients of a model that was fitted.
"""

import copy
from collections.abc import Iterator
from typing import Any, TypeVar

from pyglove.symbolic.tree.traversal import children, walk
from pyglove.utils.scope import Scope

# What begins like this is symbolic state. All else belongs to the wrapped class.
MANAGED_PREFIX = "_sym_"

# Whether objects are made that get their state from elsewhere than from `__init__`.
WITHOUT_INIT: Scope[bool] = Scope("without_init", False)

StatefulT = TypeVar("StatefulT", bound="Stateful")


class Stateful:
    """A node with attributes that do not follow from its fields; copies keep them."""

    __slots__ = ()

    def __copy__(self: StatefulT) -> StatefulT:
        copied: StatefulT = _copy(self, None)
        return copied

    def __deepcopy__(self: StatefulT, memo: dict[int, Any]) -> StatefulT:
        copied: StatefulT = _copy(self, memo)
        return copied


def deep_copy(node: Any, memo: dict[int, Any]) -> Any:
    """Implements `__deepcopy__` of trees, in which there may be stateful nodes.

    Args:
      node: Root of the tree.
      memo: Memo of `copy.deepcopy`.

    Returns:
      The copy, which has no parent.
    """
    if any(isinstance(value, Stateful) for value in walk(node)):
        return _copy(node, memo)
    return node.sym_clone(deep=True, memo=memo)


def state_of(node: Any) -> Any:
    """Returns the state of a stateful node, in the form that its class pickles.

    Args:
      node: The node.

    Returns:
      A dictionary of attributes, or what `__getstate__` of the class makes of it; None
      if there is none, as long as `__init__` has not run.
    """
    state = node.__getstate__()
    if isinstance(state, tuple) and len(state) == 2 and isinstance(state[0], dict):
        return _unmanaged(state[0]), state[1]  # Of a class that has slots.
    if isinstance(state, dict):
        return _unmanaged(state) or None
    return state


def _copy(node: Any, memo: dict[int, Any] | None) -> Any:
    """Copies a tree with all states in it; `memo` is None for a shallow copy."""
    with WITHOUT_INIT.bind(True):
        new = node.sym_clone(memo is not None, memo)
    pairs = list(_pairs(node, new))
    if memo is not None:
        # A state may refer to any node of the tree, and has to refer to its copy then.
        memo.update((id(value), copied) for value, copied in pairs)
    for value, copied in pairs:
        if isinstance(value, Stateful):
            state = state_of(value)
            if state is not None:
                _set_state(
                    copied, state if memo is None else copy.deepcopy(state, memo)
                )
    return new


def _pairs(root: Any, copied_root: Any) -> Iterator[tuple[Any, Any]]:
    """Iterates over the parts of a tree that were copied, with their copies."""
    pending = [(root, copied_root)]
    while pending:
        value, copied = pending.pop()
        if value is not copied and type(value) is type(copied):
            yield value, copied
            copies = dict(children(copied))
            pending.extend((v, copies[k]) for k, v in children(value) if k in copies)


def _unmanaged(state: dict[Any, Any]) -> dict[Any, Any]:
    return {k: v for k, v in state.items() if not str(k).startswith(MANAGED_PREFIX)}


def _set_state(node: Any, state: Any) -> None:
    """Does what `copy` and `pickle` do with a state."""
    if hasattr(node, "__setstate__"):
        node.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) else (state, {})
    vars(node).update(attributes)
    for name, value in slots.items():
        setattr(node, name, value)


__all__ = ["MANAGED_PREFIX", "WITHOUT_INIT", "Stateful", "deep_copy", "state_of"]
