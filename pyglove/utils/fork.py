"""Locks that are free in the child of a fork.

A fork copies the thread that calls it, and no other. A lock that another thread holds
at that moment would stay locked in the child for ever, and what it guards may be half
done.
So a fork waits for such locks first, as that of `logging` does.
"""

import os
import threading
import time
from typing import Any, TypeVar

LockT = TypeVar("LockT")

# Beyond that, the fork goes on. The thread that forks may hold a lock itself.
_PATIENCE_SECONDS = 5.0

_locks: list[Any] = []
_held: list[Any] = []
# Of several threads that fork, each waits for the others.
_forking = threading.RLock()


def fork_safe(lock: LockT) -> LockT:
    """Lets forks wait for a lock, so that it is free in the child.

    Args:
      lock: A lock that lives as long as the process. A thread holds it for a short
        time only.

    Returns:
      The lock.
    """
    _locks.append(lock)
    return lock


def _acquire_all() -> None:
    """Takes all locks, in whatever order other threads take several of them.

    It waits for one lock only while it holds no other: first for the one that was not
    free at the last attempt.
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
