"""The base class of value specs."""

import copy
import typing
from collections.abc import Callable

from pyglove import utils
from pyglove.typing.field import late
from pyglove.typing.field.custom_typing import CustomTyping
from pyglove.typing.field.error import (
    error_on_path,
    extension_error,
    type_error,
    type_text,
    value_error,
    value_text,
)
from pyglove.typing.field.json_form import JSONForm, JSONItems
from pyglove.typing.field.path import LazyPath, resolve_path
from pyglove.typing.field.spec_work import SPEC_WORK, is_untrusted, spend
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.callable_equality import callable_eq
from pyglove.typing.introspection.forward_ref import ForwardRef
from pyglove.typing.introspection.inspection import is_instance
from pyglove.typing.spec.conversion import get_converter
from pyglove.typing.spec.missing import MissingValue
from pyglove.utils import MISSING_VALUE, PyGloveTypeError, PyGloveValueError
from pyglove.utils.call_form import CallFormattable, CallItems

Self = typing.TypeVar("Self", bound="ValueSpecBase")

# Builtin types whose values are not None, missing, or `CustomTyping`.
_PLAIN_TYPES = frozenset((bool, int, float, str, list, tuple, dict))


class _NoType:
    """A type that no value has."""


class ValueSpecBase(ValueSpec, CallFormattable, JSONForm):
    """Base class of value specs.

    It handles None, missing values, defaults, frozen values, custom typing, transforms
    and the type check. Subclasses may override:

    * `_apply(value, allow_partial, child_transform, root_path)` to complete a value;
    * `_validate(path, value)` to reject one;
    * `_extend(base)`, `_is_compatible(other)`, `_eq(other)` to compare specs;
    * `_annotate()` for the annotation.

    Args:
      value_type: The type of acceptable values, or several; None if not bound.
      default: The default value.
      transform: A function that is applied to values before they are checked.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.
    """

    # Whether the checks are those of this package, which can be inlined and accept lazy
    # paths. It is False for subclasses that override a check without setting it.
    _native: typing.ClassVar[bool] = True

    # Whether this is the spec of all values, which any spec may extend.
    _is_any: typing.ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: typing.Any) -> None:
        super().__init_subclass__(**kwargs)
        own = vars(cls)
        if "_native" not in own and any(
            name in own for name in ("apply", "_apply", "_validate")
        ):
            cls._native = False

    def __init__(
        self,
        value_type: typing.Any,
        default: typing.Any = MISSING_VALUE,
        transform: Callable[[typing.Any], typing.Any] | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        self._value_type = value_type
        self._transform = transform
        self._is_noneable = is_noneable
        self._frozen = False
        self._default: typing.Any = MISSING_VALUE
        is_plain = type(value_type) is type and value_type in _PLAIN_TYPES
        self._plain_type = value_type if transform is None and is_plain else _NoType
        if default is not MISSING_VALUE:
            self.set_default(default)
        self._frozen = frozen

    @property
    def value_type(self) -> typing.Any:
        """The type of acceptable values, or a tuple of types; None if not bound."""
        return self._value_type

    @property
    def forward_refs(self) -> set[ForwardRef]:
        """The forward references that this spec uses."""
        return set()

    @property
    def is_noneable(self) -> bool:
        """Whether the value may be None."""
        return self._is_noneable

    def noneable(
        self: Self, is_noneable: bool = True, use_none_as_default: bool = True
    ) -> Self:
        """Sets whether the value may be None."""
        self._is_noneable = is_noneable
        if is_noneable:
            if use_none_as_default and isinstance(self._default, utils.MissingValue):
                self._default = None
        elif self._default is None:
            self._default = MISSING_VALUE
        return self

    @property
    def default(self) -> typing.Any:
        """The default value, or `MISSING_VALUE`."""
        return self._default

    @property
    def has_default(self) -> bool:
        """Whether there is a default."""
        return not isinstance(self._default, utils.MissingValue)

    def set_default(
        self: Self,
        default: typing.Any,
        use_default_apply: bool = True,
        root_path: LazyPath = None,
    ) -> Self:
        """Sets the default value."""
        if use_default_apply and not isinstance(default, utils.MissingValue):
            if self._frozen and not self.has_default:
                # The field is declared final without a value: this is the value.
                self._frozen = False
                try:
                    default = self.apply(default, True, None, root_path)
                finally:
                    self._frozen = True
            else:
                default = self.apply(default, True, None, root_path)
        self._default = default
        return self

    @property
    def frozen(self) -> bool:
        """Whether the default is the only acceptable value."""
        return self._frozen

    def freeze(
        self: Self,
        permanent_value: typing.Any = MISSING_VALUE,
        apply_before_use: bool = True,
    ) -> Self:
        """Makes the default the only acceptable value."""
        if not isinstance(permanent_value, utils.MissingValue):
            self.set_default(permanent_value, use_default_apply=apply_before_use)
        elif not self.has_default:
            raise PyGloveValueError(
                f"Expected a value to freeze {self!r} to, got none. Pass it as "
                "`permanent_value`, or set a default."
            )
        self._frozen = True
        return self

    def clone(self: Self) -> Self:
        """Returns a copy that can be modified independently; both share the default."""
        spec = type(self).__new__(type(self))
        vars(spec).update(vars(self))
        return spec

    @property
    def transform(self) -> Callable[[typing.Any], typing.Any] | None:
        """The function that is applied to values before they are checked."""
        return self._transform

    @property
    def skip_user_transform(self: Self) -> Self:
        """This spec without its transform, for values that are transformed already."""
        if self._transform is None:
            return self
        spec = self.clone()
        spec._transform = None
        return spec

    def apply(
        self,
        value: typing.Any,
        allow_partial: bool = False,
        child_transform: ChildTransform | None = None,
        root_path: LazyPath = None,
    ) -> typing.Any:
        """Checks a value, and completes or converts it if necessary."""
        if SPEC_WORK.open_count:
            spend(1)
        if self._frozen:
            return self._apply_frozen(value, root_path)
        if type(value) is not self._plain_type:
            if value is None:
                if self._is_noneable:
                    return None
                raise value_error(
                    f"Expected a value of {self!r}, got None, which only a noneable "
                    "spec accepts.",
                    root_path,
                )
            if isinstance(value, utils.MissingValue):
                if allow_partial:
                    return MissingValue(self)
                raise value_error(
                    f"Expected a value of {self!r}, got MISSING_VALUE, which only "
                    "partial objects may hold.",
                    root_path,
                )
            if isinstance(value, CustomTyping):
                proceed, value = self._apply_custom(
                    value, allow_partial, child_transform, root_path
                )
                if not proceed:
                    return value
            if self._transform is not None:
                value = self._transformed(value, root_path)
                if isinstance(value, CustomTyping):
                    proceed, value = self._apply_custom(
                        value, allow_partial, child_transform, root_path
                    )
                    if not proceed:
                        return value
            value = self._to_value_type(value, root_path)
        # Checks of other packages expect a real path.
        path = root_path if self._native else resolve_path(root_path)
        value = self._apply(value, allow_partial, child_transform, path)
        self._validate(path, value)
        return value

    def _apply_custom(
        self,
        value: CustomTyping,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: LazyPath,
    ) -> tuple[bool, typing.Any]:
        """Calls `custom_apply` of a value."""
        path = root_path if value.accepts_lazy_path else resolve_path(root_path)
        return value.custom_apply(
            path, self, allow_partial=allow_partial, child_transform=child_transform
        )

    def _transformed(self, value: typing.Any, root_path: LazyPath) -> typing.Any:
        assert self._transform is not None
        try:
            return self._transform(value)
        except Exception as e:
            raise error_on_path(e, root_path) from e

    def _call_type(
        self,
        make: Callable[..., typing.Any],
        args: tuple[typing.Any, ...],
        kwargs: dict[str, typing.Any],
    ) -> typing.Any:
        """Returns the default, or else calls a type and checks the result.

        Args:
          make: The type.
          args: Positional arguments.
          kwargs: Keyword arguments.

        Returns:
          A copy of the default if the spec is frozen or there are no arguments;
          otherwise the checked result of the call.
        """
        is_default = self._frozen or not (args or kwargs)
        if is_default and self.has_default:
            # The caller may modify it.
            return copy.deepcopy(self._default)
        return self.apply(make(*args, **kwargs))

    def _apply_frozen(self, value: typing.Any, root_path: LazyPath) -> typing.Any:
        if self._is_constant(value):
            return self._default
        raise value_error(
            f"Expected {self._default!r}, the only value of a frozen spec, got "
            f"{value!r}.",
            root_path,
        )

    def _is_constant(self, value: typing.Any) -> bool:
        default = self._default
        if value is default or isinstance(value, utils.MissingValue):
            return True
        if isinstance(value, utils.JSONConvertible):
            # Do not call `__eq__` of values of another class or of untrusted documents.
            untrusted = SPEC_WORK.open_count and is_untrusted()
            if untrusted or type(value) is not type(default):
                return False
        return equals(value, default)

    def _wrong_type(self, value: typing.Any, root_path: LazyPath) -> PyGloveTypeError:
        return type_error(
            f"Expected a value of type {type_text(self._checked_type())}, got "
            f"{value_text(value)}.",
            root_path,
        )

    def _to_value_type(self, value: typing.Any, root_path: LazyPath) -> typing.Any:
        """Converts a value if its type is not the expected one."""
        value_type = self._checked_type()
        if value_type is None or is_instance(value, value_type):
            return value
        converter = get_converter(type(value), value_type)
        if converter is None:
            scalar = utils.python_scalar(value)
            if scalar is not value:
                return self._scalar_to_value_type(scalar, value, root_path)
            raise self._wrong_type(value, root_path)
        return converter(value)

    def _scalar_to_value_type(
        self, scalar: typing.Any, value: typing.Any, root_path: LazyPath
    ) -> typing.Any:
        """Converts the Python scalar of a scalar of another library."""
        try:
            return self._to_value_type(scalar, root_path)
        except PyGloveTypeError:
            raise self._wrong_type(value, root_path) from None

    def _checked_type(self) -> typing.Any:
        """The type to check values for, or None."""
        return self._value_type

    def _apply(
        self,
        value: typing.Any,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> typing.Any:
        """Completes or converts a value of the right type.

        Args:
          value: The value.
          allow_partial: Whether nested values may be missing.
          child_transform: See `apply`.
          root_path: The path of the value.

        Returns:
          The value to use.
        """
        return value

    def _validate(self, path: typing.Any, value: typing.Any) -> None:
        """Raises an error unless a value of the right type is acceptable.

        Args:
          path: The path of the value.
          value: The completed value.
        """

    def extend(self: Self, base: ValueSpec) -> Self:
        """Inherits the constraints of a base spec that this spec leaves open."""
        if base.frozen:
            if self == base:
                return self
            if not (self._frozen and self._is_constant(base.default)):
                raise extension_error(self, base, "the base is frozen to its default")
        if self._frozen and isinstance(base, ValueSpecBase):
            constant = base._with_constant(self._default)
            if constant is not None:
                return typing.cast(Self, constant)
        if getattr(base, "_is_any", False):
            return self
        counterpart = self._counterpart(base)
        if counterpart is None:
            raise extension_error(
                self, base, "no candidate of the union accepts its type"
            )
        if getattr(counterpart, "_is_any", False):
            return self
        if not self._can_extend(counterpart):
            raise extension_error(self, counterpart, "it is of another type")
        if self._is_noneable and not base.is_noneable:
            raise extension_error(self, base, "it accepts None")
        # A nested spec may fail: restore the spec in that case.
        has_parts = type(self).clone is not ValueSpecBase.clone
        before = self.clone() if has_parts else None
        try:
            self._extend(counterpart)
        except BaseException:
            if before is not None:
                vars(self).update(vars(before))
            raise
        return self

    def _with_constant(self, value: typing.Any) -> ValueSpec | None:
        """Returns this spec frozen to a value, or None if it is no enumeration."""
        return None

    def _counterpart(self, base: ValueSpec) -> ValueSpec | None:
        """Returns the base spec, or the candidate of a union to extend."""
        candidates = getattr(base, "candidates", None)
        if candidates is None:
            return base
        for candidate in candidates:
            found = self._counterpart(candidate)
            if found is not None and (
                getattr(found, "_is_any", False) or self._can_extend(found)
            ):
                return found
        return None

    def _can_extend(self, base: ValueSpec) -> bool:
        return isinstance(self, type(base))

    def _extend(self, base: typing.Any) -> None:
        """Inherits the constraints of a base spec of a compatible class."""

    def is_compatible(self, other: ValueSpec) -> bool:
        """Whether this spec accepts every value that another spec accepts."""
        if self is other:
            return True
        if not isinstance(other, type(self)):
            return False
        if not self._is_noneable and other.is_noneable:
            return False
        return self._is_compatible(other)

    def _is_compatible(self, other: typing.Any) -> bool:
        """Like `is_compatible`, for specs of a subclass of this class."""
        return True

    @property
    def annotation(self) -> typing.Any:
        """The type annotation that this spec corresponds to, or `MISSING_VALUE`."""
        annotation = self._annotate()
        if self._is_noneable and annotation is not MISSING_VALUE:
            annotation = typing.Optional[annotation]  # noqa: UP045 - published form.
        return annotation

    def _annotate(self) -> typing.Any:
        """The type annotation of values other than None."""
        return self._value_type

    @property
    def exact_types(self) -> tuple[type[typing.Any], ...]:
        """The types whose values `apply` may return unchanged."""
        if self._frozen or self._transform is not None or not self._native:
            return ()
        types = self._exact_types()
        if types and self._is_noneable:
            types += (type(None),)
        return types

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        return ()

    def inline_condition(self, name: str) -> str | None:
        """An expression that tests a value of one of the exact types."""
        return self._noneable_condition(name, name) if self.exact_types else None

    def inline_constants(self, name: str) -> dict[str, typing.Any]:
        """The constants that `inline_condition(name)` refers to, by name."""
        return self._constants(name) if self.exact_types else {}

    def _noneable_condition(self, variable: str, suffix: str) -> str:
        condition = self._condition(variable, suffix)
        if condition and self._is_noneable:
            return f"({variable} is None or {condition})"
        return condition

    def _condition(self, variable: str, suffix: str) -> str:
        """Like `inline_condition`, for values other than None.

        Args:
          variable: The variable that holds the value.
          suffix: The suffix of the names of constants.

        Returns:
          The expression, or '' if all values of the exact types are accepted.
        """
        return ""

    def _constants(self, suffix: str) -> dict[str, typing.Any]:
        """The constants that `_condition` refers to for the same suffix, by name."""
        return {}

    def __eq__(self, other: typing.Any) -> bool:
        if self is other:
            return True
        return (
            type(self) is type(other)
            and self._value_type == other._value_type
            and self._is_noneable == other._is_noneable
            and self._frozen == other._frozen
            and callable_eq(self._transform, other._transform)
            and self._default_eq(other._default)
            and self._eq(other)
        )

    def _default_eq(self, default: typing.Any) -> bool:
        if self._default is default or equals(self._default, default):
            return True
        return (
            callable(self._default)
            and callable(default)
            and callable_eq(self._default, default)
        )

    def _eq(self, other: typing.Any) -> bool:
        """Whether the attributes that only this class has are equal."""
        return True

    def __hash__(self) -> int:
        return hash((type(self), self._is_noneable, self._frozen))

    def __or__(self, other: typing.Any) -> ValueSpec:
        return late.union((self, other))

    def __ror__(self, other: typing.Any) -> ValueSpec:
        return late.union((other, self))

    def _format_items(self) -> CallItems:
        return [
            ("default", self._default, MISSING_VALUE),
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        return {
            "default": (self._default, MISSING_VALUE),
            "is_noneable": (self._is_noneable, False),
            "frozen": (self._frozen, False),
        }


def equals(value: typing.Any, other: typing.Any) -> bool:
    """Whether `==` returns a true scalar for two values.

    It returns an array for arrays, and may raise an error.
    """
    try:
        answer = utils.python_scalar(value == other)
    except Exception:
        return False
    return isinstance(answer, int) and bool(answer)
