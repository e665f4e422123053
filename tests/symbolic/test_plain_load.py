"""Plain load: documents with nothing unusual in them."""

import pytest

import pyglove as pg
from pyglove.symbolic.form.plain_load import Loading, field_constructor, load_plain
from tests.symbolic.helper import Leaf, Pair


class Refusing(Loading):
    """Loads documents that are plain throughout."""

    def __init__(self):
        super().__init__(None, {})

    def load_other(self, part):
        raise AssertionError(f"not plain: {part!r}")


class Noting(Loading):
    """Notes what is not plain."""

    def __init__(self):
        super().__init__(None, {})
        self.met = []

    def load_other(self, part):
        self.met.append(part)
        return "other"


def test_plain_documents_need_no_other_way():
    for value in (1, "a", None, [1, [2]], {"a": {"b": [1.5]}}):
        assert load_plain(value, Refusing()) == value
    tree = Pair(Leaf(1), [Leaf(2), {"a": Leaf(3)}])
    loaded = load_plain(tree.to_json(), Refusing())
    assert pg.eq(loaded, tree) and type(loaded.m) is pg.List


@pytest.mark.parametrize(
    "part",
    [
        ["__tuple__", 1],
        ["__symbolic__", 1],
        {"__symbolic__": True},
        {"__ref__": 0},
        {"__context__": {}},
        {"_type": "no.such.Class"},
        {"_type": 1},
        {"_type": "function", "name": "builtins.len"},
        object(),
    ],
)
def test_other_parts_are_left_to_the_caller(part):
    loading = Noting()
    assert load_plain({"a": [part, 1]}, loading) == {"a": ["other", 1]}
    assert loading.met == [part]


def test_a_class_with_its_own_way_takes_it():
    class Own(pg.Object):
        x: int

        @classmethod
        def from_json(cls, json_value, **kwargs):
            return cls(json_value["x"] + 1)

    assert pg.from_json(Own(1).to_json()).x == 2
    assert pg.from_json([Own(1).to_json()])[0].x == 2
    assert field_constructor(Own) is None
    assert field_constructor(int) is None


def test_a_class_with_its_own_constructor():
    class Own(pg.Object):
        x: int

        @pg.explicit_method_override
        def __init__(self, text):
            super().__init__(x=len(text))

    assert pg.eq(pg.from_json(Own("abc").to_json()), Own("abc"))


def test_a_class_that_is_defined_anew_is_used():
    def define(default):
        class Node(pg.Object):
            x: int
            y: int = default

        return Node

    first = define(1)
    saved = first(1).to_json(hide_default_values=True)
    assert pg.from_json(saved).y == 1
    second = define(2)
    assert pg.from_json(saved).y == 2 and type(pg.from_json(saved)) is second
