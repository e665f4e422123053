"""The value spec of enumerations."""

import copy
import enum
import operator
import typing

from pyglove import utils
from pyglove.typing.field.error import extension_error, value_error
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.spec_work import SPEC_WORK, is_untrusted, spend
from pyglove.typing.field.value_spec import ChildTransform, ValueSpec
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.base import equals
from pyglove.typing.spec.primitive import PrimitiveType
from pyglove.utils import MISSING_VALUE, PyGloveTypeError, PyGloveValueError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.collision import check_collisions
from pyglove.utils.serialization.json_type import published_as

# Types whose look-up in a set is equivalent to that in a list.
_HASHED_TYPES = frozenset((bool, int, float, str, bytes))

# Hashing nested tuples recurses in C, and may crash for deep ones.
_MAX_DEPTH = 50


@published_as("pyglove.typing.Enum")
class Enum(Generic, PrimitiveType):
    """Values from a list.

    Args:
      default: The default value: one of the values, or `MISSING_VALUE`.
      values: The acceptable values.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Enum('a', ['a', 'b']), pgt.Enum['a', 'b']
      (Enum(default='a', values=['a', 'b']), Enum(values=['a', 'b']))
    """

    _native = True

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        values: list[typing.Any] | None = None,
        frozen: bool = False,
    ) -> None:
        if not isinstance(values, list) or not values:
            raise PyGloveValueError(
                f"Expected a list of at least one value for an Enum, got {values!r}."
            )
        if SPEC_WORK.open_count and is_untrusted():
            spend(len(values))
            for value in (default, *values):
                _check_plain(value)
            check_collisions(values)
        default = utils.python_scalar(default)
        scalars = list(map(utils.python_scalar, values))
        if any(map(operator.is_not, scalars, values)):
            values = scalars
        if not isinstance(default, utils.MissingValue) and default not in values:
            raise PyGloveValueError(
                f"Expected one of {values!r} as the default, got {default!r}."
            )
        self._values = values
        super().__init__(
            _common_type(values), is_noneable=None in values, frozen=frozen
        )
        self._default = default

    @property
    def values(self) -> list[typing.Any]:
        """The acceptable values."""
        return self._values

    def noneable(
        self, is_noneable: bool = True, use_none_as_default: bool = True
    ) -> "Enum":
        """Adds None to the values, or removes it. It never becomes the default."""
        if is_noneable != self._is_noneable:
            values = [value for value in self._values if value is not None]
            self._values = [*values, None] if is_noneable else values
        return super().noneable(is_noneable, use_none_as_default=False)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Returns the default if there are no arguments, or else checks a value."""
        is_default = self._frozen or not (args or kwargs)
        if is_default and self.has_default:
            return self._default
        return self.apply(*args, **kwargs)

    def _apply(
        self,
        value: typing.Any,
        allow_partial: bool,
        child_transform: ChildTransform | None,
        root_path: typing.Any,
    ) -> typing.Any:
        # If the values have a common type, the type check converts scalars.
        return utils.python_scalar(value) if self._value_type is None else value

    def _validate(self, path: typing.Any, value: typing.Any) -> None:
        if SPEC_WORK.open_count:
            spend(len(self._values))
        if not self._is_among(value):
            raise value_error(f"Expected one of {self._values!r}, got {value!r}.", path)

    def _is_among(self, value: typing.Any) -> bool:
        values = self._values
        if type(value) in _HASHED_TYPES:
            try:
                return value in values
            except Exception:  # `__eq__` of one of the values fails.
                pass
        elif isinstance(value, utils.JSONConvertible):
            # Do not call its `__eq__` with values of other kinds.
            values = [v for v in values if isinstance(v, utils.JSONConvertible)]
        return any(v is value or equals(v, value) for v in values)

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        return tuple(dict.fromkeys(map(type, self._hashed_values())))

    def _hashed_values(self) -> list[typing.Any]:
        return [v for v in self._values if _is_hashed_type(type(v))]

    def _condition(self, variable: str, suffix: str) -> str:
        return f"{variable} in _enum_{suffix}"

    def _constants(self, suffix: str) -> dict[str, typing.Any]:
        return {f"_enum_{suffix}": frozenset(self._hashed_values())}

    def _can_extend(self, base: ValueSpec) -> bool:
        if isinstance(base, Enum):
            return True
        return all(value is None or _is_accepted(base, value) for value in self._values)

    def _with_constant(self, value: typing.Any) -> ValueSpec | None:
        if value not in self._values:
            return None
        return Enum(value, list(self._values), frozen=True)

    def _extend(self, base: ValueSpec) -> None:
        if isinstance(base, Enum):
            for value in self._values:
                if value not in base._values:
                    raise extension_error(
                        self, base, f"{value!r} is not among the values of the base"
                    )

    def is_compatible(self, other: ValueSpec) -> bool:
        """Whether this spec accepts every value that another spec accepts."""
        if other.frozen and self._is_among(other.default):
            return True
        return isinstance(other, Enum) and self._is_compatible(other)

    def _is_compatible(self, other: "Enum") -> bool:
        return all(value in self._values for value in other._values)

    def _annotate(self) -> typing.Any:
        return typing.Any if self._value_type is None else self._value_type

    @property
    def annotation(self) -> typing.Any:
        """The common type of the values."""
        annotation = self._annotate()
        if self._is_noneable and annotation is not typing.Any:
            return typing.Optional[annotation]  # noqa: UP045 - published form.
        return annotation

    def _eq(self, other: "Enum") -> bool:
        return self._values == other._values

    def _format_items(self) -> CallItems:
        return [
            ("default", self._default, MISSING_VALUE),
            ("values", self._values, None),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        return {
            "default": (self._default, MISSING_VALUE),
            "values": (self._values, None),
            "frozen": (self._frozen, False),
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Enum":
        """`Enum[value1, value2, ...]`."""
        if len(type_args) < 2:
            raise PyGloveTypeError(
                "Expected two values or more, as in `Enum['a', 'b']`, got "
                f"{type_args!r}."
            )
        return cls(MISSING_VALUE, list(type_args))


def _common_type(values: list[typing.Any]) -> type[typing.Any] | None:
    """Returns the type of which all values are instances, among their own types."""
    common: type[typing.Any] | None = None
    for value in values:
        if value is None:
            continue
        value_type = type(value)
        if common is None or issubclass(common, value_type):
            common = value_type
        elif not issubclass(value_type, common):
            return None
    return common


def _check_plain(value: typing.Any, depth: int = 0) -> None:
    """Rejects values of an untrusted document whose class may define `__eq__`."""
    kind = type(value)
    if kind is tuple and depth < _MAX_DEPTH:
        for item in value:
            _check_plain(item, depth + 1)
    elif not (
        value is None
        or _is_hashed_type(kind)
        or isinstance(value, (type, utils.MissingValue))
    ):
        raise utils.UntrustedError(
            f"a value of type {kind.__name__!r} in a list of acceptable values",
            "only numbers, strings, enumerators, classes, and tuples of them that are "
            "not nested deep, are known to be harmless there",
        )


def _is_hashed_type(value_type: type[typing.Any]) -> bool:
    if value_type in _HASHED_TYPES:
        return True
    return (
        issubclass(value_type, enum.Enum)
        and value_type.__eq__ is object.__eq__
        and value_type.__hash__ is enum.Enum.__hash__
    )


def _is_accepted(spec: ValueSpec, value: typing.Any) -> bool:
    """Returns whether a spec accepts a value, converted or not."""
    try:
        # Specs may complete lists and dicts in place.
        spec.apply(copy.deepcopy(value) if isinstance(value, (list, dict)) else value)
    except (TypeError, ValueError, KeyError):
        return False
    return True
