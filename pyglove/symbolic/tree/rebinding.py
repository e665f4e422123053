"""Rebinding: atomic modification of a symbolic tree."""

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
from pyglove.utils.lazy_module import inspect
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
    """Modifies the tree under `node`; an error leaves all of it unchanged.

    Args:
      node: Root of the subtree to modify.
      path_value_pairs: A dict of paths to new values, a rebinder function of
        (path, value) or (path, value, parent), or None.
      kwargs: Further new values, by key of `node`.
      raise_on_no_change: Whether it is an error if there is nothing to modify.
      notify_parents: Whether ancestors of `node` are notified as well.
      skip_notification: True notifies no node, False notifies all listening ones;
        None lets the scope decide.

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
            utils.message_on_path(
                "Expected values to rebind, got none. Pass `raise_on_no_change=False` "
                "if there may be none.",
                node_path(node),
            )
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
            # If the only assignment fails, there is nothing to undo.
            _rebind_one(target, key, value, root, skip_notification)
            return
    changes = _assign_all(node, updates)
    if changes:
        notify(changes, root, skip_notification)


def assign_all(node: Node, path_value_pairs: Mapping[Any, Any]) -> list[FieldUpdate]:
    """Makes all assignments or none, and returns the updates."""
    return [FieldUpdate.of(c) for c in _assign_all(node, path_value_pairs)]


def _as_path(root: Node, key: Any) -> KeyPath:
    """Returns a key that `_locate` accepts as a path from `root`."""
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
    """Modifies one place and notifies the listening nodes."""
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
    """Returns the index of a modified list item as a number from 0 on."""
    size = len(target) - (old is MISSING_VALUE)
    return key + size if key < 0 else min(key, size)


def refuse_if_sealed(node: Node) -> None:
    """Raises an error if `node` may not be modified."""
    if is_sealed(node):
        raise WritePermissionError(
            utils.message_on_path(
                f"Expected a tree that may be modified, got a sealed "
                f"{type(node).__name__}. Call `seal(False)` first.",
                node_path(node),
            )
        )


def is_same(old: Any, new: Any) -> bool:
    """Returns whether a replacement of `old` by `new` changes nothing."""
    if old is new:
        return True
    kind = type(new)
    if kind is not type(old) or kind not in ATOMS or old != new:
        return False
    # Equal zeros may have different signs.
    return bool(new) or kind not in _SIGNED or repr(old) == repr(new)


_SIGNED = frozenset((float, complex))


def is_reset(value: Any, new: Any) -> bool:
    """Returns whether an assignment resets a place to its default.

    A reset counts as a change even if the value was the default before.

    Args:
      value: The assigned value.
      new: The stored value.
    """
    return value is MISSING_VALUE and not isinstance(new, utils.MissingValue)


def _assign_all(node: Node, updates: Mapping[Any, Any]) -> list[Change]:
    """Makes all assignments, or none of them."""
    changes: list[tuple[int, Change]] = []
    # For each step: a function that undoes it, the given and the stored value.
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
    """Returns the updates of a list in an order that keeps their indices valid.

    An insertion must not shift the items that other updates refer to, so the updates
    are made from the last index to the first. Appended items come before all others,
    in their order.

    Returns:
      Rank (by index), path and value of each update.
    """
    places: list[tuple[KeyPath, Any, Any]] = []
    for path, value in updates.items():
        if type(path) is _Place:
            break  # A rebinder inserts nothing.
        keys = KeyPath.from_value(path).keys
        if not keys or not isinstance(keys[0], int):
            break  # `_locate` raises the error.
        first = keys[0] + len(node) if keys[0] < 0 else keys[0]
        places.append((KeyPath([first, *keys[1:]]), path, value))
    else:
        places.sort(key=lambda place: place[0])
        ranked = [(i, path, value) for i, (_, path, value) in enumerate(places)]
        count = sum(place.keys[0] < len(node) for place, _, _ in places)
        return [*ranked[count:], *reversed(ranked[:count])]
    return [(i, path, value) for i, (path, value) in enumerate(updates.items())]


def _locate(node: Node, path: Any) -> tuple[Node, Any]:
    """Returns the node and the key that a path from `node` denotes."""
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
                f"Expected a path below a {type(node).__name__}, got the empty path. "
                "Rebind the parent to replace it.",
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
                utils.message_on_path(
                    f"Expected a value that has the key {keys[i]!r}, got {target!r}.",
                    KeyPath(keys[:i], node_path(node)),
                )
            ) from None
        if not isinstance(child, Node) and (
            i == count - 2 or not isinstance(child, tuple)
        ):
            raise utils.PyGloveKeyError(
                utils.message_on_path(
                    f"Expected a symbolic value that has the key {keys[i + 1]!r}, got "
                    f"{child!r}.",
                    KeyPath(keys[: i + 1], node_path(node)),
                )
            )
        target = child
    return target, keys[-1]


def _updates_of(node: Node, path_value_pairs: Any) -> Mapping[Any, Any]:
    """Returns the first argument of `rebind` as a mapping from paths to values."""
    if isinstance(path_value_pairs, Mapping):
        return path_value_pairs
    if callable(path_value_pairs):
        return _run_rebinder(node, path_value_pairs)
    raise utils.PyGloveValueError(
        utils.message_on_path(
            "Expected a dict of paths to values, or a function, to rebind with, got "
            f"{path_value_pairs!r}.",
            node_path(node),
        )
    )


class _Place:
    """A place in a tree, given by its node and key instead of a path."""

    __slots__ = ("key", "node")

    def __init__(self, node: Node, key: Any):
        self.node = node
        self.key = key


def _run_rebinder(node: Node, rebinder: Callable[..., Any]) -> dict[Any, Any]:
    """Returns the new values of a rebinder by place."""
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
            "Expected a rebinder with the parameters (path, value) or (path, value, "
            f"parent), got {getattr(rebinder, '__qualname__', rebinder)!r} with "
            f"({', '.join(map(str, parameters))})."
        )
    return {
        path if parent is None else _Place(parent, path.key): value
        for path, parent, value in replacements(node, replace)
    }
