import pytest

import pyglove as pg


@pg.functor
def add(x, y=1):
    return x + y


@pg.functor([("x", pg.typing.Int()), ("y", pg.typing.Int())])
def typed(x, y):
    return x + y


@pg.functor()
def variadic(x: int, *args, k: str = "q", **kw):
    return (x, args, k, kw)


class Add(pg.Functor):
    x: int
    y: int = 2

    def _call(self):
        return self.x + self.y


def test_binding_early_late_and_at_the_call():
    assert add(1)() == 2
    assert add()(1) == 2
    assert add()(x=1, y=5) == 6
    assert add(1)(y=4) == 5
    assert add(y=5)(2) == 7
    bound = add(1)
    bound.rebind(x=3)
    bound.y = 5
    assert bound() == 8
    assert Add(1)() == 3
    assert Add(1)(y=5) == 6


def test_bound_arguments_are_not_replaced_by_accident():
    for call in (lambda: add(1)(2), lambda: add(1)(x=5), lambda: Add(1)(3)):
        with pytest.raises(TypeError, match="override_args"):
            call()
    assert add(1)(5, override_args=True) == 6
    assert add(1, override_args=True)(5) == 6


@pytest.mark.parametrize(
    "call",
    [
        lambda: add()(),
        lambda: add(1, 2, 3),
        lambda: add(z=1),
        lambda: add(1)(z=2),
        lambda: typed(1, "a"),
        lambda: typed(1)(y="a"),
        lambda: Add()(),
    ],
)
def test_bad_calls(call):
    with pytest.raises(TypeError):
        call()


def test_variadic():
    assert variadic(1, 2, 3, k="z", m=4)() == (1, (2, 3), "z", {"m": 4})
    assert variadic(1)(m=3) == (1, (), "q", {"m": 3})


def test_what_is_bound():
    f = add(1)
    assert f.specified_args == {"x"}
    assert f.bound_args == {"x", "y"}
    assert f.default_args == {"y"}
    assert f.is_fully_bound
    assert add().unbound_args == {"x"}
    assert repr(add(1)) == "add(x=1, y=1)"
    assert add(1) == add(1)
    assert add(1).clone()() == 2


def test_functions_become_functors():
    square = pg.symbolize(lambda x: x * x)
    assert square(3)() == 9
    assert pg.as_functor(lambda x: x + 1)(1) == 2
    with pg.auto_call_functors():
        assert add(1, 2) == 3
