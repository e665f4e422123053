"""Constructors that differ from the order and the names of fields."""

from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Any, assert_type

import pyglove as pg


class Doubled(pg.Object):
    x: int

    @pg.explicit_method_override
    def __init__(self, half: int) -> None:
        super().__init__(x=2 * half)


assert_type(Doubled(1).x, int)
Doubled("one")  # error
Doubled(x=1)  # error


class Named(pg.Object):
    name: str | None = None


# A required field after optional ones is passed by keyword.
class Sized(Named):
    _: KW_ONLY
    size: int


Sized("a", size=1)
Sized(size=1)
Sized("a")  # error


@pg.members([("x", pg.typing.Int(min_value=1)), ("y", pg.typing.Str("a"))])
class Point(pg.Object):
    def text(self) -> str:
        return "point"


Point(1)
Point(1, "b").text()
Point(x=1, y="b").rebind(x=2)


@pg.use_init_args(["b", "a"])
class Swapped(pg.Object):
    a: int
    b: str


Swapped(a=1, b="b")
Swapped(a="b", b="b")  # error


# A value spec may have an alias that is a type to type checkers.
if TYPE_CHECKING:
    Positive = int
else:
    Positive = pg.typing.Int(min_value=1)


class Aliased(pg.Object):
    x: Positive


assert_type(Aliased(1).x, int)
Aliased("a")  # error


class Open(pg.Object):
    allow_symbolic_assignment = True

    x: int
    other: Any = None


Open(1).x = 2
Open(1).x = "a"  # error
