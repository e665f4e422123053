"""Locks that are free in the child of a fork, and locks of objects.

A fork copies only the thread that calls it. A lock that another thread holds at that
moment would stay locked in the child forever, and the data that it guards may be
inconsistent. Therefore a fork acquires these locks first, as `logging` does with its
own.
"""

import os
import threading
import time
from typing import Any, TypeVar

LockT = TypeVar("LockT")

# After this time, the fork proceeds: the forking thread may hold a lock itself.
_PATIENCE_SECONDS = 5.0

_locks: list[Any] = []
_held: list[Any] = []
# Threads that fork at the same time wait for each other.
_forking = threading.RLock()


def fork_safe(lock: LockT) -> LockT:
    """Registers a lock to be free in the child of a fork.

    Args:
      lock: A lock that exists as long as the process, and that is held only briefly.

    Returns:
      The lock.
    """
    _locks.append(lock)
    return lock


def _acquire_all() -> None:
    """Acquires all locks, in whatever order other threads acquire several of them.

    It only blocks while it holds no lock: on the one that was not free in the last
    attempt.
    """
    _forking.acquire()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    first: Any = None
    while True:
        if first is not None:
            if not first.acquire(timeout=max(deadline - time.monotonic(), 0)):
                return
            _held.append(first)
        for lock in _locks:
            if lock is first:
                continue
            if not lock.acquire(blocking=False):
                break
            _held.append(lock)
        else:
            return
        if time.monotonic() > deadline:
            return
        _release_held()
        first = lock


def _release_held() -> None:
    while _held:
        _held.pop().release()


def _release_all() -> None:
    _release_held()
    _forking.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_acquire_all,
        after_in_parent=_release_all,
        after_in_child=_release_all,
    )


_ATTRIBUTE = "_instance_lock"
_making = fork_safe(threading.Lock())


def instance_lock(owner: Any) -> Any:
    """Returns the lock of an object.

    The lock is reentrant, and created when it is requested for the first time.

    Args:
      owner: The object, which must accept new attributes.

    Example:
      >>> from pyglove.utils.lock import instance_lock
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
