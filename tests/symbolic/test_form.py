"""Text, JSON and files."""

import json

import pytest
from tests.symbolic.helper import Leaf, Tree, make_tree

import pyglove as pg


def test_repr_and_str():
    assert repr(Leaf(1)) == "Leaf(x=1, y=1.0, z='a')"
    assert str(Leaf(1)) == "Leaf(\n  x = 1,\n  y = 1.0,\n  z = 'a'\n)"
    tree = Tree("t", [Leaf(1)], {"k": 1})
    assert repr(tree) == (
        "Tree(name='t', leaves=[0: Leaf(x=1, y=1.0, z='a')], table={k=1}, "
        "left=None, right=None)"
    )
    assert repr(pg.List([pg.Dict(x=1)])) == "[{x=1}]"
    assert str(pg.List([pg.Dict(x=1)])) == "[\n  0 : {\n    x = 1\n  }\n]"


def test_format_options():
    tree = Tree("t", [Leaf(1)], right={"q": [1]})
    assert tree.format(compact=True, python_format=True, hide_default_values=True) == (
        "Tree(name='t', leaves=[Leaf(x=1)], right={'q': [1]})"
    )
    assert pg.format(tree, compact=True, exclude_keys={"leaves", "right"}) == (
        "Tree(name='t', table={}, left=None)"
    )
    assert Leaf.partial().format(compact=True, hide_missing_values=True) == (
        "Leaf(y=1.0, z='a')"
    )


def test_json_round_trip():
    tree = make_tree()
    value = tree.to_json()
    assert value["_type"].endswith("example.Tree")
    assert value["leaves"][0]["x"] == 1
    assert pg.from_json(value) == tree
    assert pg.from_json_str(tree.to_json_str()) == tree
    assert json.loads(tree.to_json_str(json_indent=2)) == value
    assert Leaf(1).to_json(hide_default_values=True).keys() == {"_type", "x"}
    assert pg.to_json(pg.Dict(x=(1, [2]))) == {"x": ["__tuple__", 1, [2]]}


def test_json_becomes_symbolic():
    value = pg.from_json_str('{"a": [1, {"b": 2}]}')
    assert type(value) is pg.Dict
    assert str(value.a[1].sym_path) == "a[1]"


def test_shared_values_stay_shared():
    leaf = Leaf(1)
    tree = Tree("t", left=pg.Ref(leaf), right=pg.Ref(leaf))
    loaded = pg.from_json_str(tree.to_json_str())
    assert loaded.left is loaded.right
    assert loaded.left == leaf


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"_type": "no.such.Class"}', TypeError),
        ('{"_type": "os.system"}', TypeError),
        ("{bad", ValueError),
        ('{"a": ' * 60_000, ValueError),
    ],
)
def test_bad_documents(text, error):
    with pytest.raises(error):
        pg.from_json_str(text)


def test_bad_fields_of_a_document():
    name = Leaf.__serialization_key__
    for fields in ({"x": "s"}, {"x": 1, "q": 1}, {}):
        with pytest.raises(TypeError):
            pg.from_json({"_type": name, **fields})
    assert pg.from_json({"_type": name}, allow_partial=True).is_partial


def test_files(tmp_path):
    path = tmp_path / "folder" / "tree.json"
    tree = make_tree()
    tree.save(str(path))
    assert pg.load(str(path)) == tree
    assert Tree.load(str(path)) == tree
    with pytest.raises(TypeError, match="not of type"):
        Leaf.load(str(path))
    with pytest.raises(FileNotFoundError):
        pg.load(str(tmp_path / "nope.json"))
    pg.save(pg.Dict(x=1), str(path), file_format="txt")
    assert "x = 1" in pg.load(str(path), file_format="txt")


def test_handlers():
    seen = {}
    old = pg.set_save_handler(lambda value, path, **kwargs: seen.update({path: value}))
    try:
        pg.save(1, "p")
        assert seen == {"p": 1}
    finally:
        pg.set_save_handler(old)
