"""Formats of sequences, by the extensions of their files."""

import os
from typing import Any

from pyglove import utils
from pyglove.io.file_system import Path, resolve_path
from pyglove.io.line_sequence import LineSequenceIO
from pyglove.io.memory_sequence import MemorySequenceIO
from pyglove.io.operation import make_parent_dirs
from pyglove.io.sequence import Deserializer, Sequence, SequenceIO, Serializer

_formats: dict[str, SequenceIO] = {"mem": MemorySequenceIO()}
_default = LineSequenceIO()


def add_sequence_io(extension: str, sequence_io: SequenceIO) -> None:
    """Registers a format for the sequences whose files have an extension.

    Args:
        extension: The extension, with or without the dot.
        sequence_io: The format. Another one of that extension is replaced.

    Raises:
        TypeError: An argument is of another type.

    Example:
        >>> pg.io.add_sequence_io('scratch', pg.io.MemorySequenceIO())
        >>> with pg.io.open_sequence('/anywhere/x.scratch', 'w') as records:
        ...     records.add('one')
        >>> with pg.io.open_sequence('/anywhere/x.scratch') as records:
        ...     list(records)
        ['one']
    """
    if not isinstance(extension, str):
        raise utils.PyGloveTypeError(f"Expected a str as extension, got {extension!r}.")
    if not isinstance(sequence_io, SequenceIO):
        raise utils.PyGloveTypeError(
            f"Expected a pg.io.SequenceIO, got {sequence_io!r}."
        )
    _formats[extension.removeprefix(".")] = sequence_io


def open_sequence(
    path: Path,
    mode: str = "r",
    *,
    perms: int | None = 0o664,
    serializer: Serializer | None = None,
    deserializer: Deserializer | None = None,
    make_dirs_if_not_exist: bool = True,
    **kwargs: Any,
) -> Sequence:
    """Opens a sequence of records.

    The extension of the file tells its format. Files with the extension 'mem' are in
    memory; those whose extension is not registered have a record on each line. What
    follows an '@' in an extension, such as the number of shards, does not count.

    Args:
        path: The path of the file.
        mode: 'r' to read, 'w' to write anew, 'a' to add to what is there.
        perms: The permissions of the file, when it is written; None to leave them.
        serializer: Makes a text or bytes of a record. By default, records are such.
        deserializer: Makes a record of a text or bytes.
        make_dirs_if_not_exist: Whether to make the folder of a file that is written.
        **kwargs: Further options of the format.

    Returns:
        The sequence, which is a context manager.

    Raises:
        OSError: The file cannot be opened.
        ValueError: There is no such mode.

    Example:
        >>> with pg.io.open_sequence('/mem/numbers', 'w', serializer=str) as numbers:
        ...     numbers.add(1)
        ...     numbers.add(2)
        >>> with pg.io.open_sequence('/mem/numbers', deserializer=int) as numbers:
        ...     list(numbers)
        [1, 2]
    """
    extension = os.path.splitext(resolve_path(path))[1].removeprefix(".")
    sequence_io = _formats.get(extension.partition("@")[0], _default)
    is_file = not isinstance(sequence_io, MemorySequenceIO)
    if make_dirs_if_not_exist and is_file and "r" not in mode:
        make_parent_dirs(path)
    return sequence_io.open(
        path,
        mode,
        perms=perms,
        serializer=serializer,
        deserializer=deserializer,
        **kwargs,
    )


__all__ = ["add_sequence_io", "open_sequence"]
