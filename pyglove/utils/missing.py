"""The placeholder of missing values."""

from abc import ABCMeta, abstractmethod
from typing import Any

from pyglove.utils.error import PyGloveTypeError
from pyglove.utils.formatting import Formattable
from pyglove.utils.serialization.json_convertible import JSONConvertible
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.core.utils.missing.MissingValue")
class MissingValue(Formattable, JSONConvertible):
    """A placeholder for the value of a field that is not assigned.

    All missing values are equal, so `value == MISSING_VALUE` tests for one, including
    those of subclasses.
    """

    __slots__ = ()

    def to_json(self, **kwargs: Any) -> dict[str, Any]:
        """Returns the JSON form, which is the name of the class."""
        return self.to_json_dict({}, **kwargs)

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> "MissingValue":
        """Returns `MISSING_VALUE`."""
        extra = {key for key in json_value if key != "_type"}
        if extra:
            raise PyGloveTypeError(
                "Expected the JSON form of a missing value, which has no fields, got "
                f"{sorted(map(str, extra))}."
            )
        return MISSING_VALUE

    def format(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text `MISSING_VALUE`."""
        return "MISSING_VALUE"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, MissingValue)

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(MissingValue.__qualname__)


# For type checkers it is of any type, because it can replace any value.
MISSING_VALUE: Any = MissingValue()


class MaybePartial(metaclass=ABCMeta):
    """Interface of objects that may have missing values."""

    __slots__ = ()

    @property
    def is_partial(self) -> bool:
        """Whether a value is missing, in this object or in nested ones."""
        return bool(self.missing_values())

    @abstractmethod
    def missing_values(self, flatten: bool = True) -> dict[str | int, Any]:
        """Returns the missing values.

        Args:
          flatten: If True, they are returned by path; otherwise as a tree.

        Returns:
          The missing values by path, or by key.
        """
