"""Locks of objects that several threads use."""

import threading
from typing import Any

from pyglove.utils.fork import fork_safe

_ATTRIBUTE = "_instance_lock"
_making = fork_safe(threading.Lock())


def instance_lock(owner: Any) -> Any:
    """Returns the lock of an object.

    The lock is reentrant, and created when it is requested for the first time.

    Args:
      owner: The object, which must accept new attributes.

    Example:
      >>> from pyglove.utils.instance_lock import instance_lock
      >>> search = pg.geno.Random()
      >>> with instance_lock(search):
      ...   instance_lock(search) is instance_lock(search)
      True
    """
    lock = getattr(owner, _ATTRIBUTE, None)
    if lock is None:
        # Several threads may arrive here at once. They must not call `vars(owner)`: up
        # to Python 3.11, this may create two dicts for the same memory.
        with _making:
            lock = getattr(owner, _ATTRIBUTE, None)
            if lock is None:
                lock = threading.RLock()
                object.__setattr__(owner, _ATTRIBUTE, lock)
    return lock
