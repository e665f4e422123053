"""Log messages and warnings of the library."""

import sys
import warnings
from typing import Any

# Warnings are not attributed to frames of the library.
_PACKAGE = __name__.partition(".")[0]

_loggers: list[Any] = []


def use_logger(logger: Any) -> None:
    """Sets the logger of the library.

    Args:
      logger: An object with the methods of `logging.Logger`.
    """
    _loggers[:] = [logger]


def own_logger() -> Any:
    """Returns the logger of the library, which is 'pyglove' by default."""
    if _loggers:
        return _loggers[0]
    import logging

    return logging.getLogger("pyglove")


def warn_caller(message: str, category: type[Warning] = UserWarning) -> None:
    """Warns the code that called into the library.

    Args:
      message: The warning.
      category: The class of the warning.
    """
    level = 1
    frame = sys._getframe(0)
    while frame.f_back is not None:
        name = frame.f_globals.get("__name__", "")
        if name != _PACKAGE and not name.startswith(f"{_PACKAGE}."):
            break
        frame = frame.f_back
        level += 1
    warnings.warn(message, category, stacklevel=level)
