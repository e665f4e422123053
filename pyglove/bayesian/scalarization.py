"""Scalarisation: several objectives as one."""

from collections.abc import Sequence

import numpy as np

from pyglove.bayesian import warping
from pyglove.bayesian.row_encoding import Floats

# How much the sum counts beside the worst objective.
_SUM_PART = 0.05


def chebyshev(points: Floats, weights: Floats) -> Floats:
    """Returns how good points are by the augmented Chebyshev function.

    The objective that is furthest from the best counts, and the sum of all a little:
    any point of the Pareto front is the best one for some weights, also where the front
    is not convex. See Knowles, "ParEGO" (2006), section III.

    Args:
      points: [points, objectives] All to be maximized.
      weights: [objectives] Positive numbers.

    Returns:
      [points] The greater, the better; 0 at the best of all objectives.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.scalarization import chebyshev
      >>> points = np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]])
      >>> int(chebyshev(points, np.array([0.5, 0.5])).argmax())
      1
    """
    low, high = points.min(axis=0), points.max(axis=0)
    gaps = (high - points) / np.where(high > low, high - low, 1.0)
    weighed = gaps * weights
    value: Floats = -(weighed.max(axis=1) + _SUM_PART * weighed.sum(axis=1))
    return value


def random_weights(num_objectives: int, rng: np.random.Generator) -> Floats:
    """Returns weights with a sum of 1, uniform among all.

    Args:
      num_objectives: Number of objectives.
      rng: Source of randomness.
    """
    return rng.dirichlet(np.ones(num_objectives))


def scalarize(rewards: Sequence[Sequence[float]], weights: Floats) -> Floats:
    """Returns rewards of several objectives as one number each.

    Args:
      rewards: [evaluations, objectives] May hold NaN and infinities.
      weights: [objectives]
    """
    points = np.array(rewards, np.float64)
    for k in range(points.shape[1]):
        points[:, k] = warping.by_rank(warping.finite(points[:, k]))
    return chebyshev(points, weights)
