"""Run-time types: value specs, fields, schemas and signatures."""

import typing as _typing

# These supply what value specs and schemas call late.
from pyglove.typing.annotation import annotation as _annotation  # noqa: F401
from pyglove.typing.annotation import json_schema_reader as _reader  # noqa: F401
from pyglove.typing.annotation.annotation_text import annotation_from_str
from pyglove.typing.annotation.json_schema import to_json_schema
from pyglove.typing.callable.argument import Argument
from pyglove.typing.callable.callable_schema import get_signature, schema, signature
from pyglove.typing.callable.callable_spec import Callable, Functor
from pyglove.typing.callable.preset import (
    CallableWithOptionalKeywordArgs,
    Decorator,
    PresetArgValue,
    enable_preset_args,
    preset_args,
)
from pyglove.typing.callable.signature import CallableType, Signature
from pyglove.typing.field.custom_typing import CustomTyping
from pyglove.typing.field.definition import (
    FieldDef,
    FieldKeyDef,
    FieldValueDef,
    create_field,
    create_schema,
)
from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import (
    ConstStrKey,
    KeySpec,
    ListKey,
    NonConstKey,
    StrKey,
    TupleKey,
)
from pyglove.typing.field.path import LazyPath, resolve_path
from pyglove.typing.field.schema import Schema, copy_default
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.callable_equality import callable_eq
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic, GenericMeta, GenericTypeAlias
from pyglove.typing.introspection.inspection import (
    get_outer_class,
    get_type,
    get_type_args,
    has_generic_bases,
    is_generic,
    is_instance,
    is_subclass,
)
from pyglove.typing.spec.alias import Optional, Sequence
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.typing.spec.conversion import (
    get_converter,
    get_json_value_converter,
    register_converter,
)
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.enum_spec import Enum
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.missing import MissingValue
from pyglove.typing.spec.object_spec import Object, Type
from pyglove.typing.spec.primitive import Bool, Float, Int, Number, PrimitiveType, Str
from pyglove.typing.spec.tuple_spec import Tuple
from pyglove.typing.spec.union_spec import Union, ensure_value_spec
from pyglove.utils import MISSING_VALUE

if _typing.TYPE_CHECKING:
    # In annotations it means the same.
    from typing import Annotated
else:
    from pyglove.typing.spec.alias import Annotated

__all__ = [
    "Annotated",
    "Any",
    "Argument",
    "Bool",
    "Callable",
    "CallableType",
    "CallableWithOptionalKeywordArgs",
    "ChildTransform",
    "ConstStrKey",
    "CustomTyping",
    "Decorator",
    "Dict",
    "Enum",
    "Field",
    "FieldDef",
    "FieldKeyDef",
    "FieldValueDef",
    "Float",
    "ForwardRef",
    "Functor",
    "Generic",
    "GenericMeta",
    "GenericTypeAlias",
    "Int",
    "KeySpec",
    "LazyPath",
    "List",
    "ListKey",
    "MISSING_VALUE",
    "MissingValue",
    "NonConstKey",
    "Number",
    "Object",
    "Optional",
    "PresetArgValue",
    "PrimitiveType",
    "Schema",
    "Sequence",
    "Signature",
    "Str",
    "StrKey",
    "Tuple",
    "TupleKey",
    "Type",
    "Union",
    "ValueSpec",
    "ValueSpecBase",
    "annotation_from_str",
    "callable_eq",
    "copy_default",
    "create_field",
    "create_schema",
    "enable_preset_args",
    "ensure_value_spec",
    "get_converter",
    "get_json_value_converter",
    "get_outer_class",
    "get_signature",
    "get_type",
    "get_type_args",
    "has_generic_bases",
    "is_generic",
    "is_instance",
    "is_subclass",
    "preset_args",
    "register_converter",
    "resolve_path",
    "schema",
    "signature",
    "to_json_schema",
]


def __dir__() -> list[str]:
    return sorted(__all__)
