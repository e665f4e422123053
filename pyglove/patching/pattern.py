"""Patterns: modification of all nodes of a tree that match a condition."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pyglove import utils
from pyglove.patching.rule import require_symbolic
from pyglove.symbolic.internal import children
from pyglove.utils.path.key_text import format_keys

T = TypeVar("T")

# A predicate of the keys of the parent of a node, the key of the node, the node, and
# the parent.
_Matches = Callable[[list[Any], Any, Any, Any], Any]

# The key of the root, which has none.
_NO_KEY = object()
_LEAVES = frozenset((type(None), bool, int, float, str, bytes))


def patch_on_key(
    src: T,
    regex: str | re.Pattern[str],
    value: Any = None,
    value_fn: Callable[[Any], Any] | None = None,
    skip_notification: bool | None = None,
) -> T:
    """Modifies all nodes of a tree whose key matches a regular expression.

    Replaced nodes are not searched further.

    Args:
      src: A symbolic value, which is modified.
      regex: A regular expression that a prefix of a key (or index of a list) must
        match.
      value: The replacement of each node.
      value_fn: A function of a node that returns its replacement, instead of
        `value`.
      skip_notification: If True, no node is notified of its modification; if False, all
        are. None means the value of `pg.notify_on_change`.

    Returns:
      `src`.

    Raises:
      ValueError: Both `value` and `value_fn` are given, or a replacement is not
        accepted.
      TypeError: The type of a replacement is not accepted.
      AttributeError: `src` is not a symbolic value.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> model = pg.Dict(units=8, head=pg.Dict(units=4, activation='relu'))
      >>> patching.patch_on_key(model, 'units', value_fn=lambda units: 2 * units)
      {units=16, head={units=8, activation='relu'}}
    """
    match = re.compile(regex).match

    def matches(keys: list[Any], key: Any, current: Any, parent: Any) -> Any:
        return key is not _NO_KEY and match(key if type(key) is str else str(key))

    return _patch(src, matches, value, value_fn, skip_notification)


def patch_on_path(
    src: T,
    regex: str | re.Pattern[str],
    value: Any = None,
    value_fn: Callable[[Any], Any] | None = None,
    skip_notification: bool | None = None,
) -> T:
    r"""Modifies all nodes of a tree whose path matches a regular expression.

    Replaced nodes are not searched further.

    Args:
      src: A symbolic value, which is modified.
      regex: A regular expression that a prefix of a path, relative to `src`, must
        match.
      value: The replacement of each node.
      value_fn: A function of a node that returns its replacement, instead of
        `value`.
      skip_notification: See `patch_on_key`.

    Returns:
      `src`.

    Raises:
      ValueError: See `patch_on_key`.
      TypeError: See `patch_on_key`.
      AttributeError: See `patch_on_key`.
      KeyError: The empty path matches, though `src` itself cannot be replaced.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> model = pg.Dict(units=8, head=pg.Dict(units=4, activation='relu'))
      >>> patching.patch_on_path(model, r'.*\.units', 1)
      {units=8, head={units=1, activation='relu'}}
    """
    match = re.compile(regex).match

    base, base_parent = "", None

    def matches(keys: list[Any], key: Any, current: Any, parent: Any) -> Any:
        nonlocal base, base_parent
        if key is _NO_KEY:
            return match("")
        if parent is not base_parent:  # Siblings share the path of their parent.
            base, base_parent = format_keys(tuple(keys)), parent
        if type(key) is str and key.isidentifier():
            return match(f"{base}.{key}" if base else key)
        return match(format_keys((*keys, key)))

    return _patch(src, matches, value, value_fn, skip_notification)


def patch_on_value(
    src: T,
    old_value: Any,
    value: Any = None,
    value_fn: Callable[[Any], Any] | None = None,
    skip_notification: bool | None = None,
) -> T:
    """Modifies all nodes of a tree that equal a value.

    Args:
      src: A symbolic value, which is modified.
      old_value: The value that a node must equal, by `==`.
      value: The replacement of each node.
      value_fn: A function of a node that returns its replacement, instead of
        `value`.
      skip_notification: See `patch_on_key`.

    Returns:
      `src`.

    Raises:
      ValueError: See `patch_on_key`.
      TypeError: See `patch_on_key`.
      AttributeError: See `patch_on_key`.
      KeyError: `src` equals `old_value`, though `src` itself cannot be replaced.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> model = pg.Dict(activation='relu', head=pg.Dict(activation='relu'))
      >>> patching.patch_on_value(model, 'relu', 'gelu')
      {activation='gelu', head={activation='gelu'}}
    """

    def matches(keys: list[Any], key: Any, current: Any, parent: Any) -> Any:
        return current == old_value

    return _patch(src, matches, value, value_fn, skip_notification)


def patch_on_type(
    src: T,
    value_type: type[Any] | tuple[type[Any], ...],
    value: Any = None,
    value_fn: Callable[[Any], Any] | None = None,
    skip_notification: bool | None = None,
) -> T:
    """Modifies all nodes of a tree that are of a type.

    Replaced nodes are not searched further.

    Args:
      src: A symbolic value, which is modified.
      value_type: A class, or a tuple of classes.
      value: The replacement of each node.
      value_fn: A function of a node that returns its replacement, instead of
        `value`.
      skip_notification: See `patch_on_key`.

    Returns:
      `src`.

    Raises:
      ValueError: See `patch_on_key`.
      TypeError: See `patch_on_key`; or `value_type` is not a class.
      AttributeError: See `patch_on_key`.
      KeyError: `src` is of the type, though `src` itself cannot be replaced.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> patching.patch_on_type(pg.Dict(a=1, b='c'), str, value_fn=str.upper)
      {a=1, b='C'}
    """
    _require_class(value_type, "value_type")

    def matches(keys: list[Any], key: Any, current: Any, parent: Any) -> Any:
        return isinstance(current, value_type)

    return _patch(src, matches, value, value_fn, skip_notification)


def patch_on_member(
    src: T,
    cls: type[Any] | tuple[type[Any], ...],
    name: str | int,
    value: Any = None,
    value_fn: Callable[[Any], Any] | None = None,
    skip_notification: bool | None = None,
) -> T:
    """Modifies a member of all objects of a class in a tree.

    Replaced members are not searched further.

    Args:
      src: A symbolic value, which is modified.
      cls: A class, or a tuple of classes.
      name: The name of the member (or key, or index) in such an object.
      value: The replacement of each member.
      value_fn: A function of a member that returns its replacement, instead of `value`.
      skip_notification: See `patch_on_key`.

    Returns:
      `src`.

    Raises:
      ValueError: See `patch_on_key`.
      TypeError: See `patch_on_key`; or `cls` is not a class.
      AttributeError: See `patch_on_key`.

    Example:
      >>> import pyglove as pg
      >>> import pyglove.patching as patching
      >>> class Layer(pg.Object):
      ...     units: int
      >>> patching.patch_on_member(pg.Dict(a=Layer(1), units=2), Layer, 'units', 8)
      {a=Layer(units=8), units=2}
    """
    _require_class(cls, "cls")

    def matches(keys: list[Any], key: Any, current: Any, parent: Any) -> Any:
        return isinstance(parent, cls) and key == name

    return _patch(src, matches, value, value_fn, skip_notification)


def _patch(
    src: Any,
    matches: _Matches,
    value: Any,
    value_fn: Callable[[Any], Any] | None,
    skip_notification: bool | None,
) -> Any:
    """Replaces all nodes that satisfy a predicate."""
    new_value = _new_value(value, value_fn)
    target = require_symbolic(src)
    updates: Any = {}
    if matches([], _NO_KEY, src, None):
        updates[utils.KeyPath()] = new_value(src)
    else:
        for keys, part in _find(src, matches):
            updates[utils.KeyPath(keys)] = new_value(part)
    return target.sym_rebind(
        updates, raise_on_no_change=False, skip_notification=skip_notification
    )


def _new_value(
    value: Any, value_fn: Callable[[Any], Any] | None
) -> Callable[[Any], Any]:
    """Returns a function of a node that returns its replacement."""
    if value_fn is None:
        return lambda part: value
    if value is not None:
        raise utils.PyGloveValueError(
            "Expected either `value` or `value_fn`, got both "
            f"(value={value!r}, value_fn={value_fn!r})."
        )
    return value_fn


def _find(root: Any, matches: _Matches) -> Iterator[tuple[list[Any], Any]]:
    """Finds nodes of a tree in pre-order, skipping descendants of found nodes.

    It does not create paths, because most nodes do not match.

    Args:
      root: The root, which is not tested.
      matches: The predicate.

    Yields:
      The keys from the root to a node, and the node.
    """
    keys: list[Any] = []
    pending = [(root, iter(children(root)))]
    while pending:
        parent, items = pending[-1]
        for key, part in items:
            if matches(keys, key, part, parent):
                yield [*keys, key], part
            elif type(part) not in _LEAVES:
                pending.append((part, iter(children(part))))
                keys.append(key)
                break
        else:
            pending.pop()
            if keys:
                keys.pop()


def _require_class(cls: Any, name: str) -> None:
    try:
        isinstance(None, cls)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected a class or a tuple of classes as `{name}`, got {cls!r}."
        ) from None
