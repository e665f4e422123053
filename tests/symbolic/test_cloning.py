"""Copies of any value."""

import copy

import pytest

import pyglove as pg
from tests.symbolic.helper import (
    Leaf,
    Log,
    Pair,
    check_tree,
    disjoint,
    make_tree,
    notes,
)


def test_symbolic_values():
    tree = make_tree()
    for deep in (False, True):
        new = pg.clone(tree, deep=deep)
        assert new == tree
        assert disjoint(new, tree)
        assert new.sym_parent is None
    assert pg.clone(tree, override={"left.x": 9}).left.x == 9
    assert tree.left.x == 3


def test_plain_values():
    leaf, payload = Leaf(1), {1, 2}
    items = [1, {"a": leaf}, (payload,)]
    for deep in (False, True):
        new = pg.clone(items, deep=deep)
        assert new == items and new is not items
        assert new[1] is not items[1] and new[1]["a"] is not leaf
        assert new[2][0] is not payload
    assert pg.clone([[payload]])[0][0] == payload
    assert pg.clone(3) == 3


def test_a_plain_value_that_holds_itself():
    items = [1]
    items.append((items,))
    new = pg.clone(items)
    assert new[1][0] is new is not items


@pytest.mark.parametrize("value", [1, [1], {"a": 1}])
def test_plain_values_take_no_overrides(value):
    with pytest.raises(TypeError, match="symbolic value for `override`"):
        pg.clone(value, override={"a": 2})


def test_values_inside():
    payload = {1, 2}
    pair = Pair(payload, [payload])
    assert pair.clone().n is payload
    deep = pair.clone(deep=True)
    assert deep.n == payload and deep.n is not payload
    assert deep.n is deep.m[0]
    memo = {id(payload): "memo"}
    assert pair.clone(deep=True, memo=memo).n == "memo"


def test_overrides():
    with pytest.raises(TypeError):
        Leaf(1).clone(override={"x": "bad"})
    assert Leaf(1).clone(override={"x": 1}) == Leaf(1)
    assert Pair([1]).clone(override={"n[0]": pg.Insertion(0)}).n == [0, 1]
    assert Leaf(1).sym_clone(override={"x": 5}).x == 5


def test_settings_are_copied():
    items = pg.List([Leaf(1)]).set_accessor_writable(False)
    assert not Pair(items).clone().n.accessor_writable
    # Whether objects are writable is a matter of their class.
    assert not Leaf(1).set_accessor_writable().clone().accessor_writable
    assert Pair(1).seal().clone().is_sealed
    partial = Leaf.partial().clone()
    assert partial.is_partial and partial.allow_partial
    assert Pair(1, root_path="a").clone().sym_path == ""


def test_hooks_run_on_copies():
    log = Log(Log(1))
    notes()
    log.clone()
    assert notes() == [
        ("init", ""),
        ("bound", ""),
        ("path", "", "a"),
        ("parent", "NoneType", "Log"),
        ("init", ""),
        ("bound", ""),
    ]


class Custom(pg.Object):
    """Copies itself in its own way."""

    x: int

    def _sym_clone(self, deep, memo=None):
        new = super()._sym_clone(deep, memo)
        new.copied = deep
        return new


def test_classes_may_copy_in_their_own_way():
    assert Custom(1).clone().copied is False
    assert copy.deepcopy(Custom(1)).copied is True
    pair = Pair([Custom(1)]).clone()
    assert pair.n[0].copied is False
    check_tree(pair)


def test_a_copy_of_a_part_is_a_root():
    tree = make_tree()
    new = tree.right.q.clone()
    assert new.sym_parent is None
    assert new[0].sym_path == "[0]"


def test_copies_are_told_of_their_fields():
    class Marker(pg.Object, pg.typing.CustomTyping):
        def _on_bound(self):
            super()._on_bound()
            self.spec = None

        def custom_apply(self, path, value_spec, *args, **kwargs):
            self.spec, self.path = value_spec, path
            return False, self

    class Holder(pg.Object):
        x: int
        y: str = "a"

    holder = Holder(Marker(), Marker())
    assert holder.x.spec == pg.typing.Int()
    for copied in (
        holder.clone(),
        holder.clone(deep=True),
        pg.Dict(a=holder).clone().a,
    ):
        assert copied.x is not holder.x
        assert copied.x.spec == pg.typing.Int() and copied.x.path == "x"
        assert isinstance(copied.y.spec, pg.typing.Str)
    assert Marker().clone().spec is None
