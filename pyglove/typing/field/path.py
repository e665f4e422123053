"""Paths that are computed only when somebody looks at them.

A check that succeeds has no use for the path of the value it checked. Wherever a
path is taken, callers may therefore hand in a function that returns it.
"""

import functools
from collections.abc import Callable
from typing import Any

from pyglove.utils import KeyPath

LazyPath = KeyPath | Callable[[], KeyPath] | None


def resolve_path(path: LazyPath) -> KeyPath:
    """The path itself; None stands for the root.

    Args:
      path: A path, a function without arguments that returns one, or None.

    Returns:
      The path.

    Example:
      >>> from pyglove.typing.field.path import resolve_path
      >>> from pyglove.utils import KeyPath
      >>> resolve_path(lambda: KeyPath(['a', 0]))
      a[0]
    """
    if path is None:
        return KeyPath()
    return path if isinstance(path, KeyPath) else path()


def child_path(path: LazyPath, key: Any) -> Callable[[], KeyPath]:
    """A lazy path one level below another one, which is not looked at yet."""
    return functools.partial(_extend, path, key)


def _extend(path: LazyPath, key: Any) -> KeyPath:
    return KeyPath([key], resolve_path(path))


def path_for_callback(
    path: LazyPath, key: Any, callback: Any
) -> KeyPath | Callable[[], KeyPath]:
    """The path of a child, as a callback that may be called with it expects it.

    Callers that pass lazy paths understand lazy paths; all others get real ones.

    Args:
      path: The path of the parent.
      key: The key of the child in it.
      callback: The callback that is going to see the path, or None.

    Returns:
      The path of the child.
    """
    if callback is None or callable(path):
        return functools.partial(_extend, path, key)
    return _extend(path, key)
