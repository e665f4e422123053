"""Metrics for Prometheus, by its official client.

See https://prometheus.io/docs/concepts/metric_types/ for its kinds of metrics.
"""

import importlib
import re
import threading
from typing import Any

from pyglove import utils
from pyglove.monitoring.in_memory import (
    InMemoryCounter,
    InMemoryDistribution,
    InMemoryMetricCollection,
    InMemoryScalar,
)
from pyglove.monitoring.metric import Metric
from pyglove.utils.functor import override

_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_:]")


def prometheus_name(full_name: str) -> str:
    """Returns a name as Prometheus takes it, without what it does not permit."""
    name = _NOT_IN_A_NAME.sub("_", full_name).strip("_")
    return f"_{name}" if name[:1].isdigit() else name or "_"


class _Exported:
    """The metrics of the client by name, which are made once for a registry."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[int, str], tuple[Any, Any]] = {}

    def get(self, kind: str, metric: Metric[Any]) -> Any:
        """Returns the metric of the client that stands for one of ours."""
        client = _client()
        registry = metric.flags.get("registry") or client.REGISTRY
        name = prometheus_name(metric.full_name)
        labels = tuple(metric.parameter_definitions)
        signature = (kind, metric.description, labels)
        options: dict[str, Any] = {"registry": registry}
        if kind == "Histogram" and "buckets" in metric.flags:
            options["buckets"] = metric.flags["buckets"]
        with self._lock:
            # Collections of one namespace share what the registry has once.
            made = self._made.get((id(registry), name))
            if made is None:
                cls = getattr(client, kind)
                exported = cls(name, metric.description, labels, **options)
                # The registry stays alive, or its id could become that of another.
                made = (signature, (exported, registry))
                self._made[id(registry), name] = made
            elif made[0] != signature:
                raise utils.PyGloveValueError(
                    f"Expected the metric {metric.full_name!r} as it was exported "
                    f"first ({made[0]}), got {signature}."
                )
            return made[1][0]


_exported = _Exported()


def _client() -> Any:
    try:
        return importlib.import_module("prometheus_client")
    except ImportError:
        raise utils.PyGloveImportError(
            "Expected the package prometheus-client to be installed for "
            "`pg.monitoring.PrometheusMetricCollection`. "
            "Install it with: pip install 'pyglove[prometheus]'"
        ) from None


def _child(exported: Any, metric: Metric[Any], parameters: dict[str, Any]) -> Any:
    if not metric.parameter_definitions:
        return exported
    names = metric.parameter_definitions
    return exported.labels(*(str(parameters[name]) for name in names))


class _PrometheusCounter(InMemoryCounter):
    """A counter in memory that is a `Counter` of the client, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._exported = _exported.get("Counter", self)

    @override
    def increment(self, delta: int = 1, **parameters: Any) -> int:
        if delta < 0:
            raise utils.PyGloveValueError(
                f"Expected the counter {self.full_name!r} to be incremented, "
                f"got {delta!r}."
            )
        value = super().increment(delta, **parameters)
        _child(self._exported, self, parameters).inc(delta)
        return value


class _PrometheusScalar(InMemoryScalar):
    """A scalar in memory that is a `Gauge` of the client, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._exported = _exported.get("Gauge", self)

    @override
    def set(self, value: Any, **parameters: Any) -> None:
        super().set(value, **parameters)
        _child(self._exported, self, parameters).set(value)

    @override
    def increment(self, delta: Any = 1, **parameters: Any) -> Any:
        value = super().increment(delta, **parameters)
        _child(self._exported, self, parameters).inc(delta)
        return value


class _PrometheusDistribution(InMemoryDistribution):
    """A distribution in memory that is a `Histogram` of the client, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._exported = _exported.get("Histogram", self)

    @override
    def record(self, value: Any, **parameters: Any) -> None:
        super().record(value, **parameters)
        _child(self._exported, self, parameters).observe(float(value))


class PrometheusMetricCollection(InMemoryMetricCollection):
    """Metrics in memory that Prometheus can collect, too (extra `prometheus`).

    Counters, scalars and distributions are `Counter`, `Gauge` and `Histogram` of
    `prometheus_client`, and parameters are labels. `registry=...` and `buckets=...` are
    flags of metrics. Characters that Prometheus does not permit in names become '_':
    the counter 'calls' of the collection 'my.program' is `my_program_calls_total`.
    """

    _COUNTER_CLASS = _PrometheusCounter
    _SCALAR_CLASS = _PrometheusScalar
    _DISTRIBUTION_CLASS = _PrometheusDistribution


__all__ = ["PrometheusMetricCollection"]
