"""Choices of one candidate out of several, by the softmax of logits.

Each function here works on many choices at once. `logits` have the shape [policies,
slots, candidates] and what is chosen [rows, slots], where there is either a policy for
each row or a single one for all. Entropies have the shape [policies, slots].
"""

from typing import NamedTuple

import numpy as np

from pyglove.reinforce.encoding import Floats, Ints

# Is added to the logits of candidates that cannot be chosen. It leaves no probability,
# yet spares the infinities, which have no place in sums.
IMPOSSIBLE = -1e9


class Softmax(NamedTuple):
    """The distributions of choices.

    Attributes:
      log_probs: [policies, slots, candidates] Logarithms of the probabilities.
      probs: [policies, slots, candidates] The probabilities.
      entropies: [policies, slots] The entropies, in nats.
    """

    log_probs: Floats
    probs: Floats
    entropies: Floats


def softmax(logits: Floats) -> Softmax:
    """Returns the distributions of choices.

    Args:
      logits: [policies, slots, candidates] The logits.
    """
    log_probs = logits - logits.max(axis=-1, keepdims=True)
    probs = np.exp(log_probs)
    total = probs.sum(axis=-1, keepdims=True)
    probs /= total
    log_probs -= np.log(total)
    return Softmax(log_probs, probs, -(probs * log_probs).sum(axis=-1))


def log_probs_of(dist: Softmax, choices: Ints) -> Floats:
    """Returns the logarithms of the probabilities of what is chosen.

    Args:
      dist: The distributions.
      choices: [rows, slots] The chosen candidates.
    """
    found: Floats = dist.log_probs[(*_index(dist, choices), choices)]
    return found


def logits_gradient(
    dist: Softmax, choices: Ints, d_log_probs: Floats, d_entropies: Floats
) -> Floats:
    """Returns the gradient with respect to the logits.

    The gradient of the log-probability of candidate a with respect to logit k is
    [k = a] - p_k, that of the entropy H is -p_k (log p_k + H).

    Args:
      dist: The distributions.
      choices: [rows, slots] The chosen candidates.
      d_log_probs: [rows, slots] Gradient with respect to its log-probabilities.
      d_entropies: [rows, slots] Gradient with respect to the entropies.

    Returns:
      [policies, slots, candidates] The gradient.
    """
    weights = _for_policies(d_log_probs, dist)
    entropy_weights = _for_policies(d_entropies, dist)
    surprise = dist.log_probs + dist.entropies[..., None]
    gradient = -dist.probs * (weights + entropy_weights * surprise)
    np.add.at(gradient, (*_index(dist, choices), choices), d_log_probs)
    return gradient


def _index(dist: Softmax, choices: Ints) -> tuple[Ints, Ints]:
    """Returns indices of the policy and the slot of each choice."""
    num_rows, num_slots = choices.shape
    has_one_policy = len(dist.log_probs) == 1
    policies = np.zeros(1, np.int64) if has_one_policy else np.arange(num_rows)
    return policies[:, None], np.arange(num_slots)


def _for_policies(gradient: Floats, dist: Softmax) -> Floats:
    if len(dist.log_probs) < len(gradient):
        gradient = gradient.sum(axis=0, keepdims=True)
    return gradient[..., None]


def sample(logits: Floats, rng: np.random.Generator, count: int) -> Ints:
    """Draws candidates.

    The greatest sum of a logit and Gumbel noise is that of each candidate with the
    probability of the softmax. See Maddison et al., "A* Sampling" (2014).

    Args:
      logits: [policies, slots, candidates] The logits.
      rng: Source of the noise.
      count: Number of rows; there is one policy, or one for each of them.

    Returns:
      [rows, slots] The chosen candidates.
    """
    noise = rng.gumbel(size=(count, *logits.shape[1:]))
    found: Ints = (logits + noise).argmax(axis=-1)
    return found
