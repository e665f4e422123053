"""Scalarisation: several objectives as one, and what a set of points is worth."""

from collections.abc import Sequence

import numpy as np

from pyglove.bayesian import warping
from pyglove.bayesian.layout import Bools, Floats

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
      num_objectives: How many.
      rng: Source of what is random.
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


def pareto_front(points: Floats) -> Bools:
    """Returns which points no other dominates.

    A point dominates another if it is no less in any objective, and greater in one.

    Args:
      points: [points, objectives] All to be maximized.

    Returns:
      [points] Of equal points all or none are in the front.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.scalarization import pareto_front
      >>> pareto_front(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])).tolist()
      [True, True, False]
    """
    is_front = np.ones(len(points), np.bool_)
    for i, point in enumerate(points):
        no_less = (points >= point).all(axis=1)
        is_front[i] = not (no_less & (points > point).any(axis=1)).any()
    return is_front


def hypervolume(points: Floats, reference: Sequence[float]) -> float:
    """Returns the volume of what points dominate, and that dominates a reference.

    Args:
      points: [points, objectives] All to be maximized.
      reference: [objectives] A point that is worse than all that matter.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.scalarization import hypervolume
      >>> hypervolume(np.array([[2.0, 1.0], [1.0, 2.0]]), [0.0, 0.0])
      3.0
    """
    gains = np.asarray(points, np.float64) - np.asarray(reference, np.float64)
    gains = gains[(gains > 0.0).all(axis=1)]
    return _volume(gains[pareto_front(gains)]) if len(gains) else 0.0


def _volume(gains: Floats) -> float:
    """Returns the volume between the origin and points: slice by slice."""
    if gains.shape[1] == 1:
        return float(gains.max())
    gains = gains[np.argsort(-gains[:, -1], kind="stable")]
    ends = np.append(gains[1:, -1], 0.0)
    total = 0.0
    for i, depth in enumerate(gains[:, -1] - ends):
        if depth > 0.0:
            slab = gains[: i + 1, :-1]
            total += depth * _volume(slab[pareto_front(slab)])
    return float(total)
