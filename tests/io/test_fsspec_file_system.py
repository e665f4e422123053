"""Files by URL."""

import sys

import pytest

import pyglove as pg


def test_it_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ImportError, match=r"pip install 'pyglove\[io\]'") as raised:
        pg.io.readfile("memory://x")
    assert isinstance(raised.value, pg.PyGloveError)


def test_files_of_this_machine(tmp_path):
    pytest.importorskip("fsspec")
    (tmp_path / "f").write_text("x")
    assert pg.io.readfile(f"file://{tmp_path}/f") == "x"
    with pg.io.open(f"file://{tmp_path}/f") as file:
        assert isinstance(file, pg.io.FsspecFile)
    assert pg.io.getctime(f"file://{tmp_path}/f") > 0
    assert pg.io.listdir(f"file://{tmp_path}") == ["f"]


def test_protocols_that_are_unknown():
    pytest.importorskip("fsspec")
    with pytest.raises(ValueError, match="foo"):
        pg.io.path_exists("foo://x")


def test_moves_between_protocols(tmp_path):
    pytest.importorskip("fsspec")
    pg.io.writefile("memory://from", "x")
    with pytest.raises(ValueError, match="one file system"):
        pg.io.rename("memory://from", f"file://{tmp_path}/to")
    pg.io.copy("memory://from", f"file://{tmp_path}/to")
    assert (tmp_path / "to").read_text() == "x"


def test_permissions_have_no_effect():
    pytest.importorskip("fsspec")
    pg.io.writefile("memory://f", "x", perms=0o600)
    pg.io.chmod("memory://f", 0o600)
