"""Metrics for Prometheus."""

import sys

import pytest

import pyglove as pg
from pyglove.monitoring.prometheus import prometheus_name


def test_it_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    metrics = pg.monitoring.PrometheusMetricCollection("space")
    with pytest.raises(ImportError, match=r"pip install 'pyglove\[prometheus\]'"):
        metrics.get_counter("a", "text")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("/my.program/calls", "my_program_calls"), ("1/x", "_1_x"), ("//", "_")],
)
def test_names(name, expected):
    assert prometheus_name(name) == expected


@pytest.fixture
def registry():
    return pytest.importorskip("prometheus_client").CollectorRegistry()


@pytest.fixture
def metrics():
    return pg.monitoring.PrometheusMetricCollection("my.program")


def test_counters(metrics, registry):
    counter = metrics.get_counter("a", "text", {"x": int, "y": str}, registry=registry)
    assert counter.increment(x=1, y="b") == 1
    assert counter.increment(2, y="b", x=1) == counter.value(x=1, y="b") == 3
    sample = registry.get_sample_value
    assert sample("my_program_a_total", {"x": "1", "y": "b"}) == 3
    with pytest.raises(ValueError, match="incremented"):
        counter.increment(-1, x=1, y="b")
    assert counter.value(x=1, y="b") == 3


def test_scalars(metrics, registry):
    scalar = metrics.get_scalar("a", "text", registry=registry)
    scalar.set(5)
    assert scalar.increment(-2) == 3
    assert registry.get_sample_value("my_program_a") == 3


def test_distributions(metrics, registry):
    distribution = metrics.get_distribution(
        "a", "text", buckets=(1, 5), registry=registry
    )
    distribution.record(0.5)
    distribution.record(3)
    assert distribution.value().median == 1.75
    sample = registry.get_sample_value
    assert sample("my_program_a_sum") == 3.5
    assert sample("my_program_a_bucket", {"le": "1.0"}) == 1
    assert sample("my_program_a_bucket", {"le": "5.0"}) == 2


def test_wrong_parameters_change_nothing(metrics, registry):
    counter = metrics.get_counter("a", "text", {"x": int}, registry=registry)
    with pytest.raises(TypeError):
        counter.increment(x="1")
    assert registry.get_sample_value("my_program_a_total", {"x": "1"}) is None


def test_collections_of_one_namespace(metrics, registry):
    other = pg.monitoring.PrometheusMetricCollection("my.program")
    metrics.get_counter("a", "text", registry=registry).increment()
    other.get_counter("a", "text", registry=registry).increment()
    assert registry.get_sample_value("my_program_a_total") == 2
    third = pg.monitoring.PrometheusMetricCollection("my.program")
    with pytest.raises(ValueError, match="exported"):
        third.get_scalar("a", "text", registry=registry)
