"""The interface of studies: storage of the trials of a search.

A study is the storage interface of a backend. It assigns trials to worker groups,
records their reports, and provides the results. Implementations differ in where they
store the trials; the interface of workers is the same for all (`study_backend`).
"""

import abc
import dataclasses
import threading
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from pyglove import utils
from pyglove.geno import DNA, DNASpec
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import pruned_metadata
from pyglove.tuning.same_space import is_same_space, shown
from pyglove.tuning.trial import Measurement, Trial

#: A worker group: a name from the user, or an identifier of a single worker.
Group = Hashable


@dataclasses.dataclass(slots=True)
class TrialHandle:
    """A trial that is assigned to a worker.

    Attributes:
      id: Number of the trial within its study, from 1.
      dna: The DNA of the trial.
    """

    id: int
    dna: DNA


class MeasurementRecord(NamedTuple):
    """A measurement of a trial at a step: the plain form of a `Measurement`.

    Attributes:
      step: See `Measurement`.
      elapse_secs: See `Measurement`.
      reward: See `Measurement`.
      metrics: See `Measurement`.
      checkpoint_path: See `Measurement`.
    """

    step: int
    elapse_secs: float
    reward: float | None = None
    metrics: dict[str, float] | None = None
    checkpoint_path: str | None = None

    def to_measurement(self) -> Measurement:
        """Returns this as a measurement."""
        return Measurement(*self)


class Study(abc.ABC):
    """Base of studies: the trials of one search.

    All methods are thread-safe. Each call either takes effect as a whole, or raises an
    error and leaves the study unchanged. Completing a trial is idempotent: only the
    first call has an effect.

    Attributes:
      name: Name of the study; None if it has none.
      lock: Held in this process during calls of the search algorithm, so that
        algorithms need no locks.
      policies: The early stopping policies of its loops in this process.
      workers: Identifiers of the threads of this process that have got a trial.
    """

    def __init__(self, name: str | None) -> None:
        """Initializes the study.

        Args:
          name: Name of the study; None if it has none.
        """
        self.name = name
        self.lock = threading.RLock()
        self.policies: list[EarlyStoppingPolicy] = []
        self.workers: set[int] = set()
        self._dna_spec: DNASpec | None = None

    def use_space(self, dna_spec: DNASpec) -> None:
        """Checks that the study searches a space.

        Args:
          dna_spec: The space, which the study searches from now on if it is new.

        Raises:
          ValueError: if it searches another space.
        """
        with self.lock:
            present = self._dna_spec
            if present is None:
                self._dna_spec = dna_spec
            elif not is_same_space(present, dna_spec):
                raise utils.PyGloveValueError(
                    f"Expected the space that study {self.name!r} searches, "
                    f"{shown(present)}, got {shown(dna_spec)}. Use another name, "
                    f"or delete the study first: `pg.tuning.delete({self.name!r})`."
                )

    @property
    def has_ended(self) -> bool:
        """Whether the study is known to return no more trials."""
        return not self.is_active

    # ---- Trials ---------------------------------------------------------------

    @abc.abstractmethod
    def next_trial(
        self, group: Group, propose: Callable[[], DNA]
    ) -> TrialHandle | None:
        """Returns the next trial of a worker group.

        Args:
          group: The worker group. It gets its pending trial, if any, so that a group
            evaluates a trial together.
          propose: Returns the DNA of a new trial, or raises StopIteration if there is
            none.

        Returns:
          The trial, or None if the study has ended or has all its trials.
        """

    @abc.abstractmethod
    def add_measurement(
        self, trial: TrialHandle, measurement: MeasurementRecord
    ) -> None:
        """Records a measurement.

        Args:
          trial: The trial.
          measurement: The measurement, which has been checked.

        Raises:
          RaceConditionError: if the trial is no longer pending.
        """

    @abc.abstractmethod
    def complete(
        self,
        trial: TrialHandle,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
    ) -> MeasurementRecord | None:
        """Completes a trial; its last measurement counts.

        Args:
          trial: The trial.
          metadata: Data to attach to the trial.
          related_links: Addresses of related pages to attach, by name.

        Returns:
          The final measurement if this call has completed the trial; None if the trial
          was completed before, in which case nothing changes.

        Raises:
          ValueError: if there is no measurement.
        """

    def prune(
        self, trial: TrialHandle, reason: str | None = None
    ) -> MeasurementRecord | None:
        """Completes a trial that was stopped early; its last measurement counts.

        Args:
          trial: The trial.
          reason: Why the trial was stopped.

        Returns:
          The same as `complete`.

        Raises:
          ValueError: if there is no measurement.
        """
        return self.complete(trial, pruned_metadata(reason))

    @abc.abstractmethod
    def skip(self, trial: TrialHandle, reason: str | None = None) -> bool:
        """Completes a trial as infeasible.

        Args:
          trial: The trial.
          reason: Why the trial is skipped.

        Returns:
          Whether this call completed the trial.
        """

    @abc.abstractmethod
    def get_trial(self, trial: TrialHandle) -> Trial:
        """Returns a trial with all recorded data."""

    @abc.abstractmethod
    def has_measurements(self, trial: TrialHandle) -> bool:
        """Returns whether a trial has measurements."""

    # ---- Data of users --------------------------------------------------------

    @abc.abstractmethod
    def set_metadata(self, trial: TrialHandle | None, key: str, value: Any) -> None:
        """Attaches data to a trial, or to the study.

        Args:
          trial: The trial; None for the study.
          key: Name of the data.
          value: The data.
        """

    @abc.abstractmethod
    def get_metadata(self, trial: TrialHandle | None, key: str) -> Any | None:
        """Returns data attached to a trial or to the study; None if there is none.

        Args:
          trial: The trial; None for the study.
          key: Name of the data.
        """

    @abc.abstractmethod
    def add_link(self, trial: TrialHandle, name: str, url: str) -> None:
        """Attaches the address of a related page to a trial.

        Args:
          trial: The trial.
          name: Name of the link.
          url: The address.
        """

    # ---- The study as a whole -------------------------------------------------

    @abc.abstractmethod
    def end(self) -> None:
        """Ends the study: `next_trial` returns None from now on."""

    @property
    @abc.abstractmethod
    def is_active(self) -> bool:
        """Whether the study has not been ended."""

    @property
    @abc.abstractmethod
    def metadata(self) -> dict[str, Any]:
        """Data that users attached to the study."""

    @property
    @abc.abstractmethod
    def last_updated_seconds(self) -> float:
        """When the study last changed, in Unix time."""

    @property
    @abc.abstractmethod
    def best_trial(self) -> Trial | None:
        """The feasible trial with the greatest reward, the earliest among equals.

        None if no trial has a reward. Trials that were stopped early do not count.
        """

    @abc.abstractmethod
    def trials(self) -> list[Trial]:
        """Returns all trials, in the order they were started."""

    @abc.abstractmethod
    def status_counts(self) -> tuple[dict[str, int], int]:
        """Returns the number of trials by status, and of infeasible trials."""

    @property
    def num_pruned(self) -> int:
        """Number of trials that were stopped early."""
        return sum(trial.is_pruned for trial in self.trials())
