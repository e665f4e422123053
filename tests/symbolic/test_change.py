"""Who is told of changes, in which order, and of what."""

from typing import Any

import pyglove as pg
from pyglove.symbolic import FieldUpdate
from tests.symbolic.helper import Leaf, Log, Pair, notes


class Watch(pg.Object):
    """Keeps the updates it is told of."""

    a: Any = None
    b: Any = None

    def _on_change(self, field_updates):
        self.seen = field_updates


def test_updates_tell_what_was_and_is():
    watch = Watch(Leaf(1), [2])
    watch.rebind({"a.x": 5, "b[0]": 6})
    first, second = watch.seen.values()
    assert list(watch.seen) == ["a.x", "b[0]"]
    assert (first.path, first.target, first.field.key) == ("a.x", watch.a, "x")
    assert (first.old_value, first.new_value) == (1, 5)
    assert (second.target, second.field) == (watch.b, None)


def test_paths_are_from_the_root_and_from_the_listener():
    outer = Watch(Watch(Leaf(1)))
    outer.a.a.rebind(x=2)
    assert list(outer.seen) == ["a.a.x"] and list(outer.a.seen) == ["a.x"]
    assert outer.a.seen["a.x"].path == "a.a.x"


def test_children_come_first_and_each_once():
    tree = Log(a=Log(Log(1)), b=[Log(2)])
    notes()
    tree.rebind({"a.a.a": 3, "b[0].a": 5, "b[0].b": 2})
    assert [n for n in notes() if n[0] == "change"] == [
        ("change", "b[0]", ["a", "b"]),
        ("change", "a.a", ["a"]),
        ("change", "a", ["a.a"]),
        ("change", "", ["a.a.a", "b[0].a", "b[0].b"]),
    ]


def test_callbacks_take_part():
    order = []
    inner = pg.Dict(x=1, onchange_callback=lambda u: order.append(("inner", list(u))))
    outer = pg.List(
        [inner], onchange_callback=lambda u: order.append(("outer", list(u)))
    )
    outer[0].x = 2
    assert order == [("inner", ["x"]), ("outer", ["[0].x"])]


def test_no_change_is_not_told():
    watch = Watch(1)
    watch.rebind(a=1)
    watch.rebind({"a": 1, "b": None})
    assert not hasattr(watch, "seen")
    watch.rebind({"a": 1, "b": 2})
    assert list(watch.seen) == ["b"]


def test_hooks_may_rebind():
    class Doubler(pg.Object):
        x: int
        y: int = 0

        def _on_bound(self):
            super()._on_bound()
            if self.y != 2 * self.x:
                self.rebind(y=2 * self.x)

    value = Doubler(1)
    assert value.y == 2
    assert value.rebind(x=5).y == 10


def test_a_failing_hook_does_not_undo():
    class Positive(pg.Object):
        x: int

        def _on_bound(self):
            if self.x < 0:
                raise ValueError("negative")

    value = Positive(1)
    try:
        value.rebind(x=-1)
    except ValueError:
        pass
    assert value.x == -1


def test_updates_are_values():
    leaf = Leaf(1)
    field = Leaf.__schema__["x"]

    def make(new):
        return FieldUpdate(pg.KeyPath("x"), leaf, field, 1, new)

    assert make(2) == make(2) != make(3)
    assert hash(make(2)) != hash(make(2))
    assert repr(make(2)) == (
        "FieldUpdate(parent_path=, path=x, old_value=1, new_value=2)"
    )
    assert repr(make(pg.MISSING_VALUE)) == (
        "FieldUpdate(parent_path=, path=x, old_value=1)"
    )


def test_events_in_their_order():
    notes()
    inner = Log(1)
    assert notes() == [("init", ""), ("bound", "")]
    outer = Log(inner)
    assert notes() == [
        ("path", "", "a"),
        ("parent", "NoneType", "Log"),
        ("init", ""),
        ("bound", ""),
    ]
    outer.rebind(a=Log(2), b=inner)
    kinds = [n[0] for n in notes()]
    assert kinds[:2] == ["init", "bound"]
    assert kinds.count("change") == 1


def test_events_of_a_list():
    items = pg.List([Log(1), Log(2)])
    notes()
    first = items.pop(0)
    assert notes() == [
        ("parent", "List", "NoneType"),
        ("path", "[0]", ""),
        ("path", "[1]", "[0]"),
    ]
    items.insert(0, first)
    assert notes() == [
        ("path", "", "[0]"),
        ("parent", "NoneType", "List"),
        ("path", "[0]", "[1]"),
    ]
    Pair(items)
    assert [n[0] for n in notes()] == ["path", "path"]
