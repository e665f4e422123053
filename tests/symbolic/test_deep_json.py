"""JSON of trees too deep for recursion."""

from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair

DEPTH = 3_000


def chain(end, link=lambda child: Pair(child), depth=DEPTH):
    for _ in range(depth):
        end = link(end)
    return end


def test_what_is_at_the_end_of_a_chain():
    leaf = Leaf(1)
    for end in (leaf, (1, "a"), int, [{"a": leaf}], Leaf.partial(x=1)):
        tree = chain(end)
        loaded = pg.from_json_str(pg.to_json_str(tree))
        assert loaded == tree


def test_bad_values_at_the_end_of_a_chain():
    document = pg.to_json(chain(Leaf(1)))
    inner = document
    while inner["n"]["_type"] != Leaf.__serialization_key__:
        inner = inner["n"]
    inner["n"]["x"] = "bad"
    with pytest.raises(TypeError, match="Expected a value of type int"):
        pg.from_json(document)
    inner["n"] = {"_type": "no.such.Class"}
    with pytest.raises(TypeError, match="not registered"):
        pg.from_json(document)


class Own(pg.Object):
    """Has a JSON form of its own, which recurses."""

    n: Any = None

    def sym_jsonify(self, **kwargs):
        return super().sym_jsonify(**kwargs)

    @classmethod
    def from_json(cls, json_value, **kwargs):
        return super().from_json(json_value, **kwargs)


def test_classes_with_a_form_of_their_own_go_only_so_deep():
    with pytest.raises(ValueError, match="nested too deeply"):
        pg.to_json(chain(1, Own))
    document = {}
    for _ in range(DEPTH):
        document = {"_type": Own.__serialization_key__, "n": document}
    with pytest.raises(ValueError, match="nested too deeply"):
        pg.from_json(document)


def test_shared_values_stay_shared():
    leaf = Leaf(1)
    tree = chain(Pair(pg.Ref(leaf), pg.Ref(leaf)))
    loaded = pg.from_json_str(pg.to_json_str(tree))
    while isinstance(loaded.n, Pair):
        loaded = loaded.n
    assert loaded.n == leaf
    assert loaded.n is loaded.m


def test_shared_values_precede_what_refers_to_them():
    first = [1]
    second = [first, first]
    tree = chain({"x": [second, second], "y": first}, lambda child: [child])
    loaded = pg.from_json_str(pg.to_json_str(tree), auto_symbolic=False)
    while isinstance(loaded, list):
        (loaded,) = loaded
    assert loaded == {"x": [[[1], [1]]] * 2, "y": [1]}
    assert loaded["x"][0] is loaded["x"][1]
    assert loaded["x"][0][1] is loaded["y"]


def test_what_contains_itself_far_down():
    items = [1]
    for link in (lambda child: [child], lambda child: ({"a": child},)):
        items.append(chain(items, link))
        with pytest.raises(ValueError, match="contains itself"):
            pg.to_json(items)
        items.pop()


def test_documents_that_are_an_attack():
    for text in ('{"a":' * 100_000, "[" * 100_000):
        with pytest.raises(ValueError, match="levels"):
            pg.from_json_str(text)
