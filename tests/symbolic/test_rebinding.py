import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Log, Tree, check_tree, make_tree, notes


def test_keywords_paths_and_functions():
    tree = make_tree()
    tree.rebind(name="u")
    tree.rebind({"left.x": 7, "leaves[0].x": 8, pg.KeyPath.parse("right.q[0].x"): 9})
    assert (tree.name, tree.left.x, tree.leaves[0].x) == ("u", 7, 8)
    assert tree.right.q[0].x == 9
    tree.rebind(lambda path, value: value + 1 if isinstance(value, int) else value)
    assert (tree.left.x, tree.table["k"]) == (8, [2, 3])
    tree.rebind(lambda k, v, p: 0 if isinstance(p, Leaf) and k.key == "x" else v)
    assert tree.left.x == 0
    check_tree(tree)


def test_missing_value_resets_and_removes():
    tree = make_tree()
    tree.rebind(left=pg.MISSING_VALUE)
    assert tree.left is None
    assert pg.Dict(x=1, y=2).rebind(x=pg.MISSING_VALUE) == {"y": 2}
    assert pg.List([1, 2, 3]).rebind({0: pg.MISSING_VALUE, 1: 9}) == [9, 3]


def test_list_items():
    assert pg.List([1, 2]).rebind({0: 5}) == [5, 2]
    assert pg.List([1, 2]).rebind({7: 5}) == [1, 2, 5]
    assert pg.List([1, 2]).rebind({1: pg.Insertion(9)}) == [1, 9, 2]
    assert pg.List([1, 2]).rebind({-1: 5}) == [1, 5]


@pytest.mark.parametrize(
    ("update", "error"),
    [
        ({"left.x": "bad"}, TypeError),
        ({"left.w": 1}, KeyError),
        ({"leaves[9].x": 1}, KeyError),
        ({"name.x": 1}, KeyError),
        ({"": 1}, KeyError),
        ({"left.x": 7, "nope": 1}, KeyError),
        ({"leaves[0]": Leaf(9), "table.new": 1, "left.y": "bad"}, TypeError),
        ({"leaves[0]": pg.MISSING_VALUE, "left.y": "bad"}, TypeError),
        ({"leaves[1]": pg.Insertion(Leaf(9)), "left.y": "bad"}, TypeError),
        # What comes after an insertion is undone before it, or hits another place.
        (
            {"leaves[0]": pg.Insertion(Leaf(9)), "leaves[1]": Leaf(8), "name": 3},
            TypeError,
        ),
        (
            {
                "right.q[0]": pg.Insertion(1),
                "right.q[2]": pg.Insertion(2),
                "right.q[1]": pg.MISSING_VALUE,
                "right.q[3]": 4,
                "name": 3,
            },
            TypeError,
        ),
        ({"right.q": [Leaf(7)], "right.r": 1, "name": 3}, TypeError),
        ({}, ValueError),
        (3, ValueError),
        (lambda v: v, TypeError),
    ],
)
def test_bad_updates_change_nothing(update, error):
    tree = make_tree()
    before = tree.clone(deep=True)
    nodes = [id(v) for v in tree.sym_descendants() if isinstance(v, pg.Symbolic)]
    with pytest.raises(error):
        tree.rebind(update)
    assert tree == before
    assert str(tree) == str(before)
    check_tree(tree)
    assert nodes == [
        id(v) for v in tree.sym_descendants() if isinstance(v, pg.Symbolic)
    ]


def test_no_change_is_no_event():
    log = Log(1)
    notes()
    log.rebind(a=1)
    assert notes() == []
    log.rebind(lambda k, v: v, raise_on_no_change=False)
    assert notes() == []


def test_one_notification_each_children_first():
    tree = Log(a=Log(Log(1)), b=[Log(2)])
    notes()
    tree.rebind({"a.a.a": 3, "b[0].a": 5, "b[0].b": 2})
    changes = [n for n in notes() if n[0] == "change"]
    assert changes == [
        ("change", "b[0]", ["a", "b"]),
        ("change", "a.a", ["a"]),
        ("change", "a", ["a.a"]),
        ("change", "", ["a.a.a", "b[0].a", "b[0].b"]),
    ]


def test_who_is_notified():
    tree = Log(Log(Log(1)))
    notes()
    tree.a.a.rebind({"a": 2}, notify_parents=False)
    assert [n[1] for n in notes() if n[0] == "change"] == ["a.a"]
    tree.rebind({"a.a.a": 3}, skip_notification=True)
    assert notes() == []
    with pg.notify_on_change(False):
        tree.rebind({"a.a.a": 4})
    assert notes() == []
    assert tree.a.a.a == 4
    with pg.notify_on_change(False):
        tree.a.a.rebind(a=5, skip_notification=False)
        tree.rebind({"a.a": 6, "b": 7}, skip_notification=False)
    assert [n[1] for n in notes() if n[0] == "change"] == ["a.a", "a", "", "a", ""]


def test_updates_tell_old_and_new():
    seen = []

    class Watch(pg.Object):
        leaf: Leaf

        def _on_change(self, field_updates):
            seen.append(field_updates)

    watch = Watch(Leaf(1))
    watch.rebind({"leaf.x": 2})
    ((path, update),) = seen[0].items()
    assert path == "leaf.x"
    assert (update.old_value, update.new_value) == (1, 2)
    assert update.target is watch.leaf
    assert update.field.key == "x"


def test_derived_state_follows():
    class Sum(pg.Object):
        numbers: list[int]

        def _on_bound(self):
            self.total = sum(self.numbers)

    value = Sum([1, 2])
    value.numbers.append(3)
    assert value.total == 6
    value.rebind({"numbers[0]": 10})
    assert value.total == 15


def test_replaced_nodes_are_free():
    tree = make_tree()
    old = tree.left
    tree.rebind(left=Leaf(5))
    assert old.sym_parent is None
    assert Tree("u", left=old).left is old


def test_sealed_roots_refuse():
    tree = make_tree().seal()
    tree.left.seal(False)
    with pytest.raises(pg.WritePermissionError, match="sealed Tree"):
        tree.rebind({"left.x": 9})
    tree.left.rebind(x=9)
    assert tree.left.x == 9


def test_nodes_in_tuples():
    tree = Tree("t", right=(1, Leaf(2)))
    tree.rebind({"right[1].x": 3})
    assert tree.right[1].x == 3
    for path in ("right[5].x", "right[0].x", "right.a.x", "right[1]"):
        with pytest.raises(KeyError):
            tree.rebind({path: 1})
    assert tree.right == (1, Leaf(3))


def test_keywords_with_dots_are_paths():
    tree = make_tree()
    tree.rebind(**{"left.x": 7})
    assert tree.left.x == 7


def test_paths_of_all_kinds():
    class Name(str):
        pass

    tree = make_tree()
    tree.rebind({Name("left.x"): 7, pg.KeyPath(["leaves", 0, "x"]): 8})
    assert (tree.left.x, tree.leaves[0].x) == (7, 8)
    assert pg.List([1]).rebind({0: 2}) == [2]


def test_containers_taken_from_a_failed_rebind_are_free():
    tree, leaf, other = make_tree(), Leaf(7), Leaf(8)
    for updates in (
        {"right": [leaf], "name": 3},
        {"right": {"a": [leaf]}, "leaves": [other], "name": 3},
        {"right.q[0]": pg.Insertion([leaf]), "name": 3},
    ):
        with pytest.raises(TypeError):
            tree.rebind(updates)
        assert leaf.sym_parent is None and other.sym_parent is None
    tree.rebind(right=leaf)
    assert tree.right is leaf


@pytest.mark.parametrize(
    ("updates", "result"),
    [
        ({0: pg.Insertion(9), 1: pg.Insertion(8)}, [9, 1, 8, 2, 3]),
        ({1: pg.Insertion(8), 0: pg.Insertion(9)}, [9, 1, 8, 2, 3]),
        ({0: pg.Insertion(9), 1: 5}, [9, 1, 5, 3]),
        ({0: pg.Insertion(9), "[1]": pg.MISSING_VALUE}, [9, 1, 3]),
        ({0: pg.Insertion(9), -1: 7}, [9, 1, 2, 7]),
        ({0: pg.Insertion(9), 3: 7}, [9, 1, 2, 3, 7]),
        ({4: 8, 3: 7, 9: 9}, [1, 2, 3, 7, 8, 9]),
    ],
)
def test_places_in_a_list_are_those_before(updates, result):
    seen = []
    items = pg.List([1, 2, 3], onchange_callback=lambda u: seen.extend(u))
    assert items.rebind(updates) == result
    assert seen == sorted(seen)


def test_places_below_items_are_those_before():
    items = pg.List([[1], [2]])
    items.rebind({"[0]": pg.Insertion(0), "[0][0]": 5, "[1][0]": 6})
    assert items == [0, [5], [6]]
    for updates in (
        {"[1][1]": 5, "[1][0]": pg.Insertion(9)},
        {"[1][0]": pg.Insertion(9), "[1][1]": 5},
    ):
        assert pg.List([0, [1, 2]]).rebind(updates) == [0, [9, 1, 5]]
    with pytest.raises(KeyError):
        items.rebind({0: pg.Insertion(1), "x": 1})
    with pytest.raises(KeyError):
        items.rebind({0: pg.Insertion(1), "": 1})
    assert items == [0, [5], [6]]


def test_updates_tell_where_an_item_was_appended():
    seen = []
    items = pg.List([1], onchange_callback=lambda u: seen.extend(u))
    items.rebind({5: 2})
    items.rebind({7: pg.Insertion(3)})
    assert seen == ["[1]", "[2]"]
