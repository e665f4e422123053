"""The value spec of dicts."""

import typing
from collections.abc import Callable

from pyglove.typing.field import late
from pyglove.typing.field.definition import create_schema
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.key_spec import StrKey
from pyglove.typing.field.schema import Schema
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.utils import MISSING_VALUE, PyGloveTypeError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as


@late.dict_type.bind
@published_as("pyglove.typing.Dict")
class Dict(Generic, ValueSpecBase):
    """Dicts with a schema, or with any content.

    The default of a dict with a schema consists of the defaults of its fields.

    Args:
      schema: A schema or its definition; a value spec or type annotation of the values
        of arbitrary keys; or None for any content.
      default: The default value.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> spec = pgt.Dict({'x': int, 'y': pgt.Str('a')})
      >>> spec.apply({'x': 1})
      {'x': 1, 'y': 'a'}
      >>> pgt.Dict[str, float].apply({'z': 1})
      {'z': 1.0}
    """

    _native = True

    def __init__(
        self,
        schema: typing.Any = None,
        default: typing.Any = MISSING_VALUE,
        transform: Callable[[typing.Any], dict[typing.Any, typing.Any]] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        if schema is not None and not isinstance(schema, Schema):
            if not isinstance(schema, (dict, list)):
                if not isinstance(schema, ValueSpec):
                    schema = ValueSpec.from_annotation(schema, auto_typing=True)
                schema = [(StrKey(), schema)]
            schema = create_schema(schema, allow_nonconst_keys=True)
        self._schema: Schema | None = schema
        self._schema_default: dict[str, typing.Any] | None = None
        super().__init__(dict, default, transform, is_noneable)
        if frozen:
            self._default, self._frozen = self.default, True

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Creates a dict and checks it."""
        return self.apply(dict(*args, **kwargs))

    @property
    def schema(self) -> Schema | None:
        """The schema, or None for any content."""
        return self._schema

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        if self._schema is None:
            return set()
        return set().union(*(f.value.forward_refs for f in self._schema.values()))

    def clone(self) -> "Dict":
        """Returns a copy that can be modified independently."""
        spec = super().clone()
        if self._schema is not None:
            spec._schema = self._schema.clone()
            if not self._frozen:  # The defaults of the fields of the copy may change.
                spec._schema_default = None
        return spec

    def noneable(
        self, is_noneable: bool = True, use_none_as_default: bool = True
    ) -> "Dict":
        """Sets whether the value may be None."""
        super().noneable(is_noneable, use_none_as_default)
        if is_noneable and use_none_as_default:
            self._default = None
        return self

    def freeze(
        self,
        permanent_value: typing.Any = MISSING_VALUE,
        apply_before_use: bool = True,
    ) -> "Dict":
        """Makes the default the only acceptable value."""
        self._default = self.default
        super().freeze(permanent_value, apply_before_use)
        return self

    @property
    def default(self) -> typing.Any:
        """The default value, or `MISSING_VALUE`."""
        if self._schema is None or self._frozen or super().has_default:
            return self._default
        if self._schema_default is None:
            self._schema_default = self._schema.apply({}, allow_partial=True)
        return self._schema_default

    @property
    def has_default(self) -> bool:
        """Whether there is a default. A schema implies one."""
        return super().has_default or (self._schema is not None and not self._frozen)

    def _apply(
        self,
        value: dict[typing.Any, typing.Any],
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> typing.Any:
        if self._schema is not None:
            self._schema.apply(value, allow_partial, child_transform, root_path)
        return value

    def _extend(self, base: "Dict") -> None:
        if base._schema is None:
            return
        self._schema_default = None
        if self._schema is None:
            self._schema = base._schema
        else:
            self._schema.extend(base._schema)

    def _is_compatible(self, other: "Dict") -> bool:
        if self._schema is None:
            return True
        return other._schema is not None and self._schema.is_compatible(other._schema)

    def _annotate(self) -> typing.Any:
        return typing.Dict[str, typing.Any]  # noqa: UP006 - the published form.

    def _eq(self, other: "Dict") -> bool:
        return self._schema == other._schema

    def __hash__(self) -> int:
        return hash((Dict, self._is_noneable, self._frozen, self._schema))

    def _format_items(self) -> CallItems:
        fields = [] if self._schema is None else list(self._schema.values())
        return [
            ("fields", fields, []),
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        default = common["default"]
        of_schema = self._schema_default
        if self._frozen and of_schema is not None and self._default is of_schema:
            default = (MISSING_VALUE, MISSING_VALUE)  # It follows from the schema.
        return {
            "schema": (self._schema, None),
            "transform": (self._transform, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
            "default": default,
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Dict":
        """`Dict[str, value]` or `Dict[{name: value}]`."""
        if len(type_args) == 1 and isinstance(type_args[0], dict):
            return cls(type_args[0])
        if len(type_args) != 2:
            raise PyGloveTypeError(
                "Expected the types of keys and values, as in `Dict[str, int]`, or a "
                f"dict of fields, got {type_args!r}."
            )
        key, value = type_args
        if key is not str:
            # There is no key spec of other types.
            return cls()
        if not isinstance(value, ValueSpec):
            value = ValueSpec.from_annotation(value, auto_typing=True)
        return cls([(StrKey(), value)])
