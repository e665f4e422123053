"""The compiler: turns a program with placeholders into parts."""

import enum
from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove.hyper.base import (
    HyperPrimitive,
    HyperValue,
    PrimitivePart,
    stands_for_itself,
)
from pyglove.hyper.derived import DerivedValue
from pyglove.hyper.ownership import refuse_placeholders
from pyglove.hyper.part import (
    ConstantPart,
    ContainerPart,
    DerivedPart,
    DictPart,
    ListPart,
    ObjectPart,
    Part,
    UnusualPart,
    applied,
)
from pyglove.symbolic import Dict, List
from pyglove.symbolic.internal import (
    ATOMS,
    Node,
    is_made_of_children,
    may_hold_placeholders,
)
from pyglove.utils.class_info import per_class

Where = Callable[[Any], bool] | None


class LeftOpen:
    """The filter of placeholders inside of one that is not decided.

    Args:
      where: The filter outside.
    """

    __slots__ = ("_where",)

    def __init__(self, where: Callable[[Any], bool]):
        self._where = where

    def __call__(self, placeholder: Any) -> bool:
        """Returns whether a placeholder is decided."""
        return self._where(placeholder)


class _Role(enum.Enum):
    """How the compiler treats a class."""

    LEAF = 0
    PRIMITIVE = 1
    DERIVED = 2
    CONTAINER = 3
    WRAPPER = 4


@per_class
def _role(cls: type) -> _Role:
    if not issubclass(cls, Node):
        return _Role.LEAF
    if issubclass(cls, HyperPrimitive):
        return _Role.PRIMITIVE
    if issubclass(cls, HyperValue):
        return _Role.WRAPPER
    return _Role.DERIVED if issubclass(cls, DerivedValue) else _Role.CONTAINER


def compile_value(
    value: Any, where: Where = None, value_spec: pg_typing.ValueSpec | None = None
) -> Part:
    """Compiles a program, or a piece of one.

    Args:
      value: The program. The target of a `pg.Ref` is not compiled.
      where: Decides which placeholders are decided; the others are kept.
      value_spec: The value spec of the field of the piece.

    Returns:
      A part; a `ConstantPart` if there are no decisions.
    """
    kind = type(value)
    if kind in ATOMS:
        return ConstantPart(applied(value, value_spec))
    role = _role(kind)
    if kind is tuple:
        refuse_placeholders(value)
    if role is _Role.LEAF or not may_hold_placeholders(value):
        return ConstantPart(value)
    if role is _Role.PRIMITIVE:
        if where is None or where(value):
            if value_spec is not None and stands_for_itself(value, value_spec):
                # Its values have to be accepted, too.
                return PrimitivePart(value, value_spec)
            return value.compile_part(where, value_spec)
        where = LeftOpen(where)
    elif role is _Role.DERIVED:
        return DerivedPart(value)
    elif role is _Role.WRAPPER:
        part: Part = value.compile_part(where, value_spec)
        return part
    items = []
    is_constant = True
    for key, child in value.sym_items():
        if type(child) is tuple:
            refuse_placeholders(child, value, key)
        field = value.sym_attr_field(key)
        part = compile_value(child, where, None if field is None else field.value)
        if type(part) is not ConstantPart:
            is_constant = False
        items.append((key, part))
    return ConstantPart(value) if is_constant else _container_part(value, items)


def _container_part(value: Any, items: list[tuple[Any, Part]]) -> ContainerPart:
    """Returns the part for a container with decisions inside."""
    if not is_made_of_children(value):
        return UnusualPart(value, items)
    if isinstance(value, Dict):
        return DictPart(value, items)
    if isinstance(value, List):
        return ListPart(value, items)
    return ObjectPart(value, items)
