"""The protocol that objects, lists and dicts share."""

from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree, check_tree, make_tree


def test_access():
    tree = make_tree()
    assert tree.sym_get("right.q[0].x") == 4
    assert tree.sym_get("nope", 5) == 5
    assert tree.sym_has("left.x") and not tree.sym_has("left.w")
    with pytest.raises(KeyError, match="'w'"):
        tree.sym_get("left.w")
    assert tree.sym_getattr("name") == "t"
    assert tree.sym_getattr("nope", None) is None
    with pytest.raises(AttributeError, match="a child of Tree, got 'nope'"):
        tree.sym_getattr("nope")
    with pytest.raises(AttributeError, match=r"\(path=left\)"):
        tree.left.sym_getattr("nope")
    assert tree.sym_hasattr("name") and not tree.sym_hasattr("nope")
    assert pg.List([1]).sym_hasattr(-1) and not pg.List([1]).sym_hasattr(1)
    assert pg.List([1]).sym_getattr(5, None) is None


def test_inference():
    leaf = Leaf(1)
    pair = Pair(pg.Ref(leaf))
    assert pair.sym_inferred("n") is leaf
    assert pair.sym_inferrable("n") and not pair.sym_inferrable("nope")
    assert pair.sym_inferred("nope", 1) == 1
    with pytest.raises(AttributeError):
        pair.sym_inferred("nope")
    assert pair.sym_get("n", use_inferred=True) is leaf
    assert isinstance(pair.sym_get("n"), pg.Ref)


def test_iteration():
    for value, keys in [(Leaf(1), ["x", "y", "z"]), (pg.List([1]), [0])]:
        assert list(value.sym_keys()) == keys
        assert [k for k, _ in value.sym_items()] == keys
        assert list(value.sym_values()) == [v for _, v in value.sym_items()]
    assert list(pg.Dict(a=1).sym_keys()) == ["a"]


def test_sealing_goes_all_the_way():
    tree = make_tree().seal()
    for node in (tree, tree.leaves, tree.leaves[0], tree.right.q[0]):
        assert node.is_sealed and node.sym_sealed
    with pytest.raises(pg.WritePermissionError):
        tree.right.q.append(1)
    tree.right.q[0].seal(False)
    tree.right.q[0].rebind(x=7)
    with pytest.raises(pg.WritePermissionError):
        tree.rebind({"right.q[0].x": 8})
    tree.seal(False).rebind({"right.q[0].x": 9})
    assert tree.right.q[0].x == 9
    tree.left.seal()
    with pytest.raises(pg.WritePermissionError, match="sealed Leaf"):
        tree.rebind({"name": "u", "left.x": 8})
    assert (tree.name, tree.left.x) == ("t", 3)


def test_accessors():
    tree = make_tree()
    assert not tree.accessor_writable
    tree.set_accessor_writable()
    tree.name = "u"
    assert tree.name == "u"
    with pytest.raises(pg.WritePermissionError, match="allow_symbolic_assignment"):
        tree.left.x = 6
    tree.left.set_accessor_writable().x = 5
    tree.set_accessor_writable(False)
    assert tree.left.accessor_writable and tree.left.x == 5
    with pytest.raises(pg.WritePermissionError, match="allow_symbolic_assignment"):
        tree.name = "v"


def test_accessors_of_containers_are_a_matter_of_one_node():
    for make in (lambda **k: pg.Dict(a=Leaf(1), b=[1], **k), None):
        make = make or (lambda **k: pg.List([Leaf(1), [1]], **k))
        node = make(accessor_writable=False)
        leaf, items = node.sym_values()
        assert [n.accessor_writable for n in (node, leaf, items)] == [0, 0, 1]
        with pytest.raises(pg.WritePermissionError, match="accessor_writable"):
            node[next(node.sym_keys())] = 3
        items[0] = 3
        node.set_accessor_writable(True)
        assert [n.accessor_writable for n in (node, leaf, items)] == [1, 0, 1]
        items.set_accessor_writable(False)
        node.set_accessor_writable(False).set_accessor_writable(True)
        assert not items.accessor_writable


def test_what_can_be_inferred():
    class Needy(pg.Object):
        x: int
        y: Any = None

    needy = Needy.partial()
    assert [needy.sym_inferrable(k) for k in "xyz"] == [False, True, False]
    spec = pg.typing.Dict({"x": int})
    assert not pg.Dict.partial(value_spec=spec).sym_inferrable("x")


def test_state():
    tree = Tree("t")
    assert not tree.allow_partial and Tree.partial().allow_partial
    assert not tree.is_abstract and not tree.is_pure_symbolic
    assert tree.is_deterministic
    assert tree.sym_contains(value="t") and tree.sym_contains(type=pg.List)


def test_sym_rebind():
    tree = make_tree()
    assert tree.sym_rebind({"left.x": 4}, name="u") is tree
    assert (tree.left.x, tree.name) == (4, "u")
    check_tree(tree)


def test_sym_seal_is_about_one_node():
    class Box(pg.Object):
        item: Any = None

    tree = Box([Box({})])
    tree.sym_seal()
    assert tree.sym_sealed
    assert not tree.item.sym_sealed and not tree.item[0].sym_sealed
    tree.item.append(1)
    tree.item.seal()
    tree.sym_seal(False)
    assert not tree.sym_sealed and tree.item[0].item.sym_sealed
    with pytest.raises(pg.WritePermissionError):
        tree.rebind({"item[0].item": 1})


def test_seal_leaves_alone_what_is_sealed_already():
    class Fixed(pg.Object):
        allow_symbolic_mutation = False
        x: int = 1

    assert pg.Dict(x=Fixed()).seal(False).x.sym_sealed
    assert not pg.Dict(x=Fixed()).seal().seal(False).x.sym_sealed
    assert pg.List([[1]], sealed=True)[0].sym_sealed
    assert pg.Dict(x=[1]).seal().clone().x.sym_sealed
