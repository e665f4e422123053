"""Warnings about what the program does, shown where the program does it."""

import sys
import warnings

# Frames of the library do not say who is warned.
_PACKAGE = __name__.partition(".")[0]


def warn_caller(message: str, category: type[Warning] = UserWarning) -> None:
    """Warns the code that called into the library.

    Args:
        message: The warning.
        category: Its class.
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
