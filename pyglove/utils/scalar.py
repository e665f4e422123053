"""Conversion of scalars of other libraries to those of Python."""

import numbers
import operator
from typing import Any

_PYTHON_TYPES = (bool, int, float, str)


def python_scalar(value: Any) -> Any:
    """Converts a scalar of another library to a bool, int, float or str.

    Supported are integers that are registered as `numbers.Integral`, and scalars and
    0-dimensional arrays with an `item()` method, as in NumPy. No library is imported.

    Args:
      value: Any value.

    Returns:
      The Python scalar; or `value` itself if it is one, or cannot be converted.

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
        except TypeError:  # `numpy.timedelta64` is registered, but is not an integer.
            return value
    shape = getattr(value, "shape", None)
    # A masked constant has no value.
    if not isinstance(shape, tuple) or shape or hasattr(value, "mask"):
        return value
    try:
        scalar = value.item()
    except Exception:  # The value may not be available, as in tracing.
        return value
    return scalar if isinstance(scalar, _PYTHON_TYPES) else value
