"""The interface of results of a study."""

import abc
import datetime
from collections.abc import Sequence
from typing import Any

from pyglove import utils
from pyglove.symbolic.internal import HtmlForm
from pyglove.tuning import pareto
from pyglove.tuning.trial import Trial


class Result(utils.Formattable, HtmlForm):
    """The results of a study so far, which are updated while the study continues.

    Example:
      >>> for x, feedback in pg.sample(
      ...     pg.oneof([1, 3, 2]), pg.geno.Sweeping(), name='result-example'):
      ...   feedback(float(x))
      >>> result = pg.poll_result('result-example')
      >>> len(result.trials), result.best_trial.final_measurement.reward
      (3, 3.0)
    """

    @property
    @abc.abstractmethod
    def is_active(self) -> bool:
        """Whether the study may still start trials."""

    @property
    @abc.abstractmethod
    def metadata(self) -> dict[str, Any]:
        """Data that users attached to the study."""

    @property
    @abc.abstractmethod
    def last_updated(self) -> datetime.datetime:
        """When the study last changed, in UTC."""

    @property
    @abc.abstractmethod
    def best_trial(self) -> Trial | None:
        """The completed trial with the greatest reward, the earliest among equals.

        None if no trial has a reward, because none is completed or because only metrics
        are optimized. Trials that were skipped or stopped early do not count.
        """

    @property
    @abc.abstractmethod
    def trials(self) -> list[Trial]:
        """All trials, in the order they were started."""

    def pareto_front(self, metrics: Sequence[str]) -> list[Trial]:
        """Returns the completed trials that no other trial dominates.

        Trials that were skipped or stopped early do not count.

        Args:
          metrics: Names of the metrics, which are maximized; 'reward' stands for
            the reward itself.

        Raises:
          ValueError: if a metric was not measured in a trial.

        Example:
          >>> space = pg.Dict(x=pg.oneof([1, 2, 3]))
          >>> for p, feedback in pg.sample(
          ...     space, pg.geno.Sweeping(), name='front-example'):
          ...   feedback(float(p.x), metrics={'speed': -float((p.x - 2) ** 2)})
          >>> result = pg.poll_result('front-example')
          >>> [t.id for t in result.pareto_front(['reward', 'speed'])]
          [2, 3]
        """
        trials, points = self._points(metrics)
        return [trials[i] for i in pareto.pareto_front(points)]

    def hypervolume(self, metrics: Sequence[str], reference: Sequence[float]) -> float:
        """Returns the volume that the completed trials dominate.

        Args:
          metrics: Names of the metrics, as for `pareto_front`.
          reference: The reference point: for each metric a value that is worse than all
            relevant ones.

        Raises:
          ValueError: if a metric was not measured in a trial, or `reference` does not
            fit `metrics`.
        """
        if len(reference) != len(metrics):
            raise utils.PyGloveValueError(
                f"Expected `reference` to have a value for each of {list(metrics)}, "
                f"got {reference!r}."
            )
        return pareto.hypervolume(self._points(metrics)[1], reference)

    def _points(
        self, metrics: Sequence[str]
    ) -> tuple[list[Trial], list[tuple[float, ...]]]:
        """Returns the completed trials, and their values of the metrics."""
        trials = [
            trial
            for trial in self.trials
            if trial.final_measurement and not trial.infeasible and not trial.is_pruned
        ]
        rewards = [trial.get_reward_for_feedback(metrics) for trial in trials]
        points = [r if isinstance(r, tuple) else (r or 0.0,) for r in rewards]
        return trials, points

    @abc.abstractmethod
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats a summary of the study."""
