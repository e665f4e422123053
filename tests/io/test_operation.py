"""Operations, which are the same in all file systems."""

import errno
import io
import os
import stat
import time
import uuid

import pytest

import pyglove as pg
from pyglove.io import operation


def make_root(kind, tmp_path):
    if kind == "std":
        return str(tmp_path)
    if kind == "fsspec":
        pytest.importorskip("fsspec")
    prefix = {"memory": "/mem/", "fsspec": "memory://"}[kind]
    root = f"{prefix}{uuid.uuid4().hex}"
    pg.io.mkdirs(root)
    return root


@pytest.fixture(params=["std", "memory", "fsspec"])
def root(request, tmp_path):
    return make_root(request.param, tmp_path)


@pytest.fixture(params=["std", "memory"])
def local(request, tmp_path):
    return make_root(request.param, tmp_path)


def test_texts_and_bytes(root):
    path = f"{root}/f"
    pg.io.writefile(path, "hé\nyou\n")
    assert pg.io.readfile(path) == "hé\nyou\n"
    assert pg.io.readfile(path, mode="rb") == "hé\nyou\n".encode()
    pg.io.writefile(path, "more", mode="a")
    assert pg.io.readfile(path) == "hé\nyou\nmore"
    pg.io.writefile(path, b"\x00\xff", mode="wb")
    assert pg.io.readfile(path, mode="rb") == b"\x00\xff"
    with pytest.raises(TypeError):
        pg.io.writefile(path, b"bytes")


def test_files(root):
    path = f"{root}/f"
    pg.io.writefile(path, "hello\nworld\n")
    with pg.io.open(path) as file:
        assert isinstance(file, pg.io.File)
        assert file.readline() == "hello\n"
        assert file.tell() == 6
        assert file.seek(0) == 0
        assert file.read(3) == "hel"
        assert file.read(None) == "lo\nworld\n"
        assert file.read() == file.readline() == ""
        assert file.seek(0, 2) == 12
    if not root.startswith("memory:"):  # Files of `fsspec` in memory stay open.
        with pytest.raises(ValueError, match="closed"):
            file.read()


def test_modes(local):
    path = f"{local}/f"
    with pg.io.open(path, "x") as file:
        assert file.write("abc") is None
        assert pg.io.readfile(path) == ""
        file.flush()
        assert pg.io.readfile(path) == "abc"
        with pytest.raises(io.UnsupportedOperation):
            file.read()
    with pytest.raises(FileExistsError):
        pg.io.open(path, "x")
    with pg.io.open(path) as file, pytest.raises(io.UnsupportedOperation):
        file.write("x")
    with pg.io.open(path, "r+") as file:
        file.write("X")
        file.seek(0)
        assert file.read() == "Xbc"
    with pg.io.open(path, "a+b") as file:
        file.seek(0)
        file.write(b"d")
        file.seek(0)
        assert file.read() == b"Xbcd"
    with pg.io.open(path, "w+b") as file:
        file.seek(3)
        file.write(b"x")
    assert pg.io.readfile(path, mode="rb") == b"\0\0\0x"
    for mode in ("q", "rw", "", "rbt"):
        with pytest.raises(ValueError):
            pg.io.open(path, mode)


def test_what_is_not_there(root):
    path = f"{root}/nothing"
    assert not pg.io.path_exists(path)
    assert not pg.io.isdir(path)
    assert pg.io.glob(path) == []
    assert pg.io.readfile(path, nonexist_ok=True) is None
    for function in ("readfile", "listdir", "rm", "rmdir", "rmdirs", "getmtime"):
        with pytest.raises(FileNotFoundError):
            getattr(pg.io, function)(path)
    for function in ("rename", "copy"):
        with pytest.raises(FileNotFoundError):
            getattr(pg.io, function)(path, path + "2")


def test_what_is_not_there_locally(local):
    path = f"{local}/nothing"
    with pytest.raises(FileNotFoundError):
        pg.io.getctime(path)
    with pytest.raises(FileNotFoundError):
        pg.io.chmod(path, 0o600)
    with pytest.raises(FileNotFoundError):
        pg.io.mkdir(f"{path}/inner")
    with pytest.raises(FileNotFoundError) as raised:
        pg.io.writefile(f"{path}/f", "x")
    assert raised.value.errno == errno.ENOENT
    assert raised.value.filename == f"{path}/f"


def test_folders(root):
    pg.io.mkdirs(f"{root}/a/b")
    pg.io.mkdirs(f"{root}/a/b")
    with pytest.raises(FileExistsError):
        pg.io.mkdirs(f"{root}/a/b", exist_ok=False)
    pg.io.mkdir(f"{root}/a/c")
    with pytest.raises(FileExistsError):
        pg.io.mkdir(f"{root}/a/c")
    pg.io.writefile(f"{root}/a/f", "x")
    assert sorted(pg.io.listdir(f"{root}/a")) == ["b", "c", "f"]
    assert sorted(pg.io.listdir(f"{root}/a", fullpath=True)) == [
        f"{root}/a/b",
        f"{root}/a/c",
        f"{root}/a/f",
    ]
    assert pg.io.isdir(f"{root}/a")
    assert not pg.io.isdir(f"{root}/a/f")
    assert pg.io.path_exists(f"{root}/a") and pg.io.path_exists(f"{root}/a/f")
    with pytest.raises(OSError):
        pg.io.rmdir(f"{root}/a")
    with pytest.raises(NotADirectoryError):
        pg.io.rmdir(f"{root}/a/f")
    with pytest.raises(NotADirectoryError):
        pg.io.listdir(f"{root}/a/f")
    with pytest.raises(IsADirectoryError):
        pg.io.rm(f"{root}/a")
    pg.io.rmdir(f"{root}/a/c")
    pg.io.rm(f"{root}/a/f")
    assert pg.io.listdir(f"{root}/a") == ["b"]


def test_a_chain_of_folders(root):
    pg.io.mkdirs(f"{root}/a/b/c")
    pg.io.writefile(f"{root}/f", "x")
    pg.io.rmdirs(f"{root}/a/b/c")
    assert pg.io.listdir(root) == ["f"]
    with pytest.raises(OSError):
        pg.io.rmdirs(root)


def test_files_are_no_folders(local):
    path = f"{local}/f"
    pg.io.writefile(path, "x")
    for function in (pg.io.mkdir, pg.io.mkdirs):
        with pytest.raises(FileExistsError):
            function(path)
    for function in (pg.io.mkdirs, pg.io.open):
        with pytest.raises(NotADirectoryError):
            function(f"{path}/inner")
    with pytest.raises(IsADirectoryError):
        pg.io.open(local, "w")
    with pytest.raises(IsADirectoryError):
        pg.io.open(local)


def test_globs(root):
    for name in ("a.txt", "b.bin", "x/c.txt", "x/y/d.txt", "x/.h/e.txt", ".g.txt"):
        pg.io.make_parent_dirs(f"{root}/{name}")
        pg.io.writefile(f"{root}/{name}", "")

    def glob(pattern):
        return [path[path.rindex(root[-8:]) + 9 :] for path in found(pattern)]

    def found(pattern):
        return pg.io.glob(f"{root}/{pattern}")

    assert "a.txt" in glob("*") and "x/c.txt" not in glob("*")
    assert glob("?.txt") == glob("[ac].txt") == glob("a.txt") == ["a.txt"]
    assert glob("*/*.txt") == ["x/c.txt"]
    assert {"x/c.txt", "x/y/d.txt", "a.txt"} <= {*glob("**/*.txt")}
    assert glob("x/**/d.txt") == ["x/y/d.txt"]
    assert glob("z*") == []


def test_local_globs(local):
    for name in ("a.txt", "x/c.txt", "x/y/d.txt", "x/.h/e.txt", ".g.txt"):
        pg.io.make_parent_dirs(f"{local}/{name}")
        pg.io.writefile(f"{local}/{name}", "")

    def glob(pattern):
        return [p.removeprefix(f"{local}/") for p in pg.io.glob(f"{local}/{pattern}")]

    assert glob("*") == ["a.txt", "x"]
    assert glob(".*") == [".g.txt"]
    assert glob("**") == ["a.txt", "x", "x/c.txt", "x/y", "x/y/d.txt"]
    assert glob("**/*.txt") == ["a.txt", "x/c.txt", "x/y/d.txt"]
    assert glob("**/y/**") == ["x/y/d.txt"]
    assert glob("x/.h/*") == ["x/.h/e.txt"]


def test_walk(root):
    for name in ("f", "a/g", "a/b/h", "c/i"):
        pg.io.make_parent_dirs(f"{root}/{name}")
        pg.io.writefile(f"{root}/{name}", "")
    assert list(pg.io.walk(root)) == [
        (root, ["a", "c"], ["f"]),
        (f"{root}/a", ["b"], ["g"]),
        (f"{root}/a/b", [], ["h"]),
        (f"{root}/c", [], ["i"]),
    ]
    seen = []
    for folder, folders, _ in pg.io.walk(root):
        seen.append(folder)
        if "a" in folders:
            folders.remove("a")
    assert seen == [root, f"{root}/c"]


def test_moves(root):
    pg.io.writefile(f"{root}/f", "f")
    pg.io.writefile(f"{root}/g", "g")
    pg.io.rename(f"{root}/f", f"{root}/g")
    assert pg.io.listdir(root) == ["g"]
    assert pg.io.readfile(f"{root}/g") == "f"
    pg.io.mkdirs(f"{root}/a/b")
    pg.io.writefile(f"{root}/a/b/h", "h")
    pg.io.rename(f"{root}/a", f"{root}/c")
    assert pg.io.readfile(f"{root}/c/b/h") == "h"
    assert not pg.io.path_exists(f"{root}/a")


def test_moves_that_are_refused(local):
    pg.io.writefile(f"{local}/f", "f")
    pg.io.mkdirs(f"{local}/a/b")
    pg.io.mkdirs(f"{local}/full/b")
    with pytest.raises(IsADirectoryError):
        pg.io.rename(f"{local}/f", f"{local}/a")
    with pytest.raises(NotADirectoryError):
        pg.io.rename(f"{local}/a", f"{local}/f")
    with pytest.raises(FileNotFoundError):
        pg.io.rename(f"{local}/f", f"{local}/no/f")
    with pytest.raises(OSError):
        pg.io.rename(f"{local}/a", f"{local}/full")
    with pytest.raises(OSError):
        pg.io.rename(f"{local}/a", f"{local}/a/b/c")
    pg.io.rename(f"{local}/f", f"{local}/f")
    assert pg.io.readfile(f"{local}/f") == "f"
    assert sorted(pg.io.listdir(local)) == ["a", "f", "full"]


def test_copies(root):
    pg.io.writefile(f"{root}/f", "f")
    pg.io.copy(f"{root}/f", f"{root}/g")
    pg.io.mkdir(f"{root}/a")
    pg.io.writefile(f"{root}/a/inner", "")
    pg.io.copy(f"{root}/f", f"{root}/a")
    pg.io.writefile(f"{root}/f", "other")
    assert pg.io.readfile(f"{root}/g") == pg.io.readfile(f"{root}/a/f") == "f"
    with pytest.raises(IsADirectoryError):
        pg.io.copy(f"{root}/a", f"{root}/b")


def test_from_one_file_system_to_another(root, tmp_path, monkeypatch):
    monkeypatch.setattr(operation, "_CHUNK", 7)
    content = os.urandom(100)
    pg.io.writefile(f"{root}/f", content, mode="wb")
    for other in (str(tmp_path / "other"), f"/mem/{uuid.uuid4().hex}"):
        pg.io.mkdirs(other)
        pg.io.copy(f"{root}/f", f"{other}/g")
        pg.io.copy(f"{root}/f", other)
        assert pg.io.readfile(f"{other}/g", mode="rb") == content
        assert pg.io.readfile(f"{other}/f", mode="rb") == content
        pg.io.rename(f"{other}/g", f"{root}/h")
        assert not pg.io.path_exists(f"{other}/g")
        assert pg.io.readfile(f"{root}/h", mode="rb") == content
        with pytest.raises(OSError):
            pg.io.rename(f"{root}/f", other)
        with pytest.raises(FileNotFoundError):
            pg.io.rename(f"{root}/no", f"{other}/no")
        assert pg.io.path_exists(f"{root}/f")


def test_times(root):
    before = time.time()
    pg.io.writefile(f"{root}/f", "x")
    for when in (pg.io.getctime(f"{root}/f"), pg.io.getmtime(f"{root}/f")):
        assert before - 5 < when < time.time() + 5


def test_permissions(tmp_path):
    path = tmp_path / "f"

    def permissions():
        return stat.S_IMODE(path.stat().st_mode)

    pg.io.writefile(path, "x")
    assert permissions() == 0o664
    pg.io.writefile(path, "x", perms=0o600)
    assert permissions() == 0o600
    pg.io.writefile(path, "x", perms=None)
    assert permissions() == 0o600
    pg.io.chmod(path, 0o640)
    assert permissions() == 0o640


def test_saved_values_are_as_private_as_the_process_wants(tmp_path):
    mask = os.umask(0o077)
    try:
        pg.save(1, tmp_path / "value.json")
        with pg.open_jsonl(tmp_path / "values.jsonl", "w") as values:
            values.add(1)
    finally:
        os.umask(mask)
    for name in ("value.json", "values.jsonl"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_parents_of_urls(monkeypatch, tmp_path):
    pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    name = uuid.uuid4().hex
    pg.save(1, f"memory://{name}.json")
    pg.save(2, f"memory://{name}/inner/value.json")
    assert pg.load(f"memory://{name}.json") == 1
    assert pg.load(f"memory://{name}/inner/value.json") == 2
    assert os.listdir(tmp_path) == []
