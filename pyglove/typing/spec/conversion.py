"""Converters of values that are not of the type that a value spec expects."""

import datetime
import types
import typing
from collections.abc import Callable
from typing import Any

from pyglove.typing.introspection.inspection import is_subclass
from pyglove.utils import KeyPath, PyGloveTypeError
from pyglove.utils.serialization.json_convertible import register_type_converter_lookup

Converter = Callable[[Any], Any]
_Type = Any  # A class, or a generic class with arguments.
_Types = Any  # A type, a union of types, or a tuple of them.

_JSON_TYPES = frozenset((int, float, bool, type(None), list, tuple, dict, str))


class _ConverterRegistry:
    """Converters by source and destination type, the latest registration first."""

    def __init__(self) -> None:
        self._entries: list[tuple[_Type, _Type, Converter]] = []
        # Results of look-ups. A registration clears them.
        self._found: dict[tuple[_Type, _Type], Converter | None] = {}

    def register(self, src: _Type, dest: _Type, convert: Converter) -> None:
        # A converter replaces the former one of the same types.
        others = [(s, d, c) for s, d, c in self._entries if (s, d) != (src, dest)]
        self._entries = [(src, dest, convert), *others]
        self._found = {}

    def find(self, src: _Type, dest: _Type) -> Converter | None:
        key = (src, dest)
        try:
            return self._found[key]
        except KeyError:
            pass
        found = self._found
        converter = self._search(src, dest)
        if len(found) > 4096:  # Do not keep many classes that are created dynamically.
            found.clear()
        found[key] = converter
        return converter

    def _search(self, src: _Type, dest: _Type) -> Converter | None:
        # A converter to a subclass is also suitable.
        is_base = _has_subclasses(dest)
        for registered, made, converter in self._entries:
            fits = made == dest or (is_base and is_subclass(made, dest))
            if fits and is_subclass(src, registered):
                return converter
        return None

    def find_json(self, src: _Type) -> Converter | None:
        for registered, dest, converter in self._entries:
            if dest in _JSON_TYPES and is_subclass(src, registered):
                return converter
        return None


def _has_subclasses(dest: _Type) -> bool:
    """Whether a type can have subclasses.

    A protocol has none: classes implement it without being derived from it.
    """
    cls = typing.get_origin(dest) or dest
    return isinstance(cls, type) and not getattr(cls, "_is_protocol", False)


_REGISTRY = _ConverterRegistry()


def register_converter(
    src_type: _Types, dest_type: _Types, convert_fn: Converter
) -> None:
    """Registers a converter of values of one type to another type.

    Value specs use it for values that are not of the expected type.

    Args:
      src_type: The source type, or several of them: a class, a generic class with
        arguments, a union, or a tuple.
      dest_type: The destination type, or several of them.
      convert_fn: A function of the value that returns the converted value. The result
        is not checked: it counts as a value of `dest_type`.

    Raises:
      TypeError: The source or the destination is not a type.

    Example:
      >>> import pyglove.typing as pgt
      >>> class Percentage:
      ...     def __init__(self, value):
      ...         self.value = value
      >>> pgt.register_converter(Percentage, float, lambda p: p.value / 100)
      >>> pgt.Float().apply(Percentage(50))
      0.5
    """
    sources, destinations = _types_of(src_type), _types_of(dest_type)
    for dest in destinations:
        for src in sources:
            _REGISTRY.register(src, dest, convert_fn)


def _types_of(declared: _Types) -> list[_Type]:
    """Returns the types in an argument of `register_converter`.

    Raises:
      TypeError: A part of it is not a type.
    """
    if isinstance(declared, tuple):
        return [t for part in declared for t in _types_of(part)]
    origin: Any = typing.get_origin(declared)
    if origin in (typing.Union, types.UnionType):
        return _types_of(typing.get_args(declared))
    if isinstance(origin, type):
        # `typing.List` is `list`, `typing.List[int]` is `list[int]`.
        args = typing.get_args(declared)
        return [declared if args else origin]
    if not isinstance(declared, type):
        raise PyGloveTypeError(
            "Expected types to convert from and to, which are classes, generic classes "
            f"with arguments, or tuples of them, got {declared!r}."
        )
    return [declared]


def get_converter(src: type[Any], dest: _Types) -> Converter | None:
    """Finds the converter of values of one type to another type.

    Args:
      src: The source type; a converter of a base class is also suitable.
      dest: The destination type, or several ones, of which the first with a converter
        is used; a converter to a subclass is also suitable.

    Returns:
      The converter, which is a function of the value, or None.
    """
    for t in dest if isinstance(dest, tuple) else (dest,):
        converter = _REGISTRY.find(src, t)
        if converter is not None:
            return converter
    return None


def get_json_value_converter(src: type[Any]) -> Converter | None:
    """Finds the converter of values of a type to a JSON type."""
    return _REGISTRY.find_json(src)


def _time_of(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def _seconds_of(time: datetime.datetime) -> int:
    return int(time.timestamp())


# The built-in converters. Later ones take precedence.
_BUILTIN: tuple[tuple[_Type, _Type, Converter], ...] = (
    (int, float, float),
    (int, datetime.datetime, _time_of),
    (datetime.datetime, int, _seconds_of),
    (str, KeyPath, KeyPath.parse),
    (KeyPath, str, KeyPath.path_str),
)
for _conversion in _BUILTIN:
    register_converter(*_conversion)
register_type_converter_lookup(get_json_value_converter)
