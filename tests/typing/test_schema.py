import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x.y")


def patterned():
    return pgt.create_schema(
        [("a", int), (pgt.StrKey("x.*"), int), (pgt.StrKey("xy.*"), str)],
        allow_nonconst_keys=True,
    )


class TestLookup:
    def test_exact_keys(self):
        schema = patterned()
        assert schema["a"] is schema[pgt.ConstStrKey("a")] is schema.get("a")
        assert schema[pgt.StrKey("x.*")].value == pgt.Int()
        assert "a" in schema and pgt.StrKey("x.*") in schema and "x" not in schema
        assert schema.get("x") is None and schema.get("x", 1) == 1
        with pytest.raises(KeyError):
            schema["x"]

    def test_keys_that_match(self):
        schema = patterned()
        assert schema.get_field("a") is schema["a"]
        assert schema.get_field("xyz") is schema[pgt.StrKey("x.*")]
        assert schema.get_field("z") is None
        assert schema.dynamic_field is schema[pgt.StrKey("x.*")]
        assert pgt.Schema([]).dynamic_field is None

    def test_iteration_is_in_order(self):
        schema = pgt.create_schema([("b", int), ("a", str)])
        assert list(schema) == list(schema.keys()) == ["b", "a"]
        assert [f.value for f in schema.values()] == [pgt.Int(), pgt.Str()]
        assert dict(schema.items()) == schema.fields

    def test_resolve(self):
        matched, unmatched = patterned().resolve(["a", "xx", "xy", "z"])
        assert matched == {
            "a": ["a"],
            pgt.StrKey("x.*"): ["xx", "xy"],
            pgt.StrKey("xy.*"): [],
        }
        assert unmatched == ["z"]


class TestDefinition:
    def test_of_several_fields_for_a_key_the_last_counts(self):
        assert pgt.create_schema([("a", int), ("a", str)])["a"].value == pgt.Str()

    def test_patterns_must_be_allowed(self):
        with pytest.raises(ValueError, match="a field for a single key, got one for"):
            pgt.create_schema([(pgt.StrKey(), int)])

    def test_takes_a_list(self):
        with pytest.raises(TypeError, match="Expected a list of fields"):
            pgt.Schema(1)

    def test_origin_is_the_class_unless_there_is_one(self):
        class A:
            pass

        fields = [pgt.Field("a", pgt.Int()), pgt.Field("b", pgt.Int(), origin=int)]
        schema = pgt.Schema(fields, for_cls=A)
        assert schema["a"].origin is A and schema["b"].origin is int

    def test_may_be_named_and_described_later(self):
        schema = pgt.Schema([])
        schema.set_name("n")
        schema.set_description("d")
        assert (schema.name, schema.description) == ("n", "d")
        assert schema.metadata == {} and not schema.allow_nonconst_keys


@pytest.mark.parametrize("metadata", [1, "a", [1]])
def test_metadata_is_a_dict(metadata):
    with pytest.raises(TypeError, match="Expected a dict as the metadata"):
        pgt.create_schema([], metadata=metadata)


class TestApply:
    def test_completes_in_place_and_keeps_the_order(self):
        value = {"b": 1}
        schema = pgt.create_schema([("a", pgt.Int(0)), ("b", float)])
        assert schema.apply(value) is value
        assert list(value.items()) == [("b", 1.0), ("a", 0)]

    def test_missing_values_become_defaults(self):
        schema = pgt.create_schema({"a": pgt.Int(1)})
        assert schema.apply({"a": pgt.MISSING_VALUE}) == {"a": 1}
        frozen = pgt.create_schema({"a": pgt.Int().freeze(1)})
        assert frozen.apply({}) == {"a": 1}

    def test_objects_that_are_defaults_are_copied(self):
        class A:
            pass

        default = A()
        schema = pgt.create_schema({"a": pgt.Object(A, default=default)})
        assert schema.apply({})["a"] is not default

    def test_errors_come_in_the_order_of_the_fields(self):
        schema = pgt.create_schema([("a", int), ("b", int)])
        with pytest.raises(TypeError, match=r"got 'y' .*\(path=x\.y\.a\)"):
            schema.apply({"b": "z", "a": "y"}, root_path=PATH)

    def test_unknown_keys(self):
        with pytest.raises(KeyError) as error:
            pgt.create_schema({"a": int}).apply({"a": 1, "c": 2}, root_path=PATH)
        assert str(error.value) == (
            "Expected only keys of the schema (a), got ['c']. (path=x.y)"
        )


class TestValidate:
    def test_changes_nothing(self):
        value = {"a": [1]}
        schema = pgt.create_schema({"a": pgt.List(float), "b": pgt.Int(1)})
        assert schema.validate(value) is None
        assert value == {"a": [1]} and type(value["a"][0]) is int

    @pytest.mark.parametrize(
        ("value", "error"),
        [({}, ValueError), ({"a": "s"}, TypeError), ({"a": 1, "c": 1}, KeyError)],
    )
    def test_errors(self, value, error):
        with pytest.raises(error, match=r"x\.y"):
            pgt.create_schema({"a": int}).validate(value, root_path=PATH)

    def test_partial(self):
        pgt.create_schema({"a": int}).validate({}, allow_partial=True)


class TestExtend:
    def test_base_fields_come_first(self):
        base = pgt.create_schema([("b", str), ("a", pgt.Int(min_value=0))])
        schema = pgt.create_schema([("c", str), ("a", int)]).extend(base)
        assert list(schema) == ["b", "a", "c"]
        assert schema["a"].value == pgt.Int(min_value=0)

    def test_several_bases(self):
        first = pgt.create_schema([("b", str), ("a", pgt.Int(1))])
        second = pgt.create_schema([("c", float), ("b", pgt.Str("z"))])
        schema = pgt.create_schema({"a": int}, base_schema_list=[first, second])
        assert list(schema) == ["b", "a", "c"]
        assert schema["b"].value == pgt.Str()

    def test_errors_tell_the_field(self):
        with pytest.raises(TypeError, match=r"it is of another type. \(path=a\)"):
            pgt.create_schema({"a": int}).extend(pgt.create_schema({"a": str}))
        with pytest.raises(TypeError, match="the base is frozen"):
            pgt.create_schema({"a": int}).extend(
                pgt.create_schema({"a": pgt.Int(1).freeze()})
            )

    def test_patterns_must_be_allowed(self):
        with pytest.raises(ValueError, match="fields for single keys only"):
            pgt.create_schema({"a": int}).extend(patterned())

    def test_metadata_is_not_inherited(self):
        base = pgt.create_schema({"b": int}, metadata={"x": 1})
        assert pgt.create_schema({"a": int}, base_schema_list=[base]).metadata == {}

    def test_metadata_is_inherited_by_an_explicit_extension(self):
        base = pgt.create_schema([], metadata={"a": 1, "b": 0, "c": {"x": 1}})
        schema = pgt.create_schema([], metadata={"b": 2, "c": {"y": 2}}).extend(base)
        assert schema.metadata == {"a": 1, "b": 2, "c": {"x": 1, "y": 2}}
        assert base.metadata == {"a": 1, "b": 0, "c": {"x": 1}}


def test_merge_keeps_the_first_field():
    merged = pgt.Schema.merge(
        [pgt.create_schema({"a": int}), pgt.create_schema({"b": int, "a": str})],
        name="N",
        description="D",
    )
    assert merged == pgt.create_schema({"a": int, "b": int})
    assert (merged.name, merged.description) == ("N", "D")
    assert merged.allow_nonconst_keys


def test_is_compatible():
    schema = pgt.create_schema({"a": int})
    assert schema.is_compatible(pgt.create_schema({"a": pgt.Int(min_value=1)}))
    assert not schema.is_compatible(pgt.create_schema({"a": str}))
    assert not schema.is_compatible(pgt.create_schema({"a": int, "b": int}))
    with pytest.raises(TypeError, match="a schema to compare with"):
        schema.is_compatible(1)


def test_equality_is_that_of_the_fields():
    schema = pgt.create_schema([("a", int), ("b", str)], name="x")
    assert schema == pgt.create_schema([("b", str), ("a", int)])
    assert hash(schema) == hash(schema.clone())
    assert schema != pgt.create_schema({"a": int}) and schema != 1


def test_text_and_json():
    schema = pgt.create_schema(
        {"a": (int, "Doc.")}, name="n", description="d", metadata={"x": 1}
    )
    assert repr(schema) == (
        "Schema(name='n', description='d', "
        "fields=[Field(key=a, value=Int(), description='Doc.')], "
        "allow_nonconst_keys=False, metadata={'x': 1})"
    )
    assert schema.format(compact=True, cls_name="A", fields_only=True) == (
        "A(fields=[Field(key=a, value=Int(), description='Doc.')])"
    )
    loaded = utils.from_json(utils.to_json(schema))
    assert loaded == schema
    assert (loaded.name, loaded.description, loaded.metadata) == ("n", "d", {"x": 1})
    empty = pgt.Schema([])
    assert utils.from_json(utils.to_json(empty)) == empty
