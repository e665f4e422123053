"""Key specs: the keys that a field describes."""

import abc
import re
import typing

from pyglove import utils
from pyglove.typing.field.json_form import JSONForm, JSONItems
from pyglove.typing.field.pattern import compile_regex, may_match
from pyglove.utils import PyGloveKeyError, PyGloveTypeError
from pyglove.utils.serialization.json_type import published_as


class KeySpec(utils.Formattable, JSONForm):
    """Interface of key specs, which match the keys that a field describes.

    Example:
      >>> import pyglove.typing as pgt
      >>> pgt.StrKey('x.*').match('x1'), pgt.KeySpec.from_str('y').match('x1')
      (True, False)
    """

    @property
    @abc.abstractmethod
    def is_const(self) -> bool:
        """Whether there is exactly one key that matches."""

    @abc.abstractmethod
    def match(self, key: typing.Any) -> bool:
        """Whether this spec describes a key."""

    @abc.abstractmethod
    def extend(self, base: "KeySpec") -> "KeySpec":
        """Inherits the constraints of a base spec.

        Args:
          base: The key spec of the field that is extended.

        Returns:
          This spec.

        Raises:
          KeyError: The specs do not describe the same keys.
        """

    @staticmethod
    def from_str(text: str) -> "ConstStrKey":
        """Creates the key spec of a single name."""
        return ConstStrKey(text)


class KeySpecBase(KeySpec):
    """Base class of key specs that extend equal specs, and others by `_narrow`."""

    def extend(self, base: KeySpec) -> KeySpec:
        """Inherits the constraints of a base spec; see `KeySpec.extend`."""
        if self != base:
            self._narrow(base)
        return self

    def _narrow(self, base: typing.Any) -> None:
        """Inherits the constraints of a base spec that differs.

        Args:
          base: The base spec.

        Raises:
          KeyError: This spec matches a key that the base does not match.
          TypeError: The base spec is of another kind.
        """
        raise PyGloveKeyError(
            f"Expected a key spec that equals its base {base!r}, got {self!r}."
        )


@published_as("pyglove.typing.ConstStrKey")
class ConstStrKey(KeySpecBase, utils.StrKey):
    """A single name. It equals, and hashes like, the name itself.

    Args:
      text: The name, without dots.

    Raises:
      KeyError: The name has a dot in it.
    """

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise PyGloveTypeError(f"Expected a str as a key, got {text!r}.")
        if "." in text:
            raise PyGloveKeyError(f"Expected a key without dots, got {text!r}.")
        self._text = text

    @property
    def is_const(self) -> bool:
        """Always true."""
        return True

    @property
    def text(self) -> str:
        """The name."""
        return self._text

    def match(self, key: typing.Any) -> bool:
        """Whether the key is this name."""
        return self._text == key

    def format(self, **kwargs: typing.Any) -> str:  # type: ignore[override]
        """The name itself."""
        return self._text

    def __str__(self) -> str:
        return self._text

    def _json_items(self) -> JSONItems:
        return {"text": (self._text, None)}

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: typing.Any) -> bool:
        if isinstance(other, ConstStrKey):
            return self._text == other._text
        return isinstance(other, str) and self._text == other

    def __ne__(self, other: typing.Any) -> bool:
        return not self == other


class NonConstKey(KeySpecBase):
    """Base class of key specs that match any number of keys."""

    @property
    def is_const(self) -> bool:
        """Always false."""
        return False


@published_as("pyglove.typing.StrKey")
class StrKey(NonConstKey):
    """Names that match a pattern.

    Args:
      regex: The pattern that the start of a name must match. None is any name.
    """

    def __init__(self, regex: str | None = None) -> None:
        self._regex = None if regex is None else compile_regex(regex)

    @property
    def regex(self) -> re.Pattern[str] | None:
        """The compiled pattern."""
        return self._regex

    def match(self, key: typing.Any) -> bool:
        """Whether the key is a `str` and fits the pattern."""
        return isinstance(key, str) and may_match(self._regex, key)

    def format(self, **kwargs: typing.Any) -> str:  # type: ignore[override]
        """The class name, with the pattern if there is one."""
        return f"StrKey(regex={self._regex.pattern!r})" if self._regex else "StrKey()"

    def _json_items(self) -> JSONItems:
        regex = self._regex.pattern if self._regex else None
        return {"regex": (regex, None)}

    def __hash__(self) -> int:
        return hash((StrKey, self._regex))

    def __eq__(self, other: typing.Any) -> bool:
        return isinstance(other, StrKey) and self._regex == other._regex


@published_as("pyglove.typing.ListKey")
class ListKey(NonConstKey):
    """Indices of a list.

    Args:
      min_value: The first index.
      max_value: The first index that is too large, or None.
    """

    def __init__(self, min_value: int = 0, max_value: int | None = None) -> None:
        self._min_value = min_value
        self._max_value = max_value

    @property
    def min_value(self) -> int:
        """The first index."""
        return self._min_value

    @property
    def max_value(self) -> int | None:
        """The first index that is too large, or None."""
        return self._max_value

    def match(self, key: typing.Any) -> bool:
        """Whether the key is an index within the bounds."""
        if not isinstance(key, int):
            return False
        return self._min_value <= key and (
            self._max_value is None or key < self._max_value
        )

    def _narrow(self, base: typing.Any) -> None:
        if not isinstance(base, ListKey):
            raise PyGloveTypeError(
                f"Expected a key spec of list indices as base, got {base!r}."
            )
        end, base_end = self._max_value, base._max_value
        if end is None:
            end = base_end
        ends_behind = end is not None and base_end is not None and end > base_end
        if self._min_value < base._min_value or ends_behind:
            raise PyGloveTypeError(
                f"Expected list indices within those of the base {base!r}, got "
                f"{self!r}."
            )
        self._max_value = end

    def format(self, **kwargs: typing.Any) -> str:  # type: ignore[override]
        """The class name with both bounds."""
        return f"ListKey(min_value={self._min_value}, max_value={self._max_value})"

    def _json_items(self) -> JSONItems:
        return {
            "min_value": (self._min_value, None),
            "max_value": (self._max_value, None),
        }

    def __hash__(self) -> int:
        return hash(ListKey)  # The bounds may change later.

    def __eq__(self, other: typing.Any) -> bool:
        return (
            isinstance(other, ListKey)
            and self._min_value == other._min_value
            and self._max_value == other._max_value
        )


@published_as("pyglove.typing.TupleKey")
class TupleKey(NonConstKey):
    """An index of a tuple.

    Args:
      index: The index, or None for all of them.
    """

    def __init__(self, index: int | None = None) -> None:
        self._index = index

    @property
    def index(self) -> int | None:
        """The index, or None for all of them."""
        return self._index

    def match(self, key: typing.Any) -> bool:
        """Whether the key is the index."""
        return isinstance(key, int) and self._index in (None, key)

    def _narrow(self, base: typing.Any) -> None:
        if not isinstance(base, TupleKey):
            raise PyGloveTypeError(
                f"Expected a key spec of tuple indices as base, got {base!r}."
            )
        if self._index is None:
            self._index = base._index
        elif base._index is not None:
            raise PyGloveKeyError(
                f"Expected {base._index}, the index of the base, as the index of a "
                f"tuple, got {self._index}."
            )

    def format(self, **kwargs: typing.Any) -> str:  # type: ignore[override]
        """The class name with the index."""
        return f"TupleKey(index={self._index})"

    def _json_items(self) -> JSONItems:
        return {"index": (self._index, None)}

    def __hash__(self) -> int:
        return hash(TupleKey)

    def __eq__(self, other: typing.Any) -> bool:
        return isinstance(other, TupleKey) and self._index == other._index
