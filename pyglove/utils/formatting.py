"""Formatting of values as text, pretty or compact."""

import builtins
import contextlib
import sys
from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from pyglove.utils.descent import Steps, descend
from pyglove.utils.scope import Scope

CustomFormatFn = Callable[[Any, int], str | None]

_STR_KWARGS: Scope[dict[str, Any]] = Scope("str_format", {})
_REPR_KWARGS: Scope[dict[str, Any]] = Scope("repr_format", {})

# A part of the text of `object.__repr__`.
_DEFAULT_REPR_MARK = " object at 0x"

# Types that are always formatted by `repr`.
_MAX_INDENT = 1_000  # The level of the most indented lines.
_SIMPLE_TYPES = frozenset((type(None), bool, int, float))


class Formattable(metaclass=ABCMeta):
    """Interface of values with formatting options.

    `str()` returns the pretty form and `repr()` the compact form. Subclasses set
    options of both by `__str_format_kwargs__` and `__repr_format_kwargs__`, callers by
    `str_format` and `repr_format`.

    Example:
      >>> from pyglove.utils import Formattable
      >>> class Point(Formattable):
      ...     def format(self, compact=False, verbose=True, root_indent=0, **kwargs):
      ...         return 'Point()' if compact else 'a point'
      >>> str(Point()), repr(Point())
      ('a point', 'Point()')
    """

    __slots__ = ()

    __str_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": False,
        "verbose": True,
    }
    __repr_format_kwargs__: ClassVar[dict[str, Any]] = {"compact": True}

    @abstractmethod
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats the value.

        Args:
          compact: If True, everything is put on one line.
          verbose: If True, details are shown that do not identify the value.
          root_indent: Depth, in levels, of the line on which the text starts.
          **kwargs: Further options, to be passed to nested values.

        Returns:
          The text.
        """

    def __str_kwargs__(self) -> dict[str, Any]:
        """Returns the options of `str()`."""
        if _STR_KWARGS.open_count:
            return {**self.__str_format_kwargs__, **_STR_KWARGS.get()}
        return dict(self.__str_format_kwargs__)

    def __repr_kwargs__(self) -> dict[str, Any]:
        """Returns the options of `repr()`."""
        if _REPR_KWARGS.open_count:
            return {**self.__repr_format_kwargs__, **_REPR_KWARGS.get()}
        return dict(self.__repr_format_kwargs__)

    def __str__(self) -> str:
        return format(self, **self.__str_kwargs__())

    def __repr__(self) -> str:
        return format(self, **self.__repr_kwargs__())


def has_text_options(cls: Any, base: Any) -> bool:
    """Returns whether `str` or `repr` of instances have unusual options.

    Args:
      cls: The class of the instances. Its own options and those of scopes count.
      base: A class that has the usual options.

    Returns:
      Whether there are other options.
    """
    return bool(
        _STR_KWARGS.open_count
        or _REPR_KWARGS.open_count
        or cls.__str_format_kwargs__ is not base.__str_format_kwargs__
        or cls.__repr_format_kwargs__ is not Formattable.__repr_format_kwargs__
        or cls.__str_kwargs__ is not Formattable.__str_kwargs__
        or cls.__repr_kwargs__ is not Formattable.__repr_kwargs__
    )


def str_format(**kwargs: Any) -> contextlib.AbstractContextManager[dict[str, Any]]:
    """Adds options to every `str()` of a `Formattable` within a `with` block.

    Args:
      **kwargs: Options of `format`. Inner blocks add to outer ones.

    Returns:
      A context manager that yields the options in force.

    Example:
      >>> import pyglove.utils as utils
      >>> with utils.str_format(markdown=True):
      ...     str(utils.RawText('a')), repr(utils.RawText('a'))
      ('`a`', 'a')
    """
    return _STR_KWARGS.bind({**_STR_KWARGS.get(), **kwargs})


def repr_format(**kwargs: Any) -> contextlib.AbstractContextManager[dict[str, Any]]:
    """Adds options to every `repr()` of a `Formattable` within a `with` block.

    Args:
      **kwargs: Options of `format`. Inner blocks add to outer ones.

    Returns:
      A context manager that yields the options in force.
    """
    return _REPR_KWARGS.bind({**_REPR_KWARGS.get(), **kwargs})


class RawText(Formattable):
    """Text that is formatted without quotes.

    Args:
      text: The text.
    """

    __slots__ = ("text",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text itself; options have no effect."""
        return self.text

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, RawText):
            return self.text == other.text
        return isinstance(other, str) and self.text == other

    def __ne__(self, other: Any) -> bool:
        return not self == other


def format(
    value: Any,
    compact: bool = False,
    verbose: bool = True,
    root_indent: int = 0,
    list_wrap_threshold: int = 80,
    strip_object_id: bool = False,
    include_keys: set[str] | None = None,
    exclude_keys: set[str] | None = None,
    markdown: bool = False,
    max_str_len: int | None = None,
    max_bytes_len: int | None = None,
    *,
    custom_format: CustomFormatFn | None = None,
    memo: set[int] | None = None,
    **kwargs: Any,
) -> str:
    """Formats any value as text.

    Args:
      value: The value.
      compact: If True, everything is put on one line.
      verbose: If True, details are shown that do not identify the value.
      root_indent: Depth, in levels of two spaces, of the line on which the text
        starts.
      list_wrap_threshold: Lists whose text is longer than this many characters
        are put on several lines, unless `compact`.
      strip_object_id: If True, objects without a text form of their own are shown
        as `ClassName(...)` rather than with their address.
      include_keys: If given, the only keys of `value` to show.
      exclude_keys: Keys of `value` not to show.
      markdown: If True, the text is put into markdown code quotes.
      max_str_len: Strings longer than this are cut.
      max_bytes_len: Byte strings longer than this are cut.
      custom_format: A function of a value and its depth that returns the text
        for it, or None to have it formatted as usual. It is asked for every
        value inside `value` too.
      memo: The ids of the values being formatted, which breaks cycles.
      **kwargs: Further options for `Formattable.format`.

    Returns:
      The text.

    Example:
      >>> import pyglove.utils as utils
      >>> utils.format({'a': [1, 'x'], 'b': {}}, compact=True)
      "{'a': [1, 'x'], 'b': {}}"
      >>> utils.format({'a': 1}).splitlines()
      ['{', "  'a': 1", '}']
    """
    kwargs.update(
        compact=compact,
        verbose=verbose,
        list_wrap_threshold=list_wrap_threshold,
        strip_object_id=strip_object_id,
        max_str_len=max_str_len,
        max_bytes_len=max_bytes_len,
        custom_format=custom_format,
        memo=set() if memo is None else memo,
    )
    text = str(
        descend(_format_step, value, root_indent, kwargs, include_keys, exclude_keys)
    )
    return maybe_markdown_quote(text, markdown) if markdown else text


def format_part(
    value: Any,
    root_indent: int,
    options: dict[str, Any],
    include_keys: set[str] | None = None,
    exclude_keys: set[str] | None = None,
) -> str:
    """Formats a part of a value: answers the requests of a step of `format`.

    Args:
      value: The part.
      root_indent: See `format`.
      options: Further options of `format`.
      include_keys: See `format`.
      exclude_keys: See `format`.
    """
    return format(
        value,
        root_indent=root_indent,
        include_keys=include_keys,
        exclude_keys=exclude_keys,
        **options,
    )


class Text:
    """A text that consists of others, which are not copied until all is complete.

    Args:
      *parts: The texts.
    """

    __slots__ = ("_length", "_parts")

    def __init__(self, *parts: "str | Text"):
        self._parts = parts
        self._length = sum(map(len, parts))

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        pieces: list[str] = []
        pending: list[str | Text] = [self]
        while pending:
            part = pending.pop()
            if isinstance(part, str):
                pieces.append(part)
            else:
                pending.extend(reversed(part._parts))
        return "".join(pieces)


def join_texts(separator: str, texts: "Sequence[str | Text]") -> "Text":
    """Returns texts with a separator between them."""
    parts: list[str | Text] = []
    for text in texts:
        parts += (separator, text)
    return Text(*parts[1:])


def _format_step(
    value: Any,
    root_indent: int,
    options: dict[str, Any],
    include_keys: set[str] | None = None,
    exclude_keys: set[str] | None = None,
) -> Steps:
    """Formats a value with options that also apply to nested values.

    It is a step of `utils.descent`, and returns a `str` or a `Text`.
    """
    custom_format = options["custom_format"]
    if custom_format is not None:
        text = custom_format(value, root_indent)
        if text is not None:
            return text
    if type(value) in _SIMPLE_TYPES:
        return repr(value)
    if not isinstance(value, (Formattable, dict, list, tuple)):
        return _format_leaf(value, options)
    memo = options["memo"]
    node = id(value)
    if node in memo:
        return f"<recursive {type(value).__name__} at 0x{node:x}>"
    memo.add(node)
    try:
        if isinstance(value, Formattable):
            # A symbolic class may define another `format`.
            write = getattr(value, "_sym_format", None) or value.format
            keys: dict[str, Any] = {
                "include_keys": include_keys,
                "exclude_keys": exclude_keys or set(),
            }
            step = getattr(write, "step", None)
            if step is None:
                return write(root_indent=root_indent, **keys, **options)
            return (yield from step(value, root_indent=root_indent, **keys, **options))
        if isinstance(value, dict):
            items: list[Any] = []
            for key, item in value.items():
                if (not include_keys or key in include_keys) and (
                    not exclude_keys or key not in exclude_keys
                ):
                    text = yield item, root_indent + 1, options
                    items.append(Text(f"{key!r}: ", text))
            return _enclose_dict(items, root_indent, options)
        items = []
        for item in value:
            items.append((yield item, root_indent + 1, options))
        return _enclose_sequence(value, items, root_indent, options)
    finally:
        memo.discard(node)


def _format_leaf(value: Any, options: dict[str, Any]) -> str:
    if isinstance(value, str):
        limit = options["max_str_len"]
        if limit is not None and len(value) > limit:
            value = value[:limit] + "..."
        return repr(value)
    if isinstance(value, bytes):
        limit = options["max_bytes_len"]
        if limit is not None and len(value) > limit:
            value = value[:limit] + b"..."
        return repr(value)
    text = repr(value) if options["compact"] else str(value)
    if options["strip_object_id"] and _DEFAULT_REPR_MARK in text:
        return f"{type(value).__name__}(...)"
    return text


def _enclose_dict(
    items: Sequence[str | Text], root_indent: int, options: dict[str, Any]
) -> Text:
    if not items:
        return Text("{}")
    if options["compact"]:
        return Text("{", join_texts(", ", items), "}")
    body = _lines_of(items, root_indent + 1)
    return Text("{\n", body, f"\n{indent_of(root_indent)}}}")


def _enclose_sequence(
    value: Sequence[Any],
    items: Sequence[str | Text],
    root_indent: int,
    options: dict[str, Any],
) -> Text:
    start, end = "[]" if isinstance(value, list) else "()"
    if len(items) == 1 and not isinstance(value, list):
        end = "," + end  # Tuples of one item need the comma.
    # On one line, there are two characters between items, and two brackets.
    if options["compact"] or (
        sum(map(len, items)) + 2 * len(items) <= options["list_wrap_threshold"]
    ):
        return Text(start, join_texts(", ", items), end)
    body = _lines_of(items, root_indent + 1)
    return Text(f"{start}\n", body, f"{end[:-1]}\n{indent_of(root_indent)}{end[-1]}")


def _lines_of(items: Sequence[str | Text], indent: int) -> Text:
    prefix = indent_of(indent)
    return Text(prefix, join_texts(f",\n{prefix}", items))


def lines_of(items: list[str], indent: int) -> str:
    """Returns items on lines of their own, indented by a number of levels."""
    prefix = indent_of(indent)
    return prefix + f",\n{prefix}".join(items)


def indent_of(level: int) -> str:
    """Returns the spaces at the start of a line of some level.

    Deep down, lines are not indented further: their spaces would be more than all else.
    """
    return "  " * min(level, _MAX_INDENT)


def quote_if_str(value: Any) -> Any:
    """Returns the quoted form of a `str`, and any other value unchanged."""
    return repr(value) if isinstance(value, str) else value


def comma_delimited_str(value_list: Sequence[Any]) -> str:
    """Returns values separated by commas, with strings quoted."""
    return ", ".join(str(quote_if_str(value)) for value in value_list)


def maybe_markdown_quote(s: str, markdown: bool = True) -> str:
    """Formats text as markdown code.

    Args:
      s: The text. Several lines become a fenced block.
      markdown: If False, the text is returned unchanged.

    Returns:
      The text, quoted.
    """
    if not markdown:
        return s
    return f"```\n{s}\n```" if "\n" in s else f"`{s}`"


def auto_plural(number: int, singular: str, plural: str | None = None) -> str:
    """Returns the singular or plural of a noun for a number.

    Args:
      number: The number.
      singular: The noun for one.
      plural: The noun for any other number; by default an 's' is appended.

    Returns:
      The singular or the plural.
    """
    if number == 1:
        return singular
    return singular + "s" if plural is None else plural


_PRINT_KWARGS = ("sep", "end", "file", "flush")


def print(*args: Any, **kwargs: Any) -> None:
    """Prints values in their pretty form.

    Args:
      *args: The values.
      **kwargs: Options of `format`, and those of the builtin `print`.
    """
    print_kwargs = {k: kwargs.pop(k) for k in _PRINT_KWARGS if k in kwargs}
    print_kwargs.setdefault("file", sys.stdout)
    builtins.print(*(format(arg, **kwargs) for arg in args), **print_kwargs)
