"""Hill climbing."""

from typing import Any

from pyglove.evolution import mutators, selectors
from pyglove.evolution.evolution import Evolution
from pyglove.evolution.novelty import mutation
from pyglove.geno import Random


def hill_climb(
    mutator: Any = mutators.Uniform(),  # noqa: B008 - copied for each use.
    batch_size: int = 1,
    init_population_size: int = 1,
    seed: int | None = None,
    allow_repeats: bool = False,
) -> Evolution:
    """Returns hill climbing: mutations of the best DNA so far.

    Args:
      mutator: Makes a child out of its parent.
      batch_size: Number of children made at a time.
      init_population_size: Number of random DNA tried first.
      seed: Seed of everything that is random, within the mutator too. The same seed
        and feedback lead to the same proposals.
      allow_repeats: Whether the same DNA may be proposed again, which is of use where
        its evaluations differ. If not, a mutation that was proposed before is tried
        again, until a new one is found or 100 attempts have failed.

    Example:
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> algorithm = pg.evolution.hill_climb(seed=1)
      >>> for p, feedback in pg.sample(space, algorithm, num_examples=200):
      ...   feedback(float(p.x + p.y))
      >>> algorithm.population
      [DNA([9, 9])]
    """
    mutate = mutation(mutator, seed, allow_repeats)
    return Evolution(
        reproduction=selectors.Top(1) >> mutate * batch_size,
        population_init=(Random(seed), init_population_size),
        population_update=selectors.Top(1),
    )
