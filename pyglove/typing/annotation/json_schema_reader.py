"""Conversion of JSON schemas to value specs and schemas."""

import typing
from collections.abc import Callable

from pyglove.typing.field import late
from pyglove.typing.field.field import Field
from pyglove.typing.field.key_spec import ConstStrKey, KeySpec, StrKey
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ValueSpec
from pyglove.typing.spec.any_spec import Any
from pyglove.typing.spec.dict_spec import Dict
from pyglove.typing.spec.enum_spec import Enum
from pyglove.typing.spec.list_spec import List
from pyglove.typing.spec.object_spec import Object
from pyglove.typing.spec.primitive import Bool, Float, Int, Str
from pyglove.typing.spec.union_spec import Union
from pyglove.utils import MISSING_VALUE, PyGloveTypeError, PyGloveValueError

JSONSchema = dict[str, typing.Any]
ClassFn = Callable[[str, Schema], type[typing.Any]]


@late.value_spec_from_json_schema.bind
def value_spec_from_json_schema(
    json_schema: JSONSchema,
    class_fn: ClassFn | None = None,
    add_json_schema_as_metadata: bool = False,
) -> ValueSpec:
    """Implements `ValueSpec.from_json_schema`."""
    return _Reader(json_schema, class_fn, add_json_schema_as_metadata).spec(json_schema)


@late.schema_from_json_schema.bind
def schema_from_json_schema(
    json_schema: JSONSchema,
    class_fn: ClassFn | None = None,
    add_json_schema_as_metadata: bool = False,
) -> Schema:
    """Implements `Schema.from_json_schema`."""
    if not isinstance(json_schema, dict) or json_schema.get("type") != "object":
        raise PyGloveValueError(
            f"Expected a JSON schema of type 'object', got {json_schema!r}."
        )
    reader = _Reader(json_schema, class_fn, add_json_schema_as_metadata)
    return reader.schema(json_schema)


class _Reader:
    """Converts the parts of a JSON schema."""

    def __init__(
        self, root: JSONSchema, class_fn: ClassFn | None, keep_json_schema: bool
    ) -> None:
        self._defs = root.get("$defs", {}) if isinstance(root, dict) else {}
        self._class_fn = class_fn
        self._keep_json_schema = keep_json_schema
        # The classes of definitions; None while a class is being created.
        self._classes: dict[str, type[typing.Any] | None] = {}

    def spec(self, json_schema: JSONSchema) -> ValueSpec:
        """The value spec of a JSON schema."""
        if not isinstance(json_schema, dict):
            raise PyGloveTypeError(
                f"Expected a dict as a JSON schema, got {json_schema!r}."
            )
        spec = self._spec(json_schema)
        if "default" in json_schema and not isinstance(spec, Enum):
            default = json_schema["default"]
            if not (spec.frozen and spec.default == default):
                spec.set_default(default)
        return spec

    def _spec(self, json_schema: JSONSchema) -> ValueSpec:
        if "$ref" in json_schema:
            return self._reference(json_schema["$ref"])
        if "anyOf" in json_schema:
            return self._any_of(json_schema["anyOf"])
        if "enum" in json_schema:
            default = json_schema.get("default", MISSING_VALUE)
            values = list(json_schema["enum"])
            for value in values:
                if isinstance(value, (dict, list)):
                    raise PyGloveValueError(
                        "Expected numbers, strings, booleans or null in 'enum' of a "
                        f"JSON schema, got {value!r}."
                    )
            return Enum(default, values)
        kind = json_schema.get("type")
        if isinstance(kind, list) and kind:
            rest = {k: v for k, v in json_schema.items() if k != "default"}
            return self._any_of([{**rest, "type": k} for k in kind])
        make = self._KINDS.get(kind) if isinstance(kind, str) else None
        if make is None:
            raise PyGloveValueError(
                f"Expected one of {sorted(self._KINDS)} as 'type' in a JSON schema, "
                f"got {kind!r}."
            )
        return make(self, json_schema)

    def _reference(self, reference: str) -> ValueSpec:
        name = reference.rpartition("/")[2]
        if name not in self._defs or self._classes.get(name, name) is None:
            raise PyGloveValueError(
                f"Expected a reference to a definition in '$defs' that does not refer "
                f"to itself, got {name!r}."
            )
        found = self._classes.get(name)
        if found is not None:
            return Object(found)
        self._classes[name] = None
        try:
            spec = self.spec(self._defs[name])
        finally:
            del self._classes[name]
        if isinstance(spec, Object):
            self._classes[name] = spec.cls
        return spec

    def _any_of(self, options: list[JSONSchema]) -> ValueSpec:
        specs = [self.spec(o) for o in options if o.get("type") != "null"]
        spec = specs[0] if len(specs) == 1 else Union(specs)
        return spec.noneable() if len(specs) < len(options) else spec

    def _null(self, json_schema: JSONSchema) -> ValueSpec:
        return Any().freeze(None)

    def _boolean(self, json_schema: JSONSchema) -> ValueSpec:
        return Bool()

    def _integer(self, json_schema: JSONSchema) -> ValueSpec:
        return Int(
            min_value=json_schema.get("minimum"), max_value=json_schema.get("maximum")
        )

    def _number(self, json_schema: JSONSchema) -> ValueSpec:
        return Float(
            min_value=json_schema.get("minimum"), max_value=json_schema.get("maximum")
        )

    def _string(self, json_schema: JSONSchema) -> ValueSpec:
        return Str(regex=json_schema.get("pattern"))

    def _array(self, json_schema: JSONSchema) -> ValueSpec:
        items = json_schema.get("items")
        return List(Any() if items is None else self.spec(items))

    def _object(self, json_schema: JSONSchema) -> ValueSpec:
        schema = self.schema(json_schema)
        title = json_schema.get("title")
        if title and self._class_fn is not None:
            return Object(self._class_fn(title, schema))
        return Dict(schema) if list(schema) else Dict()

    _KINDS: typing.ClassVar[dict[str, Callable[["_Reader", JSONSchema], ValueSpec]]] = {
        "null": _null,
        "boolean": _boolean,
        "integer": _integer,
        "number": _number,
        "string": _string,
        "array": _array,
        "object": _object,
    }

    def schema(self, json_schema: JSONSchema) -> Schema:
        """The schema of a JSON schema for objects."""
        required = set(json_schema.get("required", ()))
        fields = []
        for name, item in json_schema.get("properties", {}).items():
            if name == "_type" and "const" in item:
                continue  # The name of a class is not a field.
            spec = self.spec(item)
            if name not in required and not spec.has_default:
                spec = spec.noneable()
            fields.append(self._field(ConstStrKey(name), spec, item))
        additional = json_schema.get("additionalProperties")
        if isinstance(additional, dict):
            spec = self.spec(additional)
            fields.append(self._field(StrKey(), spec, additional))
        elif additional is True:
            fields.append(Field(StrKey(), Any()))
        return Schema(
            fields,
            name=json_schema.get("title"),
            description=json_schema.get("description"),
            allow_nonconst_keys=True,
        )

    def _field(self, key: KeySpec, spec: ValueSpec, json_schema: JSONSchema) -> Field:
        metadata = {"json_schema": json_schema} if self._keep_json_schema else None
        return Field(key, spec, json_schema.get("description"), metadata)
