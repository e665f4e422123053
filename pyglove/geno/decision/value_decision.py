"""Decisions whose number is the value itself: floats, ints and custom values."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.geno.decision.choice_decision import draw_below
from pyglove.geno.decision.decision import NO_LIMIT, Decision, Numbers
from pyglove.geno.decision.scale import from_unit, wide_from_unit, wide_to_unit
from pyglove.utils.functor import override

# Ints up to here are floats, too.
_EXACT = 2**53


class FloatDecision(Decision):
    """The choice of a float from a range.

    Args:
      low: Lower end.
      high: Upper end.
      scale: Scale on which values are drawn; see `scale`.
    """

    __slots__ = ("high", "low", "scale")

    def __init__(self, low: float, high: float, scale: str | None):
        self.low = low
        self.high = high
        self.scale = scale
        self.width = 1
        self.is_custom = False
        self.key = ("float", low, high, scale)

    @override
    def sample(self, rng: Any, out: list[Any]) -> None:
        if self.scale is None or self.scale == "linear":
            out.append(rng.uniform(self.low, self.high))
        else:
            out.append(from_unit(rng.random(), self.low, self.high, self.scale))

    @override
    def first(self, out: list[Any]) -> None:
        out.append(self.low)

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        raise NotImplementedError(
            "Expected a space without floats to enumerate, got floats from "
            f"{self.low} to {self.high}, where none is next to {numbers[start]}."
        )

    @override
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        return start + 1 if self.flatten(numbers[start], out) else -1

    @override
    def skip(self, numbers: Numbers, start: int) -> int:
        return start + 1

    @override
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        if not isinstance(nested, float) or not self.low <= nested <= self.high:
            return False
        out.append(float(nested))
        return True


class IntDecision(Decision):
    """The choice of an int from a range with steps; its number is the int itself.

    Args:
      low: The least value.
      count: Number of values.
      step: Distance of neighbours.
      scale: Scale on which values are drawn; see `scale`.

    Attributes:
      is_wide: Whether there are values that no float is equal to.
    """

    __slots__ = ("count", "is_wide", "low", "scale", "step")

    def __init__(self, low: int, count: int, step: int, scale: str | None):
        self.low = low
        self.count = count
        self.step = step
        self.scale = scale
        self.width = 1
        self.is_custom = False
        self.key = ("int", low, count, step, scale)
        self.is_wide = max(abs(low), abs(low + count * step)) > _EXACT

    @property
    def high(self) -> int:
        """The greatest value."""
        return self.low + (self.count - 1) * self.step

    # Each value owns a part of [0, 1]: that which the scale gives to the range from it
    # to its upper neighbour (the lower one for 'rlog', which is 'log' mirrored).
    # Positions count values: value number i owns positions i to i + 1.

    def to_unit(self, value: int) -> float:
        """Returns the middle of the part of [0, 1] that a value owns."""
        index = (value - self.low) // self.step
        if self.is_wide:
            return self._wide_unit(2 * index + 1)
        return float(self.unit_at(index + 0.5))

    def boundaries(self, value: int) -> tuple[float, float]:
        """Returns where the part of [0, 1] that a value owns begins and ends."""
        index = (value - self.low) // self.step
        if self.is_wide:
            return self._wide_unit(2 * index), self._wide_unit(2 * index + 2)
        return float(self.unit_at(index)), float(self.unit_at(index + 1))

    def at_unit(self, unit: float) -> int:
        """Returns the value that owns a place in [0, 1]."""
        if self.is_wide:
            index = self._wide_index(min(max(float(unit), 0.0), 1.0))
        else:
            index = int(self.index_at(unit))
        return self.low + min(max(index, 0), self.count - 1) * self.step

    def unit_at(self, position: Any, log: Callable[[Any], Any] = math.log) -> Any:
        """Returns the place in [0, 1] of a position among the values.

        Args:
          position: A position from 0 to `count`, or an array of such.
          log: The logarithm, of numbers or arrays.
        """
        if self.scale == "rlog":
            return 1.0 - self._log_unit_at(self.count - position, log)
        if self.scale == "log":
            return self._log_unit_at(position, log)
        return position / self.count

    def index_at(self, unit: Any, floor: Callable[[Any], Any] = math.floor) -> Any:
        """Returns the number of the value that owns a place in [0, 1].

        Args:
          unit: The place, or an array of such.
          floor: Rounds numbers or arrays down.

        Returns:
          The number, which may be off by one at the ends because of rounding.
        """
        if self.scale == "rlog":
            return self.count - 1 - floor(self._log_position(1.0 - unit))
        if self.scale == "log":
            return floor(self._log_position(unit))
        return floor(unit * self.count)

    def _log_unit_at(self, position: Any, log: Callable[[Any], Any]) -> Any:
        low, end = self.low, self.low + self.count * self.step
        return log((low + position * self.step) / low) / math.log(end / low)

    def _log_position(self, unit: Any) -> Any:
        low, end = self.low, self.low + self.count * self.step
        return (low * (end / low) ** unit - low) / self.step

    def _wide_unit(self, halves: int) -> float:
        """Returns the place of a position, which is counted in halves."""
        low, step, count = self.low, self.step, self.count
        end = low + count * step
        if self.scale == "rlog":
            double = 2 * low + (2 * count - halves) * step
            unit = 1.0 - wide_to_unit(double, low, end, "log")
        else:
            unit = wide_to_unit(2 * low + halves * step, low, end, self.scale)
        # Logarithms of such numbers are rounded.
        return min(max(unit, 0.0), 1.0)

    def _wide_index(self, unit: float) -> int:
        low, end = self.low, self.low + self.count * self.step
        if self.scale == "rlog":
            place = wide_from_unit(1.0 - unit, low, end, "log")
            return self.count - 1 - (place - low) // self.step
        return (wide_from_unit(unit, low, end, self.scale) - low) // self.step

    @override
    def sample(self, rng: Any, out: list[Any]) -> None:
        if self.scale is None or self.scale == "linear":
            out.append(self.low + self.step * draw_below(rng, self.count))
        else:
            out.append(self.at_unit(rng.random()))

    @override
    def first(self, out: list[Any]) -> None:
        out.append(self.low)

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        value = numbers[start] + self.step
        return [value] if value <= self.high else None

    @override
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        return start + 1 if self.flatten(numbers[start], out) else -1

    @override
    def skip(self, numbers: Numbers, start: int) -> int:
        return start + 1

    @override
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        if not isinstance(nested, int) or not self.low <= nested <= self.high:
            return False
        if (nested - self.low) % self.step:
            return False
        out.append(int(nested))
        return True


class CustomDecision(Decision):
    """A decision whose value, a string, has a meaning to the user only.

    Args:
      owner: Identifies this decision.
      next_value: Returns the value that follows another one, None at the end; given
        None, the first value.
      random_value: Returns a random value, given a generator and the value before.
    """

    __slots__ = ("_next_value", "_random_value")

    def __init__(
        self,
        owner: Any,
        next_value: Callable[[str | None], str | None],
        random_value: Callable[[Any, str | None], str],
    ):
        self._next_value = next_value
        self._random_value = random_value
        self.width = 1
        self.is_custom = True
        self.key = ("custom", owner)

    @override
    def sample(self, rng: Any, out: list[Any]) -> None:
        out.append(self._random_value(rng, None))

    @override
    def resample(self, rng: Any, out: list[Any], old: Numbers | None) -> None:
        out.append(self._random_value(rng, None if old is None else old[0]))

    @override
    def first(self, out: list[Any]) -> None:
        out.append(self._next_value(None))

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        value = self._next_value(numbers[start])
        return None if value is None else [value]

    @override
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        return start + 1 if self.flatten(numbers[start], out) else -1

    @override
    def skip(self, numbers: Numbers, start: int) -> int:
        return start + 1

    @override
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        if not isinstance(nested, str):
            return False
        out.append(nested)
        return True
