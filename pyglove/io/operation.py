"""Operations on files, by whatever file system serves a path."""

import errno
import os
from collections.abc import Iterator
from typing import Any

from pyglove.io.file import File
from pyglove.io.file_system import FileSystem, Path, Registry, is_url, resolve_path
from pyglove.io.fsspec_file_system import FsspecFileSystem
from pyglove.io.memory_file_system import MemoryFileSystem
from pyglove.io.std_file_system import StdFileSystem

_CHUNK = 1 << 20

_registry = Registry(StdFileSystem(), FsspecFileSystem())
_registry.add("/mem/", MemoryFileSystem("/mem/"))


def add_file_system(prefix: str, fs: FileSystem) -> None:
    """Registers a file system for the paths that begin with a prefix.

    Of several prefixes that fit a path the longest one counts. `pg.save`, `pg.load` and
    `pg.open_jsonl` use the file system, too.

    Args:
        prefix: How the paths begin. Another file system of that prefix is replaced.
        fs: The file system.

    Raises:
        TypeError: An argument is of another type.

    Example:
        >>> pg.io.add_file_system('/scratch/', pg.io.MemoryFileSystem('/scratch/'))
        >>> pg.save(pg.Dict(x=1), '/scratch/value.json')
        >>> pg.load('/scratch/value.json')
        {x=1}
    """
    _registry.add(prefix, fs)


def open(path: Path, mode: str = "r", **kwargs: Any) -> File:
    """Opens a file.

    Args:
        path: Its path.
        mode: The mode, as for the builtin `open`. Texts are in UTF-8.
        **kwargs: Further options of the file system, such as `encoding`.

    Returns:
        The file, which is a context manager.

    Raises:
        OSError: It cannot be opened.
        ValueError: There is no such mode.

    Example:
        >>> with pg.io.open('/mem/lines.txt', 'w') as file:
        ...     file.write('one line')
        >>> with pg.io.open('/mem/lines.txt') as file:
        ...     file.read()
        'one line'
    """
    return _registry.find(path).open(path, mode, **kwargs)


def readfile(
    path: Path, mode: str = "r", nonexist_ok: bool = False, **kwargs: Any
) -> Any:
    """Returns the content of a file.

    Args:
        path: Its path.
        mode: 'r' for a text, 'rb' for bytes.
        nonexist_ok: Whether to return None where there is no such file.
        **kwargs: Further options of the file system.

    Raises:
        OSError: It cannot be read.

    Example:
        >>> pg.io.readfile('/mem/nothing', nonexist_ok=True)
    """
    try:
        with _registry.find(path).open(path, mode, **kwargs) as file:
            return file.read()
    except FileNotFoundError:
        if nonexist_ok:
            return None
        raise


def writefile(
    path: Path,
    content: str | bytes,
    *,
    mode: str = "w",
    perms: int | None = 0o664,
    **kwargs: Any,
) -> None:
    """Writes a file.

    Args:
        path: Its path. Its folder has to exist.
        content: A text, or bytes.
        mode: 'w' for a text, 'wb' for bytes; with 'a' in place of 'w', they come after
            what the file has.
        perms: The permissions that the file gets; None to leave them.
        **kwargs: Further options of the file system.

    Raises:
        OSError: It cannot be written.

    Example:
        >>> pg.io.writefile('/mem/hello', 'Hello')
        >>> pg.io.readfile('/mem/hello', mode='rb')
        b'Hello'
    """
    fs = _registry.find(path)
    with fs.open(path, mode, **kwargs) as file:
        file.write(content)
    if perms is not None:
        fs.chmod(path, perms)


def path_exists(path: Path) -> bool:
    """Returns whether there is a file or folder at a path.

    Args:
        path: The path.
    """
    return _registry.find(path).exists(path)


def isdir(path: Path) -> bool:
    """Returns whether there is a folder at a path.

    Args:
        path: The path.
    """
    return _registry.find(path).isdir(path)


def listdir(path: Path, fullpath: bool = False) -> list[str]:
    """Returns what is in a folder.

    Args:
        path: The path of the folder.
        fullpath: Whether to return paths in place of names.

    Raises:
        OSError: There is no such folder.

    Example:
        >>> pg.io.mkdirs('/mem/folder/inner')
        >>> pg.io.listdir('/mem/folder', fullpath=True)
        ['/mem/folder/inner']
    """
    names = _registry.find(path).listdir(path)
    if fullpath:
        return [_join(resolve_path(path), name) for name in names]
    return names


def glob(pattern: Path) -> list[str]:
    """Returns the paths that fit a pattern.

    Args:
        pattern: A path with `*`, `?`, `[...]` in it for parts of a name, and `**` for
            any number of folders. Names that begin with a dot fit only a dot.

    Example:
        >>> pg.io.mkdirs('/mem/logs/2030')
        >>> pg.io.writefile('/mem/logs/2030/may.txt', '')
        >>> pg.io.glob('/mem/logs/**/*.txt')
        ['/mem/logs/2030/may.txt']
    """
    return _registry.find(pattern).glob(pattern)


def walk(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yields the folders at and below a path, from the top down.

    Args:
        path: The path of a folder.

    Yields:
        (the path of a folder, names of the folders in it, names of the files in it).
        Folders that the caller removes from the list are passed over.

    Raises:
        OSError: There is no such folder.

    Example:
        >>> pg.io.mkdirs('/mem/tree/branch')
        >>> pg.io.writefile('/mem/tree/leaf', '')
        >>> list(pg.io.walk('/mem/tree'))
        [('/mem/tree', ['branch'], ['leaf']), ('/mem/tree/branch', [], [])]
    """
    fs = _registry.find(path)
    pending = [resolve_path(path)]
    while pending:
        folder = pending.pop()
        folders: list[str] = []
        files: list[str] = []
        for name in sorted(fs.listdir(folder)):
            is_folder = fs.isdir(_join(folder, name))
            (folders if is_folder else files).append(name)
        yield folder, folders, files
        pending.extend(_join(folder, name) for name in reversed(folders))


def _join(folder: str, name: str) -> str:
    if is_url(folder):
        return f"{folder.rstrip('/')}/{name}"
    return os.path.join(folder, name)


def mkdir(path: Path, mode: int = 0o777) -> None:
    """Makes a folder in one that exists.

    Args:
        path: Its path.
        mode: Its permissions.

    Raises:
        OSError: It exists, or the folder that it should be in does not.
    """
    _registry.find(path).mkdir(path, mode=mode)


def mkdirs(path: Path, mode: int = 0o777, exist_ok: bool = True) -> None:
    """Makes a folder, and those on the way to it.

    Args:
        path: Its path.
        mode: Its permissions.
        exist_ok: Whether it may exist already.

    Raises:
        OSError: It exists, or there is a file on the way.
    """
    _registry.find(path).mkdirs(path, mode=mode, exist_ok=exist_ok)


def make_parent_dirs(path: Path) -> None:
    """Makes the folder that a path is in, and those on the way to it.

    Args:
        path: The path of a file.

    Raises:
        OSError: There is a file on the way.

    Example:
        >>> pg.io.make_parent_dirs('/mem/some/where/file')
        >>> pg.io.isdir('/mem/some/where')
        True
    """
    text = resolve_path(path)
    if is_url(text):
        # The place of a URL, such as a bucket, is no folder to be made.
        place, separator, rest = text.partition("://")
        folder = rest.rpartition("/")[0]
        parent = f"{place}{separator}{folder}" if folder else ""
    else:
        parent = os.path.dirname(text)
    if parent:
        _registry.find(path).mkdirs(parent, mode=0o777, exist_ok=True)


def rm(path: Path) -> None:
    """Removes a file.

    Args:
        path: Its path.

    Raises:
        OSError: There is no such file.
    """
    _registry.find(path).rm(path)


def rmdir(path: Path) -> Any:
    """Removes an empty folder.

    Args:
        path: Its path.

    Raises:
        OSError: There is no such folder, or something is in it.
    """
    return _registry.find(path).rmdir(path)


def rmdirs(path: Path) -> Any:
    """Removes an empty folder, and those above that it leaves empty.

    Args:
        path: Its path.

    Raises:
        OSError: There is no such folder, or something is in it.
    """
    return _registry.find(path).rmdirs(path)


def rename(oldpath: Path, newpath: Path) -> None:
    """Moves a file or folder; a file also from one file system to another.

    Args:
        oldpath: Its path.
        newpath: Its new path. A file there is replaced.

    Raises:
        OSError: There is no such file or folder, or there is no place for it.
    """
    fs, other = _registry.find(oldpath), _registry.find(newpath)
    if fs is other:
        fs.rename(oldpath, newpath)
        return
    if other.isdir(newpath):
        number = errno.EISDIR
        raise OSError(number, os.strerror(number), resolve_path(newpath))
    copy(oldpath, newpath)
    fs.rm(oldpath)


def copy(oldpath: Path, newpath: Path) -> None:
    """Copies a file, also from one file system to another.

    Args:
        oldpath: Its path.
        newpath: The path of the copy, or of a folder for it. A file there is replaced.

    Raises:
        OSError: There is no such file, or there is no place for the copy.

    Example:
        >>> pg.io.writefile('/mem/one', 'content')
        >>> pg.io.copy('/mem/one', '/mem/other')
        >>> pg.io.readfile('/mem/other')
        'content'
    """
    fs, other = _registry.find(oldpath), _registry.find(newpath)
    if fs is other:
        fs.copy(oldpath, newpath)
        return
    if other.isdir(newpath):
        name = os.path.basename(resolve_path(oldpath))
        newpath = _join(resolve_path(newpath), name)
    with fs.open(oldpath, "rb") as source, other.open(newpath, "wb") as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)


def chmod(path: Path, mode: int) -> None:
    """Sets the permissions of a file, where its file system has such.

    Args:
        path: Its path.
        mode: The permissions, such as 0o600.

    Raises:
        OSError: There is no such file, or it belongs to somebody else.
    """
    _registry.find(path).chmod(path, mode)


def getctime(path: Path) -> float:
    """Returns when a file was created, in seconds since the epoch.

    Args:
        path: Its path.

    Raises:
        OSError: There is no such file.
    """
    return _registry.find(path).getctime(path)


def getmtime(path: Path) -> float:
    """Returns when a file was modified last, in seconds since the epoch.

    Args:
        path: Its path.

    Raises:
        OSError: There is no such file.
    """
    return _registry.find(path).getmtime(path)


__all__ = [
    "add_file_system",
    "chmod",
    "copy",
    "getctime",
    "getmtime",
    "glob",
    "isdir",
    "listdir",
    "make_parent_dirs",
    "mkdir",
    "mkdirs",
    "open",
    "path_exists",
    "readfile",
    "rename",
    "rm",
    "rmdir",
    "rmdirs",
    "walk",
    "writefile",
]
