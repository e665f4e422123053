"""Run-time types: value specs, fields, schemas and signatures."""

import typing as _typing

# These supply what value specs and schemas call late.
from pyglove.typing import annotation as _annotation  # noqa: F401
from pyglove.typing import json_schema_reader as _json_schema_reader  # noqa: F401
from pyglove.typing.alias import Optional, Sequence
from pyglove.typing.annotation_text import annotation_from_str
from pyglove.typing.any_spec import Any
from pyglove.typing.argument import Argument
from pyglove.typing.base import ValueSpecBase
from pyglove.typing.callable_equality import callable_eq
from pyglove.typing.callable_schema import get_signature, schema, signature
from pyglove.typing.callable_spec import Callable, Functor
from pyglove.typing.conversion import (
    get_converter,
    get_json_value_converter,
    register_converter,
)
from pyglove.typing.custom_typing import CustomTyping
from pyglove.typing.definition import (
    FieldDef,
    FieldKeyDef,
    FieldValueDef,
    create_field,
    create_schema,
)
from pyglove.typing.dict_spec import Dict
from pyglove.typing.enum_spec import Enum
from pyglove.typing.field import Field
from pyglove.typing.forward_ref import ForwardRef
from pyglove.typing.generic import Generic, GenericMeta, GenericTypeAlias
from pyglove.typing.inspection import (
    get_outer_class,
    get_type,
    get_type_args,
    has_generic_bases,
    is_generic,
    is_instance,
    is_subclass,
)
from pyglove.typing.json_schema import to_json_schema
from pyglove.typing.key_spec import (
    ConstStrKey,
    KeySpec,
    ListKey,
    NonConstKey,
    StrKey,
    TupleKey,
)
from pyglove.typing.list_spec import List
from pyglove.typing.missing import MissingValue
from pyglove.typing.object_spec import Object, Type
from pyglove.typing.path import LazyPath, resolve_path
from pyglove.typing.preset import (
    CallableWithOptionalKeywordArgs,
    Decorator,
    PresetArgValue,
    enable_preset_args,
    preset_args,
)
from pyglove.typing.primitive import Bool, Float, Int, Number, PrimitiveType, Str
from pyglove.typing.schema import Schema, copy_default
from pyglove.typing.signature import CallableType, Signature
from pyglove.typing.tuple_spec import Tuple
from pyglove.typing.union_spec import Union, ensure_value_spec
from pyglove.typing.value_spec import ChildTransform, ValueSpec
from pyglove.utils import MISSING_VALUE

if _typing.TYPE_CHECKING:
    # In annotations it means the same.
    from typing import Annotated
else:
    from pyglove.typing.alias import Annotated

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
