"""Studies in memory.

A trial is stored as a few plain values. The `Trial` object is created on demand and
updated from then on, so that a loop that only reports rewards does not pay for it.
"""

import time
from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.geno import DNA
from pyglove.tuning.feedback import RaceConditionError, pruned_metadata
from pyglove.tuning.study import Group, MeasurementRecord, Study, TrialHandle
from pyglove.tuning.trial import Trial


class _Record(TrialHandle):
    """A stored trial.

    Attributes:
      created_time: Time of its start, in Unix time.
      completed_time: Time of its end; None while it is pending.
      infeasible: Whether it was skipped.
      measurements: All measurements.
      final: The final measurement.
      metadata: Data of users, if any.
      links: Addresses of related pages, if any.
      trial: The `Trial`, once it has been requested.
    """

    __slots__ = (
        "completed_time",
        "created_time",
        "final",
        "infeasible",
        "links",
        "measurements",
        "metadata",
        "trial",
    )

    def __init__(self, id: int, dna: DNA) -> None:
        self.id = id
        self.dna = dna
        self.created_time = int(time.time())
        self.completed_time: int | None = None
        self.infeasible = False
        self.measurements: list[MeasurementRecord] = []
        self.final: MeasurementRecord | None = None
        self.metadata: dict[str, Any] | None = None
        self.links: dict[str, str] | None = None
        self.trial: Trial | None = None

    @property
    def status(self) -> str:
        return "PENDING" if self.completed_time is None else "COMPLETED"

    def materialize(self) -> Trial:
        """Returns the `Trial` of the record, which is the same each time."""
        if self.trial is None:
            final = self.final
            self.trial = Trial(
                id=self.id,
                dna=self.dna,
                status=self.status,  # type: ignore[arg-type]
                final_measurement=None if final is None else final.to_measurement(),
                infeasible=self.infeasible,
                measurements=[
                    measurement.to_measurement() for measurement in self.measurements
                ],
                metadata=dict(self.metadata or {}),
                related_links=dict(self.links or {}),
                created_time=self.created_time,
                completed_time=self.completed_time,
            )
        return self.trial


class MemoryStudy(Study):
    """A study whose trials are kept in memory."""

    def __init__(self, name: str | None, num_examples: int | None) -> None:
        """Initializes the study.

        Args:
          name: Name of the study; None if it has none.
          num_examples: Maximum number of trials; None for no limit.
        """
        super().__init__(name)
        self._num_examples = num_examples
        self._records: list[_Record] = []
        self._pending: dict[Group, _Record] = {}
        self._metadata: dict[str, Any] = {}
        self._is_active = True
        self._num_completed = 0
        self._num_infeasible = 0
        self._num_pruned = 0
        self._best: _Record | None = None
        self._last_updated_seconds = time.time()

    # ---- Trials ---------------------------------------------------------------

    def next_trial(
        self, group: Group, propose: Callable[[], DNA]
    ) -> TrialHandle | None:
        """Returns the next trial. See `Study.next_trial`."""
        with self.lock:
            if not self._is_active:
                return None
            pending = self._pending.get(group)
            if pending is not None and pending.completed_time is None:
                return pending
            limit = self._num_examples
            if limit is not None and len(self._records) + 1 > limit:
                return None
            try:
                dna = propose()
            except StopIteration:
                return None
            record = _Record(len(self._records) + 1, dna)
            self._records.append(record)
            self._pending[group] = record
            self._last_updated_seconds = time.time()
            return record

    def add_measurement(
        self, trial: TrialHandle, measurement: MeasurementRecord
    ) -> None:
        """Records a measurement. See `Study.add_measurement`."""
        record = _record(trial)
        with self.lock:
            if record.completed_time is not None:
                raise RaceConditionError(
                    "Expected a pending trial to add a measurement to, got "
                    f"{record.materialize()!r}."
                )
            record.measurements.append(measurement)
            if record.trial is not None:
                record.trial.measurements.append(measurement.to_measurement())
            self._last_updated_seconds = time.time()

    def complete(
        self,
        trial: TrialHandle,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
    ) -> MeasurementRecord | None:
        """Completes a trial. See `Study.complete`."""
        record = _record(trial)
        if metadata is not None:
            check_metadata(metadata)
        if related_links is not None:
            check_links(related_links)
        with self.lock:
            if record.completed_time is not None:
                return None
            if not record.measurements:
                raise utils.PyGloveValueError(
                    "Expected at least one measurement before a trial is completed, "
                    f"got none for trial {record.id}."
                )
            if metadata:
                record.metadata = {**(record.metadata or {}), **metadata}
            if related_links:
                record.links = {**(record.links or {}), **related_links}
            final = record.measurements[-1]
            self._close(record, final)
            if final.reward is not None:
                best = self._best
                if best is None or _is_better(final.reward, best.final):
                    self._best = record
            return final

    def prune(
        self, trial: TrialHandle, reason: str | None = None
    ) -> MeasurementRecord | None:
        """Completes a trial that was stopped early. See `Study.prune`."""
        metadata = pruned_metadata(reason)
        with self.lock:
            best = self._best
            final = self.complete(trial, metadata)
            if final is not None:
                self._num_pruned += 1
                self._best = best  # Its evaluation is not complete.
            return final

    def skip(self, trial: TrialHandle, reason: str | None = None) -> bool:
        """Completes a trial as infeasible. See `Study.skip`."""
        record = _record(trial)
        with self.lock:
            if record.completed_time is not None:
                return False
            record.infeasible = True
            self._num_infeasible += 1
            self._close(record, MeasurementRecord(0, 0.0, 0.0))
            return True

    def _close(self, record: _Record, final: MeasurementRecord) -> None:
        now = time.time()
        record.final = final
        record.completed_time = int(now)
        self._num_completed += 1
        self._last_updated_seconds = now
        if record.trial is not None:
            record.trial.rebind(
                status="COMPLETED",
                infeasible=record.infeasible,
                final_measurement=final.to_measurement(),
                completed_time=record.completed_time,
                metadata=dict(record.metadata or {}),
                related_links=dict(record.links or {}),
                raise_on_no_change=False,
            )

    def get_trial(self, trial: TrialHandle) -> Trial:
        """Returns a trial with all recorded data."""
        with self.lock:
            return _record(trial).materialize()

    def has_measurements(self, trial: TrialHandle) -> bool:
        """Returns whether a trial has measurements."""
        return bool(_record(trial).measurements)

    # ---- Data of users --------------------------------------------------------

    def set_metadata(self, trial: TrialHandle | None, key: str, value: Any) -> None:
        """Attaches data. See `Study.set_metadata`."""
        check_metadata({key: value})
        with self.lock:
            self._last_updated_seconds = time.time()
            if trial is None:
                self._metadata[key] = value
                return
            record = _record(trial)
            if record.metadata is None:
                record.metadata = {}
            record.metadata[key] = value
            if record.trial is not None:
                record.trial.metadata[key] = value

    def get_metadata(self, trial: TrialHandle | None, key: str) -> Any | None:
        """Returns attached data. See `Study.get_metadata`."""
        data = self._metadata if trial is None else _record(trial).metadata
        return None if data is None else data.get(key)

    def add_link(self, trial: TrialHandle, name: str, url: str) -> None:
        """Attaches the address of a related page. See `Study.add_link`."""
        check_links({name: url})
        record = _record(trial)
        with self.lock:
            self._last_updated_seconds = time.time()
            if record.links is None:
                record.links = {}
            record.links[name] = url
            if record.trial is not None:
                record.trial.related_links[name] = url

    # ---- The study as a whole -------------------------------------------------

    def end(self) -> None:
        """Ends the study: `next_trial` returns None from now on."""
        with self.lock:
            self._is_active = False
            self._last_updated_seconds = time.time()

    @property
    def is_active(self) -> bool:
        """Whether the study has not been ended."""
        return self._is_active

    @property
    def has_ended(self) -> bool:
        """Whether the study was ended, or all of its trials are completed."""
        limit = self._num_examples
        return not self._is_active or (
            limit is not None and self._num_completed >= limit
        )

    @property
    def metadata(self) -> dict[str, Any]:
        """Data that users attached to the study."""
        with self.lock:
            return dict(self._metadata)

    @property
    def last_updated_seconds(self) -> float:
        """When the study last changed, in Unix time."""
        return self._last_updated_seconds

    @property
    def best_trial(self) -> Trial | None:
        """The best trial. See `Study.best_trial`."""
        with self.lock:
            return None if self._best is None else self._best.materialize()

    def trials(self) -> list[Trial]:
        """Returns all trials, in the order they were started."""
        with self.lock:
            return [record.materialize() for record in self._records]

    def status_counts(self) -> tuple[dict[str, int], int]:
        """Returns the number of trials by status, and of infeasible trials."""
        with self.lock:
            completed = self._num_completed
            counts = {
                "PENDING": len(self._records) - completed,
                "COMPLETED": completed,
            }
            return {k: n for k, n in counts.items() if n}, self._num_infeasible

    @property
    def num_pruned(self) -> int:
        """Number of trials that were stopped early."""
        return self._num_pruned


def _record(trial: TrialHandle) -> _Record:
    assert isinstance(trial, _Record), trial
    return trial


def _is_better(reward: float, best: MeasurementRecord | None) -> bool:
    """Returns whether a reward is better than the best so far; NaN is the worst."""
    if best is None or best.reward is None:
        return False
    return reward > best.reward or (best.reward != best.reward and reward == reward)


def check_metadata(metadata: Any) -> None:
    """Checks data that a user attaches.

    Args:
      metadata: The data by name.

    Raises:
      TypeError: if it is not a dict.
      KeyError: if a name is not a string.
    """
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        raise utils.PyGloveTypeError(
            f"Expected a dict of data to attach, got {metadata!r}."
        )
    for key in metadata:
        if not isinstance(key, str):
            raise utils.PyGloveKeyError(
                f"Expected a string as name of attached data, got {key!r}."
            )


def check_links(related_links: Any) -> None:
    """Checks addresses that a user attaches.

    Args:
      related_links: The addresses by name.

    Raises:
      TypeError: if it is not a dict, or an address is not a string.
      KeyError: if a name is not a string.
    """
    check_metadata(related_links)
    for name, url in (related_links or {}).items():
        if not isinstance(url, str):
            raise utils.PyGloveTypeError(
                f"Expected a string as address of link {name!r}, got {url!r}."
            )
