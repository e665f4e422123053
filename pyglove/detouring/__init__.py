"""Detours: creation of objects of other classes than those that a program names.

Detours make programs searchable without changing them: within a `with` block, the
creation of an object of a class returns an object of another class, or the result of a
function.
"""

from pyglove.detouring.detour import current_mappings, detour, undetoured_new

__all__ = ["detour", "undetoured_new", "current_mappings"]


def __dir__() -> list[str]:
    return sorted(__all__)
