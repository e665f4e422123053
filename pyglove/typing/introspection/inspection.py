"""Inspection of types, generic types included."""

import sys
import types
import typing

from pyglove.utils import PyGloveTypeError, PyGloveValueError

_TypeOrTypes = typing.Any  # A class, a generic alias, or a tuple of them.


def is_instance(value: typing.Any, target: _TypeOrTypes) -> bool:
    """Like `isinstance`, where the target may be a parameterized generic class.

    Args:
      value: Any value.
      target: A class, a generic class with arguments, `typing.Any`, or a tuple of
        those.

    Returns:
      Whether the class of the value is a subclass of the target.

    Example:
      >>> import typing
      >>> import pyglove.typing as pgt
      >>> T = typing.TypeVar('T')
      >>> class Box(typing.Generic[T]): ...
      >>> class IntBox(Box[int]): ...
      >>> pgt.is_instance(IntBox(), Box[int]), pgt.is_instance(IntBox(), Box[str])
      (True, False)
    """
    meta = type(target)
    if meta is type:
        # Generic aliases pose as classes, but their own type is never `type`.
        return isinstance(value, target)
    if meta is tuple:
        return any(is_instance(value, t) for t in target)
    if target is typing.Any:
        return True
    if issubclass(meta, type) and not getattr(target, "_is_protocol", False):
        return isinstance(value, target)
    return is_subclass(type(value), target)


def is_subclass(src: typing.Any, target: _TypeOrTypes) -> bool:
    """Like `issubclass`, where both sides may be parameterized generic classes.

    Type arguments are covariant; a protocol is satisfied by every class that is not
    a builtin one.

    Args:
      src: A class, or a generic class with arguments.
      target: The same, `typing.Any`, or a tuple of those.

    Returns:
      Whether `src` is a subclass of the target, or of one of the targets.

    Raises:
      TypeError: Either side is not a type.
    """
    if isinstance(target, tuple):
        return any(_is_subclass(src, t) for t in target)
    return _is_subclass(src, target)


def _is_subclass(src: typing.Any, target: typing.Any) -> bool:
    if src is target or target is typing.Any:
        return True
    src_cls = typing.get_origin(src) or src
    target_cls = typing.get_origin(target) or target
    if getattr(target_cls, "_is_protocol", False):
        is_class = isinstance(src_cls, type) and src_cls is not types.UnionType
        return is_class and src_cls.__module__ != "builtins"
    if src is typing.Any:
        return False
    if not issubclass(src_cls, target_cls):
        return False
    target_args = typing.get_args(target)
    if not target_args:
        return True
    src_args = get_type_args(src, target_cls)
    if not src_args:
        return False
    return len(src_args) == len(target_args) and all(
        _is_subclass(s, t) for s, t in zip(src_args, target_args, strict=True)
    )


def is_generic(maybe_generic: typing.Any) -> bool:
    """Whether this is a type with arguments, such as `list[int]`."""
    return typing.get_origin(maybe_generic) is not None


def has_generic_bases(maybe_generic: typing.Any) -> bool:
    """Whether this is a class that was declared with a generic base."""
    return isinstance(maybe_generic, type) and "__orig_bases__" in vars(maybe_generic)


def get_type(maybe_type: typing.Any) -> typing.Any:
    """Returns the class of a type, which may have type arguments.

    Args:
      maybe_type: A class, a generic class with arguments, or `typing.Any`.

    Returns:
      The class, without arguments.

    Raises:
      TypeError: This is not a type.
    """
    origin = typing.get_origin(maybe_type)
    if origin is not None:
        return origin
    if isinstance(maybe_type, type) or maybe_type is typing.Any:
        return maybe_type
    raise PyGloveTypeError(f"Expected a type, got {maybe_type!r}.")


def get_type_args(
    maybe_generic: typing.Any, base: typing.Any | None = None
) -> tuple[typing.Any, ...]:
    """Returns the type arguments of a generic type, or of one of its bases.

    Args:
      maybe_generic: A class, or a generic class with arguments.
      base: The base class whose type arguments to return; None is `maybe_generic`
        itself.

    Returns:
      The arguments, or an empty tuple if there are none.

    Example:
      >>> import typing
      >>> import pyglove.typing as pgt
      >>> T = typing.TypeVar('T')
      >>> class Box(typing.Generic[T]): ...
      >>> class IntBox(Box[int]): ...
      >>> pgt.get_type_args(IntBox, Box)
      (<class 'int'>,)
    """
    origin = typing.get_origin(maybe_generic)
    args = typing.get_args(maybe_generic)
    if base is None or base is (origin or maybe_generic):
        return args if origin is not None else ()
    cls = origin or maybe_generic
    for orig_base in getattr(cls, "__orig_bases__", ()):
        orig_origin = typing.get_origin(orig_base)
        if orig_origin is typing.Generic or orig_origin is typing.Protocol:
            continue
        found = get_type_args(orig_base, base)
        if found:
            return _substitute(found, getattr(cls, "__parameters__", ()), args)
    return ()


def _substitute(
    found: tuple[typing.Any, ...],
    parameters: tuple[typing.Any, ...],
    args: tuple[typing.Any, ...],
) -> tuple[typing.Any, ...]:
    """Replaces type variables of a class by its type arguments."""
    if not args:
        # Unbound type variables are not arguments.
        return () if any(isinstance(t, typing.TypeVar) for t in found) else found
    binding = dict(zip(parameters, args, strict=False))
    return tuple(
        binding.get(t, t) if isinstance(t, typing.TypeVar) else t for t in found
    )


def get_outer_class(
    cls: type[typing.Any],
    base_cls: type[typing.Any] | tuple[type[typing.Any], ...] | None = None,
    immediate: bool = False,
) -> type[typing.Any] | None:
    """Finds the class in which another class is defined.

    Args:
      cls: The inner class.
      base_cls: If given, the outer class must be a subclass of this.
      immediate: If True, only consider the innermost class around `cls`, else the
        innermost one that fits.

    Returns:
      The outer class, or None.

    Raises:
      ValueError: The class is local to a function, where it cannot be found.
    """
    names = cls.__qualname__.split(".")[:-1]
    if "<locals>" in names:
        raise PyGloveValueError(
            f"Expected a class that can be found in its module, got {cls!r}, which is "
            "local to a function."
        )
    while names:
        outer: typing.Any = sys.modules.get(cls.__module__)
        for name in names:
            outer = getattr(outer, name, None)
        if isinstance(outer, type) and (
            base_cls is None or issubclass(outer, base_cls)
        ):
            return outer
        if immediate:
            return None
        names.pop()
    return None
