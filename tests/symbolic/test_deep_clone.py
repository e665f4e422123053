"""Trees too deep for recursion."""

import copy
import inspect
import sys
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair

DEPTH = 5_000
LINKS = {
    "object": lambda child: Pair(child),
    "list": lambda child: pg.List([child]),
    "dict": lambda child: pg.Dict(a=child),
    "mixed": lambda child: Pair({"a": [child, 1]}, Leaf(1)),
    "set": lambda child: Pair(child, {1}),
    "reference": lambda child: Pair(child, pg.Ref(Leaf(1))),
}


def chain(link, depth=DEPTH, end=1):
    for _ in range(depth):
        end = link(end)
    return end


def symbolic_parts(tree):
    return tree.sym_descendants(lambda v: isinstance(v, pg.Symbolic))


def check_links(tree):
    """Asserts that parents and keys hold, without the paths of `check_tree`."""
    pending = [tree]
    while pending:
        node = pending.pop()
        for key, child in node.sym_items():
            if isinstance(child, pg.Symbolic):
                assert child.sym_parent is node
                assert child._sym_key == key
                if not isinstance(child, pg.Ref):
                    pending.append(child)


@pytest.mark.parametrize("name", LINKS)
def test_copies(name):
    tree = chain(LINKS[name])
    for new in (tree.clone(), copy.deepcopy(tree)):
        assert pg.eq(new, tree)
        assert new is not tree
        check_links(new)
        ids = {id(v) for v in symbolic_parts(tree)}
        assert not any(
            id(v) in ids for v in symbolic_parts(new) if not isinstance(v, pg.Ref)
        )


class End(Pair):
    """What a chain ends in."""


@pytest.mark.parametrize("name", ["object", "list", "dict", "mixed"])
def test_what_is_not_symbolic_is_copied_if_the_copy_is_deep(name):
    payload = {1, 2}
    tree = chain(LINKS[name], end=End(payload, [payload]))
    for new, is_shared in (
        (tree.clone(), True),
        (tree.clone(deep=True), False),
        (copy.copy(tree), True),
        (copy.deepcopy(tree), False),
    ):
        (end,) = new.sym_descendants(lambda v: isinstance(v, End))
        assert end.n == payload
        assert (end.n is payload) is is_shared
        # One value in two places is one value in the copy, too.
        assert end.m[0] is end.n


def test_copies_of_sealed_trees():
    new = chain(LINKS["mixed"]).seal().clone()
    assert all(v.is_sealed for v in symbolic_parts(new))


@pytest.mark.parametrize("name", ["object", "list", "dict", "mixed"])
def test_comparison(name):
    tree, same = chain(LINKS[name]), chain(LINKS[name])
    assert pg.eq(tree, same) and tree == same
    assert hash(tree) == hash(same) == pg.hash(tree)
    assert not pg.lt(tree, same)
    other = chain(LINKS[name], end=2)
    assert pg.ne(tree, other) and tree != other
    assert pg.lt(tree, other)


@pytest.mark.parametrize("name", ["object", "list", "dict", "mixed"])
def test_conversion(name):
    tree = chain(LINKS[name])
    loaded = pg.from_json_str(pg.to_json_str(tree))
    assert loaded == tree
    check_links(loaded)


def test_hashes_are_the_same_where_the_stack_ends():
    def near_the_end(do):
        """What a function returns that may not call much deeper than this."""
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(len(inspect.stack(0)) + 60)
        try:
            return do()
        finally:
            sys.setrecursionlimit(limit)

    for name in ("object", "list", "dict", "mixed"):
        tree, same = chain(LINKS[name], depth=100), chain(LINKS[name], depth=100)
        assert hash(tree) == near_the_end(lambda: hash(same))  # noqa: B023


def test_walks():
    tree = chain(LINKS["object"])
    assert len(pg.query(tree, where=lambda v: v == 1)) == 1
    assert pg.contains(tree, 1)
    assert not tree.is_partial
    tree.seal()
    assert tree.sym_descendants(lambda v: isinstance(v, Pair))[-1].is_sealed


def test_plain_containers():
    items, table = 1, 1
    for _ in range(DEPTH):
        items, table = [items], {"a": table}
    check_links(pg.List(items))
    check_links(pg.Dict(table))
    check_links(Pair([items], table))


@pytest.mark.parametrize("make", [pg.List, lambda v: pg.Dict(a=v), lambda v: Pair([v])])
def test_plain_containers_that_contain_themselves(make):
    items = [1]
    items.append({"a": items})
    with pytest.raises(ValueError, match="does not contain itself"):
        make(items)


def test_hooks_run_children_first():
    class Size(pg.Object):
        below: Any = None

        def _on_bound(self):
            self.size = 1 + getattr(self.below, "size", 0)

    tree = chain(lambda child: Size(child))
    assert tree.clone().size == DEPTH


def test_functors_at_any_depth():
    @pg.functor()
    def function(x, y=1):
        return x

    value = None
    for _ in range(5_000):
        value = function(value)
    for duplicate in (copy.deepcopy(value), value.clone()):
        assert pg.eq(duplicate, value)
        assert duplicate.x.specified_args == {"x"}


def test_classes_that_copy_themselves_have_a_limit():
    class Own(pg.Object):
        x: Any = None

        def _sym_clone(self, deep, memo=None):
            return super()._sym_clone(deep, memo)

    def chain(depth):
        value = None
        for _ in range(depth):
            value = Own(value)
        return value

    assert pg.eq(copy.deepcopy(chain(50)), chain(50))
    with pytest.raises(RecursionError):
        copy.deepcopy(chain(5_000))
    assert pg.eq(copy.deepcopy(chain(50)), chain(50))
