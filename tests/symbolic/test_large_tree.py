"""Trees that are large or deep, and objects that are small."""

import gc
import tracemalloc

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair

DEPTH = 10_000


def chain():
    """A chain of objects, each below the one before."""
    node = Leaf(0)
    for _ in range(DEPTH):
        node = Pair(node, "end")
    return node


def forest():
    """A tree of 100,000 nodes: lists of objects, and objects with lists."""
    return pg.List([Pair([Leaf(i) for i in range(8)]) for _ in range(10_000)])


def leaf_of(node):
    while isinstance(node, Pair):
        node = node.n
    return node


def loaded(tree):
    return pg.from_json_str(tree.to_json_str())


COPIES = [
    lambda tree: tree.clone(),
    lambda tree: tree.clone(deep=True),
    loaded,
]


@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_a_chain(copy):
    tree = chain()
    new = copy(tree)
    assert new is not tree and pg.eq(new, tree) and not pg.lt(new, tree)
    assert hash(new) == hash(tree)
    leaf_of(new).rebind(x=1)
    assert pg.ne(new, tree) and pg.lt(tree, new)
    assert leaf_of(new).sym_path.depth == DEPTH


def test_walks_along_a_chain():
    tree = chain()
    assert len(pg.query(tree, where=lambda v: v == "end")) == DEPTH
    assert pg.contains(tree, type=Leaf)
    assert len(tree.sym_descendants(lambda v: isinstance(v, Pair))) == DEPTH - 1
    tree.rebind(lambda path, value, parent: "new" if value == "end" else value)
    assert not pg.contains(tree, "end")
    assert not tree.sym_partial and tree.sym_missing() == {}


@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_a_large_tree(copy):
    tree = forest()
    new = copy(tree)
    assert pg.eq(new, tree) and hash(new) == hash(tree)
    new[-1].n[-1].rebind(x=9)
    assert pg.ne(new, tree)
    assert len(pg.query(new, r".*\.x", where=lambda v: v == 9)) == 1


def test_an_object_of_three_fields_keeps_less_than_200_bytes():
    Leaf(1, 2.0, "a")
    kept = [None] * 1_000
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for i in range(len(kept)):
            kept[i] = Leaf(1, 2.0, "a")
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / len(kept) < 200
