"""Mutation points: the places of a program, and the mutations of each."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyglove import utils
from pyglove.symbolic.internal import Node, raw_value

KeyPath = utils.KeyPath
MISSING_VALUE = utils.MISSING_VALUE


class MutationType(str, enum.Enum):  # noqa: UP042 (compared with plain strings)
    """The kinds of mutations of a place in a program.

    Attributes:
      REPLACE: Puts another value there.
      INSERT: Inserts a value into a list.
      DELETE: Removes an item of a list.
    """

    REPLACE = "0"
    INSERT = "1"
    DELETE = "2"


@dataclass(frozen=True)
class MutationPoint:
    """A possible mutation of a place in a program.

    Attributes:
      mutation_type: The kind of mutation.
      location: Path of the place from the root of the program.
      old_value: The value that is there; `pg.MISSING_VALUE` for an insertion.
      parent: The node that contains the place, None for the root.
    """

    mutation_type: MutationType
    location: KeyPath
    old_value: Any
    parent: Any


_REPLACE, _INSERT, _DELETE = MutationType

# Where a place is: the same of the node that contains it, and its key there. The root
# is at None.
Link = tuple[Any, Any]
# What is found on a walk: the mutation, where it is, the value there and its parent.
_Found = tuple[MutationType, Link | None, Any, Any]


class MutationFinder:
    """Finds the mutation points of programs.

    A field that has `{'no_mutation': True}` as its metadata is left out, with all that
    is in it; so is a frozen field.
    """

    __slots__ = ("_fixed",)

    def __init__(self) -> None:
        # By class: its schema, and the names of the fields to leave out; None if they
        # are not known beforehand.
        self._fixed: dict[type, tuple[Any, frozenset[Any] | None]] = {}

    def points(self, program: Any) -> list[MutationPoint]:
        """Returns all mutation points: those of a value, then of what it contains.

        Args:
          program: The program.
        """
        return [
            MutationPoint(kind, KeyPath(_keys(link)), old_value, parent)
            for kind, link, old_value, parent in self._walk(program)
        ]

    def places(self, program: Any) -> list[tuple[MutationType, Link | None]]:
        """Returns the places of all mutation points, for `point` of equal programs.

        Args:
          program: The program.
        """
        return [(kind, link) for kind, link, _, _ in self._walk(program)]

    def point(
        self, program: Any, place: tuple[MutationType, Link | None]
    ) -> MutationPoint:
        """Returns a mutation point.

        Args:
          program: The program.
          place: An item of `places`.
        """
        kind, link = place
        keys = _keys(link)
        value, parent = program, None
        for key in keys[:-1]:
            value = raw_value(value, key)
        if keys:
            parent = value
            value = MISSING_VALUE if kind is _INSERT else raw_value(parent, keys[-1])
        return MutationPoint(kind, KeyPath(keys), value, parent)

    def _walk(self, program: Any) -> list[_Found]:
        found: list[_Found] = []
        # The remaining children of each node on the way down.
        start: list[_Found] = [(_REPLACE, None, program, None)]
        pending = [iter(start)]
        while pending:
            for place in pending[-1]:
                found.append(place)
                kind, link, value, _ = place
                if kind is _REPLACE and isinstance(value, Node):
                    is_list = isinstance(value, list)
                    below = self._of_items if is_list else self._of_fields
                    pending.append(iter(below(link, value)))
                    break
            else:
                pending.pop()
        return found

    def _of_fields(self, link: Link | None, node: Any) -> list[_Found]:
        is_fixed = self._fixed_keys(node)
        return [
            (_REPLACE, (link, key), child, node)
            for key, child in node.sym_items()
            if not is_fixed(key)
        ]

    def _of_items(self, link: Link | None, items: Any) -> list[_Found]:
        spec = items.value_spec
        least = (spec.min_size or 0) if spec is not None else 0
        most = spec.max_size if spec is not None else None
        may_insert = most is None or len(items) < most
        may_delete = len(items) > least
        found: list[_Found] = []
        for i, child in items.sym_items():
            here = (link, i)
            if may_insert:
                found.append((_INSERT, here, MISSING_VALUE, items))
            if may_delete:
                found.append((_DELETE, here, child, items))
            found.append((_REPLACE, here, child, items))
        if may_insert:
            found.append((_INSERT, (link, len(items)), MISSING_VALUE, items))
        return found

    def _fixed_keys(self, node: Any) -> Callable[[Any], bool]:
        """Returns a predicate of the keys of a node that have no mutation."""
        cls = type(node)
        if not issubclass(cls, dict):
            schema = cls.__schema__
            known = self._fixed.get(cls)
            if known is None or known[0] is not schema:
                known = self._fixed[cls] = (schema, _fixed_fields(schema))
            if known[1] is not None:
                return known[1].__contains__
        return lambda key: _is_fixed(node.sym_attr_field(key))


def _keys(link: Link | None) -> list[Any]:
    keys = []
    while link is not None:
        link, key = link
        keys.append(key)
    keys.reverse()
    return keys


def _fixed_fields(schema: Any) -> frozenset[Any] | None:
    """Returns the names of fields without mutation, None if names are not known."""
    if not all(key.is_const for key in schema.fields):
        return None
    return frozenset(str(k) for k, field in schema.fields.items() if _is_fixed(field))


def _is_fixed(field: Any) -> bool:
    return field is not None and (
        field.frozen or bool(field.metadata.get("no_mutation"))
    )
