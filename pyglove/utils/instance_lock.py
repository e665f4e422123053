"""Locks of objects that several threads may use at once."""

import threading
from typing import Any

_ATTRIBUTE = "_instance_lock"


def instance_lock(owner: Any) -> Any:
    """Returns the lock of an object, the same for all threads that ask.

    It is made when it is asked for the first time, so that objects of which no thread
    asks for one have none. A thread may take it several times.

    Args:
      owner: The object, which has a `__dict__`.

    Example:
      >>> from pyglove.utils.instance_lock import instance_lock
      >>> search = pg.geno.Random()
      >>> with instance_lock(search):
      ...   instance_lock(search) is instance_lock(search)
      True
    """
    attributes = vars(owner)
    lock = attributes.get(_ATTRIBUTE)
    if lock is None:
        # Of several threads that get here at once, one puts its lock in.
        lock = attributes.setdefault(_ATTRIBUTE, threading.RLock())
    return lock
