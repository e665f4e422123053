"""Value specs of booleans, numbers and strings."""

import math
import re
import typing

from pyglove import utils
from pyglove.typing.field.error import extension_error, value_error
from pyglove.typing.field.json_form import JSONItems
from pyglove.typing.field.pattern import compile_regex, may_match
from pyglove.typing.introspection.generic import Generic
from pyglove.typing.spec.base import ValueSpecBase
from pyglove.utils import MISSING_VALUE, PyGloveTypeError, PyGloveValueError
from pyglove.utils.call_form import CallItems
from pyglove.utils.serialization.json_type import published_as

# Types of bounds that need no conversion.
_USUAL_BOUNDS = frozenset((int, float, type(None)))


class PrimitiveType(ValueSpecBase):
    """Base class of the specs of values without items.

    Args:
      value_type: The type of acceptable values, or several.
      default: The default value.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.
    """

    def __init__(
        self,
        value_type: typing.Any,
        default: typing.Any = MISSING_VALUE,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        super().__init__(value_type, default, is_noneable=is_noneable, frozen=frozen)

    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Returns the default if there are no arguments, or else calls the type."""
        return self._call_type(self._make, args, kwargs)

    def _make(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        if not isinstance(self._value_type, type):
            raise PyGloveTypeError(
                f"Expected a value spec of a single type to call, got {self!r}."
            )
        return self._value_type(*args, **kwargs)

    def _exact_types(self) -> tuple[type[typing.Any], ...]:
        value_type = self._value_type
        return value_type if isinstance(value_type, tuple) else (value_type,)


@published_as("pyglove.typing.Bool")
class Bool(PrimitiveType):
    """True or False.

    Args:
      default: The default value.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Bool(True)
      Bool(default=True)
    """

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        super().__init__(bool, default, is_noneable, frozen)


@published_as("pyglove.core.typing.value_specs.Number")
class Number(Generic, PrimitiveType):
    """Numbers, optionally within bounds.

    Args:
      value_type: The type of acceptable numbers, or several.
      default: The default value.
      min_value: The least acceptable value, or None.
      max_value: The greatest acceptable value, or None.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.
    """

    _native = True

    def __init__(
        self,
        value_type: typing.Any,
        default: typing.Any = MISSING_VALUE,
        min_value: typing.Any = None,
        max_value: typing.Any = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        low, high = _bound(min_value), _bound(max_value)
        if low is not None and high is not None and low > high:
            raise PyGloveValueError(
                "Expected a least value that is not above the greatest, got "
                f"min_value={low!r} and max_value={high!r}."
            )
        self._min_value, self._max_value = low, high
        super().__init__(value_type, default, is_noneable, frozen)

    @property
    def min_value(self) -> typing.Any:
        """The least acceptable value, or None."""
        return self._min_value

    @property
    def max_value(self) -> typing.Any:
        """The greatest acceptable value, or None."""
        return self._max_value

    def _validate(self, path: typing.Any, value: typing.Any) -> None:
        low, high = self._min_value, self._max_value
        if (low is not None and value < low) or (high is not None and value > high):
            raise value_error(
                f"Expected a number {_range_text(low, high)}, got {value!r}.", path
            )

    def _condition(self, variable: str, suffix: str) -> str:
        low, high = self._min_value, self._max_value
        low_text = None if low is None else _literal(low) or f"_min_{suffix}"
        high_text = None if high is None else _literal(high) or f"_max_{suffix}"
        if self._value_type is int and type(low or 0) is type(high or 0) is int:
            if low is not None and high is not None:
                return f"{low_text} <= {variable} <= {high_text}"
            if low is not None:
                return f"{variable} >= {low_text}"
            return "" if high is None else f"{variable} <= {high_text}"
        # NaN is within all bounds, so compare as `_validate` does.
        tests = []
        if low is not None:
            tests.append(f"{variable} < {low_text}")
        if high is not None:
            tests.append(f"{variable} > {high_text}")
        return f"not ({' or '.join(tests)})" if tests else ""

    def _constants(self, suffix: str) -> dict[str, typing.Any]:
        bounds = {
            f"_min_{suffix}": self._min_value,
            f"_max_{suffix}": self._max_value,
        }
        return {
            key: bound
            for key, bound in bounds.items()
            if bound is not None and _literal(bound) is None
        }

    def _extend(self, base: "Number") -> None:
        low, high = self._min_value, self._max_value
        base_low, base_high = base._min_value, base._max_value
        low = base_low if low is None else low
        high = base_high if high is None else high
        if base_low is not None and low < base_low:
            raise extension_error(self, base, f"it accepts numbers below {base_low!r}")
        if base_high is not None and high > base_high:
            raise extension_error(self, base, f"it accepts numbers above {base_high!r}")
        if low is not None and high is not None and low > high:
            raise extension_error(
                self, base, f"both together accept nothing (min={low!r}, max={high!r})"
            )
        self._min_value, self._max_value = low, high

    def _is_compatible(self, other: "Number") -> bool:
        if self._min_value is not None and (
            other._min_value is None or other._min_value < self._min_value
        ):
            return False
        return self._max_value is None or (
            other._max_value is not None and other._max_value <= self._max_value
        )

    def _annotate(self) -> typing.Any:
        types = self._value_type
        if isinstance(types, tuple):
            return typing.Union[types]  # noqa: UP007 - of any number of types.
        return types

    def _eq(self, other: "Number") -> bool:
        return (
            self._min_value == other._min_value and self._max_value == other._max_value
        )

    def _format_items(self) -> CallItems:
        return [
            ("default", self._default, MISSING_VALUE),
            ("min", self._min_value, None),
            ("max", self._max_value, None),
            ("noneable", self._is_noneable, False),
            ("frozen", self._frozen, False),
        ]

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        return {
            "value_type": (self._value_type, None),
            "default": common["default"],
            "min_value": (self._min_value, None),
            "max_value": (self._max_value, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def from_json(cls, json_value: typing.Any, **kwargs: typing.Any) -> "Number":
        """Creates a spec from its JSON form, which has no type in older files."""
        if cls is Number:
            kinds = utils.to_json((int, float))
            json_value = {"value_type": kinds, **json_value}
        spec: Number = super().from_json(json_value, **kwargs)
        return spec

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Number":
        """`Int[min_value, max_value]`, where None leaves a bound open."""
        if len(type_args) != 2:
            raise PyGloveTypeError(
                f"Expected a least and a greatest value, as in `{cls.__name__}[0, 9]`, "
                f"got {type_args!r}."
            )
        low, high = type_args
        return cls(min_value=low, max_value=high)  # type: ignore[call-arg]


def _bound(value: typing.Any) -> typing.Any:
    """Returns a bound, converted to a Python number if possible.

    Raises:
      TypeError: The value is not a number.
    """
    if type(value) in _USUAL_BOUNDS:
        return value
    bound = utils.python_scalar(value)
    if isinstance(bound, (utils.JSONConvertible, str, list, tuple, dict)):
        raise PyGloveTypeError(f"Expected a number as a bound, got {bound!r}.")
    return bound


def _range_text(low: typing.Any, high: typing.Any) -> str:
    """Returns a description of the numbers between two bounds, for messages."""
    if high is None:
        return f"of at least {low!r}"
    if low is None:
        return f"of at most {high!r}"
    return f"from {low!r} to {high!r}"


def _literal(bound: typing.Any) -> str | None:
    """Returns the Python literal of a number, or None if there is none."""
    if type(bound) is int or (type(bound) is float and math.isfinite(bound)):
        return repr(bound)
    return None


@published_as("pyglove.typing.Int")
class Int(Number):
    """Integers, optionally within bounds.

    Args:
      default: The default value.
      min_value: The least acceptable value, or None.
      max_value: The greatest acceptable value, or None.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Int(1, min_value=0), pgt.Int[0, 5]
      (Int(default=1, min=0), Int(min=0, max=5))
    """

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        min_value: typing.Any = None,
        max_value: typing.Any = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        super().__init__(int, default, min_value, max_value, is_noneable, frozen)

    def _json_items(self) -> JSONItems:
        items = super()._json_items()
        del items["value_type"]
        return items


@published_as("pyglove.typing.Float")
class Float(Number):
    """Floating point numbers, optionally within bounds. Ints are converted.

    Args:
      default: The default value.
      min_value: The least acceptable value, or None.
      max_value: The greatest acceptable value, or None.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Float(max_value=1.0).apply(1)
      1.0
    """

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        min_value: typing.Any = None,
        max_value: typing.Any = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        super().__init__(float, default, min_value, max_value, is_noneable, frozen)

    def _json_items(self) -> JSONItems:
        items = super()._json_items()
        del items["value_type"]
        return items


@published_as("pyglove.typing.Str")
class Str(Generic, PrimitiveType):
    """Strings, optionally with a prefix that matches a regular expression.

    Args:
      default: The default value.
      regex: A regular expression that a prefix of the string must match.
      is_noneable: Whether the value may be None.
      frozen: Whether the default is the only acceptable value.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.Str(regex='a+').apply('b')
      Traceback (most recent call last):
        ...
      pyglove.utils.error.PyGloveValueError: Expected a str that begins with ...
    """

    _native = True

    def __init__(
        self,
        default: typing.Any = MISSING_VALUE,
        regex: str | None = None,
        is_noneable: bool = False,
        frozen: bool = False,
    ) -> None:
        self._regex = None if regex is None else compile_regex(regex)
        super().__init__(str, default, is_noneable, frozen)

    @property
    def regex(self) -> re.Pattern[str] | None:
        """The compiled pattern, or None."""
        return self._regex

    def _validate(self, path: typing.Any, value: str) -> None:
        if self._regex is not None and not may_match(self._regex, value):
            raise value_error(
                "Expected a str that begins with a match of "
                f"{self._regex.pattern!r}, got {value!r}.",
                path,
            )

    def _condition(self, variable: str, suffix: str) -> str:
        return "" if self._regex is None else f"_match_{suffix}({variable}) is not None"

    def _constants(self, suffix: str) -> dict[str, typing.Any]:
        return {} if self._regex is None else {f"_match_{suffix}": self._regex.match}

    def _extend(self, base: "Str") -> None:
        if self._regex is None:
            self._regex = base._regex

    def _is_compatible(self, other: "Str") -> bool:
        # Whether one pattern includes another is not checked.
        return True

    def _eq(self, other: "Str") -> bool:
        return self._regex == other._regex

    def _format_items(self) -> CallItems:
        items = super()._format_items()
        items.insert(1, ("regex", self._regex and self._regex.pattern, None))
        return items

    def _json_items(self) -> JSONItems:
        common = super()._json_items()
        return {
            "default": common["default"],
            "regex": (self._regex and self._regex.pattern, None),
            "is_noneable": common["is_noneable"],
            "frozen": common["frozen"],
        }

    @classmethod
    def with_type_args(cls, type_args: tuple[typing.Any, ...]) -> "Str":
        """`Str[regex]`."""
        if len(type_args) != 1:
            raise PyGloveTypeError(
                "Expected one regular expression, as in `Str['a.*']`, got "
                f"{type_args!r}."
            )
        return cls(regex=type_args[0])
