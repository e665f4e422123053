"""Conversion of value specs, schemas and classes to JSON schemas."""

import typing

from pyglove import utils
from pyglove.typing.callable.callable_schema import schema as schema_of
from pyglove.typing.field import late
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.enum_spec import Enum
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.object_spec import Object
from pyglove.typing.spec.primitive import Bool, Number, Str
from pyglove.typing.spec.union_spec import Union
from pyglove.utils import PyGloveTypeError, PyGloveValueError

JSONSchema = dict[str, typing.Any]

_NULL: JSONSchema = {"type": "null"}
_ANYTHING: tuple[JSONSchema, ...] = (
    {"type": "boolean"},
    {"type": "number"},
    {"type": "string"},
    {"type": "array"},
    {"type": "object", "additionalProperties": True},
    _NULL,
)
_NUMBER_TYPES = {int: "integer", float: "number"}
_ENUM_TYPES = (bool, int, float, str)


@late.to_json_schema.bind
def to_json_schema(
    value: typing.Any,
    *,
    include_type_name: bool = True,
    include_subclasses: bool = False,
    inline_nested_refs: bool = False,
) -> JSONSchema:
    """Returns the JSON schema of acceptable values.

    Nested objects, and objects that occur more than once, are defined in `$defs`.

    Args:
      value: A value spec, a schema, a class or another type annotation.
      include_type_name: If True, the outermost object has a property `_type`, like the
        JSON form of symbolic objects. Nested objects always have it.
      include_subclasses: If True, subclasses of the outermost class are included as
        alternatives.
      inline_nested_refs: If True, nested objects that occur once are defined inline.

    Returns:
      The JSON schema.

    Raises:
      TypeError: JSON schemas cannot express a value spec.
      ValueError: A value of an enumeration has no JSON form.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.to_json_schema(pgt.List(pgt.Int(min_value=0)))
      {'type': 'array', 'items': {'type': 'integer', 'minimum': 0}}
    """
    writer = _Writer(include_type_name, include_subclasses)
    if isinstance(value, Schema):
        json_schema = writer.root_schema(value)
    else:
        spec = ValueSpec.from_annotation(value, auto_typing=True)
        json_schema = writer.spec(spec)
    return writer.finish(json_schema, inline_nested_refs)


class _Definition:
    """The JSON schema of a class, and the references to it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.json_schema: JSONSchema = {}
        self.references: list[JSONSchema] = []
        self.is_nested = False


class _Writer:
    """Writes the parts of one JSON schema."""

    def __init__(self, include_type_name: bool, include_subclasses: bool) -> None:
        self._include_type_name = include_type_name
        self._include_subclasses = include_subclasses
        self._definitions: dict[type[typing.Any], _Definition] = {}
        self._depth = 0

    def finish(self, json_schema: JSONSchema, inline_nested_refs: bool) -> JSONSchema:
        """Inlines definitions that occur once, and adds the others as `$defs`."""
        defs: JSONSchema = {}
        for definition in self._definitions.values():
            if len(definition.references) > 1 or (
                definition.is_nested and not inline_nested_refs
            ):
                defs[definition.name] = definition.json_schema
            else:
                (reference,) = definition.references
                rest = {k: v for k, v in reference.items() if k != "$ref"}
                reference.clear()
                reference.update({**definition.json_schema, **rest})
        return {"$defs": defs, **json_schema} if defs else json_schema

    def spec(self, spec: ValueSpec) -> JSONSchema:
        """The JSON schema of a value spec."""
        if isinstance(spec, Enum) and not any(v is not None for v in spec.values):
            return dict(_NULL)
        json_schema = self._alternatives(spec)
        if not spec.is_noneable or isinstance(spec, Any):
            self._set_default(json_schema, spec)
            return json_schema
        # None is one more alternative.
        options = json_schema.get("anyOf")
        if options is None and spec.has_default and spec.default is not None:
            self._set_default(json_schema, spec)
            return {"anyOf": [json_schema, dict(_NULL)]}
        json_schema = {"anyOf": [*(options or [json_schema]), dict(_NULL)]}
        self._set_default(json_schema, spec)
        return json_schema

    def _alternatives(self, spec: ValueSpec) -> JSONSchema:
        """Returns the JSON schema of a value spec, without None and the default."""
        if isinstance(spec, Bool):
            return {"type": "boolean"}
        if isinstance(spec, Number) and spec.value_type in _NUMBER_TYPES:
            return _number(spec)
        if isinstance(spec, Str):
            pattern = {} if spec.regex is None else {"pattern": spec.regex.pattern}
            return {"type": "string", **pattern}
        if isinstance(spec, Enum):
            return {"enum": _enum_values(spec)}
        if isinstance(spec, List):
            if isinstance(spec.element.value, Any):
                return {"type": "array"}
            return {"type": "array", "items": self.spec(spec.element.value)}
        if isinstance(spec, Dict):
            if spec.schema is None:
                return {"type": "object", "additionalProperties": True}
            return {"type": "object", **self._fields(spec.schema)}
        if isinstance(spec, Any):
            return {"anyOf": [dict(option) for option in _ANYTHING]}
        if isinstance(spec, Object):
            return self._object(spec.value_type)
        if isinstance(spec, Union):
            return {"anyOf": self._options(spec)}
        raise PyGloveTypeError(
            f"Expected a value spec that JSON schemas can express, got {spec!r}."
        )

    def _options(self, spec: Union) -> list[JSONSchema]:
        options: list[JSONSchema] = []
        for candidate in spec.candidates:
            # Flatten nested alternatives. None is an alternative of the whole union.
            json_schema = self._alternatives(candidate)
            several = json_schema.get("anyOf")
            if several is not None:
                options.extend(option for option in several if option != _NULL)
                continue
            if candidate.default is not None:
                self._set_default(json_schema, candidate)
            options.append(json_schema)
        return options

    def _set_default(self, json_schema: JSONSchema, spec: ValueSpec) -> None:
        if isinstance(spec, Dict) and spec.default is not None:
            return  # It follows from the defaults of the fields.
        if spec.has_default and "default" not in json_schema:
            default = utils.to_json(spec.default)
            # Nested objects always have their type.
            if not self._include_type_name and not self._depth:
                default = _without_type_names(default)
            json_schema["default"] = default

    def root_schema(self, schema: Schema) -> JSONSchema:
        """The JSON schema of dicts that a schema accepts."""
        name = schema.name
        title = name.rpartition(".")[2] if name else None
        type_name = name if self._include_type_name else None
        return _described(title, schema.description, self._fields(schema, type_name))

    def _object(self, cls: typing.Any) -> JSONSchema:
        """Returns references to the definition of a class, and of its subclasses."""
        if not self._include_subclasses or self._depth:
            return self._reference(cls)
        classes = [cls, *_subclasses(cls)]
        options = [self._reference(c) for c in classes]
        return options[0] if len(options) == 1 else {"anyOf": options}

    def _reference(self, cls: typing.Any) -> JSONSchema:
        definition = self._definitions.get(cls)
        if definition is None:
            definition = self._definitions[cls] = _Definition(self._name_of(cls))
            type_name = None
            if self._include_type_name or self._depth:
                type_name = _type_name(cls)
            schema = schema_of(typing.get_origin(cls) or cls)
            self._depth += 1
            definition.json_schema = _described(
                definition.name, schema.description, self._fields(schema, type_name)
            )
            self._depth -= 1
        reference: JSONSchema = {"$ref": f"#/$defs/{definition.name}"}
        definition.references.append(reference)
        definition.is_nested = definition.is_nested or self._depth > 0
        return reference

    def _name_of(self, cls: typing.Any) -> str:
        taken = {definition.name for definition in self._definitions.values()}
        name = getattr(cls, "__name__", str(cls))
        return f"{cls.__module__}.{cls.__qualname__}" if name in taken else name

    def _fields(self, schema: Schema, type_name: str | None = None) -> JSONSchema:
        """Returns the keywords of a JSON schema that describe properties."""
        properties: JSONSchema = {}
        required: list[str] = []
        additional: bool | JSONSchema = False
        if type_name is not None:
            properties["_type"] = {"const": type_name}
            required.append("_type")
        for key, field in schema.items():
            if not key.is_const:
                is_any = isinstance(field.value, Any)
                additional = True if is_any else self.spec(field.value)
                continue
            json_schema = self.spec(field.value)
            if field.description and "$ref" not in json_schema:
                json_schema["description"] = field.description
            properties[str(key)] = json_schema
            if not field.value.has_default:
                required.append(str(key))
        parts: JSONSchema = {}
        if properties:
            parts["properties"] = properties
        if required:
            parts["required"] = required
        parts["additionalProperties"] = additional
        return parts


def _without_type_names(json_value: typing.Any) -> typing.Any:
    if isinstance(json_value, dict):
        return {
            key: _without_type_names(item)
            for key, item in json_value.items()
            if key != "_type"
        }
    if isinstance(json_value, list):
        return [_without_type_names(item) for item in json_value]
    return json_value


def _number(spec: Number) -> JSONSchema:
    json_schema: JSONSchema = {"type": _NUMBER_TYPES[spec.value_type]}
    if spec.min_value is not None:
        json_schema["minimum"] = spec.min_value
    if spec.max_value is not None:
        json_schema["maximum"] = spec.max_value
    return json_schema


def _enum_values(spec: Enum) -> list[typing.Any]:
    values = [value for value in spec.values if value is not None]
    for value in values:
        if type(value) not in _ENUM_TYPES:
            raise PyGloveValueError(
                "Expected a bool, a number or a str as a value of an Enum in a JSON "
                f"schema, got {value!r}."
            )
    return values


def _described(
    title: str | None, description: str | None, fields: JSONSchema
) -> JSONSchema:
    json_schema: JSONSchema = {"type": "object"}
    if title:
        json_schema["title"] = title
    if description:
        json_schema["description"] = description
    json_schema.update(fields)
    return json_schema


def _type_name(cls: typing.Any) -> str | None:
    """Returns the `_type` of the JSON form of instances, or None."""
    if isinstance(cls, type) and issubclass(cls, utils.JSONConvertible):
        return str(cls.to_json_dict({})["_type"])
    return None


def _subclasses(cls: typing.Any) -> list[type[typing.Any]]:
    found: dict[type[typing.Any], None] = {}
    for subclass in typing.cast(type[typing.Any], cls).__subclasses__():
        found[subclass] = None
        found.update(dict.fromkeys(_subclasses(subclass)))
    return list(found)
