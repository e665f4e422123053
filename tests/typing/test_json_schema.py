import pytest
from hypothesis import given

import pyglove.typing as pgt
from pyglove import utils
from tests.typing.strategies import leaf_specs

NULL = {"type": "null"}


class Point:
    __schema__ = pgt.create_schema({"x": int}, description="A point.")


class Line:
    __schema__ = pgt.create_schema({"a": Point, "b": Point})


class Shape:
    __schema__ = pgt.create_schema({"line": Line})


class Tree:
    __schema__ = pgt.create_schema({"left": pgt.Object("Tree").noneable()})


class Child(Point):
    __schema__ = pgt.create_schema({"x": int, "y": int})


POINT = {
    "type": "object",
    "title": "Point",
    "description": "A point.",
    "properties": {"x": {"type": "integer"}},
    "required": ["x"],
    "additionalProperties": False,
}
POINT_REF = {"$ref": "#/$defs/Point"}


def objects(title, **properties):
    return {
        "type": "object",
        "title": title,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pgt.Bool(True), {"type": "boolean", "default": True}),
        (
            pgt.Int(1, min_value=0, max_value=5),
            {"type": "integer", "minimum": 0, "maximum": 5, "default": 1},
        ),
        (pgt.Float(), {"type": "number"}),
        (pgt.Str(regex="a.*"), {"type": "string", "pattern": "a.*"}),
        (pgt.Int().noneable(), {"anyOf": [{"type": "integer"}, NULL], "default": None}),
        (pgt.Int(1).noneable(), {"anyOf": [{"type": "integer", "default": 1}, NULL]}),
        (pgt.Int().freeze(1), {"type": "integer", "default": 1}),
        (pgt.Enum("a", ["a", 1]), {"enum": ["a", 1], "default": "a"}),
        (
            pgt.Enum("a", ["a", None]),
            {"anyOf": [{"enum": ["a"], "default": "a"}, NULL]},
        ),
        (pgt.List(int), {"type": "array", "items": {"type": "integer"}}),
        (pgt.List(pgt.Any(), default=[]), {"type": "array", "default": []}),
        (pgt.Dict(), {"type": "object", "additionalProperties": True}),
        (
            pgt.Dict({"a": (pgt.Int(1), "Doc."), "b": str}),
            {
                "type": "object",
                "properties": {
                    "a": {"type": "integer", "default": 1, "description": "Doc."},
                    "b": {"type": "string"},
                },
                "required": ["b"],
                "additionalProperties": False,
            },
        ),
        (
            pgt.Dict[str, int],
            {"type": "object", "additionalProperties": {"type": "integer"}},
        ),
        (
            pgt.Dict({"a": pgt.Int(1)}).noneable(),
            {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {"a": {"type": "integer", "default": 1}},
                        "additionalProperties": False,
                    },
                    NULL,
                ],
                "default": None,
            },
        ),
        (
            pgt.Union([int, str], default=1).noneable(),
            {
                "anyOf": [{"type": "integer"}, {"type": "string"}, NULL],
                "default": 1,
            },
        ),
        (
            pgt.Union([pgt.Union([int, str]), float]),
            {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "number"}]},
        ),
        (
            pgt.Union([int, pgt.Dict({"a": pgt.Int(1)})]),
            {
                "anyOf": [
                    {"type": "integer"},
                    {
                        "type": "object",
                        "properties": {"a": {"type": "integer", "default": 1}},
                        "additionalProperties": False,
                    },
                ]
            },
        ),
        (int, {"type": "integer"}),
        (list[int], {"type": "array", "items": {"type": "integer"}}),
        (int | None, {"anyOf": [{"type": "integer"}, NULL]}),
        (Point, POINT),
        (pgt.List(Point), {"type": "array", "items": POINT}),
    ],
)
def test_schema(value, expected):
    assert pgt.to_json_schema(value) == expected


def test_any_value():
    json_schema = pgt.to_json_schema(pgt.Any(1))
    assert [option["type"] for option in json_schema["anyOf"]] == [
        "boolean",
        "number",
        "string",
        "array",
        "object",
        "null",
    ]
    assert json_schema["default"] == 1


class TestDefinitions:
    def test_objects_within_objects(self):
        assert pgt.to_json_schema(Line) == {
            "$defs": {"Point": POINT},
            **objects("Line", a=POINT_REF, b=POINT_REF),
        }
        assert list(pgt.to_json_schema(Shape)["$defs"]) == ["Line", "Point"]

    def test_inlined_if_they_occur_once(self):
        json_schema = pgt.to_json_schema(Shape, inline_nested_refs=True)
        assert json_schema == {
            "$defs": {"Point": POINT},
            **objects("Shape", line=objects("Line", a=POINT_REF, b=POINT_REF)),
        }

    def test_recursion(self):
        assert pgt.to_json_schema(Tree) == {
            "$defs": {
                "Tree": {
                    "type": "object",
                    "title": "Tree",
                    "properties": {
                        "left": {
                            "anyOf": [{"$ref": "#/$defs/Tree"}, NULL],
                            "default": None,
                        }
                    },
                    "additionalProperties": False,
                }
            },
            "$ref": "#/$defs/Tree",
        }

    def test_objects_that_occur_twice_at_the_top(self):
        json_schema = pgt.to_json_schema(pgt.Dict({"a": Point, "b": Point}))
        assert json_schema["$defs"] == {"Point": POINT}
        assert json_schema["properties"] == {"a": POINT_REF, "b": POINT_REF}

    def test_classes_of_the_same_name_are_told_apart(self):
        def make():
            class Point:
                __schema__ = pgt.create_schema({"z": int})

            return Point

        other = make()
        spec = pgt.Dict({"a": Line, "b": other, "c": other})
        defs = pgt.to_json_schema(spec)["$defs"]
        assert set(defs) == {"Point", f"{__name__}.{other.__qualname__}"}

    def test_subclasses_are_alternatives(self):
        options = pgt.to_json_schema(Point, include_subclasses=True)["anyOf"]
        assert [option["title"] for option in options] == ["Point", "Child"]
        assert "anyOf" not in pgt.to_json_schema(Child, include_subclasses=True)

    @pytest.mark.parametrize(
        ("spec", "titles"),
        [
            (pgt.Object(Point).noneable(), ["Point", "Child", None]),
            (pgt.Union([pgt.Object(Point), int]), ["Point", "Child", None]),
            (
                pgt.Union([pgt.Object(Point), int]).noneable(),
                ["Point", "Child", None, None],
            ),
        ],
    )
    def test_alternatives_are_one_list(self, spec, titles):
        json_schema = pgt.to_json_schema(spec, include_subclasses=True)
        assert [option.get("title") for option in json_schema["anyOf"]] == titles
        is_noneable = spec.is_noneable
        assert (NULL in json_schema["anyOf"]) is is_noneable
        assert ("default" in json_schema) is is_noneable

    def test_anything_in_a_union_is_its_options(self):
        json_schema = pgt.to_json_schema(pgt.Union([pgt.Any(), int]))
        assert [option["type"] for option in json_schema["anyOf"]] == [
            "boolean",
            "number",
            "string",
            "array",
            "object",
            "integer",
            "null",
        ]


class TestTypeName:
    def test_of_a_named_schema(self):
        schema = pgt.create_schema({"a": int}, name="m.C", description="D.")
        json_schema = pgt.to_json_schema(schema)
        assert json_schema["title"] == "C" and json_schema["description"] == "D."
        assert json_schema["properties"]["_type"] == {"const": "m.C"}
        assert json_schema["required"] == ["_type", "a"]
        plain = schema.to_json_schema(include_type_name=False)
        assert "_type" not in plain["properties"]

    def test_of_a_class_that_converts_to_json(self):
        class Saved(utils.JSONConvertible):
            __schema__ = pgt.create_schema({"a": int})

            def to_json(self, **kwargs):
                return {}

        json_schema = pgt.to_json_schema(Saved)
        name = f"{__name__}.{Saved.__qualname__}"
        assert json_schema["properties"]["_type"] == {"const": name}

    def test_defaults_have_one_if_their_classes_do(self):
        class Saved(utils.JSONConvertible):
            __schema__ = pgt.create_schema({"a": int})

            def to_json(self, **kwargs):
                return self.to_json_dict({"a": 1})

        spec = pgt.List(pgt.Object(Saved), default=[Saved()])
        name = f"{__name__}.{Saved.__qualname__}"
        assert spec.to_json_schema()["default"] == [{"_type": name, "a": 1}]
        plain = spec.to_json_schema(include_type_name=False)
        assert plain["default"] == [{"a": 1}]


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (pgt.Tuple(int), TypeError),
        (pgt.Callable(), TypeError),
        (pgt.Type(int), TypeError),
        (pgt.Number((int, float)), TypeError),
        (pgt.Dict({"a": pgt.Callable()}), TypeError),
        (pgt.Enum(1, [1, b"a"]), ValueError),
        (pgt.Object("NotThereYet"), TypeError),
        (1, TypeError),
    ],
)
def test_what_json_cannot_say(value, error):
    with pytest.raises(error):
        pgt.to_json_schema(value)


@given(leaf_specs())
def test_leaf_specs_come_back(spec):
    if isinstance(spec, pgt.Object | pgt.Any):
        return
    back = pgt.ValueSpec.from_json_schema(spec.to_json_schema())
    if not isinstance(spec, pgt.Enum):
        assert back == spec
    elif isinstance(back, pgt.Enum):
        assert set(back.values) == set(spec.values)
    else:
        assert set(spec.values) == {None} and back.default is None
