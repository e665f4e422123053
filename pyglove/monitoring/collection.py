"""Metric collections: the metrics of a namespace, by name."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pyglove import utils
from pyglove.monitoring.metric import Counter, Distribution, Metric, Scalar


class MetricCollection:
    """The metrics of a namespace.

    A backend is a subclass that sets the three classes that metrics are made of.
    """

    _COUNTER_CLASS: ClassVar[Any] = Counter
    _SCALAR_CLASS: ClassVar[Any] = Scalar
    _DISTRIBUTION_CLASS: ClassVar[Any] = Distribution

    def __init__(
        self, namespace: str, default_parameters: Mapping[str, type] | None = None
    ) -> None:
        """Creates an empty collection.

        Args:
            namespace: What the full names of its metrics begin with.
            default_parameters: The types of the parameters, by name, of metrics that
                are asked for without any.
        """
        self._namespace = namespace
        self._default_parameters = dict(default_parameters or {})
        self._metrics: dict[str, Metric[Any]] = {}
        self._lock = threading.Lock()

    @property
    def namespace(self) -> str:
        """What the full names of its metrics begin with."""
        return self._namespace

    def metrics(self) -> list[Metric[Any]]:
        """Returns the metrics, in the order in which they were first asked for."""
        with self._lock:
            return list(self._metrics.values())

    def get_counter(
        self,
        name: str,
        description: str,
        parameters: Mapping[str, type] | None = None,
        **additional_flags: Any,
    ) -> Counter:
        """Returns the counter of a name, which is made if there is none.

        Args:
            name: The name.
            description: What it counts.
            parameters: The types of its parameters by name: `int`, `str` or `bool`.
                None for those of the collection.
            **additional_flags: What the backend wants to know.

        Raises:
            ValueError: There is a metric of that name that differs in its kind,
                description or parameters.
            TypeError: A parameter has no such type.

        Example:
            >>> metrics = pg.monitoring.metric_collection('my.program')
            >>> calls = metrics.get_counter('calls', 'Calls by user.', {'user': str})
            >>> calls.increment(user='somebody')
            1
            >>> calls.increment(2, user='somebody')
            3
        """
        return self._get_or_create_metric(
            self._COUNTER_CLASS, name, description, parameters, additional_flags
        )

    def get_scalar(
        self,
        name: str,
        description: str,
        parameters: Mapping[str, type] | None = None,
        value_type: type = int,
        **additional_flags: Any,
    ) -> Scalar[Any]:
        """Returns the scalar of a name, which is made if there is none.

        Args:
            name: The name.
            description: What its value is.
            parameters: The types of its parameters by name: `int`, `str` or `bool`.
                None for those of the collection.
            value_type: The type of its value: `int` or `float`.
            **additional_flags: What the backend wants to know.

        Raises:
            ValueError: There is a metric of that name that differs in its kind,
                description, parameters or type.
            TypeError: A parameter has no such type.
        """
        additional_flags["value_type"] = value_type
        scalar = self._get_or_create_metric(
            self._SCALAR_CLASS, name, description, parameters, additional_flags
        )
        if scalar.flags.get("value_type") is not value_type:
            raise self._conflict(scalar, "value type", scalar.flags.get("value_type"))
        return scalar

    def get_distribution(
        self,
        name: str,
        description: str,
        parameters: Mapping[str, type] | None = None,
        **additional_flags: Any,
    ) -> Distribution:
        """Returns the distribution of a name, which is made if there is none.

        Args:
            name: The name.
            description: What its values are.
            parameters: The types of its parameters by name: `int`, `str` or `bool`.
                None for those of the collection.
            **additional_flags: What the backend wants to know. In memory, `window_size`
                is the number of values that are kept, the last ones.

        Raises:
            ValueError: There is a metric of that name that differs in its kind,
                description or parameters.
            TypeError: A parameter has no such type.

        Example:
            >>> metrics = pg.monitoring.metric_collection('my.program')
            >>> times = metrics.get_distribution('times', 'Seconds.', window_size=100)
            >>> for seconds in (1, 2, 6):
            ...     times.record(seconds)
            >>> times.value().mean, times.value().median
            (3.0, 2.0)
        """
        return self._get_or_create_metric(
            self._DISTRIBUTION_CLASS, name, description, parameters, additional_flags
        )

    def _get_or_create_metric(
        self,
        metric_cls: Any,
        name: str,
        description: str,
        parameters: Mapping[str, type] | None,
        flags: dict[str, Any],
    ) -> Any:
        definitions = dict(
            self._default_parameters if parameters is None else parameters
        )
        with self._lock:
            metric: Any = self._metrics.get(name)
            if metric is None:
                self._check(name, definitions)
                metric = metric_cls(
                    self._namespace, name, description, definitions, **flags
                )
                self._metrics[name] = metric
                return metric
        if not isinstance(metric, metric_cls):
            raise self._conflict(metric, "kind", type(metric).__name__)
        if metric.description != description:
            raise self._conflict(metric, "description", metric.description)
        if metric.parameter_definitions != definitions:
            found = metric.parameter_definitions
            raise self._conflict(metric, "set of parameters", found)
        return metric

    def _check(self, name: str, definitions: dict[str, type]) -> None:
        if not isinstance(name, str):
            raise utils.PyGloveTypeError(
                f"Expected a str as name of a metric in {self._namespace!r}, "
                f"got {name!r}."
            )
        for parameter, cls in definitions.items():
            if not isinstance(cls, type):
                raise utils.PyGloveTypeError(
                    f"Expected a type for parameter {parameter!r} of the metric "
                    f"'{self._namespace}/{name}', got {cls!r}."
                )

    def _conflict(
        self, metric: Metric[Any], what: str, found: object
    ) -> utils.PyGloveValueError:
        return utils.PyGloveValueError(
            f"Expected the metric {metric.full_name!r} as it was first asked for, "
            f"got another {what} than {found!r}."
        )


class _Default:
    """The class of new collections."""

    cls: Callable[..., MetricCollection] = MetricCollection


def metric_collection(namespace: str, **kwargs: Any) -> MetricCollection:
    """Makes a collection of metrics, of the class that is the default.

    Args:
        namespace: What the full names of its metrics begin with.
        **kwargs: Further arguments of the class, such as `default_parameters`.

    Returns:
        An empty collection.

    Example:
        >>> metrics = pg.monitoring.metric_collection('my.program')
        >>> metrics.get_scalar('queue', 'Jobs that wait.').increment(5)
        5
        >>> metrics.metrics()[0].full_name
        'my.program/queue'
    """
    return _Default.cls(namespace, **kwargs)


def default_metric_collection_cls() -> Any:
    """Returns the class of the collections that `metric_collection` makes."""
    return _Default.cls


def set_default_metric_collection_cls(cls: type[MetricCollection]) -> None:
    """Sets the class of the collections that `metric_collection` makes.

    Args:
        cls: A subclass of `MetricCollection`.

    Raises:
        TypeError: It is not such a class.
    """
    if not (isinstance(cls, type) and issubclass(cls, MetricCollection)):
        raise utils.PyGloveTypeError(
            f"Expected a subclass of pg.monitoring.MetricCollection, got {cls!r}."
        )
    _Default.cls = cls


__all__ = [
    "MetricCollection",
    "default_metric_collection_cls",
    "metric_collection",
    "set_default_metric_collection_cls",
]
