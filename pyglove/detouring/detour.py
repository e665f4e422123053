"""The scope in which classes are replaced by other classes or by functions."""

import contextlib
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyglove import utils
from pyglove.detouring.creation import undetoured_new
from pyglove.detouring.interception import intercept
from pyglove.detouring.mapping import (
    Destination,
    Layer,
    Mapping,
    layer_scope,
    mappings_in_force,
)


@contextlib.contextmanager
def detour(
    mappings: Sequence[tuple[type[Any], Destination]],
) -> Iterator[Mapping]:
    """Replaces the objects of some classes by others where they are created.

    It is meant for programs that create objects deep inside, with no argument to ask
    for another class. It works for the running thread (or task) only; other threads,
    and programs outside of the block, are not affected.

    Detours concern calls of the class itself: not of its subclasses, and not the
    copies that `copy`, `clone` or the like make of objects that exist.

    Blocks nest. What a block further out says of a class prevails; and where a
    destination has a detour of a block further out, that is followed, too. Mappings
    of one block do not follow each other, so two classes may be exchanged.

    Args:
      mappings: Pairs of a class and of what takes its place: a class that accepts
        the same arguments, or a function, which is called with the original class
        and the arguments, and whose result is taken as it is. Within the function
        objects of the original class are created as usual. Of several pairs for
        one class the last one counts.

    Yields:
      The mappings in force within the block, those of the blocks around it included.

    Raises:
      TypeError: A source is not a class, or one of those that are built into Python;
        or a destination is neither a class nor a function.
      ValueError: An item is not a pair.

    Example:
      >>> import pyglove.detouring as detouring
      >>> class Adam:
      ...     def __init__(self, rate):
      ...         self.rate = rate
      >>> class Slow:
      ...     def __init__(self, optimizer):
      ...         self.optimizer = optimizer
      >>> def slow_down(cls, rate):
      ...     return Slow(cls(rate / 10))
      >>> with detouring.detour([(Adam, slow_down)]):
      ...     Adam(0.1).optimizer.rate
      0.01
    """
    layer = Layer(dict(map(_checked_pair, _checked(mappings))))
    with intercept(layer.mappings), layer_scope(layer) as resolved:
        yield {**resolved}


def current_mappings() -> Mapping:
    """Returns the current detours, with chains resolved.

    Returns:
      A dictionary from classes to the classes or functions that replace them; it is
      empty outside of any block.

    Example:
      >>> import pyglove.detouring as detouring
      >>> detouring.current_mappings()
      {}
    """
    return {**mappings_in_force()}


def _checked(mappings: Any) -> Iterable[Any]:
    if isinstance(mappings, Iterable) and not isinstance(mappings, dict):
        return mappings
    raise utils.PyGloveTypeError(
        f"Expected a sequence of pairs (source, destination), got {mappings!r}."
    )


def _checked_pair(pair: Any) -> tuple[type[Any], Destination]:
    if not isinstance(pair, Iterable):
        raise utils.PyGloveTypeError(
            f"Expected a pair (source, destination) as a detour, got {pair!r}."
        )
    items = tuple(pair)
    if len(items) != 2:
        raise utils.PyGloveValueError(
            f"Expected a pair (source, destination) as a detour, got {pair!r}."
        )
    source, destination = items
    if not isinstance(source, type):
        raise utils.PyGloveTypeError(
            f"Expected a class as source of a detour, got {source!r}."
        )
    if not isinstance(destination, (type, types.FunctionType)):
        raise utils.PyGloveTypeError(
            "Expected a class or a function as destination of the detour of "
            f"{source!r}, got {destination!r}."
        )
    return source, destination


__all__ = ["current_mappings", "detour", "undetoured_new"]
