"""Values out of files, functions, patches and overrides."""

import json
import pathlib
from typing import Any

import pytest

import pyglove as pg
from pyglove import patching
from pyglove.patching import ObjectFactory, from_maybe_serialized


class Trainer(pg.Object):
    rate: float = 0.1
    name: str = "a"


class OtherTrainer(Trainer):
    pass


class Model(pg.Object):
    units: int = 1


@patching.patcher([("rate", pg.typing.Float())])
def factory_rate(trainer, rate):
    return {"rate": rate}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trainer.json"
    pg.save(Trainer(rate=0.7), path)
    return str(path)


def shape(trainer):
    return trainer.rate, trainer.name


# Base values.


def test_base_values(file):
    for base in (Trainer(0.7), lambda: Trainer(0.7), file):
        assert shape(ObjectFactory(Trainer, base)()) == (0.7, "a")
    assert shape(ObjectFactory(Trainer, Trainer)()) == (0.1, "a")
    assert type(ObjectFactory(Trainer, OtherTrainer)()) is OtherTrainer
    assert type(ObjectFactory((Model, Trainer), Trainer)()) is Trainer
    assert ObjectFactory(int, 3)() == 3


def test_each_call_returns_a_value_of_its_own():
    trainer = Trainer(1.0)
    factory = ObjectFactory(Trainer, trainer, lambda k, v: v + 1 if k == "rate" else v)
    first, second = factory(), factory()
    assert first is not second
    assert [shape(t) for t in (first, second, trainer)] == [
        (2.0, "a"),
        (2.0, "a"),
        (1.0, "a"),
    ]
    assert first.sym_parent is None


def test_a_base_value_of_another_type(file):
    for base in (Model(), lambda: Model(), 3):
        with pytest.raises(TypeError, match=r"Expected an object of .*Trainer"):
            ObjectFactory(Trainer, base)()
    with pytest.raises(TypeError, match=r"trainer.json', which produces Trainer\("):
        ObjectFactory(Model, file)()
    with pytest.raises(TypeError, match="as value type, got 3"):
        ObjectFactory(3, Model())()


def test_a_file_that_does_not_exist(tmp_path):
    with pytest.raises(FileNotFoundError):
        ObjectFactory(Trainer, str(tmp_path / "absent.json"))()


# Patches and overrides.


@pytest.mark.parametrize(
    ("patches", "expected"),
    [
        (None, (0.1, "a")),
        ({"rate": 0.5}, (0.5, "a")),
        ("factory_rate?0.5", (0.5, "a")),
        (factory_rate(rate=0.5), (0.5, "a")),
        (["factory_rate?0.5", {"name": "b"}], (0.5, "b")),
        ({"": OtherTrainer(0.6)}, (0.6, "a")),
    ],
)
def test_patches(patches, expected):
    assert shape(ObjectFactory(Trainer, Trainer, patches)()) == expected


def test_patches_that_are_no_rule():
    with pytest.raises(TypeError, match="as a rule, got 3"):
        ObjectFactory(Trainer, Trainer, 3)()


@pytest.mark.parametrize("overrides", [None, "", "{}", {}])
def test_no_overrides(overrides):
    assert shape(ObjectFactory(Trainer, Trainer, None, overrides)()) == (0.1, "a")


def test_overrides(tmp_path):
    path = tmp_path / "overrides.json"
    path.write_text('{"rate": 0.9}')
    for overrides in ({"rate": 0.9}, '{"rate": 0.9}', str(path)):
        factory = ObjectFactory(Trainer, Trainer, {"rate": 0.5}, overrides)
        assert shape(factory()) == (0.9, "a")


def test_overrides_with_objects():
    overrides = json.dumps({"model": Model(3).to_json()})
    factory = ObjectFactory(pg.Dict, pg.Dict(model=None), None, overrides)
    assert factory().model.units == 3


def test_bad_overrides():
    for overrides, error in (
        ("[1]", TypeError),
        ("{", ValueError),
        ({"z": 1}, KeyError),
    ):
        with pytest.raises(error):
            ObjectFactory(Trainer, Trainer, None, overrides)()


# The factory is a functor.


def test_arguments_can_be_bound_later():
    assert shape(ObjectFactory()(Trainer, Trainer)) == (0.1, "a")
    factory = ObjectFactory(Trainer, Trainer)
    assert shape(factory(params_override={"rate": 0.5})) == (0.5, "a")
    factory.rebind(params_override={"rate": 0.6})
    assert shape(factory()) == (0.6, "a")
    with pytest.raises(TypeError, match=r"none for 'base_value'"):
        ObjectFactory(Trainer)()


def test_json():
    factory = ObjectFactory(Trainer, Trainer(0.5), "factory_rate?0.6", {"name": "b"})
    document = factory.to_json()
    assert document["_type"] == "pyglove.core.patching.object_factory.ObjectFactory"
    assert shape(pg.from_json(document)()) == (0.6, "b")
    document["_type"] = "pyglove.patching.ObjectFactory"
    assert pg.from_json(document) == factory


def test_a_document_cannot_name_what_is_not_registered():
    document = ObjectFactory(Trainer, Trainer()).to_json()
    document["base_value"] = {"_type": "function", "name": "os.getcwd"}
    with pytest.raises(TypeError, match=r"Refused to load function 'os.getcwd'"):
        pg.from_json(document)


# Values that may be serialized.


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (3, 3),
        (None, None),
        (pathlib.Path("a.json"), pathlib.Path("a.json")),
        ('{"x": 1}', {"x": 1}),
        (" [1, 2] ", [1, 2]),
        ("12", 12),
        ('"abc"', "abc"),
    ],
)
def test_values_and_texts(source, expected):
    assert from_maybe_serialized(source) == expected
    assert from_maybe_serialized(source, type(expected)) == expected


def test_symbolic_values(file):
    trainer = Trainer(0.5)
    assert from_maybe_serialized(trainer, Trainer) is trainer
    assert from_maybe_serialized(OtherTrainer(), (Model, Trainer)) == OtherTrainer()
    assert shape(from_maybe_serialized(file, Trainer)) == (0.7, "a")
    assert shape(from_maybe_serialized(trainer.to_json_str())) == (0.5, "a")
    assert isinstance(from_maybe_serialized('{"x": []}').x, pg.List)


def test_other_load_handlers():
    pg.symbolic.set_load_handler(lambda path: ("loaded", path))
    try:
        assert from_maybe_serialized("gs://a.json") == ("loaded", "gs://a.json")
        assert from_maybe_serialized("12") == 12
    finally:
        pg.symbolic.set_load_handler(None)


@pytest.mark.parametrize(
    ("source", "value_type"), [(3, str), (None, Trainer), ("[1]", dict), ("1", str)]
)
def test_values_of_another_type(source, value_type):
    with pytest.raises(TypeError, match=f"Expected a value of {value_type!r}, got"):
        from_maybe_serialized(source, value_type)


@pytest.mark.parametrize("source", ["", "abc", '{"x"', "trainer.txt"])
def test_what_is_no_json(source):
    with pytest.raises(json.JSONDecodeError) as raised:
        from_maybe_serialized(source)
    assert repr(source) in raised.value.__notes__[0]


def test_what_may_not_be_loaded():
    with pytest.raises(TypeError, match="Refused to load class"):
        from_maybe_serialized('{"_type": "subprocess.Popen", "args": "ls"}')


@pytest.mark.parametrize(
    ("base", "overrides", "expected"),
    [
        (pg.Dict(a={"x": 1, "y": 2}), {"a": {"x": 5}}, pg.Dict(a={"x": 5, "y": 2})),
        (pg.Dict(a={"x": 1, "y": 2}), '{"a": {"x": 5}}', pg.Dict(a={"x": 5, "y": 2})),
        (
            pg.Dict(a={"x": {"z": 1}, "y": 2}),
            {"a.x": {"z": 5}},
            pg.Dict(a={"x": {"z": 5}, "y": 2}),
        ),
        (pg.Dict(a=[1, 2]), {"a": [3]}, pg.Dict(a=[3, 2])),
        (pg.Dict(a=[1]), {"a": [3, 4, 5]}, pg.Dict(a=[3, 4, 5])),
        (
            pg.Dict(a=[{"x": 1, "y": 2}, 2]),
            {"a": [{"x": 7}]},
            pg.Dict(a=[{"x": 7, "y": 2}, 2]),
        ),
        (pg.Dict(a=[1, 2]), {"a": {0: 5}}, pg.Dict(a=[5, 2])),
        (pg.Dict(a={"x": 1}, b=[1]), {"a": {}, "b": []}, pg.Dict(a={}, b=[])),
        (pg.Dict(a={"x": 1}), {"a": (1, 2)}, pg.Dict(a=(1, 2))),
    ],
)
def test_nested_overrides_are_merged(base, overrides, expected):
    made = patching.ObjectFactory(pg.Dict, base, params_override=overrides)()
    assert pg.eq(made, expected)


def test_nested_overrides_of_objects():
    class Node(pg.Object):
        a: int
        b: int = 0
        inner: Any = None

    factory = patching.ObjectFactory(
        Node, Node(1, 2, Node(3, 4)), params_override={"inner": {"b": 9}}
    )
    assert factory() == Node(1, 2, Node(3, 9))
    for wrong in ({"inner": {"c": 1}}, {"a": {"x": 1}}, {"none": {"x": 1}}):
        with pytest.raises((KeyError, AttributeError)):
            patching.ObjectFactory(Node, Node(1), params_override=wrong)()
