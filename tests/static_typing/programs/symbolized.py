"""Ordinary classes made symbolic."""

from typing import Any, assert_type

import pyglove as pg


# With its base, type checkers know that the class is symbolic.
@pg.symbolize
class Conv(pg.Symbolic):
    def __init__(self, filters: int, kernel: int = 3) -> None:
        self.filters = filters
        self.kernel = kernel

    def area(self) -> int:
        return self.kernel * self.kernel


conv = Conv(8)
assert_type(conv, Conv)
assert_type(conv.rebind(kernel=5), Conv)
assert_type(conv.clone().area(), int)
assert_type(conv.to_json_str(), str)
conv.sym_init_args
conv.to_json()
conv.sym_path
Conv(pg.oneof([8, 16]), kernel=pg.intv(1, 3))
Conv(8, size=3)  # error
Conv()  # error
conv.volume()  # error


@pg.symbolize(eq=True)
class Pool(pg.Symbolic):
    def __init__(self, size: int) -> None:
        self.size = size


assert_type(Pool(2).rebind(size=3).size, int)
Pool()  # error


class Net(pg.Object):
    conv: Conv
    pool: Pool | None = None


assert_type(Net(conv).conv.rebind(filters=3), Conv)
Net(Pool(2))  # error


# Without, the plugin of mypy knows it, and pyright checks nothing of the class.
@pg.symbolize
class Plain:
    def __init__(self, x: int) -> None:
        self.x = x

    def double(self) -> int:
        return 2 * self.x


plain = Plain(1)
plain.rebind(x=2).double()
plain.clone().sym_init_args
Plain(1).rebind(x=2).to_json_str()
Plain("a", 1)  # error: mypy
Plain(1).volume()  # error: mypy


@pg.symbolize(eq=True)
class Derived(Plain):
    pass


Derived(3).rebind(x=4).double()
Derived(1, 2)  # error: mypy


# Classes that exist.
class Existing:
    def __init__(self, x: int) -> None:
        self.x = x


Symbolized = pg.symbolize(Existing)
Wrapped = pg.wrap(Existing, [("x", pg.typing.Int())])
assert_type(Symbolized, Any)
Symbolized(1).rebind(x=2).x
Wrapped(1).clone().sym_init_args.x
Symbolized(1).to_json_str()
pg.symbolize("x")  # error


@pg.compound
def make(filters: int) -> Net:
    return Net(Conv(filters))


make(8).rebind(filters=4)
Small = pg.boilerplate_class("Small", Net(Conv(1)))
Small().conv
