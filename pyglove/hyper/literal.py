"""Literal values: what the candidates of a choice are called in descriptions."""

import types
from typing import Any

from pyglove import utils
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
    if isinstance(candidate, (int, float)):
        return candidate
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
    return text if len(text) <= _LIMIT else text[:_LIMIT] + "..."
