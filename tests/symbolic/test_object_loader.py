"""Object loaders: objects made of JSON objects as their constructors make them."""

import json
from typing import Any

import pytest

import pyglove as pg
from pyglove.utils.serialization.json_type import TYPE_REGISTRY
from tests.symbolic.helper import (
    Leaf,
    Log,
    Pair,
    Tree,
    check_tree,
    make_tree,
    notes,
)


def loaded(value):
    return pg.from_json_str(pg.to_json_str(value))


def test_it_makes_what_the_constructor_makes():
    for tree in (
        make_tree(),
        Pair([Pair(1, 2.5), None, True], {"a": [], "b": Leaf(1)}),
        Tree("t", [], {}, None, pg.Dict(x=[1, [2]])),
    ):
        new = loaded(tree)
        assert pg.eq(new, tree) and new is not tree
        check_tree(new)
        assert loaded([new])[0].sym_path == "[0]"


def test_fields_that_are_not_there_have_defaults():
    name = Leaf.__serialization_key__
    assert pg.from_json_str(json.dumps({"_type": name, "x": 1})) == Leaf(1)
    with pytest.raises(TypeError, match="x"):
        pg.from_json_str(json.dumps({"_type": name, "y": 1.0}))
    with pytest.raises(TypeError, match="w"):
        pg.from_json_str(json.dumps({"_type": name, "x": 1, "y": 1.0, "w": "a"}))
    with pytest.raises(TypeError, match="cannot set it"):
        pg.from_json_str(json.dumps({"_type": name, "x": 1, "y": 1.0, "sealed": True}))


@pytest.mark.parametrize(
    "bad", ["a", None, [1], {"a": 1}, {"_type": "type", "name": "int"}]
)
def test_values_are_checked(bad):
    document = {"_type": Leaf.__serialization_key__, "x": bad, "y": 1.0, "z": "a"}
    with pytest.raises((TypeError, ValueError)) as error:
        pg.from_json_str(json.dumps(document))
    assert isinstance(error.value, pg.PyGloveError)


def test_values_are_converted():
    document = {"_type": Leaf.__serialization_key__, "x": 1, "y": 2, "z": "a"}
    assert type(pg.from_json(document).y) is float


def test_hooks_run_once():
    text = pg.to_json_str(Log("with: colons", Log(1)))
    notes()
    assert pg.from_json_str(text).b.a == 1
    assert sum(note[0] == "bound" for note in notes()) == 2


def test_a_class_whose_fields_change():
    class Model(pg.Object):
        x: int = 1

    text = pg.to_json_str(Model(2))
    assert pg.from_json_str(text) == Model(2)
    Model.update_schema([("y", pg.typing.Int(default=3))])
    assert pg.from_json_str(text) == Model(2, y=3)
    assert loaded(Model(2, y=4)) == Model(2, y=4)


def test_a_class_that_gets_another_name():
    class Named(pg.Object):
        x: int = 1

    first = pg.to_json_str(Named(2))
    assert pg.from_json_str(first) == Named(2)
    Named.register_for_deserialization('it\'s {a} "name"')
    second = pg.to_json_str(Named(2))
    assert json.loads(second) == {"_type": 'it\'s {a} "name"', "x": 2}
    assert json.loads(second) == pg.to_json(Named(2))
    assert pg.from_json_str(second) == Named(2) == pg.from_json_str(first)


def test_classes_that_take_detours():
    class Other(pg.Object):
        x: Any = None

    text = pg.to_json_str(Pair(Leaf(1)))
    assert pg.from_json_str(text) == Pair(Leaf(1))
    with pg.detour([(Pair, lambda *args, **kwargs: Other("detour"))]):
        assert pg.from_json_str(text) == Other("detour")
    assert pg.from_json_str(text) == Pair(Leaf(1))


def test_classes_for_a_while():
    class Scoped(pg.Object):
        auto_register = False
        x: int = 1

    text = '{"_type": "Scoped", "x": 2}'
    for _ in range(2):
        with pg.JSONConvertible.load_types_for_deserialization(Scoped):
            assert pg.from_json_str(text) == Scoped(2)
        with pytest.raises(TypeError, match="not registered"):
            pg.from_json_str(text)


def test_origins_are_tracked():
    text = pg.to_json_str(Pair([Leaf(1)]))
    pg.from_json_str(text)
    with pg.track_origin():
        new = pg.from_json_str(text)
    assert new.sym_origin.tag == new.n.sym_origin.tag == "__init__"


def test_fixed_fields_and_constructors_of_ones_own():
    @pg.members([("x", pg.typing.Int()), ("y", pg.typing.Int(2).freeze())])
    class Fixed(pg.Object):
        pass

    class Own(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, text):
            super().__init__(x=len(text))

    assert loaded(Fixed(1)) == Fixed(1)
    assert pg.eq(loaded(Own("abc")), Own("abc"))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": 1, "a" : 2}',
        '[{"a": "x:y", "b": {"a": 1, "b": 2, "a": 3}}]',
        '{"_type": "tests.symbolic.helper.Leaf", "x": 1, "y": 1.0, "z": "a", "x": 2}',
        '{"_type": "tests.symbolic.helper.Leaf", "x": 1, "x": 1}',
        '{"_type": "tests.symbolic.helper.Pair", "n": {"a": 1, "a": "b"}}',
        '{"_type": "no.such.Class", "_type": "tests.symbolic.helper.Pair"}',
        '{"_type": "tests.symbolic.helper.Pair", "_type": "no.such.Class"}',
    ],
)
def test_keys_that_come_twice_are_refused(text):
    with pytest.raises(ValueError, match="twice"):
        pg.from_json_str(text)


def test_loaders_go_with_their_registry():
    class First(pg.Object):
        x: int = 1

    text = pg.to_json_str(First(2))
    pg.from_json_str(text)
    assert First.__serialization_key__ in TYPE_REGISTRY.loaders
    TYPE_REGISTRY.register("another.name", First, override_existing=True)
    assert not TYPE_REGISTRY.loaders
    assert pg.from_json_str(
        text.replace(First.__serialization_key__, "another.name")
    ) == First(2)
