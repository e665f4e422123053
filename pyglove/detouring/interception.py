"""Interception: temporary replacement of `__new__` and `__init__` of classes."""

import contextlib
import functools
import inspect
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyglove import utils
from pyglove.detouring import creation
from pyglove.utils.lock import fork_safe

_ABSENT = object()
_NO_ARGUMENTS = inspect.Signature(
    [inspect.Parameter("cls", inspect.Parameter.POSITIONAL_ONLY)]
)


class _Interception:
    """The replaced methods of one class.

    Attributes:
      cls: The class.
      count: The number of open blocks that need the replacement of `__new__`.
      shielded: Classes whose `__init__` is replaced because of this class.
    """

    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls
        self.count = 0
        self.shielded: set[type[Any]] = set()
        self._own_new = cls.__dict__.get("__new__", _ABSENT)
        self._plain_new = self._own_new
        original: Any = cls.__new__
        if self._own_new is _ABSENT:
            original = _inherited_new(cls)
            self._plain_new = staticmethod(original)
        self._install(staticmethod(_detouring_new(self, original)))

    def _install(self, new: Any) -> None:
        # This bypasses metaclasses that reject assignments.
        type.__setattr__(self.cls, "__new__", new)

    def remove(self) -> None:
        """Restores the `__new__` of the class.

        In CPython, a class that once had a `__new__` behaves differently without one:
        `object.__new__` rejects arguments of `__init__`. Such a class keeps a `__new__`
        that drops them.
        """
        if self._own_new is _ABSENT and (
            super(self.cls, self.cls).__new__ is not object.__new__
        ):
            type.__delattr__(self.cls, "__new__")
        else:
            self._install(self._plain_new)
        for cls in self.shielded:
            _unshield(cls)


class _Shield:
    """The replaced `__init__` of one class.

    Attributes:
      count: The number of intercepted classes that need it.
    """

    def __init__(self, cls: type[Any]) -> None:
        self.count = 0
        self._cls = cls
        self._own_init = cls.__dict__.get("__init__", _ABSENT)
        self._init = _shielding_init(cls, self._own_init)
        type.__setattr__(cls, "__init__", self._init)

    def remove(self) -> None:
        """Restores the `__init__` of the class, unless it was replaced meanwhile."""
        if self._cls.__dict__.get("__init__") is not self._init:
            return
        if self._own_init is _ABSENT:
            type.__delattr__(self._cls, "__init__")
        else:
            type.__setattr__(self._cls, "__init__", self._own_init)


_lock = fork_safe(threading.RLock())
_interceptions: dict[type[Any], _Interception] = {}
_shields: dict[type[Any], _Shield] = {}


@contextlib.contextmanager
def intercept(classes: Iterable[type[Any]]) -> Iterator[None]:
    """Enables detours of the creation of objects within a `with` block.

    Args:
      classes: The classes of the objects.

    Yields:
      Nothing.

    Raises:
      TypeError: A class cannot be modified, since it is not written in Python.
    """
    acquired: list[_Interception] = []
    try:
        for cls in classes:
            acquired.append(_acquire(cls))
        yield
    finally:
        for interception in acquired:
            _release(interception)
        creation.finish(None)


def _acquire(cls: type[Any]) -> _Interception:
    with _lock:
        interception = _interceptions.get(cls)
        if interception is None:
            try:
                interception = _Interception(cls)
            except TypeError as error:
                raise utils.PyGloveTypeError(
                    "Expected a class defined in Python as source of a detour, got "
                    f"{cls!r}, whose creation cannot be intercepted ({error})."
                ) from None
            _interceptions[cls] = interception
        interception.count += 1
        return interception


def _release(interception: _Interception) -> None:
    with _lock:
        interception.count -= 1
        if not interception.count:
            del _interceptions[interception.cls]
            interception.remove()


def _detouring_new(
    interception: _Interception, original: Callable[..., Any]
) -> Callable[..., Any]:
    """Returns a `__new__` that takes detours."""
    owner = interception.cls

    def __new__(cls: type[Any], /, *args: Any, **kwargs: Any) -> Any:
        # Subclasses inherit the method, but not the detour.
        if cls is owner:
            destination = creation.find_detour(cls, not (args or kwargs))
            if destination is not None:
                result = creation.take_detour(cls, destination, args, kwargs)
                if owner in type(result).__mro__:
                    _protect(interception, result)
                return result
        return original(cls, *args, **kwargs)

    return _disguise(__new__, owner)


def _inherited_new(owner: type[Any]) -> Callable[..., Any]:
    """Returns a `__new__` that is equivalent to an inherited one."""

    def __new__(cls: type[Any], /, *args: Any, **kwargs: Any) -> Any:
        new = super(owner, cls).__new__
        if new is not object.__new__:
            return new(cls, *args, **kwargs)
        if args or kwargs:
            if not hasattr(cls.__new__, "_is_transparent"):
                return object.__new__(cls, *args, **kwargs)  # This raises an error.
            if cls.__init__ is object.__init__:
                raise TypeError(f"{cls.__name__}() takes no arguments")
        return object.__new__(cls)

    return _disguise(__new__, owner)


def _disguise(new: Any, owner: type[Any]) -> Any:
    """Copies the name, docstring and signature of the replaced `__new__`."""
    new.__qualname__ = f"{owner.__qualname__}.__new__"
    new.__module__ = owner.__module__
    original: Any = owner.__new__
    if not hasattr(original, "_is_transparent"):
        if original is object.__new__:
            original = owner.__init__
            new._is_transparent = True
        if original is object.__init__:
            new.__signature__ = _NO_ARGUMENTS
        else:
            new.__wrapped__ = original
    else:
        new._is_transparent = True
        new.__dict__.update(original.__dict__)
    return new


def _protect(interception: _Interception, result: Any) -> None:
    """Prevents Python from initializing a complete object again.

    Python calls `__init__` if `__new__` returns an object of the called class.
    """
    cls = type(result)
    if cls.__init__ is object.__init__:
        return
    with _lock:
        if cls not in interception.shielded:
            shield = _shields.get(cls)
            if shield is None:
                shield = _shields[cls] = _Shield(cls)
            shield.count += 1
            interception.shielded.add(cls)
    creation.finish(result)


def _unshield(cls: type[Any]) -> None:
    shield = _shields[cls]
    shield.count -= 1
    if not shield.count:
        del _shields[cls]
        shield.remove()


def _shielding_init(cls: type[Any], own_init: Any) -> Callable[..., None]:
    """Returns an `__init__` that does not modify complete objects."""

    def __init__(self: Any, /, *args: Any, **kwargs: Any) -> None:
        if creation.is_finished(self):
            return
        if own_init is _ABSENT:
            super(cls, self).__init__(*args, **kwargs)
        else:
            own_init.__get__(self, type(self))(*args, **kwargs)

    # It has the docstring and signature of the visible `__init__`.
    return functools.wraps(cls.__init__)(__init__)
