"""Surrogate: a Gaussian process that grows with the history, at bounded cost."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from pyglove.bayesian.feature_map import FeatureMap
from pyglove.bayesian.gaussian_process import GaussianProcess
from pyglove.bayesian.row_encoding import Floats, Ints

#: Maximum number of evaluations in the data when parameters are refitted.
MAX_DATA = 256
#: Number of them that parameters are fitted to.
MAX_FITTED = 160
#: Parameters are fitted again when there are so many times as many data, or so many
#: more.
GROWTH = 1.12
MAX_GROWTH = 40
NUM_STEPS = 10


class Surrogate:
    """A model of rewards.

    Between two fits of the parameters, evaluations are added one by one at quadratic
    cost. When there are many, data are the best and a random part of the others.

    Args:
      feature_map: Makes features of rows.
      warp: Brings rewards to a scale.
    """

    def __init__(self, feature_map: FeatureMap, warp: Callable[[Floats], Floats]):
        self._feature_map = feature_map
        self._warp = warp
        self._process = GaussianProcess(feature_map)
        # Indices, in the history, of the data: those of the last fit, and later ones.
        self._fitted: Ints = np.empty(0, np.int64)
        self._num_known = 0
        self._next_fit = 0
        self._data: Ints = np.empty(0, np.int64)

    def update(self, rows: Floats, rewards: Floats, rng: np.random.Generator) -> None:
        """Records evaluations.

        Args:
          rows: [evaluations, slots] All rows that were evaluated.
          rewards: [evaluations] Their rewards, which are finite.
          rng: Source of randomness for subsampling.
        """
        count = len(rows)
        if count >= self._next_fit:
            self._fit(rows, rewards, rng)
            self._condition(rows)
        for index in range(self._num_known, count):
            self._add(rows, index)

    def _fit(self, rows: Floats, rewards: Floats, rng: np.random.Generator) -> None:
        count = len(rows)
        self._fitted = _choose(rewards, MAX_DATA, rng)
        part = self._fitted
        if len(part) > MAX_FITTED:
            part = part[_choose(rewards[part], MAX_FITTED, rng)]
        features = self._feature_map(rows[part])
        self._process.fit(features, self._warp(rewards[part]), NUM_STEPS)
        grown = math.ceil(count * GROWTH)
        self._next_fit = min(max(grown, count + 1), count + MAX_GROWTH)
        self._num_known = count

    def _condition(self, rows: Floats) -> None:
        self._process.condition(self._feature_map(rows[self._fitted]))
        self._data = self._fitted

    def _add(self, rows: Floats, index: int) -> None:
        self._process.extend(self._feature_map(rows[index][None]))
        self._data = np.append(self._data, index)
        self._num_known = index + 1

    def explain(
        self, rows: Floats, rewards: Floats, pending: Floats
    ) -> "tuple[GaussianProcess, Floats, Floats]":
        """Returns a process that explains the rewards.

        Rows that are being evaluated are expected to turn out as the process predicts,
        so that it is unsure of them no more: the "kriging believer" of Ginsbourger et
        al., "Kriging is well-suited to parallelize optimization" (2010), section 4.1.

        Args:
          rows: [evaluations, slots] All rows that were evaluated.
          rewards: [evaluations] Their rewards, which are finite.
          pending: [rows, slots] The rows that are being evaluated.

        Returns:
          The process; rows that are data; and their posterior means, without noise.
        """
        process = self._process
        targets = self._warp(rewards[self._data])
        expected = process.explain(targets)
        if len(pending):
            process = process.copy()
            features = self._feature_map(pending)
            believed, _ = process.predict(features)
            for i in range(len(pending)):
                process.extend(features[i : i + 1])
            process.explain(np.concatenate([targets, believed]))
        return process, rows[self._data], expected

    # ---- State ----------------------------------------------------------------

    def to_json(self) -> Any:
        """Returns the state besides the history, as a JSON value."""
        return {
            "parameters": self._process.parameters.tolist(),
            "fitted": self._fitted.tolist(),
            "data": self._data.tolist(),
            "num_known": self._num_known,
            "next_fit": self._next_fit,
        }

    def restore(self, state: Any, rows: Floats) -> None:
        """Restores what `to_json` returned.

        Args:
          state: The value.
          rows: [evaluations, slots] All rows that were evaluated.
        """
        self._process.parameters = np.array(state["parameters"])
        self._fitted = np.array(state["fitted"], np.int64)
        self._next_fit = state["next_fit"]
        if len(self._fitted):
            self._condition(rows)
            # The same steps as before, for the same result to the last bit.
            for index in state["data"][len(self._fitted) :]:
                self._add(rows, index)
        self._num_known = state["num_known"]


def _choose(rewards: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Returns indices, half of them of the best rewards, and others at random."""
    if len(rewards) <= count:
        return np.arange(len(rewards))
    order = np.argsort(-rewards, kind="stable")
    half = count // 2
    others = rng.choice(order[half:], count - half, replace=False)
    return np.sort(np.concatenate([order[:half], others]))
