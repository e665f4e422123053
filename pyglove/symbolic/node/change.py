"""Changes: records of modifications, and the notification of those who listen.

Each rebind ends with one notification. Every listening node above a modified place gets
one call with all updates below it, children before parents.
"""

import contextlib
import functools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pyglove import utils
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.node import KeyPath, Node, node_path
from pyglove.typing import Field
from pyglove.utils.scope import Scope

MISSING_VALUE = utils.MISSING_VALUE


class Change(NamedTuple):
    """A modification of one place, without its path."""

    target: Node
    key: Any
    old_value: Any
    new_value: Any


class FieldUpdate(utils.Formattable):
    """One modification, as `_on_change` and change callbacks receive it.

    Attributes:
      path: Path from the root of the tree to the modified place.
      target: The node that was modified.
      field: The field of the modified place; None in a container without value spec.
      old_value: The old value; `pg.MISSING_VALUE` if there was none.
      new_value: The new value; `pg.MISSING_VALUE` if it was removed.
    """

    __slots__ = ("field", "new_value", "old_value", "path", "target")

    def __init__(
        self,
        path: KeyPath,
        target: Any,
        field: Field | None,
        old_value: Any,
        new_value: Any,
    ):
        self.path = path
        self.target = target
        self.field = field
        self.old_value = old_value
        self.new_value = new_value

    @classmethod
    def of(cls, change: Change) -> "FieldUpdate":
        """Returns the update that describes a change."""
        target = change.target
        return cls(
            KeyPath(change.key, node_path(target)),
            target,
            target.sym_attr_field(change.key),
            change.old_value,
            change.new_value,
        )

    @property
    def change(self) -> Change:
        """The change that this update describes."""
        return Change(self.target, self.path.key, self.old_value, self.new_value)

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this update; see `pg.format`."""
        return utils.kvlist_str(
            [
                ("parent_path", self._parent_path(), None),
                ("path", self.path, None),
                ("old_value", self.old_value, MISSING_VALUE),
                ("new_value", self.new_value, MISSING_VALUE),
            ],
            label=type(self).__name__,
            compact=compact,
            verbose=verbose,
            root_indent=root_indent,
            **kwargs,
        )

    def _parent_path(self) -> KeyPath | None:
        """Returns the path of the modified node."""
        if isinstance(self.target, Node):
            return node_path(self.target)
        return self.path.parent if self.path else None

    def __eq__(self, other: Any) -> bool:
        return (
            isinstance(other, FieldUpdate)
            and self.path == other.path
            and self.target is other.target
            and self.field is other.field
            and self.old_value == other.old_value
            and self.new_value == other.new_value
        )

    def __ne__(self, other: Any) -> bool:
        return not self == other

    __hash__ = object.__hash__


def has_listener(node: Node | None) -> bool:
    """Returns whether `node` or one of its ancestors listens to changes."""
    while node is not None:
        if node._sym_listens:
            return True
        node = node._sym_parent
    return False


def _somebody_listens(changes: Sequence[Change]) -> bool:
    """Returns whether there is a listening node above any of the changes."""
    quiet: set[int] = set()
    for change in changes:
        node: Node | None = change.target
        while node is not None and id(node) not in quiet:
            if node._sym_listens:
                return True
            quiet.add(id(node))
            node = node._sym_parent
    return False


def notify(
    changes: Sequence[Change],
    root: Node | None = None,
    skip_notification: bool | None = None,
) -> None:
    """Notifies the listening nodes above `changes`.

    Args:
      changes: Modifications in the order in which they were made.
      root: The topmost node to notify; None for the root of the tree.
      skip_notification: True notifies no node, False notifies regardless of the
        scope; None lets the scope decide.
    """
    if skip_notification or (
        flag.NOTIFY_ON_CHANGE.open_count
        and skip_notification is None
        and not flag.NOTIFY_ON_CHANGE.get()
    ):
        return
    if not _somebody_listens(changes):
        return
    nodes: dict[int, Node] = {}
    updates: dict[int, dict[KeyPath, FieldUpdate]] = {}
    for change in changes:
        _collect(change, root, nodes, updates)
    for node in _children_first(nodes):
        node._on_change(updates[id(node)])  # type: ignore[attr-defined]


# Changes that a value spec makes while it is bound. They are notified once the
# outermost container is complete.
_TOGETHER: Scope[list[Change] | None] = Scope("together", None)


@contextlib.contextmanager
def reported_together() -> Iterator[list[Change]]:
    """Collects changes, and notifies each of them when the outermost block ends.

    Yields:
      A list for the changes. If the block fails, they are not notified.
    """
    outer = _TOGETHER.get() if _TOGETHER.open_count else None
    if outer is not None:
        yield outer
        return
    changes: list[Change] = []
    with _TOGETHER.hold(changes):
        yield changes
    for change in changes:
        notify((change,))


def _collect(
    change: Change,
    root: Node | None,
    nodes: dict[int, Node],
    updates: dict[int, dict[KeyPath, FieldUpdate]],
) -> None:
    """Files an update of `change` under every listening node above it."""
    target = change.target
    if target._sym_subject is not None:
        target = target._sym_subject
    update = FieldUpdate.of(change._replace(target=target))
    keys = [change.key]
    node: Node | None = target
    while node is not None:
        if node._sym_listens:
            nodes[id(node)] = node
            updates.setdefault(id(node), {})[KeyPath(keys[::-1])] = update
        if node is root:
            return
        keys.append(node._sym_key)
        node = node._sym_parent


def _children_first(nodes: dict[int, Node]) -> list[Node]:
    """Orders nodes by path, the last path first, so that children precede."""
    if len(nodes) == 1:
        return list(nodes.values())
    paths = [(node_path(node).keys, node) for node in nodes.values()]
    paths.sort(key=functools.cmp_to_key(_compare_keys), reverse=True)
    return [node for _, node in paths]


def _compare_keys(left: tuple[Any, Node], right: tuple[Any, Node]) -> int:
    for x, y in zip(left[0], right[0], strict=False):
        if x == y:
            continue
        if isinstance(x, int) == isinstance(y, int):
            return -1 if x < y else 1
        return -1 if isinstance(x, int) else 1
    return len(left[0]) - len(right[0])
