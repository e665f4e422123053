"""How much work a document may cause, in proportion to its size.

To make the values that a document describes takes time and memory in proportion to
its size, unless parts of it multiply: a default that each item of a list is completed
with, or an alternative that is tried for each of many values. Whoever multiplies
spends from a budget, which the size of the document fills.
"""

from typing import Any

from pyglove.utils.error import PyGloveValueError
from pyglove.utils.scope import Scope

# What any document may spend, and what each value in it adds to that.
_BASE = 100_000
_PER_VALUE = 10

# Nobody counts further: a document of this size has budget enough.
_MAX_COUNT = 10_000_000


class LoadBudget:
    """The steps that a document may cause beyond its own size.

    Args:
      document: The document, whose size is looked at when it is needed.

    Example:
      >>> from pyglove.utils.serialization.load_budget import LoadBudget
      >>> LoadBudget([1, 2]).spend(10**9)
      Traceback (most recent call last):
      ...
      pyglove.utils.error.PyGloveValueError: Expected JSON that takes work ...
    """

    __slots__ = ("_document", "_left")

    def __init__(self, document: Any) -> None:
        self._document = document
        self._left = _BASE

    def spend(self, steps: int) -> None:
        """Takes steps off the budget.

        Args:
          steps: How many.

        Raises:
          ValueError: There are not so many left.
        """
        self._left -= steps
        if self._left < 0 and self._document is not None:
            # Few documents need more than the least, so few are counted.
            self._left += _PER_VALUE * count_values(self._document)
            self._document = None
        if self._left < 0:
            raise PyGloveValueError(
                "Expected JSON that takes work in proportion to its size, got one in "
                "which few values stand for very many: defaults that are repeated, "
                "sizes, numbers of choices, or alternatives of types. Pass "
                "`trusted=True` if you trust where the document comes from."
            )


# The budget of the document that is being loaded, where that may cause work beyond its
# size; None elsewhere, and if somebody vouched for the document.
LOAD_BUDGET: Scope[LoadBudget | None] = Scope("load_budget", None)


def count_values(json_value: Any) -> int:
    """Counts the values in a JSON value, itself included.

    Args:
      json_value: The JSON value.

    Returns:
      Their number, or a greater number than ten million.
    """
    count = 0
    pending = [json_value]
    while pending and count <= _MAX_COUNT:
        value = pending.pop()
        count += 1
        if isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, (list, tuple, set, frozenset)):
            pending.extend(value)
    return count + len(pending)
