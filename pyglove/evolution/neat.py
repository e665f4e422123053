"""NEAT: evolution of species."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove.evolution import flat, mutators, selectors
from pyglove.evolution.combinator import GlobalStateGetter
from pyglove.evolution.evolution import Evolution
from pyglove.evolution.fitness import get_fitness, get_generation_id
from pyglove.evolution.novelty import mutation
from pyglove.evolution.operation import Operation
from pyglove.evolution.state import saved_by_slots
from pyglove.geno import DNA, AttributeDict, Random
from pyglove.symbolic import Object

_SPECIES = "living_species"
# All species that ever lived. DNA are marked by their numbers.
_ALL = "species"
_MARK = "species_id"

if TYPE_CHECKING:
    Distance = Callable[[DNA, DNA], float]
else:
    Distance = pg_typing.Callable(
        [pg_typing.Object(DNA), pg_typing.Object(DNA)], returns=pg_typing.Float()
    )


def neat(
    mutator: Any = mutators.Uniform(),  # noqa: B008 - copied for each use.
    population_size: int = 100,
    disjoint_coefficient: float = 1.0,
    matching_coefficient: float = 3.0,
    compatibility_threshold: float = 0.4,
    remaining_ratio: float = 0.6,
    seed: int | None = None,
    allow_repeats: bool = False,
) -> Evolution:
    """Returns NEAT, which protects new structures by letting them compete with alikes.

    DNA are grouped into species by their distance. A species has offspring in
    proportion to its mean fitness, out of the best of its members. See Stanley and
    Miikkulainen, "Evolving Neural Networks through Augmenting Topologies" (2002),
    section 3.3. Children are mutations of one parent; there is no crossover.

    Args:
      mutator: Makes a child out of its parent.
      population_size: Size of a generation.
      disjoint_coefficient: Weight in the distance of decisions that one of two DNA
        does not have.
      matching_coefficient: Weight of decisions that they made differently.
      compatibility_threshold: The distance from which on they are of two species.
      remaining_ratio: The share of a species that may have offspring, the fittest.
      seed: Seed of everything that is random, within the mutator too. The same seed
        and feedback lead to the same proposals.
      allow_repeats: Whether the same DNA may be proposed again, which is of use where
        its evaluations differ. If not, a mutation that was proposed before is tried
        again, until a new one is found or 100 attempts have failed.

    Example:
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> algorithm = pg.evolution.neat(population_size=10, seed=1)
      >>> for p, feedback in pg.sample(space, algorithm, num_examples=100):
      ...   feedback(float(p.x + p.y))
      >>> algorithm.num_generations
      10
    """
    parent_of_species = (
        Members() >> selectors.Top(remaining_ratio) >> selectors.Random(1, seed=seed)
    )
    parents = (
        selectors.Proportional(population_size, weights=scaled_average_fitness)
        .for_each(parent_of_species)
        .flatten()
    )
    distance = CompatibilityDistance(disjoint_coefficient, matching_coefficient)
    mutate = mutation(mutator, seed, allow_repeats)
    return Evolution(
        reproduction=(GlobalStateGetter(_SPECIES) >> parents >> mutate),
        population_init=(Random(seed), population_size),
        population_update=(
            selectors.Top(1, key=get_generation_id, cluster=True)
            >> Speciate(distance, compatibility_threshold)
        ),
    )


@saved_by_slots
class Species:
    """A species: the DNA close to its first member.

    Attributes:
      representative: The first DNA of the species.
      number: Number of species before this one.
      members: Its DNA of the present generation.
    """

    __slots__ = ("members", "number", "representative")

    def __init__(self, representative: DNA, number: int = 0) -> None:
        """Initializes a species.

        Args:
          representative: Its first DNA.
          number: Number of species before this one.
        """
        self.representative = representative
        self.number = number
        self.members: list[DNA] = []


class Members(Operation):
    """The members of a species."""

    def call(self, inputs: Any) -> list[DNA]:  # type: ignore[override]
        """Returns the members of a species."""
        members: list[DNA] = inputs.members
        return members


def scaled_average_fitness(inputs: list[Species]) -> list[float]:
    """Returns how much fitter each species is than the least fit one, on average.

    Args:
      inputs: The species.
    """
    averages = [_average([get_fitness(x) for x in s.members]) for s in inputs]
    known = [x for x in averages if math.isfinite(x)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    # A mean that is infinite or not a number counts as the nearest that is finite.
    scaled = [
        (high if x == math.inf else x if math.isfinite(x) else low) - low
        for x in averages
    ]
    return scaled if any(scaled) else [1.0] * len(scaled)


def _average(values: list[Any]) -> float:
    return float(sum(values)) / len(values)


class CompatibilityDistance(Object):
    """How different two DNA are, relative to the number of their decisions.

    Example:
      >>> from pyglove.evolution.neat import CompatibilityDistance
      >>> spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([3, 4])))
      >>> CompatibilityDistance(1.0, 3.0)(
      ...     pg.DNA([0, 0], spec=spec), pg.DNA([0, 1], spec=spec))
      1.5
    """

    disjoint_coefficient: Annotated[
        float, "Weight of decisions that one of the DNA does not have."
    ] = 1.0
    matching_coefficient: Annotated[
        float, "Weight of decisions that they made differently."
    ] = 3.0

    def __call__(self, left: DNA, right: DNA) -> float:
        """Returns the distance of two DNA of the same space.

        Args:
          left: A DNA.
          right: Another one.
        """
        spec = flat.bound_spec(left)
        if spec.decisions.sizes is not None:
            # All have the same decisions.
            pairs = zip(flat.numbers_of(left), flat.numbers_of(right), strict=True)
            num_different = sum(x != y for x, y in pairs)
            return self.matching_coefficient * num_different / spec.decisions.width
        large, small = left.to_dict(), right.to_dict()
        if len(large) < len(small):
            large, small = small, large
        num_different = sum(x in small and small[x] != y for x, y in large.items())
        num_disjoint = sum(x not in small for x in large)
        weighted = (
            self.matching_coefficient * num_different
            + self.disjoint_coefficient * num_disjoint
        )
        return weighted / len(large)


class Speciate(Operation):
    """Groups DNA into species, which are put into the global state."""

    distance: Annotated[Distance, "How different two DNA are."]
    threshold: Annotated[float, "The distance from which on they are of two species."]

    def call(  # type: ignore[override]
        self, inputs: list[DNA], global_state: AttributeDict
    ) -> list[DNA]:
        """Groups the DNA, and returns them."""
        living: list[Species] = global_state.get(_SPECIES, [])
        every: list[Species] = global_state.setdefault(_ALL, [])
        known = {
            id(member): species for species in living for member in species.members
        }
        for species in living:
            species.members = []
        living = list(living)
        for dna in inputs:
            found = known.get(id(dna)) or self._classify(dna, living, every)
            if found not in living:
                living.append(found)
            found.members.append(dna)
        global_state[_SPECIES] = [species for species in living if species.members]
        return inputs

    def _classify(
        self, dna: DNA, living: list[Species], every: list[Species]
    ) -> Species:
        """Returns the species of a new DNA."""
        mark = dna.metadata.get(_MARK)
        candidates = living
        if mark is not None and mark < len(every):
            # Children are tried with the species of their parent first.
            candidates = [every[mark], *living]
        for species in candidates:
            if self.distance(dna, species.representative) < self.threshold:
                break
        else:
            species = Species(dna, len(every))
            every.append(species)
        dna.set_metadata(_MARK, species.number, cloneable=True)
        return species
