"""Early stopping at the steps of a plan."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyglove as pg
from pyglove.early_stopping import StepWise
from tests.early_stopping.helper import trial


class Recorder:
    """A predicate that notes what it is asked; it stops rewards below 0.5."""

    def __init__(self):
        self.calls = []

    def __call__(self, measurement, others):
        self.calls.append((measurement.reward, [other.reward for other in others]))
        return measurement.reward < 0.5


def policy_of(*steps):
    """A policy with a recorder at each step, and the recorders."""
    recorders = [Recorder() for _ in steps]
    return StepWise(list(zip(steps, recorders, strict=True))), recorders


def test_it_is_decided_at_the_gates():
    policy, (first, second) = policy_of(1, 5)
    assert not policy.should_stop_early(trial(1))
    assert not policy.should_stop_early(trial(1, (0, 0.1)))
    assert not policy.should_stop_early(trial(1, (0, 0.1), (1, 0.6)))
    # Up to the next gate it stays with what was decided.
    assert not policy.should_stop_early(trial(1, (0, 0.1), (1, 0.6), (4, 0.1)))
    assert policy.should_stop_early(trial(1, (1, 0.6), (5, 0.2)))
    assert policy.should_stop_early(trial(1, (1, 0.6), (5, 0.2), (9, 0.9)))
    assert first.calls == [(0.6, [])]
    assert second.calls == [(0.2, [])]


def test_a_gate_may_be_reached_late():
    policy, (first, second) = policy_of(1, 5)
    assert policy.should_stop_early(trial(1, (3, 0.3)))
    assert not policy.should_stop_early(trial(2, (7, 0.7)))
    assert first.calls == [(0.3, [])]
    assert second.calls == [(0.7, [])]


def test_trials_are_compared_with_those_before_at_the_same_gate():
    policy, (first, second) = policy_of(1, 5)
    for number, reward in enumerate([0.1, 0.8, 0.3], start=1):
        policy.should_stop_early(trial(number, (1, reward)))
    policy.should_stop_early(trial(2, (1, 0.8), (5, 0.9)))
    assert first.calls == [(0.1, []), (0.8, [0.1]), (0.3, [0.1, 0.8])]
    assert second.calls == [(0.9, [])]


def test_what_was_decided_holds_when_steps_go_back_before_the_first_gate():
    policy, _ = policy_of(2)
    assert policy.should_stop_early(trial(1, (2, 0.1)))
    assert not policy.should_stop_early(trial(1, (2, 0.1), (0, 0.1)))
    assert policy.should_stop_early(trial(1, (2, 0.1), (0, 0.1), (3, 0.9)))


def test_a_plan_is_put_in_order():
    policy, (late, early) = policy_of(5, 1)
    assert [step for step, _ in policy.plan] == [1, 5]
    policy.should_stop_early(trial(1, (2, 0.2)))
    policy.should_stop_early(trial(2, (6, 0.6)))
    assert early.calls == [(0.2, [])]
    assert late.calls == [(0.6, [])]


def test_of_two_gates_at_a_step_the_last_counts():
    policy, (first, second) = policy_of(1, 1)
    policy.should_stop_early(trial(1, (1, 0.1)))
    assert not first.calls
    assert second.calls


@pytest.mark.parametrize(("said", "stops"), [(5, True), (0, False), (None, False)])
def test_what_a_predicate_returns_is_taken_as_bool(said, stops):
    policy = StepWise([(1, lambda measurement, others: said)])
    assert policy.should_stop_early(trial(1, (1, 1.0))) is stops


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        ([], ValueError),
        ([(-1, Recorder())], ValueError),
        ([()], ValueError),
        ([(1.5, Recorder())], TypeError),
        ([(1, 2)], TypeError),
        ([(1, lambda measurement: True)], TypeError),
        ([3], TypeError),
        ([(1, Recorder()), ("2", Recorder())], TypeError),
        (3, TypeError),
    ],
)
def test_a_plan_is_checked(plan, error):
    with pytest.raises(error):
        StepWise(plan)


def test_a_change_starts_anew():
    policy, (recorder,) = policy_of(1)
    policy.should_stop_early(trial(1, (1, 0.1)))
    policy.clone().should_stop_early(trial(2, (1, 0.1)))
    policy.rebind(plan=[(2, recorder)])
    policy.should_stop_early(trial(1, (2, 0.1)))
    assert recorder.calls == [(0.1, [])] * 3


# Steps that may go back, and rewards, of several trials.
_HISTORIES = st.lists(
    st.lists(
        st.tuples(st.integers(0, 8), st.floats(0.0, 1.0)),
        max_size=5,
    ),
    max_size=5,
)


@given(_HISTORIES, st.lists(st.integers(0, 8), min_size=1, max_size=3, unique=True))
def test_a_recovered_policy_goes_on_as_one_that_was_there_all_along(histories, steps):
    policy, recorders = policy_of(*steps)
    recovered, others = policy_of(*steps)
    trials = []
    for number, measurements in enumerate(histories, start=1):
        for count in range(1, len(measurements) + 1):
            policy.should_stop_early(trial(number, *measurements[:count]))
        trials.append(trial(number, *measurements))
    recovered.recover(trials)
    for recorder in [*recorders, *others]:
        recorder.calls.clear()
    for number, measurements in enumerate([*histories, []], start=1):
        for step in range(9):
            now = trial(number, *measurements, (step, 0.4))
            assert policy.should_stop_early(now) == recovered.should_stop_early(now)
    assert [one.calls for one in recorders] == [one.calls for one in others]


def test_completed_trials_are_recovered_without_a_decision():
    policy, (recorder,) = policy_of(1)
    final = pg.tuning.Measurement(1, 0.0, 0.0)
    done = {"status": "COMPLETED", "final_measurement": final}
    policy.recover(
        [
            trial(1, (1, 0.1), **done),
            trial(2, (1, 0.9), infeasible=True, **done),
            trial(3, **done),
        ]
    )
    assert not recorder.calls
    assert not policy.should_stop_early(trial(1, (1, 0.1)))
    assert policy.should_stop_early(trial(2, (1, 0.9)))
    policy.should_stop_early(trial(3, (1, 0.3)))
    assert recorder.calls == [(0.3, [0.1, 0.9])]


def test_histories_add_up():
    policy, (recorder,) = policy_of(1)
    for history in ([trial(1, (1, 0.1))], [trial(2, (1, 0.2))]):
        policy.recover(history)
    policy.should_stop_early(trial(3, (1, 0.3)))
    assert recorder.calls[-1] == (0.3, [0.1, 0.2])


def test_workers_share_a_policy():
    policy, (recorder,) = policy_of(1)

    def work():
        for x, feedback in pg.sample(
            pg.oneof(range(100)),
            algorithm,
            name="step-wise-workers",
            early_stopping_policy=policy,
        ):
            feedback.add_measurement(float(x), step=1)
            feedback.should_stop_early()
            feedback.done()

    algorithm = pg.geno.Sweeping()
    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # Each trial was compared with all those before it, none was lost.
    assert [len(others) for _, others in recorder.calls] == list(range(100))


def test_a_group_works_on_one_trial():
    policy, (recorder,) = policy_of(1)
    loops = [
        pg.sample(
            pg.oneof([0, 1]),
            pg.geno.Sweeping(),
            name="step-wise-group",
            group="one",
            early_stopping_policy=policy,
        )
        for _ in range(2)
    ]
    (_, first), (_, second) = (next(loop) for loop in loops)
    first.add_measurement(0.1, step=1)
    assert first.should_stop_early()
    second.add_measurement(0.9, step=1)
    assert second.should_stop_early()
    assert recorder.calls == [(0.1, [])]
