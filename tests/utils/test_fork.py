"""Locks in the child of a fork."""

import os
import threading
import time

import pytest

from pyglove.utils import lock as fork

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


@pytest.fixture
def lock():
    lock = fork.fork_safe(threading.Lock())
    yield lock
    fork._locks.remove(lock)


def status_of_child(work):
    """Forks, and returns whether the child's work returned true."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if work() else 1)
        finally:
            os._exit(2)
    return os.waitpid(pid, 0)[1] == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_waits_for_a_lock(lock):
    finished = []
    taken = threading.Event()

    def hold():
        with lock:
            taken.set()
            time.sleep(0.1)
            finished.append(True)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait()
    assert status_of_child(lambda: finished and lock.acquire(timeout=5))
    thread.join()
    assert lock.acquire(timeout=5)
    lock.release()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_lock_that_the_forking_thread_holds(lock, monkeypatch):
    monkeypatch.setattr(fork, "_PATIENCE_SECONDS", 0.05)
    with lock:
        assert status_of_child(lambda: True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forks_among_threads_that_take_locks():
    first = fork.fork_safe(threading.Lock())
    second = fork.fork_safe(threading.RLock())
    is_over = threading.Event()

    def work(one, other):
        while not is_over.is_set():
            with one, other:
                pass

    # Both take the locks in one order, which is not that in which a fork does.
    threads = [threading.Thread(target=work, args=(second, first)) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(30):
            assert status_of_child(lambda: first.acquire(timeout=5))
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
        fork._locks.remove(first)
        fork._locks.remove(second)
