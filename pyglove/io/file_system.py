"""File system: the interface, and which one serves a path."""

import abc
import os
import re
import threading
from typing import Any

from pyglove import utils
from pyglove.io.file import File

Path = str | os.PathLike[str]


class FileSystem(metaclass=abc.ABCMeta):
    """What files and folders lie in.

    Errors are those of `os`: `FileNotFoundError`, `FileExistsError` and so on. Register
    a file system with `pg.io.add_file_system`.
    """

    @abc.abstractmethod
    def open(self, path: Path, mode: str = "r", **kwargs: Any) -> File:
        """Opens a file.

        Args:
            path: Its path.
            mode: The mode, as for the builtin `open`.
            **kwargs: Further options of the file system.
        """

    @abc.abstractmethod
    def exists(self, path: Path) -> bool:
        """Returns whether there is a file or folder at a path."""

    @abc.abstractmethod
    def isdir(self, path: Path) -> bool:
        """Returns whether there is a folder at a path."""

    @abc.abstractmethod
    def listdir(self, path: Path) -> list[str]:
        """Returns the names of what is in a folder."""

    @abc.abstractmethod
    def glob(self, pattern: Path) -> list[str]:
        """Returns the paths that fit a pattern.

        Args:
            pattern: A path with `*`, `?`, `[...]` in it for parts of a name, and `**`
                for any number of folders.
        """

    @abc.abstractmethod
    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        """Makes a folder in one that exists."""

    @abc.abstractmethod
    def mkdirs(self, path: Path, mode: int = 0o777, exist_ok: bool = True) -> None:
        """Makes a folder, and those on the way to it.

        Args:
            path: Its path.
            mode: Its permissions.
            exist_ok: Whether it may exist already.
        """

    @abc.abstractmethod
    def rm(self, path: Path) -> None:
        """Removes a file."""

    @abc.abstractmethod
    def rmdir(self, path: Path) -> Any:
        """Removes an empty folder."""

    @abc.abstractmethod
    def rmdirs(self, path: Path) -> Any:
        """Removes an empty folder, and those above that it leaves empty."""

    @abc.abstractmethod
    def rename(self, oldpath: Path, newpath: Path) -> None:
        """Moves a file or folder. A file at the new path is replaced."""

    @abc.abstractmethod
    def copy(self, oldpath: Path, newpath: Path) -> None:
        """Copies a file, to a path or into a folder."""

    @abc.abstractmethod
    def chmod(self, path: Path, mode: int) -> None:
        """Sets the permissions of a file, where the file system has such."""

    @abc.abstractmethod
    def getctime(self, path: Path) -> float:
        """Returns when a file was created, in seconds since the epoch."""

    @abc.abstractmethod
    def getmtime(self, path: Path) -> float:
        """Returns when a file was modified last, in seconds since the epoch."""


class Registry:
    """Which file system serves which paths."""

    def __init__(self, default: FileSystem, remote: FileSystem) -> None:
        """Creates a registry.

        Args:
            default: What serves the paths that no prefix fits.
            remote: What serves URLs among these.
        """
        self._default = default
        self._remote = remote
        self._lock = threading.Lock()
        # The longest prefix first, since it says most.
        self._entries: list[tuple[str, FileSystem]] = []

    def add(self, prefix: str, fs: FileSystem) -> None:
        """Adds a file system, or replaces the one of that prefix."""
        if not isinstance(prefix, str) or not prefix:
            raise utils.PyGloveTypeError(
                f"Expected a prefix of paths as a non-empty str, got {prefix!r}."
            )
        if not isinstance(fs, FileSystem):
            raise utils.PyGloveTypeError(f"Expected a pg.io.FileSystem, got {fs!r}.")
        with self._lock:
            entries = [entry for entry in self._entries if entry[0] != prefix]
            entries.append((prefix, fs))
            entries.sort(key=lambda entry: -len(entry[0]))
            self._entries = entries

    def find(self, path: Path) -> FileSystem:
        """Returns the file system that serves a path."""
        text = resolve_path(path)
        for prefix, fs in self._entries:
            if text.startswith(prefix) or (prefix[-1] == "/" and text == prefix[:-1]):
                return fs
        return self._remote if is_url(text) else self._default


# Two letters at least: `C://` is a drive.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+(://|::)")


def is_url(path: str) -> bool:
    """Returns whether a path is a URL."""
    return _URL.match(path) is not None


def resolve_path(path: Path) -> str:
    """Returns a path as a text.

    Args:
        path: A text, or an object that stands for a path.

    Raises:
        TypeError: It is neither.

    Example:
        >>> import pathlib
        >>> pg.io.resolve_path(pathlib.PurePosixPath('a') / 'b')
        'a/b'
    """
    if isinstance(path, (str, os.PathLike)):
        text = os.fspath(path)
        if isinstance(text, str):
            return text
    raise utils.PyGloveTypeError(
        f"Expected a path as a str or an os.PathLike of a str, got {path!r}."
    )


__all__ = ["FileSystem", "resolve_path"]
