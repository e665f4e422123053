"""Modifying all parts of a tree that look alike."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove import patching


class Layer(pg.Object):
    units: int = 1
    activation: str = "relu"


class Counter(pg.Object):
    x: int

    def _on_init(self):
        super()._on_init()
        self.changes = 0

    def _on_change(self, field_updates):
        self.changes += 1
        super()._on_change(field_updates)


def make_tree():
    return pg.Dict(
        layer=Layer(), items=[1, 2, Layer(units=3)], units=5, name="foo", none=None
    )


def as_plain(value):
    """The tree in plain values, where objects are dictionaries."""
    if isinstance(value, pg.Object):
        value = value.sym_init_args
    if isinstance(value, dict):
        return {k: as_plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [as_plain(v) for v in value]
    return value


# Keys.


def test_key():
    tree = make_tree()
    assert patching.patch_on_key(tree, "units", 9) is tree
    assert as_plain(tree) == {
        "layer": {"units": 9, "activation": "relu"},
        "items": [1, 2, {"units": 9, "activation": "relu"}],
        "units": 9,
        "name": "foo",
        "none": None,
    }


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("a", {"a": 0, "ab": 0, "ba": 3, "1": [1, 2]}),
        ("a$", {"a": 0, "ab": 2, "ba": 3, "1": [1, 2]}),
        (".*b", {"a": 1, "ab": 0, "ba": 0, "1": [1, 2]}),
        (".", {"a": 0, "ab": 0, "ba": 0, "1": 0}),
        ("", {"a": 0, "ab": 0, "ba": 0, "1": 0}),
        ("0", {"a": 1, "ab": 2, "ba": 3, "1": [0, 2]}),
        ("z", {"a": 1, "ab": 2, "ba": 3, "1": [1, 2]}),
        (re.compile("A$", re.IGNORECASE), {"a": 0, "ab": 2, "ba": 3, "1": [1, 2]}),
    ],
)
def test_key_matches_from_its_start_on(regex, expected):
    tree = pg.Dict({"a": 1, "ab": 2, "ba": 3, "1": [1, 2]})
    assert patching.patch_on_key(tree, regex, 0) == expected


def test_keys_that_are_not_strings():
    assert patching.patch_on_key(pg.Dict({1: 2, "1": 3}), "1", 0) == {1: 0, "1": 0}


def test_what_is_replaced_is_not_searched():
    tree = pg.Dict(x=pg.Dict(x=1), y=pg.Dict(x=2))
    seen = []
    patching.patch_on_key(tree, "x", value_fn=lambda v: seen.append(v) or 0)
    assert tree == {"x": 0, "y": {"x": 0}}
    assert seen == [{"x": 1}, 2]


def test_parts_are_visited_in_order():
    tree = pg.Dict(a=1, b=pg.Dict(a=2), c=[pg.Dict(a=3)])
    seen = []
    patching.patch_on_key(tree, "a", value_fn=lambda v: seen.append(v) or v)
    assert seen == [1, 2, 3]


def test_a_deep_tree():
    tree = pg.Dict(x=1)
    for _ in range(100):
        tree = pg.Dict(child=tree)
    patching.patch_on_key(tree, "x", 2)
    assert pg.contains(tree, 2)


# Paths.


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("a", {"a": 0, "b": [{"a": 2}, 3], "c.d": 4}),
        (".*a", {"a": 0, "b": [{"a": 0}, 3], "c.d": 4}),
        (r"b\[0\]\.a$", {"a": {"a": 1}, "b": [{"a": 0}, 3], "c.d": 4}),
        (r"b\[\d\]$", {"a": {"a": 1}, "b": [0, 0], "c.d": 4}),
        (r"a\.a", {"a": {"a": 0}, "b": [{"a": 2}, 3], "c.d": 4}),
        (r"\[c\.d\]", {"a": {"a": 1}, "b": [{"a": 2}, 3], "c.d": 0}),
    ],
)
def test_path(regex, expected):
    tree = pg.Dict({"a": {"a": 1}, "b": [{"a": 2}, 3], "c.d": 4})
    assert patching.patch_on_path(tree, regex, 0) == expected


def test_paths_begin_at_the_value_that_is_patched():
    root = pg.Dict(sub=pg.Dict(x=1, sub=pg.Dict(x=2)))
    patching.patch_on_path(root.sub, "sub", 0)
    assert root == {"sub": {"x": 1, "sub": 0}}


keys = st.sampled_from(["a", "b", "a.b", "x[0]", "ä"]) | st.integers(0, 3)
trees = st.recursive(
    st.integers(0, 3),
    lambda values: (
        st.dictionaries(keys, values, max_size=3) | st.lists(values, max_size=3)
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(keys, trees, max_size=3),
    st.sampled_from(["a", r".*b$", r".*\[0\]", r".*\.", r"x", r".*\]"]),
)
def test_paths_are_those_of_queries(tree, regex):
    tree = pg.Dict(tree)
    expected = list(pg.query(tree, regex).values())
    seen = []
    patching.patch_on_path(tree, regex, value_fn=lambda v: seen.append(v) or v)
    assert seen == expected


# Values.


def test_value():
    tree = pg.Dict(a=1, b=True, c=1.0, d=2, e=[1], f=None)
    patching.patch_on_value(tree, 1, 9)
    assert tree == {"a": 9, "b": 9, "c": 9, "d": 2, "e": [9], "f": None}


def test_value_that_is_a_tree():
    tree = pg.Dict(a=Layer(), b=Layer(2), c=pg.Dict(d=1))
    patching.patch_on_value(tree, Layer(), 9)
    patching.patch_on_value(tree, {"d": 1}, 8)
    assert as_plain(tree) == {"a": 9, "b": {"units": 2, "activation": "relu"}, "c": 8}


def test_value_none():
    assert patching.patch_on_value(pg.Dict(a=None, b=1), None, 9) == {"a": 9, "b": 1}


def test_missing_values():
    counter = Counter.partial()
    assert patching.patch_on_value(counter, pg.MISSING_VALUE, 5).x == 5


# Types.


def test_type():
    tree = patching.patch_on_type(make_tree(), int, value_fn=lambda v: 2 * v)
    assert as_plain(tree) == {
        "layer": {"units": 2, "activation": "relu"},
        "items": [2, 4, {"units": 6, "activation": "relu"}],
        "units": 10,
        "name": "foo",
        "none": None,
    }


def test_several_types():
    tree = pg.Dict(a=1, b="c", d=2.0, e=Layer())
    patching.patch_on_type(tree, (int, Layer), 0)
    assert tree == {"a": 0, "b": "c", "d": 2.0, "e": 0}


# Members.


def test_member():
    tree = patching.patch_on_member(make_tree(), Layer, "units", 9)
    assert (tree.layer.units, tree["items"][2].units, tree.units) == (9, 9, 5)


def test_member_of_several_classes():
    tree = patching.patch_on_member(make_tree(), (Layer, pg.Dict), "units", 9)
    assert (tree.layer.units, tree["items"][2].units, tree.units) == (9, 9, 9)


def test_member_of_the_value_itself():
    assert patching.patch_on_member(Layer(), Layer, "units", 9).units == 9


def test_member_of_a_list():
    assert patching.patch_on_member(pg.Dict(x=[1, 2]), pg.List, 1, 9) == {"x": [1, 9]}


def test_member_is_a_name_and_no_pattern():
    assert patching.patch_on_member(make_tree(), Layer, ".", 9) == make_tree()


# What replaces them.


def test_none_is_a_replacement():
    assert patching.patch_on_key(pg.Dict(x=1, y=2), "x") == {"x": None, "y": 2}


def test_missing_value_deletes():
    tree = pg.Dict(x=1, y=2, z=[1, 2, 1])
    patching.patch_on_value(tree, 1, pg.MISSING_VALUE)
    assert tree == {"y": 2, "z": [2]}


def test_a_placeholder_is_a_replacement():
    tree = patching.patch_on_value(pg.Dict(x=1), 1, pg.oneof([1, 2]))
    assert pg.dna_spec(tree).space_size == 2


def test_replacements_are_checked_and_all_or_nothing():
    tree = pg.Dict(a=1, layer=Layer())
    with pytest.raises(TypeError, match=r"layer\.units"):
        patching.patch_on_type(tree, int, "a")
    assert tree == {"a": 1, "layer": Layer()}


def test_nothing_to_replace():
    assert patching.patch_on_key(pg.Dict(x=1), "z", 2) == {"x": 1}


def test_notification():
    counter = Counter(1)
    patching.patch_on_key(counter, "x", 2)
    assert counter.changes == 1
    patching.patch_on_key(counter, "x", 3, skip_notification=True)
    with pg.notify_on_change(False):
        patching.patch_on_key(counter, "x", 4)
    assert (counter.changes, counter.x) == (1, 4)


# Errors.


@pytest.mark.parametrize(
    "patch",
    [
        lambda tree: patching.patch_on_path(tree, ".*", 0),
        lambda tree: patching.patch_on_value(tree, tree, 0),
        lambda tree: patching.patch_on_type(tree, pg.Dict, 0),
    ],
)
def test_the_value_itself_cannot_be_replaced(patch):
    with pytest.raises(KeyError):
        patch(pg.Dict(x=1))


def test_value_and_function():
    with pytest.raises(ValueError, match="Expected either `value` or `value_fn`"):
        patching.patch_on_key(pg.Dict(x=1), "x", 2, value_fn=abs)


@pytest.mark.parametrize("value", [{"x": 1}, [1], 1, None])
def test_values_that_are_not_symbolic(value):
    with pytest.raises(AttributeError, match="Expected a symbolic value to patch"):
        patching.patch_on_key(value, "x", 2)


def test_what_is_no_class():
    with pytest.raises(TypeError, match=r"Expected a class .*`value_type`, got 'int'"):
        patching.patch_on_type(pg.Dict(), "int", 1)
    with pytest.raises(TypeError, match=r"Expected a class .*`cls`, got 'Layer'"):
        patching.patch_on_member(pg.Dict(), "Layer", "units", 1)


def test_sealed_values():
    with pytest.raises(pg.WritePermissionError):
        patching.patch_on_key(pg.Dict(x=1).seal(), "x", 2)
