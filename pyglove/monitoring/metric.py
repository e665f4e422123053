"""Metrics: counters, scalars and distributions, whoever keeps their values."""

import abc
import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from pyglove import utils

MetricValueType = TypeVar("MetricValueType")

Parameters = Mapping[str, type]


class Metric(Generic[MetricValueType], metaclass=abc.ABCMeta):
    """A quantity that is monitored, by its parameters if it has some."""

    def __init__(
        self,
        namespace: str,
        name: str,
        description: str,
        parameter_definitions: Parameters,
        **additional_flags: Any,
    ) -> None:
        """Creates the metric. Programs get it of a `MetricCollection`.

        Args:
            namespace: The namespace of its collection.
            name: Its name there.
            description: What it measures.
            parameter_definitions: The types of its parameters (`int`, `str` or `bool`)
                by name.
            **additional_flags: What the backend wants to know.
        """
        self._namespace = namespace
        self._name = name
        self._description = description
        self._parameter_definitions = dict(parameter_definitions)
        self._flags = additional_flags

    @property
    def namespace(self) -> str:
        """The namespace of its collection."""
        return self._namespace

    @property
    def name(self) -> str:
        """The name within its namespace."""
        return self._name

    @property
    def full_name(self) -> str:
        """The namespace and the name."""
        return f"{self._namespace}/{self._name}"

    @property
    def description(self) -> str:
        """What it measures."""
        return self._description

    @property
    def parameter_definitions(self) -> dict[str, type]:
        """The types of its parameters by name."""
        return self._parameter_definitions

    @property
    def flags(self) -> dict[str, Any]:
        """What the backend was told besides."""
        return self._flags

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.full_name!r}>"

    @abc.abstractmethod
    def value(self, **parameters: Any) -> MetricValueType:
        """Returns the value for some parameters.

        Args:
            **parameters: A value for each parameter.

        Raises:
            KeyError: A parameter is missing, or there is no such parameter.
            TypeError: A parameter is of another type.
        """

    def _parameters_key(self, parameters: dict[str, Any]) -> tuple[Any, ...]:
        """Returns the values of all parameters, in the order of their definitions."""
        definitions = self._parameter_definitions
        values = []
        for name, cls in definitions.items():
            if name not in parameters:
                raise utils.PyGloveKeyError(
                    f"Expected a value for parameter {name!r} of the metric "
                    f"{self.full_name!r}, got {parameters}."
                )
            value = parameters[name]
            if not isinstance(value, cls):
                raise utils.PyGloveTypeError(
                    f"Expected {cls.__name__} for parameter {name!r} of the metric "
                    f"{self.full_name!r}, got {value!r}."
                )
            values.append(value)
        if len(parameters) > len(definitions):
            unknown = sorted({*parameters} - {*definitions})
            raise utils.PyGloveKeyError(
                f"Expected the parameters {[*definitions]} of the metric "
                f"{self.full_name!r}, got also {unknown}."
            )
        return tuple(values)


class Counter(Metric[int]):
    """A metric that counts events."""

    @abc.abstractmethod
    def increment(self, delta: int = 1, **parameters: Any) -> int:
        """Counts events.

        Args:
            delta: How many.
            **parameters: A value for each parameter.

        Returns:
            The number of events so far.
        """


class Scalar(Metric[MetricValueType]):
    """A metric that has one value at a time, such as the memory that is available."""

    @abc.abstractmethod
    def set(self, value: MetricValueType, **parameters: Any) -> None:
        """Sets the value.

        Args:
            value: The value.
            **parameters: A value for each parameter.
        """

    @abc.abstractmethod
    def increment(self, delta: Any = 1, **parameters: Any) -> MetricValueType:
        """Adds to the value.

        Args:
            delta: What is added.
            **parameters: A value for each parameter.

        Returns:
            The new value.
        """


class DistributionValue(metaclass=abc.ABCMeta):
    """How the values of a distribution are spread; zeros where there are none."""

    @property
    @abc.abstractmethod
    def count(self) -> int:
        """The number of values."""

    @property
    @abc.abstractmethod
    def sum(self) -> float:
        """The sum of the values."""

    @property
    @abc.abstractmethod
    def mean(self) -> float:
        """The mean of the values."""

    @property
    @abc.abstractmethod
    def variance(self) -> float:
        """The variance of the values: the mean of squared distances from their mean."""

    @property
    @abc.abstractmethod
    def stddev(self) -> float:
        """The standard deviation, which is the square root of the variance."""

    @property
    def median(self) -> float:
        """The median of the values."""
        return self.percentile(50)

    @abc.abstractmethod
    def percentile(self, n: float) -> float:
        """Returns the value that some percentage of the values are not above.

        Args:
            n: The percentage, between 0 and 100. What lies between two values is
                interpolated.

        Raises:
            ValueError: The percentage is not between 0 and 100.
        """

    @abc.abstractmethod
    def fraction_less_than(self, value: float) -> float:
        """Returns which part of the values is less than a value.

        Args:
            value: The value.

        Returns:
            A number between 0 and 1.
        """


class Distribution(Metric[DistributionValue]):
    """A metric that tells how values are spread, such as the times of an operation."""

    @abc.abstractmethod
    def record(self, value: Any, **parameters: Any) -> None:
        """Adds a value.

        Args:
            value: The value.
            **parameters: A value for each parameter.
        """

    @contextlib.contextmanager
    def record_duration(
        self, *, scale: float = 1000, error_parameter: str = "error", **parameters: Any
    ) -> Iterator[None]:
        """Records how long a `with` block takes.

        Args:
            scale: What seconds are multiplied with: by default, the unit is
                milliseconds.
            error_parameter: A parameter that gets the name of the error that the block
                raises, followed by those of its causes; '' if there is none. It has no
                effect if the metric has no such parameter.
            **parameters: A value for each other parameter.

        Yields:
            Nothing.

        Example:
            >>> metrics = pg.monitoring.metric_collection('my.program')
            >>> latency = metrics.get_distribution(
            ...     'latency', 'How long it takes.', {'error': str})
            >>> with latency.record_duration():
            ...     pass
            >>> latency.value(error='').count
            1
        """
        tells_error = error_parameter in self._parameter_definitions
        if tells_error:
            parameters[error_parameter] = ""
        self._parameters_key(parameters)  # What is wrong is told before the block.
        start = time.perf_counter()
        try:
            yield
        except BaseException as error:
            if tells_error:
                parameters[error_parameter] = _error_names(error)
            raise
        finally:
            self.record((time.perf_counter() - start) * scale, **parameters)


def _error_names(error: BaseException) -> str:
    names: list[str] = []
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and not any(cause is one for one in seen):
        seen.append(cause)
        names.append(type(cause).__name__)
        cause = cause.__cause__
    return ".".join(names)


__all__ = [
    "Counter",
    "Distribution",
    "DistributionValue",
    "Metric",
    "MetricValueType",
    "Scalar",
]
