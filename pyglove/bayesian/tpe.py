"""TPE: search by the densities of good and of bad decisions."""

import bisect
import math
from typing import Any

import numpy as np

from pyglove import utils
from pyglove.bayesian.model_search import ModelSearch
from pyglove.bayesian.parzen import Features, Parzen
from pyglove.bayesian.row_encoding import Floats
from pyglove.symbolic import members

# Maximum number of the latest evaluations that count as bad.
_MAX_BAD = 1000
# Maximum number of pending rows that count as bad.
_MAX_PENDING = 24


@members(
    [],
    init_arg_list=["seed", "num_startup", "num_candidates", "good_part", "max_good"],
    serialization_key="pyglove.bayesian.TPE",
)
class TPE(ModelSearch):
    """Searches where good evaluations are dense and bad ones are not.

    The tree-structured Parzen estimator of Bergstra et al., "Algorithms for
    Hyper-Parameter Optimization" (2011), section 4. Evaluations are split into good and
    bad ones. Candidates are drawn from the density of the good ones, and the one is
    proposed for which the density of the good is greatest relative to that of the bad.
    Conditional decisions are part of the model, as are correlations of decisions. It
    departs from the paper in that densities are joint ones (Falkner et al., 2018), and
    that nothing is proposed twice.

    Attributes:
      seed: Seed of all randomness; None for an unpredictable one.
      num_startup: Number of quasi-random proposals at the start; by default about the
        number of candidates, from 8 to 28.
      num_candidates: Number of candidates drawn for a proposal.
      good_part: Which part of the evaluations counts as good.
      max_good: Maximum number of evaluations that count as good.

    Example:
      >>> space = pg.Dict(x=pg.floatv(-5.0, 5.0), y=pg.oneof(['a', 'b', 'c']))
      >>> best = -100.0
      >>> for p, feedback in pg.sample(space, pg.bayesian.TPE(seed=1), 60):
      ...   reward = (p.y == 'b') - p.x ** 2
      ...   feedback(reward)
      ...   best = max(best, reward)
      >>> best > 0.95
      True
    """

    seed: int | None = None
    num_startup: int | None = None
    num_candidates: int = 32
    good_part: float = 0.15
    max_good: int = 25

    def _on_bound(self) -> None:
        super()._on_bound()
        if not 0.0 < self.good_part <= 1.0:
            raise utils.PyGloveValueError(
                "Expected `good_part` to be greater than 0 and at most 1, got "
                f"{self.good_part}."
            )
        for name in ("num_candidates", "max_good"):
            value = getattr(self, name)
            if value < 1:
                raise utils.PyGloveValueError(
                    f"Expected `{name}` to be at least 1, got {value}."
                )

    def _start(self, seed: int) -> None:
        super()._start(seed)
        self._parzen = Parzen(self._encoding)
        # The best evaluations: (minus reward, index), in order.
        self._best: list[tuple[float, int]] = []
        # Features of the latest evaluations, in turn.
        self._features: Features = np.zeros((0, self._parzen.width), np.float32)

    def _feedback(self, dna: Any, reward: Any) -> None:
        with self._lock:
            super()._feedback(dna, reward)
            self._note(len(self._history) - 1, reward)

    def _note(self, index: int, reward: float) -> None:
        """Records an evaluation."""
        # NaN counts as the worst.
        bisect.insort(self._best, (-reward if reward == reward else math.inf, index))
        del self._best[self.max_good :]
        features = self._parzen.features(self._history.rows[index][None])
        place = index % _MAX_BAD
        if place >= len(self._features):
            grown = np.zeros((min(2 * place + 16, _MAX_BAD), features.shape[1]))
            grown[: len(self._features)] = self._features
            self._features = grown.astype(np.float32)
        self._features[place] = features[0]

    def _model_row(self) -> Floats | None:
        count = len(self._history)
        num_good = min(math.ceil(self.good_part * count), self.max_good)
        good = [index for _, index in self._best[:num_good]]
        rows = self._history.rows[good]
        fresh = self._neighbourhood.uniform_rows(self.num_candidates)
        candidates = self._usable(self._parzen.sample(rows, fresh, self._rng))
        if not len(candidates):
            candidates = self._usable(
                self._neighbourhood.mutate(rows, self.num_candidates)
            )
            if not len(candidates):
                return None
        ones = np.ones(len(good))
        promise = self._parzen.log_density(
            candidates, self._parzen.features(rows), ones
        )
        promise -= self._log_bad_density(candidates, good, count)
        return candidates[int(promise.argmax())]

    def _log_bad_density(
        self, candidates: Floats, good: list[int], count: int
    ) -> Floats:
        known = min(count, _MAX_BAD)
        features = self._features[:known]
        weights = np.ones(known)
        for index in good:
            if index >= count - known:
                weights[index % _MAX_BAD] = 0.0
        pending = self._history.pending(_MAX_PENDING)
        if len(pending):
            features = np.concatenate([features, self._parzen.features(pending)])
            weights = np.concatenate([weights, np.ones(len(pending))])
        return self._parzen.log_density(candidates, features, weights)

    def _set_state(self, state: Any) -> None:
        super()._set_state(state)
        for index, reward in enumerate(self._history.rewards):
            self._note(index, reward)
