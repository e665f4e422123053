"""Sequence: a file of records, one after the other."""

import abc
from collections.abc import Callable, Iterator
from typing import Any

from pyglove import utils
from pyglove.io.file_system import Path

Serializer = Callable[[Any], bytes | str]
Deserializer = Callable[[Any], Any]


class Sequence(metaclass=abc.ABCMeta):
    """Records in a file, open to be read by iteration, or to be added to.

    It is a context manager, which closes it. Subclasses implement `_add` and `_iter` in
    terms of texts or bytes.
    """

    def __init__(
        self,
        perms: int | None = None,
        serializer: Serializer | None = None,
        deserializer: Deserializer | None = None,
    ) -> None:
        """Creates the sequence.

        Args:
            perms: The permissions of its file.
            serializer: Makes a text or bytes of a record. By default, records are such.
            deserializer: Makes a record of a text or bytes.
        """
        self._perms = perms
        self._serializer = serializer
        self._deserializer = deserializer

    def add(self, record: Any) -> None:
        """Adds a record.

        Args:
            record: A text or bytes, or what the serializer takes.

        Raises:
            ValueError: The record is no text or bytes, or the sequence is closed.
        """
        if self._serializer is not None:
            record = self._serializer(record)
        if not isinstance(record, (str, bytes)):
            raise utils.PyGloveValueError(
                f"Expected a record as a str or bytes, got {record!r}. "
                "For other values, pass a `serializer`."
            )
        self._add(record)

    def __iter__(self) -> Iterator[Any]:
        deserializer = self._deserializer
        for record in self._iter():
            yield record if deserializer is None else deserializer(record)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        self.close()

    @abc.abstractmethod
    def __len__(self) -> int:
        """Returns the number of records, where it is known."""

    @abc.abstractmethod
    def _add(self, record: str | bytes) -> None:
        """Adds a serialized record."""

    @abc.abstractmethod
    def _iter(self) -> Iterator[Any]:
        """Yields the serialized records."""

    @abc.abstractmethod
    def flush(self) -> None:
        """Hands what was added to the file system, where others can see it."""

    @abc.abstractmethod
    def close(self) -> None:
        """Closes the sequence."""


class SequenceIO(metaclass=abc.ABCMeta):
    """A format of sequences. Register it with `pg.io.add_sequence_io`."""

    @abc.abstractmethod
    def open(
        self,
        path: Path,
        mode: str,
        *,
        perms: int | None,
        serializer: Serializer | None,
        deserializer: Deserializer | None,
        **kwargs: Any,
    ) -> Sequence:
        """Opens a sequence.

        Args:
            path: The path of its file.
            mode: 'r' to read, 'w' to write anew, 'a' to add to what is there.
            perms: The permissions of its file; None to leave them.
            serializer: Makes a text or bytes of a record.
            deserializer: Makes a record of a text or bytes.
            **kwargs: Further options.
        """


__all__ = ["Sequence", "SequenceIO"]
