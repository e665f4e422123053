"""Laws that hold for any tree and any sequence of modifications."""

import copy
import pickle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pyglove as pg
from tests.symbolic.helper import check_tree, disjoint, nodes, picture
from tests.symbolic.strategy import KEYS, NEW_VALUES, TREES

LAW = settings(max_examples=150, suppress_health_check=list(HealthCheck))
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
