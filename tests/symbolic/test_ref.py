"""References."""

import copy
import pickle
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree, check_tree


def test_a_reference_shares():
    shared = Leaf(1)
    first, second = Pair(pg.Ref(shared)), Pair(pg.Ref(shared))
    assert first.n is shared and second.n is shared
    assert shared.sym_parent is None
    assert isinstance(first.sym_getattr("n"), pg.Ref)
    assert first.sym_inferred("n") is shared
    check_tree(first)


def test_what_needs_no_reference():
    for value in (1, "a", None, (1, Leaf(1)), b"a", len, int, {1}):
        assert pg.Ref(value) is value
    for value in (Leaf(1), [1], {"a": 1}, pg.List(), pg.Dict()):
        reference = pg.Ref(value)
        assert isinstance(reference, pg.Ref)
        assert reference.value is value
        assert reference.infer() is value
        assert pg.Ref(reference) is reference


def test_plain_containers_stay_plain():
    plain = [1, {"a": 2}]
    pair = Pair(pg.Ref(plain))
    assert pair.n is plain
    assert type(plain) is list and type(plain[1]) is dict


def test_copies_refer_to_the_same():
    shared = Leaf(1)
    pair = Pair(pg.Ref(shared), [pg.Ref(shared)])
    for new in (pair.clone(), pair.clone(deep=True), copy.deepcopy(pair)):
        assert new.n is shared and new.m[0] is shared
        check_tree(new)
    assert pickle.loads(pickle.dumps(pair)).n == shared


def test_references_are_checked():
    assert Tree("t", left=pg.Ref(Leaf(1))).left == Leaf(1)
    assert Tree("t", [pg.Ref(Leaf(1))]).leaves[0] == Leaf(1)
    assert Tree("t", pg.Ref([Leaf(1)])).leaves == [Leaf(1)]
    for bad in (
        lambda: Tree("t", left=pg.Ref([1])),
        lambda: Tree("t", left=pg.Ref(Pair())),
        lambda: Tree("t", [pg.Ref(Pair())]),
        lambda: Tree("t", pg.Ref([1])),
    ):
        with pytest.raises(TypeError, match=r"path=(left|leaves)"):
            bad()
    with pytest.raises(ValueError, match="got a partial one"):
        Tree("t", left=pg.Ref(Leaf.partial()))


def test_rebinding_references():
    shared, tree = Leaf(4), Tree("t", left=Leaf(1))
    old = tree.left
    tree.rebind(left=pg.Ref(shared))
    assert tree.left is shared
    assert old.sym_parent is None
    tree.rebind(left=Leaf(5))
    assert tree.left == Leaf(5)
    check_tree(tree)
    tree.rebind({"left.x": 6})
    assert tree.left.x == 6
    tree.rebind(left=pg.Ref(shared))
    with pytest.raises(KeyError, match="got 'x'"):
        tree.rebind({"left.x": 8})
    assert shared.x == 4


def test_what_is_referred_to_is_no_part():
    shared = Leaf(7)
    pair = Pair(pg.Ref(shared))
    assert pg.query(pair, where=lambda v: v == 7) == {}
    assert not pg.contains(pair, type=Leaf)
    assert not Pair(pg.Ref(Leaf.partial())).is_partial
    pair.seal()
    assert not shared.is_sealed


def test_equality_is_identity():
    shared = Leaf(1)
    assert Pair(pg.Ref(shared)) == Pair(pg.Ref(shared))
    assert hash(pg.Ref(shared)) == hash(pg.Ref(shared))
    assert Pair(pg.Ref(shared)) != Pair(pg.Ref(Leaf(1)))
    assert pg.ne(pg.Ref(shared), shared) and pg.ne(shared, pg.Ref(shared))
    assert hash(pg.Ref([1])) != hash(pg.Ref([1]))


def test_a_reference_is_not_modified():
    reference = pg.Ref(Leaf(1))
    with pytest.raises(KeyError):
        reference.rebind(value=Leaf(3))
    with pytest.raises(AttributeError):
        reference.value = Leaf(3)


def test_annotations():
    class Shared(pg.Object):
        leaf: pg.Ref[Leaf]
        other: pg.Ref[Leaf] | None = None

    assert pg.Ref[Leaf] == pg.typing.Object(Leaf, transform=pg.Ref)
    leaf = Leaf(1)
    shared = Shared(leaf, pg.Ref(leaf))
    assert shared.leaf is leaf and shared.other is leaf
    assert isinstance(shared.sym_getattr("leaf"), pg.Ref)
    assert leaf.sym_parent is None
    assert Shared(leaf).other is None
    with pytest.raises(TypeError):
        Shared(Pair(1))


def test_maybe_ref():
    leaf = Leaf(1)
    assert pg.maybe_ref(leaf) is leaf
    assert pg.maybe_ref(1) == 1
    pair = Pair(leaf)
    assert pg.maybe_ref(leaf).value is leaf
    assert Pair(pg.maybe_ref(leaf)).n is pair.n


def test_deref():
    deref = pg.symbolic.deref
    shared = Leaf(1)
    assert deref(pg.Ref(shared)) is shared
    assert deref(1) == 1
    pair = Pair(pg.Ref(shared))
    assert deref(pair) is pair
    assert isinstance(pair.sym_getattr("n"), pg.Ref)
    whole = deref(Pair([pg.Ref(Pair(pg.Ref(shared)))]), recursive=True)
    assert whole == Pair([Pair(shared)])
    check_tree(whole)
    assert deref(pg.Ref(Pair(pg.Ref(shared))), recursive=True) == Pair(shared)
    plain = [pg.Ref(shared), {"a": [pg.Ref(shared)]}]
    assert deref(plain) is plain
    assert deref(plain, recursive=True) == [shared, {"a": [shared]}]


def test_json():
    value = pg.to_json(Pair(pg.Ref(Leaf(1))))
    assert value["n"]["_type"] == "pyglove.core.symbolic.ref.Ref"
    value["n"]["_type"] = "pyglove.symbolic.Ref"
    loaded = pg.from_json(value)
    assert isinstance(loaded.sym_getattr("n"), pg.Ref)
    assert loaded.n == Leaf(1)


# ---- Circular references


class Link(pg.Object):
    x: Any = None
    y: Any = None


def loops():
    """Trees with a reference to what the reference is a part of."""
    node = pg.Dict(a=1)
    node.me = pg.Ref(node)
    yield node
    items = pg.List([1])
    items.append(pg.Ref(items))
    yield items
    link = Link(1)
    yield link.rebind(y=pg.Ref(link))
    one, two = Link(1), Link(2)
    one.rebind(y=pg.Ref(two))
    two.rebind(y=pg.Ref(one))
    yield one
    deep = Link(pg.Dict(items=[Link()]))
    yield deep.rebind({"x.items[0].x": pg.Ref(deep)})
    plain = [1]
    holder = pg.Dict(r=pg.Ref(plain))
    plain.append(holder)
    yield holder


@pytest.mark.parametrize("index", range(6))
def test_a_reference_that_leads_back(index):
    value = list(loops())[index]
    for text in (
        str(value),
        repr(value),
        value.format(compact=True, use_inferred=True),
        value.format(hide_default_values=True, python_format=True),
    ):
        assert "recursive" in text
    for duplicate in (
        pickle.loads(pickle.dumps(value)),
        copy.copy(value),
        copy.deepcopy(value),
        value.clone(deep=True),
    ):
        assert type(duplicate) is type(value)
    assert pg.eq(value, value.clone()) and not pg.ne(value, value.clone())
    assert pg.hash(value) == pg.hash(value.clone())
    assert pg.diff(value, value.clone()) == pg.Diff()
    assert pg.diff(value, pg.Dict(b=1)) != pg.Diff()
    assert not pg.lt(value, value.clone())
    assert pg.traverse(value, lambda k, v, p: None)
    assert pg.query(value, enter_selected=True)
    assert not pg.contains(value, 77)
    assert pg.template(pg.Dict(a=value, b=pg.oneof([1, 2]))).decode(pg.DNA(0)).b == 1
    for write in (pg.to_json, pg.to_json_str, lambda v: v.to_json(use_inferred=True)):
        with pytest.raises(ValueError, match="contains itself"):
            write(value)
    before = repr(value)
    with pytest.raises(ValueError, match="contains the reference itself"):
        pg.symbolic.deref(value, recursive=True)
    assert repr(value) == before


def test_references_at_any_depth_are_replaced():
    value = pg.Ref(pg.Dict(x=1))
    for _ in range(5_000):
        value = pg.Dict(k=value)
    result = pg.symbolic.deref(value, recursive=True)
    while "k" in result:
        result = result.sym_getattr("k")
    assert result == {"x": 1} and type(result) is pg.Dict
