"""Trees of dictionaries and lists."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import utils
from pyglove.utils import MISSING_VALUE, KeyPath

LEAVES = st.none() | st.integers(0, 9) | st.text(max_size=2)
NAMES = st.text("ab. []", min_size=1, max_size=3)
TREES = st.recursive(
    LEAVES,
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(NAMES, children, max_size=3)
    ),
    max_leaves=10,
)


def visited(tree, **stops):
    log = []

    def visitor(kind):
        def visit(path, value):
            assert path.query(tree) is value
            log.append((kind, str(path)))
            return str(path) != stops.get(kind)

        return visit

    done = utils.traverse(tree, visitor("pre"), visitor("post"))
    return done, log


def test_traverse():
    assert visited({"a": [1], "b": 2}) == (
        True,
        [
            ("pre", ""),
            ("pre", "a"),
            ("pre", "a[0]"),
            ("post", "a[0]"),
            ("post", "a"),
            ("pre", "b"),
            ("post", "b"),
            ("post", ""),
        ],
    )


def test_traverse_stops():
    assert visited([1, 2], pre="[0]") == (False, [("pre", ""), ("pre", "[0]")])
    done, log = visited([1, 2], post="[0]")
    assert not done and log[-1] == ("post", "[0]")


def test_traverse_below_a_root_path():
    paths = []
    utils.traverse([1], lambda k, _: paths.append(str(k)) or True, None, KeyPath("r"))
    assert paths == ["r", "r[0]"]


def test_transform_in_place():
    src = {"a": [1, 2], "b": {"c": 3}}
    inner = src["a"]
    result = utils.transform(src, lambda k, v: v * 10 if isinstance(v, int) else v)
    assert result is src and src["a"] is inner
    assert src == {"a": [10, 20], "b": {"c": 30}}


@given(TREES)
def test_transform_of_a_copy(tree):
    before = copy.deepcopy(tree)
    result = utils.transform(tree, lambda k, v: (v,), inplace=False)
    assert tree == before
    assert isinstance(result, tuple)


def test_transform_removes_missing_values():
    src = {"a": 1, "b": [1, 2, 1], "c": {"d": 1}}
    result = utils.transform(src, lambda k, v: MISSING_VALUE if v == 1 else v)
    assert result == {"b": [2], "c": {}}


def test_transform_sees_parts_first():
    seen = []
    utils.transform({"a": [1]}, lambda k, v: seen.append(str(k)))
    assert seen == ["a[0]", "a", ""]


def test_flatten():
    tree = {"a": [1, {"b": 2}], "c": (3,), "d": {}, "e": {"x.y": {"z": 4}}}
    flat = {"a[0]": 1, "a[1].b": 2, "c": (3,), "d": {}}
    assert utils.flatten(tree) == {**flat, "e.x.y.z": 4}
    assert utils.flatten(tree, flatten_complex_keys=False) == {**flat, "e[x.y].z": 4}
    assert utils.flatten(1) == 1
    assert utils.flatten([]) == []


@given(
    st.recursive(
        LEAVES,
        lambda children: (
            st.lists(children, max_size=3)
            | st.dictionaries(st.text("ab", min_size=1), children, max_size=3)
        ),
    )
)
def test_canonicalize_undoes_flatten(tree):
    assert utils.canonicalize(utils.flatten(tree)) == tree


@pytest.mark.parametrize(
    ("src", "expected"),
    [
        ({"a.b": 1, "a.c": 2}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b.c": 1}, "a.b.d": 2}, {"a": {"b": {"c": 1, "d": 2}}}),
        ({"a[0]": 1, "a[1]": 2}, {"a": [1, 2]}),
        ({"a[0].x": 1, "a[0].y": 2}, {"a": [{"x": 1, "y": 2}]}),
        ({"a": [1], "a[1]": 2}, {"a": [1, 2]}),
        ({"a[0]": 1, "a[2]": 2}, {"a": {0: 1, 2: 2}}),
        ({0: 1, 1: 2}, [1, 2]),
        ({"a[b.c]": 1}, {"a": {"b.c": 1}}),
        ({"a": {"b": MISSING_VALUE}}, {"a": {}}),
        ([{"a.b": 1}, MISSING_VALUE], [{"a": {"b": 1}}]),
        ({KeyPath(["a", "b"]): 1}, {"a": {"b": 1}}),
        (1, 1),
    ],
)
def test_canonicalize(src, expected):
    before = copy.deepcopy(src)
    assert utils.canonicalize(src) == expected
    assert src == before


def test_canonicalize_closes_gaps():
    src = {"a[0]": 1, "a[2]": 2}
    assert utils.canonicalize(src, sparse_list_as_dict=False) == {"a": [1, 2]}


@pytest.mark.parametrize(
    ("src", "message"),
    [
        ({"a": 1, "a.b": 2}, "Expected one value for path 'a'"),
        ({"a": {"b": 1}, "a.b": 2}, "path 'a.b', got 1 and 2"),
        ({"": 1}, "Expected keys that are not empty"),
        ({"a": [1], "a.x": 1}, r"Expected indices as keys .*\(path=a\)"),
    ],
)
def test_canonicalize_refuses_conflicts(src, message):
    with pytest.raises(KeyError, match=message):
        utils.canonicalize(src)


def test_try_listify():
    listify = utils.try_listify_dict_with_int_keys
    assert listify({1: "b", 0: "a"}) == (["a", "b"], True)
    assert listify({0: "a", 2: "b"}) == ({0: "a", 2: "b"}, False)
    assert listify({0: "a", 2: "b"}, convert_when_sparse=True) == (["a", "b"], True)
    assert listify({0: "a", "x": "b"}) == ({0: "a", "x": "b"}, False)
    assert listify({}) == ({}, False)


def test_merge():
    assert utils.merge([{"a": 1}, None, {"b.c": 2}]) == {"a": 1, "b": {"c": 2}}
    assert utils.merge([{"a": {"x": 1, "y": 2}}, {"a.y": 3}]) == {"a": {"x": 1, "y": 3}}
    assert utils.merge([{"a": [1, 2]}, {"a": {1: 3, 7: 4}}]) == {"a": [1, 3, 4]}
    assert utils.merge([{"a": [1, 2]}, {"a": [3]}]) == {"a": [3]}
    assert utils.merge([{"a": 1}, {"a": MISSING_VALUE}]) == {"a": 1}
    assert utils.merge([1, 2]) == 2
    assert utils.merge([{2: 3}]) == [3]
    assert utils.merge([{"a": {2: 3}}, {"a[1]": 1}]) == {"a": [1, 3]}
    assert utils.merge([]) is None


def test_merge_leaves_its_input_alone():
    left = {"a": {"x": [1]}}
    merged = utils.merge([left, {"a.y": 2}])
    merged["a"]["x"].append(2)
    assert left == {"a": {"x": [1]}}


def test_merge_with_a_function():
    def join(path, left, right):
        return (str(path), left, right)

    assert utils.merge([{"a": {"b": 1}, "c": 2}, {"a": {"b": 3, "d": 4}}], join) == {
        "a": {"b": ("a.b", 1, 3), "d": ("a.d", MISSING_VALUE, 4)},
        "c": ("c", 2, MISSING_VALUE),
    }


def test_merge_tree_keeps_what_was_missing_before():
    dest = {"a": MISSING_VALUE, "b": 1}
    utils.merge_tree(dest, {"a": 1, "b": 2}, lambda path, left, right: MISSING_VALUE)
    assert dest == {"a": MISSING_VALUE}
    utils.merge_tree(dest, {}, lambda path, left, right: MISSING_VALUE)
    assert dest == {}


def test_merge_tree_changes_its_destination():
    dest = {"a": {"b": 1}, "c": 2}
    assert utils.merge_tree(dest, {"a": {"d": 3}, "c": MISSING_VALUE}) is dest
    assert dest == {"a": {"b": 1, "d": 3}}
    assert utils.merge_tree(dest, 5) == 5
    with pytest.raises(KeyError, match=r"got {'a': 1}\. \(path=root\)"):
        utils.merge_tree([1], {"a": 1}, root_path=KeyPath("root"))


def test_flatten_takes_deep_trees():
    tree = 1
    for _ in range(2_000):
        tree = [tree]
    assert utils.flatten(tree) == {"[0]" * 2_000: 1}


def test_flatten_keeps_the_order_of_leaves():
    tree = {"a": {"b": [1, {"c": 2}], "d": []}, "e": 3}
    assert list(utils.flatten(tree)) == ["a.b[0]", "a.b[1].c", "a.d", "e"]


def test_flatten_goes_into_a_tuple_at_the_root():
    assert utils.flatten(([1, 2], "a")) == ({"[0]": 1, "[1]": 2}, "a")
    assert utils.flatten(((1, {"a": [2]}), ())) == ((1, {"a[0]": 2}), ())
    assert utils.flatten({"a": ([1], 2)}) == {"a": ([1], 2)}


@pytest.mark.parametrize("value", ["abc", 1, {"a": 1}, ({"a": 1},), {1}, range(2)])
def test_merge_takes_a_list(value):
    with pytest.raises(TypeError, match="Expected a list of trees"):
        utils.merge(value)
