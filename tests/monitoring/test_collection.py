"""Collections of metrics."""

import pytest

import pyglove as pg

M = pg.monitoring


@pytest.fixture
def metrics():
    return M.metric_collection("space")


def test_a_metric_is_made_once(metrics):
    first = metrics.get_counter("a", "text", {"x": int})
    assert metrics.get_counter("a", "text", {"x": int}) is first
    assert metrics.get_counter("a", "text", {"x": int}, flag=1) is first
    assert metrics.metrics() == [first]
    assert M.metric_collection("space").metrics() == []


def test_what_a_metric_tells(metrics):
    metric = metrics.get_counter("a", "text", {"x": int}, flag=1)
    assert metrics.namespace == metric.namespace == "space"
    assert (metric.name, metric.full_name) == ("a", "space/a")
    assert metric.description == "text"
    assert metric.parameter_definitions == {"x": int}
    assert metric.flags == {"flag": 1}
    assert "space/a" in repr(metric)
    assert isinstance(metric, M.Counter) and isinstance(metric, M.Metric)


def test_metrics_that_differ(metrics):
    metrics.get_counter("a", "text", {"x": int})
    for call in (
        lambda: metrics.get_counter("a", "other", {"x": int}),
        lambda: metrics.get_counter("a", "text", {"x": str}),
        lambda: metrics.get_counter("a", "text"),
        lambda: metrics.get_scalar("a", "text", {"x": int}),
        lambda: metrics.get_distribution("a", "text", {"x": int}),
    ):
        with pytest.raises(ValueError, match="'space/a'"):
            call()
    metrics.get_scalar("b", "text", value_type=float)
    with pytest.raises(ValueError, match="value type"):
        metrics.get_scalar("b", "text")


def test_default_parameters():
    metrics = M.metric_collection("space", default_parameters={"x": str})
    assert metrics.get_counter("a", "text").parameter_definitions == {"x": str}
    assert metrics.get_counter("b", "text", {}).parameter_definitions == {}


def test_wrong_definitions(metrics):
    with pytest.raises(TypeError, match="parameter 'x'"):
        metrics.get_counter("a", "text", {"x": 1})
    with pytest.raises(TypeError, match="name"):
        metrics.get_counter(1, "text")
    assert metrics.metrics() == []


def test_a_backend_of_ones_own():
    class Counter(M.Counter):
        def increment(self, delta=1, **parameters):
            return delta + self.flags["offset"]

        def value(self, **parameters):
            return 0

    class Collection(M.MetricCollection):
        _COUNTER_CLASS = Counter

    assert M.default_metric_collection_cls() is M.InMemoryMetricCollection
    M.set_default_metric_collection_cls(Collection)
    try:
        metrics = M.metric_collection("space")
        assert type(metrics) is Collection
        assert metrics.get_counter("a", "text", offset=5).increment() == 6
        with pytest.raises(TypeError, match="abstract"):
            metrics.get_scalar("b", "text")
    finally:
        M.set_default_metric_collection_cls(M.InMemoryMetricCollection)


@pytest.mark.parametrize("cls", [int, 3, None])
def test_what_is_no_backend(cls):
    with pytest.raises(TypeError, match="MetricCollection"):
        M.set_default_metric_collection_cls(cls)
    assert M.default_metric_collection_cls() is M.InMemoryMetricCollection


def test_typing_names_of_the_published_package():
    for name in ("Any", "Dict", "Generic", "Tuple", "Type", "TypeVar", "Union"):
        assert getattr(M, name)
        assert name not in dir(M)
    with pytest.raises(AttributeError):
        M.Nothing  # noqa: B018
