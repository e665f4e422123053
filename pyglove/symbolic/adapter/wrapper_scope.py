"""Wrapper scope: calls of ordinary classes that create symbolic objects."""

from collections.abc import Callable, Iterable
from typing import Any

from pyglove import utils
from pyglove.symbolic.adapter.class_wrapper import ClassWrapper, all_wrappers
from pyglove.utils.scope import Scope

# The wrapper that replaces each class.
_WRAPPERS: Scope[dict[type, Any]] = Scope("wrappers", {})

# Flags of classes, as CPython numbers them.
_IMMUTABLE_TYPE, _HEAP_TYPE = 1 << 8, 1 << 9


def apply_wrappers(
    wrapper_classes: Iterable[Any] | None = None,
    where: Callable[[Any], bool] | None = None,
) -> Any:
    """Returns a context in which calls of wrapped classes create symbolic objects.

    Args:
      wrapper_classes: Wrappers from `pg.wrap` or `pg.symbolize`. None uses all
        wrappers, and the latest one of each class.
      where: A predicate of wrappers, if `wrapper_classes` is None.

    Returns:
      A context manager; other threads are not affected.

    Raises:
      TypeError: if a class is not a wrapper, or wraps a class written in C.

    Example:
      >>> class Layer:
      ...     def __init__(self, units):
      ...         self.units = units
      >>> with pg.apply_wrappers([pg.wrap(Layer)]):
      ...     layer = Layer(2)
      >>> layer.rebind(units=3)
      Layer(units=3)
    """
    if wrapper_classes is None:
        wrapper_classes = [
            c
            for c in all_wrappers()
            if _can_divert(c.sym_wrapped_cls) and (where is None or where(c))
        ]
    wrappers = dict(_WRAPPERS.get())
    for wrapper in wrapper_classes:
        wrapped = getattr(wrapper, "sym_wrapped_cls", None)
        if wrapped is None or not issubclass(wrapper, ClassWrapper):
            raise utils.PyGloveTypeError(
                f"Expected a class made by `pg.wrap`, got {wrapper!r}."
            )
        if not _can_divert(wrapped):
            raise utils.PyGloveTypeError(
                f"Expected wrappers of classes defined in Python, got {wrapper!r}."
            )
        _divert(wrapped)
        wrappers[wrapped] = wrapper
    return _WRAPPERS.bind(wrappers)


def _can_divert(cls: Any) -> bool:
    """Returns whether `__new__` of a class can be set; classes in C do not allow it."""
    return bool(cls.__flags__ & _HEAP_TYPE) and not cls.__flags__ & _IMMUTABLE_TYPE


def _divert(cls: Any) -> None:
    """Makes a class look for its wrapper when it creates an object.

    The new `__new__` is never removed, since some classes do not work any more after
    their `__new__` has been deleted. It does nothing while no scope is open.
    """
    original = cls.__new__
    if hasattr(original, "_sym_diverts"):
        if original._sym_diverts is cls:
            return

    def new(cls_: Any, /, *args: Any, **kwargs: Any) -> Any:
        if cls_ is cls and _WRAPPERS.open_count:
            cls_ = _WRAPPERS.get().get(cls, cls)
            if cls_ is not cls:
                return cls_.__new__(cls_, *args, **kwargs)
        if original is object.__new__:
            return object.__new__(cls_)
        return original(cls_, *args, **kwargs)

    new._sym_diverts = cls  # type: ignore[attr-defined]
    new._sym_original = original  # type: ignore[attr-defined]
    cls.__new__ = new


__all__ = ["apply_wrappers"]
