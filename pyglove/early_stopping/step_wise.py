"""Early stopping at the steps of a plan."""

import bisect
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pyglove import typing as pg_typing
from pyglove.early_stopping.composition import EarlyStopingPolicyBase
from pyglove.tuning import Measurement, Trial

#: Says whether to stop a trial, given its measurement at a gate and those that
#: earlier trials had there.
Predicate = Callable[[Measurement, list[Measurement]], Any]


def _in_order(plan: Any) -> Any:
    """Returns a plan in the order of its steps; anything else unchanged."""
    if not isinstance(plan, list) or not all(
        isinstance(item, tuple) and item and isinstance(item[0], int) for item in plan
    ):
        return plan
    return sorted(plan, key=_step_of)


def _step_of(item: tuple[int, Predicate]) -> int:
    return item[0]


if TYPE_CHECKING:
    Plan = list[tuple[int, Predicate]]
else:
    Plan = pg_typing.List(
        pg_typing.Tuple(
            [
                pg_typing.Int(min_value=0),
                pg_typing.Callable(
                    [
                        pg_typing.Object(Measurement),
                        pg_typing.List(pg_typing.Object(Measurement)),
                    ],
                    returns=pg_typing.Bool(),
                ),
            ]
        ),
        min_size=1,
        transform=_in_order,
    )


class Gate(NamedTuple):
    """A step of the plan at which trials are stopped or continued.

    Attributes:
      step: The step from which on the gate is the one to pass, up to the next gate.
      predicate: Says whether to stop.
      passed: The measurements of the trials that reached the gate, oldest first.
    """

    step: int
    predicate: Predicate
    passed: list[Measurement]


class Verdict(NamedTuple):
    """The decision about a trial.

    Attributes:
      gate: The gate, by its place in the plan.
      stop: Whether the trial is to be stopped.
    """

    gate: int
    stop: bool


class StepWise(EarlyStopingPolicyBase):
    """Decides about each trial once at each step of a plan.

    A step of the plan is a gate. With the first measurement that reaches it (a trial
    need not be measured at each step), its predicate is asked. What it says holds
    until the trial reaches the next gate.

    One policy may serve all loops over a study, in any number of threads. It then
    compares the trials of all of them.

    Example:
      >>> def below_average(measurement, others):
      ...     rewards = [other.reward for other in others]
      ...     return rewards and measurement.reward < sum(rewards) / len(rewards)
      >>> policy = pg.early_stopping.StepWise([(10, below_average)])
      >>> for x, feedback in pg.sample(
      ...     pg.oneof([3, 5, 2]), pg.geno.Sweeping(), early_stopping_policy=policy):
      ...   feedback.add_measurement(float(x), step=10)
      ...   print(x, feedback.should_stop_early())
      ...   feedback.done()
      3 False
      5 False
      2 True
    """

    plan: Annotated[
        Plan,
        "Tuples of a step and a predicate: a function of the trial's measurement and "
        "of the measurements that earlier trials had at that step of the plan.",
    ]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._gates = [Gate(step, predicate, []) for step, predicate in self.plan]
        self._steps = [gate.step for gate in self._gates]
        self._verdicts: dict[int, Verdict] = {}
        self._lock = threading.Lock()

    def should_stop_early(self, trial: Trial) -> bool:
        """Returns whether a trial should be stopped at the gate it has reached."""
        if not trial.measurements:
            return False
        measurement = trial.measurements[-1]
        index = self._gate_at(measurement.step)
        if index < 0:
            return False
        with self._lock:
            verdict = self._verdicts.get(trial.id)
            if verdict is None or verdict.gate != index:
                verdict = self._decide(trial.id, index, measurement)
            return verdict.stop

    def _gate_at(self, step: int) -> int:
        """Returns the place of the last gate up to a step, -1 if there is none."""
        return bisect.bisect_right(self._steps, step) - 1

    def _decide(self, trial_id: int, index: int, measurement: Measurement) -> Verdict:
        gate = self._gates[index]
        verdict = Verdict(index, bool(gate.predicate(measurement, gate.passed)))
        gate.passed.append(measurement)
        self._verdicts[trial_id] = verdict
        return verdict

    def recover(self, history: Iterable[Trial]) -> None:
        """Makes up for past trials, as if their measurements came in one by one."""
        with self._lock:
            for trial in history:
                arrivals = list(self._arrivals(trial))
                for index, measurement in arrivals[:-1]:
                    self._gates[index].passed.append(measurement)
                for index, measurement in arrivals[-1:]:
                    self._recover_last(trial, index, measurement)

    def _recover_last(self, trial: Trial, index: int, measurement: Measurement) -> None:
        """Recovers the decision about a trial: that of the last gate it reached."""
        if trial.status == "COMPLETED":
            # The trial has ended, so that no further decision is needed.
            self._gates[index].passed.append(measurement)
            is_stopped = trial.infeasible or trial.is_pruned
            self._verdicts[trial.id] = Verdict(index, is_stopped)
        else:
            self._decide(trial.id, index, measurement)

    def _arrivals(self, trial: Trial) -> Iterator[tuple[int, Measurement]]:
        """Iterates over the gates that a trial reached, with the measurements there."""
        current = -1
        for measurement in trial.measurements:
            index = self._gate_at(measurement.step)
            if index >= 0 and index != current:
                current = index
                yield index, measurement


for _cls in (StepWise,):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.early_stopping.step_wise.{_cls.__name__}"
    )
