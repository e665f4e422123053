"""The exceptions that every package of the library raises.

Each exception is a `PyGloveError` *and* the builtin that fits the failure, so
callers may catch either the library's failures as a whole or the usual builtin.
"""

from typing import Any


class PyGloveError(Exception):
    """Base of all errors that the library raises on purpose.

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
    """An attribute that does not exist or may not be touched."""


class PyGloveRuntimeError(PyGloveError, RuntimeError):
    """An operation that the current state does not permit."""


class PyGloveOverflowError(PyGloveError, OverflowError):
    """A number that is too large for what it is used for."""


class PyGloveSyntaxError(PyGloveError, SyntaxError):
    """Text that is not what it should be."""


class PyGloveTimeoutError(PyGloveError, TimeoutError):
    """An operation that took longer than it was allowed to."""


class PyGloveImportError(PyGloveError, ImportError):
    """A package that is not installed, but is needed for what was asked."""


class UntrustedError(PyGloveTypeError):
    """A document asked for something that only `trusted=True` may load.

    Args:
      what: What the document asked for, e.g. `"function 'os.system'"`.
      why: Why it was refused.
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
    """The same error with a message that says more, such as where it happened.

    Args:
      error: An error raised by code that does not know the place.
      message: The new message, which contains the old one.

    Returns:
      A new error of the same class, or `error` itself with the message as a note
      where its class takes more than a message.

    Example:
      >>> from pyglove.utils.error import with_message
      >>> with_message(ValueError('Too large.'), 'Too large. (in "x")')
      ValueError('Too large. (in "x")')
    """
    try:
        changed = type(error)(message)
    except Exception:  # The constructor is somebody else's.
        error.add_note(message)
        return error
    return changed.with_traceback(error.__traceback__)
