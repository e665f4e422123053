"""Creation of objects of classes with a detour."""

import copyreg
import sys
import threading
import types
from typing import Any

from pyglove import symbolic, utils
from pyglove.detouring.mapping import Layer, enter, leave, mappings_in_force
from pyglove.utils import generated_code


class _Creation(threading.local):
    """The creation in progress in a thread.

    Attributes:
      passing: A class whose next object is created without detour.
      finished: An object that needs no `__init__`, though Python will call it.
    """

    passing: type[Any] | None = None
    finished: Any = None


_creation = _Creation()

# Modules that create empty objects of symbolic classes.
_MAKING = (symbolic.__name__, generated_code.__name__)


def undetoured_new(cls: type[Any], /, *args: Any, **kwargs: Any) -> Any:
    """Creates an object of a class without a detour.

    Objects that its `__init__` creates do take detours, even those of the same class.

    Args:
      cls: The class.
      *args: Positional arguments of its constructor.
      **kwargs: Keyword arguments of its constructor.

    Returns:
      The object.

    Raises:
      TypeError: `cls` is not a class, or does not take the arguments.

    Example:
      >>> import pyglove.detouring as detouring
      >>> class Car:
      ...     pass
      >>> class Bus:
      ...     pass
      >>> with detouring.detour([(Car, Bus)]):
      ...     type(detouring.undetoured_new(Car)).__name__
      'Car'
    """
    if not isinstance(cls, type):
        raise utils.PyGloveTypeError(f"Expected a class, got {cls!r}.")
    if cls not in mappings_in_force():
        return cls(*args, **kwargs)
    previous = _creation.passing
    _creation.passing = cls
    try:
        return cls(*args, **kwargs)
    finally:
        _creation.passing = previous


def find_detour(cls: type[Any], is_empty: bool) -> Any:
    """Returns the destination of the creation of an object, or None.

    Args:
      cls: The class of the object.
      is_empty: Whether it is created without arguments.
    """
    if _creation.passing is cls:
        _creation.passing = None
        return None
    destination = mappings_in_force().get(cls)
    if destination is None or destination is cls:
        return None
    # The caller's caller, since code written in Python alone has frames.
    if is_empty and _is_copying(sys._getframe(2)):
        return None
    return destination


def take_detour(
    cls: type[Any],
    destination: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Creates the replacement of an object.

    Args:
      cls: The class of the object.
      destination: A class, or a function of `cls` and the arguments.
      args: Positional arguments of the constructor.
      kwargs: Keyword arguments of the constructor.
    """
    if isinstance(destination, type):
        return undetoured_new(destination, *args, **kwargs)
    layer = Layer({cls: cls}, prevails=True)
    outer, state = enter(layer)
    try:
        return destination(cls, *args, **kwargs)
    finally:
        leave(layer, outer, state)


def finish(value: Any) -> None:
    """Marks an object as complete, for the `__init__` that is called next."""
    _creation.finished = value


def is_finished(value: Any) -> bool:
    """Returns whether an object is marked as complete, and removes the mark."""
    if _creation.finished is not value:
        return False
    _creation.finished = None
    return True


def _is_copying(frame: types.FrameType) -> bool:
    """Whether a frame creates an empty object for the state of another one."""
    module = frame.f_globals.get("__name__", "")
    return module == copyreg.__name__ or module.startswith(_MAKING)
