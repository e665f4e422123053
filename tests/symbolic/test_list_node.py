"""Lists behave as lists, and keep their nodes in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic.helper import (
    Leaf,
    Pair,
    check_tree,
    perform,
    picture,
    plain,
)
from tests.symbolic.strategy import NEW_VALUES, VALUES

INDEX = st.integers(-4, 4)
SLICE = st.builds(
    slice, st.none() | INDEX, st.none() | INDEX, st.sampled_from([None, 1, 2, -1])
)
ITEMS = st.lists(st.integers(0, 3) | st.builds(Leaf, st.integers(0, 3)), max_size=4)
OPERATIONS = st.one_of(
    st.tuples(st.just("append"), VALUES),
    st.tuples(st.just("insert"), INDEX, VALUES),
    st.tuples(st.just("extend"), ITEMS),
    st.tuples(st.just("__iadd__"), ITEMS),
    st.tuples(st.just("__imul__"), st.integers(-1, 3)),
    st.tuples(st.just("pop")),
    st.tuples(st.just("pop"), INDEX),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("reverse")),
    st.tuples(st.just("clear")),
    st.tuples(st.just("__setitem__"), INDEX, VALUES),
    st.tuples(st.just("__setitem__"), SLICE, ITEMS),
    st.tuples(st.just("__delitem__"), INDEX | SLICE),
    st.tuples(st.just("__add__"), ITEMS),
    st.tuples(st.just("__mul__"), st.integers(-1, 2)),
    st.tuples(st.just("__getitem__"), INDEX | SLICE),
    st.tuples(st.just("index"), st.integers(0, 3)),
    st.tuples(st.just("count"), st.integers(0, 3)),
    st.tuples(st.just("__contains__"), st.integers(0, 3)),
    st.tuples(st.just("__len__")),
    st.tuples(st.just("copy")),
)


@settings(max_examples=150)
@given(ITEMS, st.lists(OPERATIONS, max_size=6))
def test_a_list_does_what_a_list_does(items, operations):
    model, symbolic = plain(items), pg.List(items)
    holder = Pair(symbolic)
    for operation in operations:
        expected = perform(model, plain(list(operation)))
        assert perform(symbolic, operation) == expected
        assert symbolic == model
        assert holder.n is symbolic
        check_tree(holder)


@settings(max_examples=100)
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=3),
    st.lists(
        st.one_of(
            st.tuples(st.just("append"), NEW_VALUES),
            st.tuples(st.just("insert"), INDEX, NEW_VALUES),
            st.tuples(st.just("extend"), st.lists(NEW_VALUES, max_size=3)),
            st.tuples(st.just("__setitem__"), SLICE, st.lists(VALUES, max_size=3)),
            st.tuples(st.just("__setitem__"), INDEX, NEW_VALUES),
            st.tuples(st.just("__delitem__"), INDEX | SLICE),
            st.tuples(st.just("pop")),
            st.tuples(st.just("clear")),
            st.tuples(st.just("__imul__"), st.integers(0, 2)),
        ),
        max_size=6,
    ),
)
def test_a_typed_list_takes_what_fits_or_nothing(items, operations):
    spec = pg.typing.List(pg.typing.Int(), min_size=1, max_size=4)
    symbolic = pg.List(items, value_spec=spec)
    for operation in operations:
        before = picture(symbolic)
        if isinstance(perform(symbolic, operation), type):
            assert picture(symbolic) == before
        check_tree(symbolic)
        assert 1 <= len(symbolic) <= 4
        for item in symbolic.sym_values():
            assert isinstance(item, (int, pg.Object))


def test_nodes_move_within_a_list():
    items = pg.List([Leaf(0), Leaf(1), Leaf(2)])
    first, second, third = items
    items[0:2] = [second, first]
    assert [items[0], items[1]] == [Leaf(1), Leaf(0)]
    assert items[0] is second and items[1] is first
    items[:] = items[::-1]
    assert items[0] is third and items[2] is second
    check_tree(items)
    items[0:1] = [items[0]]
    assert items[0] is third
    check_tree(items)


def test_a_sort_that_fails_keeps_the_keys():
    items = pg.List([Leaf(3), Leaf(1), Leaf(2)])

    def key(leaf):
        if leaf.x == 2:
            raise RuntimeError
        return leaf.x

    with pytest.raises(RuntimeError):
        items.sort(key=key)
    assert len(items) == 3
    check_tree(items)


def test_a_failed_list_frees_its_items():
    leaves = [Leaf(1), Leaf(2)]
    spec = pg.typing.List(pg.typing.Object(Leaf), max_size=1)
    for bad in ([*leaves, "x"], leaves):
        with pytest.raises((TypeError, ValueError)):
            pg.List(bad, value_spec=spec)
    with pytest.raises(KeyError):
        pg.List([{"a": leaves}, {None: 1}])
    items = pg.List([0, 1])
    with pytest.raises(KeyError):
        items.extend([{"a": leaves}, {None: 1}])
    with pytest.raises(KeyError):
        items[0:2] = [[leaves[0]], {None: 1}]
    assert items == [0, 1]
    assert [leaf.sym_parent for leaf in leaves] == [None, None]


def test_what_a_rebind_inserts_is_taken_out_again():
    for index in (0, 1, -1, -9, 9):
        items = pg.List([Leaf(1), Leaf(2)])
        before = picture(items)
        with pytest.raises(KeyError):
            items.rebind({index: pg.Insertion(Leaf(3)), "bad": 1})
        assert picture(items) == before


def test_a_rebind_that_leaves_too_few_items_changes_nothing():
    spec = pg.typing.List(pg.typing.Object(Leaf), min_size=2)
    items = pg.List([Leaf(1), Leaf(2)], value_spec=spec)
    before = picture(items)
    for updates in (
        {0: pg.MISSING_VALUE},
        {0: pg.MISSING_VALUE, 1: Leaf(5)},
        {0: Leaf(5), 1: pg.MISSING_VALUE},
    ):
        with pytest.raises(ValueError, match="2 or more items"):
            items.rebind(updates)
        assert picture(items) == before


def test_removal_from_a_typed_list():
    items = pg.List([1, 2, 3], value_spec=pg.typing.List(int))
    assert items.rebind({0: pg.MISSING_VALUE}) == [2, 3]


@pytest.mark.parametrize(
    ("key", "error"), [(-3, IndexError), ("a", KeyError), (None, ValueError)]
)
def test_a_bad_index(key, error):
    items = pg.List([1, 2])
    with pytest.raises(error):
        items.rebind({key: 3})
    assert items == [1, 2]


def test_use_value_spec():
    items = pg.List([1, 2])
    items.use_value_spec(pg.typing.List(pg.typing.Int()))
    with pytest.raises(TypeError):
        items.append("a")
    with pytest.raises(RuntimeError, match="Make a new `pg"):
        items.use_value_spec(pg.typing.List(pg.typing.Str()))
    items.use_value_spec(None)
    items.append("a")
    assert items == [1, 2, "a"]
    with pytest.raises(ValueError, match=r"Expected a `pg\.typing\.List`"):
        items.use_value_spec(pg.typing.Int())


def test_a_value_spec_that_does_not_fit_changes_nothing():
    items = pg.List([Leaf(1), {"a": 1}, 3])
    before = picture(items)
    with pytest.raises(TypeError):
        items.use_value_spec(pg.typing.List(pg.typing.Object(Leaf)))
    with pytest.raises(ValueError, match="2 or fewer items"):
        items.use_value_spec(pg.typing.List(pg.typing.Any(), max_size=2))
    assert picture(items) == before
    assert items.value_spec is None
