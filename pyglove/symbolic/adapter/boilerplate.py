"""Boilerplate classes: classes derived from an object."""

import sys
from collections.abc import Sequence
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic.node.copying import clone_value
from pyglove.symbolic.object.object import Object
from pyglove.symbolic.tree.completeness import is_partial


def boilerplate_class(
    cls_name: str,
    value: Object,
    init_arg_list: Sequence[str] | None = None,
    *,
    serialization_key: str | None = None,
    additional_keys: list[str] | None = None,
) -> type[Any]:
    """Creates a class from an object, whose values become fixed.

    Args:
      cls_name: Name of the class.
      value: The object. Fields for which it has a value are frozen; the missing ones
        become arguments.
      init_arg_list: Names of the arguments that the constructor takes by position.
      serialization_key: Name of the class in JSON documents.
      additional_keys: Other names of the class in JSON documents.

    Returns:
      A subclass of the class of `value`.

    Raises:
      ValueError: if `value` is not symbolic.

    Example:
      >>> class Layer(pg.Object):
      ...     units: int
      ...     activation: str
      >>> Relu = pg.boilerplate_class('Relu', Layer.partial(activation='relu'))
      >>> Relu(8).activation
      'relu'
    """
    if not isinstance(value, Object):
        raise utils.PyGloveValueError(
            f"Expected an object of a subclass of `pg.Object`, got {value!r}."
        )
    base = type(value)
    metaclass: Any = type(base)
    cls = metaclass(
        cls_name,
        (base,),
        {
            "__module__": sys._getframe(1).f_globals.get("__name__", base.__module__),
            "__doc__": "Boilerplate class.",
            "auto_schema": False,
            "is_boilerplate": True,
        },
    )
    schema = base.__schema__.clone()
    schema.set_name(cls.__type_name__)
    schema.set_description("Boilerplate class.")
    for key, field in schema.items():
        if key.is_const:
            _freeze(field.value, value.sym_getattr(str(key), utils.MISSING_VALUE))
    if init_arg_list is None:
        init_arg_list = [
            name
            for name in base.init_arg_list
            if not schema[name.removeprefix("*")].frozen
        ]
    schema.metadata["init_arg_list"] = list(init_arg_list)
    cls.apply_schema(schema)
    cls.register_for_deserialization(serialization_key, additional_keys)
    return cls


def _freeze(spec: pg_typing.ValueSpec, value: Any) -> None:
    """Freezes the specs for which there is a value, and keeps the others."""
    if isinstance(value, utils.MissingValue) or spec.frozen:
        return
    if isinstance(spec, pg_typing.Dict) and spec.schema and isinstance(value, dict):
        for key, field in spec.schema.items():
            if key.is_const:
                _freeze(field.value, dict.get(value, str(key), utils.MISSING_VALUE))
        if is_partial(value):
            return
    elif isinstance(spec, pg_typing.Tuple) and isinstance(value, tuple):
        for element, part in zip(spec.elements, value, strict=False):
            _freeze(element.value, part)
    copied = clone_value(value, True, {}, None, None)
    spec.freeze(copied, apply_before_use=False)


__all__ = ["boilerplate_class"]
