"""The interface of value specs, which describe the values of fields."""

import abc
import copy
import types
import typing
from collections.abc import Callable

from pyglove import utils
from pyglove.typing.field import late
from pyglove.typing.field.path import LazyPath
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.utils import MISSING_VALUE

if typing.TYPE_CHECKING:
    from pyglove.typing.field.field import Field
    from pyglove.typing.field.schema import Schema

# A function of path, field and value that is called on each nested value once it is
# checked, and whose result replaces the value.
ChildTransform = Callable[[typing.Any, "Field", typing.Any], typing.Any]


class ValueSpec(utils.Formattable, utils.JSONConvertible):
    """Interface of value specs.

    A value spec describes the values that a field accepts: their type, their range,
    whether they may be None, and their default.

    The methods that modify a spec (`noneable`, `set_default`, `freeze`, `extend`)
    return it. Use them only while a spec is set up: it must not change once a field
    uses it.

    **For code generators.** Generated code can skip `apply` for values that a spec
    accepts unchanged. If `type(v)` is one of `exact_types`, and the expression
    `inline_condition(name)`, evaluated with `v` as the value of `name` and with
    `inline_constants(name)`, is true, then `apply(v)` returns `v` itself. All other
    values are passed to `apply`.

    Example:
      >>> import pyglove.typing as pgt
      >>> spec = pgt.Int(min_value=0).noneable()
      >>> spec.apply(1), spec.apply(None), spec.default
      (1, None, None)
      >>> spec.apply('a')
      Traceback (most recent call last):
        ...
      pyglove.utils.error.PyGloveTypeError: Expected a value of type int, got ...
      >>> spec.exact_types, spec.inline_condition('x')
      ((<class 'int'>, <class 'NoneType'>), '(x is None or x >= 0)')
    """

    # The classes of the specs of lists, dicts and objects.
    ListType = late.list_type
    DictType = late.dict_type
    ObjectType = late.object_type

    # Whether the spec accepts all values unchanged, except for missing ones.
    accepts_any: bool = False

    @property
    @abc.abstractmethod
    def value_type(self) -> typing.Any:
        """The type of acceptable values, or a tuple of types; None if not bound.

        Raises:
          TypeError: The type is a forward reference to a class that does not exist.
        """

    @abc.abstractmethod
    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Calls the type of this spec and checks the result."""

    @property
    @abc.abstractmethod
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""

    @property
    def type_resolved(self) -> bool:
        """Whether all forward references point to existing classes."""
        return not any(not ref.resolved for ref in self.forward_refs)

    @abc.abstractmethod
    def noneable(
        self, is_noneable: bool = True, use_none_as_default: bool = True
    ) -> "ValueSpec":
        """Sets whether the value may be None.

        Args:
          is_noneable: Whether the value may be None.
          use_none_as_default: If True, and there is no default, None becomes it.

        Returns:
          This spec.
        """

    @property
    @abc.abstractmethod
    def is_noneable(self) -> bool:
        """Whether the value may be None."""

    @abc.abstractmethod
    def set_default(
        self,
        default: typing.Any,
        use_default_apply: bool = True,
        root_path: LazyPath = None,
    ) -> "ValueSpec":
        """Sets the default value.

        Args:
          default: The default, or `MISSING_VALUE` to remove it.
          use_default_apply: If False, the default is not checked.
          root_path: The path of the field, for error messages.

        Returns:
          This spec.
        """

    @property
    @abc.abstractmethod
    def default(self) -> typing.Any:
        """The default value, or `MISSING_VALUE`."""

    @property
    def has_default(self) -> bool:
        """Whether there is a default."""
        return not isinstance(self.default, utils.MissingValue)

    @abc.abstractmethod
    def freeze(
        self,
        permanent_value: typing.Any = MISSING_VALUE,
        apply_before_use: bool = True,
    ) -> "ValueSpec":
        """Makes the default the only acceptable value.

        Args:
          permanent_value: If given, the new default.
          apply_before_use: If False, the new default is not checked.

        Returns:
          This spec.

        Raises:
          ValueError: There is no default.
        """

    @property
    @abc.abstractmethod
    def frozen(self) -> bool:
        """Whether the default is the only acceptable value."""

    @property
    @abc.abstractmethod
    def annotation(self) -> typing.Any:
        """The type annotation that this spec corresponds to, or `MISSING_VALUE`."""

    @property
    @abc.abstractmethod
    def transform(self) -> Callable[[typing.Any], typing.Any] | None:
        """The function that is applied to values before they are checked."""

    @property
    def skip_user_transform(self) -> "ValueSpec":
        """This spec without its transform, for values that are transformed already."""
        return self

    def clone(self) -> "ValueSpec":
        """Returns a copy that can be modified independently."""
        return copy.deepcopy(self)

    @abc.abstractmethod
    def is_compatible(self, other: "ValueSpec") -> bool:
        """Whether this spec accepts every value that another spec accepts."""

    @abc.abstractmethod
    def extend(self, base: "ValueSpec") -> "ValueSpec":
        """Inherits the constraints of a base spec that this spec leaves open.

        Args:
          base: The spec of the field that is overridden.

        Returns:
          This spec; or, if it is a constant and the base is an enumeration, the base
          frozen to the constant.

        Raises:
          TypeError: This spec accepts values that the base rejects.
        """

    @abc.abstractmethod
    def apply(
        self,
        value: typing.Any,
        allow_partial: bool = False,
        child_transform: ChildTransform | None = None,
        root_path: LazyPath = None,
    ) -> typing.Any:
        """Checks a value, and completes or converts it if necessary.

        Args:
          value: The value. Lists and dicts are completed in place.
          allow_partial: If True, the value and nested values may be missing.
          child_transform: A function of path, field and value that is called on each
            nested value once it is checked; its result replaces the value. It gets a
            path, or a function that returns one if `root_path` is one.
          root_path: The path of the value, for error messages: a path, or a function
            without arguments that returns it and is called only in case of an error.

        Returns:
          The value to use.

        Raises:
          TypeError: The value is not of the expected type.
          ValueError: The value is missing, out of range, or may not be set.
          KeyError: A dict has unknown keys.
        """

    @property
    def exact_types(self) -> tuple[type[typing.Any], ...]:
        """The types whose values `apply` may return unchanged; see the class.

        Returns:
          Types, which are compared by identity; empty if every value needs `apply`.
        """
        return ()

    def inline_condition(self, name: str) -> str | None:
        """An expression that tests a value of one of the exact types.

        Args:
          name: The variable that holds the value.

        Returns:
          A Python expression; '' if all values of the exact types are accepted; None if
          there are no exact types.
        """
        return "" if self.exact_types else None

    def inline_constants(self, name: str) -> dict[str, typing.Any]:
        """The constants that `inline_condition(name)` refers to, by name."""
        return {}

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other

    @staticmethod
    def from_annotation(
        annotation: typing.Any,
        auto_typing: bool = False,
        accept_value_as_annotation: bool = False,
        parent_module: types.ModuleType | None = None,
    ) -> "ValueSpec":
        """Creates a value spec from a type annotation.

        Args:
          annotation: A type annotation, its text, or a value spec.
          auto_typing: If False, the annotation does not restrict the values: it becomes
            an attribute of an `Any` spec. Value specs are returned unchanged.
          accept_value_as_annotation: If True, `annotation` may be a value, which
            then is the default and says what type is expected.
          parent_module: The module in which to look up names within text.

        Returns:
          The value spec.

        Raises:
          TypeError: There is no value spec for the annotation.

        Example:
          >>> import pyglove.typing as pgt
          >>> pgt.ValueSpec.from_annotation(list[int | None], auto_typing=True)
          List(Int(noneable=True))
        """
        return late.value_spec_from_annotation(
            annotation, auto_typing, accept_value_as_annotation, parent_module
        )

    def to_json_schema(
        self,
        *,
        include_type_name: bool = True,
        include_subclasses: bool = False,
        inline_nested_refs: bool = False,
        **kwargs: typing.Any,
    ) -> dict[str, typing.Any]:
        """The JSON schema of acceptable values; see `to_json_schema`."""
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
        class_fn: Callable[[str, "Schema"], type[typing.Any]] | None = None,
        add_json_schema_as_metadata: bool = False,
    ) -> "ValueSpec":
        """Creates a value spec from a JSON schema.

        Args:
          json_schema: The JSON schema.
          class_fn: A function of title and schema that returns the class for
            objects with a title. If None, such objects are dicts.
          add_json_schema_as_metadata: If True, the JSON schema of each field is
            put into its metadata.

        Returns:
          The value spec.

        Raises:
          ValueError: The JSON schema uses a feature that value specs lack.
        """
        return late.value_spec_from_json_schema(
            json_schema,
            class_fn=class_fn,
            add_json_schema_as_metadata=add_json_schema_as_metadata,
        )
