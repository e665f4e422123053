"""Schedules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyglove import scalars

STEP = scalars.STEP


def values(scalar, steps):
    return [round(scalar(step), 3) for step in range(steps)]


def test_linear_goes_on_beyond_the_end():
    assert values(scalars.linear(4), 6) == [1.0, 0.75, 0.5, 0.25, 0.0, -0.25]
    assert values(scalars.linear(4, 0.0, 8.0), 5) == [0.0, 2.0, 4.0, 6.0, 8.0]


@pytest.mark.parametrize("schedule", [scalars.linear, scalars.cosine_decay])
@given(
    steps=st.integers(1, 100),
    start=st.floats(-10, 10),
    end=st.floats(-10, 10),
)
def test_schedule_starts_at_start_and_ends_at_end(schedule, steps, start, end):
    scalar = schedule(steps, start, end)
    assert scalar(0) == pytest.approx(start, abs=1e-9)
    assert scalar(steps) == pytest.approx(end, abs=1e-9)


def test_cosine_decay_is_half_way_in_the_middle():
    assert values(scalars.cosine_decay(4), 5) == [1.0, 0.854, 0.5, 0.146, 0.0]


def test_exponential_decay():
    assert values(scalars.exponential_decay(0.5, 2), 5) == [1.0, 1.0, 0.5, 0.5, 0.25]
    smooth = scalars.exponential_decay(0.5, 2, start=2.0, staircase=False)
    assert values(smooth, 3) == [2.0, 1.414, 1.0]


def test_cyclic_repeats():
    assert values(scalars.cyclic(4), 6) == [1.0, 0.5, 0.0, 0.5, 1.0, 0.5]
    assert values(scalars.cyclic(4, high=3.0, low=1.0), 3) == [3.0, 2.0, 1.0]


def test_phases_by_steps():
    scalar = scalars.StepWise([(2, 7), (3, STEP), (1, lambda step: step - 10)])
    assert [scalar(step) for step in range(8)] == [7, 7, 0, 1, 2, -10, -10, -10]


def test_phases_by_share():
    scalar = scalars.StepWise([(0.25, STEP), (0.35, STEP), (0.4, STEP)], 10)
    assert [scalar(step) for step in range(11)] == [0, 1, 0, 1, 2, 0, 1, 2, 3, 3, 3]


def test_shares_need_not_sum_up_to_one():
    scalar = scalars.StepWise([(0.2, 1), (0.2, 2)], 4)
    assert [scalar(step) for step in range(5)] == [1, 1, 2, 2, 2]


def test_phase_without_steps_is_passed_over():
    scalar = scalars.StepWise([(0, 1), (2, STEP), (0, 5)])
    assert [scalar(step) for step in range(4)] == [0, 1, 1, 1]


def test_single_phase_without_steps():
    assert scalars.StepWise([(0, 1)])(0) == 1


@pytest.mark.parametrize(
    ("phases", "total_steps", "message"),
    [
        ([(0.5, 1), (1, 2)], None, "integers where `total_steps` is not given"),
        ([(2, 1)], 10, "floats, as shares"),
        ([], None, "1 or more items, got 0"),
        ([(-1, 1)], None, "Expected a number"),
        ([(0.5, 1)], 0, "Expected a number"),
    ],
)
def test_bad_phases(phases, total_steps, message):
    with pytest.raises((ValueError, TypeError), match=message):
        scalars.StepWise(phases, total_steps)


def test_shares_that_are_all_zero():
    with pytest.raises(ValueError, match="above 0"):
        scalars.StepWise([(0.0, 1), (0.0, 2)], total_steps=10)
