"""Foreign values: equality and hash of arrays, data frames and other objects.

Symbolic values are compared by content, including the foreign values in them. `==` of
an array compares element by element, and its result has no truth value. This module
imports no array library: it recognizes arrays only if their library has been loaded
already.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from pyglove.symbolic.node.node import ATOMS

Equality = Callable[[Any, Any], bool]
# Classes of pandas whose `equals` compares labels, types and values.
_FRAMES = ("DataFrame", "Series", "Index")


def is_array(value: Any) -> bool:
    """Returns whether a value is a NumPy array or a data frame or series of pandas."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, getattr(numpy, "ndarray", ())):
        return True
    return _is_frame(value)


def hold_arrays(values: Iterable[Any]) -> bool:
    """Returns whether any of the values is an array.

    Args:
      values: The values. They are iterated over once at most.
    """
    if "numpy" not in sys.modules:
        return False
    kinds = set(map(type, values))
    if ATOMS.issuperset(kinds):
        return False
    numpy = sys.modules["numpy"]
    array: Any = getattr(numpy, "ndarray", ())
    return any(issubclass(k, array) or k.__name__ in _FRAMES for k in kinds)


def _is_frame(value: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(
        value, tuple(getattr(pandas, name, type(None)) for name in _FRAMES)
    )


def eq(left: Any, right: Any, equal: Equality) -> bool:
    """Returns whether two values that are not symbolic are equal.

    Arrays are equal if they have the same class, dtype, shape and elements, where NaN
    equals NaN. Other values are compared with `==`: if it raises an error, the values
    are different; if it compares element by element, all elements have to be equal.

    Args:
      left: Any value.
      right: Any value.
      equal: Compares the elements of arrays of objects.
    """
    if is_array(left) or is_array(right):
        return type(left) is type(right) and _eq_arrays(left, right, equal)
    try:
        result = left == right
        if type(result) is bool:
            return result
        if getattr(result, "shape", ()) == ():
            return bool(result)
        if _form(left) != _form(right):
            return False
        merge = getattr(result, "all", None)
        return bool(result if merge is None else merge())
    except RecursionError:
        raise
    except Exception:  # A foreign `==` may raise anything.
        return False


def _form(value: Any) -> tuple[Any, Any]:
    """Returns the dtype and the shape of an array of any library."""
    shape = getattr(value, "shape", None)
    return str(getattr(value, "dtype", None)), (None if shape is None else tuple(shape))


def _eq_arrays(left: Any, right: Any, equal: Equality) -> bool:
    if _is_frame(left):
        return bool(left.equals(right)) and _labels(left) == _labels(right)
    if left.dtype != right.dtype or left.shape != right.shape:
        return False
    mask = getattr(left, "mask", None)
    if mask is not None:  # Masked elements do not count.
        numpy: Any = sys.modules["numpy"]
        if not _eq_arrays(
            numpy.ma.getmaskarray(left), numpy.ma.getmaskarray(right), equal
        ):
            return False
        left, right = left.compressed(), right.compressed()
    if left.dtype.hasobject:
        return all(map(equal, left.ravel().tolist(), right.ravel().tolist()))
    if left.dtype.names is not None:
        return all(_eq_arrays(left[n], right[n], equal) for n in left.dtype.names)
    same = left == right
    if left.dtype.kind in "fcmM":
        same = same | ((left != left) & (right != right))
    return bool(same.all())


def _labels(frame: Any) -> Any:
    """Returns the names of a data frame or series, which `equals` ignores."""
    names = getattr(frame, "name", None), getattr(frame, "names", None)
    index = getattr(frame, "index", None)
    return str(names), str(getattr(index, "names", None))


def array_hash(value: Any, item_hash: Callable[[Any], int]) -> int:
    """Returns a hash of an array that agrees with `eq`.

    Args:
      value: An array, see `is_array`.
      item_hash: Hashes the elements of arrays of objects.
    """
    if _is_frame(value):
        # Only of the shape, since equal frames may be stored in different ways.
        return hash((type(value).__name__, tuple(value.shape)))
    form = type(value).__name__, value.dtype.str, value.shape
    if getattr(value, "mask", None) is not None:
        value = value.compressed()
    if value.dtype.hasobject:
        return hash((form, *map(item_hash, value.ravel().tolist())))
    if value.dtype.names is not None:
        return hash(
            (form, *(array_hash(value[n], item_hash) for n in value.dtype.names))
        )
    if value.dtype.char in "gG":
        return hash(form)  # The padding bytes of such numbers are arbitrary.
    if value.dtype.kind in "fc":
        value = value + 0.0  # Turns -0.0 into 0.0.
        value = sys.modules["numpy"].where(
            value != value, value.dtype.type("nan"), value
        )
    return hash((form, value.tobytes()))


def eq_arrays(left: Any, right: Any, equal: Equality) -> bool:
    """Returns whether two values are equal arrays; see `eq`."""
    return is_array(left) and eq(left, right, equal)
