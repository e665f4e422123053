"""Adam: steps along gradients, each parameter at a pace of its own."""

from typing import Any

import numpy as np

from pyglove.geno.array_state import array_from_json, array_to_json
from pyglove.reinforce.encoding import Floats

_EPSILON = 1e-8


class Adam:
    """Descends along gradients.

    See Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1.

    Args:
      size: Number of parameters.
      mean_decay: How much of the mean of gradients is left after a step.
      square_decay: How much of the mean of squared gradients is left.
    """

    def __init__(self, size: int, mean_decay: float = 0.9, square_decay: float = 0.999):
        self._decays = mean_decay, square_decay
        self._mean = np.zeros(size)
        self._square = np.zeros(size)
        self._num_steps = 0

    def step(
        self,
        parameters: Floats,
        gradient: Floats,
        learning_rate: float,
        max_norm: float | None = None,
    ) -> None:
        """Updates parameters to minimise the function of the gradient.

        Args:
          parameters: The parameters, which are changed in place.
          gradient: The gradient.
          learning_rate: About how far each parameter moves.
          max_norm: Longer gradients are cut to this length; None for any length.
        """
        if max_norm is not None:
            norm = float(np.sqrt(gradient @ gradient))
            if norm > max_norm:
                gradient = gradient * (max_norm / norm)
        mean_decay, square_decay = self._decays
        self._num_steps += 1
        self._mean += (1.0 - mean_decay) * (gradient - self._mean)
        self._square += (1.0 - square_decay) * (gradient**2 - self._square)
        mean_share = 1.0 - mean_decay**self._num_steps
        square_share = 1.0 - square_decay**self._num_steps
        scale = np.sqrt(self._square / square_share) + _EPSILON
        parameters -= (learning_rate / mean_share) * self._mean / scale

    def get_state(self) -> dict[str, Any]:
        """Returns the state as a JSON value."""
        return {
            "num_steps": self._num_steps,
            "mean": array_to_json(self._mean),
            "square": array_to_json(self._square),
        }

    def set_state(self, state: dict[str, Any]) -> None:
        """Restores what `get_state` returned."""
        self._num_steps = state["num_steps"]
        self._mean = array_from_json(state["mean"], self._mean.shape)
        self._square = array_from_json(state["square"], self._square.shape)
