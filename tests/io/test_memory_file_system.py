"""What only files in memory have."""

import threading

import pytest

import pyglove as pg


@pytest.fixture
def fs():
    return pg.io.MemoryFileSystem("/some/")


def test_paths_are_normal(fs):
    fs.mkdirs("/some/a/b")
    with fs.open("/some/a/f", "w") as file:
        file.write("x")
    for path in ("/some//a/f", "/some/./a/f", "/some/a/b/../f", "/some/../a/f"):
        with fs.open(path) as file:
            assert isinstance(file, pg.io.MemoryFile)
            assert file.read() == "x"


def test_two_of_them_share_nothing(fs):
    fs.mkdirs("/some/a")
    assert not pg.io.MemoryFileSystem("/some/").exists("/some/a")


def test_the_root_stays(fs):
    assert fs.isdir("/some/") and fs.isdir("/some")
    with pytest.raises(OSError):
        fs.rmdir("/some/")
    with pytest.raises(FileExistsError):
        fs.mkdir("/some/")
    with pytest.raises(OSError):
        fs.rename("/some/", "/some/a")
    fs.mkdirs("/some/a/b")
    fs.rmdirs("/some/a/b")
    assert fs.listdir("/some/") == []


def test_lines_stay_as_they_are(fs):
    with fs.open("/some/f", "w") as file:
        file.write("a\r\nb\rc\n")
    with fs.open("/some/f") as file:
        assert file.readline() == "a\r\n"
        assert file.readline() == "b\rc\n"


def test_an_open_file_outlives_its_name(fs):
    with fs.open("/some/f", "w") as file:
        file.write("x")
    with fs.open("/some/f") as file:
        fs.rm("/some/f")
        assert file.read() == "x"
    assert not fs.exists("/some/f")


def test_readers_see_what_is_written_later(fs):
    with fs.open("/some/f", "wb") as out, fs.open("/some/f", "rb") as file:
        assert file.read() == b""
        out.write(b"x")
        out.flush()
        assert file.read() == b"x"


def test_threads(fs):
    def work(i):
        for k in range(50):
            fs.mkdirs(f"/some/{k}/{i}")
            fs.rmdirs(f"/some/{k}/{i}")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fs.listdir("/some/") == []
