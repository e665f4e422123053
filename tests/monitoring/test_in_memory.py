"""Metrics in memory."""

import math
import statistics
import sys
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg


@pytest.fixture
def metrics():
    return pg.monitoring.metric_collection("space")


def test_counters(metrics):
    counter = metrics.get_counter("a", "text")
    assert counter.value() == 0
    assert counter.increment() == 1
    assert counter.increment(3) == 4
    assert counter.value() == 4


def test_parameters(metrics):
    counter = metrics.get_counter("a", "text", {"x": int, "y": str})
    assert counter.increment(x=1, y="a") == 1
    assert counter.increment(y="a", x=1) == 2
    assert counter.increment(x=1, y="b") == 1
    assert counter.value(x=1, y="a") == 2
    assert counter.value(x=2, y="a") == 0


@pytest.mark.parametrize(
    ("parameters", "error", "text"),
    [
        ({}, KeyError, "'x'"),
        ({"x": 1, "z": 1}, KeyError, "'z'"),
        ({"z": 1}, KeyError, "'x'"),
        ({"x": "1"}, TypeError, "Expected int for parameter 'x'"),
        ({"x": 1.0}, TypeError, "'space/a'"),
        ({"x": [1]}, TypeError, "'space/a'"),
    ],
)
def test_wrong_parameters(metrics, parameters, error, text):
    counter = metrics.get_counter("a", "text", {"x": int})
    counter.increment(x=1)
    for method in (counter.increment, counter.value):
        with pytest.raises(error, match=text):
            method(**parameters)
    assert counter.value(x=1) == 1


def test_parameters_of_a_metric_that_has_none(metrics):
    counter = metrics.get_counter("a", "text")
    with pytest.raises(KeyError):
        counter.increment(x=1)
    assert counter.value() == 0


def test_an_int_is_no_bool(metrics):
    counter = metrics.get_counter("a", "text", {"x": bool})
    counter.increment(x=True)
    with pytest.raises(TypeError):
        counter.increment(x=1)


def test_what_is_no_number(metrics):
    for metric in (metrics.get_counter("a", "text"), metrics.get_scalar("b", "text")):
        metric.increment(2)
        with pytest.raises(TypeError, match="Expected a number"):
            metric.increment("x")
        assert metric.value() == 2
    with pytest.raises(TypeError, match="Expected a number"):
        metric.set("x")
    assert metric.value() == 2


def test_scalars(metrics):
    scalar = metrics.get_scalar("a", "text")
    assert scalar.value() == 0
    assert scalar.set(5) is None
    assert scalar.increment() == 6
    assert scalar.increment(-10) == -4
    scalar.set(np.int64(7))
    assert scalar.value() == 7


def test_scalars_that_are_floats(metrics):
    scalar = metrics.get_scalar("a", "text", {"x": str}, value_type=float)
    assert repr(scalar.value(x="a")) == "0.0"
    assert scalar.increment(0.5, x="a") == 0.5
    scalar.set(2.5, x="b")
    assert (scalar.value(x="a"), scalar.value(x="b")) == (0.5, 2.5)


def test_an_empty_distribution(metrics):
    value = metrics.get_distribution("a", "text").value()
    assert (value.count, value.sum, value.mean, value.variance) == (0, 0, 0, 0)
    assert (value.stddev, value.median) == (0, 0)
    assert (value.percentile(50), value.fraction_less_than(1)) == (0, 0)


def test_distributions(metrics):
    distribution = metrics.get_distribution("a", "text", {"x": str})
    for number in (3, 1, 2, 10.5, 4):
        distribution.record(number, x="a")
    value = distribution.value(x="a")
    assert isinstance(value, pg.monitoring.DistributionValue)
    assert (value.count, value.sum, value.median) == (5, 20.5, 3)
    assert value.mean == pytest.approx(4.1)
    assert value.variance == pytest.approx(11.24)
    assert value.stddev == pytest.approx(11.24**0.5)
    assert [value.fraction_less_than(n) for n in (0, 1, 3, 3.5, 10.5, 11)] == [
        0,
        0,
        0.4,
        0.6,
        0.8,
        1,
    ]
    distribution.record(100, x="a")
    assert value.count == 6
    assert value.percentile(100) == 100
    assert distribution.value(x="b").count == 0


@pytest.mark.parametrize("n", [-1, 101, math.nan])
def test_percentages(metrics, n):
    with pytest.raises(ValueError, match="between 0 and 100"):
        metrics.get_distribution("a", "text").value().percentile(n)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30),
    st.floats(0, 100),
    st.integers(1, 40),
)
def test_statistics_are_those_of_the_window(numbers, n, size):
    metrics = pg.monitoring.metric_collection("space")
    distribution = metrics.get_distribution("a", "text", window_size=size)
    for number in numbers:
        distribution.record(number)
    window = numbers[-size:]
    value = distribution.value()
    assert value.count == len(window)
    assert value.sum == pytest.approx(math.fsum(window))
    assert value.mean == pytest.approx(statistics.fmean(window), abs=1e-9)
    assert value.variance == pytest.approx(statistics.pvariance(window), 1e-6, 1e-6)
    assert value.percentile(n) == pytest.approx(np.percentile(window, n), abs=1e-6)
    assert value.fraction_less_than(window[0]) == pytest.approx(
        sum(w < window[0] for w in window) / len(window)
    )


def test_wrong_windows(metrics):
    for size in (0, -1, "3"):
        with pytest.raises(ValueError, match="window size"):
            metrics.get_distribution("a", "text", window_size=size)


def test_wrong_values_change_nothing(metrics):
    distribution = metrics.get_distribution("a", "text")
    distribution.record(1)
    for value in ("1", b"1", None, [1]):
        with pytest.raises(TypeError, match="Expected a number"):
            distribution.record(value)
    assert (distribution.value().count, distribution.value().sum) == (1, 1)


def test_values_that_are_not_finite(metrics):
    distribution = metrics.get_distribution("a", "text", window_size=2)
    distribution.record(1)
    distribution.record(math.nan)
    value = distribution.value()
    assert math.isnan(value.sum) and math.isnan(value.median)
    assert value.fraction_less_than(2) == 0.5
    distribution.record(1e308)
    distribution.record(1e308)
    assert (value.sum, value.median) == (math.inf, 1e308)
    distribution.record(math.inf)
    distribution.record(-math.inf)
    assert math.isnan(value.sum)


def test_durations(metrics):
    distribution = metrics.get_distribution("a", "text", {"error": str, "x": int})
    with distribution.record_duration(x=1):
        pass
    with pytest.raises(KeyError), distribution.record_duration(x=1, scale=0):
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError as error:
            raise KeyError("x") from error
    assert 0 < distribution.value(error="", x=1).mean < 1000
    failed = distribution.value(error="KeyError.ZeroDivisionError", x=1)
    assert (failed.count, failed.sum) == (1, 0)


def test_durations_without_errors(metrics):
    distribution = metrics.get_distribution("a", "text")
    with pytest.raises(ValueError), distribution.record_duration():
        raise ValueError
    assert distribution.value().count == 1


def test_names_of_parameters_for_errors(metrics):
    distribution = metrics.get_distribution("a", "text", {"cause": str})
    with distribution.record_duration(error_parameter="cause"):
        pass
    with distribution.record_duration(error_parameter="cause", cause="x"):
        pass
    assert distribution.value(cause="").count == 2
    assert distribution.value(cause="x").count == 0


def test_causes_in_a_cycle_end(metrics):
    distribution = metrics.get_distribution("a", "text", {"error": str})
    a, b = ValueError("a"), KeyError("b")
    a.__cause__, b.__cause__ = b, a
    with pytest.raises(ValueError), distribution.record_duration():
        raise a
    assert distribution.value(error="ValueError.KeyError").count == 1


def test_wrong_parameters_are_told_before_the_block(metrics):
    distribution = metrics.get_distribution("a", "text", {"x": int})
    with pytest.raises(KeyError), distribution.record_duration():
        pytest.fail("The block has run.")


def test_threads(metrics):
    counter = metrics.get_counter("a", "text", {"x": int})
    scalar = metrics.get_scalar("b", "text")
    distribution = metrics.get_distribution("c", "text")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def work():
        for i in range(100):
            counter.increment(x=i % 3)
            scalar.increment()
            distribution.record(1)
            distribution.value().median  # noqa: B018
            metrics.get_counter(f"d{i}", "text").increment()

    threads = [threading.Thread(target=work) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert sum(counter.value(x=i) for i in range(3)) == scalar.value() == 800
    assert distribution.value().sum == 800
    assert {metrics.get_counter(f"d{i}", "text").value() for i in range(100)} == {8}
