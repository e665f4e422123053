"""Object schema: the fields that a class body declares."""

import sys
import types
from collections.abc import Sequence
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.utils.class_info import own_annotations, own_docstring
from pyglove.utils.error import with_message

MISSING_VALUE = utils.MISSING_VALUE


def infer_fields(cls: Any) -> list[pg_typing.Field]:
    """Returns the fields that the body of a class declares.

    Annotated attributes become fields, unless their names are private or in capitals. A
    class attribute with the name of an inherited field is its new default; a method
    with the name of a callable field implements it.

    Args:
      cls: The class, after its body has been executed.

    Raises:
      TypeError: if a default does not fit its annotation, or a final field has none.
    """
    fields = []
    annotations = {
        name: annotation
        for name, annotation in own_annotations(cls).items()
        if not _is_class_variable(name, annotation)
    }
    module = sys.modules.get(cls.__module__)
    for name, annotation in annotations.items():
        key = pg_typing.StrKey() if name == "__kwargs__" else name
        if isinstance(annotation, pg_typing.ValueSpec):
            annotation = annotation.clone()  # Classes may share a spec.
        try:
            field = pg_typing.Field.from_annotation(
                key, annotation, auto_typing=True, parent_module=module
            )
            if name in cls.__dict__ and name != "__kwargs__":
                _take_default(cls, name, field.value)
        except Exception as error:
            message = f"{error} (Field {name!r} of class {cls.__qualname__}.)"
            raise with_message(error, message) from error
        if field.value.frozen and not field.value.has_default:
            raise utils.PyGloveTypeError(
                f"Expected a value for the final field {name!r} of {cls.__name__}, got "
                "none."
            )
        fields.append(field)
    for name, field in inherited_fields(cls).items():
        if name in cls.__dict__ and name not in annotations:
            if _is_implementation(cls.__dict__[name], field.value):
                continue
            spec = field.value.clone()
            try:
                _take_default(cls, name, spec)
            except Exception as error:
                message = f"{error} (Field {name!r} of class {cls.__qualname__}.)"
                raise with_message(error, message) from error
            fields.append(pg_typing.Field(name, spec, field.description))
    for field in fields:
        field.set_origin(cls)
    return fields


def _is_class_variable(name: str, annotation: Any) -> bool:
    if name == "__kwargs__":
        return False
    if name.startswith("_") or name.isupper():
        return True
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar"))
    return "ClassVar" in str(annotation)[:20]


def _is_implementation(value: Any, spec: pg_typing.ValueSpec) -> bool:
    """Returns whether a class attribute implements a field, or is its default."""
    if isinstance(value, (property, classmethod, staticmethod)):
        return True
    if isinstance(value, types.FunctionType):
        return not isinstance(spec, (pg_typing.Callable, pg_typing.Any))
    return hasattr(value, "__get__") and not isinstance(value, (type, types.MethodType))


def _take_default(cls: Any, name: str, spec: pg_typing.ValueSpec) -> None:
    """Uses a class attribute as the default or the implementation of a field."""
    value = cls.__dict__[name]
    is_method = isinstance(value, types.FunctionType) and value.__name__ == name
    if isinstance(value, types.FunctionType) and isinstance(spec, pg_typing.Callable):
        overrides = spec.frozen and _is_inherited(cls, name, spec.default)
        if overrides:
            spec.set_default(MISSING_VALUE)
        if is_method or overrides:
            spec.freeze(value)
            return
    if value is not MISSING_VALUE:
        spec.set_default(value)
    if not is_method:
        type.__delattr__(cls, name)


def _is_inherited(cls: Any, name: str, function: Any) -> bool:
    """Returns whether a function is a method of a base class."""
    return any(base.__dict__.get(name) is function for base in cls.__mro__[1:])


def inherited_fields(cls: Any) -> dict[str, pg_typing.Field]:
    """Returns the constant fields of the base classes, nearest first."""
    fields: dict[str, pg_typing.Field] = {}
    for base in cls.__mro__[1:]:
        schema = base.__dict__.get("__schema__")
        if schema is not None:
            for key, field in schema.items():
                if key.is_const:
                    fields.setdefault(str(key), field)
    return fields


def build_schema(
    cls: Any,
    fields: Sequence[pg_typing.Field],
    extend: bool = True,
    init_arg_list: Sequence[str] | None = None,
    metadata: dict[str, Any] | None = None,
) -> pg_typing.Schema:
    """Returns the schema of a class.

    Args:
      cls: The class.
      fields: Its own fields.
      extend: Whether to keep fields of base classes, or of the present schema.
      init_arg_list: Names of the arguments that the constructor takes by
        position; all fields by default.
      metadata: Additional metadata of the schema.
    """
    bases: list[pg_typing.Schema] = []
    if extend:
        own = cls.__dict__.get("__schema__")
        bases = [own] if own is not None else _inherited_schemas(cls)
        bases = [_with_overrides(base, cls, fields) for base in bases]
    schema = pg_typing.Schema(
        list(fields),
        name=cls.__type_name__,
        base_schema_list=bases,
        description=class_description(cls),
        allow_nonconst_keys=True,
        for_cls=cls,
    )
    schema.metadata.update(metadata or {})
    if init_arg_list is not None:
        schema.metadata["init_arg_list"] = list(init_arg_list)
    return schema


def _with_overrides(
    base: pg_typing.Schema, cls: Any, fields: Sequence[pg_typing.Field]
) -> pg_typing.Schema:
    """Returns a base schema in which methods of a class replace those of its bases.

    A method that implements a field freezes it, but subclasses may override the method.
    """
    methods = {
        field.key: field
        for field in fields
        if field.value.frozen
        and isinstance(field.value.default, types.FunctionType)
        and cls.__dict__.get(str(field.key)) is field.value.default
        and (inherited := base.get_field(str(field.key))) is not None
        and inherited.value.frozen
        and _is_inherited(cls, str(field.key), inherited.value.default)
    }
    if not methods:
        return base
    return pg_typing.Schema(
        [methods.get(key, field) for key, field in base.items()],
        allow_nonconst_keys=True,
    )


def _inherited_schemas(cls: Any) -> list[pg_typing.Schema]:
    """Returns the schemas of base classes, merged into one if there are several.

    If several classes declare a field, the first one in the method resolution order
    counts, which need not belong to the first base.
    """
    schemas = [b.__schema__ for b in cls.__bases__ if hasattr(b, "__schema__")]
    if len(schemas) < 2:
        return schemas
    order = {base: i for i, base in enumerate(cls.__mro__)}
    fields: dict[Any, pg_typing.Field] = {}
    for schema in schemas:
        for key, field in schema.items():
            known = fields.setdefault(key, field)
            if order.get(field.origin, len(order)) < order.get(known.origin, -1):
                fields[key] = field
    return [pg_typing.Schema(list(fields.values()), allow_nonconst_keys=True)]


def complete_init_args(cls: Any, schema: pg_typing.Schema) -> None:
    """Completes a schema by the list of positional arguments of the constructor.

    By default, a class takes the same arguments as its base if it has the same fields,
    and otherwise all fields.

    Args:
      cls: The class that will have the schema.
      schema: The schema.

    Raises:
      TypeError: if an argument is not a field, or a variadic argument is not a field
        for lists.
    """
    arguments = schema.metadata.get("init_arg_list")
    if arguments is None:
        arguments = _default_init_args(cls, schema)
    names = [str(k) for k in schema if k.is_const]
    for i, name in enumerate(arguments):
        is_variadic = name.startswith("*") and i == len(arguments) - 1
        key = name[1:] if is_variadic else name
        if key not in names:
            raise utils.PyGloveTypeError(
                f"Expected names of fields of {cls.__name__} in `init_arg_list`, got "
                f"{name!r}. The fields are {names!r}."
            )
        if is_variadic and not isinstance(schema[key].value, pg_typing.List):
            raise utils.PyGloveTypeError(
                "Expected a field of `pg.typing.List` for further positional arguments "
                f"of {cls.__name__}, got {name!r}, which is {schema[key].value!r}."
            )
    schema.metadata["init_arg_list"] = list(arguments)


def _default_init_args(cls: Any, schema: pg_typing.Schema) -> list[str]:
    fields = {str(k): f for k, f in schema.items() if k.is_const}
    for base in cls.__mro__[1:]:
        inherited = base.__dict__.get("__schema__")
        if inherited is not None:
            if fields.keys() == {str(k) for k in inherited if k.is_const}:
                arguments = inherited.metadata.get("init_arg_list") or []
                return [a for a in arguments if a[:1] == "*" or not fields[a].frozen]
            break
    return [key for key, field in fields.items() if not field.frozen]


_SECTIONS = (
    *("Args", "Arguments", "Attributes", "Example"),
    *("Examples", "Raises", "Returns", "Yields"),
)


def class_description(cls: Any) -> str | None:
    """Returns the docstring of a class, up to the first of its sections."""
    lines: list[str] = []
    for line in own_docstring(cls).split("\n"):
        head, colon, rest = line.partition(":")
        if colon and not rest.strip() and head.rstrip() in _SECTIONS:
            break
        lines.append(line)
    return "\n".join(lines).strip() or None
