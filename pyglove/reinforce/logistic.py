"""Numbers of a range, by a logistic distribution that is squashed into it.

A number is placed in [0, 1] on its scale, as u = sigmoid(location + spread * x) where x
has the standard logistic distribution. With the location 0 and the spread 1 that is
the uniform distribution, so that a search starts as random search does; a smaller
spread makes it a hump, which may lie at either end. The cumulative distribution is a
sigmoid, so that an int gets the exact probability of the part of [0, 1] that it owns,
as in Salimans et al., "PixelCNN++" (2017), section 2.1. The Beta distribution, which
Chou et al. recommend in "Improving Stochastic Policy Gradients" (2017), starts and ends
alike, but needs special functions that NumPy lacks, for ints more so; a squashed
Gaussian is not uniform for any parameters.

The policy gives two raw numbers: the location, and what the logarithm of the spread is
made of, which is kept within bounds.
"""

from typing import NamedTuple

import numpy as np

from pyglove.reinforce.encoding import Bools, Floats

# The logarithm of the spread stays within this far from 0.
_BOUND = 3.0
# Differences of the logits of neighbouring ints are no less, whatever rounding says.
_MIN_WIDTH = 1e-15
# The quantiles of the standard logistic distribution over which entropies are averaged.
_NUM_NODES = 32
_QUANTILES = (np.arange(_NUM_NODES) + 0.5) / _NUM_NODES
_NODES = np.log(_QUANTILES) - np.log1p(-_QUANTILES)


class Logistic(NamedTuple):
    """The distributions of numbers, and where the numbers are.

    Attributes:
      spreads: [policies, columns] The spreads.
      slopes: [policies, columns] Derivatives of the logarithm of the spread.
      places: [policies, columns, nodes] Logits of the quantiles of the distribution.
      lows: [rows, columns] Logits of where the parts of numbers begin, relative to the
        location, in units of the spread.
      highs: [rows, columns] The same for their ends.
      widths: [rows, columns] Their differences.
      is_point: [columns] Which columns hold floats, whose parts are points.
      log_probs: [rows, columns] Log-probabilities of ints and log-densities of floats.
      entropies: [policies, columns] Entropies of u relative to uniform ones, in nats.
    """

    spreads: Floats
    slopes: Floats
    places: Floats
    lows: Floats
    highs: Floats
    widths: Floats
    is_point: Bools
    log_probs: Floats
    entropies: Floats


def _spread(raw: Floats) -> tuple[Floats, Floats]:
    """Returns logarithms of spreads, and their derivatives."""
    bounded = np.tanh(raw / _BOUND)
    return _BOUND * bounded, 1.0 - bounded**2


def logistic(raw: Floats, lows: Floats, highs: Floats, is_point: Bools) -> Logistic:
    """Returns the distributions of numbers.

    The entropy of an int is that of its number before it is rounded.

    Args:
      raw: [policies, columns, 2] Locations, and raw spreads.
      lows: [rows, columns] Logits of where the parts of the numbers begin.
      highs: [rows, columns] The same for their ends.
      is_point: [columns] Which columns hold floats, whose parts are points.
    """
    locations = raw[..., 0]
    log_spreads, slopes = _spread(raw[..., 1])
    spreads = np.exp(log_spreads)
    low, high = (lows - locations) / spreads, (highs - locations) / spreads
    width = np.maximum(highs - lows, _MIN_WIDTH) / spreads
    # Of a float, the density with respect to u.
    log_density = _log_slope(low) - log_spreads - _log_slope(lows)
    log_mass = (
        -np.logaddexp(0.0, -high) - np.logaddexp(0.0, low) + np.log(-np.expm1(-width))
    )
    places = locations[..., None] + spreads[..., None] * _NODES
    entropies = log_spreads + 2.0 + _log_slope(places).mean(axis=-1)
    return Logistic(
        spreads,
        slopes,
        places,
        low,
        high,
        width,
        is_point,
        np.where(is_point, log_density, log_mass),
        entropies,
    )


def _log_slope(x: Floats) -> Floats:
    """Returns the logarithm of the derivative of the sigmoid."""
    size = np.abs(x)
    found: Floats = -size - 2.0 * np.log1p(np.exp(-size))
    return found


def raw_gradient(dist: Logistic, d_log_probs: Floats, d_entropies: Floats) -> Floats:
    """Returns the gradient with respect to the raw numbers.

    Args:
      dist: The distributions.
      d_log_probs: [rows, columns] Gradient with respect to the log-probabilities.
      d_entropies: [rows, columns] Gradient with respect to the entropies.

    Returns:
      [policies, columns, 2] The gradient.
    """
    low, high, width = dist.lows, dist.highs, dist.widths
    slope = np.tanh(low / 2.0)
    above, below = _sigmoid(-high), _sigmoid(low)
    shrink = width / np.expm1(np.minimum(width, 500.0))
    by_location = np.where(dist.is_point, slope, below - above) / dist.spreads
    by_log_spread = np.where(
        dist.is_point, low * slope - 1.0, low * below - high * above - shrink
    )
    d_location = _for_policies(d_log_probs * by_location, dist)
    d_log_spread = _for_policies(d_log_probs * by_log_spread, dist)
    d_entropies = _for_policies(d_entropies, dist)
    slopes = np.tanh(dist.places / 2.0)
    spread_slopes = dist.spreads * (slopes * _NODES).mean(axis=-1)
    d_location = d_location - d_entropies * slopes.mean(axis=-1)
    d_log_spread = d_log_spread + d_entropies * (1.0 - spread_slopes)
    return np.stack([d_location, d_log_spread * dist.slopes], axis=-1)


def _sigmoid(x: Floats) -> Floats:
    found: Floats = 0.5 + 0.5 * np.tanh(x / 2.0)
    return found


def _for_policies(gradient: Floats, dist: Logistic) -> Floats:
    if len(dist.spreads) < len(gradient):
        gradient = gradient.sum(axis=0, keepdims=True)
    return gradient


def sample(raw: Floats, rng: np.random.Generator, count: int) -> Floats:
    """Draws numbers.

    Args:
      raw: [policies, columns, 2] Locations, and raw spreads.
      rng: Source of randomness.
      count: Number of rows; there is one policy, or one for each of them.

    Returns:
      [rows, columns] Places in [0, 1].
    """
    spreads = np.exp(_spread(raw[..., 1])[0])
    noise = rng.logistic(size=(count, *raw.shape[1:-1]))
    return _sigmoid(raw[..., 0] + spreads * noise)
