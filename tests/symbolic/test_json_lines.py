"""Files with a symbolic value per line."""

import io
import threading

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, make_tree

VALUES = [1, "a\nb", None, {"k": [2]}, Leaf(1), make_tree()]


@pytest.fixture
def path(tmp_path):
    name = tmp_path / "values.jsonl"
    with pg.open_jsonl(name, "w") as file:
        for value in VALUES:
            file.add(value)
    return name


def test_values_come_back(path):
    with pg.open_jsonl(str(path)) as file:
        assert list(file) == VALUES
        assert list(file) == []
    lines = path.read_text().splitlines()
    assert len(lines) == len(VALUES)
    assert pg.from_json_str(lines[4]) == Leaf(1)


def test_more_values(path):
    with pg.open_jsonl(path, "a") as file:
        file.add(7)
        file.flush()
        with pg.open_jsonl(path) as other:
            assert list(other) == [*VALUES, 7]


def test_empty_lines_are_skipped(path):
    path.write_text("1\n\n  \n2\n")
    with pg.open_jsonl(path) as file:
        assert list(file) == [1, 2]


def test_options(tmp_path):
    path = tmp_path / "x"
    with pg.open_jsonl(path, "w", hide_default_values=True) as file:
        file.add(Leaf(1))
    assert '"y"' not in path.read_text()
    path.write_text('{"_type": "nowhere.X", "x": 1}\n')
    with pg.open_jsonl(path, convert_unknown=True) as file:
        assert next(iter(file)).x == 1


def test_wrong_uses(path, tmp_path):
    with pytest.raises(OSError):
        pg.open_jsonl(tmp_path / "nope")
    with pytest.raises(ValueError, match="mode"):
        pg.open_jsonl(path, "q")
    with pg.open_jsonl(path) as file, pytest.raises(io.UnsupportedOperation):
        file.add(1)
    with pg.open_jsonl(path, "a") as file, pytest.raises(io.UnsupportedOperation):
        list(file)
    with pytest.raises(ValueError, match="closed file"):
        file.add(1)


def test_a_value_that_cannot_be_written_leaves_the_file_whole(path):
    before = path.read_text()
    with pg.open_jsonl(path, "a") as file, pytest.raises(ValueError):
        file.add([1, threading.Lock()])
    assert path.read_text() == before
