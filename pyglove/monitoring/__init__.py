"""Metrics: what a program counts and measures, for whatever collects it.

Counters count events, scalars have one value at a time, and distributions say how
values are spread. By default they are kept in memory;
`set_default_metric_collection_cls` sets another backend, such as
`pg.monitoring.PrometheusMetricCollection`.
"""

import typing
from typing import TYPE_CHECKING

from pyglove.monitoring.collection import (
    MetricCollection,
    default_metric_collection_cls,
    metric_collection,
    set_default_metric_collection_cls,
)
from pyglove.monitoring.in_memory import InMemoryMetricCollection
from pyglove.monitoring.metric import (
    Counter,
    Distribution,
    DistributionValue,
    Metric,
    MetricValueType,
    Scalar,
)
from pyglove.monitoring.prometheus import PrometheusMetricCollection

# The published package has these here, too, and programs may get them from it.
_TYPING = {
    "Any",
    "Dict",
    "Generic",
    "Iterator",
    "List",
    "Optional",
    "Tuple",
    "Type",
    "TypeVar",
    "Union",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _TYPING:
            return getattr(typing, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "metric_collection",
    "MetricCollection",
    "InMemoryMetricCollection",
    "PrometheusMetricCollection",
    "default_metric_collection_cls",
    "set_default_metric_collection_cls",
    "Metric",
    "Counter",
    "Scalar",
    "Distribution",
    "DistributionValue",
    "MetricValueType",
]


def __dir__() -> list[str]:
    return sorted(__all__)
