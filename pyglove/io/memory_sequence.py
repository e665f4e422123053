"""Memory sequence: records that end with the process, for tests and scratch."""

from collections.abc import Iterator
from typing import Any

from pyglove import utils
from pyglove.io.file_system import Path, resolve_path
from pyglove.io.sequence import Deserializer, Sequence, SequenceIO, Serializer
from pyglove.utils.functor import override


class MemorySequence(Sequence):
    """Records in memory."""

    def __init__(
        self,
        path: str,
        mode: str,
        records: list[Any],
        *,
        perms: int | None,
        serializer: Serializer | None,
        deserializer: Deserializer | None,
    ) -> None:
        """Creates the sequence.

        Args:
            path: Its path.
            mode: 'r' to read, 'w' or 'a' to add.
            records: The serialized records, which are added to.
            perms: Has no effect.
            serializer: Makes a text or bytes of a record.
            deserializer: Makes a record of a text or bytes.
        """
        super().__init__(perms, serializer, deserializer)
        self._path = path
        self._mode = mode
        self._records = records
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._records)

    def _iter(self) -> Iterator[Any]:
        self._check("r")
        yield from self._records

    def _add(self, record: str | bytes) -> None:
        self._check("wax")
        self._records.append(record)

    def _check(self, modes: str) -> None:
        if self._is_closed:
            raise utils.PyGloveValueError(
                f"Expected an open sequence, but {self._path!r} was closed."
            )
        if not any(mode in self._mode for mode in (*modes, "+")):
            raise utils.PyGloveValueError(
                f"Expected the sequence {self._path!r} to be opened with mode "
                f"{modes[0]!r}, got {self._mode!r}."
            )

    def flush(self) -> None:
        """Does nothing: records are visible at once."""

    @override
    def close(self) -> None:
        self._is_closed = True


class MemorySequenceIO(SequenceIO):
    """Records in memory, by their paths. One that was not written is empty."""

    def __init__(self) -> None:
        """Creates an empty store."""
        self._records: dict[str, list[Any]] = {}

    @override
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
        del kwargs
        if not mode or mode[0] not in "rwax":
            raise utils.PyGloveValueError(
                f"Expected 'r', 'w' or 'a' as mode, got {mode!r}."
            )
        name = resolve_path(path)
        if mode[0] == "w":
            self._records[name] = []
        return MemorySequence(
            name,
            mode,
            self._records.setdefault(name, []),
            perms=perms,
            serializer=serializer,
            deserializer=deserializer,
        )


__all__ = ["MemorySequence", "MemorySequenceIO"]
