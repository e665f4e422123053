"""Lists and dicts that are made for what may lack values may lack values, too."""

import pickle
from typing import Any

import pytest

import pyglove as pg


class Leaf(pg.Object):
    x: int


class Tree(pg.Object):
    required: int
    leaves: list[Leaf] = []
    table: dict[str, Leaf] = {}
    any: Any = None


def flags(tree):
    return [
        node.allow_partial
        for node in (tree.leaves, tree.table, tree.any)
        if node is not None
    ]


def test_containers_of_a_partial_object_may_be_partial():
    tree = Tree.partial(any=[[]])
    assert flags(tree) == [True, True, True]
    assert tree.any[0].allow_partial
    tree.leaves.append(Leaf.partial())
    tree.rebind(leaves=pg.MISSING_VALUE)
    tree.leaves.append(Leaf.partial())
    assert tree.is_partial
    with pytest.raises(ValueError, match="got a partial one"):
        Tree(1).leaves.append(Leaf.partial())


def test_a_scope_decides_what_containers_made_in_it_may_be():
    with pg.allow_partial(True):
        assert flags(Tree(1, any={})) == [True, True, True]
        assert not pg.List().allow_partial
    with pg.allow_partial(False):
        assert flags(Tree.partial(1, [], any={})) == [False, False, False]
    assert flags(Tree(1, any={})) == [False, False, False]


def test_the_default_of_a_class_stays_as_it_is():
    Tree.partial().leaves.append(Leaf.partial())
    assert flags(Tree(1)) == [False, False]
    assert Tree(1).leaves == []


def test_what_is_pickled_stays_as_it_is():
    tree = Tree(1, [Leaf(1)], {"a": Leaf(2)}, [[{}]])
    copied = pickle.loads(pickle.dumps(tree))
    assert copied == tree and flags(copied) == [False, False, False]
    assert not copied.any[0].allow_partial and not copied.any[0][0].allow_partial
    assert flags(pickle.loads(pickle.dumps(Tree.partial()))) == [True, True]


def test_what_is_loaded_as_partial_may_be_partial():
    loaded = pg.from_json({"a": [{}], "b": 1}, allow_partial=True)
    assert loaded.allow_partial and loaded.a.allow_partial and loaded.a[0].allow_partial
    loaded = pg.from_json({"a": [{}]})
    assert not loaded.allow_partial and not loaded.a.allow_partial


def test_an_item_that_is_missing_is_no_item():
    @pg.members(
        [("a", pg.typing.Str(default="k")), (pg.typing.StrKey(), pg.typing.Any())]
    )
    class Open(pg.Object):
        pass

    assert list(Open.partial(n=pg.MISSING_VALUE).sym_keys()) == ["a"]
    with pytest.raises(ValueError):
        Open(n=pg.MISSING_VALUE)
