"""Literal values: what the candidates of a choice are called in descriptions."""

import numbers
import types
from collections.abc import Sequence
from typing import Any, overload

from pyglove import utils
from pyglove.geno.internal import plain_number
from pyglove.hyper.constrained import unconstrained

_LIMIT = 120


def literal_value(candidate: Any) -> int | float | str:
    """Returns what to call a candidate.

    Args:
      candidate: The candidate.

    Returns:
      The candidate itself if it is a number, otherwise a short text.
    """
    kind = type(candidate)
    if kind is int or kind is float or kind is bool:
        return candidate
    if kind is str and len(candidate) < _LIMIT - 1:
        return repr(candidate)
    if isinstance(candidate, numbers.Number):
        plain = plain_number(candidate)  # Numbers of NumPy, say.
        if isinstance(plain, (int, float)):
            return plain
    candidate = unconstrained(candidate)
    if isinstance(candidate, types.FunctionType):
        # Its address would differ from process to process.
        return f"<function {candidate.__qualname__}>"
    try:
        text = utils.format(
            candidate,
            compact=True,
            hide_default_values=True,
            hide_missing_values=True,
            strip_object_id=True,
        )
    except RecursionError:  # Spaces may be nested deeper than texts.
        text = f"{type(candidate).__name__}(...)"
    return text if len(text) <= _LIMIT else text[: _LIMIT - 3] + "..."


class LiteralValues(Sequence[Any]):
    """What to call some candidates, worked out when somebody asks.

    Most searches never do, and texts of candidates are long to write.

    Args:
      candidates: The candidates.
    """

    __slots__ = ("_candidates", "_literals")

    def __init__(self, candidates: Sequence[Any]):
        self._candidates = candidates
        self._literals: list[Any] | None = None

    def _all(self) -> list[Any]:
        if self._literals is None:
            self._literals = [literal_value(c) for c in self._candidates]
        return self._literals

    def __len__(self) -> int:
        return len(self._candidates)

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]
