"""Fsspec file system: whatever the package `fsspec` has a protocol for, by URL."""

import errno
import importlib
import os
import posixpath
from typing import Any

from pyglove import utils
from pyglove.io.file import BufferFile, File
from pyglove.io.file_system import FileSystem, Path, resolve_path
from pyglove.utils.functor import override


class FsspecFile(BufferFile):
    """An open file of a file system of `fsspec`."""

    def __init__(self, f: Any) -> None:
        """Creates the file.

        Args:
            f: What `open` of the file system returned.
        """
        super().__init__(f)


class FsspecFileSystem(FileSystem):
    """Files by URL: `s3://`, `gs://`, `http://` and others, through `fsspec`.

    Most stores have no permissions, so that `mode` and `chmod` have no effect.
    """

    @override
    def open(self, path: Path, mode: str = "r", **kwargs: Any) -> File:
        fs, inner = _locate(path)
        if "b" not in mode:
            kwargs.setdefault("encoding", "utf-8")
        return FsspecFile(fs.open(inner, mode, **kwargs))

    @override
    def exists(self, path: Path) -> bool:
        fs, inner = _locate(path)
        return fs.exists(inner)

    @override
    def isdir(self, path: Path) -> bool:
        fs, inner = _locate(path)
        return fs.isdir(inner)

    @override
    def listdir(self, path: Path) -> list[str]:
        fs, inner = _locate(path)
        # What is known of a folder may be old.
        fs.invalidate_cache(inner)
        names = fs.ls(inner, detail=False)
        if names == [inner] and not fs.isdir(inner):
            _fail(errno.ENOTDIR, path)
        return [posixpath.basename(name.rstrip("/")) for name in names]

    @override
    def glob(self, pattern: Path) -> list[str]:
        fs, inner = _locate(pattern)
        return sorted(fs.unstrip_protocol(found) for found in fs.glob(inner))

    @override
    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        del mode
        fs, inner = _locate(path)
        fs.mkdir(inner, create_parents=False)

    @override
    def mkdirs(self, path: Path, mode: int = 0o777, exist_ok: bool = True) -> None:
        del mode
        fs, inner = _locate(path)
        fs.makedirs(inner, exist_ok=exist_ok)

    @override
    def rm(self, path: Path) -> None:
        fs, inner = _locate(path)
        if fs.isdir(inner):
            _fail(errno.EISDIR, path)
        fs.rm(inner)

    @override
    def rmdir(self, path: Path) -> None:
        fs, inner = _locate(path)
        if not fs.isdir(inner):
            _fail(errno.ENOTDIR if fs.exists(inner) else errno.ENOENT, path)
        fs.rmdir(inner)

    @override
    def rmdirs(self, path: Path) -> None:
        self.rmdir(path)
        fs, inner = _locate(path)
        inner = fs._parent(inner)
        while inner.strip("/") and fs.isdir(inner) and not fs.ls(inner, detail=False):
            fs.rmdir(inner)
            inner = fs._parent(inner)

    @override
    def rename(self, oldpath: Path, newpath: Path) -> None:
        fs, inner = _locate(oldpath)
        other, new = _locate(newpath)
        if other is not fs:
            raise utils.PyGloveValueError(
                "Expected two paths of one file system, got "
                f"{resolve_path(oldpath)!r} and {resolve_path(newpath)!r}."
            )
        fs.mv(inner, new, recursive=fs.isdir(inner))

    @override
    def copy(self, oldpath: Path, newpath: Path) -> None:
        fs, inner = _locate(oldpath)
        other, new = _locate(newpath)
        if fs.isdir(inner):
            _fail(errno.EISDIR, oldpath)
        if other.isdir(new):
            new = posixpath.join(new, posixpath.basename(inner))
        if other is fs:
            fs.cp_file(inner, new)
            return
        with fs.open(inner, "rb") as source, other.open(new, "wb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)

    @override
    def chmod(self, path: Path, mode: int) -> None:
        del path, mode

    @override
    def getctime(self, path: Path) -> float:
        fs, inner = _locate(path)
        try:
            return fs.created(inner).timestamp()
        except NotImplementedError:
            return fs.modified(inner).timestamp()

    @override
    def getmtime(self, path: Path) -> float:
        fs, inner = _locate(path)
        return fs.modified(inner).timestamp()


def _locate(path: Path) -> tuple[Any, str]:
    """Returns a file system of `fsspec`, and the path in it.

    Raises:
        ImportError: A package is not installed.
        ValueError: The protocol is unknown.
    """
    url = resolve_path(path)
    try:
        fsspec = importlib.import_module("fsspec")
    except ImportError:
        raise utils.PyGloveImportError(
            f"Expected the package fsspec to be installed for {url!r}. "
            "Install it with: pip install 'pyglove[io]'"
        ) from None
    return fsspec.core.url_to_fs(url)


def _fail(number: int, path: Path) -> None:
    raise OSError(number, os.strerror(number), resolve_path(path))


__all__ = ["FsspecFile", "FsspecFileSystem"]
