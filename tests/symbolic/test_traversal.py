"""Traversal and what follows from it."""

import re

import pytest

import pyglove as pg
from pyglove.symbolic.tree.traversal import children, walk
from tests.symbolic.helper import Leaf, Pair, Placeholder, make_tree


def test_query_by_path():
    tree = make_tree()
    assert pg.query(tree, r".*\.x").keys() == {
        "leaves[0].x",
        "leaves[1].x",
        "left.x",
        "right.q[0].x",
    }
    assert list(pg.query(tree, "left")) == ["left"]
    assert "left.x" in pg.query(tree, "left", enter_selected=True)
    assert pg.query(tree) == {"": tree}
    table = pg.Dict({"a.b": 1, 2: {"c": 3}, "d[0]": 4})
    assert pg.query(table, where=lambda v: isinstance(v, int)) == {
        "[a.b]": 1,
        "[2].c": 3,
        "[d[0]]": 4,
    }


def test_query_by_value():
    tree = make_tree()
    assert pg.query(tree, where=lambda v: v == 4) == {"right.q[0].x": 4}
    assert pg.query(tree, where=lambda v, p: isinstance(p, Leaf) and v == 3) == {
        "left.x": 3
    }
    assert pg.query([1, {"a": 2}], where=lambda v: v == 2) == {"[1].a": 2}
    assert pg.query(tree, "leaves.*", where=lambda v: v == 1.0) == {
        "leaves[0].x": 1,
        "leaves[0].y": 1.0,
        "leaves[1].y": 1.0,
    }


def test_query_by_selector():
    tree = make_tree()
    assert pg.query(tree, custom_selector=lambda k, v: str(k) == "name") == {
        "name": "t"
    }
    selected = pg.query(
        tree,
        custom_selector=lambda k, v, p: p is not None and len(k) > 1,
        enter_selected=True,
    )
    assert list(selected)[:2] == ["leaves[0]", "leaves[0].x"]


def test_bad_conditions():
    tree = make_tree()
    with pytest.raises(ValueError, match="`custom_selector` alone"):
        pg.query(tree, ".*", custom_selector=lambda k, v: True)
    with pytest.raises(TypeError, match=r"\(a, b, c\)"):
        pg.query(tree, where=lambda a, b, c: True)
    with pytest.raises(TypeError, match=r"\(path, value, parent\)"):
        pg.query(tree, custom_selector=lambda a: True)


def record(result=pg.TraverseAction.ENTER, on=None, otherwise=pg.TraverseAction.ENTER):
    paths = []

    def visit(path, value, parent):
        paths.append(str(path))
        return result if on is None or value == on else otherwise

    return paths, visit


def test_order_of_visits():
    before, enter = record()
    after, leave = record()
    tree = pg.Dict(a=Leaf(1), b=[2])
    assert pg.traverse(tree, enter, leave)
    assert before == ["", "a", "a.x", "a.y", "a.z", "b", "b[0]"]
    assert after == ["a.x", "a.y", "a.z", "a", "b[0]", "b", ""]


def test_a_visit_may_pass_over_children():
    before, enter = record(pg.TraverseAction.CONTINUE, on=[2, 3])
    after, leave = record()
    assert pg.traverse(Pair([2, 3], 4), enter, leave)
    assert before == ["", "n", "m"]
    assert after == ["n", "m", ""]


def test_no_action_enters():
    before, enter = record(None)
    assert pg.traverse(Pair([2], 4), enter)
    assert before == ["", "n", "n[0]", "m"]


def test_a_stop_leaves_the_ancestors():
    before, enter = record(pg.TraverseAction.STOP, on=2)
    after, leave = record()
    assert not pg.traverse(Pair([2, 3], 4), enter, leave)
    assert before == ["", "n", "n[0]"]
    assert after == ["n[0]", "n", ""]
    before, enter = record()
    after, leave = record(pg.TraverseAction.STOP, on=2, otherwise=None)
    assert not pg.traverse(Pair([2, 3], 4), enter, leave)
    assert before == ["", "n", "n[0]"]
    assert after == ["n[0]", "n", ""]


def test_where_a_traversal_starts():
    seen = []

    def visit(path, value, parent):
        seen.append((str(path), type(parent).__name__))

    pg.traverse(Pair([1]), visit, root_path=pg.KeyPath("z"), parent="p")
    assert seen == [("z", "str"), ("z.n", "Pair"), ("z.n[0]", "List"), ("z.m", "Pair")]


def test_tuples_and_references_are_leaves():
    before, enter = record()
    pg.traverse(Pair((1, 2), pg.Ref(Leaf(1))), enter)
    assert before == ["", "n", "m"]
    assert list(children((1, 2))) == []
    assert [type(v).__name__ for v in walk(pg.List([Pair()]))] == [
        "List",
        "Pair",
        "NoneType",
        "NoneType",
    ]


def test_contains():
    tree = make_tree()
    assert pg.contains(tree, 4)
    assert pg.contains(tree, Leaf(4))
    assert pg.contains(tree, type=Leaf)
    assert pg.contains(tree, type=(set, Leaf))
    assert not pg.contains(tree, type=set)
    assert not pg.contains(tree, 17)
    assert pg.contains([1, [2, {"a": 3}]], 3)
    assert pg.contains(1, 1)
    assert not pg.contains((1,), 1)
    assert pg.contains(Pair(Placeholder()), type=Placeholder)
    assert not pg.contains(Pair(pg.Ref(Leaf(7))), 7)


def test_query_of_trees_that_have_paths_in_common():
    for i in range(3):
        assert pg.query(Pair(Leaf(i), [i]), r".*x") == {"n.x": i}
        assert pg.query(Pair([i], Leaf(i)), r".*x") == {"m.x": i}
        assert pg.query(Pair({"x": Leaf(i)}), r".*x") == {"n.x": Leaf(i)}
        assert pg.query(pg.Dict({1: i}), r"\[1\]") == {"[1]": i}
        assert pg.query(pg.Dict({True: i}), r"\[True\]") == {"[True]": i}
        assert pg.query([0, i], re.compile(r"\[1\]")) == {"[1]": i}
        assert pg.query({"a.b": {"c": i}}, r".*c") == {"[a.b].c": i}


def test_query_of_more_paths_than_are_remembered():
    tree = [[Leaf(i), {f"k{i}": i}] for i in range(3_000)]
    for _ in range(2):
        assert len(pg.query(tree, r".*\.x")) == 3_000
        assert pg.query(tree, r".*k2999$") == {"[2999][1].k2999": 2999}
