"""Fields: keys with the specs of their values."""

import types
import typing

from pyglove.typing.field import late
from pyglove.typing.field.json_form import JSONForm, JSONItems
from pyglove.typing.field.key_spec import ConstStrKey, KeySpec
from pyglove.typing.field.path import LazyPath
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.utils import PyGloveKeyError, PyGloveTypeError, PyGloveValueError
from pyglove.utils.call_form import CallFormattable, CallItems
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.typing.Field")
class Field(CallFormattable, JSONForm):
    """A key, or a pattern of keys, with the spec of its values.

    Args:
      key_spec: The key spec, or the name of a single key.
      value_spec: The spec of the values.
      description: What the field is for.
      metadata: Additional data to store with the field.
      origin: The class that declares the field.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Field('units', pgt.Int(min_value=1), 'Number of units.')
      Field(key=units, value=Int(min=1), description='Number of units.')
    """

    _unwritten = frozenset(("origin",))

    def __init__(
        self,
        key_spec: KeySpec | str,
        value_spec: ValueSpec,
        description: str | None = None,
        metadata: dict[str, typing.Any] | None = None,
        origin: type[typing.Any] | None = None,
    ) -> None:
        if isinstance(key_spec, str):
            key_spec = ConstStrKey(key_spec)
        elif not isinstance(key_spec, KeySpec):
            raise PyGloveTypeError(
                f"Expected a str or a key spec as the key of a field, got {key_spec!r}."
            )
        if metadata is not None and not isinstance(metadata, dict):
            raise PyGloveValueError(
                f"Expected a dict as the metadata of a field, got {metadata!r}."
            )
        self._key = key_spec
        self._value = value_spec
        self._description = description
        self._metadata = metadata or {}
        self._origin = origin

    @classmethod
    def from_json(cls, json_value: typing.Any, **kwargs: typing.Any) -> "Field":
        """Creates a field from its JSON form; see `JSONForm.from_json`."""
        field: Field = super().from_json(json_value, **kwargs)
        if not isinstance(field._value, ValueSpec):
            raise PyGloveTypeError(
                f"Expected a value spec as the value of a field, got {field._value!r}."
            )
        return field

    @staticmethod
    def from_annotation(
        key: str | KeySpec,
        annotation: typing.Any,
        description: str | None = None,
        metadata: dict[str, typing.Any] | None = None,
        auto_typing: bool = True,
        parent_module: types.ModuleType | None = None,
    ) -> "Field":
        """Creates a field from a type annotation.

        Args:
          key: The key, or its spec.
          annotation: A type annotation, its text, or a value spec. The description and
            the metadata in `Annotated[type, description, metadata]` take precedence
            over the arguments.
          description: What the field is for.
          metadata: Additional data to store with the field.
          auto_typing: If False, the annotation does not restrict the values.
          parent_module: The module in which to look up names within text.

        Returns:
          The field.

        Raises:
          TypeError: There is no value spec for the annotation.

        Example:
          >>> from typing import Annotated
          >>> import pyglove.typing as pgt
          >>> pgt.Field.from_annotation('x', Annotated[int, 'A number.'])
          Field(key=x, value=Int(), description='A number.')
        """
        return late.field_from_annotation(
            key, annotation, description, metadata, auto_typing, parent_module
        )

    @property
    def description(self) -> str | None:
        """What the field is for."""
        return self._description

    def set_description(self, description: str) -> None:
        """Sets the description of the field."""
        self._description = description

    @property
    def key(self) -> KeySpec:
        """The spec of the keys."""
        return self._key

    @property
    def value(self) -> ValueSpec:
        """The spec of the values."""
        return self._value

    @property
    def annotation(self) -> typing.Any:
        """The type annotation of the values."""
        return self._value.annotation

    @property
    def metadata(self) -> dict[str, typing.Any]:
        """Additional data that is stored with the field."""
        return self._metadata

    @property
    def origin(self) -> type[typing.Any] | None:
        """The class that declares the field."""
        return self._origin

    def set_origin(self, origin: type[typing.Any]) -> None:
        """Sets the class that declares the field."""
        self._origin = origin

    @property
    def default_value(self) -> typing.Any:
        """The default value, or `MISSING_VALUE`."""
        return self._value.default

    @property
    def frozen(self) -> bool:
        """Whether the default is the only acceptable value."""
        return self._value.frozen

    def clone(self) -> "Field":
        """Returns a copy that can be modified independently."""
        field = Field.__new__(type(self))
        vars(field).update(vars(self))
        field._value = self._value.clone()
        field._metadata = dict(self._metadata)
        return field

    def extend(self, base_field: "Field") -> "Field":
        """Inherits what this field leaves open from a base field.

        Args:
          base_field: The field that this one overrides.

        Returns:
          This field.

        Raises:
          KeyError: The keys differ.
          TypeError: This field accepts values that the base rejects.
        """
        if self._key != base_field._key:
            raise PyGloveKeyError(
                f"Expected a field for key {str(base_field._key)!r}, as the base is, "
                f"got one for {str(self._key)!r}."
            )
        if self._key is not base_field._key:
            self._key.extend(base_field._key)
        self._value.extend(base_field._value)
        if not self._description:
            self._description = base_field._description
        if base_field._metadata:
            self._metadata = {**base_field._metadata, **self._metadata}
        return self

    def apply(
        self,
        value: typing.Any,
        allow_partial: bool = False,
        transform_fn: ChildTransform | None = None,
        root_path: LazyPath = None,
    ) -> typing.Any:
        """Checks a value, then transforms it.

        Args:
          value: The value.
          allow_partial: If True, the value and nested values may be missing.
          transform_fn: A function of path, field and value that is called on each
            nested value, and finally on the value itself.
          root_path: The path of the value; see `ValueSpec.apply`.

        Returns:
          The value to use.
        """
        value = self._value.apply(value, allow_partial, transform_fn, root_path)
        if transform_fn is not None:
            value = transform_fn(root_path, self, value)
        return value

    def _format_items(self) -> CallItems:
        parts = self._json_items() | {"origin": (self._origin, None)}
        # In text, the specs have the names of the properties.
        return [
            (name.removesuffix("_spec"), value, default)
            for name, (value, default) in parts.items()
        ]

    def _json_items(self) -> JSONItems:
        return {
            "key_spec": (self._key, None),
            "value_spec": (self._value, None),
            "description": (self._description, None),
            "metadata": (self._metadata, {}),
        }

    def __eq__(self, other: typing.Any) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Field)
            and self._key == other._key
            and self._value == other._value
            and self._description == other._description
            and self._metadata == other._metadata
        )

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Field, self._key, self._value))
