"""Short definitions of fields and schemas."""

import types
import typing

from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import ConstStrKey, KeySpec
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.utils import PyGloveTypeError
from pyglove.utils.error import with_message

FieldKeyDef = typing.Union[str, KeySpec]  # noqa: UP007 - used at run time.

# A value spec, a type annotation or a value; or a tuple of it with a description,
# and with metadata.
FieldValueDef = typing.Union[  # noqa: UP007
    typing.Any,
    tuple[typing.Any, str],
    tuple[typing.Any, str, dict[str, typing.Any]],
]

FieldDef = typing.Union[  # noqa: UP007
    tuple[FieldKeyDef, typing.Any],
    tuple[FieldKeyDef, typing.Any, str],
    tuple[FieldKeyDef, typing.Any, str, dict[str, typing.Any]],
]


def create_field(
    field_or_def: Field | FieldDef,
    auto_typing: bool = True,
    accept_value_as_annotation: bool = True,
    parent_module: types.ModuleType | None = None,
) -> Field:
    """Creates a field from a short definition.

    Args:
      field_or_def: A field, which is returned unchanged; or a tuple of key and value
        definition, optionally followed by description and metadata.
      auto_typing: If False, type annotations do not restrict the values.
      accept_value_as_annotation: If True, the value definition may be a value,
        which then is the default and says what type is expected.
      parent_module: The module in which to look up names within text.

    Returns:
      The field.

    Raises:
      TypeError: The definition is malformed.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.create_field(('x', 1, 'A number.'))
      Field(key=x, value=Int(default=1), description='A number.')
    """
    if isinstance(field_or_def, Field):
        return field_or_def
    if not isinstance(field_or_def, tuple) or not 2 <= len(field_or_def) <= 4:
        raise PyGloveTypeError(
            "Expected a field, or a tuple (key, value, description, metadata) of which "
            f"the last two may be left out, got {field_or_def!r}."
        )
    parts: tuple[typing.Any, ...] = (*field_or_def, None, None)
    key, value, description, metadata = parts[:4]
    if isinstance(key, str):
        key = ConstStrKey(key)
    elif not isinstance(key, KeySpec):
        raise PyGloveTypeError(
            "Expected a str or a key spec as the first item of a field definition, "
            f"got {key!r}."
        )
    check_description(description)
    check_metadata(metadata)
    if not isinstance(value, ValueSpec):
        try:
            value = ValueSpec.from_annotation(
                value, auto_typing, accept_value_as_annotation, parent_module
            )
        except Exception as error:
            raise with_message(error, f"{error} (Field {str(key)!r}.)") from error
    return Field(key, value, description, metadata)


def check_description(description: typing.Any) -> None:
    """Raises a TypeError unless a value can be the description of a field."""
    if description is not None and not isinstance(description, str):
        raise PyGloveTypeError(
            f"Expected a str as the description of a field, got {description!r}."
        )


def check_metadata(metadata: typing.Any) -> None:
    """Raises a TypeError unless a value can be the metadata of a field."""
    if metadata is not None and not isinstance(metadata, dict):
        raise PyGloveTypeError(
            f"Expected a dict as the metadata of a field, got {metadata!r}."
        )


def create_schema(
    fields: dict[typing.Any, FieldValueDef] | list[Field | FieldDef],
    name: str | None = None,
    base_schema_list: list[Schema] | None = None,
    allow_nonconst_keys: bool = False,
    metadata: dict[str, typing.Any] | None = None,
    description: str | None = None,
    for_cls: type[typing.Any] | None = None,
    parent_module: types.ModuleType | None = None,
) -> Schema:
    """Creates a schema from short definitions of its fields.

    Args:
      fields: A list of fields or their short definitions; or a dict from keys to value
        definitions, which may be tuples with description and metadata.
      name: The name of what the schema describes.
      base_schema_list: The schemas to extend, the most important first.
      allow_nonconst_keys: Whether fields may stand for a pattern of keys.
      metadata: Additional data to store with the schema.
      description: What the schema describes.
      for_cls: The class that declares the fields.
      parent_module: The module in which to look up names within text.

    Returns:
      The schema.

    Raises:
      TypeError: A definition is malformed.
      ValueError: A field stands for a pattern of keys, which is not allowed.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.create_schema({'x': int, 'y': (1.0, 'A number.')})['y']
      Field(key=y, value=Float(default=1.0), description='A number.')
    """
    definitions: list[typing.Any]
    if isinstance(fields, dict):
        definitions = [
            (key, *value) if isinstance(value, tuple) else (key, value)
            for key, value in fields.items()
        ]
    elif isinstance(fields, list):
        definitions = fields
    else:
        raise PyGloveTypeError(
            "Expected the fields of a schema as a dict from keys to definitions, or as "
            "a list of fields or of tuples (key, value, description, metadata), got "
            f"{fields!r}."
        )
    return Schema(
        [create_field(d, parent_module=parent_module) for d in definitions],
        name=name,
        base_schema_list=base_schema_list,
        description=description,
        allow_nonconst_keys=allow_nonconst_keys,
        metadata=metadata,
        for_cls=for_cls,
    )
