"""Paths that are computed on demand.

A check that succeeds does not need the path of the value. Functions that take a path
therefore also take a function that returns it.
"""

import functools
from collections.abc import Callable
from typing import Any

from pyglove.utils import KeyPath

LazyPath = KeyPath | Callable[[], KeyPath] | None


def resolve_path(path: LazyPath) -> KeyPath:
    """Returns a path that may be lazy; None is the root.

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
    """Returns the lazy path of a child, without resolving that of the parent."""
    return functools.partial(_extend, path, key)


def _extend(path: LazyPath, key: Any) -> KeyPath:
    return KeyPath([key], resolve_path(path))


def path_for_callback(
    path: LazyPath, key: Any, callback: Any
) -> KeyPath | Callable[[], KeyPath]:
    """Returns the path of a child, lazy if the callback accepts lazy paths.

    Callers that pass lazy paths accept lazy paths; all others get real ones.

    Args:
      path: The path of the parent.
      key: The key of the child in it.
      callback: The callback that will be called with the path, or None.

    Returns:
      The path of the child.
    """
    if callback is None or callable(path):
        return functools.partial(_extend, path, key)
    return _extend(path, key)
