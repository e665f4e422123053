import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x")


def test_any_content():
    value = {1: 2, "a": []}
    assert pgt.Dict().apply(value) is value
    with pytest.raises(TypeError, match="Expected a value of type dict"):
        pgt.Dict().apply([1])


def test_fields_are_checked_and_completed_in_place():
    spec = pgt.Dict({"a": float, "b": pgt.Int(2), "c": pgt.Dict({"d": pgt.Int(3)})})
    value = {"a": 1}
    assert spec.apply(value) is value
    assert value == {"a": 1.0, "b": 2, "c": {"d": 3}}


def test_defaults_are_copied():
    spec = pgt.Dict({"a": pgt.List(int, default=[1])})
    first, second = spec.apply({}), spec.apply({})
    first["a"].append(2)
    assert second == {"a": [1]} == spec.default


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ({"a": "s"}, TypeError, r"path=x\.a"),
        ({"a": 1, "z": 1}, KeyError, r"schema \(a\), got \['z'\]\. \(path=x\)"),
        ({"a": 1, 2: 1}, KeyError, r"got \[2\]"),
        ({}, ValueError, r"got MISSING_VALUE.* \(path=x\.a\)"),
        (None, ValueError, "got None"),
    ],
)
def test_errors(value, error, message):
    with pytest.raises(error, match=message):
        pgt.Dict({"a": int}).apply(value, root_path=PATH)


def test_partial_values():
    value = pgt.Dict({"a": int, "b": pgt.Dict({"c": int})}).apply(
        {}, allow_partial=True
    )
    assert value["a"].value_spec == pgt.Int()
    assert value["b"]["c"] == pgt.MISSING_VALUE


def test_patterns_of_keys():
    spec = pgt.Dict([("a", pgt.Int(1)), (pgt.StrKey("x"), float)])
    assert spec.apply({"x1": 1}) == {"x1": 1.0, "a": 1}
    with pytest.raises(KeyError, match=r"\['y1'\]"):
        spec.apply({"y1": 1})


@pytest.mark.parametrize(
    "definition",
    [
        {"a": int},
        [("a", int)],
        [pgt.Field("a", pgt.Int())],
        pgt.create_schema([("a", int)]),
    ],
)
def test_definitions(definition):
    assert pgt.Dict(definition).schema["a"].value == pgt.Int()


def test_a_type_is_that_of_all_values():
    expected = pgt.Dict([(pgt.StrKey(), pgt.Int())])
    assert pgt.Dict(int) == pgt.Dict(pgt.Int()) == pgt.Dict[str, int] == expected
    assert pgt.Dict[{"a": int}] == pgt.Dict({"a": int})
    assert pgt.Dict[int, int] == pgt.Dict()
    with pytest.raises(TypeError, match="value spec can express, got 1"):
        pgt.Dict(1)
    with pytest.raises(TypeError, match="the types of keys and values"):
        pgt.Dict[str]


class TestDefault:
    def test_comes_from_the_fields(self):
        spec = pgt.Dict({"a": pgt.Int(1), "b": int})
        assert spec.has_default
        assert spec.default == {"a": 1, "b": pgt.MISSING_VALUE}
        assert not pgt.Dict().has_default

    def test_may_be_given(self):
        spec = pgt.Dict({"a": int, "b": pgt.Int(2)}, default={"a": 1})
        assert spec.default == {"a": 1, "b": 2}

    def test_is_none_for_noneable_ones(self):
        spec = pgt.Dict({"a": pgt.Int(1)}).noneable()
        assert spec.default is None
        assert spec.noneable(False).default == {"a": 1}

    def test_freezes(self):
        spec = pgt.Dict({"a": pgt.Int(1)}).freeze()
        assert spec.apply(pgt.MISSING_VALUE) == {"a": 1}
        assert spec.apply({"a": 1}) == {"a": 1}
        with pytest.raises(ValueError, match="a frozen spec"):
            spec.apply({"a": 2})
        assert pgt.Dict({"a": pgt.Int(1)}, frozen=True) == spec


def test_child_transform_sees_defaults_too():
    seen = []

    def transform(path, field, value):
        seen.append(str(path))
        return value

    spec = pgt.Dict({"a": pgt.Int(1), "b": pgt.Dict({"c": pgt.Int(2)})})
    spec.apply({"a": 2}, child_transform=transform, root_path=PATH)
    assert seen == ["x.a", "x.b.c", "x.b"]


def test_extend():
    spec = pgt.Dict({"a": int}).extend(pgt.Dict({"b": str}))
    assert list(spec.schema.keys()) == ["b", "a"]
    assert pgt.Dict().extend(pgt.Dict({"a": int})) == pgt.Dict({"a": int})
    assert pgt.Dict({"a": int}).extend(pgt.Dict()) == pgt.Dict({"a": int})
    with pytest.raises(TypeError, match=r"\(path=a\)"):
        pgt.Dict({"a": int}).extend(pgt.Dict({"a": str}))


def test_extending_updates_the_default():
    spec = pgt.Dict({"a": pgt.Int(1)})
    assert spec.default == {"a": 1}
    assert spec.extend(pgt.Dict({"b": pgt.Int(2)})).default == {"a": 1, "b": 2}


def test_is_compatible():
    assert pgt.Dict().is_compatible(pgt.Dict({"a": int}))
    assert not pgt.Dict({"a": int}).is_compatible(pgt.Dict())
    assert not pgt.Dict({"a": int}).is_compatible(pgt.Dict({"a": int, "b": int}))


def test_call_text_and_json():
    spec = pgt.Dict({"a": (pgt.Int(1), "Doc.")})
    assert spec(a=2) == spec({"a": 2}) == {"a": 2}
    assert repr(spec) == (
        "Dict(fields=[Field(key=a, value=Int(default=1), description='Doc.')])"
    )
    assert utils.from_json(utils.to_json(spec)) == spec
    assert utils.to_json(pgt.Dict()) == {"_type": "pyglove.typing.Dict"}


def test_json_of_a_frozen_dict_leaves_out_what_its_schema_says():
    spec = pgt.Dict([("x", pgt.Int(1)), ("y", pgt.Str())]).freeze()
    document = utils.to_json(spec)
    assert "default" not in document
    loaded = utils.from_json(document)
    assert loaded == spec and loaded.frozen and loaded.default == spec.default
    assert utils.to_json(pgt.Dict().noneable().freeze())["default"] is None
    given = pgt.Dict([("x", pgt.Int(1))]).freeze({"x": 2})
    assert utils.to_json(given)["default"] == {"x": 2}
    assert utils.from_json(utils.to_json(given)).default == {"x": 2}
