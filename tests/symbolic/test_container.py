"""`pg.List` and `pg.Dict`."""

import pytest
from tests.symbolic.helper import Leaf, check_tree

import pyglove as pg


def test_they_are_list_and_dict():
    assert isinstance(pg.List([1]), list)
    assert isinstance(pg.Dict(x=1), dict)
    assert pg.List([1, [2], {"x": 3}]) == [1, [2], {"x": 3}]
    assert pg.Dict(x=1, y=[2]) == {"x": 1, "y": [2]}
    assert isinstance(pg.List([[1]])[0], pg.List)
    assert isinstance(pg.Dict(x={})["x"], pg.Dict)


def test_list_editing_keeps_the_links():
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


def test_list_operators():
    items = pg.List([3, 1])
    assert items + [2] == [3, 1, 2]
    assert type(items + [2]) is pg.List
    assert items * 2 == [3, 1, 3, 1]
    assert items[0:1] == [3]
    assert hash(pg.List([1])) == hash(pg.List([1]))


def test_typed_list():
    spec = pg.typing.List(pg.typing.Int(), max_size=3)
    items = pg.List([1, 2], value_spec=spec)
    with pytest.raises(TypeError, match=r"\(path=\[2\]\)"):
        items.append("x")
    items.append(3)
    with pytest.raises(ValueError, match="max size"):
        items.append(4)
    with pytest.raises(TypeError):
        items[0] = "x"
    with pytest.raises(TypeError):
        items[0:2] = [7, "x"]
    with pytest.raises(IndexError):
        items[9] = 1
    assert items == [1, 2, 3]


def test_dict_items_are_attributes():
    d = pg.Dict(x=1, y=pg.Dict(z=2))
    d.y.z = 3
    d.w = [5]
    del d["x"]
    assert d == {"y": {"z": 3}, "w": [5]}
    assert str(d.w.sym_path) == "w"
    with pytest.raises(AttributeError):
        _ = d.nope
    with pytest.raises(KeyError):
        d["nope"]
    assert not hasattr(d, "nope")


def test_dict_methods():
    d = pg.Dict(a=1)
    d |= {"b": 2}
    d.update(c=Leaf(3))
    assert d.setdefault("e", []) == []
    assert d.pop("a") == 1
    assert d.pop("a", None) is None
    assert list(d) == ["b", "c", "e"]
    leaf = d.c
    d.c = 4
    assert leaf.sym_parent is None
    check_tree(d)


def test_typed_dict():
    spec = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Str("x"))])
    d = pg.Dict(a=1, value_spec=spec)
    assert d == {"a": 1, "b": "x"}
    for bad, error in [("a", TypeError), ("q", KeyError)]:
        with pytest.raises(error):
            d[bad] = "s"
    with pytest.raises(KeyError):
        pg.Dict(z=1, value_spec=spec)
    with pytest.raises(ValueError, match="Required value"):
        pg.Dict(value_spec=spec)
    assert pg.Dict.partial(value_spec=spec).is_partial
    assert d == {"a": 1, "b": "x"}


def test_change_callbacks():
    seen = []
    d = pg.Dict(
        x=pg.List([1]),
        onchange_callback=lambda updates: seen.append([str(k) for k in updates]),
    )
    d.x.append(2)
    d.y = 1
    d.x.extend([3, 4])
    del d["y"]
    assert seen == [["x[1]"], ["y"], ["x[2]", "x[3]"], ["y"]]


def test_missing_values_are_dropped():
    assert pg.List([pg.MISSING_VALUE, 1]) == [1]
    assert pg.Dict(a=pg.MISSING_VALUE) == {}


def test_references_read_as_what_they_stand_for():
    leaf = Leaf(1)
    d, items = pg.Dict(x=pg.Ref(leaf)), pg.List([pg.Ref(leaf)])
    assert d.x is leaf
    assert d["x"] is leaf
    assert next(iter(d.values())) is leaf
    assert items[0] is leaf
    assert list(items)[0] is leaf
    assert isinstance(d.sym_getattr("x"), pg.Ref)
    assert leaf.sym_parent is None
    assert d.clone().x is leaf


def test_sealed_and_not_writable():
    items = pg.List([1], sealed=True)
    for edit in (lambda: items.append(1), lambda: items.pop(), lambda: items.sort()):
        with pytest.raises(pg.WritePermissionError):
            edit()
    d = pg.Dict(x=1, accessor_writable=False)
    with pytest.raises(pg.WritePermissionError):
        d.x = 2
    assert d.rebind(x=2).x == 2
