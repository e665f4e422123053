"""Wrapper state: attributes of a wrapped object that do not follow from its arguments.

A clone of a wrapped object is constructed anew from the same arguments. Code that was
not written to be symbolic expects `copy` and `pickle` to keep the state as well, such
as the weights of a trained network or the coefficients of a fitted model.
"""

import copy
from collections.abc import Iterator
from typing import Any, TypeVar

from pyglove.symbolic.tree.traversal import children, walk
from pyglove.utils.scope import Scope

# Attributes with this prefix are symbolic state; others belong to the wrapped class.
MANAGED_PREFIX = "_sym_"

# Whether objects are created whose state does not come from `__init__`.
WITHOUT_INIT: Scope[bool] = Scope("without_init", False)

StatefulT = TypeVar("StatefulT", bound="Stateful")


class Stateful:
    """A node whose copies keep attributes that do not follow from its fields."""

    __slots__ = ()

    def __copy__(self: StatefulT) -> StatefulT:
        copied: StatefulT = _copy(self, None)
        return copied

    def __deepcopy__(self: StatefulT, memo: dict[int, Any]) -> StatefulT:
        copied: StatefulT = _copy(self, memo)
        return copied


def deep_copy(node: Any, memo: dict[int, Any]) -> Any:
    """Implements `__deepcopy__` for trees that may contain stateful nodes.

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
    """Returns the state of a stateful node, in the form in which it is pickled.

    Args:
      node: The node.

    Returns:
      A dict of attributes, or the result of the class's own `__getstate__`; None if
      there is no state because `__init__` has not run.
    """
    state = node.__getstate__()
    if isinstance(state, tuple) and len(state) == 2 and isinstance(state[0], dict):
        return _unmanaged(state[0]), state[1]  # The class has slots.
    if isinstance(state, dict):
        return _unmanaged(state) or None
    return state


def _copy(node: Any, memo: dict[int, Any] | None) -> Any:
    """Copies a tree and the states in it; `memo` is None for a shallow copy."""
    with WITHOUT_INIT.bind(True):
        new = node.sym_clone(memo is not None, memo)
    pairs = list(_pairs(node, new))
    if memo is not None:
        # The copy of a state has to refer to the copies of nodes.
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
    """Iterates over the copied parts of a tree, with their copies."""
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
    """Sets a state in the way that `copy` and `pickle` do."""
    if hasattr(node, "__setstate__"):
        node.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) else (state, {})
    vars(node).update(attributes)
    for name, value in slots.items():
        setattr(node, name, value)


__all__ = ["MANAGED_PREFIX", "WITHOUT_INIT", "Stateful", "deep_copy", "state_of"]
