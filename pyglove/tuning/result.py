"""The interface of results: what a study has found so far."""

import abc
import datetime
from typing import Any

from pyglove import utils
from pyglove.tuning.trial import Trial


class Result(utils.Formattable):
    """What a study has found so far, kept up to date while the study goes on.

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
        """The completed trial of the greatest reward, the earliest among equals.

        None while no trial is completed.
        """

    @property
    @abc.abstractmethod
    def trials(self) -> list[Trial]:
        """All trials, in the order they were started."""

    @abc.abstractmethod
    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats a summary of the study."""
