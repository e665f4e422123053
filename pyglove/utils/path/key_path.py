"""Key paths: the locations of tree nodes, such as `model.layers[2].units`."""

from collections.abc import Callable
from typing import Any, Union

from pyglove.utils.error import (
    PyGloveAttributeError,
    PyGloveKeyError,
    PyGloveTypeError,
    PyGloveValueError,
)
from pyglove.utils.formatting import Formattable
from pyglove.utils.path.key_text import format_keys, parse_keys
from pyglove.utils.serialization.json_type import published_as


def query_keys(keys: tuple[Any, ...], src: Any, use_inferred: bool = False) -> Any:
    """Follows keys from the root of a tree to a node.

    Args:
      keys: Keys from the root down.
      src: A tree of symbolic values, mappings and sequences.
      use_inferred: If True, symbolic nodes infer values that they do not hold.

    Returns:
      The value found at the end of the keys.

    Raises:
      KeyError: A key does not exist.
    """
    value = src
    for i, key in enumerate(keys):
        if type(value) is dict:
            if key not in value:
                raise _absent(keys, key, value)
            value = value[key]
        elif hasattr(value, "sym_getattr") and hasattr(value, "sym_hasattr"):
            if not value.sym_hasattr(key):
                raise _absent(keys, key, value)
            value = value.sym_inferred(key) if use_inferred else value.sym_getattr(key)
        elif not hasattr(value, "__getitem__"):
            raise PyGloveKeyError(
                f"Expected a value with items to look up {key!r} in, got {value!r}. "
                f"(path={format_keys(keys[:i])})"
            )
        else:
            value = _item(keys, key, value)
    return value


def _item(keys: tuple[Any, ...], key: Any, value: Any) -> Any:
    if isinstance(key, int) and not isinstance(value, dict):
        if not hasattr(value, "__len__"):
            raise PyGloveKeyError(
                f"Expected a value with a length to look up index {key!r} in, got "
                f"{value!r}. (path={format_keys(keys)})"
            )
        if not -len(value) <= key < len(value):
            raise _absent(keys, key, value)
        return value[key]
    if not hasattr(value, "__contains__"):
        raise PyGloveKeyError(
            f"Expected a value that knows its keys to look up {key!r} in, got "
            f"{value!r}. (path={format_keys(keys)})"
        )
    # A list may contain the name as an item, but has no names as keys.
    if isinstance(value, (list, tuple)) or key not in value:
        raise _absent(keys, key, value)
    return value[key]


def _absent(keys: tuple[Any, ...], key: Any, value: Any) -> PyGloveKeyError:
    return PyGloveKeyError(
        f"Expected key {key!r} in {value!r}, got none. (path={format_keys(keys)})"
    )


@published_as("pyglove.core.utils.value_location.KeyPath")
class KeyPath(Formattable):
    """The keys that lead from the root of a tree to one of its nodes.

    A path is immutable. It equals its text and has the same hash. The text, and the
    keys of a path that `child` returns, are computed on demand.

    Args:
      key_or_key_list: A single key, or a list or tuple of keys. None is the root.
      parent: The path to put in front.

    Example:
      >>> from pyglove.utils import KeyPath
      >>> path = KeyPath.parse('a.b[0]')
      >>> path.keys
      ['a', 'b', 0]
      >>> print(path.parent, path.parent + 'c', path - 'a')
      a.b a.b.c b[0]
      >>> path.query({'a': {'b': ['x']}})
      'x'
    """

    __slots__ = ("_keys", "_last", "_path")

    # Each slot is set on demand by `__getattr__`.
    _keys: tuple[Any, ...]
    _last: "tuple[KeyPath, Any]"  # The path of the parent, and the last key.
    _path: str

    def __init__(
        self,
        key_or_key_list: Any | list[Any] | None = None,
        parent: "KeyPath | None" = None,
    ) -> None:
        if key_or_key_list is None:
            keys: tuple[Any, ...] = ()
        elif isinstance(key_or_key_list, (list, tuple)):
            keys = tuple(key_or_key_list)
        else:
            keys = (key_or_key_list,)
        if parent is not None:
            keys = parent._keys + keys
        self._keys = keys

    @classmethod
    def from_keys(cls, keys: tuple[Any, ...]) -> "KeyPath":
        """Creates a path from a tuple of keys, without a check."""
        path = _new(KeyPath)
        path._keys = keys
        return path

    def child(self, key: Any) -> "KeyPath":
        """Creates a path with one more key.

        Args:
          key: The key.

        Returns:
          The path. The cost does not depend on the length of this path.
        """
        path = BarePath()
        path._last = (self, key)
        return path

    def __getattr__(self, name: str) -> Any:
        if name == "_keys":
            above: list[Any] = []
            path = self
            while not _has_keys(path):
                path, key = path._last
                above.append(key)
            above.reverse()
            self._keys = keys = (*path._keys, *above)
            return keys
        if name == "_path":
            self._path = text = format_keys(self._keys)
            return text
        raise PyGloveAttributeError(
            f"Expected an attribute of a KeyPath, got {name!r}."
        )

    @classmethod
    def parse(cls, path_str: str, parent: "KeyPath | None" = None) -> "KeyPath":
        """Parses the text of a path.

        Args:
          path_str: The text, such as `'a.b[0].c'` or `'a[key.with.dots]'`.
          parent: The path to put in front.

        Returns:
          The path.

        Raises:
          ValueError: `path_str` is not a `str`, or is not the text of a path.
        """
        if not isinstance(path_str, str):
            raise PyGloveValueError(
                f"Expected a str as the text of a path, got {path_str!r}."
            )
        keys = parse_keys(path_str)
        return KeyPath.from_keys(keys if parent is None else parent._keys + keys)

    @classmethod
    def from_value(cls, value: Union["KeyPath", str, int]) -> "KeyPath":
        """Converts a value to a path.

        Args:
          value: A path, the text of one, or an index.

        Returns:
          The path.

        Raises:
          ValueError: `value` cannot be converted.
        """
        if isinstance(value, KeyPath):
            return value
        if isinstance(value, str):
            return KeyPath.from_keys(parse_keys(value))
        if isinstance(value, int):
            return KeyPath.from_keys((value,))
        raise PyGloveValueError(
            f"Expected a path, the text of one, or an index, got {value!r}."
        )

    @property
    def keys(self) -> list[Any]:
        """A new list of the keys, starting at the root."""
        return list(self._keys)

    @property
    def key(self) -> Any:
        """The last key.

        Raises:
          KeyError: The path is the root.
        """
        if not _has_keys(self):
            return self._last[1]
        if not self._keys:
            raise PyGloveKeyError("Expected a path with a last key, got the root.")
        return self._keys[-1]

    @property
    def parent(self) -> "KeyPath":
        """The path without its last key.

        Raises:
          KeyError: The path is the root.
        """
        if not _has_keys(self):
            return self._last[0]
        if not self._keys:
            raise PyGloveKeyError("Expected a path with a parent, got the root.")
        return KeyPath.from_keys(self._keys[:-1])

    @property
    def depth(self) -> int:
        """The number of keys; the root has none."""
        return len(self._keys)

    @property
    def is_root(self) -> bool:
        """Whether this is the path of the root."""
        return not self._keys

    @property
    def path(self) -> str:
        """The text of the path."""
        return self._path

    def path_str(self, preserve_complex_keys: bool = True) -> str:
        """The text of the path.

        Args:
          preserve_complex_keys: If True, names that hold dots or brackets are put
            in brackets, so that the text parses back.

        Returns:
          The text.
        """
        return self.path if preserve_complex_keys else format_keys(self._keys, False)

    def format(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text of the path; options have no effect."""
        return self.path

    def query(self, src: Any, use_inferred: bool = False) -> Any:
        """Finds the value at this path within a tree.

        Args:
          src: A tree of symbolic values, mappings and sequences.
          use_inferred: If True, symbolic nodes infer values that they do not hold.

        Returns:
          The value.

        Raises:
          KeyError: The path does not exist in `src`.
        """
        return query_keys(self._keys, src, use_inferred)

    def get(
        self, src: Any, default_value: Any | None = None, use_inferred: bool = False
    ) -> Any:
        """Finds the value at this path, or a default where it does not exist.

        Args:
          src: A tree of symbolic values, mappings and sequences.
          default_value: What to return when the path does not exist.
          use_inferred: If True, symbolic nodes infer values that they do not hold.

        Returns:
          The value, or the default.
        """
        try:
            return query_keys(self._keys, src, use_inferred)
        except KeyError:
            return default_value

    def exists(self, src: Any) -> bool:
        """Whether the path exists within a tree."""
        try:
            query_keys(self._keys, src)
            return True
        except KeyError:
            return False

    def is_relative_to(self, other: Union["KeyPath", str, int]) -> bool:
        """Whether this path is `other` or a descendant of it."""
        prefix = KeyPath.from_value(other)._keys
        return self._keys[: len(prefix)] == prefix

    def __add__(self, other: Any) -> Any:
        """Appends a path, the text of one, a list of keys, or a single key.

        For a `KeyPathSet`, the path is prepended to each member.
        """
        if other is None:
            return self
        if isinstance(other, KeyPath):
            keys = other._keys
        elif isinstance(other, str):
            keys = parse_keys(other)
        elif isinstance(other, (list, tuple)):
            keys = tuple(other)
        else:
            rebased = getattr(other, "_rebased", None)
            if rebased is not None:
                return rebased(self)
            keys = (other,)
        return KeyPath.from_keys(self._keys + keys)

    def __sub__(self, other: Union["KeyPath", str, int, None]) -> "KeyPath":
        """Returns the path relative to `other`, which must be an ancestor."""
        if other is None:
            return self
        if not isinstance(other, (str, int, KeyPath)):
            raise PyGloveTypeError(
                f"Expected a path, the text of one, or an index to subtract from path "
                f"{self.path!r}, got {other!r}."
            )
        prefix = KeyPath.from_value(other)
        size = len(prefix._keys)
        if self._keys[:size] == prefix._keys:
            return KeyPath.from_keys(self._keys[size:])
        raise PyGloveValueError(
            f"Expected a path that begins with {prefix.path!r} to subtract it from, "
            f"got {self.path!r}."
        )

    def __len__(self) -> int:
        return len(self._keys)

    def __str__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return self.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, KeyPath):
            return self._keys == other._keys
        return isinstance(other, str) and self.path == other

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return self._compare(other, lambda x, y: x < y)

    def __le__(self, other: Any) -> bool:
        return self._compare(other, lambda x, y: x <= y)

    def __gt__(self, other: Any) -> bool:
        return self._compare(other, lambda x, y: x > y)

    def __ge__(self, other: Any) -> bool:
        return self._compare(other, lambda x, y: x >= y)

    def _compare(self, other: Any, comparison: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, str):
            return comparison(self.path, other)
        if not isinstance(other, KeyPath):
            raise PyGloveTypeError(
                f"Expected a path, or the text of one, to compare path {self.path!r} "
                f"with, got {other!r}."
            )
        for mine, theirs in zip(self._keys, other._keys, strict=False):
            if mine != theirs:
                if isinstance(mine, int) is not isinstance(theirs, int):
                    # Indices and names are compared by their text.
                    if isinstance(mine, str) or isinstance(theirs, str):
                        return comparison(str(mine), str(theirs))
                return comparison(mine, theirs)
        return comparison(len(self._keys), len(other._keys))

    def __reduce__(self) -> Any:
        return (KeyPath, (self._keys,))

    def __copy__(self) -> "KeyPath":
        return self


class BarePath(KeyPath):
    """A path without a constructor, for traversals that create many paths.

    Creating one is a single call into the interpreter; `KeyPath.child` shows which
    slots to set.
    """

    __slots__ = ()
    __init__ = object.__init__  # pyright: ignore[reportAssignmentType]


_new = KeyPath.__new__
_keys_slot: Any = KeyPath.__dict__["_keys"]


def _has_keys(path: KeyPath) -> bool:
    """Returns whether the keys of a path are computed."""
    try:
        _keys_slot.__get__(path)
        return True
    except AttributeError:
        return False


def message_on_path(message: str, path: KeyPath | None) -> str:
    """Appends a path to a message.

    Args:
      message: The message.
      path: The path; None appends nothing.

    Returns:
      The message, followed by the path.

    Example:
      >>> from pyglove.utils import KeyPath, message_on_path
      >>> message_on_path('Expected an int, got a str.', KeyPath('x'))
      'Expected an int, got a str. (path=x)'
    """
    return message if path is None else f"{message} (path={path})"
