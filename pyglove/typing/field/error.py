"""Errors of value specs, with the path of the value and the names of types."""

import typing

from pyglove.typing.field.path import LazyPath, resolve_path
from pyglove.utils import (
    PyGloveKeyError,
    PyGloveTypeError,
    PyGloveValueError,
    message_on_path,
)
from pyglove.utils.error import with_message


def _located(message: str, path: LazyPath) -> str:
    found = resolve_path(path)
    return message if found.is_root else message_on_path(message, found)


def type_error(message: str, path: LazyPath) -> PyGloveTypeError:
    """Returns a TypeError whose message ends with the path of the value."""
    return PyGloveTypeError(_located(message, path))


def value_error(message: str, path: LazyPath) -> PyGloveValueError:
    """Returns a ValueError whose message ends with the path of the value."""
    return PyGloveValueError(_located(message, path))


def key_error(message: str, path: LazyPath) -> PyGloveKeyError:
    """Returns a KeyError whose message ends with the path of the value."""
    return PyGloveKeyError(_located(message, path))


def extension_error(spec: object, base: object, reason: str) -> PyGloveTypeError:
    """Returns the error of a value spec that accepts values that its base rejects.

    Args:
      spec: The spec that was to extend the base.
      base: The base spec.
      reason: The reason, as the end of a sentence.
    """
    return PyGloveTypeError(
        f"Expected a value spec that accepts no more than {base!r}, got {spec!r}: "
        f"{reason}."
    )


def error_on_path(error: Exception, path: LazyPath) -> Exception:
    """Returns an error with the path of the value in its message.

    Args:
      error: An error raised by code that does not know the path.
      path: The path of the value.

    Returns:
      A new error of the same class; or `error` itself, with the path as a note, if its
      class cannot be created from a message alone.
    """
    return with_message(error, _located(str(error), path))


def type_text(value_type: typing.Any) -> str:
    """Returns the name of a type, or of several ones, for a message.

    Args:
      value_type: A class, a generic class with arguments, or a tuple of these.

    Example:
      >>> import datetime
      >>> from pyglove.typing.field.error import type_text
      >>> type_text((int, list[str], datetime.date))
      'int or list[str] or datetime.date'
    """
    if isinstance(value_type, tuple):
        return " or ".join(map(type_text, value_type))
    # A generic class with arguments poses as a class, but its own type is none.
    if not issubclass(type(value_type), type):
        return str(value_type)
    if value_type.__module__ == "builtins":
        return str(value_type.__qualname__)
    return f"{value_type.__module__}.{value_type.__qualname__}"


def value_text(value: typing.Any) -> str:
    """Returns a value and its type, for a message: `'a' of type str`."""
    return f"{value!r} of type {type_text(type(value))}"
