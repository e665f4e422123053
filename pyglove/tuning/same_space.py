"""Comparison of the spaces of two specs."""

import re
from typing import Any

from pyglove import symbolic, utils
from pyglove.geno import DNASpec
from pyglove.tuning.trial import shorten

# Parts of the text of an object that differ between runs.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")

# Attributes of a decision that do not define it.
_NOTES = frozenset({"hints", "userdata"})


def is_same_space(left: DNASpec, right: DNASpec) -> bool:
    """Returns whether two specs have the same decisions.

    A function that creates a space may create new objects each time. So hints and
    functions, which may be equal only to themselves, are ignored.

    Args:
      left: The spec.
      right: The other spec.
    """
    if left is right or symbolic.eq(left, right):
        return True
    return bool(_decisions(left) == _decisions(right))


def shown(spec: DNASpec) -> str:
    """Returns a short text of a spec, for messages.

    Args:
      spec: The spec.
    """
    return shorten(" ".join(str(spec).split()), 200)


def _decisions(value: Any) -> Any:
    """Returns the decisions of a spec as values that can be compared."""
    if isinstance(value, DNASpec):
        fields = [(k, _decisions(v)) for k, v in value.sym_items() if k not in _NOTES]
        return type(value), fields
    if isinstance(value, (list, tuple)):
        return [_decisions(item) for item in value]
    if isinstance(value, utils.KeyPath):
        return str(value)
    if isinstance(value, str):
        return _ADDRESS.sub("", value)
    return value if value is None or isinstance(value, (int, float)) else None
