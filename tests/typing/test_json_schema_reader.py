import pytest

import pyglove.typing as pgt

read = pgt.ValueSpec.from_json_schema


@pytest.mark.parametrize(
    ("json_schema", "spec"),
    [
        ({"type": "boolean", "default": True}, pgt.Bool(True)),
        ({"type": "integer"}, pgt.Int()),
        (
            {"type": "integer", "minimum": 0, "maximum": 5, "default": 3},
            pgt.Int(3, min_value=0, max_value=5),
        ),
        ({"type": "number", "maximum": 2}, pgt.Float(max_value=2)),
        ({"type": "string", "pattern": "a"}, pgt.Str(regex="a")),
        ({"type": "null"}, pgt.Any().freeze(None)),
        ({"type": "null", "default": None}, pgt.Any().freeze(None)),
        ({"enum": ["a", 1]}, pgt.Enum["a", 1]),
        ({"enum": ["a", None], "default": "a"}, pgt.Enum("a", ["a", None])),
        ({"type": "string", "enum": ["a", "b"]}, pgt.Enum["a", "b"]),
        ({"type": "array"}, pgt.List(pgt.Any())),
        (
            {"type": "array", "items": {"type": "integer"}, "default": [1]},
            pgt.List(int, default=[1]),
        ),
        ({"type": "object"}, pgt.Dict()),
        (
            {"type": "object", "additionalProperties": True},
            pgt.Dict([(pgt.StrKey(), pgt.Any())]),
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            pgt.Dict[str, str],
        ),
        (
            {
                "type": "object",
                "properties": {
                    "_type": {"const": "m.C"},
                    "a": {"type": "integer", "description": "Doc."},
                    "b": {"type": "string"},
                    "c": {"type": "integer", "default": 1},
                },
                "required": ["_type", "a"],
                "additionalProperties": True,
            },
            pgt.Dict(
                [
                    ("a", pgt.Int(), "Doc."),
                    ("b", pgt.Str().noneable()),
                    ("c", pgt.Int(1)),
                    (pgt.StrKey(), pgt.Any()),
                ]
            ),
        ),
        ({"anyOf": [{"type": "integer"}]}, pgt.Int()),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, pgt.Int().noneable()),
        (
            {"anyOf": [{"type": "integer", "default": 3}, {"type": "null"}]},
            pgt.Int(3).noneable(),
        ),
        (
            {"anyOf": [{"type": "integer"}, {"type": "string"}], "default": "a"},
            pgt.Union([int, str], default="a"),
        ),
        ({"type": ["integer", "null"]}, pgt.Int().noneable()),
        ({"type": ["integer", "string"]}, pgt.Union([int, str])),
        (
            {"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}},
            pgt.Int(),
        ),
    ],
)
def test_spec(json_schema, spec):
    assert read(json_schema) == spec


def test_default_of_an_object():
    json_schema = {
        "type": "object",
        "properties": {"x": {"type": "integer"}},
        "default": {"x": 1},
    }
    assert read(json_schema).default == {"x": 1}


@pytest.mark.parametrize(
    ("json_schema", "error"),
    [
        ({}, ValueError),
        ({"type": "foo"}, ValueError),
        ({"oneOf": [{"type": "integer"}]}, ValueError),
        ({"anyOf": []}, ValueError),
        ({"$ref": "#/$defs/Nope"}, ValueError),
        (True, TypeError),
        ({"type": "integer", "default": "a"}, TypeError),
    ],
)
def test_errors(json_schema, error):
    with pytest.raises(error):
        read(json_schema)


def test_recursion_needs_a_class_that_is_there():
    node = {"type": "object", "title": "N", "properties": {"n": {"$ref": "#/$defs/N"}}}
    with pytest.raises(ValueError, match=r"a reference to a definition .* got 'N'"):
        read({"$ref": "#/$defs/N", "$defs": {"N": node}})


def test_classes_are_made_of_objects_with_a_title():
    made = {}

    def make(title, schema):
        made[title] = schema
        return type(title, (), {})

    inner = {"type": "object", "title": "B", "properties": {"y": {"type": "integer"}}}
    spec = read(
        {
            "type": "object",
            "title": "A",
            "description": "Doc.",
            "properties": {
                "p": {"$ref": "#/$defs/B"},
                "q": {"$ref": "#/$defs/B"},
                "r": {"type": "object", "properties": {}},
            },
            "required": ["p", "q"],
            "$defs": {"B": inner},
        },
        class_fn=make,
    )
    assert spec.cls.__name__ == "A" and list(made) == ["B", "A"]
    fields = made["A"]
    assert fields["p"].value.cls is fields["q"].value.cls
    assert (fields.name, fields.description) == ("A", "Doc.")


def test_json_schema_may_be_kept_as_metadata():
    item = {"type": "integer"}
    spec = read(
        {"type": "object", "properties": {"a": item}}, add_json_schema_as_metadata=True
    )
    assert spec.schema["a"].metadata == {"json_schema": item}


def test_schema():
    schema = pgt.Schema.from_json_schema(
        {
            "type": "object",
            "title": "T",
            "description": "D",
            "properties": {"a": {"type": "integer"}},
            "required": ["a"],
        }
    )
    assert schema == pgt.create_schema({"a": int})
    assert (schema.name, schema.description) == ("T", "D")
    with pytest.raises(ValueError, match="JSON schema of type 'object'"):
        pgt.Schema.from_json_schema({"type": "integer"})


@pytest.mark.parametrize("value", [{"a": 1}, [1], []])
def test_values_of_enums_have_no_parts(value):
    with pytest.raises(ValueError, match="Expected numbers, strings"):
        pgt.ValueSpec.from_json_schema({"enum": [1, value]})


def test_open_dicts_accept_what_they_say():
    spec = pgt.ValueSpec.from_json_schema(
        {"type": "object", "additionalProperties": True}
    )
    assert spec.apply({"a": 1, "b": None}) == {"a": 1, "b": None}
