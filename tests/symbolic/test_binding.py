"""How values take their place."""

import threading
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree, check_tree


class Plain:
    """Not symbolic."""


class Defaults(pg.Object):
    a: Any = Plain()
    b: Any = [Leaf(1)]
    c: pg.typing.Dict([("p", pg.typing.Object(Leaf, default=Leaf(3)))])
    d: dict[str, Any] = {"k": Leaf(2)}
    e: Any = (Leaf(4),)
    f: Leaf = Leaf(5)
    g: list[int] = [1]
    h: Any = threading.Lock()
    i: pg.typing.List(pg.typing.Int(), default=[7]).freeze()


def test_defaults_are_not_shared():
    one, two = Defaults(), Defaults()
    for first, second in [
        (one.a, two.a),
        (one.b, two.b),
        (one.b[0], two.b[0]),
        (one.c.p, two.c.p),
        (one.d["k"], two.d["k"]),
        (one.e, two.e),
        (one.f, two.f),
        (one.g, two.g),
        (one.i, two.i),
    ]:
        assert first is not second
    assert one.h is two.h  # What cannot be copied.
    check_tree(one)
    check_tree(two)


def test_defaults_stay_as_they_were():
    one = Defaults()
    one.rebind({"f.x": 0, "g[0]": 0, "b[0].x": 0, "c.p.x": 0, "d.k.x": 0})
    two = Defaults()
    assert (two.f.x, two.g, two.b[0].x, two.c.p.x, two.d["k"].x) == (5, [1], 1, 3, 2)
    assert Defaults.__schema__["f"].default_value.sym_parent is None


def test_a_reset_gives_a_new_default():
    one = Defaults()
    first = one.f
    one.rebind(f=Leaf(9))
    one.rebind(f=pg.MISSING_VALUE)
    assert one.f == Leaf(5) and one.f is not first
    assert first.sym_parent is None


def test_lists_as_defaults_are_symbolic():
    assert "default=[0: 1]" in repr(Defaults.__schema__)
    assert isinstance(Defaults.__schema__["g"].default_value, pg.List)
    with pytest.raises(TypeError, match="Expected a value of type int"):

        class Bad(pg.Object):
            x: list[int] = ["a"]


class Choice(pg.Object):
    u: int | list[int] | dict[str, int] | Leaf | None = None


def test_unions_of_containers():
    assert isinstance(Choice([1]).u, pg.List)
    assert isinstance(Choice({"a": 1}).u, pg.Dict)
    for bad in (["a"], {"a": "b"}, "a", {None: 1}):
        with pytest.raises((TypeError, KeyError)):
            Choice(bad)
    choice = Choice([1])
    with pytest.raises(TypeError):
        choice.u.append("a")
    leaf = Leaf(1)
    with pytest.raises(TypeError):
        Choice([leaf, "a"])
    assert leaf.sym_parent is None


def test_failed_constructors_free_what_they_have_taken():
    leaf, other, inner = Leaf(1), Leaf(2), Leaf(3)
    for make in (
        lambda: Tree("t", [leaf], left=other, right=Plain, table=3),
        lambda: Tree(3, [leaf], left=other, right={"a": [inner]}),
        lambda: Tree("t", [leaf], {"a": {"b": [inner]}}, "bad"),
        lambda: Tree("t", [leaf, other, "bad"]),
        lambda: Tree("t", [leaf], {"a": other, None: inner}),
        lambda: Tree("t", [leaf], left=other, sealed=True, right={1.5: inner}),
        lambda: Tree("t", [leaf], left=other, nope=inner),
    ):
        with pytest.raises((TypeError, KeyError)):
            make()
        assert [n.sym_parent for n in (leaf, other, inner)] == [None] * 3
    tree = Tree("t", [leaf], left=other, right=inner)
    assert tree.leaves[0] is leaf and tree.left is other and tree.right is inner


def test_failed_constructors_leave_other_trees_alone():
    tree = Tree("t", [Leaf(1)], left=Leaf(2))
    with pytest.raises(TypeError):
        Tree("u", [tree.leaves[0], "bad"])
    with pytest.raises(TypeError):
        Tree(1, tree.leaves, left=tree.left)
    check_tree(tree)
    assert tree.left.sym_parent is tree


def test_transforms():
    class Doubled(pg.Object):
        x: pg.typing.Any(transform=lambda v: [v, v])
        y: pg.typing.List(int, transform=lambda v: [*v, 0])

    value = Doubled(1, [2])
    assert (value.x, value.y) == ([1, 1], [2, 0])
    assert isinstance(value.x, pg.List) and isinstance(value.y, pg.List)
    check_tree(value)
    value.rebind(x=3)
    assert value.x == [3, 3]


def test_transforms_to_what_stands_for_a_value():
    class Shared(pg.Object):
        leaf: pg.typing.Object(Leaf, transform=pg.Ref)

    leaf = Leaf(1)
    assert Shared(leaf).leaf is leaf
    with pytest.raises(TypeError, match=r"path=leaf"):
        Shared("x")


class Symbols(pg.Object):
    items: pg.List
    config: pg.Dict = pg.Dict()
    either: pg.List | int = 1
    sizes: pg.List[int] = pg.List([1])
    counts: pg.Dict[str, int] = pg.Dict(a=1)


def test_annotations_of_symbolic_containers():
    value = Symbols([1], {"a": [2]}, [3], [4], {"b": 5})
    assert value == Symbols(pg.List([1]), pg.Dict(a=[2]), [3], pg.List([4]), {"b": 5})
    for part in (value.items, value.either, value.sizes):
        assert type(part) is pg.List
    assert type(value.config) is type(value.counts) is pg.Dict
    check_tree(value)
    for key, wrong in [
        ("items", (1,)),
        ("items", {"a": 1}),
        ("config", [1]),
        ("either", {"a": 1}),
        ("sizes", ["a"]),
        ("counts", {"a": "b"}),
    ]:
        with pytest.raises(TypeError):
            value.rebind({key: wrong})
    with pytest.raises(TypeError):
        value.sizes.append("a")


def test_conversions():
    assert Leaf(1, 2).y == 2.0 and type(Leaf(1, 2).y) is float
    assert type(Leaf(1).rebind(y=3).y) is float
    assert type(Pair((1, [2])).n) is tuple


def test_nodes_may_come_bound_to_another_spec():
    ints = pg.List([1], value_spec=pg.typing.List(pg.typing.Int()))
    with pytest.raises(ValueError, match="bound to List"):
        Tree("t", ints)
    assert ints.value_spec == pg.typing.List(pg.typing.Int())
    untyped = pg.List([Leaf(1)])
    tree = Tree("t", untyped)
    assert tree.leaves is untyped
    with pytest.raises(TypeError):
        untyped.append(1)
