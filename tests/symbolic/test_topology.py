"""Where nodes stand."""

import pyglove as pg
from pyglove.symbolic import DescendantQueryOption
from tests.symbolic.helper import Leaf, Log, Pair, Tree, make_tree, notes


def test_parent_path_and_root():
    tree = make_tree()
    leaf = tree.right.q[0]
    assert leaf.sym_parent is tree.right.q
    assert leaf.sym_path == "right.q[0]"
    assert leaf.sym_root is tree
    assert tree.sym_parent is None
    assert tree.sym_path == ""
    assert tree.sym_root is tree


def test_ancestors():
    tree = make_tree()
    leaf = tree.right.q[0]
    assert leaf.sym_ancestor() is tree.right.q
    assert leaf.sym_ancestor(lambda v: isinstance(v, Tree)) is tree
    assert leaf.sym_ancestor(lambda v: False) is None
    assert tree.sym_ancestor() is None


def test_descendants():
    tree = make_tree()
    leaves = tree.sym_descendants(lambda v: isinstance(v, Leaf))
    assert leaves == [Leaf(1), Leaf(2), Leaf(3), Leaf(4)]
    pair = Pair([Leaf(1)])
    assert pair.sym_descendants() == [[Leaf(1)], Leaf(1), 1, 1.0, "a", None]
    assert pair.sym_descendants(include_self=True)[0] is pair


def test_which_descendants():
    inner = Pair(1)
    middle = Pair(inner, 2)
    outer = Pair(middle)

    def found(option, include_self):
        return outer.sym_descendants(
            lambda v: isinstance(v, Pair), option, include_self
        )

    option = DescendantQueryOption
    assert found(option.ALL, True) == [outer, middle, inner]
    assert found(option.ALL, False) == [middle, inner]
    assert found(option.IMMEDIATE, True) == [outer]
    assert found(option.IMMEDIATE, False) == [middle]
    assert found(option.LEAF, True) == [inner]
    assert found(option.LEAF, False) == [inner]


def test_a_node_may_be_told_its_place():
    leaf = Leaf(1)
    leaf.sym_setpath("a[3]")
    assert leaf.sym_path == "a[3]"
    pair = Pair(Leaf(1))
    pair.n.sym_setpath("x.m")
    assert pair.n.sym_path == "m"
    child = pair.n
    child.sym_setparent(None)
    assert child.sym_parent is None
    child.sym_setparent(pair)
    child.sym_setpath("n")
    assert child.sym_path == "n"


def test_fields():
    tree = make_tree()
    assert tree.left.sym_field.key == "left"
    assert tree.leaves[0].sym_field.value == pg.typing.Object(Leaf)
    assert tree.sym_field is None
    assert tree.right.q.sym_field is None


def test_being_told_is_an_event():
    log = Log(Log(1))
    notes()
    log.sym_setpath("x.y")
    assert notes() == [("path", "a", "x.y.a"), ("path", "", "x.y")]
    child = log.a
    child.sym_setparent(None)
    assert notes() == [("parent", "Log", "NoneType")]
    child.sym_setparent(log)
    assert notes() == [("parent", "NoneType", "Log")]
    assert child.sym_path == "x.y.a" and child.sym_parent is log
    child.sym_setpath("z")
    assert child.sym_path == "z" and log.sym_path == "x.y"
    child.sym_setparent(log)
    assert notes() == [("path", "x.y.a", "z")]


def test_paths_of_all_lengths():
    for root_path in (None, "a[0]"):
        root = node = pg.Dict(root_path=root_path) if root_path else pg.Dict()
        above = pg.KeyPath.parse(root_path or "")
        for depth in range(6):
            assert node.sym_path == above + ["x"] * depth
            node.x = pg.Dict()
            node = node.x
        root.x.x.sym_setparent(pg.Dict())
        assert root.x.x.sym_path == above + ["x", "x"]
