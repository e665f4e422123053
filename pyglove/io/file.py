"""File: the interface of an open file in any file system."""

import abc
from typing import Any, Literal


class File(metaclass=abc.ABCMeta):
    """An open file. It is a context manager, which closes it."""

    @abc.abstractmethod
    def read(self, size: int | None = None) -> str | bytes:
        """Returns what follows in the file.

        Args:
            size: How many characters or bytes at most; None for all.
        """

    @abc.abstractmethod
    def readline(self) -> str | bytes:
        """Returns the next line, with its end; at the end of the file, nothing."""

    @abc.abstractmethod
    def write(self, content: str | bytes) -> None:
        """Writes to the file.

        Args:
            content: A text, or bytes for a file in binary mode.
        """

    @abc.abstractmethod
    def seek(self, offset: int, whence: Literal[0, 1, 2] = 0) -> int:
        """Moves to another position in the file.

        Args:
            offset: The position, relative to a reference point.
            whence: The reference point: 0 for the start of the file, 1 for the current
                position, 2 for the end of the file.

        Returns:
            The position from the start of the file.
        """

    @abc.abstractmethod
    def tell(self) -> int:
        """Returns the position from the start of the file."""

    @abc.abstractmethod
    def flush(self) -> None:
        """Hands what was written to the file system, where others can see it."""

    @abc.abstractmethod
    def close(self) -> None:
        """Closes the file."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        self.close()


class BufferFile(File):
    """A file that leaves its work to a file object of Python."""

    def __init__(self, buffer: Any) -> None:
        """Creates the file.

        Args:
            buffer: An object with the methods of `io.IOBase`.
        """
        self._buffer = buffer

    def read(self, size: int | None = None) -> str | bytes:
        return self._buffer.read(-1 if size is None else size)

    def readline(self) -> str | bytes:
        return self._buffer.readline()

    def write(self, content: str | bytes) -> None:
        self._buffer.write(content)

    def seek(self, offset: int, whence: Literal[0, 1, 2] = 0) -> int:
        return self._buffer.seek(offset, whence)

    def tell(self) -> int:
        return self._buffer.tell()

    def flush(self) -> None:
        self._buffer.flush()

    def close(self) -> None:
        self._buffer.close()


__all__ = ["File"]
