"""Parsing and formatting of key paths."""

import functools
import re
from typing import Any

from pyglove.utils.error import PyGloveValueError

# Longer paths in untrusted documents are rejected.
MAX_PATH_LENGTH = 1 << 20

# Longer texts are not cached.
_MAX_CACHED_LENGTH = 256

_INT_KEY = r"-?\d+"
_SPECIAL_CHARS = r"[.\[\]]"


class StrKey:
    """Marker of classes whose instances are formatted like names in a path.

    A key that is neither a `str` nor a `StrKey` is formatted in brackets.

    Example:
      >>> from pyglove.utils import KeyPath, StrKey
      >>> class Name(StrKey):
      ...     def __str__(self):
      ...         return 'layer'
      >>> print(KeyPath(['model', Name()]))
      model.layer
    """

    __slots__ = ()


def parse_keys(path_str: str) -> tuple[Any, ...]:
    """Parses the text of a path into its keys.

    The keys of short texts are cached.

    Args:
      path_str: Names separated by dots. Text in brackets is a single key, which is an
        `int` if possible.

    Returns:
      The keys from the root down.

    Raises:
      ValueError: The brackets do not match, or the text is too long for a path.

    Example:
      >>> from pyglove.utils.path.key_path import parse_keys
      >>> parse_keys('a.b[0].c')
      ('a', 'b', 0, 'c')
    """
    if len(path_str) <= _MAX_CACHED_LENGTH:
        return _parse_cached(path_str)
    if len(path_str) > MAX_PATH_LENGTH:
        raise PyGloveValueError(
            f"Expected a path of at most {MAX_PATH_LENGTH} characters, got "
            f"{len(path_str)}: {path_str[:32]!r}..."
        )
    return _parse(path_str)


def _parse(path_str: str) -> tuple[Any, ...]:
    if "[" not in path_str and "]" not in path_str:
        return tuple(name for name in path_str.split(".") if name)
    keys: list[Any] = []
    start, depth = 0, 0  # `start` is the beginning of the current name or bracket.
    for match in re.finditer(_SPECIAL_CHARS, path_str):
        pos = match.start()
        char = path_str[pos]
        if char == "[":
            if depth == 0:
                if pos > start:
                    keys.append(path_str[start:pos])
                start = pos + 1
            depth += 1
        elif char == "]":
            depth -= 1
            if depth < 0:
                raise PyGloveValueError(
                    "Expected '[' before each ']' of a path, got an extra ']' at "
                    f"position {pos} of {_shorten(path_str)!r}."
                )
            if depth == 0:
                keys.append(_bracket_key(path_str[start:pos]))
                start = pos + 1
        elif depth == 0:
            if pos > start:
                keys.append(path_str[start:pos])
            start = pos + 1
    if depth > 0:
        raise PyGloveValueError(
            f"Expected ']' after each '[' of a path, got none for the '[' at position "
            f"{start - 1} of {_shorten(path_str)!r}."
        )
    if start < len(path_str):
        keys.append(path_str[start:])
    return tuple(keys)


_parse_cached = functools.lru_cache(maxsize=4096)(_parse)


def _bracket_key(text: str) -> str | int:
    if re.fullmatch(_INT_KEY, text):
        try:
            return int(text)
        except ValueError:
            # Python limits the digits of an `int` that is parsed from text.
            raise PyGloveValueError(
                "Expected an index that Python can read as an int in a path, got "
                f"{_shorten(text)!r}."
            ) from None
    return text


def _shorten(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[:limit] + "..."


def format_keys(keys: tuple[Any, ...], preserve_complex_keys: bool = True) -> str:
    """Formats keys as the text of a path, the inverse of `parse_keys`.

    Args:
      keys: Keys from the root down.
      preserve_complex_keys: If True, names that hold dots or brackets are put in
        brackets, so that the text parses back.

    Returns:
      The text of the path.
    """
    parts: list[str] = []
    for i, key in enumerate(keys):
        if isinstance(key, str):
            if preserve_complex_keys and ("." in key or "[" in key or "]" in key):
                parts.append(f"[{key}]")
                continue
        elif not isinstance(key, StrKey):
            parts.append(f"[{key}]")
            continue
        parts.append(f".{key}" if i else str(key))
    return "".join(parts)
