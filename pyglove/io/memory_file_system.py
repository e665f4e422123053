"""Memory file system: files that end with the process, for tests and scratch."""

import errno
import fnmatch
import io
import os
import re
import threading
import time
from collections.abc import Iterator
from typing import Any, NoReturn

from pyglove import utils
from pyglove.io.file import BufferFile, File
from pyglove.io.file_system import FileSystem, Path, resolve_path
from pyglove.utils.functor import override

_MODE = re.compile(r"(?=[^rwax]*[rwax][^rwax]*$)(?!.*b.*t)(?!.*t.*b)[rwaxbt+]+")
_MAGIC = re.compile(r"[*?\[]")


class MemoryFile(BufferFile):
    """An open file in memory."""

    def __init__(self, buffer: io.IOBase) -> None:
        """Creates the file.

        Args:
            buffer: What holds its content.
        """
        super().__init__(buffer)


class _Content:
    """A file in memory."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.mode = 0o666
        self.created = self.modified = time.time()


class _Folder(dict[str, "_Content | _Folder"]):
    """A folder in memory."""


class _Raw(io.RawIOBase):
    """What reads and writes the bytes of a file in memory."""

    def __init__(
        self, content: _Content, readable: bool, writable: bool, appends: bool
    ) -> None:
        self._content = content
        self._readable, self._writable, self._appends = readable, writable, appends
        self._position = 0

    def readable(self) -> bool:
        return self._readable

    def writable(self) -> bool:
        return self._writable

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        part = self._content.data[self._position : self._position + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def write(self, data: Any, /) -> int:
        content = self._content
        if self._appends:
            self._position = len(content.data)
        gap = self._position - len(content.data)
        if gap > 0:
            content.data += bytes(gap)
        size = memoryview(data).nbytes
        content.data[self._position : self._position + size] = bytes(data)
        self._position += size
        content.modified = time.time()
        return size

    def seek(self, offset: int, whence: int = 0, /) -> int:
        start = (0, self._position, len(self._content.data))[whence]
        if start + offset < 0:
            raise utils.PyGloveValueError(
                f"Expected a position in the file, got {start + offset}."
            )
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def truncate(self, size: int | None = None, /) -> int:
        size = self._position if size is None else size
        data = self._content.data
        del data[size:]
        data += bytes(size - len(data))
        return size


class MemoryFileSystem(FileSystem):
    """Files in memory, as those of a disk otherwise."""

    def __init__(self, prefix: str = "/mem/") -> None:
        """Creates an empty file system.

        Args:
            prefix: How the paths in it begin.
        """
        self._prefix = prefix
        self._root = _Folder()
        self._lock = threading.RLock()

    @override
    def open(self, path: Path, mode: str = "r", **kwargs: Any) -> File:
        if not _MODE.fullmatch(mode):
            raise utils.PyGloveValueError(
                f"Expected a mode such as 'r', 'w', 'a', 'x' or 'rb', got {mode!r}."
            )
        with self._lock:
            content = self._content_to_open(path, mode)
        raw = _Raw(
            content,
            readable="r" in mode or "+" in mode,
            writable="r" not in mode or "+" in mode,
            appends="a" in mode,
        )
        if "a" in mode:
            raw.seek(0, 2)
        buffered: Any
        if "+" in mode:
            buffered = io.BufferedRandom(raw)
        elif "r" in mode:
            buffered = io.BufferedReader(raw)
        else:
            buffered = io.BufferedWriter(raw)
        if "b" not in mode:
            # As it is written, so it is read.
            options = {"encoding": "utf-8", "newline": "\n", **kwargs}
            buffered = io.TextIOWrapper(buffered, **options)
        return MemoryFile(buffered)

    def _content_to_open(self, path: Path, mode: str) -> _Content:
        folder, name = self._parent(path)
        node = folder.get(name) if name else folder
        if node is not None and "x" in mode:
            _fail(errno.EEXIST, path)
        if isinstance(node, _Folder):
            _fail(errno.EISDIR, path)
        if node is None:
            if "r" in mode:
                _fail(errno.ENOENT, path)
            node = folder[name] = _Content()
        elif "w" in mode:
            node.data.clear()
            node.modified = time.time()
        return node

    @override
    def exists(self, path: Path) -> bool:
        return self._find(path) is not None

    @override
    def isdir(self, path: Path) -> bool:
        return isinstance(self._find(path), _Folder)

    @override
    def listdir(self, path: Path) -> list[str]:
        return list(self._folder(path))

    @override
    def glob(self, pattern: Path) -> list[str]:
        parts = self._parts(pattern)
        with self._lock:
            found = {"/".join(names) for names in _matches(self._root, parts)}
        return sorted(self._prefix + path for path in found if path)

    @override
    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        del mode
        with self._lock:
            folder, name = self._parent(path)
            if not name or name in folder:
                _fail(errno.EEXIST, path)
            folder[name] = _Folder()

    @override
    def mkdirs(self, path: Path, mode: int = 0o777, exist_ok: bool = True) -> None:
        del mode
        parts = self._parts(path)
        with self._lock:
            node = self._root
            is_new = False
            for i, name in enumerate(parts):
                is_new = name not in node
                child = node.setdefault(name, _Folder())
                if not isinstance(child, _Folder):
                    is_last = i == len(parts) - 1
                    _fail(errno.EEXIST if is_last else errno.ENOTDIR, path)
                node = child
            if not is_new and not exist_ok:
                _fail(errno.EEXIST, path)

    @override
    def rm(self, path: Path) -> None:
        with self._lock:
            folder, name = self._parent(path)
            if not isinstance(self._existing(path), _Content):
                _fail(errno.EISDIR, path)
            del folder[name]

    @override
    def rmdir(self, path: Path) -> None:
        with self._lock:
            folder, name = self._parent(path)
            if self._folder(path):
                _fail(errno.ENOTEMPTY, path)
            if not name:
                _fail(errno.EBUSY, path)  # The root stays.
            del folder[name]

    @override
    def rmdirs(self, path: Path) -> None:
        with self._lock:
            self.rmdir(path)
            parts = self._parts(path)[:-1]
            while parts and not self._folder(self._prefix + "/".join(parts)):
                self.rmdir(self._prefix + "/".join(parts))
                parts.pop()

    @override
    def rename(self, oldpath: Path, newpath: Path) -> None:
        with self._lock:
            folder, name = self._parent(oldpath)
            target, new_name = self._parent(newpath)
            node = self._existing(oldpath)
            old, new = self._parts(oldpath), self._parts(newpath)
            if old == new:
                return
            if not old or old == new[: len(old)]:
                _fail(errno.EINVAL, newpath)  # A folder cannot be in itself.
            if new == old[: len(new)]:
                _fail(errno.ENOTEMPTY, newpath)  # There is what is to be moved.
            other = target.get(new_name) if new_name else target
            if isinstance(other, _Folder):
                if not isinstance(node, _Folder):
                    _fail(errno.EISDIR, newpath)
                if other:
                    _fail(errno.ENOTEMPTY, newpath)
            elif other is not None and isinstance(node, _Folder):
                _fail(errno.ENOTDIR, newpath)
            target[new_name] = node
            del folder[name]

    @override
    def copy(self, oldpath: Path, newpath: Path) -> None:
        with self._lock:
            node = self._existing(oldpath)
            if not isinstance(node, _Content):
                _fail(errno.EISDIR, oldpath)
            folder, name = self._parent(newpath)
            other = folder.get(name) if name else folder
            if isinstance(other, _Folder):
                folder, name = other, self._parts(oldpath)[-1]
                other = folder.get(name)
                if isinstance(other, _Folder):
                    _fail(errno.EISDIR, newpath)
            if other is node:
                return
            copied = folder[name] = _Content()
            copied.data[:] = node.data
            copied.mode = node.mode

    @override
    def chmod(self, path: Path, mode: int) -> None:
        node = self._existing(path)
        if isinstance(node, _Content):
            node.mode = mode

    @override
    def getctime(self, path: Path) -> float:
        return self._file(path).created

    @override
    def getmtime(self, path: Path) -> float:
        return self._file(path).modified

    def _parts(self, path: Path) -> list[str]:
        """Returns the names on the way from the root to a path."""
        text = resolve_path(path)
        if (text + "/").startswith(self._prefix):
            text = text[len(self._prefix) :]
        parts: list[str] = []
        for part in text.split("/"):
            if part == "..":
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        return parts

    def _find(self, path: Path) -> "_Content | _Folder | None":
        node: _Content | _Folder | None = self._root
        for name in self._parts(path):
            if not isinstance(node, _Folder):
                return None
            node = node.get(name)
        return node

    def _existing(self, path: Path) -> "_Content | _Folder":
        folder, name = self._parent(path)
        node = folder.get(name) if name else folder
        if node is None:
            _fail(errno.ENOENT, path)
        return node

    def _file(self, path: Path) -> _Content:
        node = self._existing(path)
        if isinstance(node, _Folder):
            _fail(errno.EISDIR, path)
        return node

    def _folder(self, path: Path) -> _Folder:
        node = self._existing(path)
        if not isinstance(node, _Folder):
            _fail(errno.ENOTDIR, path)
        return node

    def _parent(self, path: Path) -> tuple[_Folder, str]:
        """Returns the folder of a path, and the name in it ('' for the root)."""
        parts = self._parts(path)
        node: _Content | _Folder | None = self._root
        for name in parts[:-1]:
            node = node.get(name) if isinstance(node, _Folder) else None
            if node is None:
                _fail(errno.ENOENT, path)
            if not isinstance(node, _Folder):
                _fail(errno.ENOTDIR, path)
        assert isinstance(node, _Folder)
        return node, parts[-1] if parts else ""


def _matches(folder: _Folder, parts: list[str]) -> Iterator[list[str]]:
    """Yields the names on the way to what fits a pattern."""
    head, rest = parts[0] if parts else "", parts[1:]
    if head == "**":
        # No folder, which leaves what stands for the folder itself to the rest.
        if rest:
            yield from _matches(folder, rest)
        for name, node in folder.items():
            if name.startswith("."):
                continue
            if not rest:
                yield [name]
            if isinstance(node, _Folder):
                yield from ([name, *names] for names in _matches(node, parts))
        return
    if _MAGIC.search(head):
        names = [n for n in folder if fnmatch.fnmatchcase(n, head)]
        if not head.startswith("."):
            names = [n for n in names if not n.startswith(".")]
    else:
        names = [head] if head in folder else []
    for name in names:
        node = folder[name]
        if not rest:
            yield [name]
        elif isinstance(node, _Folder):
            yield from ([name, *below] for below in _matches(node, rest))


def _fail(number: int, path: Path) -> NoReturn:
    """Raises the error of the operating system for a path."""
    raise OSError(number, os.strerror(number), resolve_path(path))


__all__ = ["MemoryFile", "MemoryFileSystem"]
