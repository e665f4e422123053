"""Plain forms: fast JSON values and texts of trees under default options.

`formatting` writes any tree with any options. Most trees are written with default
options and consist of objects, lists, dicts and atoms only; for these, each class of
nodes has a faster method. Other values are left to `formatting`, which defines the
result.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from pyglove import utils
from pyglove.symbolic.node.node import ATOMS, JSON_ATOMS, Node
from pyglove.symbolic.node.own_method import formats_as_usual
from pyglove.utils.formatting import has_text_options
from pyglove.utils.serialization.json_mark import DICT_MARKS, LIST_MARKS

_STR = frozenset((str,))

# How atoms are written in JSON text.
JSON_TEXTS: dict[type, Callable[[Any], str]] = {
    str: json.encoder.encode_basestring_ascii,
    int: int.__repr__,
    float: json.dumps,  # This also writes NaN and infinities.
    bool: json.dumps,
    type(None): json.dumps,
}
_quote = JSON_TEXTS[str]


class NotPlain(Exception):
    """Raised if a tree holds a value that only `formatting` can write."""


class PlainForm(Node):
    """A node with default implementations of the plain forms."""

    __str_format_kwargs__: ClassVar[dict[str, Any]] = {
        "compact": False,
        "verbose": False,
    }

    def _sym_pairs(self) -> Sequence[tuple[Any, Any]]:
        """Returns the keys and symbolic values of the children."""
        return list(self.sym_items())

    def _sym_json(self) -> Any:
        """Returns this tree as a JSON value; raises `NotPlain` if it cannot."""
        raise NotPlain

    def _sym_json_text(self) -> str:
        """Returns the text of the JSON value; raises `NotPlain` as `_sym_json`."""
        raise NotPlain

    def _sym_lines(self, indent: int) -> str:
        """Returns the text that `str` shows, at a depth of `indent` levels."""
        return foreign_text(self, False, indent, self._sym_parent)

    def _sym_line(self, indent: int) -> str:
        """Returns the text that `repr` shows."""
        return foreign_text(self, True, indent, self._sym_parent)


def json_of(value: Any) -> Any:
    """Returns a part of a tree as a JSON value.

    Args:
      value: A value that is in one place only, or is immutable.

    Raises:
      NotPlain: if the value contains one that may be shared, that has its own form, or
        that is missing.
    """
    if isinstance(value, PlainForm):
        return value._sym_json()
    if type(value) in JSON_ATOMS:
        return value
    if type(value) is tuple and JSON_ATOMS.issuperset(map(type, value)):
        return ["__tuple__", *value]
    raise NotPlain


def list_json(node: Any) -> list[Any]:
    """Returns a list with the default JSON form as a JSON value."""
    items = list(list.__iter__(node))
    if items and type(items[0]) is str and items[0] in LIST_MARKS:
        raise NotPlain
    if JSON_ATOMS.issuperset(map(type, items)):
        return items
    return [v if type(v) in JSON_ATOMS else json_of(v) for v in items]


def _check_keys(node: Any) -> None:
    if (
        not node._sym_plan.shows_all
        or not _STR.issuperset(map(type, node))
        or not DICT_MARKS.isdisjoint(node)
    ):
        raise NotPlain


def dict_json(node: Any) -> dict[str, Any]:
    """Returns a dict with the default JSON form as a JSON value."""
    _check_keys(node)
    return {k: v if type(v) in JSON_ATOMS else json_of(v) for k, v in dict.items(node)}


def json_text_of(value: Any) -> str:
    """Returns the text of the JSON value of a part of a tree; see `json_of`."""
    write = JSON_TEXTS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, PlainForm):
        return value._sym_json_text()
    return json.dumps(json_of(value))


def list_json_text(node: Any) -> str:
    """Returns the text of the JSON value of a list; see `list_json`."""
    items = list(list.__iter__(node))
    if items and type(items[0]) is str and items[0] in LIST_MARKS:
        raise NotPlain
    return f"[{', '.join(map(json_text_of, items))}]"


def dict_json_text(node: Any) -> str:
    """Returns the text of the JSON value of a dict; see `dict_json`."""
    _check_keys(node)
    items = [f"{_quote(k)}: {json_text_of(v)}" for k, v in dict.items(node)]
    return f"{{{', '.join(items)}}}"


def text_in_lines(value: Any, indent: int, owner: Node) -> str:
    """Returns the text of a part of a tree as `str` shows it.

    Args:
      value: A child of `owner`.
      indent: The indentation level of the text.
      owner: The node that contains the value.
    """
    if type(value) in ATOMS:
        return repr(value)
    if isinstance(value, PlainForm):
        return value._sym_lines(indent)
    return foreign_text(value, False, indent, owner)


def text_in_line(value: Any, indent: int, owner: Node) -> str:
    """Returns the text of a part of a tree as `repr` shows it; see `text_in_lines`."""
    if type(value) in ATOMS:
        return repr(value)
    if isinstance(value, PlainForm):
        return value._sym_line(indent)
    return foreign_text(value, True, indent, owner)


def foreign_text(value: Any, compact: bool, indent: int, owner: Node | None) -> str:
    """Returns the text of a value that has its own format.

    Args:
      value: Any value.
      compact: Whether to write a single line.
      indent: The indentation level of the text.
      owner: The node that contains the value.
    """
    # Each level of indentation is a node whose text is being written.
    memo: set[int] = set()
    while owner is not None and len(memo) < indent:
        memo.add(id(owner))
        owner = owner._sym_parent
    return utils.format(
        value,
        compact,
        compact,  # `verbose` has no effect on a single line.
        indent,
        memo=memo,
        python_format=False,
        hide_frozen=True,
        hide_default_values=False,
        hide_missing_values=False,
        use_inferred=False,
        extra_blankline_for_field_docstr=False,
    )


def list_lines(node: Any, indent: int) -> str:
    """Returns the text of a list as `str` shows it."""
    below = indent + 1
    return _enclosed(
        "[",
        [
            f"{i} : {text_in_lines(v, below, node)}"
            for i, v in enumerate(list.__iter__(node))
        ],
        "]",
        indent,
    )


def list_line(node: Any, indent: int) -> str:
    """Returns the text of a list on one line."""
    below = indent + 1
    items = [
        f"{i}: {text_in_line(v, below, node)}"
        for i, v in enumerate(list.__iter__(node))
    ]
    return f"[{', '.join(items)}]"


def dict_lines(node: Any, indent: int) -> str:
    """Returns the text of a dict that shows all its items as `str` does."""
    below = indent + 1
    items = [
        f"{k if isinstance(k, (str, utils.StrKey)) else f'[{k}]'} = "
        f"{text_in_lines(v, below, node)}"
        for k, v in dict.items(node)
    ]
    return _enclosed("{", items, "}", indent)


def dict_line(node: Any, indent: int) -> str:
    """Returns the text of a dict that shows all its items on one line."""
    below = indent + 1
    items = [
        f"{k if isinstance(k, (str, utils.StrKey)) else f'[{k}]'}="
        f"{text_in_line(v, below, node)}"
        for k, v in dict.items(node)
    ]
    return f"{{{', '.join(items)}}}"


def _enclosed(opening: str, items: list[str], closing: str, indent: int) -> str:
    if not items:
        return opening + closing
    pad = "\n" + "  " * (indent + 1)
    return f"{opening}{pad}{f',{pad}'.join(items)}\n{'  ' * indent}{closing}"


def shows_as_usual(node: Any) -> bool:
    """Returns whether a node uses the default `str` and `repr` of the library."""
    cls = type(node)
    return formats_as_usual(cls) and not has_text_options(cls, PlainForm)


def shown(node: Any, write: Callable[[int], str], general: Callable[[], str]) -> str:
    """Returns the text of a whole tree, in the plain form if possible."""
    if shows_as_usual(node):
        try:
            return write(0)
        except RecursionError:
            pass
    return general()
