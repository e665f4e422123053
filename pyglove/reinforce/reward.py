"""Rewards as a policy learns from them: on a scale of their own, above a baseline."""

import math
from collections import deque
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from pyglove.geno.internal import reward_from_json, reward_to_json
from pyglove.reinforce.encoding import Floats

Scaling = Literal["none", "deviation", "rank"]


class RewardScale:
    """Brings rewards to a common scale.

    NaN means that an evaluation failed, as minus infinity does.

    Args:
      scaling: 'rank' puts in place of a reward how many of the last rewards are less,
        on a scale of mean 0 and standard deviation 1, so that it does not matter how
        much worse bad ones are. 'deviation' divides by the standard deviation of the
        last rewards, 'none' leaves rewards as they are; with these, rewards that are
        not finite count as the best or the worst finite one so far.
      window: Number of latest rewards.
    """

    def __init__(self, scaling: Scaling, window: int):
        self._scaling = scaling
        self._last: deque[float] = deque(maxlen=window)
        self._worst, self._best = math.inf, -math.inf

    def __call__(self, rewards: Sequence[float]) -> Floats:
        """Returns scaled rewards.

        Args:
          rewards: New rewards, which become the last ones.
        """
        finite = [r for r in rewards if math.isfinite(r)]
        self._worst = min([self._worst, *finite])
        self._best = max([self._best, *finite])
        values = np.array([self._place(r) for r in rewards])
        self._last.extend(values.tolist())
        if self._scaling == "none":
            return values
        last = np.sort(np.array(self._last))
        if self._scaling == "deviation":
            deviation = _deviation(last)
            return values / deviation if deviation > 0 else values
        # Equal rewards have the mean of the ranks that they take up.
        ranks = np.searchsorted(last, values, "left").astype(np.float64)
        ranks += np.searchsorted(last, values, "right")
        return math.sqrt(3.0) * (ranks / len(last) - 1.0)

    def _place(self, reward: float) -> float:
        """Returns a reward, replaced if it is not finite."""
        if math.isfinite(reward):
            return reward
        if self._scaling == "rank":
            return math.inf if reward == math.inf else -math.inf
        if not math.isfinite(self._worst):
            return 0.0  # There was no finite reward so far.
        return self._best if reward == math.inf else self._worst

    def get_state(self) -> Any:
        """Returns the state as a JSON value."""
        has_bounds = math.isfinite(self._worst)
        return {
            "last": [reward_to_json(reward) for reward in self._last],
            "bounds": [self._worst, self._best] if has_bounds else None,
        }

    def set_state(self, state: Any) -> None:
        """Restores what `get_state` returned."""
        self._last.clear()
        self._last.extend(reward_from_json(value) for value in state["last"])
        self._worst, self._best = state["bounds"] or (math.inf, -math.inf)


def _deviation(values: Floats) -> float:
    """Returns the standard deviation, of values of any size."""
    largest = float(np.abs(values).max(initial=0.0))
    return largest * float((values / largest).std()) if largest > 0 else 0.0


class MovingBaseline:
    """The mean of past rewards, weighted towards later ones.

    See Zoph and Le (2017), section 3.2.

    Args:
      decay: How much of the baseline is left after a reward.
    """

    def __init__(self, decay: float):
        self._decay = decay
        self._weight = 0.0
        self._sum = 0.0

    def update(self, rewards: Floats) -> None:
        """Takes new rewards in.

        Args:
          rewards: The rewards, in order.
        """
        for reward in rewards.tolist():
            self._weight = self._decay * self._weight + 1.0
            self._sum = self._decay * self._sum + reward

    @property
    def value(self) -> float:
        """The baseline; 0 before there is a reward."""
        return self._sum / self._weight if self._weight else 0.0

    def get_state(self) -> Any:
        """Returns the state as a JSON value."""
        return [self._weight, self._sum]

    def set_state(self, state: Any) -> None:
        """Restores what `get_state` returned."""
        self._weight, self._sum = state
