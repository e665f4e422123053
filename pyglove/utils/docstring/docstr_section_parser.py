"""Parsers of docstrings that have sections with titles: Google and NumPy style."""

import re

from pyglove.utils.docstring.docstr_parser import (
    ParsedArgument,
    ParsedDoc,
    ParsedRaises,
    ParsedReturns,
    find_default,
    split_type,
)
from pyglove.utils.lazy_module import inspect

_ARGS = frozenset(["Arguments", "Args", "Parameters", "Params", "Attributes"])
_NUMPY_ARGS = _ARGS | {"Other Parameters", "Other Params", "Other Args"}
_RAISES = frozenset(["Raises", "Exceptions", "Except"])
_NUMPY_RAISES = _RAISES | {"Raise", "Warns"}
_RETURNS = frozenset(("Returns",))
_YIELDS = frozenset(("Yields",))
_EXAMPLES = frozenset(("Example", "Examples"))

# Patterns are compiled on first use, because most programs do not need them.
_GOOGLE_TITLE = (
    "(?m)^("
    + "|".join(sorted(_ARGS | _RAISES | _RETURNS | _YIELDS | _EXAMPLES))
    + r"):[ \t]*$"
)
_NUMPY_TITLE = r"(?m)^(\w[\w ]*)\n-{3,}[ \t]*$"
_NUMPY_DEFAULT = r"\b[Dd]efault(?:s to| is| =|:)?\s+([\w.\-]*\w)"
_NUMPY_TYPE_WITH_DEFAULT = r"(.*?), default(?: is|[:=])?\s*(.+)"


def parse_google(text: str) -> ParsedDoc:
    """Parses a docstring with sections such as `Args:`, indented below the title."""
    doc = ParsedDoc()
    titles = list(re.finditer(_GOOGLE_TITLE, text))
    ends = [*(match.start() for match in titles), len(text)][1:]
    sections = [
        (match, _google_entries(match.group(1), text[match.end() : end]))
        for match, end in zip(titles, ends, strict=True)
    ]
    if any(entries is None for _, entries in sections):
        # A line that looks like a title does not start a section.
        sections = []
    doc.describe(text[: sections[0][0].start()] if sections else text)
    for match, entries in sections:
        for entry in entries or ():
            _add_google_entry(doc, match.group(1), entry)
    return doc


def _google_entries(title: str, body: str) -> list[str] | None:
    """Returns the entries of a section, or None if it cannot be split."""
    body = body.strip("\n")
    indent = len(body) - len(body.lstrip(" "))
    if not indent:
        return []
    lines: list[str] = []
    for line in body.split("\n"):
        if line.strip() and not line.startswith(" " * indent):
            break
        lines.append(line[indent:])
    if title not in _ARGS and title not in _RAISES:
        return ["\n".join(lines)]
    entries: list[str] = []
    for line in lines:
        if line[:1].strip():
            entries.append(line)
        elif entries:
            entries[-1] += "\n" + line
    if any(":" not in entry for entry in entries):
        return None
    return entries


def _add_google_entry(doc: ParsedDoc, title: str, entry: str) -> None:
    doc.num_entries += 1
    if title in _EXAMPLES:
        doc.examples.append(entry.strip())
        return
    head, colon, rest = entry.partition(":")
    if title in _RETURNS or title in _YIELDS:
        # A colon follows a type, unless it starts a reST role.
        has_type = colon and "\n" not in head and rest[:1].isspace()
        description = rest if has_type else entry
        doc.returns.append(ParsedReturns(_unindent(description), title in _YIELDS))
        return
    if title in _RAISES:
        doc.raises.append(ParsedRaises(_unindent(rest), head.strip()))
        return
    arg = ParsedArgument(head.strip(), _unindent(rest))
    match = re.fullmatch(r"(.*\S)\s*\((.+)\)", arg.name)
    if match:
        arg.name = match.group(1)
        arg.type_name, arg.is_optional = split_type(match.group(2))
    arg.default = find_default(arg.description or "")
    doc.args.append(arg)


def parse_numpydoc(text: str) -> ParsedDoc:
    """Parses a docstring with sections whose titles are underlined."""
    doc = ParsedDoc()
    titles = [
        match
        for match in re.finditer(_NUMPY_TITLE, text)
        if match.group(1) in _NUMPY_TITLES
    ]
    doc.describe(text[: titles[0].start()] if titles else text)
    all_starts = [match.start() for match in re.finditer(_NUMPY_TITLE, text)]
    for match in titles:
        end = min((s for s in all_starts if s > match.start()), default=len(text))
        _add_numpy_section(doc, match.group(1), text[match.end() : end].strip("\n"))
    return doc


_NUMPY_TITLES = (
    _NUMPY_ARGS
    | _NUMPY_RAISES
    | _RETURNS
    | _YIELDS
    | _EXAMPLES
    | {"Return", "Yield", "Notes", "References", "See Also", "Warnings"}
)


def _add_numpy_section(doc: ParsedDoc, title: str, body: str) -> None:
    if title in _EXAMPLES:
        doc.num_entries += 1
        doc.examples += _numpy_examples(body)
        return
    is_yield = title in ("Yield", "Yields")
    is_returns = is_yield or title in ("Return", "Returns")
    if not is_returns and title not in _NUMPY_ARGS and title not in _NUMPY_RAISES:
        doc.num_entries += 1
        return
    for head, description in _numpy_entries(body):
        doc.num_entries += 1
        if is_returns:
            name, colon, _ = head.partition(" : ")
            doc.returns.append(
                ParsedReturns(description, is_yield, name.strip() if colon else None)
            )
        elif title in _NUMPY_RAISES:
            doc.raises.append(ParsedRaises(description, head))
        else:
            doc.args.append(_numpy_argument(head, description))


def _numpy_examples(body: str) -> list[str]:
    """Returns the text between the lines of code."""
    import textwrap

    texts: list[list[str]] = [[]]
    is_code = False
    for line in textwrap.dedent(body).split("\n"):
        is_code = line.startswith(">>>") or (is_code and line.startswith("..."))
        if not is_code:
            texts[-1].append(line)
        elif texts[-1]:
            texts.append([])
    examples = ["\n".join(lines).strip() for lines in texts]
    return [example for example in examples if example]


def _numpy_entries(body: str) -> list[tuple[str, str | None]]:
    entries: list[list[str]] = []
    for line in body.split("\n"):
        if line[:1].strip():
            entries.append([line])
        elif entries:
            entries[-1].append(line)
    return [
        (head, inspect.cleandoc("\n".join(rest)) or None) for head, *rest in entries
    ]


def _numpy_argument(head: str, description: str | None) -> ParsedArgument:
    name, colon, type_name = head.partition(" : ")
    arg = ParsedArgument(name.strip(), description)
    if not colon:
        return arg
    match = re.fullmatch(_NUMPY_TYPE_WITH_DEFAULT, type_name.strip())
    if match:
        arg.type_name, arg.default = match.groups()
        arg.is_optional = True
        return arg
    arg.type_name, arg.is_optional = split_type(type_name.strip())
    match = re.search(_NUMPY_DEFAULT, description or "")
    if match:
        arg.default = match.group(1)
    return arg


def _unindent(description: str) -> str:
    # The first line may follow the name on the same line.
    first, _, rest = description.partition("\n")
    return "\n".join(filter(None, (first.strip(), inspect.cleandoc(rest))))
