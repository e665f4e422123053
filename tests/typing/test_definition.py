import pytest

import pyglove.typing as pgt


class A:
    pass


def fn(x):
    return x


@pytest.mark.parametrize(
    ("value", "spec"),
    [
        (1, pgt.Int(1)),
        (True, pgt.Bool(True)),
        (1.5, pgt.Float(1.5)),
        ("int", pgt.Str("int")),
        (None, pgt.Any(None)),
        ([1, 2], pgt.List(int, default=[1, 2])),
        ([], pgt.List(pgt.Any(), default=[])),
        ((1, "a"), pgt.Tuple([int, str], default=(1, "a"))),
        ({"a": 1}, pgt.Dict(default={"a": 1})),
        (fn, pgt.Callable(default=fn)),
        (b"a", pgt.Object(bytes, default=b"a")),
        (int, pgt.Int()),
        (A, pgt.Object(A)),
        (list[int], pgt.List(int)),
        (pgt.Int(2), pgt.Int(2)),
    ],
)
def test_value_or_type_of_a_field(value, spec):
    assert pgt.create_field(("a", value)).value == spec


def test_items_of_a_list_are_like_its_first():
    with pytest.raises(TypeError, match=r"path=\[1\]"):
        pgt.create_field(("a", [1, 2.0]))


def test_field_with_description_and_metadata():
    field = pgt.create_field((pgt.StrKey(), int, "Doc.", {"x": 1}))
    assert field == pgt.Field(pgt.StrKey(), pgt.Int(), "Doc.", {"x": 1})
    assert pgt.create_field(field) is field


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (1, r"Expected a field, or a tuple"),
        (("a",), r"Expected a field, or a tuple"),
        (("a", int, "d", {}, 1), r"Expected a field, or a tuple"),
        ((1, int), "as the first item of a field definition"),
        (("a", int, 1), "as the description of a field"),
        (("a", int, "d", 1), "as the metadata of a field"),
    ],
)
def test_bad_fields(definition, message):
    with pytest.raises(TypeError, match=message):
        pgt.create_field(definition)


def test_schema_of_a_dict():
    schema = pgt.create_schema(
        {"a": int, "b": ("x", "Doc."), "c": (1.0, "Doc.", {"y": 1})}
    )
    assert list(schema.values()) == [
        pgt.Field("a", pgt.Int()),
        pgt.Field("b", pgt.Str("x"), "Doc."),
        pgt.Field("c", pgt.Float(1.0), "Doc.", {"y": 1}),
    ]


@pytest.mark.parametrize("fields", [1, None, pgt.Schema([])])
def test_bad_schemas(fields):
    with pytest.raises(TypeError, match="Expected the fields of a schema"):
        pgt.create_schema(fields)


def test_an_error_names_the_field():
    with pytest.raises(TypeError, match=r"Use `typing.Any`.*\(Field 'x'.\)"):
        pgt.create_schema([("x", dict[str, object])])
