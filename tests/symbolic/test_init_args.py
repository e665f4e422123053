"""The fields of an object as a dict."""

import pickle
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Log, Pair, check_tree, notes


class Hidden(pg.Object):
    allow_symbolic_attribute = False
    x: int
    y: Any = None


def test_it_shows_the_fields():
    pair = Pair(Leaf(1), 2)
    view = pair.sym_init_args
    assert view == {"n": Leaf(1), "m": 2}
    assert isinstance(view, pg.Dict)
    assert view.n is pair.n
    assert view.sym_parent is pair
    assert view.sym_path == ""
    assert Pair(pair).n.sym_init_args.sym_path == "n"
    assert view.value_spec.schema is Pair.__schema__
    assert view.sym_attr_field("n").key == "n"
    assert repr(Leaf.partial().sym_init_args) == "{x=MISSING_VALUE, y=1.0, z='a'}"
    assert Leaf.partial().sym_init_args.is_partial


def test_fields_that_are_no_attributes():
    hidden = Hidden(1)
    assert not hasattr(hidden, "x")
    assert hidden.sym_init_args.x == 1
    hidden.sym_init_args.x = 2
    assert hidden.sym_getattr("x") == 2


def test_to_modify_it_modifies_the_object():
    pair = Pair(1, 2)
    view = pair.sym_init_args
    view.n = Leaf(3)
    assert pair.n is view.n
    check_tree(pair)
    view["m"] = 4
    view.update(m=5)
    view.rebind({"n.x": 6})
    assert pair == Pair(Leaf(6), 5)
    del view.m
    assert pair.m is None and view.m is None
    assert view.pop("n") == Leaf(6)
    assert pair == Pair()
    view.rebind(n=1, m=2)
    view.clear()
    assert pair == Pair()


def test_bad_modifications_change_nothing():
    leaf = Leaf(1)
    view = leaf.sym_init_args
    for edit, error in [
        (lambda: setattr(view, "x", "bad"), TypeError),
        (lambda: setattr(view, "q", 1), KeyError),
        (lambda: view.rebind(x=2, y="bad"), TypeError),
        (lambda: view.pop("x"), ValueError),
        (lambda: view.popitem(), ValueError),
        (lambda: view.clear(), ValueError),
    ]:
        with pytest.raises(error):
            edit()
        assert leaf == Leaf(1)
        assert view == {"x": 1, "y": 1.0, "z": "a"}
    leaf.seal()
    with pytest.raises(pg.WritePermissionError):
        leaf.sym_init_args.x = 2


def test_listeners_are_told():
    log = Log(Log(1))
    notes()
    log.a.sym_init_args.a = 5
    assert notes() == [
        ("change", "a", ["a"]),
        ("bound", "a"),
        ("change", "", ["a.a"]),
        ("bound", ""),
    ]


def test_updates_are_about_the_object():
    seen = []

    class Watch(pg.Object):
        x: int

        def _on_change(self, field_updates):
            seen.extend(field_updates.values())

    watch = Watch(1)
    watch.sym_init_args.x = 2
    assert seen[0].target is watch
    assert seen[0].field.key == "x"


def test_references_are_resolved():
    shared = Leaf(1)
    view = Pair(pg.Ref(shared)).sym_init_args
    assert view.n is shared
    assert isinstance(view.sym_getattr("n"), pg.Ref)


def test_copies_stand_alone():
    pair = Pair(Leaf(1), pg.Ref(Leaf(2)))
    for new in (
        pair.sym_init_args.clone(),
        pair.sym_init_args.copy(),
        Pair(pair.sym_init_args).n,
    ):
        assert isinstance(new, pg.Dict)
        assert new.m == Leaf(2)
        check_tree(new)
        new.n = 5
        assert pair.n == Leaf(1)
    assert pickle.loads(pickle.dumps(Leaf(1).sym_init_args)) == {
        "x": 1,
        "y": 1.0,
        "z": "a",
    }
