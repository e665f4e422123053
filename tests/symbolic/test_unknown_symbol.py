"""Placeholders for what a document names but nobody defines."""

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Tree, check_tree

DOCUMENT = {
    "_type": "nowhere.X",
    "x": 1,
    "y": [{"_type": "tests.symbolic.helper.Leaf", "x": 2}],
}


def load(document):
    return pg.from_json(document, convert_unknown=True)


def test_an_unknown_object():
    value = load(DOCUMENT)
    assert isinstance(value, pg.symbolic.UnknownTypedObject)
    assert value.type_name == "nowhere.X" and value.x == 1
    assert isinstance(value.y, pg.List) and value.y[0] == Leaf(2)
    assert repr(value) == (
        "<unknown-type nowhere.X>(x=1, y=[0: Leaf(x=2, y=1.0, z='a')])"
    )
    assert str(load({"_type": "nowhere.X", "x": 1})) == (
        "<unknown-type nowhere.X>(\n  x = 1\n)"
    )
    check_tree(value)


def test_an_unknown_object_goes_back():
    value = load(DOCUMENT)
    document = value.to_json()
    assert document["_type"] == "nowhere.X" and document["x"] == 1
    assert load(document) == value
    assert load(pg.to_json(value.clone(deep=True))) == value


def test_an_unknown_object_is_symbolic():
    value = load(DOCUMENT)
    value.rebind({"x": 2, "y[0].x": 3})
    assert value.x == 2 and value.y[0].x == 3
    value.rebind(z=2)
    assert value.z == 2
    assert value != load(DOCUMENT)


def test_any_field_takes_unknown_values():
    unknown = pg.symbolic.UnknownTypedObject("a.B")
    assert Leaf(unknown).x is unknown
    document = Tree("t", [Leaf(1)]).to_json()
    document["leaves"] = [{"_type": "nowhere.L"}]
    document["left"] = {"_type": "nowhere.M", "n": [1]}
    tree = load(document)
    assert tree.leaves[0].type_name == "nowhere.L" and tree.left.n == [1]
    assert pg.typing.Type(int).apply(pg.symbolic.UnknownType("a.B")).name == "a.B"


@pytest.mark.parametrize(
    ("document", "cls", "text"),
    [
        (
            {"_type": "type", "name": "nowhere.X"},
            pg.symbolic.UnknownType,
            "<unknown-type nowhere.X>",
        ),
        (
            {"_type": "type", "name": "nowhere.X", "args": [1, "a"]},
            pg.symbolic.UnknownType,
            "<unknown-type nowhere.X>[1, 'a']",
        ),
        (
            {"_type": "function", "name": "nowhere.f"},
            pg.symbolic.UnknownFunction,
            "<unknown-function nowhere.f>",
        ),
        (
            {"_type": "method", "name": "nowhere.X.f"},
            pg.symbolic.UnknownMethod,
            "<unknown-method nowhere.X.f>",
        ),
    ],
)
def test_unknown_classes_and_functions(document, cls, text):
    value = load(document)
    assert type(value) is cls and value.name == document["name"]
    assert repr(value) == str(value) == text
    assert value.to_json() == document
    assert value == load(document)
    assert isinstance(value, pg.symbolic.UnknownSymbol)


def test_calls():
    made = pg.symbolic.UnknownType("a.B")(x=1)
    assert made == pg.symbolic.UnknownTypedObject("a.B", x=1)
    with pytest.raises(TypeError, match="keyword arguments for the unknown class"):
        pg.symbolic.UnknownType("a.B")(1)
    with pytest.raises(TypeError, match=r"got 'a\.f'"):
        pg.symbolic.UnknownFunction("a.f")(1)
    with pytest.raises(TypeError, match=r"got 'a\.B\.f'"):
        pg.symbolic.UnknownMethod("a.B.f")()


def test_known_names_are_loaded():
    assert load(Leaf(1).to_json()) == Leaf(1)
    with pytest.raises(TypeError):
        load({**Leaf(1).to_json(), "nope": 1})


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        {"_type": "type", "name": "nowhere.X"},
        {"_type": "function", "name": "nowhere.f"},
        [{"a": {"_type": "nowhere.X"}}],
    ],
)
def test_unknown_names_are_errors_by_default(document):
    with pytest.raises((TypeError, ModuleNotFoundError), match="nowhere"):
        pg.from_json(document)
