"""Timing of blocks."""

import contextlib
import threading

import pytest

from pyglove import utils
from pyglove.utils import TimeIt


def test_nested_blocks():
    with utils.timeit("a") as a:
        assert a.has_started and not a.has_ended
        with utils.timeit("b") as b, utils.timeit("c"):
            assert not a.status()["a.b.c"].has_ended
        with utils.timeit("b2"):
            pass
    assert [child.name for child in a.children] == ["b", "b2"]
    status = a.status()
    assert list(status) == ["a", "a.b", "a.b.c", "a.b2"]
    assert all(s.has_ended and not s.has_error for s in status.values())
    assert status["a"].elapse == a.elapse == a.end_time - a.start_time
    assert 0 <= b.elapse <= a.elapse


def test_unnamed_blocks_do_not_show_in_names():
    with (
        utils.timeit() as outer,
        utils.timeit("a"),
        utils.timeit(),
        utils.timeit("b"),
    ):
        pass
    assert list(outer.status()) == ["", "a", "a.", "a.b"]


def test_errors():
    with (
        pytest.raises(ValueError, match="oops"),
        utils.timeit("a") as a,
        utils.timeit("b"),
    ):
        raise ValueError("oops")
    assert a.has_error and a.error.tag == "ValueError"
    assert a.status()["a.b"].error.description == "oops"


def test_start_and_end_by_hand():
    timer = TimeIt("a")
    assert not timer.has_started and timer.elapse == 0
    assert timer.start_time is None and timer.end_time is None
    timer.start()
    assert timer.end(ValueError("x"))
    assert not timer.end()
    assert timer.has_ended and timer.has_error
    timer.add(TimeIt("b"))
    assert list(timer.status()) == ["a", "a.b"]


def test_blocks_in_other_threads_stand_alone():
    names = []

    def run():
        with utils.timeit("t") as t:
            pass
        names.extend(t.status())

    with utils.timeit("a") as a:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    assert names == ["t"] and list(a.status()) == ["a"]


def test_status_json():
    name = "pyglove.core.utils.timing.TimeIt.Status"
    status = TimeIt.Status("a", 1.5)
    assert status.has_started and not status.has_error
    assert not TimeIt.Status("a").has_started
    json_value = utils.to_json(status)
    assert json_value == {"_type": name, "name": "a", "elapse": 1.5}
    assert utils.from_json(json_value) == status


def test_summary():
    error = utils.ErrorInfo.from_exception(ValueError("x"))
    summary = TimeIt.StatusSummary()
    assert not summary
    summary.aggregate({"a": TimeIt.Status("a", 1.0), "a.b": TimeIt.Status("b", 2.0)})
    summary.aggregate({"a": TimeIt.Status("a", 3.0, True, error)})
    summary.aggregate({"a": TimeIt.Status("a", 5.0, False)})
    assert summary
    assert summary.breakdown == {
        "a": TimeIt.StatusSummary.Entry(3, 2, 1, 3.0, {"ValueError": 1}),
        "a.b": TimeIt.StatusSummary.Entry(1, 1, 0, 2.0),
    }
    assert utils.from_json(utils.to_json(summary)) == summary


def test_blocks_of_the_same_name_add_up():
    with utils.timeit("n") as n:
        for i in range(3):
            with contextlib.suppress(KeyError), utils.timeit("c"):
                with utils.timeit("g"):
                    pass
                if i:
                    raise KeyError(i)
        with utils.timeit("g"):
            pass
        with utils.timeit("c"):
            assert not n.status()["n.c"].has_ended
    status = n.status()
    assert list(status) == ["n", "n.c", "n.c.g", "n.g"]
    elapsed = [child.elapse for child in n.children if child.name == "c"]
    assert status["n.c"].elapse == pytest.approx(sum(elapsed)) and len(elapsed) == 4
    assert status["n.c"].has_ended
    assert status["n.c"].has_error and status["n.c"].error.description == "1"
    assert not status["n"].has_error and not status["n.c.g"].has_error
