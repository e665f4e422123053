"""Python's own scalars out of those of other libraries."""

import numbers
import operator
from typing import Any

_PYTHON_TYPES = (bool, int, float, str)


def python_scalar(value: Any) -> Any:
    """The bool, int, float or str that a scalar of another library stands for.

    These are integers that register as `numbers.Integral`, and scalars and arrays
    without dimensions that have `item()`, as in NumPy. No such library is imported.

    Args:
      value: Any value.

    Returns:
      The scalar of Python; `value` itself if it is one, or stands for none.

    Example:
      >>> import numpy as np
      >>> from pyglove.utils import python_scalar
      >>> python_scalar(np.int64(1)), python_scalar(np.bool_(True))
      (1, True)
      >>> python_scalar([1])
      [1]
    """
    if isinstance(value, _PYTHON_TYPES):
        return value
    if isinstance(value, numbers.Integral):
        try:
            return operator.index(value)
        except TypeError:  # A time span of NumPy is such a number, but no integer.
            return value
    shape = getattr(value, "shape", None)
    # What is masked has no value.
    if not isinstance(shape, tuple) or shape or hasattr(value, "mask"):
        return value
    try:
        scalar = value.item()
    except Exception:  # An array whose values are not known yet, say.
        return value
    return scalar if isinstance(scalar, _PYTHON_TYPES) else value
