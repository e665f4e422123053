"""Evolvable values: programs that are modified node by node."""

import random
from collections.abc import Callable
from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno import DNA
from pyglove.geno.internal import make_unbound_dna
from pyglove.hyper.base import KeyPath
from pyglove.hyper.custom import CustomHyper
from pyglove.hyper.mutation_point import MutationFinder, MutationPoint, MutationType
from pyglove.hyper.program_cache import ProgramCache
from pyglove.symbolic import Symbolic, mark_as_insertion, members
from pyglove.symbolic.internal import convert

MISSING_VALUE = utils.MISSING_VALUE
T = TypeVar("T")

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
      weights: Returns the weight of a mutation, given its type, the path, the value and
        the node that contains it; None for equal weights.
    """

    initial_value: Symbolic
    node_transform: Callable[..., Any]
    weights: Callable[..., Any] | None = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._finder = MutationFinder()
        self._programs = ProgramCache(self._finder)
        cls = type(self)
        # Whether this class overrides none of the methods on programs.
        self._is_usual = (
            cls.custom_decode is Evolvable.custom_decode
            and cls.custom_encode is Evolvable.custom_encode
            and cls.mutate is Evolvable.mutate
        )
        self._is_uniform = (
            self.weights is None
            and cls.mutation_points_and_weights is Evolvable.mutation_points_and_weights
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
        rng = random_generator or random
        if not self._is_usual:
            value = self.mutate(self.custom_decode(previous_dna), rng)
            return self.custom_encode(value)
        # This copy of the program is not shared, so that it can become the child.
        if self._is_uniform:
            program, places = self._programs.parent_of(previous_dna.value)
            point = self._finder.point(program, rng.choices(places)[0])
        else:
            program = self.custom_decode(previous_dna)
            point = self._draw_point(program, rng)
        child = self._change(point, lambda: program)
        return make_unbound_dna(self._programs.text_of(child, is_own=True))

    def mutate(self, value: Any, random_generator: Any = None) -> Any:
        """Returns a program that differs from another one by a random mutation.

        Args:
          value: The program, which is not modified.
          random_generator: A `random.Random`; None uses the state of the module
            `random`.

        Raises:
          ValueError: if all weights are zero.
        """
        point = self._draw_point(value, random_generator or random)
        return self._change(point, value.sym_clone)

    def _change(self, point: MutationPoint, copy: Callable[[], Any]) -> Any:
        """Returns a program with a mutation.

        Args:
          point: The mutation.
          copy: Returns the program to modify; called after `node_transform`.
        """
        kind, path = point.mutation_type, point.location
        new_value: Any = MISSING_VALUE
        if kind is not MutationType.DELETE:
            new_value = self.node_transform(path, point.old_value, point.parent)
        if not path:
            return new_value
        program = copy()
        if kind is MutationType.INSERT:
            if isinstance(new_value, utils.MissingValue):
                return program
            new_value = mark_as_insertion(new_value)
        program.sym_rebind({path: new_value}, raise_on_no_change=False)
        return program

    def _draw_point(self, value: Any, rng: Any) -> MutationPoint:
        """Returns a random mutation of a program."""
        if self._is_uniform:
            return self._finder.point(value, rng.choices(self._finder.places(value))[0])
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
        """Returns all possible mutations, and their weights.

        Args:
          value: The program.
        """
        points = self._finder.points(value)
        if self.weights is None:
            return points, [1.0] * len(points)
        weigh = self.weights
        return points, [
            weigh(p.mutation_type, p.location, p.old_value, p.parent) for p in points
        ]


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
      weights: Returns the weight of a mutation, given its type, the path, the value and
        the node that contains it; None for equal weights.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.

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
