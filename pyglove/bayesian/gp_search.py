"""GP: search by a Gaussian process."""

from typing import Any, NamedTuple

import numpy as np

from pyglove.bayesian import scalarization, warping
from pyglove.bayesian.acquisition import (
    log_expected_improvement,
    upper_confidence_bound,
)
from pyglove.bayesian.feature_map import FeatureMap
from pyglove.bayesian.gaussian_process import GaussianProcess
from pyglove.bayesian.model_search import ModelSearch
from pyglove.bayesian.neighbourhood import MAX_NEIGHBOURS
from pyglove.bayesian.row_encoding import Floats
from pyglove.bayesian.surrogate import Surrogate
from pyglove.symbolic import members

# Numbers of random rows, mutations, and incumbents with neighbours as candidates.
_NUM_RANDOM = 200
_NUM_MUTATIONS = 150
_NUM_INCUMBENTS = 4
# Number of best candidates that local search starts from, and its number of rounds.
_NUM_LEADS = 3
_NUM_ROUNDS = 3
# With more features than this, there are fewer candidates.
_FULL_WIDTH = 200
# Width of the upper confidence bound in standard deviations.
_HOPE = 1.8
# Maximum number of pending rows that are considered.
_MAX_PENDING = 24


class _View(NamedTuple):
    """A transformation of rewards and an acquisition function."""

    warp: str
    is_optimist: bool


# No single one is right for all spaces: by rank, what is good stands out wherever the
# best are far above the others; by value, it does wherever they are close.
_VIEWS = (
    _View("rank", False),
    _View("value", False),
    _View("rank", True),
    _View("value", True),
)
_WARPS = {"rank": warping.by_rank, "value": warping.by_value}


@members(
    [],
    init_arg_list=["seed", "num_startup", "multi_objective"],
    serialization_key="pyglove.bayesian.GP",
)
class GP(ModelSearch):
    """Searches where a Gaussian process promises most.

    The process models rewards over features of DNA: categories, ordered candidates,
    sets, permutations, ranges, and counts of each candidate over similar decisions,
    each with a learnt weight. The expected improvement, or an upper
    confidence bound in turn, is maximized over random DNA, mutations of the best ones,
    and steps from neighbour to neighbour. See White et al., "BANANAS" (2021), sections
    3 and 4, and Schneider et al., "Mutation is All You Need" (2021), on mutations of
    the incumbents. Rewards may be noisy, and of any scale.

    The cost of a proposal does not grow with the number of evaluations: of many, the
    best and a random subset of the others are used.

    Attributes:
      seed: Seed of all randomness; None for an unpredictable one.
      num_startup: Number of quasi-random proposals at the start; by default about the
        number of candidates, from 8 to 28.
      multi_objective: Whether rewards are tuples. Each proposal is then made for other
        weights of the objectives, as in "ParEGO" (Knowles, 2006).

    Example:
      >>> space = pg.Dict(x=pg.floatv(-5.0, 5.0), y=pg.oneof(['a', 'b', 'c']))
      >>> best = -100.0
      >>> for p, feedback in pg.sample(space, pg.bayesian.GP(seed=1), 30):
      ...   reward = (p.y == 'b') - p.x ** 2
      ...   feedback(reward)
      ...   best = max(best, reward)
      >>> best > 0.99
      True
    """

    seed: int | None = None
    num_startup: int | None = None
    multi_objective: bool = False  # pyright: ignore[reportIncompatibleMethodOverride]

    def _start(self, seed: int) -> None:
        super()._start(seed)
        self._feature_map = FeatureMap(self._encoding)
        self._surrogates = {
            name: Surrogate(self._feature_map, warp) for name, warp in _WARPS.items()
        }
        self._num_model_rows = 0
        shrink = min(1.0, _FULL_WIDTH / max(self._feature_map.width, 1))
        self._num_random = int(_NUM_RANDOM * shrink) + 1
        self._num_mutations = int(_NUM_MUTATIONS * shrink) + 1
        self._max_neighbours = int(MAX_NEIGHBOURS * shrink) + 1

    def _model_row(self) -> Floats | None:
        rows = self._history.rows
        rewards = self._scalar_rewards()
        view = _VIEWS[self._num_model_rows % len(_VIEWS)]
        self._num_model_rows += 1
        surrogate = self._surrogates[view.warp]
        surrogate.update(rows, rewards, self._rng)
        pending = self._history.pending(_MAX_PENDING)
        process, data, expected = surrogate.explain(rows, rewards, pending)
        return self._best_candidate(process, data, expected, view)

    def _scalar_rewards(self) -> Floats:
        rewards = self._history.rewards
        if not self.multi_objective:
            return warping.finite(np.array(rewards, np.float64))
        # New weights for each proposal reach all parts of the Pareto front.
        weights = scalarization.random_weights(len(rewards[0]), self._rng)
        return scalarization.scalarize(rewards, weights)

    def _best_candidate(
        self, process: GaussianProcess, data: Floats, expected: Floats, view: _View
    ) -> Floats | None:
        best = float(expected.max())

        def promise(rows: Floats) -> Floats:
            means, deviations = process.predict(self._feature_map(rows))
            if view.is_optimist:
                return upper_confidence_bound(means, deviations, _HOPE)
            return log_expected_improvement(means, deviations, best)

        rows = self._candidates(data, expected)
        if not len(rows):
            return None
        promises = promise(rows)
        if self._is_small():
            return rows[int(promises.argmax())]
        for _ in range(_NUM_ROUNDS):
            leads = rows[np.argsort(-promises, kind="stable")[:_NUM_LEADS]]
            steps = self._usable(
                self._neighbourhood.neighbours(leads, self._max_neighbours)
            )
            if not len(steps):
                break
            values = promise(steps)
            if values.max() <= promises.max():
                break
            rows, promises = steps, values
        return rows[int(promises.argmax())]

    def _candidates(self, data: Floats, expected: Floats) -> Floats:
        if self._is_small():
            return self._usable(self._listed())
        order = np.argsort(-expected, kind="stable")[:_NUM_INCUMBENTS]
        incumbents = data[order]
        return self._usable(
            np.concatenate(
                [
                    self._random_rows(self._num_random),
                    self._neighbourhood.mutate(incumbents, self._num_mutations),
                    self._neighbourhood.neighbours(incumbents, self._max_neighbours),
                ]
            )
        )

    def _get_state(self) -> Any:
        return {
            **super()._get_state(),
            "num_model_rows": self._num_model_rows,
            "surrogates": {k: s.to_json() for k, s in self._surrogates.items()},
        }

    def _set_state(self, state: Any) -> None:
        super()._set_state(state)
        self._num_model_rows = state["num_model_rows"]
        for name, surrogate in self._surrogates.items():
            surrogate.restore(state["surrogates"][name], self._history.rows)
