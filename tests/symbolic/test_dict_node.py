"""Dicts behave as dicts, and keep their nodes in place."""

import copy
import itertools
import pickle
import threading

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
from tests.symbolic.strategy import KEYS, NEW_VALUES, VALUES

KEY = st.sampled_from([*KEYS, 1])
ITEMS = st.dictionaries(KEY, st.integers(0, 3) | st.builds(Leaf, st.integers(0, 3)))
OPERATIONS = st.one_of(
    st.tuples(st.just("__setitem__"), KEY, VALUES),
    st.tuples(st.just("__delitem__"), KEY),
    st.tuples(st.just("__getitem__"), KEY),
    st.tuples(st.just("get"), KEY),
    st.tuples(st.just("get"), KEY, VALUES),
    st.tuples(st.just("pop"), KEY),
    st.tuples(st.just("pop"), KEY, st.integers(0, 3)),
    st.tuples(st.just("popitem")),
    st.tuples(st.just("setdefault"), KEY, VALUES),
    st.tuples(st.just("update"), ITEMS),
    st.tuples(st.just("__ior__"), ITEMS),
    st.tuples(st.just("__or__"), ITEMS),
    st.tuples(st.just("__contains__"), KEY),
    st.tuples(st.just("__len__")),
    st.tuples(st.just("clear")),
    st.tuples(st.just("copy")),
)


@settings(max_examples=150)
@given(ITEMS, st.lists(OPERATIONS, max_size=6))
def test_a_dict_does_what_a_dict_does(items, operations):
    model, symbolic = plain(items), pg.Dict(items)
    holder = Pair(symbolic)
    for operation in operations:
        expected = perform(model, plain(list(operation)))
        assert perform(symbolic, operation) == expected
        assert symbolic == model
        assert list(symbolic) == list(model)
        assert list(symbolic.items()) == list(model.items())
        check_tree(holder)


@settings(max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("__setitem__"), st.sampled_from("abkz"), NEW_VALUES),
            st.tuples(st.just("__delitem__"), st.sampled_from("abkz")),
            st.tuples(st.just("pop"), st.sampled_from("abkz")),
            st.tuples(
                st.just("update"),
                st.dictionaries(st.sampled_from("abkz"), NEW_VALUES, max_size=2),
            ),
            st.tuples(st.just("setdefault"), st.sampled_from("abkz"), NEW_VALUES),
            st.tuples(st.just("clear")),
        ),
        max_size=5,
    )
)
def test_a_typed_dict_takes_what_fits_or_nothing(operations):
    spec = pg.typing.Dict(
        [
            ("a", pg.typing.Int()),
            ("b", pg.typing.Object(Leaf, default=Leaf(1))),
            (pg.typing.StrKey("k"), pg.typing.Int()),
        ]
    )
    symbolic = pg.Dict({"a": 1, "b": Leaf(2)}, value_spec=spec)
    for operation in operations:
        before = picture(symbolic)
        if isinstance(perform(symbolic, operation), type):
            assert picture(symbolic) == before
        check_tree(symbolic)
        assert {"a", "b"} <= symbolic.keys() <= {"a", "b", "k"}
    assert symbolic.sym_getattr("b").sym_parent is symbolic


@pytest.mark.parametrize("key", [None, 1.5, (1,), b"a", len])
def test_keys_are_strings_or_ints(key):
    table = pg.Dict(a=1)
    for put in (
        lambda: pg.Dict({key: 1}),
        lambda: Pair({key: 1}),
        lambda: table.__setitem__(key, 1),
    ):
        with pytest.raises(KeyError, match="a str or an int as a key"):
            put()
    with pytest.raises(ValueError, match="Expected a path"):
        table.rebind({key: 1})
    assert table == {"a": 1}


def test_int_keys():
    table = pg.Dict({1: Leaf(1), "a": 2})
    assert table[1].sym_path == "[1]"
    assert table.rebind({"[1].x": 5})[1].x == 5
    assert table.rebind({1: 3})[1] == 3


def test_a_failed_dict_frees_its_values():
    leaf = Leaf(1)
    spec = pg.typing.Dict([("a", pg.typing.Object(Leaf)), ("b", pg.typing.Int())])
    for bad in ({"a": leaf, "b": "x"}, {"a": leaf}, {"a": leaf, "b": 1, "c": 2}):
        with pytest.raises((TypeError, ValueError, KeyError)):
            pg.Dict(bad, value_spec=spec)
        assert leaf.sym_parent is None
    with pytest.raises(KeyError):
        pg.Dict(a=[leaf], b={None: 1})
    assert leaf.sym_parent is None


def test_a_failed_clear_changes_nothing():
    spec = pg.typing.Dict([("a", pg.typing.Object(Leaf)), ("b", pg.typing.Int(1))])
    table = pg.Dict(a=Leaf(1), b=2, value_spec=spec)
    before = picture(table)
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        table.clear()
    assert picture(table) == before


def test_a_removed_key_returns_to_its_place():
    table = pg.Dict(a=1, b=Leaf(2), c=3)
    before = picture(table)
    with pytest.raises(KeyError):
        table.rebind({"b": pg.MISSING_VALUE, "new": Leaf(1), "a.b": 1})
    assert picture(table) == before
    assert list(table) == ["a", "b", "c"]


def test_use_value_spec():
    spec = pg.typing.Dict([("b", pg.typing.Int(5)), ("a", pg.typing.Object(Leaf))])
    table = pg.Dict(a=Leaf(1))
    leaf = table.a
    table.use_value_spec(spec)
    assert list(table) == ["b", "a"]
    assert table.a is leaf
    check_tree(table)
    assert table.sym_attr_field("b").value.default == 5
    with pytest.raises(TypeError):
        table.b = "x"
    with pytest.raises(RuntimeError, match="Make a new `pg"):
        table.use_value_spec(pg.typing.Dict([("b", pg.typing.Str())]))
    table.use_value_spec(None)
    table.b = "x"
    with pytest.raises(ValueError, match=r"Expected a `pg\.typing\.Dict`"):
        table.use_value_spec(pg.typing.Int())


def test_a_value_spec_that_does_not_fit_changes_nothing():
    table = pg.Dict(a=Leaf(1), c=2)
    before = picture(table)
    for fields, error in [
        ([("a", pg.typing.Int()), ("c", pg.typing.Int())], TypeError),
        ([("a", pg.typing.Any())], KeyError),
        ([("a", pg.typing.Any()), ("c", pg.typing.Int(max_value=1))], ValueError),
    ]:
        with pytest.raises(error):
            table.use_value_spec(pg.typing.Dict(fields))
        assert picture(table) == before
        assert table.value_spec is None


def attribute(table, key):
    return getattr(table, key, pg.MISSING_VALUE)


CHANGES = {
    "assigned": lambda t: setattr(t, "x", 5),
    "assigned as an item": lambda t: t.__setitem__("x", pg.Dict(y=1)),
    "assigned twice": lambda t: (setattr(t, "x", 5), setattr(t, "x", 6)),
    "rebound": lambda t: t.rebind(x=5),
    "rebound by a function": lambda t: t.rebind(lambda k, v: 5 if v == 1 else v),
    "rebound to missing": lambda t: t.rebind(x=pg.MISSING_VALUE),
    "updated": lambda t: t.update(x=5),
    "merged": lambda t: t.__ior__({"x": 5}),
    "deleted": lambda t: t.__delitem__("x"),
    "deleted as an attribute": lambda t: delattr(t, "x"),
    "deleted and back": lambda t: (t.pop("x"), t.setdefault("x", 5)),
    "popped": lambda t: t.pop("x"),
    "popped as the last": lambda t: (t.popitem(), t.popitem()),
    "cleared": lambda t: t.clear(),
    "made a reference": lambda t: setattr(t, "x", pg.Ref(pg.Dict(y=1))),
    "a reference, and not": lambda t: (setattr(t, "x", pg.Ref(t)), setattr(t, "x", 5)),
    "initialized anew": lambda t: t.__init__(x=5),
    "typed": lambda t: t.use_value_spec(
        pg.typing.Dict([("x", pg.typing.Float()), ("w", pg.typing.Any())])
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_attribute_is_the_item_whatever_becomes_of_it(change):
    table = pg.Dict(x=1, w=2)
    assert (table.x, table.x, table.w) == (1, 1, 2)
    change(table)
    for key in ("x", "w"):
        assert attribute(table, key) is table.get(key, pg.MISSING_VALUE)
        assert attribute(table, key) is table.get(key, pg.MISSING_VALUE)
    assert sorted(k for k in dir(table) if k in ("x", "w")) == sorted(table)


def test_an_attribute_is_the_item_after_a_refused_change():
    table = pg.Dict(x=1, y=pg.Dict(z=2))
    spec = pg.typing.Dict([("x", pg.typing.Int()), ("y", pg.typing.Int())])
    assert table.x == table.x == 1
    with pytest.raises(TypeError):
        table.use_value_spec(spec)
    assert table.x == 1
    table = pg.Dict(x=1, y=1, value_spec=spec)
    assert table.x == table.x == 1
    with pytest.raises(TypeError):
        table.rebind({"x": 2, "y": "a"})
    assert table.x == table["x"] == 1
    table.x = 3
    assert table.x == 3


def test_attributes_of_the_class_come_before_items():
    class Table(pg.Dict):
        @property
        def broken(self):
            raise AttributeError("It is.")

        @broken.setter
        def broken(self, value):
            raise AssertionError("Nobody sets it.")

    table = Table({"items": 1, "broken": 2, "_sym_plan": 3})
    assert table.items() == {"items": 1, "broken": 2, "_sym_plan": 3}.items()
    assert table.broken == table.broken == 2


def test_reads_of_a_subclass_are_asked_each_time():
    class Counting(pg.Dict):
        def __getitem__(self, key):
            return super().__getitem__(key) + next(counter)

    counter = itertools.count()
    table = Counting(x=10)
    assert [table.x, table.x, table.x] == [10, 11, 12]


def test_attributes_are_not_copied():
    table = pg.Dict(x=1)
    assert table.x == 1
    for copied in (
        table.clone(),
        copy.copy(table),
        copy.deepcopy(table),
        pickle.loads(pickle.dumps(table)),
    ):
        copied.x = 2
        assert (table.x, copied.x) == (1, 2)


def test_attributes_follow_the_fields_of_an_object():
    leaf = Leaf(1)
    arguments = leaf.sym_init_args
    assert arguments.x == arguments.x == 1
    arguments.x = 2
    assert arguments.x == arguments.x == leaf.x == 2


def test_an_attribute_is_the_item_where_threads_replace_it():
    table = pg.Dict(x=0)
    seen = []

    def replace():
        for i in range(2000):
            table.x = i

    def read():
        seen.extend(table.x for _ in range(2000))

    threads = [threading.Thread(target=f) for f in (replace, read, replace, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert table.x == table["x"] == 1999
    assert all(0 <= value < 2000 for value in seen)
