"""The nested form of DNA: numbers in lists and tuples that show their structure.

A list holds the values of several decisions; a tuple holds a choice and the values of
what it opens, of which the last may be a list. The canonical form has no list of less
than two items and no tuple within a tuple, unless a list is between them.
"""

from collections.abc import Iterator
from numbers import Integral, Number, Rational, Real
from typing import Any

from pyglove import utils

_NUMBERS = frozenset((int, float, str))


def plain_number(value: Any) -> Any:
    """Converts numbers to those of Python; other values are returned unchanged.

    Args:
      value: Any value, such as an int or a float of NumPy.
    """
    if type(value) in _NUMBERS or not isinstance(value, Number):
        return value
    if isinstance(value, Integral):
        return value if isinstance(value, int) else int(value)
    if isinstance(value, float):
        # NumPy's are floats, too, but of a class of their own.
        return float(value) if type(value).__module__ == "numpy" else value
    if isinstance(value, Real) and not isinstance(value, Rational):
        return float(value)
    return value


def normalize(value: Any) -> Any:
    """Returns the canonical form of a nested value.

    Args:
      value: None, an int, a float, a string, or a list or tuple of such values.

    Returns:
      The canonical form, made of new lists and tuples.

    Raises:
      ValueError: if a tuple is not a choice with what it opens.
      TypeError: if a value is of another type.

    Example:
      >>> from pyglove.geno.dna.nested import normalize
      >>> normalize([(1, [2])])
      (1, 2)
    """
    if value is None or isinstance(value, (int, float, str)):
        return value
    if isinstance(value, Number):
        plain = plain_number(value)
        if plain is not value:
            return plain
    if isinstance(value, list):
        items = [normalize(v) for v in value]
        if len(items) > 1:
            return items
        return items[0] if items else None
    if isinstance(value, tuple):
        return _normalize_tuple(value)
    raise utils.PyGloveTypeError(
        "Expected an int, a float, a string, None, or a list or tuple of these as the "
        f"value of a DNA, got {type(value)!r}: {value!r}. (path=value)"
    )


def _normalize_tuple(value: tuple[Any, ...]) -> Any:
    if len(value) < 2:
        raise utils.PyGloveValueError(
            "Expected at least 2 items in a tuple, which holds a choice and what it "
            f"opens, got {value!r}."
        )
    *head, last = value
    head = [plain_number(item) for item in head]
    for item in head:
        if not isinstance(item, (int, float)):
            raise utils.PyGloveValueError(
                "Expected numbers in a tuple, which holds a choice and what it opens, "
                f"with a list at the last position only, got {value!r}."
            )
    last = normalize(last)
    if last is None:
        return tuple(head) if len(head) > 1 else head[0]
    return (*head, *last) if isinstance(last, tuple) else (*head, last)


def join(value: Any, children: list[Any]) -> Any:
    """Returns the nested form of a node with a value and children.

    Args:
      value: Value of the node.
      children: Nested forms of its children.
    """
    if not children:
        return value
    inner = children if len(children) > 1 else children[0]
    if value is None:
        return inner
    return (value, *inner) if isinstance(inner, tuple) else (value, inner)


def split(nested: Any) -> tuple[Any, list[Any]]:
    """Returns the value and the nested forms of the children: undoes `join`."""
    if type(nested) is list:
        return None, nested
    if type(nested) is tuple:
        inner = nested[1] if len(nested) == 2 else nested[1:]
        return nested[0], inner if type(inner) is list else [inner]
    return nested, []


def numbers(nested: Any) -> Iterator[Any]:
    """Iterates over the numbers of a nested form, in order."""
    if type(nested) is list or type(nested) is tuple:
        for item in nested:
            yield from numbers(item)
    elif nested is not None:
        yield nested


def to_json(nested: Any) -> Any:
    """Returns a nested form as `json` can write it."""
    kind = type(nested)
    if kind is tuple:
        *head, last = nested  # Only the last item may be more than a number.
        return ["__tuple__", *head, to_json(last)]
    if kind is list:
        if _NUMBERS.issuperset(map(type, nested)):
            return list(nested)
        return [v if type(v) in _NUMBERS else to_json(v) for v in nested]
    return nested


def from_json(value: Any) -> Any:
    """Returns the nested form that `to_json` gave a value for."""
    if type(value) is not list:
        return value
    if value and value[0] == "__tuple__":
        return tuple([from_json(item) for item in value[1:]])
    return [from_json(item) for item in value]


def compare(left: Any, right: Any) -> int:
    """Orders nested forms: by value first, then child by child.

    Args:
      left: A nested form.
      right: Another one.

    Returns:
      A negative number, 0 or a positive number if `left` comes before, is equal to,
      or comes after `right`.

    Raises:
      ValueError: if values are equal, but the numbers of children differ.
    """
    left_value, left_children = split(left)
    right_value, right_children = split(right)
    if left_value != right_value:
        return -1 if _rank(left_value) < _rank(right_value) else 1
    if len(left_children) != len(right_children):
        raise utils.PyGloveValueError(
            "Expected the same number of children in order to compare two DNA, got "
            f"{left!r} and {right!r}."
        )
    for x, y in zip(left_children, right_children, strict=True):
        order = compare(x, y)
        if order:
            return order
    return 0


def _rank(value: Any) -> tuple[int, Any]:
    """Returns a key that orders None, numbers and strings."""
    if value is None:
        return 0, 0
    return (2, value) if isinstance(value, str) else (1, value)
