"""Logging by a logger of your choice, for programs and for the library's own messages.

Messages go to Python's root logger until `set_logger`, `use_stream` or `use_stdout`
says otherwise.
"""

import typing
from typing import TYPE_CHECKING

from pyglove.logging.logger import (
    critical,
    debug,
    error,
    get_logger,
    info,
    register_frame_to_skip,
    set_logger,
    warning,
)
from pyglove.logging.stream import redirect_stream, use_stdout, use_stream

# The published package has these here, too, and programs may get them from it.
_TYPING = {"Any", "Callable", "Iterator", "List", "Union"}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _TYPING:
            return getattr(typing, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "debug",
    "info",
    "warning",
    "error",
    "critical",
    "get_logger",
    "set_logger",
    "use_stream",
    "use_stdout",
    "redirect_stream",
    "register_frame_to_skip",
]


def __dir__() -> list[str]:
    return sorted(__all__)
