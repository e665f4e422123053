"""Schedules: scalars that go from one value to another."""

import bisect
import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.scalars.base import (
    STEP,
    Addition,
    Multiplication,
    Power,
    Scalar,
    make_scalar,
    scalar_spec,
)
from pyglove.scalars.function import Cosine


def linear(total_steps: int, start: float = 1.0, end: float = 0.0) -> Scalar:
    """Returns a scalar that changes by the same amount with every step.

    It continues to change after the last step.

    Args:
      total_steps: The number of steps after which it reaches the end.
      start: Value at step 0.
      end: Value at the last step.

    Example:
      >>> [pg.scalars.linear(4, 0.0, 2.0)(step) for step in (0, 1, 4)]
      [0.0, 0.5, 2.0]
    """
    return start + STEP * ((end - start) / total_steps)


def cosine_decay(total_steps: int, start: float = 1.0, end: float = 0.0) -> Scalar:
    """Returns a scalar that follows half a period of a cosine.

    See Loshchilov and Hutter, "SGDR" (2017), section 3.

    Args:
      total_steps: The number of steps after which it reaches the end.
      start: Value at step 0.
      end: Value at the last step.

    Example:
      >>> [round(pg.scalars.cosine_decay(4)(step), 3) for step in (0, 2, 4)]
      [1.0, 0.5, 0.0]
    """
    wave = 1 + Cosine(math.pi * STEP / total_steps)
    return 0.5 * (start - end) * wave + end


def exponential_decay(
    decay_rate: float, decay_interval: int, start: float = 1.0, staircase: bool = True
) -> Scalar:
    """Returns a scalar that is multiplied by a factor at regular intervals.

    Args:
      decay_rate: The factor.
      decay_interval: The interval, in steps.
      start: Value at step 0.
      staircase: Whether it is constant within an interval.

    Example:
      >>> [pg.scalars.exponential_decay(0.5, 2)(step) for step in range(5)]
      [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    exponent: Scalar = STEP / float(decay_interval)
    if staircase:
        exponent = exponent.floor()
    return Multiplication(start, Power(decay_rate, exponent))


def cyclic(
    cycle: int, initial_radiant: float = 0.0, high: float = 1.0, low: float = 0.0
) -> Scalar:
    """Returns a scalar that oscillates like a cosine.

    Args:
      cycle: Length of a period, in steps.
      initial_radiant: The initial phase in radians; 0 is the maximum.
      high: The highest value.
      low: The lowest value.

    Example:
      >>> [round(pg.scalars.cyclic(4)(step), 3) for step in range(5)]
      [1.0, 0.5, 0.0, 0.5, 1.0]
    """
    angle = Addition(initial_radiant, math.pi * 2 * STEP / cycle)
    return 0.5 * (high - low) * (1 + Cosine(angle)) + low


if TYPE_CHECKING:
    Phases = Sequence[tuple[int | float, Any]]
    TotalSteps = int | None
else:
    Phases = pg_typing.List(
        pg_typing.Tuple(
            [
                pg_typing.Union(
                    [pg_typing.Int(min_value=0), pg_typing.Float(min_value=0.0)]
                ),
                scalar_spec(pg_typing.Any()),
            ]
        ),
        min_size=1,
    )
    TotalSteps = pg_typing.Int(min_value=1).noneable()


class StepWise(Scalar):
    """A scalar that follows another scalar in each of several phases.

    Steps are counted from the start of each phase. After the last phase, the value at
    its last step is kept.

    Example:
      >>> schedule = pg.scalars.StepWise([(2, 1.0), (3, pg.scalars.STEP)])
      >>> [schedule(step) for step in range(7)]
      [1.0, 1.0, 0, 1, 2, 2, 2]
    """

    phases: Annotated[
        Phases,
        "Length and value of each phase. A length is a number of steps, or, where "
        "`total_steps` is given, a share of them; shares need not sum up to 1.",
    ]
    total_steps: Annotated[TotalSteps, "Number of steps of all phases."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._scalars = [make_scalar(value) for _, value in self.phases]
        self._ends = list(itertools.accumulate(self._lengths()))

    def _lengths(self) -> list[int]:
        """Returns the number of steps of each phase."""
        lengths = [length for length, _ in self.phases]
        total_steps = self.total_steps
        wanted = int if total_steps is None else float
        for length in lengths:
            if not isinstance(length, wanted):
                raise utils.PyGloveValueError(
                    "Expected lengths of phases to be "
                    + (
                        "integers where `total_steps` is not given"
                        if total_steps is None
                        else "floats, as shares of `total_steps`"
                    )
                    + f", got {length!r}."
                )
        if total_steps is None:
            return [int(length) for length in lengths]
        total = sum(lengths)
        if not total:
            raise utils.PyGloveValueError(
                "Expected a share of `total_steps` above 0 for some phase, got "
                f"{lengths!r}."
            )
        return [int(length / total * total_steps) for length in lengths]

    def call(self, step: int) -> Any:
        """Returns the value at a step."""
        step = min(step, self._ends[-1] - 1)
        phase = min(bisect.bisect_right(self._ends, step), len(self._ends) - 1)
        start = self._ends[phase - 1] if phase else 0
        return self._scalars[phase](max(step - start, 0))


for _cls in (StepWise,):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.scalars.step_wise.{_cls.__name__}")
