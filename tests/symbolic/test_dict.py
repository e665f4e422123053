"""`pg.Dict`."""

import copy
import pickle

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, check_tree


def test_it_is_a_dict():
    table = pg.Dict(x=1, y=[2], z={})
    assert isinstance(table, dict)
    assert table == {"x": 1, "y": [2], "z": {}}
    assert isinstance(table.y, pg.List)
    assert isinstance(table["z"], pg.Dict)
    assert pg.Dict([("a", 1)], b=2) == {"a": 1, "b": 2}
    assert pg.Dict({"a": 1}, a=2) == {"a": 2}
    assert pg.Dict() == {}
    assert {**table} == table
    assert table | {"x": 3} == {"x": 3, "y": [2], "z": {}}


def test_items_are_attributes():
    table = pg.Dict(x=1, y=pg.Dict(z=2))
    table.y.z = 3
    table.w = [5]
    del table["x"]
    assert table == {"y": {"z": 3}, "w": [5]}
    assert table.w.sym_path == "w"
    del table.w
    assert "w" not in table
    assert "y" in dir(table)
    assert not hasattr(table, "nope")
    with pytest.raises(AttributeError, match="got 'nope'"):
        _ = table.nope
    with pytest.raises(KeyError, match="a key of the dict, got 'nope'"):
        del table.nope
    with pytest.raises(KeyError):
        table["nope"]
    with pytest.raises(KeyError, match="nope"):
        del table["nope"]


def test_methods():
    table = pg.Dict(a=1)
    table |= {"b": 2}
    table.update(c=Leaf(3))
    table.update({"d": 4}, e=5)
    table.update([("f", 6)])
    assert table.setdefault("g", []) == []
    assert table.setdefault("a", 7) == 1
    assert table.pop("a") == 1
    assert table.pop("a", None) is None
    with pytest.raises(KeyError):
        table.pop("a")
    assert table.popitem() == ("g", [])
    assert list(table) == ["b", "c", "d", "e", "f"]
    leaf = table.c
    table.c = 4
    assert leaf.sym_parent is None
    check_tree(table)
    table.clear()
    assert table == {}
    with pytest.raises(KeyError):
        table.popitem()


def test_names_with_dots_are_names():
    table = pg.Dict()
    table.update({"a.b": Leaf(1)})
    table["c[0]"] = 2
    assert list(table) == ["a.b", "c[0]"]
    assert table["a.b"].sym_path == "[a.b]"
    table.rebind({"[a.b].x": 3})
    assert table["a.b"].x == 3


def test_typed():
    spec = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Str("x"))])
    table = pg.Dict(a=1, value_spec=spec)
    assert table == {"a": 1, "b": "x"}
    assert table.value_spec is spec
    with pytest.raises(TypeError, match="path=a"):
        table.a = "s"
    with pytest.raises(KeyError, match="got 'q'"):
        table.q = 1
    with pytest.raises(KeyError, match=r"accepts, got \['z'\]"):
        pg.Dict(z=1, value_spec=spec)
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        pg.Dict(value_spec=spec)
    with pytest.raises(ValueError, match="got MISSING_VALUE"):
        del table["a"]
    with pytest.raises(ValueError, match="popitem"):
        table.popitem()
    assert table == {"a": 1, "b": "x"}
    table.b = "y"
    assert table.pop("b") == "y"
    assert table == {"a": 1, "b": "x"}


def test_partial():
    spec = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Str("x"))])
    table = pg.Dict.partial(value_spec=spec)
    assert table.is_partial
    assert table.sym_missing() == {"a": pg.MISSING_VALUE}
    assert not table.rebind(a=1).is_partial
    assert pg.Dict.partial({"b": "z"}, spec).b == "z"
    with pg.allow_partial():
        assert pg.Dict(value_spec=spec).is_partial


@pytest.mark.parametrize(
    "edit",
    [
        lambda table: table.__setitem__("a", 2),
        lambda table: setattr(table, "b", 2),
        lambda table: table.__delitem__("a"),
        lambda table: delattr(table, "a"),
        lambda table: table.pop("a"),
        lambda table: table.popitem(),
        lambda table: table.clear(),
        lambda table: table.update(a=2),
        lambda table: table.setdefault("z", 1),
        lambda table: table.__ior__({"a": 2}),
        lambda table: table.rebind(a=2),
    ],
)
def test_a_sealed_dict_is_not_modified(edit):
    table = pg.Dict(a=1, sealed=True)
    with pytest.raises(pg.WritePermissionError):
        edit(table)
    assert table == {"a": 1}
    with pg.as_sealed(False):
        edit(table)


def test_items_that_may_not_be_assigned():
    table = pg.Dict(x=1, accessor_writable=False)
    for edit in (
        lambda: setattr(table, "x", 2),
        lambda: table.__setitem__("x", 2),
        lambda: table.__delitem__("x"),
    ):
        with pytest.raises(pg.WritePermissionError, match="accessor_writable"):
            edit()
    assert table.rebind(x=2).x == 2
    assert not table.accessor_writable
    with pg.allow_writable_accessors():
        table.x = 3
    assert table.x == 3


def test_change_callbacks():
    seen = []

    def note(updates):
        seen.append({str(k): (u.old_value, u.new_value) for k, u in updates.items()})

    table = pg.Dict(x=1, y=pg.Dict(z=1), onchange_callback=note)
    table.x = 2
    table.x = 2
    table.y.z = 3
    del table.x
    table.setdefault("u", 1)
    table.setdefault("u", 2)
    table.pop("u")
    table.rebind(a=1, b=2)
    missing = pg.MISSING_VALUE
    assert seen == [
        {"x": (1, 2)},
        {"y.z": (1, 3)},
        {"x": (2, missing)},
        {"u": (missing, 1)},
        {"u": (1, missing)},
        {"a": (missing, 1), "b": (missing, 2)},
    ]
    seen.clear()
    table.update(c=3)
    table.popitem()
    table.clear()
    assert seen == []


def test_missing_values_are_left_out():
    assert pg.Dict(a=pg.MISSING_VALUE) == {}
    table = pg.Dict(a=1)
    table.a = pg.MISSING_VALUE
    assert table == {}


def test_copies():
    table = pg.Dict(a=Leaf(1), b={1})
    for new in (table.copy(), copy.copy(table), table.clone()):
        assert new == table
        assert new.a is not table.a
        assert new.b is table.b
    assert copy.deepcopy(table).b is not table.b
    assert pickle.loads(pickle.dumps(table)) == table
    assert pg.Dict(table) == table
    assert pg.Dict(table).a is not table.a


def test_hash_does_not_depend_on_order():
    assert hash(pg.Dict(a=1, b=2)) == hash(pg.Dict(b=2, a=1))
    assert pg.Dict(a=1, b=2) == pg.Dict(b=2, a=1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(pg.Dict(a={1}))


def test_updates_by_path():
    tree = pg.Dict(a=Leaf(1), b=[1], c=2)
    tree.update({"a.x": 5, "b[0]": 6, "c.d": 7, "e.f": 8, "[": 9})
    assert tree == {
        **{"a": Leaf(5), "b": [6], "c": 2},
        **{"c.d": 7, "e.f": 8, "[": 9},
    }
    tree.update({"c.d": 1})
    assert tree["c.d"] == 1
    with pytest.raises(TypeError, match=r"path=a.x"):
        tree.update({"a.x": "bad"})


def test_get_by_keyword():
    assert pg.Dict(a=1).get("b", default=2) == 2
    assert pg.Dict(a=1).get(key="a") == 1
