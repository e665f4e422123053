"""Objectives that policies minimise, with gradients.

Each is a mean over rows of sums over slots. Slots that are not active have to have the
log-probability 0 both before and after, and an advantage of 0.
"""

import numpy as np

from pyglove.reinforce.encoding import Floats

# Of ratios only whether they are out of bounds counts, long before they overflow.
_MAX_LOG_RATIO = 50.0


def policy_gradient_loss(log_probs: Floats, advantages: Floats) -> tuple[float, Floats]:
    """Returns the loss of REINFORCE.

    The gradient of the expected reward is that of the log-probability times the reward
    less a baseline. See Williams, "Simple Statistical Gradient-Following Algorithms for
    Connectionist Reinforcement Learning" (1992), section 5.

    Args:
      log_probs: [rows, slots] Log-probabilities of the decisions.
      advantages: [rows, slots] How much better than expected the outcome was.

    Returns:
      The loss, and its gradient with respect to `log_probs`.
    """
    num_rows = len(log_probs)
    loss = -float((log_probs * advantages).sum()) / num_rows
    return loss, -advantages / num_rows


def clipped_loss(
    log_probs: Floats, old_log_probs: Floats, advantages: Floats, clip_range: float
) -> tuple[float, Floats]:
    """Returns the loss of proximal policy optimization.

    See Schulman et al., "Proximal Policy Optimization Algorithms" (2017), equation (7):
    the ratio of a probability to what it was counts only as far as it stays within
    bounds, unless it moved to the wrong side.

    Args:
      log_probs: [rows, slots] Log-probabilities of the decisions.
      old_log_probs: [rows, slots] Their values when the decisions were made.
      advantages: [rows, slots] How much better than expected the outcome was.
      clip_range: Maximum deviation of a ratio from 1.

    Returns:
      The loss, and its gradient with respect to `log_probs`.
    """
    num_rows = len(log_probs)
    ratios = np.exp(np.clip(log_probs - old_log_probs, -_MAX_LOG_RATIO, _MAX_LOG_RATIO))
    free = ratios * advantages
    clipped = np.clip(ratios, 1.0 - clip_range, 1.0 + clip_range) * advantages
    loss = -float(np.minimum(free, clipped).sum()) / num_rows
    return loss, np.where(free <= clipped, -free / num_rows, 0.0)


def value_loss(values: Floats, rewards: Floats, active: Floats) -> tuple[float, Floats]:
    """Returns half of the squared error of expected rewards.

    See Schulman et al. (2017), the second term of equation (9).

    Args:
      values: [rows, slots] Expected rewards.
      rewards: [rows] Actual rewards.
      active: [rows, slots] 1 where a slot is active, and 0 elsewhere.

    Returns:
      The loss, and its gradient with respect to `values`.
    """
    num_rows = len(values)
    errors = (values - rewards[:, None]) * active
    return 0.5 * float((errors**2).sum()) / num_rows, errors / num_rows


def entropy_loss(entropies: Floats) -> tuple[float, Floats]:
    """Returns the negative entropy, which keeps a policy from an early decision.

    See Williams and Peng, "Function Optimization Using Connectionist Reinforcement
    Learning Algorithms" (1991), and Schulman et al. (2017), the third term of equation
    (9).

    Args:
      entropies: [rows, slots] The entropies.

    Returns:
      The loss, and its gradient with respect to `entropies`.
    """
    num_rows = len(entropies)
    gradient = np.full(entropies.shape, -1.0 / num_rows)
    return -float(entropies.sum()) / num_rows, gradient
