"""Evolvable values: programs that are modified node by node."""

import enum
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno import DNA
from pyglove.hyper.base import KeyPath
from pyglove.hyper.custom import CustomHyper
from pyglove.symbolic import (
    Symbolic,
    from_json,
    from_json_str,
    mark_as_insertion,
    members,
    to_json_str,
)
from pyglove.symbolic.form.persistence import plain_json
from pyglove.symbolic.node.conversion import convert
from pyglove.symbolic.node.node import Node

MISSING_VALUE = utils.MISSING_VALUE
T = TypeVar("T")


class MutationType(str, enum.Enum):  # noqa: UP042 (compared with plain strings)
    """What a mutation does to a place in a program.

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
    """A place in a program and what may be done to it.

    Attributes:
      mutation_type: What may be done.
      location: Path of the place from the root of the program.
      old_value: The value that is there; `pg.MISSING_VALUE` for an insertion.
      parent: The node that contains the place, None for the root.
    """

    mutation_type: MutationType
    location: KeyPath
    old_value: Any
    parent: Any


NodeTransform = Callable[[KeyPath, Any, Any], Any]
Weights = Callable[[MutationType, KeyPath, Any, Any], float]

# Where a place is: the same of the node that contains it, and its key there. The root
# is at None.
_Link = tuple[Any, Any]
# A mutation point whose path is not worked out yet: the mutation, where the place is,
# its value, and the node that contains it.
_Place = tuple[MutationType, _Link | None, Any, Any]
# By class: its schema, and the names of the fields that are not to be mutated.
_FixedFields = dict[type, tuple[Any, frozenset[Any] | None]]
_REPLACE, _INSERT, _DELETE = MutationType


@members(
    [],
    serialization_key="pyglove.core.hyper.evolvable.Evolvable",
    additional_keys=["pyglove.hyper.Evolvable"],
)
class Evolvable(CustomHyper):
    """Stands for all programs that mutations lead to from an initial one.

    Attributes:
      initial_value: The program to start from.
      node_transform: Returns a new value for a place, given its path, the value that is
        there (`pg.MISSING_VALUE` for an insertion) and the node that contains it.
      weights: Says how likely a mutation is, given its type, the path, the value and
        the node that contains it; None for equal weights.
    """

    initial_value: Symbolic
    node_transform: Callable[..., Any]
    weights: Callable[..., Any] | None = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._programs = _ProgramCache()
        self._fixed: _FixedFields = {}
        cls = type(self)
        self._mutates_copies = (
            cls.custom_decode is Evolvable.custom_decode
            and cls.mutate is Evolvable.mutate
        )

    def custom_decode(self, dna: DNA) -> Any:
        """Returns the program that a DNA holds as JSON text.

        Args:
          dna: The DNA.
        """
        return self._programs.program_of(dna.value)

    def custom_encode(self, value: Any) -> DNA:
        """Returns a DNA that holds a program as JSON text.

        Args:
          value: The program.
        """
        return DNA(self._programs.text_of(value))

    def first_dna(self) -> DNA:
        """Returns the DNA of the initial program."""
        return self.custom_encode(self.initial_value)

    def random_dna(
        self, random_generator: Any = None, previous_dna: DNA | None = None
    ) -> DNA:
        """Returns the DNA of a mutated program.

        Args:
          random_generator: A `random.Random`; None uses the state of the module
            `random`.
          previous_dna: DNA of the program to mutate; None asks for the initial one.
        """
        if previous_dna is None:
            return self.first_dna()
        value = self.custom_decode(previous_dna)
        if self._mutates_copies:
            # Nobody else has this program: there is no need for another copy.
            value = self._change(value, value, random_generator)
        else:
            value = self.mutate(value, random_generator)
        return self.custom_encode(value)

    def mutate(self, value: Any, random_generator: Any = None) -> Any:
        """Returns a program that differs from another one by a random mutation.

        Args:
          value: The program, which is left as it is.
          random_generator: A `random.Random`; None uses the state of the module
            `random`.

        Raises:
          ValueError: if all weights are zero.
        """
        return self._change(value, None, random_generator)

    def _change(self, value: Any, target: Any, random_generator: Any) -> Any:
        """Returns a program with a random mutation.

        Args:
          value: The program to choose the mutation for.
          target: The program to change; None for a copy of `value`.
          random_generator: A `random.Random`; None uses the state of the module
            `random`.
        """
        point = self._draw_point(value, random_generator or random)
        kind, path = point.mutation_type, point.location
        new_value: Any = MISSING_VALUE
        if kind is not _DELETE:
            new_value = self.node_transform(path, point.old_value, point.parent)
        if not path:
            return new_value
        if target is None:
            target = value.sym_clone()
        if kind is _INSERT:
            if isinstance(new_value, utils.MissingValue):
                return target
            new_value = mark_as_insertion(new_value)
        target.sym_rebind({path: new_value}, raise_on_no_change=False)
        return target

    def _draw_point(self, value: Any, rng: Any) -> MutationPoint:
        """Returns a random mutation of a program."""
        method = type(self).mutation_points_and_weights
        if self.weights is None and method is Evolvable.mutation_points_and_weights:
            # All are equally likely, so that the path of one is enough.
            kind, link, old_value, parent = rng.choices(_places(value, self._fixed))[0]
            return MutationPoint(kind, _path(link), old_value, parent)
        points, weights = self.mutation_points_and_weights(value)
        try:
            point: MutationPoint = rng.choices(points, weights=weights)[0]
        except ValueError as error:
            raise utils.PyGloveValueError(
                "Expected `weights` to give a mutation of the program a weight above "
                f"zero, got {weights[:8]!r}{' and so on' if weights[8:] else ''} for "
                f"{[p.location.path for p in points[:8]]!r}."
            ) from error
        return point

    def mutation_points_and_weights(
        self, value: Any
    ) -> tuple[list[MutationPoint], list[float]]:
        """Returns all mutations that are possible, and how likely each is.

        Args:
          value: The program.
        """
        points = [
            MutationPoint(kind, _path(link), old_value, parent)
            for kind, link, old_value, parent in _places(value, self._fixed)
        ]
        if self.weights is None:
            return points, [1.0] * len(points)
        weigh = self.weights
        return points, [
            weigh(p.mutation_type, p.location, p.old_value, p.parent) for p in points
        ]


class _ProgramCache:
    """Programs that were encoded or decoded lately, and will be needed as parents.

    Only programs of objects, lists, dicts and atoms are kept: a copy of such a program
    is what decoding its text again would give.
    """

    __slots__ = ("_lock", "_programs")

    _SIZE = 256

    def __init__(self) -> None:
        # By text, the least recently used first: its JSON value until it is decoded,
        # then the program.
        self._programs: dict[str, tuple[bool, Any]] = {}
        self._lock = threading.Lock()

    def text_of(self, program: Any) -> str:
        """Returns a program as JSON text."""
        plain = plain_json(program)
        if plain is None:
            return to_json_str(program)
        json_value, text = plain
        with self._lock:
            if text not in self._programs:
                self._put(text, (False, json_value))
        return text

    def program_of(self, text: str) -> Any:
        """Returns a new program for a text."""
        with self._lock:
            entry = self._programs.get(text)
        if entry is None:
            return from_json_str(text)
        is_decoded, value = entry
        if is_decoded:
            program = value.sym_clone()
        else:
            program = from_json(value)
            if isinstance(program, Symbolic):
                entry = (True, program.sym_clone())
        with self._lock:
            self._put(text, entry)
        return program

    def _put(self, text: str, entry: tuple[bool, Any]) -> None:
        self._programs.pop(text, None)
        self._programs[text] = entry
        if len(self._programs) > self._SIZE:
            del self._programs[next(iter(self._programs))]


def _places(program: Any, fixed: _FixedFields) -> list[_Place]:
    """Returns where a program can be mutated: each value, then what it contains.

    Args:
      program: The program.
      fixed: The fields that are known to have no mutation; receives further ones.
    """
    found: list[_Place] = []
    # What each node on the way down has left.
    pending = [iter([(_REPLACE, None, program, None)])]
    while pending:
        for place in pending[-1]:
            found.append(place)
            kind, link, value, _ = place
            if kind is _REPLACE and isinstance(value, Node):
                pending.append(iter(_places_below(link, value, fixed)))
                break
        else:
            pending.pop()
    return found


def _places_below(link: _Link | None, node: Any, fixed: _FixedFields) -> list[_Place]:
    """Returns the places of the children of a node."""
    if not isinstance(node, list):
        is_fixed = _fixed_keys(node, fixed)
        return [
            (_REPLACE, (link, key), child, node)
            for key, child in node.sym_items()
            if not is_fixed(key)
        ]
    spec: Any = node.value_spec
    least = (spec.min_size or 0) if spec is not None else 0
    most = spec.max_size if spec is not None else None
    may_insert = most is None or len(node) < most
    may_delete = len(node) > least
    places: list[_Place] = []
    for i, child in node.sym_items():
        here = (link, i)
        if may_insert:
            places.append((_INSERT, here, MISSING_VALUE, node))
        if may_delete:
            places.append((_DELETE, here, child, node))
        places.append((_REPLACE, here, child, node))
    if may_insert:
        places.append((_INSERT, (link, len(node)), MISSING_VALUE, node))
    return places


def _path(link: _Link | None) -> KeyPath:
    keys = []
    while link is not None:
        link, key = link
        keys.append(key)
    return KeyPath(keys[::-1])


def _fixed_keys(node: Any, known: _FixedFields) -> Callable[[Any], bool]:
    """Returns a function that tells for which keys of a node there is no mutation."""
    if not isinstance(node, dict):
        cls = type(node)
        schema = cls.__schema__
        entry = known.get(cls)
        if entry is None or entry[0] is not schema:
            entry = known[cls] = (schema, _fixed_fields(schema))
        if entry[1] is not None:
            return entry[1].__contains__
    return lambda key: _is_fixed(node.sym_attr_field(key))


def _fixed_fields(schema: Any) -> frozenset[Any] | None:
    """Returns the names of fields without mutation, None if names are not known."""
    if not all(key.is_const for key in schema.fields):
        return None
    return frozenset(str(k) for k, field in schema.fields.items() if _is_fixed(field))


def _is_fixed(field: Any) -> bool:
    return field is not None and (
        field.frozen or bool(field.metadata.get("no_mutation"))
    )


def evolve(
    initial_value: T,
    node_transform: NodeTransform,
    *,
    weights: Weights | None = None,
    name: str | None = None,
    hints: Any = None,
) -> T:
    """Stands for all programs that mutations lead to from an initial one.

    A field that has `{'no_mutation': True}` as its metadata is left as it is, with all
    that is in it; so is a frozen field.

    Args:
      initial_value: The program to start from; a plain list or dict becomes symbolic.
      node_transform: Returns a new value for a place, given its path, the value that is
        there (`pg.MISSING_VALUE` for an insertion) and the node that contains it.
      weights: Says how likely a mutation is, given its type, the path, the value and
        the node that contains it; None for equal weights.
      name: Name of the decision, unique within its space.
      hints: What to tell to search algorithms.

    Returns:
      A placeholder, for type checkers a value such as the initial one.

    Example:
      >>> import random
      >>> def double(path, value, parent):
      ...     return value * 2 if isinstance(value, int) else value
      >>> pg.evolve(pg.Dict(x=1), double).mutate(pg.Dict(x=1), random.Random(0))
      {x=2}
    """
    return Evolvable(  # type: ignore[return-value]
        initial_value=convert(None, None, None, initial_value),
        node_transform=node_transform,
        weights=weights,
        name=name,
        hints=hints,
    )
