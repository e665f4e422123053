"""The node: what every element of a symbolic tree is, and how trees hold together.

A node knows its parent and its key under that parent, nothing more; paths are
computed when somebody asks. This module places nodes under parents and takes
them away again. What acts on whole trees stands in `traversal` and its users.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, TypeVar

from pyglove import utils
from pyglove.typing import CustomTyping, Field

KeyPath = utils.KeyPath
MethodT = TypeVar("MethodT", bound=Callable[..., Any])
_new: Any = object.__new__

# Bits of `Node._sym_flags`. The first two are inherited by ancestors, so that a
# tree without them is known to be plain without a walk.
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
    """A value that stands for another one, which is found when it is read.

    Fields that hold such a value read as what `infer` returns; `sym_getattr` gives
    the value itself. `pg.Ref` and `pg.InferredValue` are the two kinds. A class of
    another kind has `infer` and `custom_apply` (see `pg.typing.CustomTyping`); where
    it has `sym_setparent` and `sym_setpath`, these are called with its place.
    """

    __slots__ = ()

    accepts_lazy_path: ClassVar[bool] = False

    def infer(self, **kwargs: Any) -> Any:
        """Returns the value that this one stands for."""
        raise NotImplementedError

    def custom_apply(self, *args: Any, **kwargs: Any) -> tuple[bool, Any]:
        """Decides how a value spec applies to this value."""
        raise NotImplementedError


# Not a base class, whose metaclass would make each test for references slower.
CustomTyping.register(Inferential)


class Node:
    """An element of a symbolic tree.

    `_sym_parent`, `_sym_key` and `_sym_flags` are plain attributes: compiled
    constructors write them directly. Concrete nodes are `Object`, `List` and
    `Dict`; each implements the five methods below, on which everything that acts
    on trees is built.
    """

    _sym_parent: "Node | None" = None
    _sym_key: Any = None
    _sym_flags: int = 0
    # Whether `node.key = value` is permitted.
    _sym_writable: bool = True
    # Where a root stands when it was told so; None otherwise.
    _sym_root_path: KeyPath | None = None
    # The node whose parts this one shows, if it is not a node of its own.
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
        """Checks `value`, puts it at `key` and returns the previous value.

        Args:
          key: Key of a child, which need not exist yet.
          value: The value; `pg.MISSING_VALUE` resets or removes.

        Returns:
          A pair of the symbolic values before and now. Nobody is notified.
        """
        raise NotImplementedError

    def _sym_resolve_reads(self) -> None:
        """Called before a value is stored that reads have to resolve."""

    def _sym_undo(self, key: Any, value: Any) -> Callable[[], None]:
        """Returns a function that undoes a coming `_sym_assign(key, value)`.

        Args:
          key: Key of the child that is going to be modified.
          value: What is going to be assigned.
        """
        raise NotImplementedError

    def _sym_purge(self) -> Callable[[], None] | None:
        """Removes children that `_sym_assign` has marked as missing.

        Returns:
          A function that undoes the removal, or None if there was nothing to do.
        """
        return None

    def sym_attr_field(self, key: Any) -> Field | None:
        """Returns the field for `key`, or None where anything is accepted."""
        raise NotImplementedError

    def _sym_clone_node(
        self, deep: bool, memo: dict[int, Any], parent: "Node | None", key: Any
    ) -> Any:
        """Returns a copy of this subtree that stands at `key` of `parent`.

        Args:
          deep: Whether values that are not nodes are copied, too.
          memo: Memo of `copy.deepcopy`, used for deep copies.
          parent: Parent of the copy. Storing it there is left to the caller.
          key: Key of the copy under `parent`.
        """
        raise NotImplementedError

    def _sym_can_defer(self) -> bool:
        """Returns whether a copy may get its children when they are read."""
        return False

    def _sym_begin_clone(self) -> Any:
        """Returns an empty node that is to become a copy of this one."""
        raise NotImplementedError

    def _sym_put_clone(self, key: Any, value: Any) -> None:
        """Stores a copied value in a copy that has been begun."""
        raise NotImplementedError

    def _sym_end_clone(
        self, source: Any, deep: bool, parent: "Node | None", key: Any
    ) -> None:
        """Finishes this copy of `source`, which stands at `key` of `parent`."""
        raise NotImplementedError


def default_hook(method: MethodT) -> MethodT:
    """Marks a method as a default, so that callers can tell whether it is overridden.

    Hooks that do nothing need not be called; conversions and copies that do the usual
    need not be asked.
    """
    function: Any = getattr(method, "__func__", method)
    function._sym_is_default = True
    return method


def is_default(cls: Any, name: str) -> bool:
    """Returns whether a class has the default version of a method."""
    method = getattr(cls, name, None)
    return hasattr(getattr(method, "__func__", method), "_sym_is_default")


# How plain containers become nodes: filled by the modules that define those.
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
            break  # It was told its parent, but is not stored there.
        node = parent
    keys.reverse()
    return KeyPath(keys, node._sym_root_path)


def child_path(node: Node, key: Any) -> KeyPath:
    """Returns the path of what stands (or would stand) at `key` of `node`."""
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
    """Sets inherited `flags` on `node` and on its ancestors.

    Args:
      node: Where to start.
      flags: Bits of `INHERITED`. The walk ends at the first node that has them.
    """
    while node is not None:
        have = node._sym_flags
        if have & flags == flags:
            return
        node._sym_flags = have | flags
        node = node._sym_parent


def adopt(
    parent: Node, key: Any, child: Node, newcomers: list[Node] | None = None
) -> Node:
    """Makes `child` stand at `key` of `parent`, and returns what stands there.

    Args:
      parent: The node that takes the child. The value itself is stored by the
        caller.
      key: Key of the child under `parent`.
      child: The node to place.
      newcomers: Receives a child that listens, to be passed to `introduce` by the
        caller once `parent` is complete; None where that is done at once.

    Returns:
      `child`, or a copy of it when it already has another place. Use `pg.Ref` to
      have one node in two places.
    """
    if child._sym_parent is not None or child._sym_subject is not None:
        if child._sym_parent is parent and child._sym_key == key:
            return child
        child = child._sym_clone_node(False, {}, None, None)
    flags = child._sym_flags & INHERITED
    if flags & LISTENS_TO_MOVES:
        _enter(parent, key, child)
        raise_flags(parent, flags)
        if newcomers is None:
            introduce(parent, [child])
        else:
            newcomers.append(child)
        return child
    child._sym_parent = parent
    child._sym_key = key
    if flags:
        raise_flags(parent, flags)
    return child


def _enter(parent: Node, key: Any, child: Node) -> None:
    """Places a child that listens, and tells its subtree of the new paths.

    It learns of the path before it has a parent, which may be far from complete.
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


def introduce(parent: Node, newcomers: Sequence[Node]) -> None:
    """Tells children that have entered of their parent."""
    for child in newcomers:
        if child._sym_parent is parent:
            call_hook(child, "_on_parent_change", None, parent)


def place_children(node: Node, newcomers: list[Node] | None = None) -> None:
    """Places the children that a node has stored already; see `adopt`."""
    for key, child in list(node.sym_items()):
        if isinstance(child, Node):
            adopt(node, key, child, newcomers)


def disown(parent: Node, child: Any) -> None:
    """Takes `child` out of the tree of `parent`, if it stands there."""
    if not isinstance(child, Node) or child._sym_parent is not parent:
        return
    if child._sym_flags & LISTENS_TO_MOVES:
        # It learns that its parent is gone where it has been, then of the new paths.
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
    """Returns a node that is to be filled; that of a functor is not called."""
    if getattr(cls, "_sym_is_function", False):
        return object.__new__(cls)
    return cls.__new__(cls)


def seal_tree(node: Node, sealed: bool) -> None:
    """Seals or unseals a node and all nodes below it, whatever they are before."""
    todo: list[Any] = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, Node):
            flags = one._sym_flags | SEALED if sealed else one._sym_flags & ~SEALED
            object.__setattr__(one, "_sym_flags", flags)
            todo.extend(value for _, value in one.sym_items())


def rekey(child: Node, key: Any) -> None:
    """Tells `child` that its parent now holds it at `key`."""
    if child._sym_key == key:
        return
    if child._sym_flags & LISTENS_TO_MOVES:
        old_path = node_path(child)
        child._sym_key = key
        notify_path(child, old_path)
    else:
        child._sym_key = key


def notify_path(node: Node, old_path: KeyPath) -> None:
    """Calls the hooks of a subtree that has got a new path.

    Args:
      node: Root of the subtree, already in its new place.
      old_path: Path of `node` before.
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
