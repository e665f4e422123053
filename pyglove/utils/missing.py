"""The value that stands for what is not there yet."""

from abc import ABCMeta, abstractmethod
from typing import Any

from pyglove.utils.error import PyGloveTypeError
from pyglove.utils.formatting import Formattable
from pyglove.utils.serialization.json_convertible import JSONConvertible
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.core.utils.missing.MissingValue")
class MissingValue(Formattable, JSONConvertible):
    """Stands for the value of a field that is not assigned.

    All missing values are equal, so `value == MISSING_VALUE` is the test for one,
    also where a subclass says more about what is missing.
    """

    __slots__ = ()

    def to_json(self, **kwargs: Any) -> dict[str, Any]:
        """Writes the name of the class; there is nothing else to it."""
        return self.to_json_dict({}, **kwargs)

    @classmethod
    def from_json(cls, json_value: Any, **kwargs: Any) -> "MissingValue":
        """Reads a missing value: `MISSING_VALUE` itself."""
        extra = {key for key in json_value if key != "_type"}
        if extra:
            raise PyGloveTypeError(
                "Expected the JSON form of a missing value, which has no fields, got "
                f"{sorted(map(str, extra))}."
            )
        return MISSING_VALUE

    def format(self, *args: Any, **kwargs: Any) -> str:
        """The text `MISSING_VALUE`, whatever the options."""
        return "MISSING_VALUE"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, MissingValue)

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(MissingValue.__qualname__)


# To type checkers it is a value of any type, for it may stand where any value does.
MISSING_VALUE: Any = MissingValue()


class MaybePartial(metaclass=ABCMeta):
    """Interface of objects that may lack some of their values."""

    __slots__ = ()

    @property
    def is_partial(self) -> bool:
        """Whether some value is missing, here or further down."""
        return bool(self.missing_values())

    @abstractmethod
    def missing_values(self, flatten: bool = True) -> dict[str | int, Any]:
        """The missing values.

        Args:
          flatten: If True, by the text of their paths; otherwise as a tree.

        Returns:
          The missing values by path, or by key.
        """
