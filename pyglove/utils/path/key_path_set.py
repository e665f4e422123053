"""Sets of key paths, stored as a trie."""

from collections.abc import Iterable, Iterator
from typing import Any, Union

from pyglove.utils.call_form import kvlist_str
from pyglove.utils.error import PyGloveValueError
from pyglove.utils.formatting import Formattable
from pyglove.utils.path.key_path import KeyPath

# A key of trie nodes that marks the end of a member.
_END = object()

PathLike = Union[KeyPath, str, int]  # noqa: UP007 - part of public signatures.


class KeyPathSet(Formattable):
    """A set of key paths with operations on prefixes.

    Args:
      paths: The paths, the texts of paths, or indices.
      include_intermediate: If True, all ancestors of the paths are members too.

    Example:
      >>> from pyglove.utils import KeyPathSet
      >>> paths = KeyPathSet(['a.b', 'a.c', 'd'])
      >>> 'a.b' in paths, 'a' in paths, paths.has_prefix('a')
      (True, False, True)
      >>> paths.subtree('a')
      KeyPathSet([b, c])
    """

    __slots__ = ("_trie",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        paths: Iterable[PathLike] | None = None,
        *,
        include_intermediate: bool = False,
    ) -> None:
        self._trie: dict[Any, Any] = {}
        for path in paths or ():
            self.add(path, include_intermediate)

    @classmethod
    def from_value(
        cls,
        value: Union[Iterable[PathLike], "KeyPathSet"],
        include_intermediate: bool = False,
    ) -> "KeyPathSet":
        """Converts a value to a set.

        Args:
          value: A set of paths, or a list, set or tuple of them.
          include_intermediate: If True, all ancestors of the paths are members too.

        Returns:
          The set: `value` itself if it is one.

        Raises:
          ValueError: `value` cannot be converted.
        """
        if isinstance(value, KeyPathSet):
            return value
        if isinstance(value, (list, set, tuple)):
            return cls(value, include_intermediate=include_intermediate)
        raise PyGloveValueError(
            f"Expected a KeyPathSet, or a list, set or tuple of paths, got {value!r}."
        )

    @classmethod
    def _of(cls, trie: dict[Any, Any]) -> "KeyPathSet":
        paths = cls()
        paths._trie = trie
        return paths

    def _find(self, path: PathLike) -> dict[Any, Any] | None:
        node = self._trie
        for key in KeyPath.from_value(path)._keys:
            child = node.get(key)
            if child is None:
                return None
            node = child
        return node

    def add(self, path: PathLike, include_intermediate: bool = False) -> bool:
        """Adds a path.

        Args:
          path: The path.
          include_intermediate: If True and the path is new, its ancestors are added
            too.

        Returns:
          Whether the path is new.
        """
        nodes = [self._trie]
        for key in KeyPath.from_value(path)._keys:
            nodes.append(nodes[-1].setdefault(key, {}))
        if _END in nodes[-1]:
            return False
        for node in nodes if include_intermediate else nodes[-1:]:
            node[_END] = True
        return True

    def remove(self, path: PathLike) -> bool:
        """Removes a path.

        Args:
          path: The path.

        Returns:
          Whether the path was a member.
        """
        keys = KeyPath.from_value(path)._keys
        nodes = [self._trie]
        for key in keys:
            child = nodes[-1].get(key)
            if child is None:
                return False
            nodes.append(child)
        if nodes[-1].pop(_END, None) is None:
            return False
        for i in range(len(keys), 0, -1):
            if nodes[i]:
                break
            del nodes[i - 1][keys[i - 1]]
        return True

    def clear(self) -> None:
        """Removes all paths."""
        self._trie.clear()

    def copy(self) -> "KeyPathSet":
        """Returns a copy of the set."""
        return KeyPathSet._of(_copy(self._trie))

    def has_prefix(self, root_path: PathLike) -> bool:
        """Whether a member is, or starts with, `root_path`. It is true for the root."""
        return self._find(root_path) is not None

    def subtree(self, root_path: PathLike) -> "KeyPathSet | None":
        """Returns the members under `root_path`, relative to it.

        Args:
          root_path: The common prefix.

        Returns:
          A view, which shares its members with this set; this set itself for the root;
          None if there is no such member.
        """
        trie = self._find(root_path)
        if trie is self._trie:
            return self
        return None if trie is None else KeyPathSet._of(trie)

    def rebase(self, root_path: PathLike) -> None:
        """Prepends `root_path` to all members."""
        keys = KeyPath.from_value(root_path)._keys
        if not self._trie:
            return
        for key in reversed(keys):
            self._trie = {key: self._trie}

    def _rebased(self, root_path: KeyPath) -> "KeyPathSet":
        """Returns a new set of the members with `root_path` prepended."""
        paths = self.copy()
        paths.rebase(root_path)
        return paths

    def union(self, other: "KeyPathSet", copy: bool = False) -> "KeyPathSet":
        """Returns the paths of both sets.

        Args:
          other: The other set.
          copy: Ignored; the result never shares data with the operands.

        Returns:
          A new set.
        """
        del copy
        result = self.copy()
        result.update(other)
        return result

    def update(self, other: "KeyPathSet") -> None:
        """Adds the paths of another set."""
        _update(self._trie, other._trie)

    def difference(self, other: "KeyPathSet") -> "KeyPathSet":
        """Returns a new set of the paths that another set lacks."""
        result = self.copy()
        result.difference_update(other)
        return result

    def difference_update(self, other: "KeyPathSet") -> None:
        """Removes the paths of another set."""
        _difference_update(self._trie, other._trie)

    def intersection(self, other: "KeyPathSet") -> "KeyPathSet":
        """Returns a new set of the paths that another set also has."""
        result = self.copy()
        result.intersection_update(other)
        return result

    def intersection_update(self, other: "KeyPathSet") -> None:
        """Removes the paths that another set lacks."""
        _intersection_update(self._trie, other._trie)

    def format(self, *args: Any, **kwargs: Any) -> str:
        """Formats the members as a list in a call of the class."""
        kwargs.pop("list_wrap_threshold", None)
        return kvlist_str(
            [("", list(self), None)] if self else [],
            *args,
            label=type(self).__name__,
            **kwargs,
        )

    def __iter__(self) -> Iterator[KeyPath]:
        return _iterate(self._trie, ())

    def __contains__(self, path: PathLike) -> bool:
        node = self._find(path)
        return node is not None and _END in node

    def __bool__(self) -> bool:
        return bool(self._trie)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, KeyPathSet) and self._trie == other._trie

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __add__(self, other: "KeyPathSet") -> "KeyPathSet":
        return self.union(other)

    def __copy__(self) -> "KeyPathSet":
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> "KeyPathSet":
        return self.copy()


def _copy(trie: dict[Any, Any]) -> dict[Any, Any]:
    return {k: v if k is _END else _copy(v) for k, v in trie.items()}


def _iterate(trie: dict[Any, Any], keys: tuple[Any, ...]) -> Iterator[KeyPath]:
    for key, child in trie.items():
        if key is _END:
            yield KeyPath.from_keys(keys)
        else:
            yield from _iterate(child, (*keys, key))


def _update(trie: dict[Any, Any], other: dict[Any, Any]) -> None:
    for key, child in other.items():
        if key is _END:
            trie[_END] = True
        else:
            _update(trie.setdefault(key, {}), child)


def _difference_update(trie: dict[Any, Any], other: dict[Any, Any]) -> None:
    for key, child in list(other.items()):
        if key is _END:
            trie.pop(_END, None)
        elif key in trie:
            _difference_update(trie[key], child)
            if not trie[key]:
                del trie[key]


def _intersection_update(trie: dict[Any, Any], other: dict[Any, Any]) -> None:
    for key in list(trie):
        if key not in other:
            del trie[key]
        elif key is not _END:
            _intersection_update(trie[key], other[key])
            if not trie[key]:
                del trie[key]
