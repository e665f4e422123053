"""Which class leads where: the mappings of the blocks around the running code."""

import contextlib
import contextvars
import dataclasses
import types
from collections.abc import Iterator
from typing import Any, NamedTuple

Destination = type[Any] | types.FunctionType
Mapping = dict[type[Any], Destination]


@dataclasses.dataclass(eq=False, slots=True)
class Layer:
    """The mappings that one block adds.

    Attributes:
      mappings: Destinations by source.
      prevails: Whether they prevail over those of blocks further out. By default
        those of the blocks further out do.
      is_open: False once the block was left.
    """

    mappings: Mapping
    prevails: bool = False
    is_open: bool = True

    def within(self, outer: Mapping) -> Mapping:
        """Returns the mappings in force in a block.

        Args:
          outer: Those in force around it, followed to their ends already.
        """
        if self.prevails:
            return {**outer, **self.mappings}
        resolved = {**outer}
        followed: dict[Any, Destination] = outer  # A function is not among its keys.
        for source, destination in self.mappings.items():
            if source not in outer:
                resolved[source] = followed.get(destination, destination)
        return resolved


class State(NamedTuple):
    """The blocks around the running code.

    Attributes:
      layers: What each adds, from the outside in.
      resolved: What they amount to.
    """

    layers: tuple[Layer, ...]
    resolved: Mapping


_NO_LAYERS = State((), {})
_state: contextvars.ContextVar[State] = contextvars.ContextVar(
    "detours", default=_NO_LAYERS
)


def mappings_in_force() -> Mapping:
    """Returns destinations by source, which the caller must not modify."""
    return _current_state().resolved


@contextlib.contextmanager
def layer_scope(layer: Layer) -> Iterator[Mapping]:
    """Puts a layer in force, for the running thread or task, within a `with` block.

    Args:
      layer: The layer.

    Yields:
      The mappings in force within the block.
    """
    outer, state = enter(layer)
    try:
        yield state.resolved
    finally:
        leave(layer, outer, state)


def enter(layer: Layer) -> tuple[State, State]:
    """Puts a layer in force, and returns the states before and after."""
    outer = _current_state()
    state = State((*outer.layers, layer), layer.within(outer.resolved))
    _state.set(state)
    return outer, state


def leave(layer: Layer, outer: State, state: State) -> None:
    """Ends what `enter` began, with the states that it returned."""
    layer.is_open = False
    if _state.get() is state:
        _state.set(outer)
    else:
        # Blocks of generators need not be left in the order they were entered.
        _current_state()


def _current_state() -> State:
    """Returns the state, less the blocks that were left.

    A task inherits the blocks that it was started in, and may outlive them.
    """
    state = _state.get()
    for layer in state.layers:
        if not layer.is_open:
            break
    else:
        return state
    layers = tuple(layer for layer in state.layers if layer.is_open)
    resolved: Mapping = {}
    for layer in layers:
        resolved = layer.within(resolved)
    state = State(layers, resolved) if layers else _NO_LAYERS
    _state.set(state)
    return state
