"""Which assignments are changes, and what is told of them."""

from typing import Any

import pytest

import pyglove as pg

HEARD = []
MISSING = pg.MISSING_VALUE


class Holder(pg.Object):
    items: list = []
    table: dict = {}
    x: Any = None

    def _on_change(self, field_updates):
        HEARD.append(
            {str(k): (u.old_value, u.new_value) for k, u in field_updates.items()}
        )


def heard():
    taken = HEARD[:]
    HEARD.clear()
    return taken


PLACES = [
    ("items[0]", lambda h, v: h.items.__setitem__(0, v)),
    ("items[0]", lambda h, v: h.items.__setitem__(slice(0, 1), [v])),
    ("items[0]", lambda h, v: h.rebind({"items[0]": v})),
    ("table.k", lambda h, v: h.table.__setitem__("k", v)),
    ("table.k", lambda h, v: h.rebind({"table.k": v})),
    ("x", lambda h, v: h.rebind(x=v)),
]


@pytest.mark.parametrize(("path", "assign"), PLACES)
@pytest.mark.parametrize(
    ("old", "new"), [(1, True), (1, 1.0), (0.0, -0.0), ("", None), (False, 0)]
)
def test_equal_values_of_other_types_are_changes(path, assign, old, new):
    holder = Holder([old], {"k": old}, old)
    heard()
    assign(holder, new)
    [updates] = heard()
    assert [*updates] == [path]
    assert str(updates[path]) == str((old, new))
    assert type(holder.sym_get(path)) is type(new)
    assign(holder, new)
    assert not heard()


class Defaults(Holder):
    n: int = 1


def test_a_reset_to_the_default_is_told():
    for holder in (Defaults(), Defaults(n=2)):
        before = holder.n
        holder.rebind(n=MISSING)
        assert heard() == [{"n": (before, 1)}]


def test_a_reset_of_an_item_with_a_default_is_told():
    spec = pg.typing.Dict([("n", pg.typing.Int(default=1))])
    calls = []
    for change in (
        lambda d: d.rebind(n=MISSING),
        lambda d: d.__setitem__("n", MISSING),
        lambda d: d.__delitem__("n"),
    ):
        change(pg.Dict(value_spec=spec, onchange_callback=calls.append))
        assert len(calls) == 1 and calls.pop()["n"].new_value == 1


def test_what_is_not_there_can_be_removed():
    holder = Holder(x=1)
    heard()
    assert holder.rebind(unknown=MISSING) is holder
    assert not heard()
    holder.rebind({"unknown": MISSING, "x": 2, "table.unknown": MISSING})
    assert heard() == [{"x": (1, 2)}]
    with pytest.raises(KeyError):
        holder.rebind(unknown=1)
    with pytest.raises(KeyError):
        holder.rebind({"unknown.x": MISSING})

    @pg.functor()
    def function(a, **kwargs):
        return a

    bound = function(1)
    assert bound.rebind(absent=MISSING) == function(1)
    with pytest.raises(KeyError):
        bound.rebind({"absent": MISSING, "q.r": 1})
    assert bound == function(1)


def test_missing_items_of_typed_dicts_are_no_items():
    class Table(pg.Object):
        table: pg.typing.Dict([(pg.typing.StrKey(), pg.typing.Int())])

    assert Table({"p": MISSING}).table == Table.partial({"p": MISSING}).table == {}
    assert Table({"p": 1}).rebind(table={"p": MISSING, "q": 2}).table == {"q": 2}
    assert Table({"p": 1}).rebind({"table.p": MISSING}).table == {}


def test_a_sealed_value_refuses_a_rebind_of_nothing():
    for sealed in (Holder().seal(), pg.Dict().seal(), pg.List().seal()):
        with pytest.raises(pg.WritePermissionError):
            sealed.rebind(raise_on_no_change=False)
        with pytest.raises(ValueError):
            sealed.rebind()
    assert Holder().rebind(raise_on_no_change=False) == Holder()


def test_sealed_lists_look_for_the_item_first():
    sealed = pg.List([1, 2]).seal()
    for index in (5, -3):
        with pytest.raises(IndexError):
            sealed.pop(index)
    with pytest.raises(IndexError):
        pg.List().seal().pop()
    with pytest.raises(ValueError):
        sealed.remove(5)
    for change in (sealed.pop, lambda: sealed.pop(0), lambda: sealed.remove(1)):
        with pytest.raises(pg.WritePermissionError):
            change()


@pytest.mark.parametrize("index", ["x", None, 1.5])
def test_indices_are_integers(index):
    items = pg.List([1, 2])
    for change in (
        lambda: items.pop(index),
        lambda: items.insert(index, 1),
        lambda: items.__imul__(index),
    ):
        with pytest.raises(TypeError, match="an int as an index"):
            change()
    assert items == [1, 2]


def test_keys_that_cannot_be():
    table = pg.Dict(x=1)
    for key in (slice(0, 1), [1], (1,)):
        with pytest.raises(KeyError):
            table[key] = 1
    assert table == {"x": 1}


def test_insertions_into_lists():
    insert = pg.Insertion
    assert pg.List([insert(1), 2]) == [1, 2]
    assert pg.List([insert([1])])[0].sym_path == "[0]"
    items = pg.List([1], value_spec=pg.typing.List(pg.typing.Int()))
    items.append(insert(2))
    items.extend([insert(3)])
    items[0] = insert(0)
    items[1:2] = [insert(7)]
    assert items == [0, 7, 2, 3]
    with pytest.raises(TypeError):
        items.append(insert("a"))
    assert Holder([insert(1)]).items == [1]


def test_the_text_of_an_update_has_the_path_of_its_target():
    tree = pg.Dict(x=pg.Dict(a=1))
    update = pg.FieldUpdate(pg.KeyPath("a"), tree.x, None, 1, 2)
    text = "FieldUpdate(parent_path=x, path=a, old_value=1, new_value=2)"
    assert repr(update) == text
    root = pg.FieldUpdate(pg.KeyPath(), tree, None, 1, 2)
    assert "parent_path=," in repr(root)
