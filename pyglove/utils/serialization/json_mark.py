"""Dicts and lists that need to be escaped in JSON.

Some keys of JSON objects, and some first items of lists, have a special meaning. A dict
with such a key, or a list that starts with such an item, is written as an object:

    {"_type": "dict", "items": [["_type", 1], ["x", 2]]}
    {"_type": "list", "items": ["__tuple__", 1]}

With `"symbolic": true`, it represents a symbolic dict or list among plain ones.
"""

from collections.abc import Callable
from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError
from pyglove.utils.serialization.collision import check_collisions

# Keys and first items with a special meaning.
DICT_MARKS = frozenset(("_type", "__ref__", "__context__", "__symbolic__"))
LIST_MARKS = frozenset(("__tuple__", "__symbolic__"))

# The types of JSON objects that represent dicts and lists.
LITERAL_KINDS = frozenset(("dict", "list"))

_LITERAL_KEYS = frozenset(("_type", "items", "symbolic"))

_make_symbolic: list[Callable[[Any], Any]] = []


def register_symbolic_factory(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Registers the factory of symbolic dicts and lists; usable as a decorator.

    Args:
      make: A function of a dict or list.

    Returns:
      The function.
    """
    _make_symbolic.append(make)
    return make


def symbolic_of(value: Any) -> Any:
    """Converts a plain dict or list, which a document marks as symbolic.

    Args:
      value: A dict or list, without the mark.
    """
    return _make_symbolic[-1](value) if _make_symbolic else value


def looks_special(value: Any) -> bool:
    """Whether a dict or list needs to be escaped in JSON.

    Args:
      value: A dict or list, converted or not.
    """
    if isinstance(value, dict):
        return not DICT_MARKS.isdisjoint(value)
    if not value:
        return False
    first = value[0]
    return isinstance(first, str) and first in LIST_MARKS


def write_dict(items: dict[Any, Any], symbolic: bool = False) -> dict[str, Any]:
    """Writes a dict.

    Args:
      items: Keys and converted values.
      symbolic: Whether to mark it as a symbolic one.
    """
    if not DICT_MARKS.isdisjoint(items):
        marked = {"symbolic": True} if symbolic else {}
        pairs = [[key, value] for key, value in items.items()]
        return {"_type": "dict", "items": pairs, **marked}
    return {"__symbolic__": True, **items} if symbolic else items


def write_list(items: list[Any], symbolic: bool = False) -> Any:
    """Writes a list.

    Args:
      items: Converted items.
      symbolic: Whether to mark it as a symbolic one.
    """
    if looks_special(items):
        marked = {"symbolic": True} if symbolic else {}
        return {"_type": "list", "items": items, **marked}
    return ["__symbolic__", *items] if symbolic else items


def read_literal(json_value: dict[str, Any], load: Callable[[Any], Any]) -> Any:
    """Reads an escaped dict or list.

    Args:
      json_value: The JSON object.
      load: Converts nested values.

    Returns:
      The dict or list.

    Raises:
      TypeError: The JSON object is of another form.
      ValueError: A key occurs twice, or too many keys have the same hash.
    """
    kind = json_value["_type"]
    items = json_value.get("items")
    if not isinstance(items, list) or json_value.keys() - _LITERAL_KEYS:
        raise PyGloveTypeError(
            f"Expected a list of 'items' in a {kind!r} in JSON, got "
            f"{json_value!r:.200}."
        )
    value: Any
    if kind == "list":
        value = [load(item) for item in items]
    else:
        for item in items:
            if not (
                isinstance(item, list)
                and len(item) == 2
                and isinstance(item[0], (str, int, float, type(None)))
            ):
                raise PyGloveTypeError(
                    "Expected pairs of key and value as 'items' of a 'dict' in JSON, "
                    f"got {item!r:.200}."
                )
        check_collisions([key for key, _ in items if not isinstance(key, str)])
        value = {key: load(item) for key, item in items}
        if len(value) != len(items):
            raise PyGloveValueError("Expected each key of a 'dict' in JSON once.")
    return symbolic_of(value) if json_value.get("symbolic") else value
