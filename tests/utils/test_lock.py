"""Locks of objects."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from pyglove.utils.lock import instance_lock


class Owner:
    """An object that may have a lock."""


def test_threads_get_the_same_lock():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(50):
                owner, barrier = Owner(), threading.Barrier(8)

                def ask(_, owner=owner, barrier=barrier):
                    barrier.wait()
                    return instance_lock(owner)

                assert len(set(pool.map(ask, range(8)))) == 1
    finally:
        sys.setswitchinterval(before)


def test_each_object_has_its_own():
    assert instance_lock(Owner()) is not instance_lock(Owner())


def test_thread_may_take_it_twice():
    owner = Owner()
    with instance_lock(owner), instance_lock(owner), ThreadPoolExecutor(1) as pool:
        taken = pool.submit(instance_lock(owner).acquire, blocking=False)
        assert not taken.result()
