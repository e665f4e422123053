"""Insertion: marking a value as one to be inserted into a list by a rebind."""

import reprlib
from typing import Any

from pyglove import utils


class Insertion(utils.Formattable):
    """A value that a rebind inserts before a list item instead of replacing it.

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
    """Returns `value` marked as one to be inserted; see `Insertion`."""
    return value if isinstance(value, Insertion) else Insertion(value)


def inserted(value: Any) -> Any:
    """Returns the value of an insertion, and other values as they are.

    What is put into a list by other means than a rebind is inserted anyway.
    """
    return value.value if type(value) is Insertion else value
