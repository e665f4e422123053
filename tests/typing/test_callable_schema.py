import pytest

import pyglove.typing as pgt


def area(width: float, height: float = 1.0) -> float:
    """The area.

    Args:
        width: The width.
        height: The height.
    """
    return width * height


def test_schema_of_a_function():
    schema = pgt.schema(area)
    assert list(schema.values()) == [
        pgt.Field("width", pgt.Float(), "The width."),
        pgt.Field("height", pgt.Float(1.0), "The height."),
    ]
    assert schema.description == "The area."


def test_options():
    schema = pgt.schema(
        area,
        [("width", pgt.Float(min_value=0))],
        returns=pgt.Float(min_value=0),
        auto_typing=False,
        auto_doc=False,
        include_return=True,
    )
    assert list(schema.values()) == [
        pgt.Field("width", pgt.Float(min_value=0)),
        pgt.Field("height", pgt.Any(1.0, annotation=float)),
        pgt.Field("return", pgt.Float(min_value=0), "Return value."),
    ]


def test_declared_schema_is_taken():
    class Declared:
        __schema__ = pgt.create_schema({"a": int})

    assert pgt.schema(Declared) is Declared.__schema__


def test_bad_arguments():
    with pytest.raises(TypeError, match=r"Expected a callable .* got 1"):
        pgt.schema(1)
    with pytest.raises(TypeError, match="Expected the fields of a schema"):
        pgt.schema(area, 1)
    with pytest.raises(TypeError, match="value spec can express, got 1"):
        pgt.schema(area, returns=1)
    with pytest.raises(KeyError, match=r"name of an argument of .*area, got 'depth'"):
        pgt.schema(area, {"depth": float})


def test_get_signature_is_signature():
    assert pgt.get_signature(area) == pgt.signature(area)
