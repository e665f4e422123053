"""Classes that the tests of the object model share."""

from typing import Any

import pyglove as pg


class Leaf(pg.Object):
    x: int
    y: float = 1.0
    z: str = "a"


class Tree(pg.Object):
    name: str
    leaves: list[Leaf] = []
    table: dict[str, Any] = {}
    left: Leaf | None = None
    right: Any = None


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


def notes() -> list[Any]:
    """Returns the notes since the last call."""
    taken = NOTES[:]
    NOTES.clear()
    return taken


def make_tree() -> Tree:
    return Tree("t", [Leaf(1), Leaf(2)], {"k": [1, 2]}, Leaf(3), {"q": [Leaf(4)]})


def check_links(node: Any) -> None:
    """Asserts that every node below knows its parent and its key."""
    for key, child in node.sym_items():
        if isinstance(child, pg.Symbolic):
            assert child.sym_parent is node
            assert child._sym_key == key
            assert node.sym_getattr(key) is child
            check_links(child)
