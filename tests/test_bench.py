"""The benchmark measures what it says, and reads its figures rightly."""

import pytest

import registry
import run
import worker
from operations import OPERATIONS

RUNNABLE = [
    name
    for name, one in OPERATIONS.items()
    if one.count <= 1_000 and "0,000 decisions" not in name
]


@pytest.mark.parametrize("name", RUNNABLE)
def test_an_operation_runs(name):
    code = OPERATIONS[name].code[registry.OURS]
    namespace = worker.prepare(code)
    exec(code.fresh, namespace)
    exec(code.statement, namespace)


def test_both_packages_run_the_same_code():
    for one in OPERATIONS.values():
        if registry.PUBLISHED in one.code:
            assert one.code[registry.PUBLISHED] == one.code[registry.OURS]


def test_limits_are_about_libraries_that_are_measured():
    for one in OPERATIONS.values():
        assert set(one.limits) <= set(one.code)
        assert one.asked is None or registry.PUBLISHED in one.code


def test_a_name_is_taken_once():
    with pytest.raises(ValueError, match="one that is taken: 'read a field'"):
        registry.operation("read a field", registry.Code("", ""))


@pytest.fixture
def operation():
    return registry.Operation("work", {}, 1, asked=100, limits={registry.PYDANTIC: 1.5})


def test_figures_that_are_met(operation):
    seconds = {"published": 2e-3, "ours": 1e-5, "pydantic": 1e-5, "optuna": 5e-6}
    cells, met, total = run.row(operation, seconds)
    assert cells == [
        "work",
        "2 ms",
        "10 µs",
        "200",
        "100 ✓",
        "pydantic 10 µs, ours 1 x (at most 1.5 ✓); optuna 5 µs, ours 2 x",
    ]
    assert (met, total) == (2, 2)


def test_figures_that_are_missed(operation):
    cells, met, total = run.row(
        operation, {"published": 1e-3, "ours": 2e-5, "pydantic": 1e-5}
    )
    assert cells[3:5] == ["50", "100 ✗"]
    assert "ours 2 x (at most 1.5 ✗)" in cells[5]
    assert (met, total) == (0, 2)


def test_figures_of_its_own():
    work = registry.Operation("work", {}, 1, asked=100, limits={}, at_most=0.5)
    cells, met, total = run.row(work, {"published": 1.0, "ours": 1e-3})
    assert (cells[4], met, total) == ("100 ✓, at most 500 ms ✓", 2, 2)
    room = registry.Operation("room", {}, 1, None, {}, at_most=100, is_memory=True)
    cells, met, total = run.row(room, {"ours": 123.4})
    assert cells[:5] == ["room", "", "123 MB", "", "at most 100 MB ✗"]
    assert (met, total) == (0, 1)


def test_what_was_not_measured_stays_empty(operation):
    cells, _, total = run.row(operation, {"published": float("nan"), "ours": 1.0})
    assert cells[:4] == ["work", "", "1 s", ""]
    assert run.row(operation, {"published": 1e-3})[0] == ["work", "1 ms", *[""] * 4]
    assert total == 1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (1.5e-6, "1.5 µs"), (3.21e-8, "32.1 ns")],
)
def test_durations_have_a_fitting_unit(seconds, text):
    assert run.duration(seconds) == text


def test_the_table_is_aligned_and_is_markdown():
    head = ["operation", "a", "b", "c", "d", "beside"]
    lines = run.aligned([head, ["x", "1", "22", "3", "4", ""]]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].startswith("| --------- | ")
    assert lines[2].startswith("| x         | 1 | 22 |")
