"""Origin tracking: remembering where symbolic values come from, while asked to."""

import contextlib
import sys
from typing import Any

from pyglove.symbolic.node import flag

_PACKAGE = __name__.partition(".")[0] + "."
_TRACK = flag.TRACK_ORIGIN


def track_origin(enabled: bool = True) -> contextlib.AbstractContextManager[None]:
    """Returns a context in which symbolic values remember where they came from.

    Values that are made have the origin '__init__', copies 'clone' or 'deepclone',
    and what functors return 'return'. Other threads do not track origins.

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
    """Tells a node where it came from, if that is asked for.

    Args:
      node: The node, just made.
      source: What it was made from.
      tag: How it was made.
    """
    if _TRACK.is_open and _TRACK.read():
        node.sym_setorigin(source, tag, stacktop=-_count_own_frames())


def _count_own_frames() -> int:
    """Returns how many frames lie between the caller of the library and an origin."""
    count = 1  # `Origin.__init__`; that of `sym_setorigin` is counted there.
    frame = sys._getframe(1)
    while frame.f_back is not None and (
        frame.f_globals.get("__name__", "").startswith(_PACKAGE)
    ):
        count += 1
        frame = frame.f_back
    return count
