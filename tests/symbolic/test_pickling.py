"""Trees that go through `pickle`."""

import pickle
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, check_tree

HEARD = []
TABLE = pg.typing.Dict({"x": int})


def hear(updates):
    HEARD.append(sorted(map(str, updates)))


def pickled(value):
    return pickle.loads(pickle.dumps(value))


def states(node):
    """What a tree is like besides its content."""
    return [
        (n.sym_sealed, n.allow_partial, n.accessor_writable, n.sym_path)
        for n in (node, *node.sym_descendants(lambda v: isinstance(v, pg.Symbolic)))
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda: pg.Dict(x=1),
        lambda: pg.Dict(x=1).seal(),
        lambda: pg.List([1]).seal(),
        lambda: pg.Dict(x=pg.Dict(y=1).seal(), z=[1]),
        lambda: Pair(pg.Dict(y=1), pg.List([1]).seal()),
        lambda: Pair(pg.Dict(y=[pg.Dict()])).seal(),
        lambda: pg.Dict(a=Leaf(1).seal()),
        lambda: pg.Dict(x=[1]).set_accessor_writable(False),
        lambda: pg.List([[1], Leaf(1)], accessor_writable=False),
        lambda: pg.Dict.partial(x=1),
        lambda: pg.Dict.partial(value_spec=TABLE),
        lambda: Pair.partial(n=pg.Dict.partial()),
        lambda: Leaf.partial(),
    ],
)
def test_a_tree_stays_as_it_is(make):
    value = make()
    duplicate = pickled(value)
    assert pg.eq(duplicate, value) and states(duplicate) == states(value)
    check_tree(duplicate)


def test_a_part_stays_as_it_is():
    for value in (Pair(pg.Dict(y=1)).seal().n, Pair(pg.List([[1]])).seal().n):
        assert pickled(value).is_sealed and pickled(value).sym_parent is None


def test_callbacks_are_kept():
    for make in (pg.Dict(x=1, onchange_callback=hear), pg.List([1])):
        node = make
        if isinstance(node, list):
            node = pg.List([1], onchange_callback=hear)
        HEARD.clear()
        pickled(node).rebind({next(node.sym_keys()): 2})
        assert len(HEARD) == 1
        HEARD.clear()
        pickled(Pair(node)).n.rebind({next(node.sym_keys()): 2})
        assert len(HEARD) == 1
    with pytest.raises((AttributeError, pickle.PicklingError)):
        pickle.dumps(pg.Dict(onchange_callback=lambda u: None))


def test_parts_of_typed_containers_stay_whole():
    spec = pg.typing.Dict([("rows", pg.typing.List(pg.typing.Dict([("x", int)])))])
    whole = pg.Dict({"rows": [{"x": 1}]}, value_spec=spec)
    lacking = pg.Dict.partial({"rows": [{}]}, value_spec=spec)
    for tree, partial in (whole, False), (lacking, True):
        copy = pickle.loads(pickle.dumps(tree))
        assert copy == tree
        for node in copy, copy.rows, copy.rows[0]:
            assert node.allow_partial is partial
    with pytest.raises(ValueError):
        pickle.loads(pickle.dumps(whole)).rows[0].rebind(x=pg.MISSING_VALUE)


def test_what_occurs_twice_is_one_thing():
    tree = Pair(Leaf(1), [Leaf(2)])
    other, leaf = pickled((tree, tree.m[0]))
    assert other.m[0] is leaf and leaf.sym_parent is other.m


def chain(depth):
    """A deep tree of objects, lists and dicts."""
    value: Any = Leaf(0)
    for i in range(depth):
        make = (Pair, lambda *v: pg.List(v[::-1]), lambda v, _: pg.Dict(k=v))[i % 3]
        value = make(value, i)
    return value


@pytest.mark.parametrize("depth", [20, 47, 50, 73, 200, 10_000])
def test_any_depth(depth):
    tree = chain(depth)
    tree.seal()
    other = pickled(tree)
    assert pg.eq(other, tree) and other.is_sealed
    levels = 0
    while not isinstance(other, Leaf):
        part = other.n if isinstance(other, Pair) else [*other.sym_values()][-1]
        assert part.sym_parent is other
        other, levels = part, levels + 1
    assert levels == depth


def test_a_part_of_a_deep_tree():
    part = chain(10_000)
    for _ in range(8):
        part = part.n if isinstance(part, Pair) else [*part.sym_values()][-1]
        assert pg.eq(pickled(part), part)


def test_references_within_a_deep_tree():
    root = Pair(chain(100))
    deepest = root.sym_descendants(lambda v: isinstance(v, Leaf))[0]
    root.rebind(m=[pg.Ref(deepest), pg.Ref(root)])
    other = pickled(root)
    assert other.m[0] is other.sym_descendants(lambda v: isinstance(v, Leaf))[0]
    assert other.m[1] is other


def test_references_that_lead_back():
    node = pg.Dict(x=1)
    node.me = pg.Ref(node)
    other = pickled(node)
    assert other.me is other and other.x == 1
    items = pg.List([1])
    items.append(pg.Ref(items))
    assert pickled(items)[1] is not items and pickled(items)[1][0] == 1
    one, two = Pair(), Pair()
    one.rebind(n=pg.Ref(two))
    two.rebind(n=pg.Ref(one))
    assert pickled(one).n.n.n is not one
    again = pickled(one)
    assert again.n.n is again
