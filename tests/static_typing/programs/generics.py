"""Generic classes."""

from typing import Generic, TypeVar, assert_type

import pyglove as pg

T = TypeVar("T")


class Box(pg.Object, Generic[T]):
    item: T

    def unpack(self) -> T:
        return self.item


assert_type(Box(1), Box[int])
assert_type(Box(1).item, int)
assert_type(Box("a").rebind(item="b").unpack(), str)


class IntBox(Box[int]):
    pass


assert_type(IntBox(1).item, int)
