"""Classes, checks and generators that the tests of symbolic trees share."""

from typing import Any

import pytest

import pyglove as pg
from pyglove.symbolic.node.node import REFERS, SPECIAL, Inferential, Node
from pyglove.symbolic.tree.completeness import PureSymbolic


class Leaf(pg.Object):
    """An object whose fields are atoms."""

    x: int
    y: float = 1.0
    z: str = "a"


class Pair(pg.Object):
    """An object that takes anything."""

    n: Any = None
    m: Any = None


class Tree(pg.Object):
    """An object with every kind of child."""

    name: str
    leaves: list[Leaf] = []
    table: dict[str, Any] = {}
    left: Leaf | None = None
    right: Any = None


class Placeholder(pg.Object, PureSymbolic, pg.typing.CustomTyping):
    """Stands for a value that is not known yet."""

    tag: str = ""

    def custom_apply(self, path, value_spec, allow_partial, child_transform=None):
        return False, self


class Log(pg.Object):
    """Notes the calls of its hooks in a list shared by all."""

    a: Any = None
    b: Any = None

    def _on_init(self):
        NOTES.append(("init", str(self.sym_path)))
        super()._on_init()

    def _on_bound(self):
        super()._on_bound()
        NOTES.append(("bound", str(self.sym_path)))

    def _on_change(self, field_updates):
        NOTES.append(("change", str(self.sym_path), [str(k) for k in field_updates]))
        super()._on_change(field_updates)

    def _on_parent_change(self, old_parent, new_parent):
        NOTES.append(("parent", type(old_parent).__name__, type(new_parent).__name__))

    def _on_path_change(self, old_path, new_path):
        NOTES.append(("path", str(old_path), str(new_path)))


NOTES: list[Any] = []


def notes():
    """The notes since the last call."""
    taken = NOTES[:]
    NOTES.clear()
    return taken


def make_tree():
    """A tree with nodes at all depths."""
    return Tree("t", [Leaf(1), Leaf(2)], {"k": [1, 2]}, Leaf(3), {"q": [Leaf(4)]})


def nodes(root):
    """All nodes of a tree, parents first."""
    pending = [root]
    while pending:
        value = pending.pop()
        if isinstance(value, Node):
            yield value
            pending.extend(v for _, v in value.sym_items())


def is_special_below(value):
    """Whether a value is, or contains, something that is not there yet."""
    if isinstance(value, (pg.utils.MissingValue, PureSymbolic)):
        return True
    return isinstance(value, Node) and any(
        is_special_below(v) for _, v in value.sym_items()
    )


def check_tree(root):
    """Asserts that parents, keys and flags of a tree agree with its content."""
    seen = set()
    for node in nodes(root):
        assert id(node) not in seen, "a node has two places"
        seen.add(id(node))
        for key, child in node.sym_items():
            if isinstance(child, Node):
                assert child._sym_parent is node
                assert child._sym_key == key
                assert node._sym_rawget(child._sym_key) is child
                assert child.sym_root is root.sym_root
            if isinstance(child, Inferential):
                assert node.sym_inferred(key) is child.infer()
        if is_special_below(node):
            assert node._sym_flags & SPECIAL
        assert not (node.sym_abstract and not is_special_below(node))


def picture(root):
    """All about a tree that a modification may change, down to identities."""
    found = []
    for node in nodes(root):
        found.append(
            (
                id(node),
                id(node._sym_parent),
                node._sym_key,
                node._sym_flags & ~(SPECIAL | REFERS),
                [(k, id(v) if isinstance(v, Node) else v) for k, v in node.sym_items()],
            )
        )
    return found


def disjoint(left, right):
    """Whether two trees have no node in common."""
    return not {id(n) for n in nodes(left)} & {id(n) for n in nodes(right)}


def fail(act, error, message=None):
    """Acts, and expects one short error of the library's own."""
    with pytest.raises(error, match=message) as raised:
        act()
    assert isinstance(raised.value, pg.PyGloveError)
    assert len(str(raised.value)) < 1_000


def plain(value):
    """A copy of a value made of plain lists and dicts."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list) else pg.clone(value)


def perform(target, operation):
    """What an operation on a container returns, or the builtin class of its error."""
    name, *arguments = operation
    try:
        result = getattr(target, name)(*arguments)
    except (KeyError, IndexError, ValueError, TypeError) as error:
        classes = (KeyError, IndexError, ValueError, TypeError)
        return next(c for c in classes if isinstance(error, c))
    return "self" if result is target else result
