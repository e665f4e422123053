"""Metrics in memory, for the process itself to look at."""

import bisect
import collections
import math
import numbers
import threading
from collections.abc import Iterable
from typing import Any

from pyglove import utils
from pyglove.monitoring.collection import (
    MetricCollection,
    set_default_metric_collection_cls,
)
from pyglove.monitoring.metric import (
    Counter,
    Distribution,
    DistributionValue,
    Metric,
    Scalar,
)
from pyglove.utils.functor import override

# How many values of a distribution are kept, unless a flag says otherwise.
_WINDOW_SIZE = 1024 * 1024


class _Cells:
    """The values of a metric by those of its parameters."""

    def __init__(self, metric: Metric[Any], zero: Any) -> None:
        self.lock = threading.Lock()
        self.values: dict[Any, Any] = collections.defaultdict(zero)
        self._metric = metric
        self.names = tuple(metric.parameter_definitions)
        self.types = tuple(metric.parameter_definitions.values())

    def key(self, parameters: dict[str, Any]) -> tuple[Any, ...]:
        """Returns what a cell is found by.

        Raises:
            KeyError: A parameter is missing, or there is no such parameter.
            TypeError: A parameter is of another type.
        """
        values = tuple(parameters.values())
        # As they mostly are: all of them, in order, of these very types.
        if tuple(map(type, values)) == self.types and (tuple(parameters) == self.names):
            return values
        return self._metric._parameters_key(parameters)

    def add(self, key: tuple[Any, ...], delta: Any) -> Any:
        """Adds to the value of a cell, and returns the new one."""
        try:
            with self.lock:
                value = self.values[key] = self.values[key] + delta
        except TypeError:
            raise self.no_number(delta) from None
        return value

    def no_number(self, value: Any) -> utils.PyGloveTypeError:
        """Returns the error about what is no number."""
        return utils.PyGloveTypeError(
            f"Expected a number for the metric {self._metric.full_name!r}, got "
            f"{value!r}."
        )


class InMemoryCounter(Counter):
    """A counter in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cells = _Cells(self, int)

    @override
    def increment(self, delta: int = 1, **parameters: Any) -> int:
        # The methods of the cells are written out here, since events are frequent.
        cells = self._cells
        key: tuple[Any, ...] = ()
        if parameters or cells.names:
            key = tuple(parameters.values())
            if tuple(map(type, key)) != cells.types or (
                tuple(parameters) != cells.names
            ):
                key = self._parameters_key(parameters)
        try:
            with cells.lock:
                value = cells.values[key] = cells.values[key] + delta
        except TypeError:
            raise cells.no_number(delta) from None
        return value

    @override
    def value(self, **parameters: Any) -> int:
        return self._cells.values.get(self._cells.key(parameters), 0)


class InMemoryScalar(Scalar[Any]):
    """A scalar in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zero = self.flags.get("value_type", int)
        self._cells = _Cells(self, self._zero)

    @override
    def set(self, value: Any, **parameters: Any) -> None:
        if not isinstance(value, (numbers.Number, self._zero)):
            raise self._cells.no_number(value)
        key = self._cells.key(parameters)
        with self._cells.lock:
            self._cells.values[key] = value

    @override
    def increment(self, delta: Any = 1, **parameters: Any) -> Any:
        return self._cells.add(self._cells.key(parameters), delta)

    @override
    def value(self, **parameters: Any) -> Any:
        return self._cells.values.get(self._cells.key(parameters), self._zero())


class InMemoryDistributionValue(DistributionValue):
    """The last values of a distribution.

    A value costs no more than to keep it: sums and order are computed when somebody
    asks, and kept until the next value.
    """

    def __init__(self, window_size: int = _WINDOW_SIZE) -> None:
        self._lock = threading.Lock()
        self._values: collections.deque[float] = collections.deque(maxlen=window_size)
        self._ordered: list[float] | None = None
        self._sums: tuple[float, float] | None = None

    def add(self, value: float) -> None:
        """Adds a value."""
        with self._lock:
            self._values.append(value)
            self._ordered = self._sums = None

    @property
    def count(self) -> int:
        return len(self._values)

    @property
    def sum(self) -> float:
        return self._total_and_variance()[0]

    @property
    def mean(self) -> float:
        with self._lock:
            count = len(self._values)
            return self._compute()[0] / count if count else 0.0

    @property
    def variance(self) -> float:
        return self._total_and_variance()[1]

    @property
    def stddev(self) -> float:
        return math.sqrt(self.variance)

    @override
    def percentile(self, n: float) -> float:
        if not 0 <= n <= 100:
            raise utils.PyGloveValueError(
                f"Expected a percentage between 0 and 100, got {n!r}."
            )
        ordered, count = self._in_order()
        if not count:
            return 0.0
        if len(ordered) < count:
            return math.nan
        position = n / 100 * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        low, high = ordered[below], ordered[above]
        return float(low if low == high else low + (high - low) * (position - below))

    @override
    def fraction_less_than(self, value: float) -> float:
        ordered, count = self._in_order()
        return bisect.bisect_left(ordered, value) / count if count else 0.0

    def _total_and_variance(self) -> tuple[float, float]:
        with self._lock:
            return self._compute()

    def _compute(self) -> tuple[float, float]:
        if self._sums is None:
            values = self._values
            if not values:
                return 0.0, 0.0
            total = _sum(values)
            mean = total / len(values)
            distances = [v - mean for v in values]
            variance = _sum([d * d for d in distances]) / len(values)
            self._sums = total, variance
        return self._sums

    def _in_order(self) -> tuple[list[float], int]:
        """Returns the values in order, without NaNs, and the number of all."""
        with self._lock:
            if self._ordered is None:
                self._ordered = sorted([v for v in self._values if v == v])
            return self._ordered, len(self._values)


def _sum(values: Iterable[float]) -> float:
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):  # It is infinite, or there is none.
        return sum(values)


class InMemoryDistribution(Distribution):
    """A distribution in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = self.flags.get("window_size", _WINDOW_SIZE)
        if not isinstance(size, int) or size < 1:
            raise utils.PyGloveValueError(
                f"Expected a positive window size for the metric {self.full_name!r}, "
                f"got {size!r}."
            )
        self._cells = _Cells(self, lambda: InMemoryDistributionValue(size))

    @override
    def record(self, value: Any, **parameters: Any) -> None:
        if type(value) is not float:
            value = self._as_float(value)
        self._cell(parameters).add(value)

    @override
    def value(self, **parameters: Any) -> DistributionValue:
        return self._cell(parameters)

    def _as_float(self, value: Any) -> float:
        try:
            if not isinstance(value, (str, bytes)):
                return float(value)
        except (TypeError, ValueError):
            pass
        raise self._cells.no_number(value)

    def _cell(self, parameters: dict[str, Any]) -> InMemoryDistributionValue:
        cells = self._cells
        key = cells.key(parameters)
        cell = cells.values.get(key)
        if cell is None:
            with cells.lock:
                cell = cells.values[key]
        return cell


class InMemoryMetricCollection(MetricCollection):
    """Metrics in memory. The default."""

    _COUNTER_CLASS = InMemoryCounter
    _SCALAR_CLASS = InMemoryScalar
    _DISTRIBUTION_CLASS = InMemoryDistribution


set_default_metric_collection_cls(InMemoryMetricCollection)

__all__ = ["InMemoryMetricCollection"]
