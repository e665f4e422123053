"""Limits of the work of loading a document, in proportion to its size.

Loading a document takes time and memory in proportion to its size, unless parts of it
are used repeatedly: a default that completes each item of a list, or an alternative
that is tried for each of many values. Such work is charged to a budget that grows with
the size of the document.
"""

from typing import Any

from pyglove.utils.error import PyGloveValueError
from pyglove.utils.scope import Scope

# The budget of any document, and what each of its values adds.
_BASE = 100_000
_PER_VALUE = 10

# Counting stops here: the budget of larger documents is sufficient.
_MAX_COUNT = 10_000_000


class LoadBudget:
    """The number of steps that loading a document may take beyond its size.

    Args:
      document: The document. Its size is determined on demand.

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
        """Charges steps to the budget.

        Args:
          steps: The number of steps.

        Raises:
          ValueError: The budget is exhausted.
        """
        self._left -= steps
        if self._left < 0 and self._document is not None:
            # Only count the values of documents that exceed the base budget.
            self._left += _PER_VALUE * count_values(self._document)
            self._document = None
        if self._left < 0:
            raise PyGloveValueError(
                "Expected JSON that takes work in proportion to its size, got one in "
                "which few values stand for very many: defaults that are repeated, "
                "sizes, numbers of choices, or alternatives of types. Pass "
                "`trusted=True` if you trust where the document comes from."
            )


# The budget of the untrusted document that is being loaded, if its work is charged;
# otherwise None.
LOAD_BUDGET: Scope[LoadBudget | None] = Scope("load_budget", None)


def count_values(json_value: Any) -> int:
    """Counts the values in a JSON value, itself included.

    Args:
      json_value: The JSON value.

    Returns:
      Their number, or any number above ten million.
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
