"""Topology: parent, path, ancestors and descendants of a node."""

import enum
from collections.abc import Callable
from typing import Any

from pyglove.symbolic.node.node import (
    LISTENS_TO_MOVES,
    KeyPath,
    Node,
    call_hook,
    node_path,
    node_root,
    notify_path,
)
from pyglove.symbolic.tree import traversal


class DescendantQueryOption(enum.Enum):
    """Which descendants `sym_descendants` returns.

    Attributes:
      ALL: All selected descendants.
      IMMEDIATE: Selected descendants without a selected ancestor.
      LEAF: Selected descendants without selected descendants.
    """

    ALL = 0
    IMMEDIATE = 1
    LEAF = 2


class TopologyAware(Node):
    """A node with access to its position in the tree."""

    @property
    def sym_parent(self) -> Any:
        """The node that contains this one, or None."""
        return self._sym_parent

    def sym_setparent(self, parent: Any) -> None:
        """Sets the parent of this node, without storing this node in it.

        Args:
          parent: The new parent, or None.
        """
        old_parent, path = self._sym_parent, node_path(self)
        if old_parent is not parent:
            self._sym_root_path, self._sym_key = path, None
            self._sym_parent = parent
            call_hook(self, "_on_parent_change", old_parent, parent)

    @property
    def sym_root(self) -> Any:
        """The topmost node of the tree."""
        return node_root(self)

    @property
    def sym_path(self) -> KeyPath:
        """The path of this node from the root of the tree."""
        return node_path(self)

    def sym_setpath(self, path: Any) -> None:
        """Sets the path of this node.

        Args:
          path: The path. If this node has a parent, only the last key counts.
        """
        path, old_path = KeyPath.from_value(path), node_path(self)
        if self._sym_parent is None or self._sym_key is None:
            self._sym_root_path = path
        elif path:
            self._sym_key = path.key
        if self._sym_flags & LISTENS_TO_MOVES:
            notify_path(self, old_path)

    def sym_ancestor(self, where: Callable[[Any], bool] | None = None) -> Any:
        """Returns the nearest ancestor that a predicate selects.

        Args:
          where: A predicate of the ancestor; None selects any.

        Returns:
          The ancestor, or None.
        """
        ancestor = self._sym_parent
        while ancestor is not None and where is not None and not where(ancestor):
            ancestor = ancestor._sym_parent
        return ancestor

    def sym_descendants(
        self,
        where: Callable[[Any], bool] | None = None,
        option: DescendantQueryOption = DescendantQueryOption.ALL,
        include_self: bool = False,
    ) -> list[Any]:
        """Returns the descendants that a predicate selects.

        Args:
          where: A predicate of the descendant; None selects any.
          option: Which of the selected descendants are returned.
          include_self: Whether this node is considered as well.

        Returns:
          The descendants in pre-order.
        """
        return _descendants(self, where or (lambda v: True), option, include_self)


def _descendants(
    root: Node,
    where: Callable[[Any], bool],
    option: DescendantQueryOption,
    include_self: bool,
) -> list[Any]:
    """Implements `sym_descendants`."""
    found: list[Any] = []
    # Whether each of them has a selected descendant.
    is_inner: list[bool] = []
    # Values to visit, and the position in `found` of their nearest selected ancestor.
    pending: list[tuple[Any, int | None]] = [(root, None)]
    while pending:
        value, above = pending.pop()
        if (value is not root or include_self) and where(value):
            if above is not None:
                is_inner[above] = True
            above = len(found)
            found.append(value)
            is_inner.append(False)
            if option is DescendantQueryOption.IMMEDIATE:
                continue
        below = [(v, above) for _, v in traversal.children(value)]
        below.reverse()
        pending.extend(below)
    if option is DescendantQueryOption.LEAF:
        return [v for v, inner in zip(found, is_inner, strict=True) if not inner]
    return found
