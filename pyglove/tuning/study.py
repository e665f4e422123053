"""The interface of studies: where the trials of a search are kept.

A study is all that a backend needs to know of storage. It hands trials out to worker
groups, records what they report, and says what has been found. Implementations differ
in where the trials live; what workers see is the same (`study_backend`).
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

#: A worker group: the name that the user gave, or what identifies a lone worker.
Group = Hashable


@dataclasses.dataclass(slots=True)
class TrialHandle:
    """A trial as it was handed out to a worker.

    Attributes:
      id: Number of the trial within its study, from 1.
      dna: The DNA of the trial.
    """

    id: int
    dna: DNA


class Reading(NamedTuple):
    """What was measured of a trial at a step: the plain form of a `Measurement`.

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

    All methods may be called from several threads at once. Each call either takes
    effect as a whole, or raises and leaves the study as it was. Completing a trial is
    idempotent: of all that complete it, one succeeds.

    Attributes:
      name: Name of the study; None if it has none.
      lock: Held within this process wherever the search algorithm is called, so that
        algorithms need no locks of their own.
      policies: The early stopping policies of its loops in this process.
      workers: The threads of this process that were handed a trial, by their number.
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
        """Makes sure that the study searches a space.

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
        """Whether the study will hand out no more trials, as far as one can tell."""
        return not self.is_active

    # ---- Trials ---------------------------------------------------------------

    @abc.abstractmethod
    def next_trial(
        self, group: Group, propose: Callable[[], DNA]
    ) -> TrialHandle | None:
        """Hands out a trial.

        Args:
          group: The worker group that asks. It gets the trial that it has pending, if
            any, so that a group evaluates a trial together.
          propose: Called for the DNA of a new trial. It may raise StopIteration if
            there is nothing left to try.

        Returns:
          The trial, or None if the study has ended or has all its trials.
        """

    @abc.abstractmethod
    def add_reading(self, trial: TrialHandle, reading: Reading) -> None:
        """Records a measurement.

        Args:
          trial: The trial.
          reading: What was measured, checked.

        Raises:
          RaceConditionError: if the trial is no longer pending.
        """

    @abc.abstractmethod
    def complete(
        self,
        trial: TrialHandle,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
    ) -> Reading | None:
        """Completes a trial; its last reading counts.

        Args:
          trial: The trial.
          metadata: Data to attach to the trial.
          related_links: Addresses of related pages to attach, by name.

        Returns:
          The reading that counts if this call completed the trial; None if it
          was completed before, in which case nothing changes.

        Raises:
          ValueError: if nothing was measured.
        """

    def prune(self, trial: TrialHandle, reason: str | None = None) -> Reading | None:
        """Completes a trial that was stopped early; its last reading counts.

        Args:
          trial: The trial.
          reason: Why it was stopped.

        Returns:
          What `complete` returns.

        Raises:
          ValueError: if nothing was measured.
        """
        return self.complete(trial, pruned_metadata(reason))

    @abc.abstractmethod
    def skip(self, trial: TrialHandle, reason: str | None = None) -> bool:
        """Completes a trial as infeasible.

        Args:
          trial: The trial.
          reason: Why.

        Returns:
          Whether this call completed the trial.
        """

    @abc.abstractmethod
    def get_trial(self, trial: TrialHandle) -> Trial:
        """Returns a trial with all that is recorded of it."""

    @abc.abstractmethod
    def has_readings(self, trial: TrialHandle) -> bool:
        """Returns whether anything was measured of a trial."""

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
        """The feasible trial of the greatest reward, the earliest among equals.

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
