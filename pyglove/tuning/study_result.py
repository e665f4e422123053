"""Study results: the results of a study, independent of its storage."""

import datetime
from typing import Any

from pyglove import utils
from pyglove.tuning.result import Result
from pyglove.tuning.study import Study
from pyglove.tuning.trial import Trial


class StudyResult(Result):
    """The results of a `Study` so far."""

    def __init__(self, study: Study) -> None:
        """Initializes the result.

        Args:
          study: The study, which is read when the result is read.
        """
        self._study = study

    @property
    def is_active(self) -> bool:
        """Whether the study may still start trials."""
        return self._study.is_active

    @property
    def metadata(self) -> dict[str, Any]:
        """Data that users attached to the study."""
        return self._study.metadata

    @property
    def last_updated(self) -> datetime.datetime:
        """When the study last changed, in UTC."""
        return datetime.datetime.fromtimestamp(
            self._study.last_updated_seconds, tz=datetime.UTC
        )

    @property
    def best_trial(self) -> Trial | None:
        """The best trial. See `Result.best_trial`."""
        return self._study.best_trial

    @property
    def trials(self) -> list[Trial]:
        """All trials, in the order they were started."""
        return self._study.trials()

    def format(
        self,
        compact: bool = False,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats a summary of the study."""
        return utils.format(self._summary(), compact, verbose, root_indent, **kwargs)

    def _summary(self) -> dict[str, Any]:
        counts, num_infeasible = self._study.status_counts()
        total = sum(counts.values())
        summary: dict[str, Any] = {
            "name": self._study.name,
            "status": {status: f"{n}/{total}" for status, n in counts.items()},
        }
        if num_infeasible:
            summary["infeasible"] = f"{num_infeasible}/{total}"
        if num_pruned := self._study.num_pruned:
            summary["pruned"] = f"{num_pruned}/{total}"
        best = self._study.best_trial
        if best is not None and best.final_measurement is not None:
            summary["best_trial"] = {
                "id": best.id,
                "reward": best.final_measurement.reward,
                "step": best.final_measurement.step,
                "dna": repr(best.dna),
            }
        return summary
