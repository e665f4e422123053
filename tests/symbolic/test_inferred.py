"""Values that depend on where they stand."""

import pickle

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, check_tree


class Constant(pg.symbolic.InferredValue):
    value: int = 3

    def infer(self, **kwargs):
        return self.value


class Failing(pg.symbolic.InferredValue):
    def infer(self, **kwargs):
        raise AttributeError("not here")


class Broken(pg.symbolic.InferredValue):
    def infer(self, **kwargs):
        raise ValueError("broken")


class Negated(pg.symbolic.ValueFromParentChain):
    def value_from(self, parent, **kwargs):
        value = super().value_from(parent, **kwargs)
        return -value if isinstance(value, int) else value


inherited = pg.symbolic.ValueFromParentChain


def test_reads():
    pair = Pair(Constant(), [Constant(4)])
    assert pair.n == 3 and pair.m[0] == 4 and list(pair.m) == [4]
    assert pair.sym_inferred("n") == 3
    assert pair.sym_getattr("n") == Constant()
    table = pg.Dict(a=Constant())
    assert table.a == table["a"] == table.get("a") == 3
    assert list(table.values()) == [3] and list(table.items()) == [("a", 3)]
    check_tree(pair)


def test_fields_of_any_type_take_them():
    assert Leaf(Constant(5)).x == 5
    assert Leaf(1, z=Constant()).z == 3
    assert pg.typing.Str().apply(Constant()) == Constant()


def test_texts_and_documents():
    pair = Pair(Constant())
    assert repr(pair) == "Pair(n=Constant(value=3), m=None)"
    assert pair.format(compact=True, use_inferred=True) == "Pair(n=3, m=None)"
    assert pair.to_json()["n"]["value"] == 3
    assert pair.to_json(use_inferred=True)["n"] == 3
    assert pg.from_json(pair.to_json()) == pair
    assert pickle.loads(pickle.dumps(pair)).n == 3
    assert pair.clone(deep=True).n == 3


def test_failures():
    pair = Pair(Failing(), Broken())
    with pytest.raises(AttributeError, match="not here"):
        pair.n  # noqa: B018
    assert not hasattr(pair, "n") and getattr(pair, "n", 5) == 5
    with pytest.raises(ValueError, match="broken"):
        pair.m  # noqa: B018
    assert pair.sym_inferred("n", 3) == 3
    with pytest.raises(ValueError, match="broken"):
        pair.sym_inferred("m", 3)
    assert not pair.sym_inferrable("n") and not pair.sym_inferrable("m")
    assert Pair(Constant()).sym_inferrable("n")
    table = pg.Dict(a=Failing(), b=Broken())
    with pytest.raises(KeyError, match="not here"):
        table["a"]
    with pytest.raises(AttributeError, match="not here"):
        table.a  # noqa: B018
    assert table.get("a", 2) == 2 and table.get("a") is None
    with pytest.raises(ValueError, match="broken"):
        table.get("b", 2)


def test_values_of_ancestors():
    assert Pair(Pair(inherited()), 3).n.m is None
    assert Pair(Pair(m=inherited()), 3).n.m == 3
    assert Pair(Pair(m=inherited()), Constant()).n.m == 3
    assert pg.Dict(m=3, a=Pair(m=inherited())).a.m == 3
    assert pg.Dict(m=3, a=[Pair(m=inherited())]).a[0].m == 3
    deep = pg.Dict(m=3, a=pg.Dict(c=pg.Dict(m=inherited())))
    assert deep.a.c.m == 3
    deep.rebind({"a.m": 4})
    assert deep.a.c.m == 4
    assert deep.clone(deep=True).a.c.m == 4
    assert deep.a.clone().c.m == 4


def test_values_of_ancestors_that_are_inherited_too():
    tree = pg.Dict(m=3, a=pg.Dict(m=inherited(), b=pg.Dict(m=inherited())))
    assert tree.a.b.m == tree.a.m == 3


def test_no_ancestor_has_a_value():
    for value in (pg.Dict(m=inherited()), pg.Dict(a=pg.Dict(m=inherited())).a):
        with pytest.raises(AttributeError, match="provides 'm'"):
            value.m  # noqa: B018
    with pytest.raises(KeyError):
        inherited().infer()
    with pytest.raises(KeyError):
        inherited().inference_key  # noqa: B018


def test_another_value_from_ancestors():
    assert pg.Dict(m=3, a=pg.Dict(m=Negated())).a.m == -3


def test_serialization_of_inherited_values():
    assert repr(inherited()) == "ValueFromParentChain()"
    assert inherited() == inherited()
    assert inherited().to_json() == {
        "_type": "pyglove.core.symbolic.inferred.ValueFromParentChain"
    }
    assert pg.from_json(inherited().to_json()) == inherited()


def test_modification():
    pair = Pair(Constant())
    pair.rebind({"n.value": 9})
    assert pair.n == 9
    pair.rebind(n=1)
    assert pair.n == 1
    assert issubclass(pg.symbolic.InferredValue, pg.symbolic.Inferential)
