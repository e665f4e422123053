"""The compiler: turns a program with placeholders into parts."""

from collections.abc import Callable
from typing import Any

from pyglove import typing as pg_typing
from pyglove.hyper.base import HyperPrimitive
from pyglove.hyper.derived import DerivedValue
from pyglove.hyper.part import (
    ConstantPart,
    ContainerPart,
    DerivedPart,
    DictPart,
    ListPart,
    ObjectPart,
    Part,
    RefPart,
    UnusualPart,
    applied,
)
from pyglove.symbolic import Dict, Functor, List, Object, Ref
from pyglove.symbolic.node import ATOMS, PARTIAL, REFERS, SEALED, SPECIAL, Node

Where = Callable[[Any], bool] | None


def compile_value(
    value: Any, where: Where = None, value_spec: pg_typing.ValueSpec | None = None
) -> Part:
    """Compiles a program, or a piece of one.

    Args:
      value: The program.
      where: Says of a placeholder whether it is decided; others stay what they are.
      value_spec: What is accepted where the piece stands.

    Returns:
      A part; a `ConstantPart` if there is nothing to decide.
    """
    if type(value) in ATOMS:
        return ConstantPart(applied(value, value_spec, None))
    if isinstance(value, HyperPrimitive):
        if where is None or where(value):
            return value.compile_part(where, value_spec)
    elif isinstance(value, DerivedValue):
        return DerivedPart(value)
    elif isinstance(value, Ref):
        inner = compile_value(value.value, where, value_spec)
        is_constant = isinstance(inner, ConstantPart)
        return ConstantPart(value) if is_constant else RefPart(inner)
    elif not isinstance(value, Node):
        return ConstantPart(value)
    if not value._sym_flags & SPECIAL and not value._sym_flags & REFERS:
        if isinstance(value, (List, Dict)) or not has_derived(value):
            if not _may_hold_references(value) and not has_derived(value):
                return ConstantPart(value)
    items = []
    is_constant = True
    for key, child in value.sym_items():
        field = value.sym_attr_field(key)
        part = compile_value(child, where, None if field is None else field.value)
        if type(part) is not ConstantPart:
            is_constant = False
        items.append((key, part))
    return ConstantPart(value) if is_constant else _container_part(value, items)
