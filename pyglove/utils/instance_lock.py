"""Locks of objects that several threads may use at once."""

import threading
from typing import Any

from pyglove.utils.fork import fork_safe

_ATTRIBUTE = "_instance_lock"
_making = fork_safe(threading.Lock())


def instance_lock(owner: Any) -> Any:
    """Returns the lock of an object, the same for all threads that ask.

    It is made when it is asked for the first time, so that objects of which no thread
    asks for one have none. A thread may take it several times.

    Args:
      owner: The object, which takes any attribute.

    Example:
      >>> from pyglove.utils.instance_lock import instance_lock
      >>> search = pg.geno.Random()
      >>> with instance_lock(search):
      ...   instance_lock(search) is instance_lock(search)
      True
    """
    lock = getattr(owner, _ATTRIBUTE, None)
    if lock is None:
        # Several threads may get here at once. They must not ask for `vars(owner)`:
        # up to Python 3.11, two that do may be given two dicts over the same memory.
        with _making:
            lock = getattr(owner, _ATTRIBUTE, None)
            if lock is None:
                lock = threading.RLock()
                object.__setattr__(owner, _ATTRIBUTE, lock)
    return lock
