"""Insertion: a value that a rebind inserts into a list."""

import reprlib
from typing import Any

from pyglove import utils


class Insertion(utils.Formattable):
    """A value that a rebind inserts before a list item instead of replacing the item.

    Example:
      >>> pg.List([1, 2]).rebind({1: pg.Insertion(9)})
      [1, 9, 2]
    """

    __slots__ = ("value",)

    def __init__(self, value: Any):
        """Creates an insertion.

        Args:
          value: The value to insert.
        """
        self.value = value

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this insertion in one line; see `pg.format`."""
        return self._text()

    @reprlib.recursive_repr()
    def _text(self) -> str:
        return f"{type(self).__name__}(value={self.value!r})"

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Insertion) and self.value == other.value

    def __hash__(self) -> int:
        return hash((Insertion, self.value))


def mark_as_insertion(value: Any) -> Insertion:
    """Returns an `Insertion` of a value."""
    return value if isinstance(value, Insertion) else Insertion(value)


def inserted(value: Any) -> Any:
    """Returns the value of an insertion, and any other value as it is.

    Methods of lists, such as `append`, insert their values in any case.
    """
    return value.value if type(value) is Insertion else value
