"""Parsing and writing of JSON text at any depth.

The standard library recurses, so it fails for deeply nested values. Only those are
processed by a slower implementation that does not recurse.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pyglove.utils.error import PyGloveTypeError, PyGloveValueError

# Deeper documents are rejected as attacks.
MAX_DEPTH = 50_000

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
_scan_once: Any = _DECODER.scan_once  # type: ignore[attr-defined]


class JSONTextError(PyGloveValueError, json.JSONDecodeError):
    """A text that is not JSON."""

    def __str__(self) -> str:
        return f"Expected JSON, got malformed text: {super().__str__()}."


def loads(text: str | bytes) -> Any:
    """Parses JSON.

    Args:
      text: The text.

    Returns:
      The value: dictionaries, lists and primitives.

    Raises:
      ValueError: The text is not JSON, repeats a key of an object, or is nested more
        than `MAX_DEPTH` levels deep.

    Example:
      >>> from pyglove.utils.serialization import json_text
      >>> json_text.loads('{"a": [1, null]}')
      {'a': [1, None]}
    """
    try:
        try:
            return json.loads(text, object_pairs_hook=_unique_keys)
        except RecursionError:
            pass
        return _loads_deep(text if isinstance(text, str) else text.decode("utf-8"))
    except PyGloveValueError:
        raise
    except json.JSONDecodeError as e:
        raise JSONTextError(e.msg, e.doc, e.pos) from None
    except UnicodeDecodeError as e:
        raise PyGloveValueError(f"Expected JSON as UTF-8, got other bytes: {e}") from e
    except ValueError as e:
        raise PyGloveValueError(f"Expected smaller numbers in JSON: {e}.") from e


def scan(text: str) -> Any:
    """Parses JSON, as `loads` does, but does not see which keys come twice.

    Where the value has as many keys as the text has colons, none does.

    Args:
        text: The text.

    Raises:
        ValueError: The text is not JSON, or nested too deep for the parser.
    """
    try:
        value, end = _scan_once(text, 0)
    except (StopIteration, RecursionError) as e:
        raise PyGloveValueError("Expected JSON that is not nested deep.") from e
    if end != len(text):
        raise PyGloveValueError("Expected one JSON value, and nothing around it.")
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items = dict(pairs)
    if len(items) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise PyGloveValueError(
                    f"Expected each key of a JSON object once, got {key!r} twice."
                )
            seen.add(key)
    return items


def _loads_deep(text: str) -> Any:
    """Parses JSON without recursion."""
    # The items of each open container, and its keys if it is an object.
    stack: list[tuple[list[Any], list[str] | None]] = []
    pos = _skip(text, 0)
    while True:
        char = text[pos : pos + 1]
        if char and char in "[{":
            if len(stack) >= MAX_DEPTH:
                raise PyGloveValueError(
                    f"Expected JSON of at most {MAX_DEPTH} levels, got more."
                )
            stack.append(([], None if char == "[" else []))
            pos = _skip(text, pos + 1)
            if text[pos : pos + 1] != ("]" if char == "[" else "}"):
                pos = _read_key(text, pos, stack[-1][1])
                continue
            value: Any = _close(stack)
            pos += 1
        else:
            value, pos = _DECODER.raw_decode(text, pos)
        # A complete value may complete the containers around it.
        while stack:
            items, keys = stack[-1]
            items.append(value)
            pos = _skip(text, pos)
            char = text[pos : pos + 1]
            if char == ",":
                pos = _read_key(text, _skip(text, pos + 1), keys)
                break
            if char != ("]" if keys is None else "}"):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, pos)
            value = _close(stack)
            pos += 1
        else:
            pos = _skip(text, pos)
            if pos != len(text):
                raise json.JSONDecodeError("Extra data", text, pos)
            return value


def _skip(text: str, pos: int) -> int:
    match = _SPACE.match(text, pos)
    return pos if match is None else match.end()


def _close(stack: list[tuple[list[Any], list[str] | None]]) -> Any:
    items, keys = stack.pop()
    return items if keys is None else _unique_keys(list(zip(keys, items, strict=True)))


def _read_key(text: str, pos: int, keys: list[str] | None) -> int:
    """Reads the key and colon of an item of an object; returns their end."""
    if keys is None:
        return pos
    if text[pos : pos + 1] != '"':
        raise json.JSONDecodeError(
            "Expecting property name enclosed in double quotes", text, pos
        )
    key, pos = _DECODER.raw_decode(text, pos)
    keys.append(key)
    pos = _skip(text, pos)
    if text[pos : pos + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", text, pos)
    return _skip(text, pos + 1)


def dumps(value: Any, indent: int | None = None) -> str:
    """Writes JSON.

    Args:
      value: Dictionaries, lists and primitives.
      indent: The number of spaces per level; None for a single line.

    Returns:
      The text.

    Raises:
      TypeError: JSON has no form for a nested value.
      ValueError: The value contains itself, or is nested more than `MAX_DEPTH`
        levels deep.

    Example:
      >>> from pyglove.utils.serialization import json_text
      >>> json_text.dumps({'a': [1, None]})
      '{"a": [1, null]}'
    """
    try:
        try:
            return json.dumps(value, indent=indent)
        except RecursionError:
            return "".join(_dump_deep(value, indent))
    except PyGloveValueError:
        raise
    except ValueError as e:
        raise PyGloveValueError(
            f"Expected a value that can be written as JSON text: {e}."
        ) from e
    except TypeError as e:
        raise PyGloveTypeError(
            f"Expected a value that can be written as JSON text: {e}."
        ) from e


def _dump_deep(value: Any, indent: int | None) -> Iterator[str]:
    """Writes JSON without recursion."""
    # The remaining pieces of text, values, and ends of containers.
    todo: list[Any] = [value]
    open_ids: list[int] = []
    while todo:
        item = todo.pop()
        if isinstance(item, _Text):
            if item.closes:
                open_ids.pop()
            yield item.text
            continue
        if not isinstance(item, (dict, list, tuple)) or not item:
            yield json.dumps(item)
            continue
        if len(open_ids) >= MAX_DEPTH:
            raise PyGloveValueError(
                f"Expected a value of at most {MAX_DEPTH} levels, got more, or one "
                "that contains itself."
            )
        open_ids.append(id(item))
        gap = "" if indent is None else "\n" + " " * (indent * len(open_ids))
        comma = ", " if indent is None else "," + gap
        end = "" if indent is None else "\n" + " " * (indent * (len(open_ids) - 1))
        is_dict = isinstance(item, dict)
        yield ("{" if is_dict else "[") + gap
        parts: list[Any] = []
        for part in item.items() if isinstance(item, dict) else item:
            if parts:
                parts.append(_Text(comma))
            if is_dict:
                key, part = part
                parts.append(_Text(json.dumps({key: 0})[1:-2]))
            parts.append(part)
        parts.append(_Text(end + ("}" if is_dict else "]"), closes=True))
        todo.extend(reversed(parts))


class _Text:
    """A piece of JSON text."""

    __slots__ = ("closes", "text")

    def __init__(self, text: str, closes: bool = False) -> None:
        self.text = text
        self.closes = closes
