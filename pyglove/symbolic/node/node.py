"""The node: an element of a symbolic tree, and its link to its parent.

A node stores its parent and its key under that parent; its path is computed on demand.
This module attaches nodes to parents and detaches them. Functions that act on whole
trees are in `traversal` and its users.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, TypeVar

from pyglove import utils
from pyglove.typing import CustomTyping, Field

KeyPath = utils.KeyPath
MethodT = TypeVar("MethodT", bound=Callable[..., Any])
_new: Any = object.__new__

# Bits of `Node._sym_flags`. The first two are propagated to ancestors, so that a root
# without them has a plain tree, which needs no walk.
SPECIAL = 1  # The subtree may hold placeholders, missing or inferred values.
LISTENS_TO_MOVES = 2  # The subtree has nodes that react to a new parent or path.
SEALED = 4  # This node may not be modified.
PARTIAL = 8  # This node may lack required values.
REFERS = 16  # This object has values that a read resolves (see `ref`, `inferred`).
CUSTOM = 32  # This container has a change callback, or refuses assignments.
UNFINISHED = 64  # No constructor has run; see `object_arguments.checked_init`.
INHERITED = SPECIAL | LISTENS_TO_MOVES

# Types whose values need neither conversion, nor copy, nor a parent.
ATOMS: frozenset[type] = frozenset((int, float, str, bool, type(None), bytes, complex))
# Types whose values are their own JSON form.
JSON_ATOMS = ATOMS - {bytes, complex}


class Inferential:
    """A value that represents another one, which is determined when it is read.

    A read of a field that holds such a value returns the result of `infer`;
    `sym_getattr` returns the value itself. `pg.Ref` and `pg.InferredValue` are the two
    kinds. Other classes implement `infer` and `custom_apply` (see
    `pg.typing.CustomTyping`). If they define `sym_setparent` and `sym_setpath`, these
    are called with their parent and path.
    """

    __slots__ = ()

    accepts_lazy_path: ClassVar[bool] = False

    def infer(self, **kwargs: Any) -> Any:
        """Returns the value that this one represents."""
        raise NotImplementedError

    def custom_apply(self, *args: Any, **kwargs: Any) -> tuple[bool, Any]:
        """Applies a value spec to this value."""
        raise NotImplementedError


# Registered, since a base class with a metaclass would slow down `isinstance`.
CustomTyping.register(Inferential)


class Node:
    """An element of a symbolic tree.

    `_sym_parent`, `_sym_key` and `_sym_flags` are plain attributes, which compiled
    constructors write directly. Concrete nodes are `Object`, `List` and `Dict`. Each
    implements the methods below, on which all functions that act on trees are built.
    """

    _sym_parent: "Node | None" = None
    _sym_key: Any = None
    _sym_flags: int = 0
    # Whether `node.key = value` is permitted.
    _sym_writable: bool = True
    # The path of a root, if one was set.
    _sym_root_path: KeyPath | None = None
    # The node whose children this one shows, if it is a view.
    _sym_subject: "Node | None" = None
    # Whether this class has its own `_sym_rebind`.
    _sym_rebinds_itself: bool = False
    # Whether this class wants `_on_change` calls (overridden hooks or callbacks).
    _sym_listens: bool = False

    def sym_keys(self) -> Iterator[Any]:
        """Iterates over the keys of the symbolic children."""
        raise NotImplementedError

    def sym_items(self) -> Iterator[tuple[Any, Any]]:
        """Iterates over keys and symbolic values (references not resolved)."""
        raise NotImplementedError

    def _sym_rawget(self, key: Any) -> Any:
        """Returns the symbolic value at `key`; raises KeyError if there is none."""
        raise NotImplementedError

    def _sym_assign(self, key: Any, value: Any) -> Any:
        """Checks `value`, stores it at `key` and returns the old and the new value.

        Args:
          key: Key of a child, which need not exist yet.
          value: The value; `pg.MISSING_VALUE` resets or removes.

        Returns:
          The old and the new symbolic value. There is no notification.
        """
        raise NotImplementedError

    def _sym_resolve_reads(self) -> None:
        """Called before a value is stored that has to be resolved when it is read."""

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        """Returns a function that undoes a later `_sym_assign(key, value)`.

        Args:
          key: Key of the child to be assigned.
          value: The value to be assigned.
        """
        raise NotImplementedError

    def _sym_purge(self) -> Callable[[], None] | None:
        """Removes the children that `_sym_assign` has set to `pg.MISSING_VALUE`.

        Returns:
          A function that undoes the removal, or None if nothing was removed.
        """
        return None

    def sym_attr_field(self, key: Any) -> Field | None:
        """Returns the field for `key`, or None if any value is accepted."""
        raise NotImplementedError

    def _sym_clone_node(
        self, deep: bool, memo: dict[int, Any], parent: "Node | None", key: Any
    ) -> Any:
        """Returns a copy of this subtree for `key` of `parent`.

        Args:
          deep: Whether values that are not nodes are copied as well.
          memo: Memo of `copy.deepcopy`, used for deep copies.
          parent: Parent of the copy. The caller stores the copy there.
          key: Key of the copy under `parent`.
        """
        raise NotImplementedError

    def _sym_can_defer(self) -> bool:
        """Returns whether the children of a copy may be copied when they are read."""
        return False

    def _sym_begin_clone(self, parent: "Node | None") -> Any:
        """Returns an empty node that will become a copy of this node for `parent`."""
        raise NotImplementedError

    def _sym_put_clone(self, key: Any, value: Any) -> None:
        """Stores a copied value in this unfinished copy."""
        raise NotImplementedError

    def _sym_end_clone(
        self, source: Any, deep: bool, parent: "Node | None", key: Any
    ) -> None:
        """Finishes this copy of `source` for `key` of `parent`."""
        raise NotImplementedError


def default_hook(method: MethodT) -> MethodT:
    """Marks a method as a default, so that callers can tell whether it is overridden.

    A default hook that does nothing need not be called, and a default conversion or
    copy can be replaced by a faster one.
    """
    function: Any = getattr(method, "__func__", method)
    function._sym_is_default = True
    return method


def is_default(cls: Any, name: str) -> bool:
    """Returns whether a class has the default version of a method."""
    method = getattr(cls, name, None)
    return hasattr(getattr(method, "__func__", method), "_sym_is_default")


# Functions that convert plain containers to nodes, set by the modules of the nodes.
CONVERTERS: dict[type, Callable[..., Any]] = {}


def node_path(node: Node) -> KeyPath:
    """Returns the path from the root of the tree to `node`."""
    parent = node._sym_parent
    if parent is None:
        return node._sym_root_path or KeyPath()
    # Most nodes that are asked are near the root.
    root = parent._sym_parent
    if root is None:
        keys: tuple[Any, ...] = (node._sym_key,)
        root = parent
    elif root._sym_parent is None:
        keys = (parent._sym_key, node._sym_key)
    else:
        return _long_path(node)
    if keys[0] is None or keys[-1] is None:
        return _long_path(node)
    above = root._sym_root_path
    path = _new(KeyPath)
    path._keys = keys if above is None else above._keys + keys
    return path


def _long_path(node: Node) -> KeyPath:
    """Returns the path to a node that has a parent, however deep it is."""
    keys = []
    while (parent := node._sym_parent) is not None:
        if node._sym_key is not None:
            keys.append(node._sym_key)
        elif node._sym_root_path is not None:
            break  # Its parent was set, but does not store it.
        node = parent
    keys.reverse()
    return KeyPath(keys, node._sym_root_path)


def child_path(node: Node, key: Any) -> KeyPath:
    """Returns the path of `key` of `node`, whether or not there is a value."""
    return KeyPath(key, node_path(node))


def node_root(node: Node) -> Node:
    """Returns the topmost ancestor of `node`, or `node` itself."""
    while node._sym_parent is not None:
        node = node._sym_parent
    return node


def is_ancestor(ancestor: Node, node: Node | None) -> bool:
    """Returns whether `ancestor` is `node` itself or a node above it."""
    while node is not None:
        if node is ancestor:
            return True
        node = node._sym_parent
    return False


def raise_flags(node: Node | None, flags: int) -> None:
    """Sets `flags` on `node` and its ancestors.

    Args:
      node: The first node.
      flags: Bits of `INHERITED`. The first ancestor that has them ends the walk.
    """
    while node is not None:
        have = node._sym_flags
        if have & flags == flags:
            return
        node._sym_flags = have | flags
        node = node._sym_parent


def adopt(
    parent: Node, key: Any, child: Node, new_children: list[Node] | None = None
) -> Node:
    """Attaches `child` to `parent` at `key`, and returns the node to store there.

    Args:
      parent: The new parent. The caller stores the child in it.
      key: Key of the child under `parent`.
      child: The node to attach.
      new_children: Receives a child that listens, to be passed to `introduce` by the
        caller once `parent` is complete; None where that is done at once.

    Returns:
      `child`, or a copy of it if it already has another parent. Use `pg.Ref` to have
      one node in two places.
    """
    if child._sym_parent is not None or child._sym_subject is not None:
        if child._sym_parent is parent and child._sym_key == key:
            return child
        child = child._sym_clone_node(False, {}, None, None)
    flags = child._sym_flags & INHERITED
    if flags & LISTENS_TO_MOVES:
        _enter(parent, key, child)
        raise_flags(parent, flags)
        if new_children is None:
            introduce(parent, [child])
        else:
            new_children.append(child)
        return child
    child._sym_parent = parent
    child._sym_key = key
    if flags:
        raise_flags(parent, flags)
    return child


def _enter(parent: Node, key: Any, child: Node) -> None:
    """Attaches a child that listens, and notifies its subtree of the new paths.

    The paths are notified before the parent is set, which may be incomplete.
    """
    old_path, new_path = node_path(child), child_path(parent, key)
    child._sym_root_path = new_path
    try:
        if old_path != new_path:
            _notify_path(child, old_path, new_path)
    finally:
        child._sym_root_path = None
    child._sym_parent = parent
    child._sym_key = key


def introduce(parent: Node, new_children: Sequence[Node]) -> None:
    """Tells children that have entered of their parent."""
    for child in new_children:
        if child._sym_parent is parent:
            call_hook(child, "_on_parent_change", None, parent)


def place_children(node: Node, new_children: list[Node] | None = None) -> None:
    """Attaches the children that a node has stored already; see `adopt`."""
    for key, child in list(node.sym_items()):
        if isinstance(child, Node):
            adopt(node, key, child, new_children)


def disown(parent: Node, child: Any) -> None:
    """Detaches `child` from `parent`, if that is its parent."""
    if not isinstance(child, Node) or child._sym_parent is not parent:
        return
    if child._sym_flags & LISTENS_TO_MOVES:
        # The child is notified of the lost parent under its old path, then of new
        # paths.
        old_path = node_path(child)
        child._sym_root_path = old_path
        child._sym_parent = None
        child._sym_key = None
        call_hook(child, "_on_parent_change", parent, None)
        child._sym_root_path = None
        if old_path:
            _notify_path(child, old_path, KeyPath())
        return
    child._sym_parent = None
    child._sym_key = None
    if child._sym_root_path is not None:
        child._sym_root_path = None


def new_node(cls: Any) -> Any:
    """Returns an empty node, without calling it if it is a functor."""
    if getattr(cls, "_sym_is_function", False):
        return object.__new__(cls)
    return cls.__new__(cls)


def seal_tree(node: Node, sealed: bool) -> None:
    """Seals or unseals a node and all of its descendants."""
    todo: list[Any] = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, Node):
            flags = one._sym_flags | SEALED if sealed else one._sym_flags & ~SEALED
            object.__setattr__(one, "_sym_flags", flags)
            todo.extend(value for _, value in one.sym_items())


def rekey(child: Node, key: Any) -> None:
    """Sets the key of `child` under its parent."""
    if child._sym_key == key:
        return
    if child._sym_flags & LISTENS_TO_MOVES:
        old_path = node_path(child)
        child._sym_key = key
        notify_path(child, old_path)
    else:
        child._sym_key = key


def notify_path(node: Node, old_path: KeyPath) -> None:
    """Calls the hooks of a subtree whose path has changed.

    Args:
      node: Root of the subtree, already at its new path.
      old_path: The previous path of `node`.
    """
    new_path = node_path(node)
    if old_path != new_path:
        _notify_path(node, old_path, new_path)


def _notify_path(node: Node, old_path: KeyPath, new_path: KeyPath) -> None:
    """Calls `_on_path_change` of every listening node, deepest first."""
    pending = [(node, old_path, new_path, False)]
    while pending:
        node, old_path, new_path, children_done = pending.pop()
        if children_done:
            call_hook(node, "_on_path_change", old_path, new_path)
            continue
        pending.append((node, old_path, new_path, True))
        children = [
            (v, KeyPath(k, old_path), KeyPath(k, new_path), False)
            for k, v in node.sym_items()
            if isinstance(v, Node)
            and v._sym_flags & LISTENS_TO_MOVES
            and v._sym_parent is node
        ]
        pending.extend(reversed(children))


def call_hook(node: Node, name: str, old: Any, new: Any) -> None:
    """Calls a hook, if the class of `node` has it."""
    hook = getattr(node, name, None)
    if hook is not None:
        hook(old, new)
