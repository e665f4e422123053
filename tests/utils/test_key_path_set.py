"""Sets of key paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove.utils import KeyPath, KeyPathSet

KEYS = st.lists(st.sampled_from("abc") | st.integers(0, 1), max_size=3).map(tuple)
KEY_SETS = st.frozensets(KEYS, max_size=8)


def of(keys):
    return KeyPathSet(KeyPath.from_keys(k) for k in keys)


def keys_of(paths):
    keys = [tuple(path.keys) for path in paths]
    assert len(keys) == len(set(keys))
    return set(keys)


@given(KEY_SETS, KEY_SETS)
def test_behaves_like_a_set(left, right):
    x, y = of(left), of(right)
    assert keys_of(x) == left
    assert keys_of(x.union(y)) == keys_of(x + y) == left | right
    assert keys_of(x.difference(y)) == left - right
    assert keys_of(x.intersection(y)) == left & right
    assert (x == y) == (left == right) and (x != y) == (left != right)
    assert bool(x) == bool(left)
    assert (keys_of(x), keys_of(y)) == (left, right)


@given(KEY_SETS, KEY_SETS)
def test_updates_in_place(left, right):
    for update, expected in (
        (KeyPathSet.update, left | right),
        (KeyPathSet.difference_update, left - right),
        (KeyPathSet.intersection_update, left & right),
    ):
        x = of(left)
        assert update(x, of(right)) is None
        assert x == of(expected)


@given(KEY_SETS, KEYS)
def test_add_and_remove(keys, path):
    paths, path = of(keys), KeyPath.from_keys(path)
    present = path in paths
    assert paths.add(path) == (not present)
    assert path in paths and not paths.add(path)
    assert paths.remove(path) and not paths.remove(path)
    assert keys_of(paths) == keys - {tuple(path.keys)}
    assert paths == of(keys - {tuple(path.keys)})


@given(KEY_SETS, KEYS)
def test_subtree_and_rebase(keys, prefix):
    paths = of(keys)
    subtree = paths.subtree(KeyPath.from_keys(prefix))
    size = len(prefix)
    expected = {k[size:] for k in keys if k[:size] == prefix}
    assert (set() if subtree is None else keys_of(subtree)) == expected
    assert paths.has_prefix(KeyPath.from_keys(prefix)) == (subtree is not None)
    paths.rebase(KeyPath.from_keys(prefix))
    assert keys_of(paths) == {prefix + k for k in keys}


def test_intermediate_paths():
    paths = KeyPathSet(["a.b", "c[0]"], include_intermediate=True)
    assert [str(path) for path in paths] == ["a.b", "a", "", "c[0]", "c"]
    assert not KeyPathSet(["a.b"]).add("a.b", include_intermediate=True)


def test_membership_takes_whatever_stands_for_a_path():
    paths = KeyPathSet(["a.b", 1, KeyPath("c")])
    assert "a.b" in paths and 1 in paths and KeyPath("c") in paths
    assert "a" not in paths and "" not in paths
    with pytest.raises(ValueError, match="or an index, got None"):
        _ = None in paths


def test_subtree_is_a_view():
    paths = KeyPathSet(["a.b"])
    subtree = paths.subtree("a")
    subtree.add("c")
    assert "a.c" in paths


def test_copy_is_not_a_view():
    paths = KeyPathSet(["a.b"])
    copy = paths.copy()
    copy.add("a.c")
    assert "a.c" not in paths
    copy.clear()
    assert not copy and paths


def test_from_value():
    paths = KeyPathSet(["a"])
    assert KeyPathSet.from_value(paths) is paths
    assert KeyPathSet.from_value({"a"}) == KeyPathSet.from_value(("a",)) == paths
    assert "a" in KeyPathSet.from_value(["a.b"], include_intermediate=True)
    with pytest.raises(ValueError, match="tuple of paths, got 'a'"):
        KeyPathSet.from_value("a")


def test_text():
    assert repr(KeyPathSet()) == "KeyPathSet()"
    assert repr(KeyPathSet(["a", "b.c"])) == "KeyPathSet([a, b.c])"
    assert str(KeyPathSet(["a", "b.c"])) == "KeyPathSet(\n  [a, b.c]\n)"


def test_is_not_hashable():
    with pytest.raises(TypeError, match="unhashable"):
        hash(KeyPathSet())


def test_a_path_in_front():
    paths = KeyPathSet(["a", "b.c", ""])
    moved = KeyPath.parse("x[0]") + paths
    assert moved == KeyPathSet(["x[0].a", "x[0].b.c", "x[0]"])
    assert paths == KeyPathSet(["a", "b.c", ""])
    assert KeyPath() + paths == paths
    assert KeyPath("x") + KeyPathSet() == KeyPathSet()


def test_the_subtree_at_the_root_is_the_set():
    paths = KeyPathSet(["a"])
    assert paths.subtree("") is paths


def test_a_set_is_rebased_on_paths_only():
    with pytest.raises(ValueError, match=r"1\.5"):
        KeyPathSet().rebase(1.5)
