"""JSON forms of plain values of the standard library.

Dates, paths, enumerators and the like are written as readable JSON:

    {"_type": "date", "value": "2024-02-29"}
    {"_type": "enum", "class": "program.Color", "name": "RED"}

The kinds differ from names of classes, since a program may wrap these classes. Reading
a value calls the constructor of a class of the standard library with text or numbers of
a known form, and imports nothing but its module. Older files contain such values as
pickles, which `plain_pickle` reads.
"""

import datetime
import enum
import functools
import importlib
import operator
from collections.abc import Callable
from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError, UntrustedError
from pyglove.utils.serialization.array_value import (
    ARRAY_KINDS,
    array_from_json,
    array_to_json,
)
from pyglove.utils.serialization.trust import LoadOptions, find_symbol

JSONObject = dict[str, Any]


def plain_to_json(value: Any) -> JSONObject | None:
    """Writes a plain value.

    Args:
      value: The value.

    Returns:
      The JSON form, or None if values of its class have none.

    Example:
      >>> import datetime
      >>> from pyglove.utils.serialization.plain_value import plain_to_json
      >>> plain_to_json(datetime.date(2024, 2, 29))
      {'_type': 'date', 'value': '2024-02-29'}
    """
    cls = type(value)
    write = _WRITERS.get(f"{cls.__module__}.{cls.__qualname__}")
    if write is not None:
        return write(value)
    if isinstance(value, enum.Enum):
        return _write_enumerator(value)
    return array_to_json(value)


def plain_from_json(json_value: JSONObject, options: LoadOptions) -> Any:
    """Reads what `plain_to_json` wrote.

    Args:
      json_value: The JSON form.
      options: The permissions of the document.

    Returns:
      The value.

    Raises:
      TypeError: The class of an enumerator is unknown, or a part has a wrong type.
      ValueError: A part is malformed.
    """
    kind = json_value["_type"]
    try:
        if kind == "enum":
            return _read_enumerator(json_value, options)
        if kind in ARRAY_KINDS:
            return array_from_json(json_value)
        return _READERS[kind](json_value)
    except UntrustedError:
        raise
    except (ArithmeticError, LookupError, TypeError, ValueError) as e:
        error = PyGloveTypeError if isinstance(e, TypeError) else PyGloveValueError
        raise error(
            f"Expected the JSON form of a value of {kind!r}, got one that cannot be "
            f"read: {e}."
        ) from e


def _text(json_value: JSONObject, key: str = "value") -> str:
    text = json_value[key]
    if not isinstance(text, str):
        raise TypeError(f"expected a str as {key!r}, got {text!r:.100}")
    return text


def _numbers(value: Any, count: int, *kinds: type[Any]) -> list[Any]:
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(type(item) in kinds for item in value)
    ):
        raise TypeError(f"expected {count} numbers, got {value!r:.100}")
    return value


def _write_text(kind: str, form: Callable[[Any], str]) -> Callable[[Any], JSONObject]:
    return lambda value: {"_type": kind, "value": form(value)}


# ---- Dates and times ---------------------------------------------------------


def _timedelta_form(value: datetime.timedelta) -> list[int]:
    return [value.days, value.seconds, value.microseconds]


def _timedelta_of(form: Any) -> datetime.timedelta:
    return datetime.timedelta(*_numbers(form, 3, int))


def _write_timezone(value: datetime.timezone) -> JSONObject:
    offset = value.utcoffset(None)
    name = value.tzname(None)
    document = {"_type": "timezone", "value": _timedelta_form(offset)}
    if name != datetime.timezone(offset).tzname(None):
        document["name"] = name
    return document


def _read_timezone(json_value: JSONObject) -> datetime.timezone:
    offset = _timedelta_of(json_value["value"])
    if "name" in json_value:
        return datetime.timezone(offset, _text(json_value, "name"))
    return datetime.timezone(offset) if offset else datetime.UTC


def _write_zoned(kind: str) -> Callable[[Any], JSONObject | None]:
    def write(value: Any) -> JSONObject | None:
        zone = value.tzinfo
        if zone is not None and type(zone) is not datetime.timezone:
            return None  # A named time zone may differ between machines.
        document: JSONObject = {
            "_type": kind,
            "value": value.replace(tzinfo=None).isoformat(),
        }
        if value.fold:
            document["fold"] = value.fold
        if zone is not None:
            document["timezone"] = _write_timezone(zone)
        return document

    return write


def _read_zoned(cls: Any) -> Callable[[JSONObject], Any]:
    def read(json_value: JSONObject) -> Any:
        value = cls.fromisoformat(_text(json_value))
        zone = json_value.get("timezone")
        if zone is not None:
            value = value.replace(tzinfo=_read_timezone(zone))
        fold = json_value.get("fold")
        return value.replace(fold=_numbers([fold], 1, int)[0]) if fold else value

    return read


# ---- Enumerators -------------------------------------------------------------


def _write_enumerator(value: enum.Enum) -> JSONObject | None:
    cls = type(value)
    if "<locals>" in cls.__qualname__:
        return None
    document: JSONObject = {
        "_type": "enum",
        "class": f"{cls.__module__}.{cls.__qualname__}",
    }
    if cls.__members__.get(value.name) is value:
        return {**document, "name": value.name}
    if not isinstance(value, enum.Flag):
        return None
    flags = list(value)
    if functools.reduce(operator.or_, flags, cls(0)) != value:
        return None
    return {**document, "names": [flag.name for flag in flags]}


def _read_enumerator(json_value: JSONObject, options: LoadOptions) -> Any:
    name = _text(json_value, "class")
    cls = find_symbol("enumeration", name, options)
    if not isinstance(cls, enum.EnumMeta):
        raise TypeError(f"expected the name of an enumeration, got {name!r}")
    if "names" not in json_value:
        return cls.__members__[_text(json_value, "name")]
    names = json_value["names"]
    if not issubclass(cls, enum.Flag) or not isinstance(names, list):
        raise TypeError(f"expected names of flags of {name!r}")
    if not options.trusted and not _combines_as_usual(cls):
        raise UntrustedError(
            f"a combination of flags of {name!r}", "its class decides what that is"
        )
    flags = [cls.__members__[_text({"value": item})] for item in names]
    return functools.reduce(operator.or_, flags, cls(0))


def _combines_as_usual(cls: type[enum.Flag]) -> bool:
    """Whether combining flags does not run code of the program."""
    for name in ("__or__", "__ror__", "_missing_", "__new__", "__init__"):
        for base in cls.__mro__:
            if name in vars(base):
                own = vars(base)[name]
                # `enum` adds functions of its own to each class.
                owner = getattr(own, "__func__", own)
                module = getattr(owner, "__module__", base.__module__)
                if module not in (None, "enum", "builtins"):
                    return False
                break
    return True


# ---- Numbers, paths and identifiers ------------------------------------------


def _read_complex(json_value: JSONObject) -> complex:
    return complex(*_numbers(json_value["value"], 2, int, float))


def _read_fraction(json_value: JSONObject) -> Any:
    numerator, denominator = _numbers(json_value["value"], 2, int)
    return _class_of("fractions", "Fraction")(numerator, denominator)


def _class_of(module: str, name: str) -> Any:
    """Returns a class of the standard library, importing its module if necessary."""
    return getattr(importlib.import_module(module), name)


def _read_text(module: str, name: str) -> Callable[[JSONObject], Any]:
    """Returns a reader that calls a class of the standard library with text."""
    return lambda json_value: _class_of(module, name)(_text(json_value))


# By names of classes, so that their modules need not be imported.
_WRITERS: dict[str, Callable[[Any], JSONObject | None]] = {
    "datetime.date": _write_text("date", datetime.date.isoformat),
    "datetime.datetime": _write_zoned("datetime"),
    "datetime.time": _write_zoned("time"),
    "datetime.timedelta": lambda value: {
        "_type": "timedelta",
        "value": _timedelta_form(value),
    },
    "datetime.timezone": _write_timezone,
    "decimal.Decimal": _write_text("decimal", str),
    "builtins.complex": lambda value: {
        "_type": "complex",
        "value": [value.real, value.imag],
    },
    "fractions.Fraction": lambda value: {
        "_type": "fraction",
        "value": [value.numerator, value.denominator],
    },
    "uuid.UUID": _write_text("uuid", str),
    **{
        # Newer versions of Python define them in another module.
        f"{module}.{name}": _write_text(kind, str)
        for module in ("pathlib", "pathlib._local")
        for name, kind in (
            ("PosixPath", "path"),
            ("WindowsPath", "path"),
            ("PurePosixPath", "pure_posix_path"),
            ("PureWindowsPath", "pure_windows_path"),
        )
    },
}

_READERS: dict[str, Callable[[JSONObject], Any]] = {
    "date": lambda json_value: datetime.date.fromisoformat(_text(json_value)),
    "datetime": _read_zoned(datetime.datetime),
    "time": _read_zoned(datetime.time),
    "timedelta": lambda json_value: _timedelta_of(json_value["value"]),
    "timezone": _read_timezone,
    "decimal": _read_text("decimal", "Decimal"),
    "complex": _read_complex,
    "fraction": _read_fraction,
    "uuid": _read_text("uuid", "UUID"),
    "path": _read_text("pathlib", "Path"),
    "pure_posix_path": _read_text("pathlib", "PurePosixPath"),
    "pure_windows_path": _read_text("pathlib", "PureWindowsPath"),
}

# The values of '_type' of JSON objects that represent plain values.
PLAIN_KINDS = frozenset(("enum", *_READERS, *ARRAY_KINDS))
