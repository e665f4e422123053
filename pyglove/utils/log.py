"""Where the library's own messages go."""

from typing import Any

_loggers: list[Any] = []


def use_logger(logger: Any) -> None:
    """Sets where the library's own messages go.

    Args:
        logger: An object with the methods of `logging.Logger`.
    """
    _loggers[:] = [logger]


def own_logger() -> Any:
    """Returns the logger for messages of the library: 'pyglove' if none was set."""
    if _loggers:
        return _loggers[0]
    import logging

    return logging.getLogger("pyglove")
