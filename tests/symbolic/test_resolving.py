"""Containers that hold references read as what these stand for."""

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, check_tree


@pytest.fixture
def leaf():
    return Leaf(1)


def test_reads_of_a_list(leaf):
    items = pg.List([pg.Ref(leaf), 1, pg.Ref(leaf)])
    assert items[0] is leaf and items[-1] is leaf
    assert items[0:2] == [leaf, 1]
    assert items[0:2][0] is leaf
    assert [v is leaf for v in items] == [True, False, True]
    assert list(reversed(items))[0] is leaf
    assert list(items)[2] is leaf and tuple(items)[2] is leaf and [*items][2] is leaf
    assert leaf in items
    assert items.index(1) == 1 and items.count(leaf) == 2
    assert isinstance(items.sym_getattr(0), pg.Ref)
    assert type(items) is not pg.List and isinstance(items, pg.List)
    assert type(items).__name__ == "List"


def test_modifications_of_a_list(leaf):
    items = pg.List([1])
    items.append(pg.Ref(leaf))
    assert items[1] is leaf
    assert items.pop() is leaf
    items.insert(0, pg.Ref(leaf))
    items.sort(key=str)
    assert items == [1, pg.Ref(leaf)]
    items.reverse()
    assert items[0] is leaf
    items.remove(leaf)
    assert items == [1]
    items += [pg.Ref(leaf)]
    assert (items * 2)[3] is leaf
    assert items.copy()[1] is leaf
    check_tree(items)


def test_reads_of_a_dict(leaf):
    table = pg.Dict(a=pg.Ref(leaf), b=1)
    assert table.a is leaf and table["a"] is leaf and table.get("a") is leaf
    assert table.get("z") is None and table.get("z", 3) == 3
    assert next(iter(table.values())) is leaf
    assert dict(table.items())["a"] is leaf
    assert dict(table)["a"] is leaf and {**table}["a"] is leaf
    assert isinstance(table.sym_getattr("a"), pg.Ref)
    assert list(table) == ["a", "b"]


def test_modifications_of_a_dict(leaf):
    table = pg.Dict()
    table.a = pg.Ref(leaf)
    assert table.pop("a") is leaf
    table.update(b=pg.Ref(leaf))
    assert table.setdefault("b", 1) is table.sym_getattr("b")
    assert table.clone().b is leaf
    assert table.copy().b is leaf
    check_tree(table)


def test_equality_sees_references(leaf):
    assert pg.List([pg.Ref(leaf)]) == pg.List([pg.Ref(leaf)])
    assert pg.List([pg.Ref(leaf)]) != [leaf]
    assert pg.Dict(a=pg.Ref(leaf)) != {"a": leaf}


# ---- Items that are looked for


def inherited():
    return pg.symbolic.ValueFromParentChain()


@pytest.fixture
def items():
    return pg.List([0, 1, inherited()])


def test_nothing_is_inferred_to_find_an_item(items):
    assert 1 in items and 3 not in items and inherited() in items
    assert items.index(1) == 1 and items.index(inherited()) == 2
    assert items.count(1) == items.count(inherited()) == 1
    with pytest.raises(ValueError, match="an item of the list"):
        items.index(1, 2)
    with pytest.raises(ValueError, match="an item of the list"):
        items.index(1, 0, 1)
    assert list(reversed(items)) == [inherited(), 1, 0]
    items.remove(inherited())
    assert items == [0, 1]
    with pytest.raises(ValueError):
        items.remove(inherited())


def test_nothing_is_inferred_to_join_lists(items):
    assert pg.List([0]) + pg.List([inherited()]) == [0, inherited()]
    joined = pg.List([5])
    joined.extend(items)
    assert joined == [5, 0, 1, inherited()]
    joined += pg.List([inherited()])
    assert len(joined) == 5


def test_an_item_that_cannot_be_inferred_is_no_item_of_a_dict():
    table = pg.Dict(x=inherited())
    for read in (lambda: table["x"], lambda: table.pop("x"), lambda: {**table}):
        with pytest.raises(KeyError):
            read()
    with pytest.raises(AttributeError):
        table.x  # noqa: B018
    assert getattr(table, "x", 5) == table.get("x", 5) == 5
    assert "x" in table and len(table) == 1


def test_defaults_of_dicts_are_set_as_they_are():
    table = pg.Dict()
    assert table.setdefault("x", inherited()) == inherited()
    assert table.setdefault("x", 1) == inherited()
    assert table.sym_getattr("x") == inherited()
    root = pg.Dict(x=1, part=table)
    assert root.part.x == 1 and root.part.setdefault("x", 2) == inherited()


def test_references_are_found_by_what_they_refer_to(leaf):
    items = pg.List([pg.Ref(leaf), 2])
    assert leaf in items and pg.Ref(leaf) in items
    assert items.index(leaf) == items.index(pg.Ref(leaf)) == 0
    items.remove(pg.Ref(leaf))
    assert items == [2]
