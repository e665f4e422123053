"""What type checkers cannot know; the documentation says what to do about it.

A false alarm is what they take for an error, though it works. What is unnoticed fails
when it is run.
"""

from typing import Any, Generic, TypeVar

import pyglove as pg


class Layer(pg.Object):
    units: int
    name: str | None = None


layer = Layer(8)


# A default without an annotation does not make a required argument optional.
class Small(Layer):
    units = 4


Small()  # false alarm
Small(2)


# A required field follows optional ones.
class Sized(Layer):
    size: int  # false alarm


Sized(8, "a", 3)

# Options of constructors are not fields.
Layer(8, sealed=True)  # false alarm
Layer(allow_partial=True)  # false alarm

# Values that `rebind` is given, and where assignments are forbidden.
layer.rebind(units="many")  # unnoticed
layer.units = 3  # unnoticed


# Annotations that are value specs.
class Spec(pg.Object):
    x: pg.typing.Int(min_value=1)  # false alarm


# Private attributes with annotations in the body of a class.
class Private(pg.Object):
    x: int
    _cache: dict[str, int]


Private(1)  # false alarm


# Fields that are declared by `pg.members`.
@pg.members([("x", pg.typing.Int())])
class Point(pg.Object):
    pass


Point("here")  # unnoticed
Point(1).x  # false alarm: mypy


# Pyright takes a class that it decorates for anything.
@pg.members([("x", pg.typing.Int(min_value=1), "A number.")])
class Described(pg.Object):
    x: int


Described(1).x
Described("here")  # error: mypy


# Type arguments, which nobody looks at when a program runs.
T = TypeVar("T")


class Box(pg.Object, Generic[T]):
    item: T


class IntBox(Box[int]):
    pass


IntBox("a")  # false alarm


# The order of arguments.
@pg.use_init_args(["b", "a"])
class Swapped(pg.Object):
    a: int
    b: str


Swapped("b", 1)  # false alarm


# Arguments of functors are bound at any time.
class Add(pg.Functor):
    x: int

    def _call(self) -> int:
        return self.x


@pg.functor
def double(x: int) -> int:
    return 2 * x


Add()(x=1)  # false alarm
double(y=1)  # unnoticed
double(1).z  # unnoticed


# Pyright takes a class that it symbolizes without `pg.Symbolic` as base for anything.
@pg.symbolize
class Plain:
    def __init__(self, x: int) -> None:
        self.x = x


Plain(1).rebind(x=2)
Plain(1, 2)  # error: mypy

Wrapped = pg.wrap(Plain)
Wrapped(1, 2)  # unnoticed


class Holder(pg.Object):
    wrapped: Wrapped  # false alarm
    items: list[int] = []
    options: dict[str, Any] = {}


# Lists and dicts are symbolic, whatever their annotation.
Holder(Wrapped(1), [1]).items.rebind({0: 2})  # false alarm
Holder(Wrapped(1), options={"a": 1}).options.a  # false alarm

# Placeholders have attributes of their own.
pg.oneof([1, 2]).candidates  # false alarm

# What references and inferred values stand for.
Layer(pg.Ref("many"))  # unnoticed
