"""Catching errors by their class and their message."""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Union

from pyglove.utils.error import PyGloveTypeError
from pyglove.utils.late_dataclass import late_dataclass

ErrorSpec = Union[  # noqa: UP007 - a union at run time too.
    type[BaseException], tuple[type[BaseException], str]
]
ErrorSpecs = Union[  # noqa: UP007
    ErrorSpec, Sequence[ErrorSpec], dict[type[BaseException], list[str]]
]

# Classes of errors with patterns; None matches every message.
_Patterns = list[tuple[type[BaseException], str | None]]


@late_dataclass
class CatchErrorsContext:
    """The result of a `catch_errors` block.

    Attributes:
      error: The error that was caught, or None.
    """

    error: BaseException | None = None


@contextlib.contextmanager
def catch_errors(
    errors: ErrorSpecs,
    error_handler: Callable[[BaseException], None] | None = None,
) -> Iterator[CatchErrorsContext]:
    """Catches errors within a `with` block.

    Args:
      errors: A class of errors; a tuple of a class and a regular expression, which is
        searched for from the first line of 'ClassName: message'; a sequence of these;
        or a dictionary from classes to lists of regular expressions.
      error_handler: Called with the error that is caught.

    Yields:
      The result, whose `error` is set after the block.

    Raises:
      TypeError: `errors` does not specify errors.

    Example:
      >>> import pyglove.utils as utils
      >>> with utils.catch_errors((ZeroDivisionError, 'by zero')) as context:
      ...     _ = 1 / 0
      >>> context.error
      ZeroDivisionError('division by zero')
    """
    patterns = _parse(errors)
    context = CatchErrorsContext()
    try:
        yield context
    except BaseException as error:
        if not _matches(error, patterns):
            raise
        context.error = error
        if error_handler is not None:
            error_handler(error)


def match_error(error: BaseException, errors: ErrorSpecs) -> bool:
    """Whether an error matches a specification of errors.

    Args:
      error: The error.
      errors: The errors, as for `catch_errors`.

    Returns:
      True if it matches.

    Raises:
      TypeError: `errors` does not specify errors.
    """
    return _matches(error, _parse(errors))


def _parse(errors: ErrorSpecs) -> _Patterns:
    if isinstance(errors, dict):
        patterns: _Patterns = []
        for cls, regexes in errors.items():
            _check_class(cls)
            if isinstance(regexes, str):
                regexes = [regexes]
            patterns += [(cls, regex) for regex in regexes or (None,)]
        return patterns
    if isinstance(errors, tuple) and len(errors) == 2 and isinstance(errors[1], str):
        return [_parse_one(errors)]
    if isinstance(errors, (list, tuple)):
        return [_parse_one(spec) for spec in errors]
    return [_parse_one(errors)]


def _parse_one(spec: object) -> tuple[type[BaseException], str | None]:
    if isinstance(spec, tuple):
        if len(spec) != 2 or not isinstance(spec[1], str):
            raise PyGloveTypeError(
                "Expected a class of exceptions, or a tuple of a class and a regular "
                f"expression of messages, got {spec!r}."
            )
        return _check_class(spec[0]), spec[1]
    return _check_class(spec), None


def _check_class(cls: object) -> type[BaseException]:
    if isinstance(cls, type) and issubclass(cls, BaseException):
        return cls
    raise PyGloveTypeError(f"Expected a class of exceptions, got {cls!r}.")


def _matches(error: BaseException, patterns: _Patterns) -> bool:
    text = ""
    for cls, regex in patterns:
        if not isinstance(error, cls):
            continue
        if regex is None:
            return True
        text = text or f"{type(error).__name__}: {error}"
        match = re.search(regex, text)
        if match is not None and "\n" not in text[: match.start()]:
            return True
    return False
