"""Logging to streams: standard output, files, or anything that can be written to."""

import contextlib
import logging
import sys
from collections.abc import Iterator
from typing import Any

from pyglove.logging.logger import get_logger, set_logger

_FORMAT = "{levelname:8} | {asctime} | {message}"
_DATE_FORMAT = "%Y-%m-%d %H:%M:%S"

# What has been added to each logger, to be replaced by the next stream.
_handlers: dict[str, logging.Handler] = {}


def use_stream(
    stream: Any,
    level: int = logging.INFO,
    name: str = "custom",
    fmt: str = _FORMAT,
    datefmt: str = _DATE_FORMAT,
) -> logging.Logger:
    r"""Logs to a stream from now on.

    Args:
        stream: What can be written to.
        level: The least level of messages that are logged.
        name: The name of the logger. Another stream that it has logged to is replaced.
        fmt: The format of messages, with fields of `logging` in braces.
        datefmt: The format of times.

    Returns:
        The logger.

    Example:
        >>> import io
        >>> before = pg.logging.get_logger()
        >>> stream = io.StringIO()
        >>> logger = pg.logging.use_stream(stream, fmt='{levelname}: {message}')
        >>> pg.logging.info('begin')
        >>> stream.getvalue()
        'INFO: begin\n'
        >>> pg.logging.set_logger(before)
    """
    handler = logging.StreamHandler(stream)
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(fmt, datefmt, style="{"))
    logger = logging.getLogger(name)
    logger.setLevel(level)
    _put_handler(logger, handler)
    set_logger(logger)
    return logger


def use_stdout(
    level: int = logging.INFO, fmt: str = _FORMAT, datefmt: str = _DATE_FORMAT
) -> logging.Logger:
    """Logs to standard output from now on.

    Args:
        level: The least level of messages that are logged.
        fmt: The format of messages, with fields of `logging` in braces.
        datefmt: The format of times.

    Returns:
        The logger.
    """
    return use_stream(sys.stdout, level, "stdout", fmt, datefmt)


@contextlib.contextmanager
def redirect_stream(
    stream: Any,
    level: int = logging.INFO,
    name: str = "custom",
    fmt: str = _FORMAT,
    datefmt: str = _DATE_FORMAT,
) -> Iterator[logging.Logger]:
    """Logs to a stream within a `with` block.

    It holds for all threads. After the block, all is as it was before.

    Args:
        stream: What can be written to.
        level: The least level of messages that are logged.
        name: The name of the logger.
        fmt: The format of messages, with fields of `logging` in braces.
        datefmt: The format of times.

    Yields:
        The logger.
    """
    previous = get_logger()
    logger = logging.getLogger(name)
    handler, old_level = _handlers.get(name), logger.level
    try:
        yield use_stream(stream, level, name, fmt, datefmt)
    finally:
        _put_handler(logger, handler)
        logger.setLevel(old_level)
        set_logger(previous)


def _put_handler(logger: logging.Logger, handler: logging.Handler | None) -> None:
    old = _handlers.pop(logger.name, None)
    if old is not None:
        logger.removeHandler(old)
    if handler is not None:
        logger.addHandler(handler)
        _handlers[logger.name] = handler


__all__ = ["redirect_stream", "use_stdout", "use_stream"]
