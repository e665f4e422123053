"""The normal distribution on arrays, far into its tails."""

import math

import numpy as np

from pyglove.bayesian.row_encoding import Floats

# Coefficients of the logarithm of erfc(x) exp(x^2) / t in t = 1 / (1 + x / 2): Press et
# al., "Numerical Recipes" (1992), section 6.2. The relative error of erfc is below
# 1.2e-7 everywhere.
_ERFC = (
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277,
)
# Rational approximations of the quantile, by P. J. Acklam (2003): numerators and
# denominators in the middle and in the tails. The relative error is below 1.2e-9.
_MIDDLE = (
    (
        -39.69683028665376,
        220.9460984245205,
        -275.9285104469687,
        138.3577518672690,
        -30.66479806614716,
        2.506628277459239,
    ),
    (
        -54.47609879822406,
        161.5858368580409,
        -155.6989798598866,
        66.80131188771972,
        -13.28068155288572,
        1.0,
    ),
)
_TAIL = (
    (
        -0.007784894002430293,
        -0.3223964580411365,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ),
    (
        0.007784695709041462,
        0.3224671290700398,
        2.445134137142996,
        3.754408661907416,
        1.0,
    ),
)
_TAIL_START = 0.02425


def tail_ratio(x: Floats) -> Floats:
    """Returns the Mills ratio: the probability of more than x, over the density at x.

    Args:
      x: Numbers of at least 0.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.normal import tail_ratio
      >>> tail_ratio(np.array([0.0, 10.0])).round(5).tolist()
      [1.25331, 0.09903]
    """
    x = x / math.sqrt(2.0)
    t = 1.0 / (1.0 + 0.5 * x)
    exponent = np.polyval(_ERFC[::-1], t)
    ratio: Floats = t * np.exp(exponent) * math.sqrt(math.pi / 2.0)
    return ratio


def quantile(probabilities: Floats) -> Floats:
    """Returns below which numbers a standard normal variable is with a probability.

    Args:
      probabilities: Numbers greater than 0 and less than 1.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.normal import quantile
      >>> quantile(np.array([0.5, 0.975])).round(6).tolist()
      [0.0, 1.959964]
    """
    p = np.asarray(probabilities, np.float64)
    q = p - 0.5
    middle = q * np.polyval(_MIDDLE[0], q * q) / np.polyval(_MIDDLE[1], q * q)
    # The same for both tails, but for the sign.
    t = np.sqrt(-2.0 * np.log(np.minimum(p, 1.0 - p)))
    tail = np.sign(-q) * np.polyval(_TAIL[0], t) / np.polyval(_TAIL[1], t)
    return np.where(np.abs(q) <= 0.5 - _TAIL_START, middle, tail)
