"""Step-wise early stopping of trials that fall behind a value or behind others."""

import bisect
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.early_stopping.step_wise import StepWise
from pyglove.symbolic import Object, functor
from pyglove.tuning import Measurement

#: The name of a metric, or a function that reads a number off a measurement.
Metric = str | Callable[[Measurement], float]

if TYPE_CHECKING:
    Rank = int | float
else:
    _MEASUREMENT = pg_typing.Object(Measurement)
    Metric = pg_typing.Union(
        [pg_typing.Str(), pg_typing.Callable([_MEASUREMENT], returns=pg_typing.Float())]
    )
    Rank = pg_typing.Union(
        [pg_typing.Int(), pg_typing.Float(min_value=0.0, max_value=1.0)]
    )


class _Threshold(Object):
    """Base of predicates that compare a metric with a threshold."""

    metric: Annotated[Metric, "What is compared."]
    maximize: Annotated[bool, "Whether greater numbers are better."]

    def _score(self, measurement: Measurement) -> Any:
        """Returns the value of a measurement, negated if smaller is better."""
        value = _read(self.metric, measurement)
        return value if self.maximize else -value


def _read(metric: Metric, measurement: Measurement) -> Any:
    if not isinstance(metric, str):
        return metric(measurement)
    if metric == "reward":
        value = measurement.reward
        if value is None:
            raise utils.PyGloveTypeError(
                f"Expected a measurement with a reward, got {measurement!r}."
            )
        return value
    metrics = measurement.metrics or {}
    if metric not in metrics:
        raise utils.PyGloveKeyError(
            f"Expected a measurement of metric {metric!r}, got {measurement!r}."
        )
    return metrics[metric]


class BehindValue(_Threshold):
    """Whether a measurement is worse than a value."""

    value: Annotated[float, "The value."]

    def __call__(self, measurement: Measurement, others: list[Measurement]) -> bool:
        """Returns whether the measurement is worse than the value.

        Args:
          measurement: The measurement.
          others: Measurements of other trials, which do not matter.
        """
        del others
        threshold = self.value if self.maximize else -self.value
        return self._score(measurement) < threshold


class BehindRank(_Threshold):
    """Whether a measurement is worse than that at a rank among other trials."""

    rank: Annotated[Rank, "The rank, from 1, or a share from 0.0 to 1.0."]
    at_least: Annotated[int, "How many other trials there have to be."]

    def _on_bound(self) -> None:
        super()._on_bound()
        self._others: list[Measurement] = []
        self._scores: list[float] = []

    def __call__(self, measurement: Measurement, others: list[Measurement]) -> bool:
        """Returns whether the measurement is worse than that at the rank.

        Args:
          measurement: The measurement.
          others: The measurements of other trials, oldest first. From one call to
            the next it may only grow, unless it is another list.
        """
        if len(others) < self.at_least or not others:
            return False
        index = self._index(len(others))
        if not 0 <= index < len(others):
            return False
        # The scores are in ascending order.
        return self._score(measurement) < self._scores_of(others)[-1 - index]

    def _index(self, count: int) -> int:
        """Returns the position of the rank among all scores, 0 for the best."""
        rank = self.rank
        if isinstance(rank, float):
            return int((count - 1) * rank)
        # As with indices of lists, those below the first rank count from the end.
        return rank - 1 if rank > 0 else count + rank - 1

    def _scores_of(self, others: list[Measurement]) -> list[float]:
        """Returns the sorted scores of other trials; only new ones are inserted."""
        if others is not self._others:
            self._others, self._scores = others, []
        for other in others[len(self._scores) :]:
            score = self._score(other)
            # A number that is none would leave the list without an order.
            bisect.insort(self._scores, -math.inf if score != score else score)
        return self._scores


@functor
def early_stop_by_value(
    step_values: list[tuple[int, float]],
    metric: str | Callable[[Measurement], float] = "reward",
    maximize: bool = True,
) -> StepWise:
    """Returns a policy that stops trials which are worse than a value at some step.

    Called with its arguments, it gives a functor; call that to get the policy.

    Args:
      step_values: Tuples of a step and the value that is required to continue.
      metric: The compared value: 'reward', the name of a metric, or a function that
        reads a number off a measurement.
      maximize: Whether greater numbers are better.

    Raises:
      ValueError: if an item of `step_values` is not such a tuple.
      TypeError: if `metric` is neither a name nor a function.

    Example:
      >>> policy = pg.early_stopping.early_stop_by_value([(1, 2.0)])()
      >>> for x, feedback in pg.sample(
      ...     pg.oneof([1, 2, 3]), pg.geno.Sweeping(), early_stopping_policy=policy):
      ...   feedback.add_measurement(float(x), step=1)
      ...   print(x, feedback.should_stop_early())
      ...   feedback.done()
      1 True
      2 False
      3 False
    """
    gates = _gates("step_values", step_values, _STEP_VALUE)
    return StepWise(
        [
            (step, BehindValue(metric=metric, maximize=maximize, value=value))
            for step, value in gates
        ]
    )


@functor
def early_stop_by_rank(
    step_ranks: list[tuple[int, float | int, int]],
    metric: str | Callable[[Measurement], float] = "reward",
    maximize: bool = True,
) -> StepWise:
    """Returns a policy that stops trials which are behind others at some step.

    Called with its arguments, it gives a functor; call that to get the policy.

    Args:
      step_ranks: Tuples of a step, a rank, and how many other trials there have to be
        for the rank to count. A trial goes on if it is no worse than that of the
        rank among the trials before it: the second best for 2, the median for 0.5,
        the worst for 1.0.
      metric: The compared value: 'reward', the name of a metric, or a function that
        reads a number off a measurement.
      maximize: Whether greater numbers are better.

    Raises:
      ValueError: if an item of `step_ranks` is not such a tuple.
      TypeError: if `metric` is neither a name nor a function.

    Example:
      >>> policy = pg.early_stopping.early_stop_by_rank([(1, 2, 2)])()
      >>> for x, feedback in pg.sample(
      ...     pg.oneof([3, 5, 4, 2]), pg.geno.Sweeping(),
      ...     early_stopping_policy=policy):
      ...   feedback.add_measurement(float(x), step=1)
      ...   print(x, feedback.should_stop_early())
      ...   feedback.done()
      3 False
      5 False
      4 False
      2 True
    """
    gates = _gates("step_ranks", step_ranks, _STEP_RANK)
    return StepWise(
        [
            (
                step,
                BehindRank(
                    metric=metric, maximize=maximize, rank=rank, at_least=at_least
                ),
            )
            for step, rank, at_least in gates
        ]
    )


# Names and types of the items of a plan.
_STEP_VALUE = {"step": int, "value": int | float}
_STEP_RANK = {"step": int, "rank": int | float, "number of trials": int}


def _gates(name: str, items: Any, parts: dict[str, Any]) -> Sequence[Any]:
    """Returns the items of a plan after checking each of them."""
    if not isinstance(items, (list, tuple)):
        raise utils.PyGloveTypeError(
            f"Expected `{name}` to be a list of tuples, got {items!r}."
        )
    for item in items:
        if (
            not isinstance(item, tuple)
            or len(item) != len(parts)
            or not all(map(isinstance, item, parts.values()))
        ):
            raise utils.PyGloveValueError(
                f"Expected items of `{name}` to be tuples of {', '.join(parts)}, got "
                f"{item!r}."
            )
    return items


for _functor in (early_stop_by_value, early_stop_by_rank):
    # The name that files know it by.
    _functor.register_for_deserialization(
        f"pyglove.ext.early_stopping.step_wise.{_functor.__name__}"
    )
