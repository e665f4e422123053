"""The exceptions that the library raises.

Each exception is a `PyGloveError` *and* a builtin exception, so that callers can catch
all errors of the library or the usual builtin.
"""

from typing import Any


class PyGloveError(Exception):
    """Base class of all errors that the library raises.

    Example:
      >>> from pyglove.utils import PyGloveError, PyGloveValueError
      >>> try:
      ...     raise PyGloveValueError('Expected a positive number, got -1.')
      ... except PyGloveError as e:
      ...     print(e, isinstance(e, ValueError))
      Expected a positive number, got -1. True
    """


class PyGloveValueError(PyGloveError, ValueError):
    """A value of the right type that cannot be accepted."""


class PyGloveTypeError(PyGloveError, TypeError):
    """A value of the wrong type."""


class PyGloveKeyError(PyGloveError, KeyError):
    """A key or a path that does not exist.

    Unlike the builtin, its text is the message itself, not the message quoted.
    """

    def __str__(self) -> str:
        if len(self.args) == 1:
            return str(self.args[0])
        return super().__str__()


class PyGloveIndexError(PyGloveError, IndexError):
    """An index outside of its sequence."""


class PyGloveAttributeError(PyGloveError, AttributeError):
    """An attribute that does not exist or cannot be accessed."""


class PyGloveRuntimeError(PyGloveError, RuntimeError):
    """An operation that is not possible in the current state."""


class PyGloveOverflowError(PyGloveError, OverflowError):
    """A number that is too large."""


class PyGloveSyntaxError(PyGloveError, SyntaxError):
    """Text that is malformed."""


class PyGloveTimeoutError(PyGloveError, TimeoutError):
    """An operation that exceeded its time limit."""


class PyGloveImportError(PyGloveError, ImportError):
    """A package that is required but not installed."""


class UntrustedError(PyGloveTypeError):
    """A document contains something that requires `trusted=True`.

    Args:
      what: The item that was rejected, e.g. `"function 'os.system'"`.
      why: The reason.
    """

    def __init__(self, what: str, why: str, *args: Any) -> None:
        super().__init__(what, why, *args)
        self.what = what
        self.why = why

    def __str__(self) -> str:
        return (
            f"Refused to load {self.what}: {self.why}. "
            "Pass `trusted=True` if you trust where the document comes from."
        )


def with_message(error: Exception, message: str) -> Exception:
    """Returns an error with another message.

    Args:
      error: An error, for example of code that does not know where it happened.
      message: The new message, which contains the old one.

    Returns:
      A new error of the same class; or `error` itself, with the message as a note, if
      its class cannot be created from a message alone.

    Example:
      >>> from pyglove.utils.error import with_message
      >>> with_message(ValueError('Too large.'), 'Too large. (in "x")')
      ValueError('Too large. (in "x")')
    """
    try:
        changed = type(error)(message)
    except Exception:  # The constructor of the class may do anything.
        error.add_note(message)
        return error
    return changed.with_traceback(error.__traceback__)
