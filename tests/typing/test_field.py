import typing

import pytest

import pyglove.typing as pgt
from pyglove import utils


class A:
    pass


def test_parts():
    field = pgt.Field("a", pgt.Int(1), "Doc.", {"x": 1}, origin=A)
    assert field.key == pgt.ConstStrKey("a")
    assert field.value == pgt.Int(1) and field.default_value == 1
    assert field.description == "Doc." and field.metadata == {"x": 1}
    assert field.origin is A and field.annotation is int and not field.frozen
    assert pgt.Field("a", pgt.Int(1).freeze()).frozen
    assert pgt.Field("a", pgt.Int()).metadata == {}


def test_bad_definitions():
    with pytest.raises(TypeError, match="Expected a str or a key spec"):
        pgt.Field(1, pgt.Int())
    with pytest.raises(ValueError, match="Expected a dict as the metadata"):
        pgt.Field("a", pgt.Int(), None, 1)


def test_may_be_described_later():
    field = pgt.Field("a", pgt.Int())
    field.set_description("Doc.")
    field.set_origin(A)
    assert field.description == "Doc." and field.origin is A


def test_apply_transforms_last():
    seen = []

    def transform(path, field, value):
        seen.append(path)
        return value + 1

    path = utils.KeyPath("a")
    field = pgt.Field("a", pgt.Float())
    assert field.apply(1, transform_fn=transform, root_path=path) == 2.0
    assert seen == [path]
    with pytest.raises(TypeError, match=r"path=a"):
        field.apply("s", root_path=path)


def test_extend():
    base = pgt.Field("a", pgt.Int(min_value=0), "Base.", {"x": 1, "y": 1})
    field = pgt.Field("a", pgt.Int(1), None, {"y": 2}).extend(base)
    assert field == pgt.Field("a", pgt.Int(1, min_value=0), "Base.", {"x": 1, "y": 2})
    assert pgt.Field("a", pgt.Int(), "Own.").extend(base).description == "Own."
    assert base.metadata == {"x": 1, "y": 1}
    with pytest.raises(KeyError, match="field for key 'a', as the base is"):
        pgt.Field("b", pgt.Int()).extend(base)


def test_equality_leaves_out_the_origin():
    assert pgt.Field("a", pgt.Int(), origin=A) == pgt.Field("a", pgt.Int())
    for other in (
        pgt.Field("b", pgt.Int()),
        pgt.Field("a", pgt.Str()),
        pgt.Field("a", pgt.Int(), "Doc."),
        pgt.Field("a", pgt.Int(), None, {"x": 1}),
        1,
    ):
        assert pgt.Field("a", pgt.Int()) != other


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (int, pgt.Field("a", pgt.Int())),
        ("int", pgt.Field("a", pgt.Int())),
        (typing.Annotated[int, "Doc."], pgt.Field("a", pgt.Int(), "Doc.")),
        (
            typing.Annotated[int, "Doc.", {"x": 1}],
            pgt.Field("a", pgt.Int(), "Doc.", {"x": 1}),
        ),
        (
            'Annotated[int, "Doc.", {"x": 1}]',
            pgt.Field("a", pgt.Int(), "Doc.", {"x": 1}),
        ),
        (
            typing.Annotated[pgt.Int(min_value=1), "Doc."],
            pgt.Field("a", pgt.Int(min_value=1), "Doc."),
        ),
        (
            pgt.Annotated[int, "Doc.", {"x": 1}],
            pgt.Field("a", pgt.Int(), "Doc.", {"x": 1}),
        ),
    ],
)
def test_from_annotation(annotation, expected):
    module = typing
    assert pgt.Field.from_annotation("a", annotation, parent_module=module) == expected


def test_annotated_specs_are_not_shared():
    spec = pgt.Int(min_value=1)
    fields = [
        pgt.Field.from_annotation(name, typing.Annotated[spec, "Doc."]) for name in "ab"
    ]
    fields[0].value.set_default(2)
    assert not fields[1].value.has_default and not spec.has_default


def test_annotated_text_takes_precedence():
    field = pgt.Field.from_annotation("a", typing.Annotated[int, "Doc."], "Other.")
    assert field.description == "Doc."
    assert pgt.Field.from_annotation("a", int, "Other.").description == "Other."


@pytest.mark.parametrize("extra", [(5,), ({"x": 1}, "Doc."), ("Doc.", "more")])
def test_annotated_takes_description_and_metadata(extra):
    with pytest.raises(
        TypeError, match=r"Expected .* as the (description|metadata) of a field"
    ):
        pgt.Field.from_annotation("a", typing.Annotated[(int, *extra)])


def test_without_auto_typing():
    field = pgt.Field.from_annotation("a", int, auto_typing=False)
    assert field.value == pgt.Any(annotation=int)


def test_text_and_json():
    field = pgt.Field("a", pgt.Int(1), "Doc.", {"x": 1})
    assert repr(field) == (
        "Field(key=a, value=Int(default=1), description='Doc.', metadata={'x': 1})"
    )
    assert utils.from_json(utils.to_json(field)) == field
    assert hash(field) == hash(field.clone())
