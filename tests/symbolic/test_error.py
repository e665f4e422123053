"""Errors are the library's own, and the builtin that fits."""

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf, Pair, Tree


def test_write_permission():
    assert issubclass(pg.WritePermissionError, pg.PyGloveError)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: Leaf("a"), TypeError),
        (lambda: Leaf(), TypeError),
        (lambda: Leaf(1, 2.0, "a", 4), TypeError),
        (lambda: Leaf(1, foo=2), TypeError),
        (lambda: Leaf(None), ValueError),
        (lambda: Tree("t", left=Leaf.partial()), ValueError),
        (lambda: Leaf(1).rebind(foo=1), KeyError),
        (lambda: Leaf(1).rebind({"x.y": 1}), KeyError),
        (lambda: Leaf(1).rebind({"": 1}), KeyError),
        (lambda: Leaf(1).rebind({}), ValueError),
        (lambda: Leaf(1).rebind(3), ValueError),
        (lambda: Leaf(1).rebind(lambda v: v), TypeError),
        (lambda: Leaf(1).seal().rebind(x=2), pg.WritePermissionError),
        (lambda: Leaf(1).sym_getattr("foo"), AttributeError),
        (lambda: Leaf(1).sym_get("foo"), KeyError),
        (lambda: pg.Dict().foo, AttributeError),
        (lambda: pg.Dict().pop("foo"), KeyError),
        (lambda: pg.Dict({None: 1}), KeyError),
        (lambda: pg.List([1]).pop(3), IndexError),
        (lambda: pg.List([1]).__setitem__(3, 1), IndexError),
        (lambda: pg.List([1]).rebind({-3: 1}), IndexError),
        (lambda: pg.List([1]).remove(3), ValueError),
        (lambda: pg.wrap(3), TypeError),
        (lambda: pg.symbolize(3), TypeError),
        (lambda: pg.functor_class(3), TypeError),
        (lambda: pg.query(Pair(), where=lambda a, b, c: 1), TypeError),
        (lambda: Pair().rebind(n=pg.Dict(a=1), m=3).rebind({"n.a.b": 1}), KeyError),
        (lambda: setattr(Leaf(1), "x", 2), pg.WritePermissionError),
    ],
)
def test_both_kinds_may_be_caught(act, error):
    with pytest.raises(error) as one:
        act()
    assert isinstance(one.value, pg.PyGloveError)
    assert str(one.value)
