"""Schemas: the fields of a class, a dict or a function."""

import copy
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence

from pyglove import utils
from pyglove.typing.field import late
from pyglove.typing.field.error import error_on_path, key_error
from pyglove.typing.field.field import Field
from pyglove.typing.field.json_form import JSONForm, JSONItems
from pyglove.typing.field.key_spec import ConstStrKey, KeySpec
from pyglove.typing.field.path import (
    LazyPath,
    child_path,
    path_for_callback,
)
from pyglove.typing.field.spec_work import SPEC_WORK, spend, spend_on_copy
from pyglove.typing.field.value_spec import ChildTransform
from pyglove.utils import (
    MISSING_VALUE,
    BracketType,
    KeyPath,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.serialization.json_type import published_as

# Defaults of these types need no copy.
_ATOMS = frozenset((bool, int, float, complex, str, bytes, type(None), type))


@published_as("pyglove.typing.Schema")
class Schema(utils.Formattable, JSONForm):
    """An ordered collection of fields.

    Args:
      fields: The fields. The last one of several for the same key is used.
      name: The name of what the schema describes.
      base_schema_list: The schemas to extend, the most important first.
      description: What the schema describes.
      allow_nonconst_keys: Whether fields may stand for a pattern of keys.
      metadata: Additional data to store with the schema.
      for_cls: The class that declares the fields.

    Raises:
      TypeError: `fields` is not a list of fields, or a field accepts values that the
        field it overrides rejects.
      ValueError: A field stands for a pattern of keys, which is not allowed.

    Example:
      >>> import pyglove.typing as pgt
      >>> schema = pgt.Schema([pgt.Field('x', pgt.Int()),
      ...                      pgt.Field('y', pgt.Str('a'))])
      >>> schema.apply({'x': 1})
      {'x': 1, 'y': 'a'}
    """

    _unwritten = frozenset(("base_schema_list", "for_cls"))

    def __init__(
        self,
        fields: list[Field],
        name: str | None = None,
        base_schema_list: "list[Schema] | None" = None,
        description: str | None = None,
        *,
        allow_nonconst_keys: bool = False,
        metadata: dict[str, typing.Any] | None = None,
        for_cls: type[typing.Any] | None = None,
    ) -> None:
        if not isinstance(fields, list):
            raise PyGloveTypeError(
                f"Expected a list of fields as `fields` of a schema, got {fields!r}."
            )
        if metadata and not isinstance(metadata, dict):
            raise PyGloveTypeError(
                f"Expected a dict as the metadata of a schema, got {metadata!r}."
            )
        self._name = name
        self._description = description
        self._allow_nonconst_keys = allow_nonconst_keys
        self._metadata = metadata or {}
        for field in fields:
            if not isinstance(field, Field):
                raise PyGloveTypeError(
                    f"Expected a field in `fields` of a schema, got {field!r}."
                )
            if not allow_nonconst_keys and not field.key.is_const:
                raise PyGloveValueError(
                    f"Expected a field for a single key, got one for {field.key!r}. "
                    "Pass `allow_nonconst_keys=True` to have fields for patterns."
                )
            if for_cls is not None and field.origin is None:
                field.set_origin(for_cls)
        self._set_fields(fields)
        if base_schema_list:
            # Metadata is not inherited: it belongs to the bases.
            self.extend(Schema.merge(base_schema_list))

    def _set_fields(self, fields: Iterable[Field]) -> None:
        self._fields: dict[KeySpec, Field] = {field.key: field for field in fields}
        # The fields of single keys by name, and the fields of patterns.
        self._named: dict[str, Field] = {}
        self._dynamic: list[Field] = []
        for key, field in self._fields.items():
            if isinstance(key, ConstStrKey):
                self._named[key.text] = field
            else:
                self._dynamic.append(field)

    @classmethod
    def merge(
        cls,
        schema_list: "Sequence[Schema]",
        name: str | None = None,
        description: str | None = None,
    ) -> "Schema":
        """Merges the fields of several schemas.

        Args:
          schema_list: The schemas. The first one of several fields for the same key is
            used.
          name: The name of what the result describes.
          description: What the result describes.

        Returns:
          A new schema.
        """
        fields: dict[KeySpec, Field] = {}
        for schema in schema_list:
            for key, field in schema.items():
                fields.setdefault(key, field)
        return Schema(
            list(fields.values()),
            name=name,
            description=description,
            allow_nonconst_keys=True,
        )

    def clone(self) -> "Schema":
        """Returns a copy that can be modified independently."""
        schema = Schema.__new__(type(self))
        vars(schema).update(vars(self))
        schema._metadata = dict(self._metadata)
        schema._set_fields([field.clone() for field in self._fields.values()])
        return schema

    def extend(self, base: "Schema") -> "Schema":
        """Inherits the fields of a base schema, their constraints, and its metadata.

        Args:
          base: The schema to extend.

        Returns:
          This schema, with the fields of the base first.

        Raises:
          TypeError: A field accepts values that the field it overrides rejects.
          ValueError: The base has a field for a pattern of keys, which is not
            allowed here.
        """
        fields = dict(base._fields)
        for key, base_field in base._fields.items():
            own = self._fields.get(key)
            if own is not None:
                try:
                    own.extend(base_field)
                except Exception as e:
                    raise error_on_path(e, KeyPath([key])) from e
            elif not self._allow_nonconst_keys and not key.is_const:
                raise PyGloveValueError(
                    "Expected a base schema with fields for single keys only, got one "
                    f"with a field for {key!r}. Pass `allow_nonconst_keys=True` to "
                    "have fields for patterns of keys."
                )
        fields.update(self._fields)
        self._set_fields(fields.values())
        self._metadata = _merged_metadata(base._metadata, self._metadata)
        return self

    def is_compatible(self, other: "Schema") -> bool:
        """Whether every dict that another schema accepts is acceptable to this one.

        Args:
          other: The other schema.

        Returns:
          Whether both have the same keys, with compatible values.

        Raises:
          TypeError: `other` is not a schema.
        """
        if not isinstance(other, Schema):
            raise PyGloveTypeError(f"Expected a schema to compare with, got {other!r}.")
        return self._fields.keys() == other._fields.keys() and all(
            field.value.is_compatible(other._fields[key].value)
            for key, field in self._fields.items()
        )

    def get_field(self, key: str) -> Field | None:
        """The field for a key.

        Args:
          key: A key.

        Returns:
          The field of that very key, or else the first field whose pattern matches it,
          or else None.
        """
        field = self._named.get(key)
        if field is None:
            if SPEC_WORK.open_count:
                spend(len(self._dynamic))
            for dynamic in self._dynamic:
                if dynamic.key.match(key):
                    return dynamic
        return field

    @property
    def description(self) -> str | None:
        """What the schema describes."""
        return self._description

    def set_description(self, description: str) -> None:
        """Sets the description of the schema."""
        self._description = description

    @property
    def dynamic_field(self) -> Field | None:
        """The first field that stands for a pattern of keys, or None."""
        return self._dynamic[0] if self._dynamic else None

    def resolve(
        self, keys: Iterable[str]
    ) -> tuple[dict[KeySpec, list[str]], list[str]]:
        """Finds the field of each key.

        Args:
          keys: The keys.

        Returns:
          The keys grouped by the key spec that they match, and the keys that match
          none.
        """
        matched: dict[KeySpec, list[str]] = {key: [] for key in self._fields}
        unmatched: list[str] = []
        for key in keys:
            field = self.get_field(key)
            if field is None:
                unmatched.append(key)
            else:
                matched[field.key].append(key)
        return matched, unmatched

    def apply(
        self,
        dict_obj: dict[str, typing.Any],
        allow_partial: bool = False,
        child_transform: ChildTransform | None = None,
        root_path: LazyPath = None,
    ) -> dict[str, typing.Any]:
        """Checks a dict, and completes it in place with defaults.

        Args:
          dict_obj: The dict.
          allow_partial: If True, values may be missing.
          child_transform: A function of path, field and value that is called on each
            nested value once it is checked; its result replaces the value. It gets a
            path, or a function that returns one if `root_path` is one.
          root_path: The path of the dict; see `ValueSpec.apply`.

        Returns:
          The dict.

        Raises:
          KeyError: The dict has keys that no field stands for.
          TypeError: A value is not of the expected type.
          ValueError: A value is missing or out of range.
        """
        dynamic_keys = self._dynamic_keys(dict_obj, root_path)
        for name, field in self._named.items():
            self._apply_item(
                dict_obj, name, field, allow_partial, child_transform, root_path
            )
        for name, field in dynamic_keys:
            self._apply_item(
                dict_obj, name, field, allow_partial, child_transform, root_path
            )
        return dict_obj

    def _dynamic_keys(
        self, dict_obj: dict[str, typing.Any], root_path: LazyPath
    ) -> list[tuple[str, Field]]:
        """Returns the keys that match a pattern, with the field of the pattern."""
        named = self._named
        found: list[tuple[str, Field]] = []
        unmatched: list[typing.Any] = []
        for key in dict_obj:
            if key not in named:
                field = self.get_field(key)
                if field is None:
                    unmatched.append(key)
                else:
                    found.append((key, field))
        if unmatched:
            keys = ", ".join(map(str, self._fields)) or "none"
            raise key_error(
                f"Expected only keys of the schema ({keys}), got {unmatched!r}.",
                root_path,
            )
        return found

    def _apply_item(
        self,
        dict_obj: dict[str, typing.Any],
        name: str,
        field: Field,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: LazyPath,
    ) -> None:
        # `get` would infer values of symbolic dicts.
        old = dict_obj[name] if name in dict_obj else MISSING_VALUE  # noqa: SIM401
        value = old
        if isinstance(value, utils.MissingValue) and field.value.has_default:
            value = field.value.default
            if SPEC_WORK.open_count:
                spend_on_copy(value)
            value = copy_default(value)
        path = path_for_callback(root_path, name, child_transform)
        value = field.apply(value, allow_partial, child_transform, path)
        if value is not old:
            dict_obj[name] = value

    def validate(
        self,
        dict_obj: dict[str, typing.Any],
        allow_partial: bool = False,
        root_path: LazyPath = None,
    ) -> None:
        """Checks a dict without changing it.

        Args:
          dict_obj: The dict.
          allow_partial: If True, values may be missing.
          root_path: The path of the dict; see `ValueSpec.apply`.

        Raises:
          KeyError: The dict has keys that no field stands for.
          TypeError: A value is not of the expected type.
          ValueError: A value is missing or out of range.
        """
        items = [*self._named.items(), *self._dynamic_keys(dict_obj, root_path)]
        for name, field in items:
            value = dict_obj[name] if name in dict_obj else MISSING_VALUE  # noqa: SIM401
            if isinstance(value, utils.MissingValue) and field.value.has_default:
                value = field.value.default
            # Specs complete lists and dicts in place, so check copies.
            value = _copy_containers(value)
            field.apply(value, allow_partial, None, child_path(root_path, name))

    @property
    def name(self) -> str | None:
        """The name of what the schema describes."""
        return self._name

    def set_name(self, name: str) -> None:
        """Sets the name of what the schema describes."""
        self._name = name

    @property
    def allow_nonconst_keys(self) -> bool:
        """Whether fields may stand for a pattern of keys."""
        return self._allow_nonconst_keys

    @property
    def fields(self) -> dict[KeySpec, Field]:
        """The fields by key spec; names are equal to their key specs."""
        return self._fields

    def __getitem__(self, key: str | KeySpec) -> Field:
        return self._fields[key]  # type: ignore[index]

    def __contains__(self, key: str | KeySpec) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[KeySpec]:
        return iter(self._fields)

    def get(self, key: str | KeySpec, default: Field | None = None) -> Field | None:
        """Returns the field of that very key, or else the default."""
        return typing.cast(dict[typing.Any, Field], self._fields).get(key, default)

    def keys(self) -> Iterable[KeySpec]:
        """The keys of the fields."""
        return self._fields.keys()

    def values(self) -> Iterable[Field]:
        """The fields."""
        return self._fields.values()

    def items(self) -> Iterable[tuple[KeySpec, Field]]:
        """The keys with the fields."""
        return self._fields.items()

    @property
    def metadata(self) -> dict[str, typing.Any]:
        """Additional data that is stored with the schema."""
        return self._metadata

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        *,
        cls_name: str | None = None,
        bracket_type: BracketType = BracketType.ROUND,
        fields_only: bool = False,
        **kwargs: typing.Any,
    ) -> str:
        """Formats the schema as a call of its constructor.

        Args:
          compact: If True, everything is put on one line.
          verbose: If True, details are shown.
          root_indent: Depth, in levels, of the line on which the text starts.
          cls_name: What to show in place of 'Schema'.
          bracket_type: The brackets around the fields.
          fields_only: If True, only the fields are shown.
          **kwargs: Further options, for the fields.

        Returns:
          The text.
        """
        items: list[tuple[str, typing.Any, typing.Any]] = [
            ("name", self._name, None),
            ("description", self._description, None),
            ("fields", list(self._fields.values()), []),
            ("allow_nonconst_keys", self._allow_nonconst_keys, True),
            ("metadata", self._metadata, {}),
        ]
        return utils.kvlist_str(
            items[2:3] if fields_only else items,
            label=cls_name or type(self).__name__,
            compact=compact,
            verbose=verbose,
            root_indent=root_indent,
            bracket_type=bracket_type,
            **kwargs,
        )

    def _json_items(self) -> JSONItems:
        return {
            "fields": (list(self._fields.values()), []),
            "name": (self._name, None),
            "description": (self._description, None),
            "allow_nonconst_keys": (self._allow_nonconst_keys, False),
            "metadata": (self._metadata, {}),
        }

    @classmethod
    def from_json(cls, json_value: typing.Any, **kwargs: typing.Any) -> "Schema":
        """Creates a schema from its JSON form, which omits empty fields."""
        return super().from_json({"fields": [], **json_value}, **kwargs)

    def to_json_schema(
        self,
        *,
        include_type_name: bool = True,
        include_subclasses: bool = False,
        inline_nested_refs: bool = False,
        **kwargs: typing.Any,
    ) -> dict[str, typing.Any]:
        """The JSON schema of acceptable dicts; see `to_json_schema`."""
        return late.to_json_schema(
            self,
            include_type_name=include_type_name,
            include_subclasses=include_subclasses,
            inline_nested_refs=inline_nested_refs,
            **kwargs,
        )

    @classmethod
    def from_json_schema(
        cls,
        json_schema: dict[str, typing.Any],
        class_fn: "Callable[[str, Schema], type[typing.Any]] | None" = None,
        add_json_schema_as_metadata: bool = False,
    ) -> "Schema":
        """Creates a schema from a JSON schema of objects.

        Args:
          json_schema: The JSON schema.
          class_fn: A function of title and schema that returns the class for
            objects with a title. If None, such objects are dicts.
          add_json_schema_as_metadata: If True, the JSON schema of each field is
            put into its metadata.

        Returns:
          The schema.

        Raises:
          ValueError: The JSON schema does not describe objects, or uses a feature that
            value specs lack.
        """
        return late.schema_from_json_schema(
            json_schema,
            class_fn=class_fn,
            add_json_schema_as_metadata=add_json_schema_as_metadata,
        )

    def __eq__(self, other: typing.Any) -> bool:
        if self is other:
            return True
        return isinstance(other, Schema) and self._fields == other._fields

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Schema, frozenset(self._fields)))


def copy_default(value: typing.Any) -> typing.Any:
    """Returns a copy of a default value that can be changed independently."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is list:
        return [copy_default(item) for item in value]
    if kind is dict:
        return {key: copy_default(item) for key, item in value.items()}
    return copy.deepcopy(value)


def _copy_containers(value: typing.Any) -> typing.Any:
    if type(value) is list:
        return [_copy_containers(item) for item in value]
    if type(value) is dict:
        return {key: _copy_containers(item) for key, item in value.items()}
    return value


def _merged_metadata(
    base: dict[str, typing.Any], own: dict[str, typing.Any]
) -> dict[str, typing.Any]:
    """Merges the metadata of a base into one's own, which takes precedence, by key."""
    merged = {**base, **own}
    for key, value in own.items():
        inherited = base.get(key)
        if type(value) is dict and type(inherited) is dict:
            merged[key] = _merged_metadata(inherited, value)
    return merged
