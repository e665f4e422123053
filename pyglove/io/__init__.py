"""Files in any file system: this machine's, in memory, or remote ones by URL.

`pg.save`, `pg.load` and `pg.open_jsonl` work on these files, and on those of file
systems that you register.
"""

import typing
from typing import TYPE_CHECKING

from pyglove.io.file import File
from pyglove.io.file_system import FileSystem, resolve_path
from pyglove.io.fsspec_file_system import FsspecFile, FsspecFileSystem
from pyglove.io.line_sequence import LineSequence, LineSequenceIO
from pyglove.io.memory_file_system import MemoryFile, MemoryFileSystem
from pyglove.io.memory_sequence import MemorySequence, MemorySequenceIO
from pyglove.io.operation import (
    add_file_system,
    chmod,
    copy,
    getctime,
    getmtime,
    glob,
    isdir,
    listdir,
    make_parent_dirs,
    mkdir,
    mkdirs,
    open,
    path_exists,
    readfile,
    rename,
    rm,
    rmdir,
    rmdirs,
    walk,
    writefile,
)
from pyglove.io.sequence import Sequence, SequenceIO
from pyglove.io.sequence_format import add_sequence_io, open_sequence
from pyglove.io.std_file_system import StdFile, StdFileSystem

# The published package has these here, too, and programs may get them from it.
_TYPING = {"Any", "Callable", "Iterator", "Literal", "Optional", "Union"}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _TYPING:
            return getattr(typing, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    # File systems.
    "add_file_system",
    "File",
    "FileSystem",
    "FsspecFile",
    "FsspecFileSystem",
    "MemoryFile",
    "MemoryFileSystem",
    "StdFile",
    "StdFileSystem",
    # Files.
    "open",
    "readfile",
    "writefile",
    "copy",
    "rename",
    "rm",
    "chmod",
    "getctime",
    "getmtime",
    # Folders and paths.
    "glob",
    "isdir",
    "listdir",
    "make_parent_dirs",
    "mkdir",
    "mkdirs",
    "path_exists",
    "resolve_path",
    "rmdir",
    "rmdirs",
    "walk",
    # Sequences of records.
    "add_sequence_io",
    "open_sequence",
    "LineSequence",
    "LineSequenceIO",
    "MemorySequence",
    "MemorySequenceIO",
    "Sequence",
    "SequenceIO",
]


def __dir__() -> list[str]:
    return sorted(__all__)
