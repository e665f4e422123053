"""The interface of feedback: how a loop reports on the trial it is evaluating."""

import abc
import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyglove import utils
from pyglove.geno import DNA
from pyglove.tuning.trial import Trial

#: A reward: a number, or one number per metric that is optimized.
Reward = float | Sequence[float]


class RaceConditionError(utils.PyGloveRuntimeError):
    """A trial that is no longer pending was given another measurement.

    It happens when workers of one group evaluate the same trial; see
    `Feedback.ignore_race_condition`.
    """


class Feedback(abc.ABC):
    """Base of the objects through which a loop reports on a trial.

    A backend subclasses it: the abstract members, and `_add_measurement`.

    Example:
      >>> for x, feedback in pg.sample(pg.oneof([1, 2]), pg.geno.Sweeping()):
      ...   feedback(reward=float(x), metrics={'size': 3.0})
    """

    def __init__(self, metrics_to_optimize: Sequence[str]) -> None:
        """Initializes the part that all backends share.

        Args:
          metrics_to_optimize: Names of the metrics that are optimized; 'reward'
            stands for the reward itself.
        """
        self._metrics_to_optimize = metrics_to_optimize
        self._sample_time = time.time()

    # ---- What a backend implements --------------------------------------------

    @property
    @abc.abstractmethod
    def id(self) -> int:
        """Number of the trial within its study, from 1."""

    @property
    @abc.abstractmethod
    def dna(self) -> DNA:
        """The DNA of the trial."""

    @abc.abstractmethod
    def get_trial(self) -> Trial:
        """Returns the trial with what has been reported so far."""

    @property
    @abc.abstractmethod
    def checkpoint_to_warm_start_from(self) -> str | None:
        """Where a checkpoint lies that the evaluation may start from, if any."""

    def _add_measurement(
        self,
        reward: float | None,
        metrics: dict[str, float],
        step: int,
        checkpoint_path: str | None,
        elapse_secs: float,
    ) -> None:
        """Adds a measurement to the trial. Backends implement it.

        Args:
          reward: The reward; None where only metrics are optimized.
          metrics: Values of metrics by name.
          step: At which step it was measured.
          checkpoint_path: Where the state of the evaluation was saved.
          elapse_secs: Seconds since the trial was started.
        """
        raise NotImplementedError

    @abc.abstractmethod
    def done(
        self,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
    ) -> None:
        """Completes the trial; its last measurement counts.

        Args:
          metadata: Data to attach to the trial.
          related_links: Addresses of related pages to attach, by name.

        Raises:
          ValueError: if nothing was measured.
        """

    @abc.abstractmethod
    def skip(self, reason: str | None = None) -> None:
        """Completes the trial as infeasible. The algorithm is not told about it.

        Args:
          reason: Why the trial was skipped.
        """

    @abc.abstractmethod
    def should_stop_early(self) -> bool:
        """Returns whether the early stopping policy advises to stop the trial."""

    @abc.abstractmethod
    def end_loop(self) -> None:
        """Ends the study: no worker gets another trial."""

    @abc.abstractmethod
    def set_metadata(self, key: str, value: Any, per_trial: bool = True) -> None:
        """Attaches data.

        Args:
          key: Name of the data.
          value: The data, which durable backends need to be convertible to JSON.
          per_trial: Whether it is attached to the trial, or else to the study.
        """

    @abc.abstractmethod
    def get_metadata(self, key: str, per_trial: bool = True) -> Any | None:
        """Returns attached data, or None if there is none.

        Args:
          key: Name of the data.
          per_trial: Whether it is attached to the trial, or else to the study.
        """

    @abc.abstractmethod
    def add_link(self, name: str, url: str) -> None:
        """Attaches the address of a related page to the trial.

        Args:
          name: Name of the link.
          url: The address.
        """

    # ---- What all backends share ----------------------------------------------

    def add_measurement(
        self,
        reward: Reward | None = None,
        metrics: dict[str, float] | None = None,
        step: int = 0,
        checkpoint_path: str | None = None,
        elapse_secs: float | None = None,
    ) -> None:
        """Reports what was measured at a step. The trial stays pending.

        Args:
          reward: The reward: a number, or one number per metric that is optimized.
            Metrics that are optimized may also be given in `metrics`.
          metrics: Values of metrics by name.
          step: At which step it was measured.
          checkpoint_path: Where the state of the evaluation was saved.
          elapse_secs: Seconds that the evaluation took; by default the time since
            the trial was handed out.

        Raises:
          ValueError: if a metric that is optimized is missing, or given twice with
            different values.
          RaceConditionError: if the trial is no longer pending.
        """
        if elapse_secs is None:
            elapse_secs = time.time() - self._sample_time
        names = self._metrics_to_optimize
        if (
            type(reward) is float
            and not metrics
            and len(names) == 1
            and names[0] == "reward"
        ):
            # The common case, which needs no more checks.
            self._add_measurement(reward, {}, step, checkpoint_path, elapse_secs)
            return
        number, values = resolve_reward(reward, metrics, self._metrics_to_optimize)
        self._add_measurement(number, values, step, checkpoint_path, elapse_secs)

    def __call__(
        self,
        reward: Reward | None = None,
        metrics: dict[str, float] | None = None,
        checkpoint_path: str | None = None,
        metadata: dict[str, Any] | None = None,
        related_links: dict[str, str] | None = None,
        step: int = 0,
    ) -> None:
        """Reports a measurement and completes the trial.

        Args:
          reward: The reward: a number, or one number per metric that is optimized.
          metrics: Values of metrics by name.
          checkpoint_path: Where the state of the evaluation was saved.
          metadata: Data to attach to the trial.
          related_links: Addresses of related pages to attach, by name.
          step: At which step it was measured.

        Raises:
          ValueError: if a metric that is optimized is missing.
          RaceConditionError: if the trial is no longer pending.
        """
        self.add_measurement(reward, metrics, step, checkpoint_path)
        self.done(metadata=metadata, related_links=related_links)

    @contextlib.contextmanager
    def skip_on_exceptions(
        self,
        exceptions: Sequence[type[Exception] | tuple[type[Exception], str]],
    ) -> Iterator[None]:
        """Skips the trial when one of some errors happens within a `with` block.

        Args:
          exceptions: Classes of errors, or tuples of class and regular expression
            that the error's text has to match.

        Yields:
          None.

        Example:
          >>> for x, feedback in pg.sample(pg.oneof([0, 1]), pg.geno.Sweeping()):
          ...   with feedback.skip_on_exceptions([(ZeroDivisionError, 'by zero')]):
          ...     feedback(1 / x)
        """

        def skip(error: BaseException) -> None:
            import traceback

            reason = "".join(traceback.format_exception(error))
            logger().warning("Skipping trial on unhandled exception: %s", reason)
            self.skip(reason)

        with utils.catch_errors(exceptions, skip):
            yield

    @contextlib.contextmanager
    def ignore_race_condition(self) -> Iterator[None]:
        """Passes over reports on a trial that another worker has completed.

        Yields:
          None.

        Example:
          >>> for x, feedback in pg.sample(pg.oneof([1, 2]), pg.geno.Sweeping()):
          ...   feedback(1.0)
          ...   with feedback.ignore_race_condition():
          ...     feedback(2.0)
        """
        try:
            yield
        except RaceConditionError:
            pass


def resolve_reward(
    reward: Reward | None,
    metrics: Mapping[str, float] | None,
    metrics_to_optimize: Sequence[str],
) -> tuple[float | None, dict[str, float]]:
    """Brings the ways to report a result into one form.

    Args:
      reward: A number, or one number per metric that is optimized.
      metrics: Values of metrics by name.
      metrics_to_optimize: Names of the metrics that are optimized.

    Returns:
      The reward, None where there is none, and the values of all metrics.

    Raises:
      ValueError: if a metric that is optimized is missing, or given twice with
        different values, or the number of values does not fit.
      TypeError: if the reward is not a number.
    """
    if metrics is not None and not isinstance(metrics, Mapping):
        raise utils.PyGloveTypeError(
            f"Expected `metrics` to be a dict of floats, got {metrics!r}."
        )
    values = dict(metrics or {})
    if isinstance(reward, (list, tuple)) or getattr(reward, "ndim", 0) == 1:
        number = _spread(list(reward), values, metrics_to_optimize)  # type: ignore
    else:
        number = None if reward is None else _as_float(reward)
    for name in metrics_to_optimize:
        if name == "reward":
            if number is None:
                raise utils.PyGloveValueError(
                    "Expected `reward`, as it is optimized, got None."
                )
        elif name not in values:
            raise utils.PyGloveValueError(
                f"Expected metric {name!r}, as it is optimized, got {values!r}."
            )
    if number is None and len(metrics_to_optimize) == 1:
        number = _as_float(values[metrics_to_optimize[0]])
    return number, values


def _spread(
    rewards: list[Any], values: dict[str, float], metrics_to_optimize: Sequence[str]
) -> float | None:
    """Puts one reward per metric into `values`; returns that of 'reward'."""
    if len(rewards) != len(metrics_to_optimize):
        raise utils.PyGloveValueError(
            f"Expected a reward of {len(metrics_to_optimize)} values, one for each of "
            f"{list(metrics_to_optimize)}, got {rewards!r}."
        )
    number = None
    for name, item in zip(metrics_to_optimize, rewards, strict=True):
        value = _as_float(item)
        if name == "reward":
            number = value
        elif values.setdefault(name, value) != value:
            raise utils.PyGloveValueError(
                f"Expected one value of metric {name!r}, got {value!r} as reward and "
                f"{values[name]!r} among the metrics."
            )
    if number is None and len(rewards) == 1:
        return _as_float(rewards[0])
    return number


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected the reward to be a number, got {value!r}."
        ) from None
    except ValueError:
        raise utils.PyGloveValueError(
            f"Expected the reward to be a number, got {value!r}."
        ) from None


def logger() -> Any:
    """Returns the logger of the package."""
    # Rarely needed, and a good part of the time that `import pyglove` may take.
    import logging

    return logging.getLogger("pyglove")
