"""Dataclasses that become dataclasses when they are first used.

To make a dataclass compiles source code, and importing `dataclasses` imports much else,
while most programs use few of the dataclasses of this library.
"""

import threading
import types
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

from pyglove.utils.lazy_module import dataclasses, inspect
from pyglove.utils.lock import fork_safe

T = TypeVar("T")

_ABSENT = object()
_FIELDS = "__dataclass_fields__"
# What `dataclasses.dataclass` adds. The fields come last: they tell that all is done.
_ADDED = (
    "__init__",
    "__repr__",
    "__eq__",
    "__hash__",
    "__match_args__",
    "__dataclass_params__",
    _FIELDS,
)
_lock = fork_safe(threading.RLock())
_METHODS = frozenset(_ADDED[:4])


class _Factory:
    """Stands for a default that each object has for itself."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def late_default(*, default_factory: Callable[[], Any]) -> Any:
    """Returns the default of a field that each object has for itself.

    Args:
      default_factory: Makes it.
    """
    return _Factory(default_factory)


class _Stub:
    """Stands for what makes a class a dataclass, until it is asked for."""

    def __init__(self, finish: Callable[[], None], cls: Any, name: str) -> None:
        self._finish = finish
        self._cls = cls
        self.__name__ = name
        self.__qualname__ = f"{cls.__qualname__}.{name}"
        self.__module__ = cls.__module__

    @property
    def __signature__(self) -> "inspect.Signature":
        return inspect.signature(self._finished())

    def _finished(self) -> Any:
        self._finish()
        return getattr(self._cls, self.__name__)

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None and self.__name__ in _METHODS:
            return self
        finished = self._finished()
        return finished.__get__(instance) if self.__name__ in _METHODS else finished

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._finished()(*args, **kwargs)


@dataclass_transform(field_specifiers=(late_default,))
def late_dataclass(cls: type[T]) -> type[T]:
    """Makes a class a dataclass, once its first object is made or it is looked at.

    Args:
      cls: The class, with annotated fields.

    Example:
      >>> from pyglove.utils.late_dataclass import late_dataclass
      >>> @late_dataclass
      ... class Point:
      ...   x: int
      ...   y: int = 0
      >>> Point(1)
      Point(x=1, y=0)
    """
    return _prepare(cls, frozen=False)


@dataclass_transform(field_specifiers=(late_default,), frozen_default=True)
def late_frozen_dataclass(cls: type[T]) -> type[T]:
    """Does the same for a class whose objects are not modified.

    Args:
      cls: The class, with annotated fields.
    """
    return _prepare(cls, frozen=True)


def _prepare(cls: Any, frozen: bool) -> Any:
    def finish() -> None:
        with _lock:
            if type(cls.__dict__[_FIELDS]) is _Stub:
                _finish(cls, frozen)

    for name in _ADDED:
        # What a class defines itself stays, as in other dataclasses.
        if cls.__dict__.get(name) is None:
            setattr(cls, name, _Stub(finish, cls, name))
    if frozen:
        cls.__setattr__ = _refuse_set
        cls.__delattr__ = _refuse_delete
    return cls


def _finish(cls: Any, frozen: bool) -> None:
    """Puts what a dataclass has in the place of stubs.

    Another class is made a dataclass, since this one would lack a constructor in the
    meantime, which other threads may need.
    """
    namespace = {"__annotations__": cls.__annotations__, "__module__": cls.__module__}
    for name in cls.__annotations__:
        value = cls.__dict__.get(name, _ABSENT)
        if type(value) is _Factory:
            namespace[name] = dataclasses.field(default_factory=value.make)
            delattr(cls, name)
        elif value is not _ABSENT:
            namespace[name] = value
    if hasattr(cls, "__post_init__"):
        namespace["__post_init__"] = cls.__post_init__
    bases = tuple(base for base in cls.__bases__ if hasattr(base, _FIELDS))
    model = type(cls.__name__, bases, namespace)
    dataclasses.dataclass(frozen=frozen)(model)
    for name in _ADDED:
        if type(cls.__dict__[name]) is not _Stub:
            continue
        value = model.__dict__[name]
        if isinstance(value, types.FunctionType):
            value.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, value)


def _refuse_set(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
