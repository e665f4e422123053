"""Loops that get the same trial again and again, or none at all."""

import itertools
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from pyglove import geno, tuning
from tests.tuning import helper


def search(name, count=3, **kwargs):
    """Runs a whole search; returns the number of its trials."""
    trials = tuning.sample(
        helper.spec(9), helper.Counter(), num_examples=count, name=name, **kwargs
    )
    return len([feedback(1.0) for _, feedback in trials])


# ---- The same trial ----------------------------------------------------------------


def test_loop_that_forgets_feedback_is_warned_and_ended():
    name = helper.new_name()
    ids = []
    with (
        pytest.warns(RuntimeWarning, match=r"Call `feedback\(reward\)`") as caught,
        pytest.raises(RuntimeError, match=r"`feedback\.skip") as error,
    ):
        for _, feedback in tuning.sample(helper.spec(9), geno.Random(), name=name):
            ids.append(feedback.id)
    assert ids == [1] * 4
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert f"pg.sample(..., name={name!r}, group=i)" in str(error.value)


def test_second_time_is_fine():
    loop = tuning.sample(helper.spec(9), helper.Counter())
    for i in range(1, 4):
        (_, first), (_, second) = next(loop), next(loop)
        assert first.id == second.id == i
        second(1.0)


@pytest.mark.parametrize(
    "report",
    [
        lambda feedback, i: feedback.add_measurement(1.0, step=i),
        lambda feedback, i: feedback.set_metadata("step", i),
        lambda feedback, i: feedback.add_link("log", f"page {i}"),
    ],
)
def test_loop_that_reports_goes_on(report):
    loop = tuning.sample(helper.spec(9), helper.Counter())
    for i, (_, feedback) in enumerate(itertools.islice(loop, 20)):
        assert feedback.id == 1
        report(feedback, i)


def test_each_trial_counts_anew():
    loop = tuning.sample(helper.spec(9), helper.Counter())
    for _ in range(5):
        next(loop)
        _, feedback = next(loop)
        feedback(1.0)


def test_group_may_wait_for_one_of_it():
    chief, other = [
        tuning.sample(helper.spec(9), algorithm, name="chief-and-other", group="g")
        for algorithm in [helper.Counter()]
        for _ in range(2)
    ]
    _, feedback = next(chief)
    assert {next(other)[1].id for _ in range(50)} == {1}
    feedback(1.0)
    assert next(other)[1].id == 2


def test_warning_may_be_an_error():
    loop = tuning.sample(helper.spec(9), helper.Counter())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [next(loop)[1].id for _ in range(2)] == [1, 1]
        with pytest.raises(RuntimeWarning, match="handed out 3 times"):
            next(loop)


# ---- No trial ----------------------------------------------------------------------


def test_search_that_runs_again_is_told_why_it_gets_nothing():
    name = helper.new_name()
    assert search(name) == 3
    with pytest.warns(RuntimeWarning, match="has all of its trials") as caught:
        assert search(name) == 0
    assert f"pg.tuning.delete({name!r})" in str(caught[0].message)
    assert caught[0].filename == __file__
    tuning.delete(name)
    assert search(name) == 3


def test_study_that_was_ended_is_told_of():
    name = helper.new_name()
    _, feedback = next(tuning.sample(helper.spec(9), helper.Counter(), name=name))
    feedback.end_loop()
    with pytest.warns(RuntimeWarning, match="was ended"):
        assert search(name) == 0


def test_workers_that_come_late_hear_nothing():
    name = helper.new_name()
    with ThreadPoolExecutor(1) as pool:
        assert list(pool.map(search, [name] * 3)) == [3, 0, 0]
    # The main thread did not work on it before either.
    assert search(name) == 0


def test_loops_that_end_hear_nothing():
    name = helper.new_name()
    loops = [
        tuning.sample(helper.spec(9), helper.Counter(), 2, name=name, group=group)
        for group in range(2)
    ]
    for _, feedback in [next(loop) for loop in loops]:
        feedback(1.0)
    assert [list(loop) for loop in loops] == [[], []]


def test_search_that_goes_on_hears_nothing():
    name = helper.new_name()
    loop = tuning.sample(helper.spec(9), helper.Counter(), num_examples=3, name=name)
    next(loop)[1](1.0)
    assert search(name) == 2
