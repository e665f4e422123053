"""Sequences of records."""

import io
import stat

import pytest

import pyglove as pg


@pytest.fixture(params=["std", "memory"])
def root(request, tmp_path):
    if request.param == "std":
        return str(tmp_path)
    return f"/mem/{tmp_path.name}-{request.node.name}"


def test_lines(root):
    path = f"{root}/some/where/records.txt"
    with pg.io.open_sequence(path, "w") as records:
        assert isinstance(records, pg.io.LineSequence)
        for record in ("a", "b\n", "", " c "):
            records.add(record)
    assert pg.io.readfile(path) == "a\nb\n\n c \n"
    with pg.io.open_sequence(path, "a") as records:
        records.add("d")
        records.flush()
        with pg.io.open_sequence(path) as others:
            assert list(others) == ["a", "b", "", " c ", "d"]
            assert list(others) == []


def test_records_are_one_line(root):
    path = f"{root}/records"
    with pg.io.open_sequence(path, "w") as records:
        with pytest.raises(ValueError, match="one line"):
            records.add("a\nb")
        records.add("c")
    assert pg.io.readfile(path) == "c\n"


def test_types_of_records(root):
    path = f"{root}/records"
    with pg.io.open_sequence(path, "w") as records:
        with pytest.raises(ValueError, match="`serializer`"):
            records.add(1)
        with pytest.raises(TypeError, match="record as str"):
            records.add(b"a")
    with pg.io.open_sequence(path, "wb") as records:
        records.add(b"\xff")
    with pg.io.open_sequence(path, "rb") as records:
        assert list(records) == [b"\xff"]


def test_serializers(root):
    path = f"{root}/records"
    with pg.io.open_sequence(path, "w", serializer=str) as records:
        records.add(1)
        records.add(2)
    with pg.io.open_sequence(path, deserializer=int) as records:
        assert list(records) == [1, 2]


def test_length_of_lines(root):
    path = f"{root}/records"
    told = r"len\(list\(sequence\)\)"
    with (
        pg.io.open_sequence(path, "w") as records,
        pytest.raises(NotImplementedError, match=told),
    ):
        len(records)


def test_wrong_uses(root):
    path = f"{root}/records"
    with pytest.raises(FileNotFoundError):
        pg.io.open_sequence(path)
    with pytest.raises(FileNotFoundError):
        pg.io.open_sequence(f"{root}/no/x", "w", make_dirs_if_not_exist=False)
    with pg.io.open_sequence(path, "w") as records:
        records.add("a")
        with pytest.raises(io.UnsupportedOperation):
            list(records)
    with pytest.raises(ValueError, match="closed"):
        records.add("b")
    records.close()
    with pg.io.open_sequence(path) as records, pytest.raises(io.UnsupportedOperation):
        records.add("b")
    with pytest.raises(ValueError):
        list(records)
    with pytest.raises(ValueError):
        pg.io.open_sequence(path, "q")


def test_permissions(tmp_path):
    path = tmp_path / "records"

    def permissions():
        return stat.S_IMODE(path.stat().st_mode)

    with pg.io.open_sequence(path, "w", perms=0o600):
        assert permissions() == 0o600
    with pg.io.open_sequence(path, "a", perms=None):
        assert permissions() == 0o600
    with pg.io.open_sequence(path, "w"):
        assert permissions() == 0o664


def test_errors_tell_the_line(tmp_path):
    path = tmp_path / "records"
    path.write_bytes(b"1\n\xff\n")
    with (
        pg.io.open_sequence(path, deserializer=int) as records,
        pytest.raises(ValueError, match="UTF-8"),
    ):
        list(records)


@pytest.mark.parametrize("name", ["x.mem", "x.mem@10"])
def test_records_in_memory(name, tmp_path):
    path = tmp_path / name
    with pg.io.open_sequence(path) as records:
        assert len(records) == 0
    with pg.io.open_sequence(path, "w") as records:
        assert isinstance(records, pg.io.MemorySequence)
        records.add("a\nb")
        records.add(b"c")
        records.flush()
        assert len(records) == 2
        with pytest.raises(ValueError, match="mode 'r'"):
            list(records)
        with pytest.raises(ValueError, match="`serializer`"):
            records.add(1)
    with pytest.raises(ValueError, match="closed"):
        records.add("d")
    with pg.io.open_sequence(path, "a", serializer=str) as records:
        records.add(1)
    with pg.io.open_sequence(path) as records:
        assert list(records) == list(records) == ["a\nb", b"c", "1"]
        with pytest.raises(ValueError, match="mode 'w'"):
            records.add("d")
    with pytest.raises(ValueError, match="closed"):
        list(records)
    with pytest.raises(ValueError, match="mode"):
        pg.io.open_sequence(path, "q")
    with pg.io.open_sequence(path, "w") as records:
        assert len(records) == 0


def test_values_in_memory(tmp_path):
    path = tmp_path / "values.mem"
    with pg.open_jsonl(path, "w") as values:
        values.add(pg.Dict(x=1))
    with pg.open_jsonl(path) as values:
        assert list(values) == [pg.Dict(x=1)]


class Reversed(pg.io.SequenceIO):
    def open(self, path, mode, *, perms, serializer, deserializer, **kwargs):
        self.seen = (str(path), mode, perms, kwargs)
        return pg.io.MemorySequence(
            path,
            mode,
            ["b", "a"],
            perms=perms,
            serializer=serializer,
            deserializer=deserializer,
        )


@pytest.mark.parametrize("extension", ["rev", ".rev2"])
def test_formats_of_ones_own(extension, tmp_path):
    form = Reversed()
    pg.io.add_sequence_io(extension, form)
    path = tmp_path / f"x.{extension.strip('.')}"
    with pg.io.open_sequence(path, deserializer=str.upper, option=1) as records:
        assert list(records) == ["B", "A"]
    assert form.seen == (str(path), "r", 0o664, {"option": 1})
    with pg.io.open_sequence(tmp_path / extension.strip("."), "w") as records:
        assert isinstance(records, pg.io.LineSequence)


def test_what_is_no_format():
    with pytest.raises(TypeError, match=r"pg.io.SequenceIO"):
        pg.io.add_sequence_io("x", object())
    with pytest.raises(TypeError, match="extension"):
        pg.io.add_sequence_io(1, Reversed())
