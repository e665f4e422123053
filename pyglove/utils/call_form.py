"""Text in the form of a call: `Int(default=1, min=0)`."""

from abc import abstractmethod
from enum import IntEnum
from typing import Any

from pyglove.utils.formatting import (
    CustomFormatFn,
    Formattable,
    format,
    indent_of,
    lines_of,
)

# Name, value and default of an argument; see `kvlist_str`.
CallItems = list[tuple[str, Any, Any]]


class BracketType(IntEnum):
    """The brackets around the arguments."""

    ROUND = 0
    SQUARE = 1
    CURLY = 2


_BRACKETS = {
    BracketType.ROUND: ("(", ")"),
    BracketType.SQUARE: ("[", "]"),
    BracketType.CURLY: ("{", "}"),
}


def bracket_chars(bracket_type: BracketType) -> tuple[str, str]:
    """Returns the opening and the closing character of a type of brackets."""
    return _BRACKETS[BracketType(bracket_type)]


def kvlist_str(
    kvlist: list[tuple[str, Any, Any]],
    compact: bool = True,
    verbose: bool = False,
    root_indent: int = 0,
    *,
    label: str | None = None,
    bracket_type: BracketType = BracketType.ROUND,
    custom_format: CustomFormatFn | None = None,
    memo: set[int] | None = None,
    **kwargs: Any,
) -> str:
    """Formats keys and values like the arguments of a call: `name=value, ...`.

    Args:
      kvlist: Triples of key, value and default value. A pair whose value equals its
        default is omitted; a tuple of defaults means any of them. A value with an empty
        key is formatted without a name.
      compact: If True, everything is put on one line.
      verbose: If True, details are shown that do not identify the value.
      root_indent: Depth, in levels, of the line on which the text starts.
      label: If given, this label precedes the text, which is put in brackets.
      bracket_type: The brackets to use with a label.
      custom_format: See `format`.
      memo: See `format`.
      **kwargs: Further options of `format`, for the values.

    Returns:
      The text.

    Example:
      >>> import pyglove.utils as utils
      >>> utils.kvlist_str([('x', 1, None), ('y', 2, 2)], label='Point')
      'Point(x=1)'
    """
    child_indent = root_indent if label is None else root_indent + 1
    items: list[str] = []
    for key, value, default in kvlist:
        if value in (default if isinstance(default, tuple) else (default,)):
            continue
        text = format(
            value,
            compact=compact,
            verbose=verbose,
            root_indent=child_indent,
            custom_format=custom_format,
            memo=memo,
            **kwargs,
        )
        items.append(f"{key}={text}" if key not in (None, "") else text)
    if label is None:
        if not items:
            return ""
        return ", ".join(items) if compact else lines_of(items, child_indent)
    start, end = bracket_chars(bracket_type)
    if compact or not items:
        return f"{label}{start}{', '.join(items)}{end}"
    body = lines_of(items, child_indent)
    return f"{label}{start}\n{body}\n{indent_of(root_indent)}{end}"


class CallFormattable(Formattable):
    """Base class of values whose text is the call that makes them.

    Example:
      >>> from pyglove.utils.call_form import CallFormattable
      >>> class Point(CallFormattable):
      ...     def _format_items(self):
      ...         return [('x', 1, None), ('y', 0, 0)]
      >>> Point()
      Point(x=1)
    """

    __slots__ = ()

    @abstractmethod
    def _format_items(self) -> CallItems:
        """Returns the arguments, with the values at which to omit them."""

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats the value as a call of its class; see `Formattable.format`."""
        return kvlist_str(
            self._format_items(),
            compact,
            verbose,
            root_indent,
            label=type(self).__name__,
            **kwargs,
        )
