"""JSON, text and files."""

import json
import math

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree, make_tree


def test_round_trip():
    tree = make_tree()
    value = tree.to_json()
    assert value["_type"] == "tests.symbolic.helper.Tree"
    assert value["leaves"][0]["x"] == 1
    assert pg.from_json(value) == tree
    assert pg.from_json_str(tree.to_json_str()) == tree
    assert json.loads(tree.to_json_str(json_indent=2)) == value
    assert pg.to_json(pg.Dict(x=(1, [2]))) == {"x": ["__tuple__", 1, [2]]}
    assert Tree.from_json(value) == tree
    assert Leaf.from_json({"x": 1}) == Leaf(1)


@pytest.mark.parametrize(
    "value",
    [
        1,
        "a",
        None,
        [1, {"a": 2}],
        Pair((1, (2,)), {"a": [None, True]}),
        Pair(int, len),
        Pair(list[int], math.floor),
        Pair(Leaf.partial(x=1)),
        pg.Dict({1: 2, "a": {-3: 4}}),
        {1: 2},
        pg.typing.Int(min_value=1),
    ],
)
def test_values(value):
    assert pg.eq(pg.from_json(pg.to_json(value)), value)
    assert pg.eq(pg.from_json_str(pg.to_json_str(value)), value)


def test_numbers_beyond_json():
    assert pg.to_json_str(Pair(math.inf)).count("Infinity") == 1
    loaded = pg.from_json_str(pg.to_json_str(Pair(math.nan, 10**400)))
    assert math.isnan(loaded.n)
    assert loaded.m == 10**400


def test_plain_containers_become_symbolic():
    value = pg.from_json_str('{"a": [1, {"b": 2}]}')
    assert type(value) is pg.Dict
    assert value.a[1].sym_path == "a[1]"
    assert type(pg.from_json([1])) is pg.List
    plain = pg.from_json({"a": [1]}, auto_symbolic=False)
    assert type(plain) is dict and type(plain["a"]) is list
    placed = pg.from_json({"a": {}}, root_path=pg.KeyPath("r"))
    assert placed.a.sym_path == "r.a"


def test_int_keys_in_text():
    assert pg.to_json_str(pg.Dict({1: 2})) == '{"n_:1": 2}'
    assert pg.from_json_str('{"n_:-4": {"n_:0": 1}}') == {-4: {0: 1}}
    assert pg.to_json(pg.Dict({1: 2})) == {1: 2}
    assert pg.from_json({"n_:1": 2}) == {"n_:1": 2}
    with pytest.raises(ValueError, match="Expected an int after 'n_:'"):
        pg.from_json_str('{"n_:x": 1}')


def test_markers_of_symbolic_containers():
    marked = pg.to_json(pg.Dict(a=[1, {}]), omit_symbolic_marker=False)
    assert marked == {
        "__symbolic__": True,
        "a": ["__symbolic__", 1, {"__symbolic__": True}],
    }
    value = pg.from_json(marked, auto_symbolic=False)
    assert type(value) is pg.Dict
    assert type(value.a) is pg.List and type(value.a[1]) is pg.Dict
    assert pg.from_json({"x": marked}, auto_symbolic=False) == {"x": {"a": [1, {}]}}
    assert pg.from_json({"_type": "tests.symbolic.helper.Pair", "n": marked}).n == {
        "a": [1, {}]
    }


def test_containers_in_objects_have_no_markers():
    options = {"omit_symbolic_marker": False}
    pair = {"_type": "tests.symbolic.helper.Pair", "n": [1], "m": {"a": []}}
    assert pg.to_json(Pair([1], {"a": []}), **options) == pair
    assert pg.to_json(pg.List([Pair([1], {"a": []}), []]), **options) == [
        "__symbolic__",
        pair,
        ["__symbolic__"],
    ]


def test_shared_values_stay_shared():
    leaf = Leaf(1)
    pair = pg.from_json_str(Pair(pg.Ref(leaf), pg.Ref(leaf)).to_json_str())
    assert pair.n is pair.m
    assert pair.n == leaf
    plain = [1]
    pair = pg.from_json(pg.to_json(Pair(pg.Ref(plain), pg.Ref(plain))))
    assert pair.n is pair.m
    assert type(pair.n) is list
    symbolic = pg.from_json(pg.to_json(Pair(pg.Ref(pg.Dict(a=1)))))
    assert type(symbolic.n) is pg.Dict


def test_value_spec():
    spec = pg.typing.Dict([("a", pg.typing.Int()), ("b", pg.typing.Int(2))])
    assert pg.from_json({"a": 1}, value_spec=spec) == {"a": 1, "b": 2}
    with pytest.raises(TypeError, match="path=a"):
        pg.from_json({"a": "x"}, value_spec=spec)
    with pytest.raises(ValueError, match="2 or more items"):
        pg.from_json([1], value_spec=pg.typing.List(pg.typing.Int(), min_size=2))
    assert pg.from_json_str('{"a": 1}', value_spec=spec).b == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"_type": "no.such.Class"}', TypeError),
        ('{"_type": "os.system"}', TypeError),
        ('{"_type": 3}', TypeError),
        ("{bad", ValueError),
        ('{"a": 1, "a": 2}', ValueError),
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
    nested = {"_type": Pair.__serialization_key__, "n": {"_type": name}}
    assert pg.from_json(nested, allow_partial=True).n.is_partial


class Opaque:
    """Nothing that JSON conversion knows."""

    def __eq__(self, other):
        return isinstance(other, Opaque)

    __hash__ = None


def test_what_runs_code_takes_trust():
    document = pg.to_json(Pair(Opaque()))
    with pytest.raises(TypeError, match="trusted=True"):
        pg.from_json(document)
    assert pg.from_json(document, trusted=True).n == Opaque()
    assert pg.from_json_str(json.dumps(document), trusted=True).n == Opaque()


class Shifted(pg.Object):
    """Has a JSON form of its own."""

    x: int

    def sym_jsonify(self, **kwargs):
        return {"_type": type(self).__serialization_key__, "shifted": self.x + 1}

    @classmethod
    def from_json(cls, json_value, **kwargs):
        return cls(json_value["shifted"] - 1)


def test_classes_may_have_a_form_of_their_own():
    assert Shifted(1).to_json()["shifted"] == 2
    assert pg.from_json(Pair(Shifted(1)).to_json()) == Pair(Shifted(1))
    assert pg.from_json_str(Shifted(1).to_json_str()) == Shifted(1)


def test_files(tmp_path):
    path = tmp_path / "folder" / "tree.json"
    tree = make_tree()
    tree.save(str(path))
    assert pg.load(str(path)) == tree
    assert Tree.load(path) == tree
    with pytest.raises(TypeError, match="to load an object of"):
        Leaf.load(str(path))
    with pytest.raises(FileNotFoundError):
        pg.load(str(tmp_path / "nope.json"))
    pg.save([1, tree], path, indent=2)
    assert pg.load(path) == [1, tree]
    assert path.read_text().startswith("[\n  1,")


def test_text_files(tmp_path):
    path = tmp_path / "value.txt"
    pg.save(pg.Dict(x=1), path, file_format="txt")
    assert pg.load(path, file_format="txt") == "{\n  x = 1\n}"
    pg.save("as it is", path, file_format="txt")
    assert path.read_text() == "as it is"
    for act in (
        lambda: pg.save(1, path, file_format="foo"),
        lambda: pg.load(path, file_format="foo"),
    ):
        with pytest.raises(ValueError, match="'json' or 'txt'"):
            act()
    assert path.read_text() == "as it is"


def test_handlers():
    seen = []

    def save(value, path, *args, **kwargs):
        seen.append((value, path, args, kwargs))
        return "saved"

    assert pg.symbolic.get_save_handler() is None
    assert pg.set_save_handler(save) is None
    try:
        assert pg.save(1, "p", 3, q=4) == "saved"
        assert seen == [(1, "p", (3,), {"q": 4})]
        assert pg.symbolic.get_save_handler() is save
    finally:
        assert pg.set_save_handler(None) is save
    pg.set_load_handler(lambda path, **kwargs: Leaf(1))
    try:
        assert Leaf.load("anywhere") == Leaf(1)
        assert pg.symbolic.get_load_handler() is not None
    finally:
        pg.set_load_handler(None)
    for set_handler in (pg.set_save_handler, pg.set_load_handler):
        with pytest.raises(ValueError, match="Expected a callable"):
            set_handler(3)
