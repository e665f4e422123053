"""Traversal, queries, comparison and order."""

import pytest
from tests.symbolic.helper import Leaf, Tree, make_tree

import pyglove as pg


def test_query():
    tree = make_tree()
    assert pg.query(tree, where=lambda v: v == 4) == {"right.q[0].x": 4}
    assert pg.query(tree, r".*\.x").keys() == {
        "leaves[0].x",
        "leaves[1].x",
        "left.x",
        "right.q[0].x",
    }
    assert list(pg.query(tree, "left")) == ["left"]
    assert "left.x" in pg.query(tree, "left", enter_selected=True)
    assert pg.query(tree, where=lambda v, p: isinstance(p, Leaf) and v == 3) == {
        "left.x": 3
    }
    assert pg.query(tree, custom_selector=lambda k, v: str(k) == "name") == {
        "name": "t"
    }
    assert pg.query([1, {"a": 2}], where=lambda v: v == 2) == {"[1].a": 2}
    with pytest.raises(ValueError, match="custom_selector"):
        pg.query(tree, ".*", custom_selector=lambda k, v: True)
    with pytest.raises(TypeError, match="1 or 2 arguments"):
        pg.query(tree, where=lambda a, b, c: True)


def test_traverse():
    paths, after = [], []

    def enter(path, value, parent):
        paths.append(str(path))
        return pg.TraverseAction.ENTER

    tree = pg.Dict(a=Leaf(1), b=[2])
    assert pg.traverse(tree, enter, lambda k, v, p: after.append(str(k)))
    assert paths == ["", "a", "a.x", "a.y", "a.z", "b", "b[0]"]
    assert after == ["a.x", "a.y", "a.z", "a", "b[0]", "b", ""]
    assert not pg.traverse(tree, lambda k, v, p: pg.TraverseAction.STOP)


def test_contains_and_relatives():
    tree = make_tree()
    assert pg.contains(tree, 4)
    assert pg.contains(tree, type=Leaf)
    assert not pg.contains(tree, type=set)
    leaf = tree.right.q[0]
    assert leaf.sym_ancestor(lambda v: isinstance(v, Tree)) is tree
    assert tree.sym_descendants(lambda v: isinstance(v, Leaf)) == [
        Leaf(1),
        Leaf(2),
        Leaf(3),
        Leaf(4),
    ]
    assert tree.sym_get("right.q[0].x") == 4
    assert tree.sym_has("left.x")
    assert not tree.sym_has("left.w")


def test_equality_ignores_containers():
    assert pg.eq([1, pg.Dict(x=2)], pg.List([1, {"x": 2}]))
    assert pg.ne(pg.Dict(x=1), pg.Dict(x=2))
    assert pg.eq(pg.Dict(a=1, b=2), pg.Dict(b=2, a=1))
    assert pg.hash(pg.Dict(a=1, b=2)) == pg.hash(pg.Dict(b=2, a=1))
    assert pg.eq(lambda x: x, lambda x: x)
    assert not pg.eq(Leaf(1), Tree("t"))


def test_order():
    assert pg.lt(1, "a")
    assert pg.lt(None, 1)
    assert pg.lt([1], [1, 2])
    assert pg.lt(Leaf(1), Leaf(2))
    assert pg.gt(Leaf(2), Leaf(1))
    assert not pg.lt(Leaf(1), Leaf(1))


def test_deep_trees():
    chain = pg.Dict(end=1)
    for _ in range(5_000):
        chain = pg.Dict(next=chain)
    copy = chain.clone()
    assert pg.eq(copy, chain)
    assert len(pg.query(chain, where=lambda v: v == 1)) == 1
    assert pg.contains(chain, 1)
