"""Study backends: the worker interface of a study, independent of its storage."""

import threading
from collections.abc import Sequence
from typing import Any

from pyglove import utils
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.tuning.backend import Backend
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import Feedback
from pyglove.tuning.repeat_guard import RepeatGuard
from pyglove.tuning.same_space import is_same_space, shown
from pyglove.tuning.study import (
    Group,
    Measurement,
    MeasurementRecord,
    Study,
    TrialHandle,
)
from pyglove.tuning.trial import Trial
from pyglove.utils.lock import instance_lock


class StudyBackend(Backend):
    """Base of backends that keep their trials in a `Study`."""

    def __init__(
        self,
        study: Study,
        group: int | str | None,
        dna_spec: DNASpec,
        algorithm: DNAGenerator,
        metrics_to_optimize: Sequence[str],
        early_stopping_policy: EarlyStoppingPolicy | None = None,
    ) -> None:
        """Initializes the backend for one loop.

        Args:
          study: The study.
          group: The worker group; None for the calling thread.
          dna_spec: The search space.
          algorithm: The search algorithm, which is set up if necessary.
          metrics_to_optimize: Names of the metrics that the algorithm optimizes.
          early_stopping_policy: The policy behind `Feedback.should_stop_early`.

        Raises:
          ValueError: if the algorithm was set up for another space, or the policy for
            another study.
        """
        check_objectives(algorithm, metrics_to_optimize)
        study.use_space(dna_spec)
        set_up(algorithm, dna_spec)
        if early_stopping_policy is not None:
            set_up_policy(early_stopping_policy, study, dna_spec)
        self._study = study
        self._group = group
        self._algorithm = algorithm
        self._metrics = metrics_to_optimize
        self._policy = early_stopping_policy
        # Loops over other studies may call the algorithm too.
        self._lock = instance_lock(algorithm)
        self._repeats = RepeatGuard(study, group)

    def next(self) -> Feedback:
        """Returns the feedback object of the next trial.

        Raises:
          StopIteration: if there are no more trials.
          RuntimeError: if a trial was returned repeatedly without a report on it.
        """
        group: Group = self._group
        if group is None:
            group = ("thread", threading.get_ident())
        with self._lock:
            trial = self._study.next_trial(group, self._algorithm.propose)
        repeats = self._repeats
        if trial is None:
            repeats.on_end()
            raise StopIteration
        last, number = repeats.last_id, trial.id
        if number == last:
            repeats.on_repeat(trial)
        else:
            if last is None:
                repeats.on_start()
            repeats.last_id = number
        return StudyFeedback(
            self._study,
            trial,
            self._algorithm,
            self._metrics,
            self._policy,
            self._lock,
        )


def check_objectives(
    algorithm: DNAGenerator, metrics_to_optimize: Sequence[str]
) -> None:
    """Checks that an algorithm supports the number of metrics.

    Args:
      algorithm: The search algorithm.
      metrics_to_optimize: Names of the metrics.

    Raises:
      ValueError: if there are several, and the algorithm has one objective.
    """
    if len(metrics_to_optimize) > 1 and not algorithm.multi_objective:
        raise utils.PyGloveValueError(
            "Expected `metrics_to_optimize` to name one metric, as the algorithm "
            f"optimizes one objective, got {metrics_to_optimize} for {algorithm!r}."
        )


def set_up(algorithm: DNAGenerator, dna_spec: DNASpec) -> None:
    """Sets an algorithm up for a space, unless it is already.

    If several threads do so at once, one sets it up and the others wait. If the setup
    fails, the algorithm can be set up again, and the next thread does so.

    Args:
      algorithm: The search algorithm.
      dna_spec: The search space.

    Raises:
      ValueError: if the algorithm was set up for another space.
    """
    with instance_lock(algorithm):
        present = algorithm.dna_spec
        if present is None:
            try:
                algorithm.setup(dna_spec)
            except BaseException:
                # A subclass may have failed after its base was done.
                algorithm._abandon_setup()
                raise
        elif not is_same_space(present, dna_spec):
            raise utils.PyGloveValueError(
                f"Expected an algorithm that is new or was set up for the same space, "
                f"got {algorithm!r}, which searches {shown(present)}, for "
                f"{shown(dna_spec)}. Use a copy of it (`algorithm.clone()`)."
            )


def set_up_policy(policy: EarlyStoppingPolicy, study: Study, dna_spec: DNASpec) -> None:
    """Sets an early stopping policy up for a study, unless it is already.

    A policy that is new to a study recovers its state from the trials of the study.

    Args:
      policy: The policy, which loops over the study may share.
      study: The study.
      dna_spec: The search space.

    Raises:
      TypeError: if it is not a policy.
      ValueError: if the policy was set up for another study.
    """
    if not isinstance(policy, EarlyStoppingPolicy):
        raise utils.PyGloveTypeError(
            "Expected an early stopping policy (`pg.tuning.EarlyStoppingPolicy`), got "
            f"{policy!r}. A functor has to be called to get a policy."
        )
    with instance_lock(policy), study.lock:
        if any(known is policy for known in study.policies):
            return
        present = policy.dna_spec
        if present is None:
            _set_up_policy_once(policy, dna_spec)
        elif present is not dna_spec:
            raise utils.PyGloveValueError(
                "Expected an early stopping policy that is new or serves the same "
                f"study, got one of another study: {policy!r}. Use a copy of it "
                "(`policy.clone()`)."
            )
        past = study.trials()
        if past:
            policy.recover(past)
        study.policies.append(policy)


def _set_up_policy_once(policy: EarlyStoppingPolicy, dna_spec: DNASpec) -> None:
    try:
        policy.setup(dna_spec)
    except BaseException:
        vars(policy).pop("_dna_spec", None)  # The policy can be set up again.
        raise


class StudyFeedback(Feedback):
    """Feedback on a trial of a `Study`."""

    def __init__(
        self,
        study: Study,
        trial: TrialHandle,
        algorithm: DNAGenerator,
        metrics_to_optimize: Sequence[str],
        early_stopping_policy: EarlyStoppingPolicy | None,
        lock: Any = None,
    ) -> None:
        """Initializes the feedback.

        Args:
          study: The study.
          trial: The trial.
          algorithm: The search algorithm that gets the feedback.
          metrics_to_optimize: Names of the metrics that it optimizes.
          early_stopping_policy: The policy behind `should_stop_early`.
          lock: Held while the algorithm is called; by default that of the algorithm.
        """
        super().__init__(metrics_to_optimize)
        self._study = study
        self._trial = trial
        self._algorithm = algorithm
        self._policy = early_stopping_policy
        self._lock = instance_lock(algorithm) if lock is None else lock

    def __repr__(self) -> str:
        name = self._study.name
        where = "" if name is None else f", study={name!r}"
        return f"{type(self).__name__}({self.get_trial()!r}{where})"

    @property
    def id(self) -> int:
        """Number of the trial within its study, from 1."""
        return self._trial.id

    @property
    def dna(self) -> DNA:
        """The DNA of the trial."""
        return self._trial.dna

    @property
    def status(self) -> str:
        """State of the trial."""
        return self.get_trial().status

    @property
    def checkpoint_to_warm_start_from(self) -> str | None:
        """Path of a checkpoint from which the evaluation may start, if any."""
        return None

    def get_trial(self) -> Trial:
        """Returns the trial with what has been reported so far."""
        return self._study.get_trial(self._trial)

    def _add_measurement(
        self,
        reward: float | None,
        metrics: dict[str, float],
        step: int,
        checkpoint_path: str | None,
        elapse_secs: float,
    ) -> None:
        if (
            metrics
            or checkpoint_path is not None
            or type(step) is not int
            or type(elapse_secs) is not float
        ):
            # The fields of a measurement check their values.
            checked = Measurement(step, elapse_secs, reward, metrics, checkpoint_path)
            step = checked.step
            elapse_secs = checked.elapse_secs
            metrics = dict(checked.metrics or {})
        self._study.add_measurement(
            self._trial,
            MeasurementRecord(step, elapse_secs, reward, metrics, checkpoint_path),
        )

    def done(
        self,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
    ) -> None:
        """Completes the trial and tells the algorithm. See `Feedback.done`."""
        with self._lock:
            final = self._study.complete(self._trial, metadata, related_links)
            if final is not None:
                reward = reward_for_feedback(final, self._metrics_to_optimize)
                self._algorithm.feedback(self._trial.dna, reward)

    def prune(self, reason: str | None = None) -> None:
        """Completes a trial that was stopped early. See `Feedback.prune`."""
        with self._lock:
            final = self._study.prune(self._trial, reason)
            if final is not None:
                reward = reward_for_feedback(final, self._metrics_to_optimize)
                self._algorithm.feedback(self._trial.dna, reward)

    def skip(self, reason: str | None = None) -> None:
        """Completes the trial as infeasible. See `Feedback.skip`."""
        self._study.skip(self._trial, reason)

    def should_stop_early(self) -> bool:
        """Returns whether the early stopping policy advises to stop the trial."""
        if self._policy is None or not self._study.has_measurements(self._trial):
            return False
        return self._policy.should_stop_early(self.get_trial())

    def end_loop(self) -> None:
        """Ends the study: no worker gets another trial."""
        self._study.end()

    def set_metadata(self, key: str, value: Any, per_trial: bool = True) -> None:
        """Attaches data. See `Feedback.set_metadata`."""
        self._study.set_metadata(self._trial if per_trial else None, key, value)

    def get_metadata(self, key: str, per_trial: bool = True) -> Any | None:
        """Returns attached data. See `Feedback.get_metadata`."""
        return self._study.get_metadata(self._trial if per_trial else None, key)

    def add_link(self, name: str, url: str) -> None:
        """Attaches the address of a related page. See `Feedback.add_link`."""
        self._study.add_link(self._trial, name, url)


def reward_for_feedback(
    final: MeasurementRecord, metrics_to_optimize: Sequence[str]
) -> float | tuple[float, ...] | None:
    """Returns the feedback for the search algorithm on a completed trial.

    Args:
      final: The final measurement.
      metrics_to_optimize: Names of the metrics that it optimizes.

    Returns:
      The value of the metric, or a tuple of values if there are several metrics.
    """
    if len(metrics_to_optimize) < 2:
        return final.reward
    metrics = final.metrics or {}
    values = [
        final.reward if name == "reward" else metrics[name]
        for name in metrics_to_optimize
    ]
    return tuple(values)  # type: ignore[arg-type]
