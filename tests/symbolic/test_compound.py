"""Functions that make an object, as symbolic classes."""

import pickle
from typing import Any

import pytest

import pyglove as pg
from pyglove.symbolic.adapter.compound import Compound
from tests.symbolic.helper import check_tree


class Pair(pg.Object):
    x: Any = None
    y: Any = None

    def total(self):
        return self.x + self.y


class Other(pg.Object):
    z: int = 1


class Holder(pg.Object):
    pair: Pair


MADE = []


@pg.compound
def swapped(a: int, b: int = 2) -> Pair:
    """A pair the other way round.

    Args:
      a: The second.
      b: The first.
    """
    MADE.append((a, b))
    return Pair(b, a)


@pg.compound(base_class=Pair, args=[("a", pg.typing.Int(min_value=0), "An a.")])
def checked(a, b=2):
    return Pair(a, b)


@pg.compound(base_class=Pair, lazy_build=False)
def eager(a, b=2):
    MADE.append((a, b))
    return Pair(a, b)


@pg.compound
def many(a, *rest, k=1, **more) -> Pair:
    return Pair((a, rest), (k, more))


@pg.compound
def wrong(a) -> Pair:
    return Other(a)


@pytest.fixture(autouse=True)
def _clear():
    MADE.clear()


def test_it_is_a_class():
    assert issubclass(swapped, Pair) and issubclass(swapped, Compound)
    assert swapped.__name__ == "swapped" and swapped.__module__ == __name__
    assert swapped.init_arg_list == ["a", "b"]
    assert swapped.__schema__["a"].description == "The second."
    assert swapped.__schema__.description == "A pair the other way round."
    assert swapped.__schema__.metadata["returns"] == pg.typing.Object(Pair)
    assert checked.__schema__.metadata["returns"] == pg.typing.Object(Pair)


def test_it_behaves_like_what_it_makes():
    value = swapped(1)
    assert (value.a, value.b) == (1, 2)
    assert (value.x, value.y) == (2, 1)
    assert value.total() == 3
    assert value.decomposed == Pair(2, 1) and value.decomposed.sym_parent is None
    assert isinstance(value, Pair)
    assert repr(value) == "swapped(a=1, b=2)"
    with pytest.raises(AttributeError, match="nope"):
        value.nope  # noqa: B018


def test_it_is_made_once_and_late():
    value = swapped(1)
    assert MADE == []
    assert value.x == 2 and value.y == 1
    assert MADE == [(1, 2)]
    value.rebind(a=5)
    assert MADE == [(1, 2)]
    assert value.y == 5 and value.decomposed is value.decomposed
    assert MADE == [(1, 2), (5, 2)]


def test_it_may_be_made_at_once():
    value = eager(1)
    assert MADE == [(1, 2)]
    assert value.x == 1
    value.rebind(b=3)
    assert MADE == [(1, 2), (1, 3)]
    assert eager.partial().is_partial
    assert MADE == [(1, 2), (1, 3)]


def test_it_is_symbolic():
    value = swapped(1)
    assert value == swapped(1) != swapped(2) and value != Pair(2, 1)
    assert value.to_json()["a"] == 1 and "x" not in value.to_json()
    assert pg.from_json(value.to_json()) == value
    assert pickle.loads(pickle.dumps(value)).x == 2
    assert value.clone(deep=True).x == 2
    assert value.sym_init_args == {"a": 1, "b": 2}
    with pytest.raises(KeyError, match="x"):
        value.rebind(x=5)
    with pytest.raises(AttributeError):
        value.sym_getattr("x")
    holder = Holder(value)
    assert holder.pair.x == 2
    holder.rebind({"pair.a": 7})
    assert holder.pair.y == 7
    check_tree(holder)


def test_arguments_are_checked():
    with pytest.raises(TypeError, match="a"):
        swapped("a")
    with pytest.raises(TypeError):
        swapped()
    with pytest.raises(TypeError):
        swapped(1, 2, 3)
    with pytest.raises(TypeError):
        swapped(1, c=2)
    with pytest.raises(ValueError, match="a"):
        checked(-1)
    assert swapped.partial().is_partial


def test_all_kinds_of_arguments():
    value = many(1, 2, 3, k=4, z=5)
    assert value.x == (1, (2, 3)) or value.x == (1, [2, 3])
    assert value.y == (4, {"z": 5})
    assert many(1).total() == (1, (), 1, {})


def test_the_function_returns_something_else():
    value = wrong(1)
    assert value.decomposed == Other(1)
    with pytest.raises(AttributeError):
        value.x  # noqa: B018


def test_base_classes():
    def factory(p: int, q: str = "z") -> Pair:
        return Pair(p, q)

    def bare(p):
        return Pair(p)

    def number(p) -> int:
        return p

    made = pg.compound_class(factory)
    assert made(1).y == "z" and made.__name__ == "factory"
    assert pg.compound_class(bare, Pair)(1).x == 1
    for fn in (bare, number):
        with pytest.raises(ValueError, match="pass `base_class`"):
            pg.compound_class(fn)
    for wrong_factory in (Pair, print, 3):
        with pytest.raises(TypeError, match="function"):
            pg.compound(Pair)(wrong_factory)
    with pytest.raises(TypeError, match=r"Use `pg\.functor`"):
        pg.compound_class(bare, pg.List)(1)


def test_options():
    def factory(p: int, q: str = "z") -> Pair:
        """Makes a pair.

        Args:
          p: First.
          q: Second.
        """
        return Pair(p, q)

    with pytest.raises(ValueError):
        pg.compound_class(factory, args=[("p", pg.typing.Int(max_value=3))])(9)
    assert pg.compound_class(factory, Pair, auto_typing=False)("a").x == "a"
    assert (
        pg.compound_class(factory, auto_doc=False).__schema__["p"].description is None
    )
    named = pg.compound_class(factory, serialization_key="tests.made")
    assert named(1).to_json()["_type"] == "tests.made"
    assert type(pg.from_json({"_type": "tests.made", "p": 1})) is named
