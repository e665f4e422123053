"""Nodes know their parent and key, whatever happens to a tree."""

import pytest
from hypothesis import given

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, check_tree, picture
from tests.symbolic.strategy import TREES


@given(TREES)
def test_a_new_tree_is_consistent(tree):
    check_tree(tree)


def test_a_node_is_placed_where_it_is_put():
    leaf = Leaf(1)
    pair = Pair(leaf)
    assert pair.n is leaf
    assert leaf.sym_parent is pair
    assert leaf.sym_path == "n"


def test_a_node_with_a_place_is_copied():
    leaf = Leaf(1)
    first, second = Pair(leaf), Pair(leaf)
    assert first.n is leaf
    assert second.n is not leaf
    assert second.n == leaf
    assert leaf.sym_parent is first


def test_paths_follow_a_tree_that_moves():
    leaf = Leaf(1)
    inner = pg.List([0, leaf])
    assert leaf.sym_path == "[1]"
    outer = Pair(m=inner)
    assert leaf.sym_path == "m[1]"
    outer.rebind(m=None)
    assert leaf.sym_path == "[1]"
    assert inner.sym_parent is None


def test_a_removed_node_is_free():
    tree = Pair([Leaf(1), Leaf(2)])
    leaf = tree.n[0]
    tree.rebind({"n[0]": pg.MISSING_VALUE})
    assert leaf.sym_parent is None
    assert leaf.sym_path == ""
    assert tree.n[0].sym_path == "n[0]"
    other = Pair(leaf)
    assert other.n is leaf


def test_a_root_may_stand_below_a_path():
    tree = Pair(Leaf(1), root_path=pg.KeyPath.parse("a.b"))
    assert tree.sym_path == "a.b"
    assert tree.n.sym_path == "a.b.n"
    assert pg.Dict(x=Leaf(1), root_path=pg.KeyPath("z")).x.sym_path == "z.x"


@pytest.mark.parametrize(
    "put",
    [
        lambda a: a.rebind(n=a),
        lambda a: a.rebind({"m.n": a}),
        lambda a: a.rebind(n=[1, a]),
        lambda a: a.m.rebind(n={"x": a}),
        lambda a: a.rebind(n=pg.List([Pair(a)])),
    ],
)
def test_a_tree_cannot_contain_itself(put):
    tree = Pair(m=Pair())
    before = picture(tree)
    with pytest.raises(ValueError, match="contain"):
        put(tree)
    # Only what was newly made, if anything, has taken the tree in.
    if tree.sym_parent is None:
        assert picture(tree) == before
        check_tree(tree)


def test_containers_cannot_contain_themselves():
    items = pg.List([1])
    with pytest.raises(ValueError, match=r"contain its own place.*path=\[1\]"):
        items.append(items)
    table = pg.Dict(a=1)
    with pytest.raises(ValueError, match="path=b"):
        table.b = table
    with pytest.raises(ValueError, match="path=b"):
        table["b"] = [table]
    assert items == [1]
    assert table == {"a": 1}
    assert items.sym_parent is None and table.sym_parent is None


class Children(pg.Object):
    children: list["Children"] = []


def test_a_typed_list_cannot_contain_its_root():
    tree = Children()
    with pytest.raises(ValueError, match="contain its own place"):
        tree.rebind(children=[tree])
    assert tree.sym_parent is None
    assert tree.children == []


def test_a_tree_may_refer_to_itself():
    tree = Pair(1)
    tree.rebind(m=pg.Ref(tree))
    assert tree.m is tree
    assert tree.clone().m is tree


class Child(pg.Object):
    """Notes what it sees when it is moved."""

    name: str = ""
    seen: pg.typing.Any() = None

    def _on_init(self):
        object.__setattr__(self, "events", [])
        super()._on_init()

    def _on_path_change(self, old_path, new_path):
        self.events.append(("path", new_path, self.sym_path, self.sym_parent))

    def _on_parent_change(self, old_parent, new_parent):
        where = new_parent if old_parent is None else old_parent
        complete = where.label if isinstance(where, Holder) else None
        self.events.append(("parent", new_parent, self.sym_path, complete))


class Holder(pg.Object):
    a: pg.typing.Any()
    b: pg.typing.Any() = None
    label: str = ""


def made(holder):
    return holder


def cloned(holder):
    return holder.clone()


def loaded(holder):
    return pg.from_json(holder.to_json())


def partial(holder):
    return Holder.partial(holder.a, holder.b, label=holder.label)


@pytest.mark.parametrize("make", [made, cloned, loaded, partial])
def test_children_hear_of_a_parent_that_is_complete(make):
    holder = make(Holder(Child("x"), Child("y"), label="done"))
    for key in ("a", "b"):
        child = holder.sym_getattr(key)
        assert child.events == [
            ("path", key, key, None),
            ("parent", holder, key, "done"),
        ]


def test_a_child_hears_where_it_was():
    holder = Holder(Child("x"), label="done")
    child = holder.a
    child.events.clear()
    holder.rebind(a=1)
    assert child.events == [("parent", None, "a", "done"), ("path", "", "", None)]


@pytest.mark.parametrize("make", [pg.List, lambda v: pg.Dict(a=v[0], b=v[1])])
def test_children_of_copied_containers_hear_of_it(make):
    copy = make([Child("x"), Child("y")]).clone()
    for key, child in copy.sym_items():
        path = pg.KeyPath(key)
        assert child.events == [
            ("path", path, path, None),
            ("parent", copy, path, None),
        ]


def test_a_root_path_is_forgotten():
    child = Leaf(1, root_path="x.y")
    holder = Holder(child)
    assert child.sym_path == "a"
    holder.rebind(a=None)
    assert child.sym_path == ""
