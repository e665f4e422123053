"""Trees that are 10,000 levels deep: what works for others works for them."""

import copy
import gc
import pickle
import weakref
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair

DEPTH = 10_000
LINKS = {
    "object": lambda child: Pair(child),
    "list": lambda child: pg.List([child]),
    "dict": lambda child: pg.Dict(a=child),
    "mixed": lambda child: Pair({"a": [child, 1]}, Leaf(1)),
}
# The parts of a link, one below the other.
KEYS = {"object": ["n"], "list": [0], "dict": ["a"], "mixed": ["n", "a", 0]}
pytestmark = pytest.mark.parametrize("name", LINKS)


def chain(name, end=1):
    for _ in range(DEPTH // len(KEYS[name])):
        end = LINKS[name](end)
    return end


def bottom(tree, name):
    """The last node of a chain, and the key of the end in it."""
    while True:
        for key in KEYS[name]:
            node, tree = tree, tree.sym_getattr(key)
        if not isinstance(tree, pg.Symbolic):
            return node, key


def check_copy(new, tree, name):
    assert new is not tree
    assert pg.eq(new, tree)
    node, key = bottom(new, name)
    node.rebind({key: 2})
    assert pg.ne(new, tree)
    # Each part knows its place.
    assert node.sym_root is new
    assert node.sym_path.depth == DEPTH // len(KEYS[name]) * len(KEYS[name]) - 1


@pytest.mark.parametrize(
    "duplicate",
    [
        lambda tree: tree.clone(),
        lambda tree: tree.clone(deep=True),
        copy.deepcopy,
        lambda tree: pickle.loads(pickle.dumps(tree)),
        lambda tree: pg.from_json_str(pg.to_json_str(tree)),
        lambda tree: pg.from_json(pg.to_json(tree, hide_default_values=True)),
        lambda tree: pg.from_json(pg.to_json(tree), allow_partial=True),
    ],
)
def test_copies(name, duplicate):
    tree = chain(name)
    check_copy(duplicate(tree), tree, name)


def test_copies_of_references(name):
    tree = chain(name)
    holder = pg.Dict(x=pg.Ref(tree), y=[pg.Ref(tree)])
    for new in (holder.clone(deep=True), copy.deepcopy(holder)):
        assert new.x is tree and new.y[0] is tree
    for new in (
        pg.from_json(pg.to_json(holder)),
        pg.from_json_str(pg.to_json_str(holder)),
        pickle.loads(pickle.dumps(holder)),
    ):
        assert new.x is new.y[0] and pg.eq(new.x, tree) and new.x is not tree


def test_references_at_the_bottom(name):
    leaf = Leaf(1)
    tree = chain(name, pg.Ref(leaf))
    new = tree.clone()
    node, key = new, None
    while isinstance(node, pg.Symbolic) and node is not leaf:
        for key in KEYS[name]:
            node = node[key] if isinstance(node, (list, dict)) else getattr(node, key)
    assert node is leaf
    assert pg.eq(new, tree) and hash(new) == hash(tree)
    assert pg.contains(tree, type=pg.Ref)


def test_comparison(name):
    tree, same, other = chain(name), chain(name), chain(name, 2)
    assert pg.eq(tree, same) and tree == same and tree == same
    assert pg.ne(tree, other) and tree != other and tree != other
    assert pg.lt(tree, other) and pg.gt(other, tree) and not pg.lt(tree, same)
    assert pg.hash(tree) == pg.hash(same) == hash(tree)
    assert pg.hash(tree) != pg.hash(other)


def test_differences(name):
    tree, other = chain(name), chain(name, 2)
    assert not pg.diff(tree, chain(name))
    difference = pg.diff(tree, other)
    assert difference and difference.clone()
    assert repr(difference).count("Diff(left=1, right=2)") == 1
    assert str(difference).count("left = 1") == 1
    (flat,) = pg.diff({"x": tree}, {"x": other}, flatten=True).values()
    assert flat


def test_texts(name):
    tree = chain(name)
    links = DEPTH // len(KEYS[name])
    for text in (
        repr(tree),
        str(tree),
        tree.format(compact=True),
        tree.format(compact=True, hide_default_values=True),
        pg.format(tree, compact=True, python_format=True),
        pg.format({"x": [tree]}, verbose=True),
        repr(pg.Dict(x=pg.Ref(tree))),
    ):
        assert "..." not in text
        assert text.count("1") >= links if name == "mixed" else "1" in text
        assert (
            text.count("[" if name == "list" else "(" if name == "object" else "{")
            >= links
        )


def test_walks(name):
    tree = chain(name, "end")
    (path,) = pg.query(tree, where=lambda v: v == "end")
    assert pg.KeyPath.parse(path).depth >= DEPTH - 3
    assert len(pg.query(tree, r".*", where=lambda v: v == "end")) == 1
    assert pg.contains(tree, "end") and not pg.contains(tree, "other")
    count = 0

    def visit(path, value, parent):
        nonlocal count
        count += 1
        return pg.TraverseAction.ENTER

    pg.traverse(tree, visit)
    assert count > DEPTH
    assert len(tree.sym_descendants(lambda v: v == "end")) == 1
    tree.rebind(lambda path, value, parent: "new" if value == "end" else value)
    assert pg.contains(tree, "new") and not pg.contains(tree, "end")


def test_changes_at_the_bottom(name):
    tree = chain(name)
    node, key = bottom(tree, name)
    path = node.sym_path + key
    tree.rebind({path: 2})
    assert node.sym_getattr(key) == 2
    assert str(path).endswith(str(key) if isinstance(key, str) else f"[{key}]")


def test_completeness(name):
    tree = chain(name)
    assert not tree.is_partial and not tree.is_abstract and tree.is_deterministic
    assert tree.sym_missing() == {} and tree.missing_values() == {}
    partial = chain(name, Leaf.partial())
    assert partial.is_partial and pg.is_partial(partial)
    (path,) = partial.missing_values()
    assert str(path).endswith("x")
    assert len(chain(name, Leaf(1)).non_default_values()) >= 1


def test_seals(name):
    tree = chain(name).seal()
    node, _ = bottom(tree, name)
    assert node.is_sealed
    node, _ = bottom(tree.seal(False), name)
    assert not node.is_sealed


def test_they_are_freed(name):
    class Mark:
        pass

    mark = Mark()
    gone = weakref.ref(mark)
    tree = chain(name, Pair(mark))
    del mark, tree
    gc.collect()
    assert gone() is None


def test_plain_lists_and_dicts(name):
    if name not in ("list", "dict"):
        pytest.skip("there is no plain form of it")
    value: Any = 1
    for _ in range(DEPTH):
        value = [value] if name == "list" else {"a": value}
    tree = chain(name)
    assert pg.eq(pg.List([value])[0] if name == "list" else pg.Dict(value), tree)
    assert pg.eq(pg.clone(value), value)
    assert pg.eq(pg.to_json(value), value)
    assert "..." not in pg.format(value, compact=True)
    assert len(pg.utils.flatten(value)) == 1
    assert pg.utils.traverse(value, lambda path, v: True)
