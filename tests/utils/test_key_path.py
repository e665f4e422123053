"""Key paths."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils
from pyglove.utils import KeyPath

KEYS = st.lists(st.sampled_from(["a", "b", "c.d"]) | st.integers(0, 3), max_size=5)


@pytest.mark.parametrize(
    ("args", "keys"),
    [
        ((), []),
        ((None,), []),
        (("a",), ["a"]),
        (("a.b",), ["a.b"]),
        ((1,), [1]),
        ((["a", 1],), ["a", 1]),
        ((("a", 1),), ["a", 1]),
        ((["a", 1], KeyPath("r")), ["r", "a", 1]),
        ((None, KeyPath("r")), ["r"]),
    ],
)
def test_constructor(args, keys):
    assert KeyPath(*args).keys == keys


def test_keys_are_a_copy():
    path = KeyPath(["a"])
    path.keys.append("b")
    assert path.keys == ["a"]


def test_parse():
    assert KeyPath.parse("a.b[0]").keys == ["a", "b", 0]
    assert KeyPath.parse("b", KeyPath("a")).keys == ["a", "b"]
    with pytest.raises(ValueError, match="Expected a str as the text of a path"):
        KeyPath.parse(1)


def test_from_value():
    path = KeyPath("a")
    assert KeyPath.from_value(path) is path
    assert KeyPath.from_value("a.b").keys == ["a", "b"]
    assert KeyPath.from_value(1).keys == [1]
    with pytest.raises(ValueError, match="or an index, got None"):
        KeyPath.from_value(None)


def test_parts():
    path = KeyPath(["a", 1])
    assert (path.key, path.parent, path.depth, len(path)) == (1, "a", 2, 2)
    assert path and not path.is_root
    root = KeyPath()
    assert root.is_root and not root and root.depth == 0
    with pytest.raises(KeyError, match="a path with a last key"):
        _ = root.key
    with pytest.raises(KeyError, match="a path with a parent"):
        _ = root.parent


def test_text():
    path = KeyPath(["a", "b.c", 1])
    assert str(path) == repr(path) == path.path == path.format() == "a[b.c][1]"
    assert path.path_str() == "a[b.c][1]"
    assert path.path_str(False) == "a.b.c[1]"
    assert utils.format([path], compact=True) == "[a[b.c][1]]"


def test_equality_and_hash():
    assert KeyPath(["a", 1]) == KeyPath(("a", 1))
    assert KeyPath(["a", 1]) == "a[1]"
    assert hash(KeyPath(["a", 1])) == hash("a[1]")
    assert KeyPath("a.b") != "a.b"
    assert KeyPath("a.b") != KeyPath(["a", "b"])
    assert KeyPath(1) != 1
    assert KeyPath() != None  # noqa: E711
    assert {KeyPath(["a", "b"]): 1}["a.b"] == 1


def test_order():
    texts = ["[1]", "[2]", "[10]", "a", "a[1]", "a.b", "b"]
    paths = [KeyPath.parse(text) for text in texts]
    paths.reverse()
    assert [str(path) for path in sorted(paths)] == texts
    assert KeyPath("a") < "b" <= KeyPath("b")
    assert KeyPath("b") > "a" and KeyPath("b") >= KeyPath("a")
    with pytest.raises(TypeError, match="to compare path 'a' with, got 1"):
        _ = KeyPath("a") < 1


def test_add():
    path = KeyPath("a")
    assert (path + "b.c").keys == ["a", "b", "c"]
    assert (path + KeyPath(["b", 1])).keys == ["a", "b", 1]
    assert (path + ["b"]).keys == ["a", "b"]
    assert (path + 1).keys == ["a", 1]
    assert (path + 1.5).keys == ["a", 1.5]
    assert path + None is path


def test_subtract():
    path = KeyPath(["a", "b", 1])
    assert path - "a" == "b[1]"
    assert path - KeyPath(["a", "b"]) == "[1]"
    assert path - None is path
    assert KeyPath([1, "a"]) - 1 == "a"
    with pytest.raises(ValueError, match=r"begins with 'a\.b' .* got 'a'"):
        _ = KeyPath("a") - "a.b"
    with pytest.raises(ValueError, match="Expected a path that begins with"):
        _ = path - "b"
    with pytest.raises(TypeError, match="to subtract from path"):
        _ = path - 1.5


def test_is_relative_to():
    path = KeyPath(["a", "b"])
    assert path.is_relative_to("a")
    assert path.is_relative_to(path)
    assert path.is_relative_to("")
    assert not path.is_relative_to("b")
    assert not path.is_relative_to("a.b.c")


@given(KEYS, KEYS)
def test_subtracting_undoes_adding(left, right):
    assert (KeyPath(left) + right) - KeyPath(left) == KeyPath(right)
    assert (KeyPath(left) + right).is_relative_to(KeyPath(left))


@given(KEYS, KEYS)
def test_order_is_total(left, right):
    x, y = KeyPath(left), KeyPath(right)
    assert (x < y) + (x == y) + (x > y) == 1
    assert (x <= y) == (x < y or x == y)


@given(KEYS)
def test_copies_are_equal(keys):
    path = KeyPath(keys)
    assert copy.copy(path) == copy.deepcopy(path) == path
    assert pickle.loads(pickle.dumps(path)) == path


class Node:
    """What a symbolic node looks like from here."""

    def __init__(self, **kwargs):
        self.items = kwargs

    def sym_hasattr(self, key):
        return key in self.items

    def sym_getattr(self, key):
        return self.items[key]

    def sym_inferred(self, key):
        return f"inferred {key}"


def test_query():
    src = {"a": [1, {"b": "xy"}], "n": Node(c=[3])}
    assert KeyPath.parse("a[1].b").query(src) == "xy"
    assert KeyPath.parse("a[-2]").query(src) == 1
    assert KeyPath.parse("a[1].b[0]").query(src) == "x"
    assert KeyPath.parse("n.c[0]").query(src) == 3
    assert KeyPath.parse("n.c").query(src, use_inferred=True) == "inferred c"
    assert KeyPath().query(src) is src
    assert KeyPath([5]).query({5: 6}) == 6


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("x", r"Expected key 'x' in {'a'.*\(path=x\)"),
        ("a[2]", r"Expected key 2 in \[1, 2\], got none\. \(path=a\[2\]\)"),
        ("a.x", "Expected key 'x' in"),
        ("a[0].x", r"with items to look up 'x' in, got 1\. \(path=a\[0\]\)"),
        ("n.x", "Expected key 'x' in"),
    ],
)
def test_query_of_what_is_not_there(path, message):
    src = {"a": [1, 2], "n": Node()}
    with pytest.raises(KeyError, match=message):
        KeyPath.parse(path).query(src)
    assert not KeyPath.parse(path).exists(src)
    assert KeyPath.parse(path).get(src, "default") == "default"


def test_get_and_exists():
    assert KeyPath("a").get({"a": None}, 1) is None
    assert KeyPath("a").exists({"a": None})
    assert KeyPath("a").get({}) is None


def test_message_on_path():
    assert utils.message_on_path("Hi.", KeyPath(["a", 1])) == "Hi. (path=a[1])"
    assert utils.message_on_path("Hi.", KeyPath()) == "Hi. (path=)"
    assert utils.message_on_path("Hi.", None) == "Hi."
