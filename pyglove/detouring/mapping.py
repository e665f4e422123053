"""The mappings from classes to destinations in the current blocks."""

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
      prevails: Whether they take precedence over mappings of outer blocks. By default,
        outer blocks take precedence.
      is_open: False once the block was left.
    """

    mappings: Mapping
    prevails: bool = False
    is_open: bool = True

    def within(self, outer: Mapping) -> Mapping:
        """Returns the mappings that apply in a block.

        Args:
          outer: The mappings that apply around it, with chains resolved.
        """
        if self.prevails:
            return {**outer, **self.mappings}
        resolved = {**outer}
        followed: dict[Any, Destination] = outer  # Functions are not keys.
        for source, destination in self.mappings.items():
            if source not in outer:
                resolved[source] = followed.get(destination, destination)
        return resolved


class State(NamedTuple):
    """The open blocks around the current code.

    Attributes:
      layers: The layer of each block, the outermost first.
      resolved: The mappings that result from them.
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
    """Applies a layer to the current thread or task within a `with` block.

    Args:
      layer: The layer.

    Yields:
      The mappings that apply within the block.
    """
    outer, state = enter(layer)
    try:
        yield state.resolved
    finally:
        leave(layer, outer, state)


def enter(layer: Layer) -> tuple[State, State]:
    """Applies a layer, and returns the states before and after."""
    outer = _current_state()
    state = State((*outer.layers, layer), layer.within(outer.resolved))
    _state.set(state)
    return outer, state


def leave(layer: Layer, outer: State, state: State) -> None:
    """Reverts `enter`, given the states that it returned."""
    layer.is_open = False
    if _state.get() is state:
        _state.set(outer)
    else:
        # Generators may leave blocks in another order than they entered them.
        _current_state()


def _current_state() -> State:
    """Returns the state, without blocks that were left.

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
