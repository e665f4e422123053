"""Standard file system: the files of this machine."""

import glob
import io
import os
import shutil
from typing import Any

from pyglove.io.file import BufferFile, File
from pyglove.io.file_system import FileSystem, Path, resolve_path
from pyglove.utils.functor import override


class StdFile(BufferFile):
    """An open file of this machine."""

    def __init__(self, file_object: Any, path: Path) -> None:
        """Creates the file.

        Args:
            file_object: What the builtin `open` returned.
            path: Its path.
        """
        super().__init__(file_object)
        self._path = path


class StdFileSystem(FileSystem):
    """The files of this machine.

    Files in text mode are in UTF-8, unless `encoding` says otherwise.
    """

    @override
    def open(self, path: Path, mode: str = "r", **kwargs: Any) -> File:
        if "b" not in mode:
            kwargs.setdefault("encoding", "utf-8")
        return StdFile(io.open(path, mode, **kwargs), path)  # noqa: UP020

    @override
    def exists(self, path: Path) -> bool:
        return os.path.exists(path)

    @override
    def isdir(self, path: Path) -> bool:
        return os.path.isdir(path)

    @override
    def listdir(self, path: Path) -> list[str]:
        return os.listdir(path)

    @override
    def glob(self, pattern: Path) -> list[str]:
        text = resolve_path(pattern)
        found = glob.glob(text, recursive=True)
        if not text.endswith(os.sep):
            # `folder/**` does not stand for the folder.
            found = [path for path in found if not path.endswith(os.sep)]
        return sorted(found)

    @override
    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        os.mkdir(path, mode)

    @override
    def mkdirs(self, path: Path, mode: int = 0o777, exist_ok: bool = True) -> None:
        os.makedirs(path, mode, exist_ok)

    @override
    def rm(self, path: Path) -> None:
        os.remove(path)

    @override
    def rmdir(self, path: Path) -> None:
        os.rmdir(path)

    @override
    def rmdirs(self, path: Path) -> None:
        os.removedirs(path)

    @override
    def rename(self, oldpath: Path, newpath: Path) -> None:
        os.replace(oldpath, newpath)

    @override
    def copy(self, oldpath: Path, newpath: Path) -> None:
        shutil.copy(oldpath, newpath)

    @override
    def chmod(self, path: Path, mode: int) -> None:
        os.chmod(path, mode)

    @override
    def getctime(self, path: Path) -> float:
        return os.path.getctime(path)

    @override
    def getmtime(self, path: Path) -> float:
        return os.path.getmtime(path)


__all__ = ["StdFile", "StdFileSystem"]
