"""Warping: rewards on a scale on which a Gaussian process explains them well.

Rewards are of any size, the worst may be worse than all others by orders of magnitude,
and some are no numbers at all. What matters is how the good ones compare.
"""

import math

import numpy as np

from pyglove.bayesian import normal
from pyglove.bayesian.row_encoding import Floats

# How far below the median a reward counts, in distances of the best from the median.
_DEPTH = 2.0


def finite(rewards: Floats) -> Floats:
    """Returns rewards in which NaN and infinities are replaced.

    NaN counts as minus infinity. Infinities become the greatest or least finite reward.

    Args:
      rewards: [n]
    """
    known = np.isfinite(rewards)
    if known.all():
        return rewards
    if not known.any():
        return np.where(rewards == math.inf, 1.0, 0.0)
    low, high = rewards[known].min(), rewards[known].max()
    filled: Floats = np.where(rewards == math.inf, high, low)
    return np.where(known, rewards, filled)


def by_rank(rewards: Floats) -> Floats:
    """Returns the normal quantiles of the ranks of rewards.

    It does not matter how rewards are scaled. See Salinas et al., "A Quantile-based
    Approach for Hyperparameter Transfer Learning" (2020), section 3.

    Args:
      rewards: [n] Finite rewards.

    Returns:
      [n] Equal rewards have equal values.
    """
    ordered = np.sort(rewards)
    low = np.searchsorted(ordered, rewards, "left")
    high = np.searchsorted(ordered, rewards, "right")
    return normal.quantile((low + high) / (2.0 * len(rewards)))


def by_value(rewards: Floats) -> Floats:
    """Returns standardized rewards in which bad ones are clipped.

    A reward that is below the median by more than twice what the best is above it
    counts as that far below.

    Args:
      rewards: [n] Finite rewards.
    """
    # Halves, as the difference of two floats may be greater than any float.
    halves = rewards / 2.0
    middle = float(np.median(halves))
    gap = float(halves.max()) - middle
    if gap <= 0.0:
        return by_rank(rewards)
    # Cut off first: a gap may be so small that the worst are beyond any float in it.
    clipped = np.maximum(halves - middle, -_DEPTH * gap) / gap
    centered: Floats = clipped - clipped.mean()
    return centered / clipped.std()
