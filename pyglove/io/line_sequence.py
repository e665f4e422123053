"""Line sequence: a file with a record on each line."""

from collections.abc import Iterator
from typing import Any

from pyglove import utils
from pyglove.io import operation
from pyglove.io.file import File
from pyglove.io.file_system import Path, resolve_path
from pyglove.io.sequence import Deserializer, Sequence, SequenceIO, Serializer
from pyglove.utils.functor import override


class _UnknownLengthError(utils.PyGloveTypeError, NotImplementedError):
    """The number of lines of a file is not known before they are read.

    `list` asks for the length, and takes a `TypeError` for an answer.
    """


class LineSequence(Sequence):
    """A file with a record on each line. Iteration goes on where it last stopped."""

    def __init__(
        self,
        path: Path,
        mode: str,
        perms: int | None,
        serializer: Serializer | None,
        deserializer: Deserializer | None,
        *,
        skip_blank_lines: bool = False,
    ) -> None:
        """Opens the file.

        Args:
            path: Its path.
            mode: 'r' to read, 'w' to write anew, 'a' to add to what is there; with a
                'b' records are bytes.
            perms: Its permissions, when it is written; None to leave them.
            serializer: Makes a text or bytes of a record.
            deserializer: Makes a record of a text or bytes.
            skip_blank_lines: Whether lines of white space are no records.
        """
        super().__init__(perms, serializer, deserializer)
        self._path = resolve_path(path)
        self._number = 0
        self._skip_blank_lines = skip_blank_lines
        self._newline: Any = b"\n" if "b" in mode else "\n"
        self._file: File | None = None
        self._file = operation.open(path, mode)
        if perms is not None and "r" not in mode:
            self._file.flush()
            operation.chmod(path, perms)

    def __len__(self) -> int:
        raise _UnknownLengthError(
            f"Expected to read {self._path!r} before its records are counted. "
            "Use `len(list(sequence))`."
        )

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from super().__iter__()
        except UnicodeDecodeError as error:
            raise utils.PyGloveValueError(
                "Expected lines of text in UTF-8, got other bytes in "
                f"{self._path!r} after line {self._number}: {error}."
            ) from error
        except utils.PyGloveError as error:
            error.add_note(f"This is about line {self._number} of {self._path!r}.")
            raise

    def _iter(self) -> Iterator[Any]:
        assert self._file is not None
        newline = self._newline
        while line := self._file.readline():
            self._number += 1
            if not (self._skip_blank_lines and line.isspace()):
                yield line.removesuffix(newline)

    def _add(self, record: str | bytes) -> None:
        assert self._file is not None
        newline: Any = self._newline
        if type(record) is not type(newline):
            raise utils.PyGloveTypeError(
                f"Expected a record as {type(newline).__name__} in {self._path!r}, "
                f"got {record!r}."
            )
        text: Any = record
        text = text.rstrip(newline)
        if newline in text:
            raise utils.PyGloveValueError(
                f"Expected a record of one line in {self._path!r}, got {record!r}."
            )
        self._file.write(text + newline)

    @override
    def flush(self) -> None:
        assert self._file is not None
        self._file.flush()

    @override
    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def __del__(self) -> None:
        self.close()


class LineSequenceIO(SequenceIO):
    """Files with a record on each line."""

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
        return LineSequence(path, mode, perms, serializer, deserializer, **kwargs)


__all__ = ["LineSequence", "LineSequenceIO"]
