"""The interface of feedback: the reports of a loop on its trial."""

import abc
import contextlib
import math
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyglove import utils
from pyglove.geno import DNA
from pyglove.tuning.trial import PRUNED, Trial, shorten
from pyglove.utils.log import own_logger

#: A reward: a number, or one number per metric that is optimized.
Reward = float | Sequence[float]


class RaceConditionError(utils.PyGloveRuntimeError):
    """Raised if a measurement is added to a trial that is no longer pending.

    This happens if workers of one group evaluate the same trial; see
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
        """Path of a checkpoint from which the evaluation may start, if any."""

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
          reward: The reward; None if only metrics are optimized.
          metrics: Values of metrics by name.
          step: The step of the measurement.
          checkpoint_path: Path at which the state of the evaluation was saved.
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
          ValueError: if there is no measurement.
        """

    @abc.abstractmethod
    def skip(self, reason: str | None = None) -> None:
        """Completes the trial as infeasible. The algorithm gets no feedback on it.

        Args:
          reason: Why the trial was skipped.
        """

    @abc.abstractmethod
    def should_stop_early(self) -> bool:
        """Returns whether the early stopping policy advises to stop the trial.

        `prune` completes a trial that is stopped.
        """

    @abc.abstractmethod
    def end_loop(self) -> None:
        """Ends the study: no worker gets another trial."""

    @abc.abstractmethod
    def set_metadata(self, key: str, value: Any, per_trial: bool = True) -> None:
        """Attaches data.

        Args:
          key: Name of the data.
          value: The data. Durable backends require that it can be converted to JSON.
          per_trial: Whether it is attached to the trial, instead of the study.
        """

    @abc.abstractmethod
    def get_metadata(self, key: str, per_trial: bool = True) -> Any | None:
        """Returns attached data, or None if there is none.

        Args:
          key: Name of the data.
          per_trial: Whether it is attached to the trial, instead of the study.
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
        """Reports a measurement at a step. The trial stays pending.

        Args:
          reward: The reward: a number, or one number per metric that is optimized.
            Metrics that are optimized may also be given in `metrics`.
          metrics: Values of metrics by name.
          step: The step of the measurement.
          checkpoint_path: Path at which the state of the evaluation was saved.
          elapse_secs: Duration of the evaluation in seconds; by default the time since
            the trial was started.

        Raises:
          ValueError: if a metric that is optimized is missing, or given twice with
            different values, or there is a reward where one metric is optimized.
          TypeError: if the reward is not a number.
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
          checkpoint_path: Path at which the state of the evaluation was saved.
          metadata: Data to attach to the trial.
          related_links: Addresses of related pages to attach, by name.
          step: The step of the measurement.

        Raises:
          ValueError: if a metric that is optimized is missing, or there is a reward
            where one metric is optimized.
          TypeError: if the reward is not a number.
          RaceConditionError: if the trial is no longer pending.
        """
        self.add_measurement(reward, metrics, step, checkpoint_path)
        self.done(metadata=metadata, related_links=related_links)

    def prune(self, reason: str | None = None) -> None:
        """Completes a trial that was stopped early. Its last measurement counts.

        The algorithm gets the reward of that measurement as feedback. The trial is
        marked: `Trial.is_pruned` is True, and `pruned` in its metadata is the reason,
        or True. It is not infeasible, but it cannot be the best trial, because its
        evaluation is not complete.

        Args:
          reason: Why the trial was stopped.

        Raises:
          ValueError: if there is no measurement. Use `skip` for such a trial.

        Example:
          >>> for x, feedback in pg.sample(
          ...     pg.oneof([1, 5]), pg.geno.Sweeping(), name='prune-example'):
          ...   feedback.add_measurement(float(x), step=1)
          ...   if x < 3:
          ...     feedback.prune('slow')
          ...   else:
          ...     feedback(2.0 * x, step=2)
          >>> pruned, whole = pg.poll_result('prune-example').trials
          >>> pruned.is_pruned, pruned.final_measurement.reward
          (True, 1.0)
          >>> whole.is_pruned, whole.final_measurement.reward
          (False, 10.0)
        """
        self.done(metadata=pruned_metadata(reason))

    @contextlib.contextmanager
    def skip_on_exceptions(
        self,
        exceptions: Sequence[type[Exception] | tuple[type[Exception], str]],
    ) -> Iterator[None]:
        """Skips the trial if one of several errors is raised in a `with` block.

        Args:
          exceptions: Classes of errors, or tuples of a class and a regular expression
            that the message has to match.

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
        """Ignores reports on a trial that another worker has completed.

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
    """Converts a reported result to one form.

    Args:
      reward: A number, or one number per metric that is optimized.
      metrics: Values of metrics by name.
      metrics_to_optimize: Names of the metrics that are optimized.

    Returns:
      The reward, or None, and the values of all metrics.

    Raises:
      ValueError: if a metric that is optimized is missing, or given twice with
        different values, or the number of values does not fit.
      TypeError: if the reward is not a number.
    """
    if metrics is not None and not isinstance(metrics, Mapping):
        raise utils.PyGloveTypeError(
            f"Expected `metrics` to be a dict of floats, got {metrics!r}."
        )
    values = {name: _as_metric(name, value) for name, value in (metrics or {}).items()}
    is_spread = isinstance(reward, (list, tuple)) or getattr(reward, "ndim", 0) == 1
    if is_spread:
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
    if len(metrics_to_optimize) == 1:
        (name,) = metrics_to_optimize
        if number is None:
            number = _as_float(values[name])
        elif name != "reward" and not is_spread:
            raise utils.PyGloveValueError(
                f"Expected no `reward`, as the metric {name!r} is optimized in its "
                f"place, got {reward!r}."
            )
    return number, values


def _spread(
    rewards: list[Any], values: dict[str, float], metrics_to_optimize: Sequence[str]
) -> float | None:
    """Stores one reward per metric in `values`; returns the one of 'reward'."""
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


def _as_float(value: Any, what: str = "the reward") -> float:
    """Returns a number as a float."""
    if type(value) is float:
        return value
    # `float` would accept text.
    scalar = value.item() if getattr(value, "shape", None) == () else value
    if isinstance(scalar, (str, bytes, bytearray)):
        raise utils.PyGloveValueError(
            f"Expected {what} to be a number, got {_shown(value)}."
        )
    try:
        if getattr(value, "ndim", 0) > 0:
            raise TypeError
        number = float(value)
    except (TypeError, ValueError):
        raise utils.PyGloveTypeError(
            f"Expected {what} to be a number, got {_shown(value)}."
        ) from None
    except OverflowError:
        raise _too_large(value, what) from None
    if math.isinf(number) and value != number:
        raise _too_large(value, what)
    return number


def _as_metric(name: Any, value: Any) -> Any:
    """Returns a metric as a float; values that are not numbers as they are."""
    if type(value) is float or value is None or isinstance(value, (str, bytes)):
        return value  # The measurement raises the error.
    return _as_float(value, f"metric {name!r}")


def _too_large(value: Any, what: str) -> Exception:
    return utils.PyGloveOverflowError(
        f"Expected {what} to be in the range of floats (up to "
        f"{sys.float_info.max:.3g}), got {_shown(value)}."
    )


def _shown(value: Any) -> str:
    """Returns the text of a value and its type, truncated if it is long."""
    try:
        text = repr(value)
    except ValueError:
        text = "an int of too many digits to print"
    return f"{shorten(text)} ({type(value).__name__})"


def pruned_metadata(reason: str | None) -> dict[str, Any]:
    """Returns the metadata that marks a trial as stopped early.

    Args:
      reason: Why the trial was stopped.

    Raises:
      TypeError: if the reason is not a string.
    """
    if reason is not None and not isinstance(reason, str):
        raise utils.PyGloveTypeError(
            f"Expected `reason` to be a string, got {reason!r}."
        )
    return {PRUNED: reason or True}


def logger() -> Any:
    """Returns the logger of the package."""
    return own_logger()
