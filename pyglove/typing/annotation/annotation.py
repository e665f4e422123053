"""Conversion of type annotations to value specs and fields."""

import collections.abc
import types
import typing

from pyglove.typing.annotation.annotation_text import annotation_from_str
from pyglove.typing.callable.callable_spec import Callable
from pyglove.typing.field import late
from pyglove.typing.field.custom_typing import CustomTyping
from pyglove.typing.field.definition import check_description, check_metadata
from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import KeySpec, StrKey
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef, calling_module
from pyglove.typing.spec.alias import Annotated
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.enum_spec import Enum
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.object_spec import Object, Type
from pyglove.typing.spec.primitive import Bool, Float, Int, Str
from pyglove.typing.spec.tuple_spec import Tuple
from pyglove.typing.spec.union_spec import Union
from pyglove.utils import MISSING_VALUE, JSONConvertible, PyGloveTypeError
from pyglove.utils.lazy_module import dataclasses, inspect

_Module = types.ModuleType | None
_Args = tuple[typing.Any, ...]

_NONE_TYPES = (None, type(None))

# Qualifiers of the type of a field that do not change the type.
_TRANSPARENT = frozenset((typing.Required, typing.NotRequired))


@late.field_from_annotation.bind
def field_from_annotation(
    key: str | KeySpec,
    annotation: typing.Any,
    description: str | None = None,
    metadata: dict[str, typing.Any] | None = None,
    auto_typing: bool = True,
    parent_module: _Module = None,
) -> Field:
    """Implements `Field.from_annotation`."""
    if isinstance(annotation, str) and auto_typing:
        annotation = annotation_from_str(annotation, parent_module)
    if isinstance(annotation, Annotated):
        description = annotation.docstring or description
        metadata = annotation.metadata or metadata
        annotation = annotation.value_spec
    elif typing.get_origin(annotation) is typing.Annotated:
        annotated: typing.Any = annotation
        extra = [e for e in annotated.__metadata__ if not isinstance(e, ValueSpec)]
        if len(extra) > 0:
            check_description(extra[0])
            description = extra[0]
        if len(extra) > 1:
            check_metadata(extra[1])
        metadata = extra[1] if len(extra) > 1 else None
        annotation = annotated.__origin__
        if len(extra) < len(annotated.__metadata__):
            annotation = _spec_of_annotated(annotated, parent_module)
        elif isinstance(annotation, ValueSpec):
            annotation = annotation.clone()  # Other fields may use it too.
    spec = value_spec_from_annotation(annotation, auto_typing, False, parent_module)
    return Field(key, spec, description, metadata)


@late.value_spec_from_annotation.bind
def value_spec_from_annotation(
    annotation: typing.Any,
    auto_typing: bool = False,
    accept_value_as_annotation: bool = False,
    parent_module: _Module = None,
) -> ValueSpec:
    """Implements `ValueSpec.from_annotation`."""
    if auto_typing and type(annotation) is type and annotation in _PRIMITIVES:
        return _PRIMITIVES[annotation]()
    if isinstance(annotation, ValueSpec):
        return annotation
    if _is_of(annotation, "inspect") and annotation is inspect.Parameter.empty:
        return Any()
    if accept_value_as_annotation:
        if annotation is None:
            return Any(None)
        if not _is_annotation(annotation):
            return _spec_of_value(annotation)
    if auto_typing:
        return _spec_of_annotation(annotation, parent_module)
    if annotation is None:
        return Object(type(None))
    return Any(annotation=annotation)


_ANNOTATION_TYPES = (
    type,
    types.UnionType,
    typing.ForwardRef,
    ForwardRef,
    typing.TypeVar,
    Annotated,
)


def _is_annotation(value: typing.Any) -> bool:
    """Whether a value is a type annotation."""
    return (
        isinstance(value, _ANNOTATION_TYPES)
        or typing.get_origin(value) is not None
        or value is typing.Any
        or getattr(type(value), "__module__", "") == "typing"
    )


def _spec_of_value(value: typing.Any) -> ValueSpec:
    """Returns the spec of values of the kind of a value, with it as the default."""
    kind = type(value)
    if kind in _PRIMITIVES:
        return _PRIMITIVES[kind](value)
    if kind is list:
        element = _spec_of_kind(value[0]) if value else Any()
        return List(element, default=value)
    if kind is tuple:
        return Tuple([_spec_of_kind(item) for item in value], default=value)
    if kind is dict:
        return Dict(default=value)
    if isinstance(value, _FUNCTIONS):
        return Callable(default=value)
    return Object(kind, default=value)


def _spec_of_kind(value: typing.Any) -> ValueSpec:
    """Returns the spec of values of the kind of a value, without a default."""
    if value is None:
        return Object(type(None))
    spec = value_spec_from_annotation(value, True, accept_value_as_annotation=True)
    return spec.set_default(MISSING_VALUE)


_PRIMITIVES: dict[type[typing.Any], typing.Callable[..., ValueSpec]] = {
    bool: Bool,
    int: Int,
    float: Float,
    str: Str,
}
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)


def _spec_of_annotation(annotation: typing.Any, module: _Module) -> ValueSpec:
    if isinstance(annotation, ValueSpec):
        return annotation
    make = _PRIMITIVES.get(annotation) if isinstance(annotation, type) else None
    if make is not None:
        return make()
    if isinstance(annotation, str):
        resolved = annotation_from_str(annotation, module)
        return _spec_of_annotation(resolved, module)
    if annotation is typing.Any or annotation is Any:
        return Any(annotation=annotation)
    if annotation is None:
        return Object(type(None))
    if isinstance(annotation, typing.ForwardRef):
        return _spec_of_forward_ref(annotation, module)
    if isinstance(annotation, ForwardRef):
        return Object(annotation)
    if isinstance(annotation, Annotated):
        return annotation.value_spec
    if isinstance(annotation, (tuple, JSONConvertible)):
        raise _not_convertible(annotation)  # Do not call their `__hash__`.
    origin = typing.get_origin(annotation) or annotation
    if not isinstance(origin, collections.abc.Hashable):
        raise _not_convertible(annotation)
    convert = _CONVERTERS.get(origin)
    if convert is not None:
        return convert(typing.get_args(annotation), module)
    if origin is typing.Annotated:
        return _spec_of_annotated(annotation, module)
    if origin in _TRANSPARENT:
        return _spec_of_annotation(typing.get_args(annotation)[0], module)
    return _spec_of_type(annotation, origin, module)


def _spec_of_annotated(annotated: typing.Any, module: _Module) -> ValueSpec:
    """Returns the spec in the metadata of a type, or else that of the type."""
    declared = _spec_of_annotation(annotated.__origin__, module)
    specs = [e for e in annotated.__metadata__ if isinstance(e, ValueSpec)]
    if not specs:
        return declared
    if len(specs) > 1:
        raise PyGloveTypeError(
            f"Expected one value spec in the metadata of a type, got {specs!r}."
        )
    spec = specs[0].clone()  # Other fields may use it too.
    is_optional = declared.is_noneable and not isinstance(declared, Any)
    if is_optional and not spec.is_noneable:
        spec = spec.noneable(use_none_as_default=False)
    try:
        return spec.extend(declared)
    except PyGloveTypeError as error:
        raise PyGloveTypeError(
            f"Expected metadata that fits the type {annotated.__origin__!r}, got "
            f"{specs[0]!r}. {error}"
        ) from error


def _spec_of_forward_ref(ref: typing.ForwardRef, module: _Module) -> ValueSpec:
    home = getattr(ref, "__forward_module__", None) or module
    name = ref.__forward_arg__
    resolved = annotation_from_str(name, home)
    if not isinstance(resolved, typing.ForwardRef):
        return _spec_of_annotation(resolved, home)
    return Object(ForwardRef(home or calling_module(), name))


def _is_of(symbol: typing.Any, module: str) -> bool:
    """Whether a module defines something, which has then been imported by somebody."""
    return getattr(symbol, "__module__", None) == module


def _spec_of_type(
    annotation: typing.Any, origin: typing.Any, module: _Module
) -> ValueSpec:
    if isinstance(annotation, typing.TypeVar):
        return _spec_of_type_var(annotation, module)
    kind = type(annotation)
    if _is_of(kind, "dataclasses") and kind is dataclasses.InitVar:
        return _spec_of_annotation(annotation.type, module)
    if isinstance(annotation, typing.NewType):
        return _spec_of_annotation(annotation.__supertype__, module)
    alias = getattr(annotation, "__value__", None)
    if alias is not None and type(annotation).__name__ == "TypeAliasType":
        return _spec_of_annotation(alias, module)
    if isinstance(annotation, type) and typing.get_origin(annotation) is None:
        return Object(annotation)
    if isinstance(origin, type):
        if issubclass(origin, CustomTyping) and issubclass(origin, (list, dict)):
            # `pg.List[int]` and `pg.Dict` are specified like `list[int]` and `dict`.
            kind = list if issubclass(origin, list) else dict
            return _CONVERTERS[kind](typing.get_args(annotation), module)
        # Instances of builtin collections do not have type arguments.
        is_declared = hasattr(origin, "__orig_bases__")
        return Object(annotation if is_declared else origin)
    raise _not_convertible(annotation)


def _not_convertible(annotation: typing.Any) -> PyGloveTypeError:
    return PyGloveTypeError(
        f"Expected a type annotation that a value spec can express, got {annotation!r}."
    )


def _spec_of_type_var(variable: typing.TypeVar, module: _Module) -> ValueSpec:
    if variable.__bound__ is not None:
        return _spec_of_annotation(variable.__bound__, module)
    if variable.__constraints__:
        return _spec_of_union(variable.__constraints__, module)
    return Any(annotation=variable)


def _spec_of_list(args: _Args, module: _Module) -> ValueSpec:
    return List(_spec_of_annotation(args[0], module) if args else Any())


def _spec_of_tuple(args: _Args, module: _Module) -> ValueSpec:
    if not args:
        return Tuple(Any())
    if len(args) == 2 and args[1] is ...:
        return Tuple(_spec_of_annotation(args[0], module))
    return Tuple([_spec_of_annotation(arg, module) for arg in args])


def _spec_of_sequence(args: _Args, module: _Module) -> ValueSpec:
    # The item specs are separate, so that extending one does not change the other.
    return Union(
        [
            _spec_of_list(args, module),
            _spec_of_tuple((*args, ...) if args else (), module),
        ]
    )


def _spec_of_dict(args: _Args, module: _Module) -> ValueSpec:
    if not args:
        return Dict()
    if args[0] is not str:
        raise PyGloveTypeError(
            f"Expected str as the type of the keys of a dict, got {args[0]!r}. Use "
            "`dict` for any content."
        )
    return Dict([(StrKey(), _spec_of_annotation(args[1], module))])


def _spec_of_callable(args: _Args, module: _Module) -> ValueSpec:
    if not args:
        return Callable()
    parameters, returns = args
    return Callable(
        [_spec_of_annotation(p, module) for p in parameters]
        if isinstance(parameters, list)
        else None,
        returns=_spec_of_annotation(returns, module),
    )


def _spec_of_class(args: _Args, module: _Module) -> ValueSpec:
    if not args:
        return Type(typing.Any)
    arg = args[0]
    if isinstance(arg, str):
        arg = annotation_from_str(arg, module)
    if isinstance(arg, typing.ForwardRef):
        home = getattr(arg, "__forward_module__", None) or module or calling_module()
        arg = ForwardRef(home, arg.__forward_arg__)
    if isinstance(arg, typing.TypeVar):
        arg = arg.__bound__ or typing.Any
    return Type(arg)


def _spec_of_literal(args: _Args, module: _Module) -> ValueSpec:
    return Enum(MISSING_VALUE, list(args))


def _spec_of_union(args: _Args, module: _Module) -> ValueSpec:
    specs = [_spec_of_annotation(a, module) for a in args if a not in _NONE_TYPES]
    spec = specs[0] if len(specs) == 1 else Union(specs)
    if len(specs) < len(args):
        spec = spec.noneable(use_none_as_default=False)
    return spec


def _spec_of_final(args: _Args, module: _Module) -> ValueSpec:
    spec = _spec_of_annotation(args[0], module) if args else Any()
    # The class that declares the field assigns the value as the default.
    return _freeze_without_value(spec)


def _freeze_without_value(spec: ValueSpec) -> ValueSpec:
    spec.freeze(None, apply_before_use=False)
    return spec.set_default(MISSING_VALUE)


_CONVERTERS: dict[typing.Any, typing.Callable[[_Args, _Module], ValueSpec]] = {
    list: _spec_of_list,
    tuple: _spec_of_tuple,
    dict: _spec_of_dict,
    type: _spec_of_class,
    collections.abc.Sequence: _spec_of_sequence,
    collections.abc.Mapping: _spec_of_dict,
    collections.abc.Callable: _spec_of_callable,
    typing.Union: _spec_of_union,
    types.UnionType: _spec_of_union,
    typing.Literal: _spec_of_literal,
    typing.Final: _spec_of_final,
}
