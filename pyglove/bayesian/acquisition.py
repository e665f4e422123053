"""Acquisition: how much is to be hoped for from an evaluation."""

import math

import numpy as np

from pyglove.bayesian.normal import tail_ratio
from pyglove.bayesian.row_encoding import Floats

_LOG_SQRT_2PI = 0.5 * math.log(2.0 * math.pi)
# Below this, the first term of the series of the improvement is exact enough.
_FAR = -100.0


def log_expected_improvement(means: Floats, deviations: Floats, best: float) -> Floats:
    """Returns the logarithm of the expected improvement.

    The logarithm tells candidates apart also where the improvement itself is zero in
    floating point: Ament et al., "Unexpected Improvements to Expected Improvement for
    Bayesian Optimization" (2023), section 4.

    Args:
      means: [rows] Expected reward of each row.
      deviations: [rows] Standard deviations, greater than 0.
      best: The reward to improve on.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.acquisition import log_expected_improvement
      >>> value = log_expected_improvement(np.zeros(1), np.ones(1), 0.0)
      >>> round(float(np.exp(value[0])), 5)  # 1 / sqrt(2 pi)
      0.39894
    """
    z = (means - best) / deviations
    log_density = -0.5 * z * z - _LOG_SQRT_2PI
    tail = tail_ratio(np.abs(z))
    # Of a density at z, the improvement is this much.
    below = np.where(z < _FAR, 1.0 / (z * z + 1.0), np.maximum(1.0 + z * tail, 1e-12))
    density = np.exp(log_density)
    above = density + z * (1.0 - density * tail)
    log_above = np.log(np.where(z > 0.0, above, 1.0))
    improvement = np.where(z > 0.0, log_above, log_density + np.log(below))
    result: Floats = improvement + np.log(deviations)
    return result


def upper_confidence_bound(means: Floats, deviations: Floats, width: float) -> Floats:
    """Returns how good rows may well be.

    Args:
      means: [rows] Expected reward of each row.
      deviations: [rows] Standard deviations.
      width: Width of the bound in standard deviations.
    """
    return means + width * deviations
