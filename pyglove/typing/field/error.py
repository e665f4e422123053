"""How value specs report errors on a path."""

from pyglove.typing.field.path import LazyPath, resolve_path
from pyglove.utils import (
    PyGloveKeyError,
    PyGloveTypeError,
    PyGloveValueError,
    message_on_path,
)
from pyglove.utils.error import with_message


def type_error(message: str, path: LazyPath) -> PyGloveTypeError:
    """A TypeError whose message ends with the path of the value."""
    return PyGloveTypeError(message_on_path(message, resolve_path(path)))


def value_error(message: str, path: LazyPath) -> PyGloveValueError:
    """A ValueError whose message ends with the path of the value."""
    return PyGloveValueError(message_on_path(message, resolve_path(path)))


def key_error(message: str) -> PyGloveKeyError:
    """A KeyError whose text is the message."""
    return PyGloveKeyError(message)


def error_on_path(error: Exception, path: LazyPath) -> Exception:
    """The same error, with the path of the value in its message.

    Args:
      error: An error raised by code that does not know the path.
      path: Where the value is.

    Returns:
      A new error of the same class, or `error` itself with the path as a note
      where its class takes more than a message.
    """
    return with_message(error, message_on_path(str(error), resolve_path(path)))
