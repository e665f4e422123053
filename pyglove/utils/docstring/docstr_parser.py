"""Parsers of docstrings that mark each entry: reST (`:param`) and Epydoc (`@param`)."""

import re

from pyglove.utils.late_dataclass import late_dataclass, late_default
from pyglove.utils.lazy_module import inspect

_PARAM_KEYS = frozenset(
    ["param", "parameter", "arg", "argument", "attribute", "key", "keyword", "kwarg"]
)
_RAISES_KEYS = frozenset(["raises", "raise", "except", "exception"])
_RETURNS_KEYS = frozenset(("return", "returns"))
_YIELDS_KEYS = frozenset(("yield", "yields"))

# Compiled on first use, because most programs do not need it.
_DEFAULT = r"(?im)defaults? to (.+?)\.?$"


@late_dataclass
class ParsedArgument:
    """An entry about an argument."""

    name: str
    description: str | None
    type_name: str | None = None
    default: str | None = None
    is_optional: bool | None = None


@late_dataclass
class ParsedReturns:
    """An entry about what is returned or yielded."""

    description: str | None
    is_yield: bool
    name: str | None = None


@late_dataclass
class ParsedRaises:
    """An entry about an error."""

    description: str | None
    type_name: str | None


@late_dataclass
class ParsedDoc:
    """The result of a parser.

    Attributes:
      num_entries: The number of entries of any kind.
    """

    short_description: str | None = None
    long_description: str | None = None
    blank_after_short_description: bool = False
    args: list[ParsedArgument] = late_default(default_factory=list)
    returns: list[ParsedReturns] = late_default(default_factory=list)
    raises: list[ParsedRaises] = late_default(default_factory=list)
    examples: list[str] = late_default(default_factory=list)
    num_entries: int = 0

    def describe(self, text: str) -> None:
        """Sets the descriptions from the text before the entries."""
        short, _, rest = text.partition("\n")
        self.short_description = short or None
        self.long_description = rest.strip() or None
        self.blank_after_short_description = rest.startswith("\n")


def find_default(description: str) -> str | None:
    """Returns the default value that a description mentions, or None."""
    match = re.search(_DEFAULT, description)
    return match.group(1).rstrip(".") if match else None


def split_type(text: str) -> tuple[str, bool]:
    """Separates a type from the word that marks it as optional."""
    for mark in (", optional", "?"):
        if text.endswith(mark):
            return text.removesuffix(mark), True
    return text, False


def parse_rest(text: str) -> ParsedDoc:
    """Parses a docstring whose entries look like `:param int x: What x is.`."""
    return _parse_fields(text, ":")


def parse_epydoc(text: str) -> ParsedDoc:
    """Parses a docstring whose entries look like `@param x: What x is.`."""
    return _parse_fields(text, "@")


def _parse_fields(text: str, mark: str) -> ParsedDoc:
    doc = ParsedDoc()
    starts = [
        match.start()
        for match in re.finditer(rf"^{mark}\w[^:\n]*:", text, re.MULTILINE)
    ]
    doc.describe(text[: starts[0]] if starts else text)
    types: dict[str, str] = {}
    for start, end in zip(starts, [*starts, len(text)][1:], strict=True):
        head, _, description = text[start + 1 : end].partition(":")
        key, *operands = head.split()
        _add_field(doc, types, key, operands, _unindent(description), mark)
    for arg in doc.args:
        if arg.type_name is None and arg.name in types:
            arg.type_name = types[arg.name]
            if mark == "@":
                arg.type_name, arg.is_optional = split_type(arg.type_name)
    return doc


def _add_field(
    doc: ParsedDoc,
    types: dict[str, str],
    key: str,
    operands: list[str],
    description: str,
    mark: str,
) -> None:
    if key == "type" and operands:
        types[operands[0]] = description
        return
    if key == "rtype":
        return
    doc.num_entries += 1
    if key in _PARAM_KEYS and operands:
        arg = ParsedArgument(operands[-1], description)
        if len(operands) > 1 and mark == ":":
            arg.type_name, arg.is_optional = split_type(" ".join(operands[:-1]))
        arg.default = find_default(description)
        doc.args.append(arg)
    elif key in _RETURNS_KEYS or key in _YIELDS_KEYS:
        doc.returns.append(ParsedReturns(description, key in _YIELDS_KEYS))
    elif key in _RAISES_KEYS:
        doc.raises.append(ParsedRaises(description, operands[0] if operands else None))


def _unindent(description: str) -> str:
    return inspect.cleandoc(description.strip())
