"""Evolvable values: programs that are modified node by node."""

import enum
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno import DNA
from pyglove.hyper.base import KeyPath
from pyglove.hyper.custom import CustomHyper
from pyglove.symbolic import List, Symbolic, from_json_str, mark_as_insertion, members
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

    def custom_decode(self, dna: DNA) -> Any:
        """Returns the program that a DNA holds as JSON text.

        Args:
          dna: The DNA.
        """
        return from_json_str(dna.value)

    def custom_encode(self, value: Any) -> DNA:
        """Returns a DNA that holds a program as JSON text.

        Args:
          value: The program.
        """
        return DNA(json.dumps(utils.to_json(value)))

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
        value = self.mutate(self.custom_decode(previous_dna), random_generator)
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
        rng = random_generator or random
        points, weights = self.mutation_points_and_weights(value)
        try:
            point = rng.choices(points, weights=weights, k=1)[0]
        except ValueError as error:
            raise utils.PyGloveValueError(
                "Expected `weights` to give a mutation of the program a weight above "
                f"zero, got {weights[:8]!r}{' and so on' if weights[8:] else ''} for "
                f"{[p.location.path for p in points[:8]]!r}."
            ) from error
        old_value = point.old_value
        if point.mutation_type is MutationType.DELETE:
            new_value: Any = MISSING_VALUE
        else:
            new_value = self.node_transform(point.location, old_value, point.parent)
        if not point.location:
            return new_value
        if point.mutation_type is MutationType.INSERT:
            if isinstance(new_value, utils.MissingValue):
                return value.sym_clone()
            new_value = mark_as_insertion(new_value)
        mutated = value.sym_clone()
        mutated.sym_rebind({point.location: new_value}, raise_on_no_change=False)
        return mutated

    def mutation_points_and_weights(
        self, value: Any
    ) -> tuple[list[MutationPoint], list[float]]:
        """Returns all mutations that are possible, and how likely each is.

        Args:
          value: The program.
        """
        points = list(_mutation_points(KeyPath(), value, None))
        if self.weights is None:
            return points, [1.0] * len(points)
        weigh = self.weights
        return points, [
            weigh(p.mutation_type, p.location, p.old_value, p.parent) for p in points
        ]


def _mutation_points(path: KeyPath, value: Any, parent: Any) -> Iterator[MutationPoint]:
    """Iterates over the mutations of a value and of all that it contains."""
    yield MutationPoint(MutationType.REPLACE, path, value, parent)
    if isinstance(value, List):
        yield from _list_points(path, value)
    elif isinstance(value, Node):
        for key, child in value.sym_items():
            field = value.sym_attr_field(key)
            if field is None or _may_mutate(field):
                yield from _mutation_points(KeyPath(key, path), child, value)


def _may_mutate(field: Any) -> bool:
    return not field.frozen and not field.metadata.get("no_mutation")


def _list_points(path: KeyPath, items: List[Any]) -> Iterator[MutationPoint]:
    spec = items.value_spec
    least = (spec.min_size or 0) if spec is not None else 0
    most = spec.max_size if spec is not None else None
    may_insert = most is None or len(items) < most
    may_delete = len(items) > least
    for i, child in enumerate(items.sym_values()):
        location = KeyPath(i, path)
        if may_insert:
            yield MutationPoint(MutationType.INSERT, location, MISSING_VALUE, items)
        if may_delete:
            yield MutationPoint(MutationType.DELETE, location, child, items)
        yield from _mutation_points(location, child, items)
    if may_insert:
        end = KeyPath(len(items), path)
        yield MutationPoint(MutationType.INSERT, end, MISSING_VALUE, items)


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
