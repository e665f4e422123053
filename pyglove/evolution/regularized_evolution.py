"""Regularized evolution (aging evolution)."""

from typing import Any

from pyglove import utils
from pyglove.evolution import mutators, selectors
from pyglove.evolution.evolution import Evolution
from pyglove.evolution.novelty import mutation
from pyglove.geno import Random


def regularized_evolution(
    mutator: Any = mutators.Uniform(),  # noqa: B008 - copied for each use.
    population_size: int = 100,
    tournament_size: int = 10,
    seed: int | None = None,
    allow_repeats: bool = False,
) -> Evolution:
    """Returns regularized evolution.

    Each child is a mutation of the fittest DNA in a random sample of the population.
    Each evaluated child replaces the oldest DNA of the population. See Real et al.,
    "Regularized Evolution for Image Classifier Architecture Search" (AAAI 2019),
    algorithm 1.

    Args:
      mutator: Makes a child out of its parent.
      population_size: Size of the population.
      tournament_size: Size of the sample.
      seed: Seed of all randomness, including that of the mutator. The same seed and
        feedback result in the same proposals.
      allow_repeats: Whether the same DNA may be proposed again, which is of use where
        its evaluations differ. If not, a mutation that was proposed before is tried
        again, until a new one is found or 100 attempts have failed.

    Raises:
      ValueError: if the tournament is larger than the population, or smaller than 2.

    Example:
      >>> algorithm = pg.evolution.regularized_evolution(
      ...     population_size=20, tournament_size=5, seed=1)
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> best = 0
      >>> for p, feedback in pg.sample(space, algorithm, num_examples=200):
      ...   feedback(float(p.x + p.y))
      ...   best = max(best, p.x + p.y)
      >>> best
      18
    """
    if tournament_size < 2:
        raise utils.PyGloveValueError(
            f"Expected `tournament_size` to be at least 2, got {tournament_size}."
        )
    if population_size < tournament_size:
        raise utils.PyGloveValueError(
            "Expected `population_size` to be no less than `tournament_size`, got "
            f"{population_size} and {tournament_size}."
        )
    mutate = mutation(mutator, seed, allow_repeats)
    return Evolution(
        reproduction=(
            selectors.Random(tournament_size, seed=seed) >> selectors.Top(1) >> mutate
        ),
        population_init=(Random(seed), population_size),
        population_update=selectors.Last(population_size),
    )
