"""Functors: classes and decorated functions."""

from typing import assert_type

import pyglove as pg


class Add(pg.Functor):
    x: int
    y: int = 1

    def _call(self) -> int:
        return self.x + self.y


assert_type(Add(1), Add)
assert_type(Add(x=1).rebind(y=2), Add)
assert_type(Add(1).x, int)
Add(1)()
Add(1)(x=2, override_args=True)
Add(x="one")  # error
Add(1, z=2)  # error


# What is bound later is optional to type checkers.
class Late(pg.Functor):
    x: int = pg.MISSING_VALUE

    def _call(self) -> int:
        return self.x


Late()(x=1)
Late().rebind(x=1)()
Late("one")  # error


@pg.functor
def double(x: int) -> int:
    return 2 * x


assert_type(double(1)(), int)
assert_type(double()(3), int)
assert_type(double(1).rebind(x=2)(), int)
double(1).x
double(x=1).clone().sym_init_args
double.partial()
double(1)().real
double(1)().nothing  # error


@pg.functor()
def triple(x: int) -> int:
    return 3 * x


@pg.functor([("x", pg.typing.Int())])
def name(x: int) -> str:
    return str(x)


@pg.functor(base_class=Add)
def based(x: int) -> int:
    return x


assert_type(triple(1)(), int)
assert_type(name(1)(), str)
based(1).x


@pg.symbolize
def half(x: int) -> float:
    return x / 2


@pg.symbolize([("x", pg.typing.Int())])
def third(x: int) -> float:
    return x / 3


assert_type(half(1)(), float)
assert_type(third(1).rebind(x=3)(), float)


def negative(x: int) -> int:
    return -x


assert_type(pg.as_functor(negative)(1), int)
assert_type(pg.symbolic.functor_class(negative)(1)(), int)


class Uses(pg.Object):
    fn: pg.Functor
    other: pg.Functor | None = None


Uses(double(), Add(1))
Uses(1)  # error
