"""NSGA-II: evolution towards several objectives."""

import math
from typing import Annotated, Any

from pyglove import utils
from pyglove.evolution import mutators, selectors
from pyglove.evolution.combinator import GlobalStateGetter, Identity
from pyglove.evolution.evolution import Evolution
from pyglove.evolution.fitness import get_fitness
from pyglove.evolution.novelty import mutation
from pyglove.evolution.operation import Operation
from pyglove.geno import DNA, AttributeDict, Random

_ELITES = "elites"
_CURSOR = "elite_cursor"


def nsga2(
    mutator: Any = mutators.Uniform(),  # noqa: B008 - copied for each use.
    population_size: int = 100,
    seed: int | None = None,
    allow_repeats: bool = False,
    num_constraints: int = 0,
) -> Evolution:
    """Returns NSGA-II, which approaches the Pareto front of several objectives.

    The elites are the best of the elites before and the generation in between: those
    that fewest others dominate, and among equals those with most space around. Each
    elite has one child, which is a mutation of it; there is no crossover. See Deb et
    al., "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II" (2002), section
    III, and section VI for constraints on what is measured. (Constraints on decisions
    are part of the space: `pg.constrain`.)

    Args:
      mutator: Makes a child out of its parent.
      population_size: Number of elites, and size of a generation.
      seed: Seed of everything that is random, within the mutator too. The same seed
        and feedback lead to the same proposals.
      allow_repeats: Whether the same DNA may be proposed again, which is of use where
        its evaluations differ. If not, a mutation that was proposed before is tried
        again, until a new one is found or 100 attempts have failed.
      num_constraints: Number of metrics, at the end, that are constraints: each
        has to be at least 0; larger values are not better. DNA that meet all are
        better than any other; of others those are better that miss less in total.

    Raises:
      ValueError: if `num_constraints` is negative.

    Example:
      >>> space = pg.Dict(x=pg.floatv(0.0, 1.0), y=pg.floatv(0.0, 1.0))
      >>> algorithm = pg.evolution.nsga2(population_size=10, seed=1)
      >>> for p, feedback in pg.sample(
      ...     space, algorithm, num_examples=100,
      ...     metrics_to_optimize=['accuracy', 'speed']):
      ...   feedback((p.x, 1.0 - p.x - p.y))
      >>> len(algorithm.global_state.elites)
      10

    What takes less than 3 seconds, the more accurate and the smaller the better:

      >>> algorithm = pg.evolution.nsga2(
      ...     population_size=10, seed=1, num_constraints=1)
      >>> for p, feedback in pg.sample(
      ...     space, algorithm, num_examples=100,
      ...     metrics_to_optimize=['accuracy', 'smallness', 'seconds_left']):
      ...   feedback((p.x, -p.y, 3.0 - 5.0 * p.x))
      >>> max(dna.to_numbers()[0] for dna in algorithm.global_state.elites) < 0.6
      True
    """
    if num_constraints < 0:
        raise utils.PyGloveValueError(
            f"Expected `num_constraints` to be 0 or more, got {num_constraints}."
        )
    rank = (
        NondominatedSort(num_constraints)
        .for_each(CrowdingDistanceSort(num_constraints))
        .flatten()
    )
    keep_elites = (
        selectors.First(population_size)
        .as_global_state(_ELITES)
        .set_global_state(_CURSOR, 0)
    )
    next_generation = (
        (GlobalStateGetter(_ELITES, default=[]) + Identity()) >> rank >> keep_elites
    )
    mutate = mutation(mutator, seed, allow_repeats)
    return Evolution(
        reproduction=NextElite() >> mutate,
        population_init=(Random(seed), population_size * 2),
        population_update=next_generation.if_true(_HasSize(population_size)),
        multi_objective=True,
    )


class _HasSize(Operation):
    """Condition on the number of elements."""

    size: Annotated[int, "The number of elements."]

    def call(self, inputs: list[Any]) -> Any:  # type: ignore[override]
        """Returns whether the number of inputs is within the limits."""
        return len(inputs) >= self.size


class NextElite(Operation):
    """The elites in turn, one per call; the inputs do not matter."""

    def call(  # type: ignore[override]
        self, inputs: list[DNA], global_state: AttributeDict
    ) -> list[DNA]:
        """Returns a list of the next elite."""
        elites = global_state.get(_ELITES) or inputs
        if not elites:
            return []
        cursor = global_state.get(_CURSOR, 0) % len(elites)
        global_state[_CURSOR] = cursor + 1
        return [elites[cursor]]


class NondominatedSort(Operation):
    """Sorts DNA into fronts, none of which dominates an earlier one.

    A DNA dominates another if it is no worse in any objective, and better in one. With
    constraints, it does so only if both meet them. One that meets all constraints
    dominates those that do not, among which the one that misses less does.

    Example:
      >>> from pyglove.evolution.nsga2 import NondominatedSort
      >>> points = [(1.0, 1.0), (2.0, 0.0), (0.0, 0.0)]
      >>> dna = [pg.evolution.set_fitness(pg.DNA(i), p) for i, p in enumerate(points)]
      >>> NondominatedSort()(dna)
      [[DNA(0), DNA(1)], [DNA(2)]]
    """

    num_constraints: Annotated[
        int, "How many numbers of a reward, the last ones, are constraints."
    ] = 0

    def call(self, inputs: list[DNA]) -> list[list[DNA]]:  # type: ignore[override]
        """Returns the fronts."""
        missed: dict[float, list[DNA]] = {}
        for x in inputs:
            missed.setdefault(violation(x, self.num_constraints), []).append(x)
        fronts = self._fronts(missed.pop(0.0, []))
        return [*fronts, *[missed[key] for key in sorted(missed)]]

    def _fronts(self, inputs: list[DNA]) -> list[list[DNA]]:
        """Returns the fronts of DNA that meet all constraints."""
        points = [objectives(x, self.num_constraints) for x in inputs]
        # In this order nothing dominates what comes before it. See Zhang et al., "An
        # Efficient Approach to Nondominated Sorting" (2015).
        order = sorted(range(len(points)), key=points.__getitem__, reverse=True)
        fronts: list[list[int]] = []
        for i in order:
            for front in fronts:
                if not any(_dominates(points[j], points[i]) for j in reversed(front)):
                    front.append(i)
                    break
            else:
                fronts.append([i])
        return [[inputs[i] for i in sorted(front)] for front in fronts]


def objectives(dna: DNA, num_constraints: int = 0) -> tuple[float, ...]:
    """Returns the fitness of a DNA in each objective, where NaN is the worst.

    Args:
      dna: The DNA.
      num_constraints: Number of constraints at the end of the fitness.

    Raises:
      ValueError: if there are no objectives.
    """
    numbers = _numbers(dna)
    count = len(numbers) - num_constraints
    if count < 1:
        raise utils.PyGloveValueError(
            f"Expected rewards of at least one objective and {num_constraints} "
            f"constraints, got {get_fitness(dna)!r}."
        )
    return numbers[:count]


def violation(dna: DNA, num_constraints: int) -> float:
    """Returns by how much a DNA misses its constraints: 0 if it meets all.

    Args:
      dna: The DNA.
      num_constraints: How many numbers at the end of its fitness are constraints, which
        are met by 0 or more.
    """
    if not num_constraints:
        return 0.0
    return sum([max(-x, 0.0) for x in _numbers(dna)[-num_constraints:]])


def _numbers(dna: DNA) -> tuple[float, ...]:
    fitness = get_fitness(dna)
    values = fitness if isinstance(fitness, (tuple, list)) else (fitness,)
    return tuple([-math.inf if x != x else x for x in values])


def nondominated_sort() -> NondominatedSort:
    """Returns an operation that sorts DNA into fronts, the best first.

    Example:
      >>> sort = pg.evolution.nsga2_lib.nondominated_sort()
      >>> points = [(1.0, 1.0), (2.0, 0.0), (0.0, 0.0)]
      >>> dna = [pg.evolution.set_fitness(pg.DNA(i), p) for i, p in enumerate(points)]
      >>> sort(dna)
      [[DNA(0), DNA(1)], [DNA(2)]]
    """
    return NondominatedSort()


def dominates(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    """Returns whether a point is better than another in some way, and worse in none.

    Args:
      left: The number for each objective, the greater the better.
      right: Those of the other point.

    Raises:
      ValueError: if there is not the same number of objectives.

    Example:
      >>> pg.evolution.nsga2_lib.dominates((1.0, 2.0), (1.0, 1.0))
      True
    """
    if len(left) != len(right):
        raise utils.PyGloveValueError(
            f"Expected points with the same number of objectives, got {left!r} and "
            f"{right!r}."
        )
    return _dominates(tuple(left), tuple(right))


def _dominates(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    return left != right and all(x >= y for x, y in zip(left, right, strict=True))


class CrowdingDistanceSort(Operation):
    """Sorts the DNA of a front, those with most space around first.

    The space around a DNA is the distance of its neighbours on both sides, summed up
    over all objectives; it is infinite at the ends.
    """

    num_constraints: Annotated[
        int, "How many numbers of a reward, the last ones, are constraints."
    ] = 0

    def call(self, inputs: list[DNA]) -> list[DNA]:  # type: ignore[override]
        """Returns the DNA in order."""
        points = [objectives(x, self.num_constraints) for x in inputs]
        distances = [0.0] * len(points)
        for k in range(len(points[0]) if points else 0):
            order = sorted(range(len(points)), key=lambda i: points[i][k])
            low, high = points[order[0]][k], points[order[-1]][k]
            distances[order[0]] = distances[order[-1]] = math.inf
            if not 0 < high - low < math.inf:
                continue
            for before, i, after in zip(order, order[1:], order[2:], strict=False):
                gap = points[after][k] - points[before][k]
                distances[i] += gap / (high - low)
        order = sorted(range(len(points)), key=distances.__getitem__, reverse=True)
        return [inputs[i] for i in order]


def crowding_distance_sort() -> CrowdingDistanceSort:
    """Returns an operation that sorts the DNA of a front, the least crowded first.

    Those at the ends of the front come foremost.

    Example:
      >>> sort = pg.evolution.nsga2_lib.crowding_distance_sort()
      >>> points = [(0.0, 3.0), (1.0, 2.0), (1.5, 1.5), (4.0, 0.0)]
      >>> dna = [pg.evolution.set_fitness(pg.DNA(i), p) for i, p in enumerate(points)]
      >>> sort(dna)
      [DNA(0), DNA(3), DNA(2), DNA(1)]
    """
    return CrowdingDistanceSort()


def next_elite() -> NextElite:
    """Returns an operation that returns the elites in turn, one per call.

    The elites are stored as `elites` in the global state.

    Example:
      >>> algorithm = pg.evolution.Evolution(
      ...     pg.evolution.nsga2_lib.next_elite() >> pg.evolution.mutators.Uniform())
      >>> type(algorithm.reproduction).__name__
      'Pipeline'
    """
    return NextElite()
