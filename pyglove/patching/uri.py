"""URIs of patchers: `name?argument&argument&key=argument`.

The value specs of arguments define how text is converted to values. Nothing is
evaluated.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from pyglove import typing as pg_typing
from pyglove import utils

_NAME = re.compile(r"[A-Za-z_]")
_KEYWORD = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_POSITIONAL = re.compile(r"[^=]*\Z")
_BOOLS = {
    **dict.fromkeys(("true", "True", "yes", "1"), True),
    **dict.fromkeys(("false", "False", "no", "0"), False),
}
_NONE = frozenset(("None", "none"))


class PatcherURI(NamedTuple):
    """A parsed URI.

    Attributes:
      name: The name of the patcher.
      args: The text of each positional argument.
      kwargs: The text of each keyword argument.
    """

    name: str
    args: list[str]
    kwargs: dict[str, str]


def parse_uri(uri: str) -> PatcherURI:
    """Parses the URI of a patcher.

    Args:
      uri: The URI.

    Raises:
      ValueError: It is malformed.
      TypeError: It is not a string.
    """
    if not isinstance(uri, str):
        raise utils.PyGloveTypeError(
            f"Expected the URI of a patcher ('name?x=1&y=2'), got {uri!r}."
        )
    name, question_mark, query = uri.partition("?")
    if not _NAME.match(name):
        raise utils.PyGloveValueError(
            "Expected the name of a patcher, which begins with a letter or an "
            f"underscore, got {name!r} in {uri!r}."
        )
    args: list[str] = []
    kwargs: dict[str, str] = {}
    for text in query.split("&") if question_mark else ():
        keyword = _KEYWORD.match(text)
        if keyword is not None:
            kwargs[keyword[1]] = keyword[2]
        elif not _POSITIONAL.match(text):
            raise utils.PyGloveValueError(
                f"Expected 'value' or 'name=value' as an argument, got {text!r} in "
                f"{uri!r}."
            )
        elif kwargs:
            raise utils.PyGloveValueError(
                f"Expected only keyword arguments after the first of them, got {text!r}"
                f" in {uri!r}."
            )
        else:
            args.append(text)
    return PatcherURI(name, args, kwargs)


def is_parsable(spec: pg_typing.ValueSpec) -> bool:
    """Whether `parse_value` supports a value spec."""
    if isinstance(spec, pg_typing.List):
        spec = spec.element.value
    if isinstance(spec, pg_typing.Enum):
        return all(value is None or isinstance(value, str) for value in spec.values)
    return isinstance(
        spec,
        (
            pg_typing.Any,
            pg_typing.Str,
            pg_typing.Bool,
            pg_typing.Int,
            pg_typing.Float,
        ),
    )


def parse_value(
    text: str, spec: pg_typing.ValueSpec, path: Callable[[], utils.KeyPath]
) -> Any:
    """Converts text to a value.

    The text `None` means None for any spec. Items of a list are separated by colons. A
    string may be in double quotes: `"None"` is a string, unlike `None`.

    Args:
      text: The text.
      spec: The value spec.
      path: A function that returns the path of the value, for error messages.

    Returns:
      The value, which is not checked by the spec.

    Raises:
      ValueError: The text cannot be converted.
    """
    if text in _NONE:
        return None
    if isinstance(spec, pg_typing.List):
        element = spec.element.value
        items = text.strip()
        return [
            parse_value(item, element, lambda i=i: utils.KeyPath(i, path()))  # type: ignore[misc]
            for i, item in enumerate(items.split(":") if items else ())
        ]
    try:
        if isinstance(spec, pg_typing.Bool):
            return _BOOLS[text]
        if isinstance(spec, pg_typing.Int):
            return int(text)
        if isinstance(spec, pg_typing.Float):
            return float(text)
    except (KeyError, ValueError):
        raise utils.PyGloveValueError(
            f"Expected a value of {spec!r}, got {text!r}. (path={path()})"
        ) from None
    return text if isinstance(spec, pg_typing.Enum) else _unquoted(text, path)


def _unquoted(text: str, path: Callable[[], utils.KeyPath]) -> str:
    if len(text) < 2:
        return text
    opens, closes = text[0] == '"', text[-1] == '"'
    if opens is not closes:
        raise utils.PyGloveValueError(
            f"Expected double quotes on both ends or on none, got {text!r}. "
            f"(path={path()})"
        )
    return text[1:-1] if opens else text
