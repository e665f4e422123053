"""Laws that hold for any tree and any sequence of modifications."""

import contextlib
import copy
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic import twin
from tests.symbolic.helper import check_tree, disjoint, nodes, picture
from tests.symbolic.strategy import (
    KEYS,
    NEW_VALUES,
    OTHER_VALUES,
    TREES,
    ByUpdates,
    Derived,
    InitOnly,
    derive,
    drawn_objects,
    families,
)

LAW = settings(max_examples=150, suppress_health_check=list(HealthCheck))
DRAWN = settings(max_examples=100, suppress_health_check=list(HealthCheck))
REFUSALS = (TypeError, ValueError, KeyError, IndexError)


@LAW
@given(TREES)
def test_copies_are_equal_and_disjoint(tree):
    for new in (
        tree.clone(),
        tree.clone(deep=True),
        copy.copy(tree),
        copy.deepcopy(tree),
        pickle.loads(pickle.dumps(tree)),
    ):
        assert type(new) is type(tree)
        assert pg.eq(new, tree)
        assert not pg.ne(new, tree)
        assert not pg.lt(new, tree) and not pg.gt(new, tree)
        assert pg.hash(new) == pg.hash(tree)
        assert str(new) == str(tree)
        assert disjoint(new, tree)
        check_tree(new)


@LAW
@given(TREES)
def test_json_round_trip(tree):
    for loaded in (
        pg.from_json(pg.to_json(tree)),
        pg.from_json_str(pg.to_json_str(tree)),
        pg.from_json_str(pg.to_json_str(tree, json_indent=1)),
    ):
        assert pg.eq(loaded, tree)
        check_tree(loaded)


@LAW
@given(TREES, TREES)
def test_order_and_equality_agree(left, right):
    relations = [pg.lt(left, right), pg.eq(left, right), pg.gt(left, right)]
    assert sum(relations) == 1


def paths_of(tree):
    """Paths into a tree, existing or not."""
    existing = [str(k) for k in pg.query(tree, enter_selected=True) if k]
    beyond = [f"{p}.{k}" for p in ["", *existing] for k in KEYS]
    indices = [f"{p}[{i}]" for p in ["", *existing] for i in (0, 1, -1, 5)]
    return [p.removeprefix(".") for p in existing + beyond + indices]


@LAW
@given(TREES, st.data())
def test_a_rebind_is_done_or_leaves_no_trace(tree, data):
    for _ in range(data.draw(st.integers(1, 4))):
        updates = data.draw(
            st.dictionaries(
                st.sampled_from(paths_of(tree)), NEW_VALUES, min_size=1, max_size=4
            )
        )
        given_nodes = [n for value in updates.values() for n in _given_nodes(value)]
        free = [n for n in given_nodes if n.sym_parent is None]
        before = picture(tree)
        try:
            tree.rebind(updates)
        except REFUSALS:
            assert picture(tree) == before
            assert all(n.sym_parent is None for n in free)
        check_tree(tree)


def _given_nodes(value):
    """The nodes in a value, those in plain containers included."""
    if isinstance(value, pg.Insertion):
        return _given_nodes(value.value)
    if isinstance(value, pg.Symbolic):
        return [value]
    if type(value) is dict:
        return [n for v in value.values() for n in _given_nodes(v)]
    if type(value) is list:
        return [n for v in value for n in _given_nodes(v)]
    return []


@LAW
@given(TREES, st.data())
def test_a_rebinder_is_asked_about_each_part(tree, data):
    seen = []

    def note(path, value, parent):
        seen.append((str(path), value))
        return value

    tree.rebind(note, raise_on_no_change=False)
    assert dict(seen).keys() == pg.query(tree, enter_selected=True).keys()
    old = data.draw(st.integers(-3, 3))
    tree.rebind(
        lambda k, v: "new" if type(v) is int and v == old and _untyped(tree, k) else v,
        raise_on_no_change=False,
    )
    check_tree(tree)
    assert not [
        p
        for p in pg.query(tree, where=lambda v: type(v) is int and v == old)
        if _untyped(tree, pg.KeyPath.parse(p))
    ]


def _untyped(tree, path):
    field = path.parent.query(tree).sym_attr_field(path.key)
    return field is None or isinstance(field.value, pg.typing.Any)


@LAW
@given(TREES)
def test_each_path_leads_to_its_node(tree):
    for node in nodes(tree):
        assert node.sym_path.query(tree) is node
        assert tree.sym_get(node.sym_path) is node
        assert node.sym_root is tree


def is_missing(value):
    return isinstance(value, pg.utils.MissingValue)


# ---- Drawn classes: hooks, inheritance, dynamic keys, sealed and partial objects -----


def check_derived(node):
    """Asserts that an object has derived what its hooks derive."""
    check_tree(node)
    if isinstance(node, (Derived, ByUpdates)):
        assert node.derived == derive(node)
    if isinstance(node, InitOnly):
        assert node.first
    if isinstance(node, Derived):
        assert node.inits == 1
        # One class does not pass on what it is told of changes.
        called = 0 if isinstance(node, ByUpdates) else node.changes
        assert node.bounds == 1 + called


@DRAWN
@given(drawn_objects())
def test_copies_of_drawn_objects(drawn):
    node, _ = drawn
    copies = [
        node.clone(),
        node.clone(deep=True),
        copy.copy(node),
        copy.deepcopy(node),
        pickle.loads(pickle.dumps(node)),
    ]
    for new in copies:
        assert type(new) is type(node)
        assert new == node and hash(new) == hash(node)
        assert repr(new) == repr(node) and str(new) == str(node)
        assert new.is_sealed == node.is_sealed
        assert new.is_partial == node.is_partial
        assert new.sym_missing() == node.sym_missing()
        assert disjoint(new, node)
        check_derived(new)
    assert not pg.diff(node, copies[0])


@DRAWN
@given(drawn_objects())
def test_json_of_drawn_objects(drawn):
    node, _ = drawn
    texts = [pg.to_json_str(node)]
    if node.__schema__.dynamic_field is None:
        # A key that is not fixed is gone where its value is hidden.
        texts.append(pg.to_json_str(node, hide_default_values=True))
    for new in (
        pg.from_json(pg.to_json(node), allow_partial=True),
        *(pg.from_json_str(text, allow_partial=True) for text in texts),
    ):
        assert type(new) is type(node)
        assert new == node
        assert new.is_partial == node.is_partial
        check_derived(new)
    if node.is_partial:
        with pytest.raises(TypeError):
            pg.from_json(pg.to_json(node))


@DRAWN
@given(drawn_objects(), st.data())
def test_a_rebind_of_a_drawn_object_can_be_undone(drawn, data):
    node, accepted = drawn
    keys = data.draw(
        st.lists(st.sampled_from(sorted(accepted)), min_size=1, unique=True)
    )
    updates = {key: data.draw(accepted[key]) for key in keys}
    # What was not there, or had no value, is to be so again.
    old = dict.fromkeys(keys, pg.MISSING_VALUE)
    old |= {k: v for k, v in node.sym_items() if k in old and not is_missing(v)}
    before, old_node = picture(node), node.clone(deep=True)
    if node.is_sealed:
        with pytest.raises(pg.WritePermissionError):
            node.rebind(updates)
        assert picture(node) == before
        node.seal(False)
        old_node.seal(False)
    node.rebind(updates, raise_on_no_change=False)
    for key, value in updates.items():
        assert pg.eq(node.sym_getattr(key), value)
    check_derived(node)
    node.rebind(old, raise_on_no_change=False)
    check_derived(node)
    assert node == old_node
    assert str(node) == str(old_node)


@DRAWN
@given(drawn_objects(), st.data())
def test_a_refused_rebind_of_a_drawn_object_leaves_no_trace(drawn, data):
    node, accepted = drawn
    node.seal(False)
    good = data.draw(st.sampled_from(sorted(accepted)))
    bad = data.draw(st.sampled_from([*sorted(accepted), "nope"]))
    updates = {good: data.draw(accepted[good]), bad: data.draw(OTHER_VALUES)}
    before, text = picture(node), str(node)
    counts = [getattr(node, name, 0) for name in ("inits", "bounds", "changes")]
    try:
        node.rebind(updates, raise_on_no_change=False)
    except REFUSALS:
        assert picture(node) == before
        assert str(node) == text
        assert counts == [
            getattr(node, name, 0) for name in ("inits", "bounds", "changes")
        ]
    else:
        assert bad != "nope"
    check_derived(node)


@DRAWN
@given(families(), st.data())
def test_drawn_classes_with_generated_code_and_without(family, data):
    cls, fixed, accepted = family
    some = data.draw(st.lists(st.sampled_from(sorted(accepted)), unique=True))
    values = {k: data.draw(accepted[k] | OTHER_VALUES) for k in {*fixed, *some}}
    values |= {
        k: data.draw(accepted[k]) for k in data.draw(st.sampled_from([[], fixed]))
    }
    looks = []
    for block in (contextlib.nullcontext(), twin.interpreted(cls)):
        with block:
            try:
                node = cls(**pg.clone(values, deep=True))
            except REFUSALS as error:
                looks.append((type(error), str(error)))
            else:
                check_derived(node)
                looks.append(
                    (repr(node), node.to_json_str(), repr(node.clone()), hash(node))
                )
    assert looks[0] == looks[1]
