"""`pg.List`."""

import copy
import pickle

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, check_tree


def test_it_is_a_list():
    items = pg.List([1, [2], {"x": 3}])
    assert isinstance(items, list)
    assert items == [1, [2], {"x": 3}]
    assert isinstance(items[1], pg.List)
    assert isinstance(items[2], pg.Dict)
    assert pg.List(i for i in range(3)) == [0, 1, 2]
    assert pg.List() == []


def test_editing_keeps_the_links():
    items = pg.List([Leaf(i) for i in range(4)])
    items.insert(0, Leaf(9))
    check_tree(items)
    removed = items.pop(1)
    assert removed.sym_parent is None
    check_tree(items)
    items[1:3] = [Leaf(5), Leaf(6), Leaf(7)]
    del items[0]
    items.sort(key=lambda leaf: -leaf.x)
    items.reverse()
    items += [Leaf(8)]
    items.extend([Leaf(1)])
    check_tree(items)
    assert [leaf.x for leaf in items] == [3, 5, 6, 7, 8, 1]
    items.remove(items[0])
    items.clear()
    assert items == []


def test_operators():
    items = pg.List([3, 1])
    assert items + [2] == [3, 1, 2]
    assert type(items + [2]) is pg.List
    assert items * 2 == 2 * items == [3, 1, 3, 1]
    assert items[0:1] == [3]
    assert items < [4] and items > [2]
    assert items != (3, 1)


def test_multiplication_copies_nodes():
    items = pg.List([Leaf(1)])
    tripled = items * 3
    assert len({id(leaf) for leaf in tripled}) == 3
    items *= 2
    assert items == [Leaf(1), Leaf(1)]
    check_tree(items)
    check_tree(tripled)


def test_extended_slices_are_assigned_as_a_whole():
    items = pg.List([0, 1, 2, 3], value_spec=pg.typing.List(int))
    items[::2] = [7, 8]
    assert items == [7, 1, 8, 3]
    with pytest.raises(TypeError):
        items[::2] = [0, "bad"]
    with pytest.raises(ValueError, match=r"Expected 2 values .*got 1"):
        items[::2] = [0]
    assert items == [7, 1, 8, 3]
    del items[::2]
    assert items == [1, 3]


def test_sizes():
    spec = pg.typing.List(pg.typing.Int(), min_size=1, max_size=3)
    with pytest.raises(ValueError, match=r"1 or more items, got 0"):
        pg.List([], value_spec=spec)
    with pytest.raises(ValueError, match="or more items"):
        pg.List(value_spec=spec)
    with pytest.raises(ValueError, match="3 or fewer items"):
        pg.List([1, 2, 3, 4], value_spec=spec)
    items = pg.List([1, 2, 3], value_spec=spec)
    for grow in (
        lambda: items.append(4),
        lambda: items.insert(0, 4),
        lambda: items.extend([4]),
        lambda: items.__imul__(2),
        lambda: items.rebind({0: pg.Insertion(4)}),
        lambda: items.rebind({7: 4}),
    ):
        with pytest.raises(ValueError, match="3 or fewer items"):
            grow()
    with pytest.raises(ValueError, match="1 or more items"):
        items.clear()
    with pytest.raises(ValueError, match="1 or more items"):
        del items[:]
    assert items == [1, 2, 3]
    items.pop()
    items.pop()
    with pytest.raises(ValueError, match="1 or more items"):
        items.pop()


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda items: items.pop(5), IndexError),
        (lambda items: items.remove(5), ValueError),
        (lambda items: items.__setitem__(5, 1), IndexError),
        (lambda items: items.__setitem__("a", 1), TypeError),
        (lambda items: items.__delitem__(5), IndexError),
        (lambda items: items.index(5), ValueError),
    ],
)
def test_bad_edits(edit, error):
    items = pg.List([1, 2])
    with pytest.raises(error):
        edit(items)
    assert items == [1, 2]


def test_missing_values_are_left_out():
    items = pg.List([pg.MISSING_VALUE, 1])
    assert items == [1]
    items.append(pg.MISSING_VALUE)
    items.insert(0, pg.MISSING_VALUE)
    items.extend([pg.MISSING_VALUE, 2])
    assert items == [1, 2]
    items[0] = pg.MISSING_VALUE
    assert items == [2]


@pytest.mark.parametrize(
    "edit",
    [
        lambda items: items.append(1),
        lambda items: items.insert(0, 1),
        lambda items: items.extend([1]),
        lambda items: items.pop(),
        lambda items: items.remove(1),
        lambda items: items.clear(),
        lambda items: items.sort(),
        lambda items: items.reverse(),
        lambda items: items.__setitem__(0, 2),
        lambda items: items.__setitem__(slice(0, 1), [2]),
        lambda items: items.__delitem__(0),
        lambda items: items.__iadd__([1]),
        lambda items: items.__imul__(2),
        lambda items: items.rebind({0: 2}),
    ],
)
def test_a_sealed_list_is_not_modified(edit):
    items = pg.List([1], sealed=True)
    with pytest.raises(pg.WritePermissionError):
        edit(items)
    assert items == [1]
    with pg.as_sealed(False):
        edit(items)


def test_items_that_may_not_be_assigned():
    items = pg.List([1], accessor_writable=False)
    for edit in (
        lambda: items.__setitem__(0, 2),
        lambda: items.__setitem__(slice(0, 1), [2]),
        lambda: items.__delitem__(0),
    ):
        with pytest.raises(pg.WritePermissionError, match="rebind"):
            edit()
    assert items == [1]
    items.append(2)
    assert items.rebind({0: 5}) == [5, 2]
    assert not items.clone().accessor_writable
    with pg.allow_writable_accessors():
        items[0] = 9
    assert items == [9, 2]


def test_change_callbacks():
    seen = []

    def note(updates):
        seen.append({str(k): (u.old_value, u.new_value) for k, u in updates.items()})

    items = pg.List([1, pg.Dict(x=1)], onchange_callback=note)
    items.append(2)
    items[0] = 3
    items[0] = 3
    items[1].x = 2
    items.pop()
    items.extend([7, 8])
    items[0:2] = [1]
    missing = pg.MISSING_VALUE
    assert seen == [
        {"[2]": (missing, 2)},
        {"[0]": (1, 3)},
        {"[1].x": (1, 2)},
        {"[2]": (2, missing)},
        {"[2]": (missing, 7), "[3]": (missing, 8)},
        {"[0]": (3, 1), "[1]": ({"x": 2}, missing)},
    ]
    seen.clear()
    items.sort(key=str)
    items.reverse()
    items.clear()
    assert seen == []
    # The callback is told of this list, not of its copies.
    items.clone().append(1)
    assert seen == []


def test_copies():
    items = pg.List([Leaf(1), {1}], value_spec=pg.typing.List(pg.typing.Any()))
    for new in (items.copy(), copy.copy(items), items.clone()):
        assert new == items
        assert new[0] is not items[0]
        assert new[1] is items[1]
    assert copy.deepcopy(items)[1] is not items[1]
    loaded = pickle.loads(pickle.dumps(items))
    assert loaded == items
    assert loaded.value_spec == items.value_spec


def test_hash():
    assert hash(pg.List([1, [2]])) == hash(pg.List([1, [2]]))
    with pytest.raises(TypeError, match="unhashable"):
        hash(pg.List([{1}]))


def test_partial():
    spec = pg.typing.List(pg.typing.Object(Leaf))
    with pytest.raises(ValueError, match=r"got a partial one.*path=\[0\]"):
        pg.List([Leaf.partial()], value_spec=spec)
    items = pg.List.partial([Leaf.partial()], value_spec=spec)
    assert items.is_partial
    assert items.sym_missing() == {"[0].x": pg.MISSING_VALUE}


def test_attributes_are_not_items():
    items = pg.List([1])
    items.note = "n"
    assert items.note == "n"
    assert items == [1]


def test_copies_of_sealed_lists():
    items = pg.List([[1], pg.Dict(a=[2])]).seal()
    for copied in (items.clone(), items.copy(), items + [3], items * 2):
        copied.append(4)
        copied[0].append(5)
        assert copied[1].is_sealed and copied[1].a.is_sealed
    assert items == [[1], {"a": [2]}] and items.is_sealed
    assert Pair(items).n.is_sealed
    assert Pair([1]).seal().clone().n.is_sealed
    assert not Pair(pg.List([1]).seal()).clone().n.is_sealed
    assert pg.Dict(a=[[1]]).seal().clone().a[0].is_sealed


def test_missing_items_are_left_out():
    missing = pg.MISSING_VALUE
    for spec in (None, pg.typing.List(pg.typing.Int(default=5))):
        assert pg.List([1, missing, 2], value_spec=spec) == [1, 2]
    items = pg.List([1])
    items.rebind({0: pg.Insertion(missing)}, raise_on_no_change=False)
    assert items == [1]


def test_a_sort_that_fails_changes_nothing():
    items = pg.List([2, 1, "x", 0])
    with pytest.raises(TypeError):
        items.sort()
    assert items == [2, 1, "x", 0]


def test_items_are_removed_where_assignment_is_permitted_only():
    items = pg.List([1]).set_accessor_writable(False)
    with pytest.raises(pg.WritePermissionError):
        items.remove(1)
    assert items == [1]


def test_an_item_that_is_deleted_has_an_integer_as_its_index():
    items = pg.List([1, 2])
    with pytest.raises(TypeError, match="an int as an index"):
        del items[1.0]
    del items[-1]
    assert items == [1]
