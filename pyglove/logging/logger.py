"""The logger, and messages to it that tell where they come from."""

import functools
import inspect
import logging
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any

from pyglove import utils
from pyglove.utils.log import use_logger

_METHODS = ("debug", "info", "warning", "error", "critical")


class _State:
    """The logger, and the functions that messages do not come from."""

    def __init__(self) -> None:
        self.logger: Any = logging.getLogger()
        self.skipped: dict[types.CodeType, str] = {}


_state = _State()


def get_logger() -> Any:
    """Returns the logger that messages go to.

    Returns:
        The logger: Python's root logger, unless another one was set.
    """
    return _state.logger


def set_logger(logger: Any) -> None:
    """Sets the logger that messages go to, those of the library included.

    Args:
        logger: A `logging.Logger`, or an object with its methods.

    Raises:
        TypeError: It is no logger.

    Example:
        >>> import logging
        >>> before = pg.logging.get_logger()
        >>> pg.logging.set_logger(logging.getLogger('my.program'))
        >>> pg.logging.get_logger().name
        'my.program'
        >>> pg.logging.set_logger(before)
    """
    if not all(callable(getattr(logger, method, None)) for method in _METHODS):
        raise utils.PyGloveTypeError(
            f"Expected an object with methods {', '.join(_METHODS)} as logger, "
            f"got {logger!r}."
        )
    _state.logger = logger
    use_logger(logger)
    if _skips_frames(logger):
        for code in (*_own_codes(), *_state.skipped):
            logger.register_frame_to_skip(code.co_filename, code.co_name)


def register_frame_to_skip(
    method: Callable[..., Any] | Sequence[Callable[..., Any]],
) -> bool:
    """Declares functions that log on behalf of their callers.

    Messages tell the file, line and function that they come from. Those that come by
    way of such a function tell its caller.

    Args:
        method: A function or method, or several of them.

    Returns:
        True.

    Raises:
        TypeError: It is not a function that is written in Python.

    Example:
        >>> def note(text):
        ...     pg.logging.info('Note: %s', text)
        >>> pg.logging.register_frame_to_skip(note)
        True
    """
    methods = method if isinstance(method, (list, tuple)) else [method]
    codes = [_code_of(one) for one in methods]
    for code in codes:
        _state.skipped[code] = code.co_name
        if _skips_frames(_state.logger):
            _state.logger.register_frame_to_skip(code.co_filename, code.co_name)
    return True


def debug(msg: str, *args: Any, **kwargs: Any) -> None:
    """Logs a message for those who look for an error in the program.

    Args:
        msg: The message, or a format of it as for `%`.
        *args: Values for the format.
        **kwargs: Options of the logger, such as `exc_info`.
    """
    _log("debug", msg, args, kwargs)


def info(msg: str, *args: Any, **kwargs: Any) -> None:
    """Logs a message about what is going on.

    Args:
        msg: The message, or a format of it as for `%`.
        *args: Values for the format.
        **kwargs: Options of the logger, such as `exc_info`.

    Example:
        >>> import sys
        >>> with pg.logging.redirect_stream(sys.stdout, fmt='{levelname}: {message}'):
        ...     pg.logging.info('%d trials', 3)
        INFO: 3 trials
    """
    _log("info", msg, args, kwargs)


def warning(msg: str, *args: Any, **kwargs: Any) -> None:
    """Logs a message about what may be wrong.

    Args:
        msg: The message, or a format of it as for `%`.
        *args: Values for the format.
        **kwargs: Options of the logger, such as `exc_info`.
    """
    _log("warning", msg, args, kwargs)


def error(msg: str, *args: Any, **kwargs: Any) -> None:
    """Logs a message about what has failed.

    Args:
        msg: The message, or a format of it as for `%`.
        *args: Values for the format.
        **kwargs: Options of the logger, such as `exc_info`.
    """
    _log("error", msg, args, kwargs)


def critical(msg: str, *args: Any, **kwargs: Any) -> None:
    """Logs a message about what the program cannot go on after.

    Args:
        msg: The message, or a format of it as for `%`.
        *args: Values for the format.
        **kwargs: Options of the logger, such as `exc_info`.
    """
    _log("critical", msg, args, kwargs)


def _log(method: str, msg: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    logger = _state.logger
    if isinstance(logger, logging.Logger) and not _skips_frames(logger):
        # This function, the one that was called, and those that are to be skipped.
        level = kwargs.get("stacklevel", 1) + 2
        frame = sys._getframe(2)
        while frame.f_code in _state.skipped and frame.f_back is not None:
            level += 1
            frame = frame.f_back
        kwargs["stacklevel"] = level
    getattr(logger, method)(msg, *args, **kwargs)


def _skips_frames(logger: Any) -> bool:
    """Returns whether a logger has a way of its own to skip frames, as that of absl."""
    return callable(getattr(logger, "register_frame_to_skip", None))


def _own_codes() -> list[types.CodeType]:
    functions = (debug, info, warning, error, critical, _log)
    return [function.__code__ for function in functions]


def _code_of(method: Any) -> types.CodeType:
    while isinstance(method, functools.partial):
        method = method.func
    function = getattr(method, "__func__", method)
    if callable(function):
        function = inspect.unwrap(function)
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        raise utils.PyGloveTypeError(
            f"Expected a function that is written in Python, got {method!r}."
        )
    return code


__all__ = [
    "critical",
    "debug",
    "error",
    "get_logger",
    "info",
    "register_frame_to_skip",
    "set_logger",
    "warning",
]
