"""Origin tracking: a scope that records the origins of symbolic values."""

import contextlib
import sys
from typing import Any

from pyglove.symbolic.node import flag

_PACKAGE = __name__.partition(".")[0] + "."
_TRACK = flag.TRACK_ORIGIN


def track_origin(enabled: bool = True) -> contextlib.AbstractContextManager[None]:
    """Returns a context in which the origins of symbolic values are recorded.

    The tag of the origin is '__init__' for constructed values, 'clone' or 'deepclone'
    for copies, and 'return' for results of functors. Other threads do not track
    origins.

    Args:
      enabled: Whether origins are recorded.

    Returns:
      A context manager.

    Example:
      >>> template = pg.Dict(x=1)
      >>> with pg.track_origin():
      ...     new = template.clone()
      >>> new.sym_origin.source is template
      True
    """
    return _TRACK.hold(enabled)


def record_origin(node: Any, source: Any, tag: str) -> None:
    """Records the origin of a node, if this thread tracks origins.

    Args:
      node: A new node.
      source: The value from which it was derived.
      tag: How it was derived.
    """
    if _TRACK.is_open and _TRACK.read():
        node.sym_setorigin(source, tag, stacktop=-_count_own_frames())


def record_clone(new: Any, node: Any, deep: bool) -> None:
    """Records the origin of a copy while origins are tracked."""
    record_origin(new, node, "deepclone" if deep else "clone")


def _count_own_frames() -> int:
    """Returns the number of frames of the library on top of the stack."""
    count = 1  # The frame of `Origin.__init__`; `sym_setorigin` adds its own.
    frame = sys._getframe(1)
    while frame.f_back is not None and (
        frame.f_globals.get("__name__", "").startswith(_PACKAGE)
    ):
        count += 1
        frame = frame.f_back
    return count
