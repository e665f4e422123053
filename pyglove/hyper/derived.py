"""Derived values: parts of a program that are computed from other parts."""

import abc
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.symbolic import NonDeterministic, Object, is_deterministic, members
from pyglove.symbolic.internal import (
    SPECIAL,
    Node,
    key_of,
    may_hold_placeholders,
    node_path,
    parent_of,
)
from pyglove.utils.serialization.json_type import published_as

KeyPath = utils.KeyPath


@published_as("pyglove.core.hyper.derived.DerivedValue")
class DerivedValue(Object, pg_typing.CustomTyping):
    """A part of a program that is computed from other parts.

    Subclasses implement `derive`. Templates replace derived values once all choices
    are made.

    Attributes:
      reference_paths: Paths of the parts that it is computed from. A path starts at
        the nearest ancestor in which it leads somewhere.

    Example:
      >>> class Product(pg.hyper.DerivedValue):
      ...     def derive(self, a, b):
      ...         return a * b
      >>> space = pg.Dict(a=pg.oneof([2, 3]), b=5, c=Product(['a', 'b']))
      >>> [program.c for program in pg.iter(space)]
      [10, 15]
    """

    _sym_class_flags: ClassVar[int] = SPECIAL

    reference_paths: list[KeyPath]

    def resolve(self, reference_path_or_paths: Any = None) -> Any:
        """Finds where paths lead.

        Args:
          reference_path_or_paths: A path or a list of paths; None for the
            `reference_paths`.

        Returns:
          A pair of the ancestor in which the path leads somewhere, and the path from
          the root of the tree; a list of pairs for a list of paths.

        Raises:
          ValueError: if a path leads nowhere, or this is no path.
        """
        paths = reference_path_or_paths
        if paths is None:
            paths = self.reference_paths
        if isinstance(paths, (str, KeyPath)):
            return self._resolve(paths)
        if not isinstance(paths, list) or not all(
            isinstance(path, (str, KeyPath)) for path in paths
        ):
            raise utils.PyGloveValueError(
                "Expected a path or a list of paths to resolve, got "
                f"{reference_path_or_paths!r}."
            )
        return [self._resolve(path) for path in paths]

    def _resolve(self, path: str | KeyPath) -> tuple[Any, KeyPath]:
        ancestor, found = resolve_from(
            parent_of(self), key_of(self), KeyPath.from_value(path)
        )
        if isinstance(ancestor, Node):
            found = node_path(ancestor) + found
        return ancestor, found

    def __call__(self) -> Any:
        """Returns the value, computed from the tree in which this stands.

        Raises:
          ValueError: if a path leads nowhere, or to another derived value.
        """
        return self.derive_from(parent_of(self))

    def derive_from(self, container: Any) -> Any:
        """Returns the value, computed as if this stood in a container.

        Args:
          container: A node of the tree to read from.
        """
        return self.derive(
            *[
                _read_underived(container, key_of(self), path)
                for path in self.reference_paths
            ]
        )

    @abc.abstractmethod
    def derive(self, *args: Any) -> Any:
        """Returns the value.

        Args:
          *args: The values at `reference_paths`.
        """

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: stands in every field."""
        return False, self


@members(
    [],
    init_arg_list=["reference_paths"],
    serialization_key="pyglove.core.hyper.derived.ValueReference",
    additional_keys=["pyglove.hyper.ValueReference"],
)
class ValueReference(DerivedValue):
    """The same value as another part of the program.

    Attributes:
      reference_paths: A list of the path of that part.
    """

    def _on_bound(self) -> None:
        super()._on_bound()
        if len(self.reference_paths) != 1:
            raise utils.PyGloveValueError(
                "Expected a single path as 'reference_paths', got "
                f"{list(self.reference_paths)!r}."
            )

    def derive(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, referenced_value: Any
    ) -> Any:
        """Returns the value that is referred to.

        Args:
          referenced_value: The value. If it is symbolic, a copy of it gets placed.
        """
        return referenced_value


def reference(reference_path: str | KeyPath) -> Any:
    """Returns a reference to another part of the program.

    Args:
      reference_path: Path of that part, which starts at the nearest ancestor in which
        it leads somewhere.

    Example:
      >>> space = pg.Dict(x=pg.oneof([1, 2]), y=pg.hyper.reference('x'))
      >>> list(pg.iter(space))
      [{x=1, y=1}, {x=2, y=2}]
    """
    return ValueReference(reference_paths=[reference_path])  # type: ignore[list-item]


def resolve_from(container: Any, key: Any, path: KeyPath) -> tuple[Any, KeyPath]:
    """Finds the nearest ancestor in which a path leads somewhere.

    Args:
      container: Where to start: a node, or a plain list or dict.
      key: Key, in `container`, of what refers to the path.
      path: The path.

    Returns:
      The ancestor and the path.

    Raises:
      ValueError: if there is none.
    """
    start = container
    while container is not None:
        if path.exists(container):
            return container, path
        container = parent_of(container) if isinstance(container, Node) else None
    place = KeyPath(key, node_path(start)) if isinstance(start, Node) else KeyPath()
    raise utils.PyGloveValueError(
        f"Expected {path.path!r} to lead to a value from a container of the reference "
        f"at {place.path!r}, got nowhere. (path={place})"
    )


def _read(container: Any, key: Any, path: KeyPath) -> Any:
    parent, path = resolve_from(container, key, path)
    return path.query(parent)


def _read_underived(container: Any, key: Any, path: KeyPath) -> Any:
    """Returns the value at a path, which must not be derived itself."""
    value = _read(container, key, path)
    found = isinstance(value, DerivedValue) or next(
        derived_values(value, in_placeholders=False), None
    )
    if found:
        parent = node_path(container) if isinstance(container, Node) else None
        place = KeyPath(key, parent)
        raise utils.PyGloveValueError(
            f"Expected a value that is not derived itself at {path.path!r}, got "
            f"{value!r}. (path={place})"
        )
    return value


def derived_values(
    root: Any, in_placeholders: bool = True
) -> Iterator[tuple[Any, Any, DerivedValue]]:
    """Iterates over the derived values of a tree: container, key and value.

    Args:
      root: The tree.
      in_placeholders: Whether those in placeholders count, which have no place yet.
    """
    pending = [root]
    while pending:
        node = pending.pop()
        if not isinstance(node, Node) or not may_hold_placeholders(node):
            continue
        if isinstance(node, NonDeterministic) and not in_placeholders:
            continue
        for key, child in node.sym_items():
            if isinstance(child, DerivedValue):
                yield node, key, child
            else:
                pending.append(child)


def resolve_all(root: Any) -> Any:
    """Replaces the derived values of a tree by what they are derived from it.

    Values that are derived from what has not been decided stay as they are.

    Args:
      root: The tree, which is modified.

    Returns:
      The tree.

    Raises:
      ValueError: if a path leads nowhere, or to another derived value.
    """
    if isinstance(root, DerivedValue):
        return root()
    found: list[tuple[Any, Any, DerivedValue]] = []
    values = []
    for node, key, derived in list(derived_values(root, in_placeholders=False)):
        args: list[Any] = []
        for path in derived.reference_paths:
            args.append(_read_underived(node, key, path))
        if all(map(is_deterministic, args)):
            found.append((node, key, derived))
            values.append(derived.derive(*args))
    assign_all(found, values)
    return root


def assign_all(
    found: Sequence[tuple[Any, Any, DerivedValue]], values: Sequence[Any]
) -> None:
    """Puts values in the place of derived values and tells their containers."""
    for (node, key, _), value in zip(found, values, strict=True):
        node.sym_rebind({KeyPath(key): value}, raise_on_no_change=False)
