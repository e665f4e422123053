"""Rebinding: modifying a symbolic tree in one step, or not at all."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from pyglove import utils
from pyglove.symbolic.node import flag
from pyglove.symbolic.node.change import Change, FieldUpdate, has_listener, notify
from pyglove.symbolic.node.error import WritePermissionError
from pyglove.symbolic.node.insertion import Insertion
from pyglove.symbolic.node.node import (
    ATOMS,
    SEALED,
    KeyPath,
    Node,
    node_path,
)
from pyglove.symbolic.tree.binding import release
from pyglove.symbolic.tree.traversal import replacements
from pyglove.utils.path.key_path import parse_keys

MISSING_VALUE = utils.MISSING_VALUE


def is_sealed(node: Node) -> bool:
    """Returns whether `node` may not be modified, scopes considered."""
    if flag.SEALED.open_count:
        sealed = flag.SEALED.get()
        if sealed is not None:
            return sealed
    return bool(node._sym_flags & SEALED)


def rebind(
    node: Node,
    path_value_pairs: Any,
    kwargs: dict[str, Any],
    raise_on_no_change: bool = True,
    notify_parents: bool = True,
    skip_notification: bool | None = None,
) -> None:
    """Modifies places in the tree under `node`; on an error nothing is modified.

    Args:
      node: Root of the subtree to modify.
      path_value_pairs: A dict of paths to new values, a rebinder function of
        (path, value) or (path, value, parent), or None.
      kwargs: More new values, by key of `node`.
      raise_on_no_change: Whether having nothing to modify is an error.
      notify_parents: Whether ancestors of `node` are notified, too.
      skip_notification: True notifies nobody, False whoever listens; None leaves
        it to the scope.

    Raises:
      ValueError: if there is nothing to modify, or a value is not accepted.
      TypeError: if the type of a value, or the rebinder, is not accepted.
      KeyError: if a path does not lead to a place that can be modified.
      WritePermissionError: if a node to be modified is sealed.
    """
    if path_value_pairs is None:
        updates: Mapping[Any, Any] = kwargs
    else:
        updates = _updates_of(node, path_value_pairs)
        if kwargs:
            updates = {**updates, **kwargs}
    if not updates and raise_on_no_change:
        raise utils.PyGloveValueError(
            utils.message_on_path("There are no values to rebind.", node_path(node))
        )
    if not updates and callable(path_value_pairs):
        return
    if node._sym_flags & SEALED or flag.SEALED.open_count:
        refuse_if_sealed(node)
    if not updates:
        return
    root = None if notify_parents else node
    if node._sym_rebinds_itself:
        pairs = {_as_path(node, k): v for k, v in updates.items()}
        rebinds: Any = node
        notify([u.change for u in rebinds._sym_rebind(pairs)], root, skip_notification)
        return
    if len(updates) == 1:
        [(key, value)] = updates.items()
        if value is not MISSING_VALUE:
            target = node
            if path_value_pairs is not None or not key.isidentifier():
                target, key = _locate(node, key)
            # Nothing was done yet when the only assignment fails.
            _rebind_one(target, key, value, root, skip_notification)
            return
    changes = _assign_all(node, updates)
    if changes:
        notify(changes, root, skip_notification)


def assign_all(node: Node, path_value_pairs: Mapping[Any, Any]) -> list[FieldUpdate]:
    """Carries out all assignments, or none of them, and returns what was modified."""
    return [FieldUpdate.of(c) for c in _assign_all(node, path_value_pairs)]


def _as_path(root: Node, key: Any) -> KeyPath:
    """Returns what `_locate` understands as a path from `root`."""
    if type(key) is not _Place:
        return KeyPath.from_value(key)
    keys, parent = [key.key], key.node
    while parent is not root and parent._sym_parent is not None:
        keys.append(parent._sym_key)
        parent = parent._sym_parent
    return KeyPath(keys[::-1])


def _rebind_one(
    target: Node,
    key: Any,
    value: Any,
    root: Node | None,
    skip_notification: bool | None,
) -> None:
    """Modifies one place and notifies whoever listens."""
    if target._sym_flags & SEALED or flag.SEALED.open_count:
        refuse_if_sealed(target)
    old, new = target._sym_assign(key, value)
    if is_same(old, new):
        return
    if not skip_notification and has_listener(target):
        if isinstance(target, list):
            key = _index(target, key, old)
        notify((Change(target, key, old, new),), root, skip_notification)


def _index(target: Any, key: int, old: Any) -> int:
    """Returns where an item of a list was modified, for whatever index was given."""
    size = len(target) - (old is MISSING_VALUE)
    return key + size if key < 0 else min(key, size)


def refuse_if_sealed(node: Node) -> None:
    """Raises an error if `node` may not be modified."""
    if is_sealed(node):
        raise WritePermissionError(f"Cannot rebind a sealed {type(node).__name__}.")


def is_same(old: Any, new: Any) -> bool:
    """Returns whether replacing `old` by `new` is no change at all."""
    if old is new:
        return True
    kind = type(new)
    if kind is not type(old) or kind not in ATOMS or old != new:
        return False
    # Zeros may differ in their sign.
    return bool(new) or kind not in _SIGNED or repr(old) == repr(new)


_SIGNED = frozenset((float, complex))


def is_reset(value: Any, new: Any) -> bool:
    """Returns whether an assignment gives a place its default, which is a change.

    Args:
      value: What was assigned.
      new: What is there now.
    """
    return value is MISSING_VALUE and not isinstance(new, utils.MissingValue)


def _assign_all(node: Node, updates: Mapping[Any, Any]) -> list[Change]:
    """Carries out all assignments, or none of them."""
    changes: list[tuple[int, Change]] = []
    # For each step what undoes it, what was given, and what became of that.
    undo: list[tuple[Callable[[], None], Any, Any]] = []
    purge: dict[int, Node] = {}
    if isinstance(node, list):
        places = _by_place(node, updates)
    else:
        places = [(0, path, value) for path, value in updates.items()]
    try:
        for rank, path, value in places:
            target, key = _locate(node, path)
            refuse_if_sealed(target)
            restore = target._sym_undo(key, value)
            old, new = target._sym_assign(key, value)
            given = value.value if isinstance(value, Insertion) else value
            undo.append((restore, given, new))
            if not is_same(old, new) or is_reset(value, new):
                if isinstance(target, list):
                    key = _index(target, key, old)
                changes.append((rank, Change(target, key, old, new)))
                if new is MISSING_VALUE:
                    purge[id(target)] = target
        for target in purge.values():
            purged = target._sym_purge()
            if purged is not None:
                undo.append((purged, None, None))
    except BaseException:
        for restore, given, taken in reversed(undo):
            restore()
            if given is not taken and isinstance(taken, Node):
                release(taken, [given])
        raise
    changes.sort(key=lambda ranked: ranked[0])
    return [change for _, change in changes]


def _by_place(node: Any, updates: Mapping[Any, Any]) -> list[tuple[int, Any, Any]]:
    """Returns the updates of a list in an order in which each acts on its own place.

    What is inserted must not move what other updates are about: the last place comes
    first. Items that are appended come before all others, and keep their order.

    Returns:
      Rank (by place), path and value of each update.
    """
    places: list[tuple[KeyPath, Any, Any]] = []
    for path, value in updates.items():
        if type(path) is _Place:
            break  # A rebinder inserts nothing.
        keys = KeyPath.from_value(path).keys
        if not keys or not isinstance(keys[0], int):
            break  # It is refused where it is located.
        first = keys[0] + len(node) if keys[0] < 0 else keys[0]
        places.append((KeyPath([first, *keys[1:]]), path, value))
    else:
        places.sort(key=lambda place: place[0])
        ranked = [(i, path, value) for i, (_, path, value) in enumerate(places)]
        count = sum(place.keys[0] < len(node) for place, _, _ in places)
        return [*ranked[count:], *reversed(ranked[:count])]
    return [(i, path, value) for i, (path, value) in enumerate(updates.items())]


def _locate(node: Node, path: Any) -> tuple[Node, Any]:
    """Returns the node and the key that `path`, relative to `node`, denotes."""
    if type(path) is str:
        if path.isidentifier():
            return node, path
        keys: Any = parse_keys(path)
    elif isinstance(path, KeyPath):
        keys = path._keys
    elif isinstance(path, str):
        keys = parse_keys(path)
    elif type(path) is _Place:
        return path.node, path.key
    elif isinstance(path, (int, utils.StrKey)):
        return node, path
    else:
        raise utils.PyGloveValueError(
            utils.message_on_path(
                f"Expected a path to rebind, got {path!r}.", node_path(node)
            )
        )
    count = len(keys)
    if count < 2:
        if count == 1:
            return node, keys[0]
        raise utils.PyGloveKeyError(
            utils.message_on_path(
                f"Root key '$' cannot be used in {type(node).__name__}.rebind. "
                "Rebind its parent instead.",
                node_path(node),
            )
        )
    target: Any = node
    for i in range(count - 1):
        try:
            if isinstance(target, Node):
                child = target._sym_rawget(keys[i])
            else:
                child = target[keys[i]]
        except (KeyError, IndexError, TypeError):
            raise utils.PyGloveKeyError(
                f"Path {KeyPath(keys[: i + 1])} does not exist: key {keys[i]!r} is "
                f"absent from innermost value {target!r}."
            ) from None
        if not isinstance(child, Node) and (
            i == count - 2 or not isinstance(child, tuple)
        ):
            raise utils.PyGloveKeyError(
                f"Cannot rebind key {keys[i + 1]!r}: {child!r} is not a "
                f"symbolic type. (path={str(KeyPath(keys[: i + 1]))!r})"
            )
        target = child
    return target, keys[-1]


def _updates_of(node: Node, path_value_pairs: Any) -> Mapping[Any, Any]:
    """Returns what the first argument of `rebind` asks for, as a mapping."""
    if isinstance(path_value_pairs, Mapping):
        return path_value_pairs
    if callable(path_value_pairs):
        return _run_rebinder(node, path_value_pairs)
    raise utils.PyGloveValueError(
        utils.message_on_path(
            "Argument 'path_value_pairs' should be a dict. Encountered "
            f"{path_value_pairs!r}",
            node_path(node),
        )
    )


class _Place:
    """A place in a tree that needs not be looked for."""

    __slots__ = ("key", "node")

    def __init__(self, node: Node, key: Any):
        self.node = node
        self.key = key


def _run_rebinder(node: Node, rebinder: Callable[..., Any]) -> dict[Any, Any]:
    """Returns new values by the places where a rebinder wants them."""
    parameters = inspect.signature(rebinder).parameters.values()
    is_variadic = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    count = sum(
        p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters
    )
    if is_variadic or count == 3:
        replace = rebinder
    elif count == 2:

        def replace(path: KeyPath, value: Any, parent: Any) -> Any:
            del parent
            return rebinder(path, value)

    else:
        raise utils.PyGloveTypeError(
            f"Rebinder function {getattr(rebinder, '__qualname__', rebinder)!r} "
            "should accept 2 or 3 arguments (key_path, value, [parent]). "
            f"Encountered: {list(parameters)!r}."
        )
    return {
        path if parent is None else _Place(parent, path.key): value
        for path, parent, value in replacements(node, replace)
    }
