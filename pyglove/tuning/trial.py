"""Trials and their measurements: the record of each evaluation of a study."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA
from pyglove.symbolic import Object
from pyglove.symbolic.internal import shows_as_usual

#: States of a trial.
Status = Literal["UNKNOWN", "REQUESTED", "PENDING", "COMPLETED", "DELETED", "STOPPING"]

#: The metadata that marks a trial as stopped early.
PRUNED = "pruned"

if TYPE_CHECKING:
    Metrics = dict[str, float] | None
    Metadata = dict[str, Any]
    Links = dict[str, str]
else:
    Metrics = pg_typing.Dict([(pg_typing.StrKey(), pg_typing.Float())]).noneable()
    Metadata = pg_typing.Dict([(pg_typing.StrKey(), pg_typing.Any())])
    Links = pg_typing.Dict([(pg_typing.StrKey(), pg_typing.Str())])


class Measurement(Object):
    """A measurement of a trial at a step.

    Example:
      >>> pg.tuning.Measurement(step=1, elapse_secs=2.0, reward=0.5).reward
      0.5
    """

    allow_symbolic_assignment: ClassVar[bool] = True

    step: Annotated[int, "At which step of the evaluation it was measured."]
    elapse_secs: Annotated[float, "Seconds since the trial was started."]
    reward: Annotated[
        float | None, "The value to maximize; None where only metrics are."
    ] = None
    metrics: Annotated[Metrics, "Values of metrics by name."] = None
    checkpoint_path: Annotated[
        str | None, "Where the state of the evaluation was saved at that step."
    ] = None


class Trial(Object):
    """One evaluation of a study: the DNA, its state, and its measurements.

    Example:
      >>> trial = pg.tuning.Trial(id=1, dna=pg.DNA(0), created_time=0)
      >>> trial.status
      'PENDING'
    """

    allow_symbolic_assignment: ClassVar[bool] = True

    id: Annotated[int, "Number of the trial within its study, from 1."]
    description: Annotated[str | None, "Description of the trial."] = None
    dna: Annotated[DNA, "The proposed DNA."]  # type: ignore[misc]
    status: Annotated[Status, "State of the trial."] = "PENDING"
    final_measurement: Annotated[Measurement | None, "The measurement that counts."] = (
        None
    )
    infeasible: Annotated[bool, "Whether the trial was skipped."] = False
    measurements: Annotated[
        list[Measurement], "All measurements, in the order they were added."
    ] = []
    metadata: Annotated[Metadata, "Data that users attached to the trial."] = {}
    related_links: Annotated[Links, "Addresses of related pages by name."] = {}
    created_time: Annotated[  # type: ignore[misc]
        int, "When the trial was started, in Unix time."
    ]
    completed_time: Annotated[int | None, "When the trial ended, in Unix time."] = None

    @property
    def is_pruned(self) -> bool:
        """Whether the trial was stopped early; see `Feedback.prune`."""
        return bool(self.metadata.get(PRUNED))

    def __str__(self) -> str:
        # A class or a scope may define the format of the text.
        return self._summary() if shows_as_usual(self) else super().__str__()

    def __repr__(self) -> str:
        return self._summary() if shows_as_usual(self) else super().__repr__()

    def _summary(self) -> str:
        """Returns the most important values in one line; `format` shows all."""
        parts = [f"id={self.id}", shorten(repr(self.dna)), self._state()]
        final = self.final_measurement
        if final is not None and not self.infeasible:
            parts += [f"{k}={v!r}" for k, v in _results(final).items()]
        if len(self.measurements) > 1 or not final:
            count = len(self.measurements)
            parts.append(f"{count} measurement{'s' if count != 1 else ''}")
        if self.metadata:
            parts.append(f"metadata={shorten(repr(dict(self.metadata)))}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def _state(self) -> str:
        if self.infeasible:
            return f"{self.status} (infeasible)"
        return f"{self.status} (pruned)" if self.is_pruned else self.status

    def get_reward_for_feedback(
        self, metric_names: Sequence[str] | None = None
    ) -> float | tuple[float, ...] | None:
        """Returns the feedback for the search algorithm on the trial.

        Args:
          metric_names: Names of the metrics that are optimized; 'reward' stands for
            the reward itself. By default it is only the reward.

        Returns:
          The value of the metric, or a tuple of values if there are several metrics.
          None if the trial is not completed or was skipped.

        Raises:
          ValueError: if a metric was not measured.
        """
        final = self.final_measurement
        if self.infeasible or final is None:
            return None
        if not metric_names:
            return final.reward
        values = tuple(self._metric(name, final) for name in metric_names)
        return values[0] if len(values) == 1 else values

    def _metric(self, name: str, final: Measurement) -> float:
        value = final.reward if name == "reward" else (final.metrics or {}).get(name)
        if value is None:
            raise utils.PyGloveValueError(
                f"Expected metric {name!r} in the final measurement of trial "
                f"{self.id}, got {final!r}."
            )
        return value


def _results(measurement: Measurement) -> dict[str, Any]:
    """Returns the reward and the other metrics."""
    reward, metrics = measurement.reward, dict(measurement.metrics or {})
    results = {} if reward is None else {"reward": reward}
    return results | metrics


def shorten(text: str, length: int = 80) -> str:
    """Returns a text, truncated if it is long.

    Args:
      text: The text.
      length: How many characters to keep.
    """
    return text if len(text) <= length else f"{text[:length]}..."


for _cls in (
    Measurement,
    Trial,
):
    # The name in files.
    _cls.register_for_deserialization(f"pyglove.core.tuning.protocols.{_cls.__name__}")
