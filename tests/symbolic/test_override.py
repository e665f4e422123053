"""What classes may override of the protocol, and where it counts."""

from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Pair


class Getting(pg.Object):
    x: Any = 1

    def _sym_getattr(self, key):
        return key, super()._sym_getattr(key)


class Inferring(pg.Object):
    x: Any = 1

    def _sym_inferred(self, key, **kwargs):
        return key, kwargs, super()._sym_inferred(key, **kwargs)


class Reading(pg.Object):
    x: Any = 1

    def sym_inferred(self, key, *args, **kwargs):
        return "read", super().sym_inferred(key, *args, **kwargs)


class Taking(pg.Object):
    x: Any = 1

    def sym_getattr(self, key, *args, **kwargs):
        return "taken", super().sym_getattr(key, *args, **kwargs)


class Below(Getting):
    y: int = 2


@pytest.mark.parametrize("is_compiled", [False, True])
def test_reads_of_fields(is_compiled):
    if is_compiled:
        [cls() for cls in (Getting, Inferring, Reading, Taking, Below)]
    assert Getting().x == Getting().sym_inferred("x") == ("x", 1)
    assert Below(3).x == ("x", 3) and Below().y == ("y", 2)
    assert Inferring().x == ("x", {}, 1)
    assert Inferring().sym_inferred("x", a=2) == ("x", {"a": 2}, 1)
    assert Inferring(pg.Ref([1])).x == ("x", {}, [1])
    assert Reading().x == ("read", 1)
    assert Taking().x == ("taken", 1)


def test_symbolic_reads():
    value = Getting()
    assert value.sym_getattr("x") == value.sym_get("x") == ("x", 1)
    assert value.sym_getattr("y", 5) == 5
    assert Inferring().sym_getattr("x") == 1
    assert Taking().sym_getattr("x") == ("taken", 1)
    assert Pair(1).sym_getattr([], 5) == 5
    with pytest.raises(AttributeError, match="'z'"):
        Pair(1).sym_getattr("z")
    assert Inferring().sym_inferred("y", 5) == 5
    assert dict(value.sym_items()) == {"x": 1}
    assert repr(value) == "Getting(x=1)"
    assert value.clone() == value == pg.from_json(value.to_json())


def test_symbolic_reads_of_classes_below():
    class Again(Pair):
        auto_schema = False

        def _sym_getattr(self, key):
            return key, super()._sym_getattr(key)

    class Answering(Pair):
        def __getattr__(self, name):
            return name

    assert Again(1).sym_getattr("n") == ("n", 1)
    assert Answering(1).sym_getattr("n") == 1
    for cls in (Answering, Pair):
        reference = pg.Ref(pg.Dict())
        assert cls(reference).sym_getattr("n") is reference


class Rebinding(pg.Object):
    x: Any = 0
    y: Any = 0

    def _on_init(self):
        object.__setattr__(self, "notes", [])
        super()._on_init()

    def _sym_rebind(self, path_value_pairs):
        assert all(isinstance(k, pg.KeyPath) for k in path_value_pairs)
        self.notes.append({str(k): v for k, v in path_value_pairs.items()})
        updates = super()._sym_rebind(path_value_pairs)
        self.notes.append([(u.path, u.old_value, u.new_value) for u in updates])
        return updates

    def _on_change(self, field_updates):
        self.notes.append(sorted(map(str, field_updates)))


def taken(node):
    notes = node.notes[:]
    node.notes.clear()
    return notes


def test_changes():
    tree = Rebinding(Rebinding(1), [1, 2])
    tree.rebind({"x.x": 3, "y[0]": 4})
    assert taken(tree) == [
        {"x.x": 3, "y[0]": 4},
        [("x.x", 1, 3), ("y[0]", 1, 4)],
        ["x.x", "y[0]"],
    ]
    assert taken(tree.x) == [["x"]]
    tree.rebind(lambda k, v: v + 1 if isinstance(v, int) else v)
    assert taken(tree)[0] == {"x.x": 4, "x.y": 1, "y[0]": 5, "y[1]": 3}
    assert taken(tree.x) == [["x", "y"]]
    tree.x.rebind(x=5, notify_parents=False)
    assert taken(tree) == []
    assert taken(tree.x) == [{"x": 5}, [("x.x", 4, 5)], ["x"]]
    tree.rebind(y=6, skip_notification=True)
    assert len(taken(tree)) == 2
    with pytest.raises(KeyError):
        tree.rebind({"x.x": 1, "z": 1})
    assert tree.x.x == 5


class Lacking(pg.Object):
    x: Any = 1

    def _sym_missing(self):
        return {"q": 1}


class Whole(pg.Object):
    x: Any

    def _sym_missing(self):
        return {}


def test_missing_values():
    class Holder(pg.Object):
        item: Lacking

    class WholeHolder(pg.Object):
        item: Whole

    assert Lacking().is_partial and Lacking().is_abstract
    for holder, path in ((pg.Dict(a=Lacking()), "a.q"), (Pair([Lacking()]), "n[0].q")):
        assert holder.sym_missing() == {path: 1} and holder.is_partial
    with pytest.raises(ValueError, match="got a partial one"):
        Holder(Lacking())
    assert not Whole.partial().is_partial
    assert WholeHolder(Whole.partial()).item == Whole.partial()


def test_hooks_are_not_asked_by_classes_that_have_none():
    assert Pair(Getting()).n == Getting()
    assert not Pair(Whole(1)).is_partial
