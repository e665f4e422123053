"""The names of classes: those by which documents know them."""

import pytest

import pyglove as pg


@pytest.mark.parametrize(
    "value",
    [
        pg.Ref([1]),
        pg.symbolic.ValueFromParentChain(),
        pg.DNA(1),
        pg.geno.Random(seed=1),
        pg.geno.Sweeping(),
        pg.evolution.selectors.Top(1),
        pg.evolution.mutators.Uniform(seed=1),
        pg.evolution.where.All(),
        pg.scalars.Constant(1),
        pg.mutfun.Var("x"),
        pg.diff(1, 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_type_names_are_what_documents_say(value):
    cls = type(value)
    document = pg.to_json(value)
    assert document["_type"] == cls.__type_name__ == cls.__serialization_key__
    assert cls.__type_name__.startswith(("pyglove.core.", "pyglove.ext."))
    assert pg.JSONConvertible.class_from_typename(cls.__type_name__) is cls


def test_bases_have_published_names():
    assert pg.Object.__type_name__ == "pyglove.core.symbolic.object.Object"
    assert pg.DNASpec.__type_name__ == "pyglove.core.geno.base.DNASpec"
    name = "pyglove.core.geno.dna_generator.DNAGenerator"
    assert pg.DNAGenerator.__type_name__ == name

    class Own(pg.DNAGenerator):
        pass

    assert Own.__type_name__ == f"{__name__}.{Own.__qualname__}"


def test_a_former_name_of_error_info():
    fields = {"tag": "a", "description": "b", "stacktrace": "c"}
    for name in ("utils.error_utils", "symbolic.error_info"):
        document = {"_type": f"pyglove.core.{name}.ErrorInfo", **fields}
        assert pg.from_json(document) == pg.ErrorInfo("a", "b", "c")


def test_spaces_with_user_data():
    document = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.floatv(0.0, 1.0))).to_json()
    expected = pg.from_json(document)
    pending = [document]
    while pending:
        part = pending.pop()
        if isinstance(part, dict) and "_type" in part:
            part["userdata"] = None
        if isinstance(part, (dict, list)):
            pending += part.values() if isinstance(part, dict) else part
    assert pg.eq(pg.from_json(document), expected)


def test_a_key_that_is_set_later():
    class Late(pg.Object):
        x: int = 1

    old = pg.to_json(Late())["_type"]
    Late.__serialization_key__ = "test.LateKey"
    assert pg.to_json(Late(2)) == {"_type": "test.LateKey", "x": 2}
    assert Late(2).to_json() == pg.to_json(Late(2))
    for name in (old, "test.LateKey"):
        assert pg.from_json({"_type": name, "x": 3}) == Late(3)

    class Sub(Late):
        pass

    assert pg.to_json(Sub())["_type"].endswith("Sub")
