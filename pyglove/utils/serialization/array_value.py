"""JSON forms of NumPy scalars and arrays.

    {"_type": "numpy_scalar", "dtype": "<f4", "value": 0.5}
    {"_type": "ndarray", "dtype": "<i8", "shape": [2, 2], "data": [1, 2, 3, 4]}

A large array is written as bytes in base64 instead of a list. NumPy is only imported to
read scalars and arrays.
"""

import binascii
import math
import re
import sys
from typing import Any

from pyglove.utils.lazy_module import base64

JSONObject = dict[str, Any]

# The values of '_type' of these JSON objects.
ARRAY_KINDS = frozenset(("numpy_scalar", "ndarray"))

# Longer arrays are written as bytes.
_MAX_LISTED = 1_000
_MAX_DIMENSIONS = 32

# Numbers of up to 8 bytes (16 if they are complex), dates, and text of a known length.
_DTYPE = r"[<>|](?:b1|[iu][1248]|f[248]|c8|c16|[mM]8(?:\[\w{1,8}\])?|[US]\d{1,9})"
_NUMBERS = frozenset((bool, int, float))


def array_to_json(value: Any) -> JSONObject | None:
    """Writes a NumPy scalar or array.

    Args:
      value: Any value.

    Returns:
      The JSON form; None for other values, and for arrays of objects and records.
    """
    np: Any = sys.modules.get("numpy")
    if np is None:
        return None
    kind = type(value)
    if kind is not np.ndarray and not isinstance(value, np.generic):
        return None
    dtype = value.dtype.str
    if not re.fullmatch(_DTYPE, dtype) or kind is np.bytes_:
        return None
    if kind is not np.ndarray:
        if kind.__module__ != "numpy":
            return None  # A user-defined type.
        numbers = _listed(np, np.asarray(value))
        number = numbers[0] if len(numbers) == 1 else numbers
        return {"_type": "numpy_scalar", "dtype": dtype, "value": number}
    data: Any = None
    if value.size <= _MAX_LISTED and value.dtype.kind not in "US":
        data = _listed(np, value)
    if data is None:
        data = base64.b64encode(value.tobytes()).decode("ascii")
    shape = list(value.shape)
    return {"_type": "ndarray", "dtype": dtype, "shape": shape, "data": data}


def _listed(np: Any, array: Any) -> list[Any]:
    """Returns the numbers of an array; two for each complex number."""
    flat = np.ascontiguousarray(array).reshape(-1)
    if flat.dtype.kind == "c":
        flat = flat.view(flat.real.dtype)
    elif flat.dtype.kind in "mM":
        flat = flat.astype("<i8")
    numbers: list[Any] = flat.tolist()
    return numbers


def array_from_json(json_value: JSONObject) -> Any:
    """Reads what `array_to_json` wrote.

    Args:
      json_value: The JSON form.

    Returns:
      The scalar or array.

    Raises:
      TypeError: A part is of a wrong type.
      ValueError: The numbers do not fill the array.
    """
    import numpy as np

    text = json_value["dtype"]
    if not isinstance(text, str) or not re.fullmatch(_DTYPE, text):
        raise TypeError(f"expected the type of an array, got {text!r:.100}")
    dtype: np.dtype[Any] = np.dtype(text)
    if json_value["_type"] == "numpy_scalar":
        value = json_value["value"]
        return _array(np, value if isinstance(value, list) else [value], dtype, 1)[0]
    shape = json_value["shape"]
    if (
        not isinstance(shape, list)
        or len(shape) > _MAX_DIMENSIONS
        or not all(type(size) is int and size >= 0 for size in shape)
    ):
        raise TypeError(f"expected the shape of an array, got {shape!r:.100}")
    return _array(np, json_value["data"], dtype, math.prod(shape)).reshape(shape)


def _array(np: Any, data: Any, dtype: Any, count: int) -> Any:
    if isinstance(data, str):
        try:
            content = base64.b64decode(data, validate=True)
        except binascii.Error as e:
            raise ValueError("the bytes of an array are not base64 text") from e
        if len(content) != count * dtype.itemsize:
            raise ValueError(f"expected the bytes of {count} numbers in an array")
        return np.frombuffer(content, dtype).copy()
    if not isinstance(data, list) or not _NUMBERS.issuperset(map(type, data)):
        raise TypeError(f"expected the numbers of an array, got {data!r:.100}")
    if dtype.kind in "US":
        raise TypeError("expected the bytes of an array of text")
    width = 2 if dtype.kind == "c" else 1
    if len(data) != count * width:
        raise ValueError(f"expected {count} numbers in an array, got {len(data)}")
    if dtype.kind == "c":
        return np.array(data, f"{dtype.str[0]}f{dtype.itemsize // 2}").view(dtype)
    if dtype.kind in "mM":
        return np.array(data, "<i8").view(dtype)
    return np.array(data, dtype)
