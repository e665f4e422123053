"""Capture of what code prints, for one thread without touching the others."""

import contextlib
import contextvars
import io
import sys
import threading
from collections.abc import Iterator
from typing import Any

from pyglove.utils.lock import fork_safe

_buffer: contextvars.ContextVar[io.StringIO | None] = contextvars.ContextVar(
    "captured_stdout", default=None
)


class _Router(io.TextIOBase):
    """Stands for `sys.stdout` while somebody captures.

    What is written goes to the buffer of the running thread (or task), or to the
    stream that was there before.
    """

    def __init__(self, original: Any) -> None:
        self.original = original

    def _target(self) -> Any:
        return _buffer.get() or self.original

    def write(self, text: str, /) -> int:
        return self._target().write(text)

    def flush(self) -> None:
        target = self._target()
        if target is not None:
            target.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._target().isatty()

    def fileno(self) -> int:
        return self._target().fileno()

    @property
    def encoding(self) -> Any:  # type: ignore[override]
        return getattr(self._target(), "encoding", None)

    @property
    def errors(self) -> Any:  # type: ignore[override]
        return getattr(self._target(), "errors", None)

    @property
    def buffer(self) -> Any:
        return self._target().buffer


class _State:
    """How many capture, and what stands for `sys.stdout` meanwhile."""

    def __init__(self) -> None:
        self.lock = fork_safe(threading.Lock())
        self.count = 0
        self.router: _Router | None = None

    def enter(self) -> None:
        with self.lock:
            self.count += 1
            # Somebody else may have set another stream since.
            if self.router is None or sys.stdout is not self.router:
                self.router = _Router(sys.stdout)
                sys.stdout = self.router

    def leave(self) -> None:
        with self.lock:
            self.count -= 1
            if not self.count and self.router is not None:
                if sys.stdout is self.router:
                    sys.stdout = self.router.original
                self.router = None


_state = _State()


@contextlib.contextmanager
def capture_stdout() -> Iterator[io.StringIO]:
    """Captures what the running thread prints within a `with` block.

    Other threads print as before, or capture for themselves.

    Yields:
        The buffer that has what was printed.
    """
    buffer = io.StringIO()
    token = _buffer.set(buffer)
    _state.enter()
    try:
        yield buffer
    finally:
        _state.leave()
        _buffer.reset(token)
