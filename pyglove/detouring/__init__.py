"""Detours: creating objects of other classes than those that a program names.

For programs that were not written to be searched: within a `with` block, wherever the
program creates an object of a class, it gets one of another class, or what a function
returns.
"""

from pyglove.detouring.detour import current_mappings, detour, undetoured_new

__all__ = ["detour", "undetoured_new", "current_mappings"]


def __dir__() -> list[str]:
    return sorted(__all__)
