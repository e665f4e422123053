"""Arrangements of k out of n candidates: the Plackett-Luce distribution.

Candidates are chosen one after the other without replacement, each time by the softmax
of the logits of those that are left. In contrast to a softmax for each position there
is one logit for each candidate, and log-probabilities, entropies and gradients take
time in proportion to n + k rather than to n times k. See Plackett, "The Analysis of
Permutations" (1975), and Kool et al., "Stochastic Beams and Where to Find Them" (2019),
sections 2 and 3, for the relation to Gumbel noise.
"""

from typing import NamedTuple

import numpy as np

from pyglove.reinforce.categorical import IMPOSSIBLE
from pyglove.reinforce.encoding import Floats, Ints


class Ranking(NamedTuple):
    """The distributions of each choice of an arrangement, given those before it.

    Attributes:
      logits: [candidates] The logits, of which the greatest is 0.
      last: [rows, candidates] The position up to which a candidate can be chosen.
      log_totals: [rows, positions] Logarithm of the sum of what the logits of the
        candidates that are left are the logarithms of.
      log_probs: [rows, positions] Log-probability of what is chosen.
      entropies: [rows, positions] The entropies, in nats.
    """

    logits: Floats
    last: Ints
    log_totals: Floats
    log_probs: Floats
    entropies: Floats


def rank(logits: Floats, choices: Ints) -> Ranking:
    """Returns the distributions of the choices of arrangements.

    Args:
      logits: [candidates] The logits.
      choices: [rows, positions] The chosen candidates.
    """
    num_rows, num_positions = choices.shape
    logits = logits - logits.max()
    last = np.full((num_rows, len(logits)), num_positions)
    np.put_along_axis(last, choices, np.arange(num_positions)[None], axis=1)
    is_left = last == num_positions
    # The candidates never chosen, then the chosen ones, from the last position on.
    chosen = logits[choices]
    rest = np.logaddexp.reduce(np.where(is_left, logits, IMPOSSIBLE), axis=1)
    log_totals = _accumulate(np.logaddexp, rest, chosen)
    weighted = logits * np.exp(logits)
    means = _accumulate(np.add, (weighted * is_left).sum(axis=1), weighted[choices])
    entropies = log_totals - means * np.exp(-log_totals)
    last = np.minimum(last, num_positions - 1)
    return Ranking(logits, last, log_totals, chosen - log_totals, entropies)


def _accumulate(fn: np.ufunc, rest: Floats, chosen: Floats) -> Floats:
    """Joins, for each position, `rest` and what is chosen from there on."""
    backwards = np.concatenate([rest[:, None], chosen[:, ::-1]], axis=1)
    joined: Floats = fn.accumulate(backwards, axis=1)
    return joined[:, :0:-1]


def logits_gradient(
    dist: Ranking, choices: Ints, d_log_probs: Floats, d_entropies: Floats
) -> Floats:
    """Returns the gradient with respect to the logits.

    That of each position is that of a softmax of the candidates that are left; see
    `categorical`. What is summed up over positions is the same for all candidates, but
    for the position up to which they can be chosen.

    Args:
      dist: The distributions.
      choices: [rows, positions] The chosen candidates.
      d_log_probs: [rows, positions] Gradient with respect to its log-probabilities.
      d_entropies: [rows, positions] Gradient with respect to the entropies.

    Returns:
      [candidates] The gradient.
    """
    logits, last, log_totals, _, entropies = dist
    shares = np.exp(-log_totals)
    constant = d_log_probs + d_entropies * (entropies - log_totals)
    constants = np.cumsum(constant * shares, axis=1)
    slopes = np.cumsum(d_entropies * shares, axis=1)
    sums = np.take_along_axis(constants, last, axis=1)
    sums += logits * np.take_along_axis(slopes, last, axis=1)
    gradient = -np.exp(logits) * sums.sum(axis=0)
    np.add.at(gradient, choices, d_log_probs)
    return gradient


def sample(logits: Floats, rng: np.random.Generator, count: int, k: int) -> Ints:
    """Draws arrangements: the greatest sums of logits and Gumbel noise, in order.

    Args:
      logits: [candidates] The logits.
      rng: Source of the noise.
      count: Number of rows.
      k: Number of positions.

    Returns:
      [rows, positions] The chosen candidates.
    """
    noisy = logits + rng.gumbel(size=(count, len(logits)))
    found: Ints = np.argsort(-noisy, axis=1, kind="stable")[:, :k]
    return found
