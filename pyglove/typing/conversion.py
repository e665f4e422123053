"""Conversions that value specs make when a value is not of the expected type."""

import datetime
from collections.abc import Callable
from typing import Any

from pyglove.typing.inspection import is_subclass
from pyglove.utils import KeyPath, PyGloveTypeError
from pyglove.utils.json_convertible import register_type_converter_lookup

Converter = Callable[[Any], Any]
_Types = Any  # A class, a generic alias, or a tuple of them.

_JSON_TYPES = frozenset((int, float, bool, type(None), list, tuple, dict, str))


class _ConverterRegistry:
    """Converters by source and destination, the latest registration first."""

    def __init__(self) -> None:
        self._entries: list[tuple[type[Any], type[Any], Converter]] = []
        self._by_dest: dict[Any, list[tuple[type[Any], Converter]]] = {}
        # What a look-up found, for classes seen before; dropped on registration.
        self._found: dict[tuple[type[Any], Any], Converter | None] = {}

    def register(self, src: type[Any], dest: type[Any], convert: Converter) -> None:
        entries = self._by_dest.setdefault(dest, [])
        entries[:] = [(s, c) for s, c in entries if s is not src]
        entries.insert(0, (src, convert))
        self._entries.insert(0, (src, dest, convert))
        self._found.clear()

    def find(self, src: type[Any], dest: Any) -> Converter | None:
        key = (src, dest)
        try:
            return self._found[key]
        except KeyError:
            pass
        converter = self._search(src, dest)
        if len(self._found) > 4096:  # Classes made on the fly must not pile up.
            self._found.clear()
        self._found[key] = converter
        return converter

    def _search(self, src: type[Any], dest: Any) -> Converter | None:
        entries = self._by_dest.get(dest, ())
        for registered, converter in entries:
            if registered is src:
                return converter
        for registered, converter in entries:
            if is_subclass(src, registered):
                return converter
        # What becomes a value of a subclass will do, too. A protocol has no subclasses,
        # only classes that happen to fit.
        for registered, made, converter in self._entries:
            if dest in getattr(made, "__mro__", ()) and is_subclass(src, registered):
                return converter
        return None

    def find_json(self, src: type[Any]) -> Converter | None:
        for registered, dest, converter in self._entries:
            if dest in _JSON_TYPES and is_subclass(src, registered):
                return converter
        return None


_REGISTRY = _ConverterRegistry()


def register_converter(
    src_type: _Types, dest_type: _Types, convert_fn: Converter
) -> None:
    """Registers how values of one type become values of another.

    Value specs convert values that are not of the type they expect, if there is a
    converter for that.

    Args:
        src_type: The type to convert from, or several of them.
        dest_type: The type to convert to, or several of them.
        convert_fn: A function of the value that returns the converted value.

    Raises:
        TypeError: The source or the destination is not a type.

    Example:
        >>> import fractions
        >>> import pyglove.typing as pgt
        >>> pgt.register_converter(fractions.Fraction, float, float)
        >>> pgt.Float().apply(fractions.Fraction(1, 2))
        0.5
    """
    sources = src_type if isinstance(src_type, tuple) else (src_type,)
    destinations = dest_type if isinstance(dest_type, tuple) else (dest_type,)
    for t in (*sources, *destinations):
        if not isinstance(t, type):
            raise PyGloveTypeError(
                "Argument 'src' and 'dest' must be a type or tuple of types. "
                f"Encountered: {t!r}."
            )
    for dest in destinations:
        for src in sources:
            _REGISTRY.register(src, dest, convert_fn)


def get_converter(src: type[Any], dest: _Types) -> Converter | None:
    """Finds how values of one type become values of another.

    Args:
        src: The type to convert from; converters of its bases will do.
        dest: The type to convert to, or several, of which the first that works.

    Returns:
        A function of the value, or None.
    """
    for t in dest if isinstance(dest, tuple) else (dest,):
        converter = _REGISTRY.find(src, t)
        if converter is not None:
            return converter
    return None


def get_json_value_converter(src: type[Any]) -> Converter | None:
    """Finds how values of a type become values that JSON can hold."""
    return _REGISTRY.find_json(src)


def _register_builtin_converters() -> None:
    utc = datetime.UTC
    register_converter(int, float, float)
    register_converter(
        int, datetime.datetime, lambda x: datetime.datetime.fromtimestamp(x, utc)
    )
    register_converter(datetime.datetime, int, lambda x: int(x.timestamp()))
    register_converter(str, KeyPath, KeyPath.parse)
    register_converter(KeyPath, str, lambda x: x.path)


_register_builtin_converters()
register_type_converter_lookup(get_json_value_converter)
