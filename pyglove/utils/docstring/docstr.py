"""Docstrings as structured values."""

import enum
from typing import Any

from pyglove.utils.docstring.docstr_parser import ParsedDoc, parse_epydoc, parse_rest
from pyglove.utils.docstring.docstr_section_parser import parse_google, parse_numpydoc
from pyglove.utils.late_dataclass import late_dataclass
from pyglove.utils.lazy_module import inspect


class DocStrStyle(enum.Enum):
    """The conventions for docstrings."""

    REST = 1
    GOOGLE = 2
    NUMPYDOC = 3
    EPYDOC = 4


_PARSERS = {
    DocStrStyle.REST: parse_rest,
    DocStrStyle.GOOGLE: parse_google,
    DocStrStyle.NUMPYDOC: parse_numpydoc,
    DocStrStyle.EPYDOC: parse_epydoc,
}


# The stars before the names of variadic parameters, by kind.
_STARS = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}


@late_dataclass
class DocStrEntry:
    """An entry of a docstring.

    Attributes:
      description: The text, or None.
    """

    description: str | None


@late_dataclass
class DocStrExample(DocStrEntry):
    """An example in a docstring."""


@late_dataclass
class DocStrArgument(DocStrEntry):
    """An entry about an argument.

    Attributes:
      name: The name, with stars if the docstring has them.
      type_name: The type, if given.
      default: The text of the default value, if given.
      is_optional: Whether the type is marked as optional; None without a type.
    """

    name: str
    type_name: str | None = None
    default: str | None = None
    is_optional: bool | None = None


@late_dataclass
class DocStrReturns(DocStrEntry):
    """An entry about the value that is returned or yielded.

    Attributes:
      name: The name, if given.
      type_name: The type, if given.
      is_yield: Whether the value is yielded.
    """

    name: str | None = None
    type_name: str | None = None
    is_yield: bool = False


@late_dataclass
class DocStrRaises(DocStrEntry):
    """An entry about an error.

    Attributes:
      type_name: The class of the error.
    """

    type_name: str | None = None


@late_dataclass
class DocStr:
    """A parsed docstring.

    Attributes:
      style: The convention that it follows.
      short_description: Its first line.
      long_description: The text after the first line, up to the first section.
      examples: Its examples.
      args: The entries about arguments, by name.
      returns: The entry about the value that is returned or yielded, or None.
      raises: The entries about errors.
      blank_after_short_description: Whether a blank line follows the first line.

    Example:
      >>> from pyglove.utils import DocStr
      >>> doc = DocStr.parse('''Adds numbers.
      ...
      ... Args:
      ...   x (int): The first number.
      ... ''')
      >>> doc.short_description, doc.args['x'].type_name
      ('Adds numbers.', 'int')
    """

    style: DocStrStyle
    short_description: str | None
    long_description: str | None
    examples: list[DocStrExample]
    args: dict[str, DocStrArgument]
    returns: DocStrReturns | None
    raises: list[DocStrRaises]
    blank_after_short_description: bool = True

    @property
    def description(self) -> str | None:
        """The short and the long description."""
        if self.short_description is None or self.long_description is None:
            return self.short_description
        separator = "\n\n" if self.blank_after_short_description else "\n"
        return self.short_description + separator + self.long_description

    def parameter(self, param: "inspect.Parameter") -> DocStrArgument | None:
        """Returns the entry about a parameter of a signature, or None."""
        return self.args.get(_STARS.get(param.kind.name, "") + param.name)

    @classmethod
    def parse(cls, text: str, style: DocStrStyle | None = None) -> "DocStr":
        """Parses a docstring.

        Args:
          text: The docstring.
          style: Its convention. By default, the one with which most entries are found.

        Returns:
          The parts.
        """
        text = inspect.cleandoc(text) if text else ""
        if style is not None:
            return cls._of(style, _PARSERS[style](text))
        parsed = {s: parse(text) for s, parse in _PARSERS.items()}
        style = max(parsed, key=lambda s: parsed[s].num_entries)
        return cls._of(style, parsed[style])

    @classmethod
    def _of(cls, style: DocStrStyle, parsed: ParsedDoc) -> "DocStr":
        args = [DocStrArgument(**vars(arg)) for arg in parsed.args]
        returns = parsed.returns[0] if parsed.returns else None
        return cls(
            style=style,
            short_description=parsed.short_description,
            long_description=parsed.long_description,
            examples=[DocStrExample(text) for text in parsed.examples],
            args={arg.name: arg for arg in args},
            returns=None
            if returns is None
            else DocStrReturns(
                returns.description, returns.name, is_yield=returns.is_yield
            ),
            raises=[DocStrRaises(r.description, r.type_name) for r in parsed.raises],
            blank_after_short_description=parsed.blank_after_short_description,
        )


def docstr(symbol: Any) -> DocStr | None:
    """Parses the docstring of a class, function or property.

    Args:
      symbol: The class, function or property.

    Returns:
      The parsed docstring, or None if there is none.
    """
    text = getattr(symbol, "__doc__", None)
    return DocStr.parse(text) if text else None
