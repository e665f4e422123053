"""Supervision: a process that runs a function, and ends with all that it has started.

A call takes two processes. The *worker* calls the function. The *supervisor*, its
parent, waits for it, and for the word of the caller that time is up; then it kills the
worker and whatever the worker has started. On Linux it finds those that have cut
themselves loose, too, as the system makes it the parent of orphans among them.

What the caller reads from the two is a sequence of frames: a byte for the kind, eight
for the length, and the content. The supervisor's frame comes last.
"""

import contextlib
import ctypes
import os
import select
import signal
import struct
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import NamedTuple

RESULT = b"R"
STATUS = b"S"
_HEADER = struct.Struct("!cQ")

_PR_SET_CHILD_SUBREAPER = 36
# How long the supervisor may take to kill all before it is killed itself.
_GRACE_SECONDS = 10.0
_CHUNK = 1 << 20

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Outcome(NamedTuple):
    """What became of a call.

    Attributes:
        payload: What the worker has sent; None if nothing.
        status: The worker's wait status; None if the supervisor was killed.
        is_late: Whether the time was up first.
    """

    payload: bytes | None
    status: int | None
    is_late: bool


class _Shared:
    """What forks need to know of the calls under way in other threads.

    A child has copies of all pipes that are open. It closes those of other calls, so
    that a pipe is seen to close when its proper owner is gone.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.lock = threading.Lock()
        self.open_pipes: set[int] = set()


_shared = _Shared()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.reset)


def call(work: Callable[[], bytes], timeout: float | None) -> Outcome:
    """Calls a function in a process of its own.

    Args:
        work: The function. What it returns is sent back; it must not raise.
        timeout: How many seconds it may take; None for any number.

    Returns:
        What became of it. No process is left.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()  # Or else the worker would write it once more.
    with _shared.lock:
        result_pipe, result_end = os.pipe()
        control_end, control_pipe = os.pipe()
        others = {*_shared.open_pipes}
        pid = _fork()
        if pid == 0:
            _run_supervisor(
                work,
                result_end,
                control_end,
                {result_pipe, control_pipe, *others},
            )
        os.close(result_end)
        os.close(control_end)
        _shared.open_pipes |= {result_pipe, control_pipe}
    try:
        return _receive(result_pipe, control_pipe, deadline)
    finally:
        with _shared.lock:
            _shared.open_pipes -= {result_pipe, control_pipe}
            os.close(control_pipe)
            os.close(result_pipe)
        _end(pid)


def _fork() -> int:
    if sys.version_info < (3, 12) or threading.active_count() == 1:
        return os.fork()
    with warnings.catch_warnings():
        # The child uses nothing that another thread may hold at this moment.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _receive(result_pipe: int, control_pipe: int, deadline: float | None) -> Outcome:
    """Reads frames until the last one, or until the deadline and then the last one."""
    poll = select.poll()
    poll.register(result_pipe, select.POLLIN)
    data = bytearray()
    is_late = False
    while True:
        if deadline is not None and time.monotonic() >= deadline:
            if is_late:
                return Outcome(None, None, True)
            is_late = True
            deadline = time.monotonic() + _GRACE_SECONDS
            try:
                os.write(control_pipe, b"K")
            except BrokenPipeError:  # There is no supervisor.
                return Outcome(None, None, True)
        wait = None if deadline is None else (deadline - time.monotonic()) * 1000
        if not poll.poll(None if wait is None else max(wait, 0) + 1):
            continue
        chunk = os.read(result_pipe, _CHUNK)
        data += chunk
        payload, status, is_complete = _parse(data)
        if is_complete or not chunk:
            return Outcome(payload, status, is_late)


def _parse(data: bytearray) -> tuple[bytes | None, int | None, bool]:
    """Returns (payload, status, whether the last frame has come)."""
    position, payload = 0, None
    while len(data) - position >= _HEADER.size:
        kind, length = _HEADER.unpack_from(data, position)
        start = position + _HEADER.size
        if len(data) < start + length:
            break
        if kind == STATUS:
            return payload, int(data[start : start + length]), True
        payload = bytes(memoryview(data)[start : start + length])
        position = start + length
    return payload, None, False


def _send(pipe: int, kind: bytes, content: bytes) -> None:
    for part in (_HEADER.pack(kind, len(content)), content):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(pipe, rest) :]


def _end(pid: int) -> None:
    """Waits for the supervisor, and kills what it may have left if it was killed."""
    deadline = time.monotonic() + _GRACE_SECONDS
    wait_seconds = 0.0002
    while True:
        # It has seen its control pipe close, and is about to end.
        try:
            if os.waitpid(pid, os.WNOHANG)[0]:
                break
        except ChildProcessError:  # Somebody else waits for all children.
            break
        if time.monotonic() > deadline:
            _kill(pid)
        time.sleep(wait_seconds)
        wait_seconds = min(2 * wait_seconds, 0.01)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def _run_supervisor(
    work: Callable[[], bytes], result_end: int, control_end: int, unused: set[int]
) -> None:
    """Starts the worker, and ends it; does not return."""
    try:
        for pipe in unused:
            os.close(pipe)
        os.setsid()
        with contextlib.suppress(ValueError):
            signal.set_wakeup_fd(-1)  # Which belongs to the caller's event loop.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if _libc is not None:
            _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        worker = _fork()
        if worker == 0:
            os.close(control_end)
            _run_worker(work, result_end)
        status = _wait(worker, control_end)
        _kill_descendants()
        _send(result_end, STATUS, str(status).encode())
        if _libc is None:
            os.killpg(0, signal.SIGKILL)  # Among others, itself.
    finally:
        os._exit(0)


def _run_worker(work: Callable[[], bytes], result_end: int) -> None:
    """Calls the function and sends its result; does not return."""
    status = 1
    try:
        devnull = os.open(os.devnull, os.O_RDONLY)
        os.dup2(devnull, 0)
        sys.stdin = os.fdopen(0, closefd=False)
        payload = work()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        _send(result_end, RESULT, payload)
        status = 0
    finally:
        os._exit(status)


def _wait(worker: int, control_end: int) -> int:
    """Waits for the end of the worker, or for the word to kill it."""
    poll = select.poll()
    poll.register(control_end, select.POLLIN)
    wait_ms = 2
    with contextlib.suppress(AttributeError, OSError):
        poll.register(os.pidfd_open(worker), select.POLLIN)
        wait_ms = 1000
    while True:
        pid, status = os.waitpid(worker, os.WNOHANG)
        if pid:
            return status
        if control_end in dict(poll.poll(wait_ms)):
            _kill(worker)
            return os.waitpid(worker, 0)[1]


def _kill_descendants() -> None:
    """Kills all processes that descend from this one, as far as it can know them."""
    while _has_children():
        # One that is stopped starts no more, and then all can be killed.
        stopped: set[int] = set()
        while new := _descendants() - stopped:
            for pid in new:
                _kill(pid, signal.SIGSTOP)
            stopped |= new
        for pid in stopped:
            _kill(pid)
        time.sleep(0.001)


def _has_children() -> bool:
    """Reaps the children that have ended, and returns whether there are more."""
    while True:
        try:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                return _libc is not None  # Or else orphans do not show up here.
        except ChildProcessError:
            return False


def _descendants() -> set[int]:
    """Returns the processes below this one, from what the system tells of all."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue  # It has ended meanwhile.
            if fields[0] != b"Z":
                parents[int(entry)] = int(fields[1])
    result: set[int] = set()
    own = os.getpid()
    while True:
        below = {p for p, up in parents.items() if up == own or up in result}
        if below <= result:
            return result
        result |= below


def _kill(pid: int, number: int = signal.SIGKILL) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, number)
