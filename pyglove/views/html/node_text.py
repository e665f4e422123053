"""Texts of nodes for tooltips, made of the texts of their children.

`utils.format` would write the same; nodes that it would write in another way have no
`NodeText`, or none for their values.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pyglove.symbolic import Dict as SymbolicDict
from pyglove.symbolic import List as SymbolicList
from pyglove.symbolic import Object, Ref
from pyglove.symbolic.internal import formats_as_usual
from pyglove.utils import StrKey

# Lists whose text is no longer are put on one line.
_LINE_CHARACTERS = 80
Children = Sequence[tuple[Any, Any]]


class NodeText:
    """The children of the nodes of a class, and how texts of these make a text.

    Attributes:
      children: Returns the children of a node, with their keys.
      text: Returns the text of a node, its children, and the texts of these; None if
        it has to be made in the general way.
    """

    def __init__(
        self,
        children: Callable[[Any], Children],
        text: Callable[[Any, Children, list[str]], str | None],
    ) -> None:
        self.children = children
        self.text = text


def node_text_of(cls: type) -> NodeText | None:
    """Returns how texts of nodes of a class are made, or None for other classes."""
    found = _CONTAINERS.get(cls)
    if found is None and issubclass(cls, Object) and not issubclass(cls, Ref):
        return NodeText(_sym_items, _object_text if formats_as_usual(cls) else _no_text)
    return found


def _sym_items(node: Any) -> Children:
    return list(node.sym_items())


def _no_text(node: Any, children: Children, texts: list[str]) -> None:
    return None


def _within(text: str) -> str:
    """The text of a child, indented."""
    return text.replace("\n", "\n  ") if "\n" in text else text


def _lines(opening: str, items: list[str], closing: str) -> str:
    if not items:
        return opening + closing
    return f"{opening}\n  " + ",\n  ".join(items) + f"\n{closing}"


def _object_text(node: Any, children: Children, texts: list[str]) -> str | None:
    items = []
    fields = type(node).__schema__
    for (key, _), text in zip(children, texts, strict=True):
        if type(key) is not str or key[:1] == "\n":
            return None
        field = fields.get(key)
        if field is None or not field.frozen:
            items.append(f"{key}={_within(text)}")
    return _lines(f"{type(node).__name__}(", items, ")")


def _dict_text(node: Any, children: Children, texts: list[str]) -> str | None:
    items = [
        f"{key!r}: {_within(text)}"
        for (key, _), text in zip(children, texts, strict=True)
    ]
    return _lines("{", items, "}")


def _symbolic_dict_text(node: Any, children: Children, texts: list[str]) -> str | None:
    fields = node.value_spec is not None
    items = []
    for (key, _), text in zip(children, texts, strict=True):
        if type(key) is StrKey:
            return None
        field = node.sym_attr_field(key) if fields else None
        if field is None or not field.frozen:
            items.append(f"{key!r}: {_within(text)}")
    return _lines("{", items, "}")


def _symbolic_list_text(node: Any, children: Children, texts: list[str]) -> str:
    return _lines("[", [_within(text) for text in texts], "]")


def _sequence_text(node: Any, children: Children, texts: list[str]) -> str:
    is_list = isinstance(node, list)
    opening, closing = "[]" if is_list else "()"
    items = [_within(text) for text in texts]
    comma = "," if len(items) == 1 and not is_list else ""
    if sum(map(len, items)) + 2 * len(items) <= _LINE_CHARACTERS:
        return f"{opening}{', '.join(items)}{comma}{closing}"
    return f"{opening}\n  " + ",\n  ".join(items) + f"{comma}\n{closing}"


def _indexed(values: Any) -> Children:
    return list(enumerate(values))


_CONTAINERS: dict[type, NodeText] = {
    dict: NodeText(lambda node: list(node.items()), _dict_text),
    list: NodeText(_indexed, _sequence_text),
    tuple: NodeText(_indexed, _sequence_text),
    SymbolicDict: NodeText(_sym_items, _symbolic_dict_text),
    SymbolicList: NodeText(
        lambda node: _indexed(node.sym_values()), _symbolic_list_text
    ),
}
