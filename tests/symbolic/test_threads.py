"""Threads: scopes and modifications of one thread are nothing to the others."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import pyglove as pg
from pyglove.symbolic.node.error import WritePermissionError
from tests.symbolic.helper import Leaf, Tree, check_tree

THREADS = 8


@pytest.fixture(autouse=True)
def _frequent_switches():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(work):
    """What `work(i)` returns in each of several threads that start at once."""
    barrier = Barrier(THREADS)

    def run(i):
        barrier.wait()
        return work(i)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


class Counted(pg.Object):
    """Counts its notifications."""

    x: int = 0
    y: list[int] = []

    def _on_bound(self):
        self.calls = getattr(self, "calls", 0) + 1


def steps(seed):
    """A random sequence of scopes and modifications, and what came of each."""
    rng = random.Random(seed)
    node, seen = Counted(), []
    for _ in range(150):
        value = rng.randrange(100)
        match rng.randrange(7):
            case 0:
                with pg.as_sealed(), pytest.raises(WritePermissionError):
                    node.rebind(x=value + 1000)
            case 1:
                with pg.notify_on_change(False):
                    node.rebind(x=value, raise_on_no_change=False)
            case 2:
                with pg.allow_writable_accessors():
                    node.x = value
            case 3:
                with pg.allow_partial():
                    seen.append(repr(Leaf()))
            case 4:
                with pytest.raises(TypeError):
                    Leaf()
            case 5:
                with pg.track_origin():
                    seen.append(Leaf(value).sym_origin.tag)
            case 6:
                node.rebind({f"y[{len(node.y)}]": value})
        seen.append((node.x, list(node.y), node.calls, Leaf(1).sym_origin))
    check_tree(node)
    return seen


def test_scopes_and_rebinds_of_many_threads():
    assert in_threads(steps) == [steps(i) for i in range(THREADS)]


def test_one_class_made_and_used_by_many_threads_at_once():
    for _ in range(20):

        class Node(pg.Object):
            x: int
            y: str = "a"

        def use(i, cls=Node):
            node = cls(i)
            other = cls(i).clone()
            return (
                repr(node),
                pg.eq(node, other),
                hash(node) == hash(other),
                pg.from_json(node.to_json()).x,
                node.rebind(x=i + 1).x,
            )

        expected = [(f"Node(x={i}, y='a')", True, True, i, i + 1) for i in range(8)]
        assert in_threads(use) == expected


def test_readers_of_a_tree_that_another_thread_modifies():
    tree = Tree("t", [Leaf(i) for i in range(20)], {"a": [1, 2]}, Leaf(0))

    def work(i):
        for n in range(60):
            if i == 0:
                tree.rebind({"left.x": n, f"leaves[{n % 20}].x": n, "table.a[0]": n})
            else:
                copy = tree.clone(deep=True)
                check_tree(copy)
                assert len(copy.leaves) == 20
                assert pg.from_json_str(tree.to_json_str()).name == "t"
                assert str(tree).startswith("Tree(")
        return True

    assert all(in_threads(work))
    check_tree(tree)
    assert tree.left.x == 59 and tree.table.a[0] == 59


def test_trees_that_share_a_value_by_reference():
    shared = Leaf(0)

    def work(i):
        trees = [Tree("t", right=pg.Ref(shared)) for _ in range(50)]
        return all(t.right is shared for t in trees) and shared.sym_parent is None

    assert all(in_threads(work))
