"""Values that hold for the extent of a `with` block."""

import contextlib
import contextvars
import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

from pyglove.utils.lock import fork_safe

T = TypeVar("T")


class Scope(Generic[T]):
    """A value that a `with` block binds for its own thread (or task) only.

    Reading costs an attribute test as long as no block is open anywhere, so hot code
    may read a scope where it would not afford a `ContextVar`. While a block is open in
    another thread, it costs the read of a `ContextVar`, and nothing more.

    Attributes:
      is_open: Whether a block is open in any thread.
      open_count: How many blocks are open in any thread.
      read: Reads the value like `get`, the quicker way while `is_open`.

    Args:
      name: A name for debugging.
      default: The value outside of any block.

    Example:
      >>> from pyglove.utils.scope import Scope
      >>> depth = Scope('depth', 0)
      >>> with depth.bind(1):
      ...     print(depth.get())
      1
      >>> depth.get()
      0
    """

    __slots__ = ("_default", "_lock", "_var", "is_open", "open_count", "read")

    def __init__(self, name: str, default: T) -> None:
        self._default = default
        self._var: contextvars.ContextVar[T] = contextvars.ContextVar(
            name, default=default
        )
        self._lock = fork_safe(threading.Lock())
        self.is_open = False
        self.open_count = 0
        self.read = self._var.get

    def get(self) -> T:
        """The value of the innermost block around the caller."""
        return self._var.get() if self.open_count else self._default

    @contextlib.contextmanager
    def bind(self, value: T) -> Iterator[T]:
        """Binds the value within a `with` block.

        Args:
          value: The value that `get` shall return within the block.

        Yields:
          The value.
        """
        with self.hold(value):
            yield value

    @contextlib.contextmanager
    def hold(self, value: T) -> Iterator[None]:
        """Binds the value within a `with` block, which gets nothing itself.

        Args:
          value: The value that `get` shall return within the block.

        Yields:
          Nothing.
        """
        previous = self._var.get()
        with self._lock:
            self.open_count += 1
            self.is_open = True
        # Not reset by token: a generator may close a block in another context.
        self._var.set(value)
        try:
            yield
        finally:
            self._var.set(previous)
            with self._lock:
                self.open_count -= 1
                self.is_open = self.open_count > 0
