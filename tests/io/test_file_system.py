"""Which file system serves a path."""

import pathlib

import pytest

import pyglove as pg


class Recorder(pg.io.MemoryFileSystem):
    """Notes the calls of some methods."""

    def __init__(self, prefix):
        super().__init__(prefix)
        self.calls = []

    def open(self, path, mode="r", **kwargs):
        self.calls.append(("open", str(path), mode, kwargs))
        return super().open(path, mode, **kwargs)

    def mkdirs(self, path, mode=0o777, exist_ok=True):
        self.calls.append(("mkdirs", str(path)))
        super().mkdirs(path, mode, exist_ok)

    def chmod(self, path, mode):
        self.calls.append(("chmod", str(path), mode))
        super().chmod(path, mode)


@pytest.fixture
def fs(request):
    prefix = f"/{request.node.name}/"
    fs = Recorder(prefix)
    pg.io.add_file_system(prefix, fs)
    return prefix, fs


def test_the_longest_prefix_counts(fs):
    prefix, outer = fs
    inner = Recorder(prefix + "inner/")
    pg.io.add_file_system(prefix + "inner/", inner)
    pg.io.writefile(prefix + "x", "1")
    pg.io.writefile(prefix + "inner/x", "2")
    assert [call[1] for call in outer.calls] == [prefix + "x"] * 2
    assert [call[1] for call in inner.calls] == [prefix + "inner/x"] * 2


def test_a_prefix_can_be_registered_again(fs):
    prefix, first = fs
    second = Recorder(prefix)
    pg.io.add_file_system(prefix, second)
    pg.io.writefile(prefix + "x", "1")
    assert not first.calls
    assert second.calls


def test_the_folder_that_a_prefix_names(fs):
    prefix, _ = fs
    pg.io.writefile(prefix + "x", "1")
    assert pg.io.listdir(prefix[:-1]) == ["x"]


def test_options_are_handed_on(fs):
    prefix, recorder = fs
    pg.io.writefile(prefix + "x", "1", mode="a", perms=0o600, encoding="utf-16")
    assert recorder.calls == [
        ("open", prefix + "x", "a", {"encoding": "utf-16"}),
        ("chmod", prefix + "x", 0o600),
    ]


def test_values_are_saved_to_it(fs):
    prefix, recorder = fs
    path = pathlib.Path(prefix) / "folder" / "value.json"
    pg.save(pg.Dict(x=1), path)
    assert pg.load(path) == pg.Dict(x=1)
    assert pg.io.readfile(path) == '{"x": 1}'
    assert recorder.calls[:2] == [
        ("mkdirs", prefix + "folder"),
        ("open", str(path), "w", {}),
    ]


def test_lines_of_json_are_written_to_it(fs):
    prefix, _ = fs
    with pg.open_jsonl(prefix + "a/b.jsonl", "w") as values:
        assert isinstance(values, pg.io.LineSequence)
        values.add(pg.Dict(x=1))
    with pg.open_jsonl(prefix + "a/b.jsonl") as values:
        assert list(values) == [pg.Dict(x=1)]


def test_what_cannot_be_registered():
    with pytest.raises(TypeError, match=r"pg.io.FileSystem"):
        pg.io.add_file_system("/x/", object())
    with pytest.raises(TypeError, match="prefix"):
        pg.io.add_file_system("", pg.io.StdFileSystem())


def test_paths():
    assert pg.io.resolve_path("a/b") == "a/b"
    assert pg.io.resolve_path(pathlib.PurePosixPath("a/b")) == "a/b"
    for path in (b"a", 1, None):
        with pytest.raises(TypeError, match="Expected a path"):
            pg.io.resolve_path(path)


def test_interfaces_are_abstract():
    for cls in (pg.io.File, pg.io.FileSystem, pg.io.Sequence, pg.io.SequenceIO):
        with pytest.raises(TypeError, match="abstract"):
            cls()


def test_typing_names_of_the_published_package():
    for name in ("Any", "Callable", "Iterator", "Literal", "Optional", "Union"):
        assert getattr(pg.io, name)
        assert name not in dir(pg.io)
    with pytest.raises(AttributeError):
        pg.io.Nothing  # noqa: B018
