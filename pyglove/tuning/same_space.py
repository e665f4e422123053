"""Whether two specs are of the same space, however they came about."""

import re
from typing import Any

from pyglove import symbolic, utils
from pyglove.geno import DNASpec
from pyglove.tuning.trial import shorten

# What the text of an object has that differs from run to run.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")

# What goes with a decision without being a part of it.
_NOTES = frozenset({"hints", "userdata"})


def is_same_space(left: DNASpec, right: DNASpec) -> bool:
    """Returns whether two specs have the same decisions.

    A function that makes a space may make it of new objects each time. So hints and
    functions, which may be equal to nothing but themselves, are not looked at.

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
    """Returns what makes a spec, as values that can be compared."""
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
