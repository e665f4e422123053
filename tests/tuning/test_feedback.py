"""Reporting on trials."""

import datetime
import decimal
import fractions
import math

import pytest

import pyglove as pg
from pyglove import geno, tuning
from tests.tuning import helper

RACE = tuning.RaceConditionError


def start(**kwargs):
    """A fresh pending trial."""
    algorithm = kwargs.pop("algorithm", None) or helper.Counter()
    _, feedback = next(tuning.sample(helper.spec(5), algorithm, **kwargs))
    return feedback


def final(feedback):
    """What counts of a trial, as (reward, metrics)."""
    measurement = feedback.get_trial().final_measurement
    return measurement.reward, dict(measurement.metrics)


def is_untouched(feedback):
    trial = feedback.get_trial()
    return trial.status == "PENDING" and not trial.measurements


# ---- Completing a trial ------------------------------------------------------------


def test_call_completes_the_trial():
    feedback = start()
    feedback(
        0.5,
        metrics={"size": 3},
        checkpoint_path="/tmp/x",
        metadata={"host": "a"},
        related_links={"log": "http://log"},
        step=7,
    )
    trial = feedback.get_trial()
    assert trial.status == "COMPLETED"
    assert not trial.infeasible
    assert trial.final_measurement.reward == 0.5
    assert trial.final_measurement.metrics == {"size": 3.0}
    assert trial.final_measurement.checkpoint_path == "/tmp/x"
    assert trial.final_measurement.step == 7
    assert trial.final_measurement == trial.measurements[-1]
    assert trial.metadata == {"host": "a"}
    assert trial.related_links == {"log": "http://log"}
    assert trial.created_time <= trial.completed_time


def test_second_feedback_is_a_race_condition():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    feedback(1.0)
    for report in (lambda: feedback(2.0), lambda: feedback.add_measurement(2.0)):
        with pytest.raises(RACE, match="pending trial"):
            report()
    assert issubclass(RACE, RuntimeError)
    assert final(feedback) == (1.0, {})
    assert algorithm.told == [(0, 1.0)]


def test_done_and_skip_do_nothing_to_a_completed_trial():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    feedback(1.0)
    feedback.done()
    feedback.skip()
    assert final(feedback) == (1.0, {})
    assert not feedback.get_trial().infeasible
    assert algorithm.told == [(0, 1.0)]


def test_last_measurement_counts():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    for step, reward in ((1, 0.1), (2, 0.9), (3, 0.5)):
        feedback.add_measurement(reward, step=step)
    assert feedback.get_trial().status == "PENDING"
    assert algorithm.told == []
    feedback.done(metadata={"a": 1}, related_links={"b": "c"})
    trial = feedback.get_trial()
    assert [m.reward for m in trial.measurements] == [0.1, 0.9, 0.5]
    assert trial.final_measurement.step == 3
    assert trial.metadata == {"a": 1}
    assert trial.related_links == {"b": "c"}
    assert algorithm.told == [(0, 0.5)]


def test_done_without_measurement():
    feedback = start()
    with pytest.raises(ValueError, match="at least one measurement"):
        feedback.done()
    assert is_untouched(feedback)


def test_skip():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    feedback.skip("out of memory")
    trial = feedback.get_trial()
    assert (trial.status, trial.infeasible) == ("COMPLETED", True)
    assert trial.final_measurement.reward == 0.0
    assert trial.get_reward_for_feedback() is None
    assert algorithm.told == []
    with pytest.raises(RACE):
        feedback(1.0)


def test_prune_keeps_what_was_measured_and_tells_the_algorithm():
    algorithm, name = helper.Counter(), helper.new_name()
    loop = tuning.sample(helper.spec(5), algorithm, name=name)
    _, feedback = next(loop)
    feedback.add_measurement(0.3, step=1)
    feedback.add_measurement(9.0, step=2)
    feedback.prune("behind the others")
    trial = feedback.get_trial()
    assert (trial.status, trial.infeasible, trial.is_pruned) == (
        "COMPLETED",
        False,
        True,
    )
    assert trial.final_measurement.step == 2
    assert trial.get_reward_for_feedback() == 9.0
    assert trial.metadata == {"pruned": "behind the others"}
    assert algorithm.told == [(0, 9.0)]
    with pytest.raises(RACE):
        feedback(1.0)
    feedback.prune()
    assert algorithm.told == [(0, 9.0)]
    # Others were measured to the end.
    result = tuning.poll_result(name)
    assert result.best_trial is None
    assert result.pareto_front(["reward"]) == []
    next(loop)[1](1.0)
    assert result.best_trial.id == 2
    assert [trial.id for trial in result.pareto_front(["reward"])] == [2]
    assert "'pruned': '1/2'" in str(result)


def test_prune_of_several_metrics():
    algorithm = helper.MultiCounter()
    feedback = start(algorithm=algorithm, metrics_to_optimize=["a", "b"])
    feedback.add_measurement((1.0, 2.0))
    feedback.prune()
    assert algorithm.told == [(0, (1.0, 2.0))]
    assert feedback.get_trial().metadata == {"pruned": True}


def test_prune_without_measurement():
    feedback = start()
    for reason, error in ((None, ValueError), (3, TypeError)):
        with pytest.raises(error):
            feedback.prune(reason)
    assert is_untouched(feedback)


def test_feedback_of_others_prunes_too():
    class Other(tuning.Feedback):
        """Feedback of a service that knows nothing of pruning."""

        id = dna = checkpoint_to_warm_start_from = None
        get_trial = skip = should_stop_early = end_loop = None
        set_metadata = get_metadata = add_link = None

        def done(self, metadata=None, related_links=None):
            self.metadata = metadata

    other = Other(["reward"])
    other.prune()
    assert other.metadata == {"pruned": True}


def test_feedback_after_the_end_of_the_study():
    feedback = start()
    feedback.end_loop()
    feedback(1.0)
    assert feedback.get_trial().status == "COMPLETED"


def test_time_since_the_trial_was_handed_out():
    feedback = start()
    feedback.add_measurement(1.0)
    feedback.add_measurement(1.0, elapse_secs=7)
    first, second = feedback.get_trial().measurements
    assert 0.0 <= first.elapse_secs < 60.0
    assert second.elapse_secs == 7.0


# ---- Rewards -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reward", "expected"),
    [
        (1, 1.0),
        (True, 1.0),
        (fractions.Fraction(1, 2), 0.5),
        (decimal.Decimal("0.5"), 0.5),
        (decimal.Decimal("-inf"), -math.inf),
        ([2], 2.0),
        (math.inf, math.inf),
    ],
)
def test_what_counts_as_a_number(reward, expected):
    feedback = start()
    feedback(reward)
    value = feedback.get_trial().final_measurement.reward
    assert value == expected
    assert type(value) is float


def test_numpy_numbers():
    numpy = pytest.importorskip("numpy")
    for reward in (numpy.float32(0.5), numpy.array(0.5), numpy.array([0.5])):
        feedback = start()
        feedback(reward)
        assert final(feedback) == (0.5, {})
        assert type(feedback.get_trial().final_measurement.reward) is float


def test_numpy_values_that_are_no_numbers():
    numpy = pytest.importorskip("numpy")
    for reward, error in (
        (numpy.array("0.5"), ValueError),
        (numpy.str_("0.5"), ValueError),
        (numpy.array([[0.5]]), TypeError),
        (numpy.array(1j), TypeError),
        (numpy.array([0.5, 1.0]), ValueError),
    ):
        feedback = start()
        with pytest.raises(error):
            feedback(reward)
        assert is_untouched(feedback)


def test_error_says_what_the_reward_was():
    feedback = start()
    with pytest.raises(
        ValueError, match=r"the reward to be a number, got '0.5' \(str\)"
    ):
        feedback("0.5")
    with pytest.raises(
        OverflowError, match=r"range of floats .*got 1000.*\(int\)"
    ) as e:
        feedback(10**400)
    assert len(str(e.value)) < 200
    with pytest.raises(OverflowError, match="too many digits to print"):
        feedback(-(10**5000))
    with pytest.raises(OverflowError, match="metric 'size' to be in the range"):
        feedback(1.0, metrics={"size": 10**400})
    assert isinstance(e.value, pg.PyGloveError)
    assert is_untouched(feedback)


def test_metrics_are_numbers_of_any_kind():
    numpy = pytest.importorskip("numpy")
    feedback = start()
    metrics = {"a": numpy.float32(0.5), "b": True, "c": fractions.Fraction(1, 4)}
    feedback(1.0, metrics=metrics)
    assert final(feedback) == (1.0, {"a": 0.5, "b": 1.0, "c": 0.25})


def test_nan_is_a_number():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    feedback(math.nan)
    assert math.isnan(algorithm.told[0][1])


@pytest.mark.parametrize(
    ("reward", "error"),
    [
        ("a", ValueError),
        (None, ValueError),
        (1j, TypeError),
        (object(), TypeError),
        ({"a": 1}, TypeError),
        ((1.0, 2.0), ValueError),
        ((), ValueError),
        (["a"], ValueError),
        (10**400, OverflowError),
        (decimal.Decimal("1e999"), OverflowError),
        ("0.5", ValueError),
        (b"1", ValueError),
        (["0.5"], ValueError),
        ([[0.5]], TypeError),
    ],
)
def test_reward_that_is_not_a_number(reward, error):
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm)
    with pytest.raises(error):
        feedback(reward)
    assert is_untouched(feedback)
    assert algorithm.told == []
    feedback(1.0)
    assert algorithm.told == [(0, 1.0)]


@pytest.mark.parametrize(
    ("kwargs", "error"),
    [
        ({"metrics": {"a": "b"}}, TypeError),
        ({"metrics": {"a": None}}, ValueError),
        ({"metrics": {3: 1.0}}, KeyError),
        ({"metrics": [1]}, TypeError),
        ({"step": 1.5}, TypeError),
        ({"step": "a"}, TypeError),
        ({"checkpoint_path": 3}, TypeError),
        ({"elapse_secs": "3"}, TypeError),
    ],
)
def test_bad_measurement(kwargs, error):
    feedback = start()
    with pytest.raises(error):
        feedback.add_measurement(1.0, **kwargs)
    assert is_untouched(feedback)


@pytest.mark.parametrize(
    ("kwargs", "error"),
    [
        ({"metadata": 3}, TypeError),
        ({"metadata": {1: 2}}, KeyError),
        ({"related_links": {"a": 1}}, TypeError),
    ],
)
def test_bad_data_leaves_the_trial_pending(kwargs, error):
    feedback = start()
    with pytest.raises(error):
        feedback(1.0, **kwargs)
    assert feedback.get_trial().status == "PENDING"
    assert feedback.get_trial().metadata == {}


# ---- Several metrics ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "report", "expected", "told"),
    [
        (["reward"], {"reward": 7.0}, (7.0, {}), (7.0,)),
        (["acc"], {"metrics": {"acc": 1}}, (1.0, {"acc": 1.0}), (1.0,)),
        (["acc"], {"reward": [7.0]}, (7.0, {"acc": 7.0}), (7.0,)),
        (
            ["reward", "acc"],
            {"reward": 2.0, "metrics": {"acc": 1.0}},
            (2.0, {"acc": 1.0}),
            (2.0, 1.0),
        ),
        (["reward", "acc"], {"reward": (1, 2)}, (1.0, {"acc": 2.0}), (1.0, 2.0)),
        (["b", "acc"], {"reward": (1, 2)}, (None, {"b": 1.0, "acc": 2.0}), (1.0, 2.0)),
        (
            ["b", "acc"],
            {"reward": 7.0, "metrics": {"b": 1, "acc": 2, "d": 3}},
            (7.0, {"b": 1.0, "acc": 2.0, "d": 3.0}),
            (1.0, 2.0),
        ),
    ],
)
def test_metrics_to_optimize(names, report, expected, told):
    algorithm = helper.MultiCounter()
    feedback = start(algorithm=algorithm, metrics_to_optimize=names)
    feedback(**report)
    assert final(feedback) == expected
    assert algorithm.told == [(0, told)]


@pytest.mark.parametrize(
    ("names", "report", "message"),
    [
        (["acc"], {"reward": 1.0}, "'acc'"),
        (["acc"], {"reward": 1.0, "metrics": {"acc": 2.0}}, "Expected no `reward`"),
        (["acc"], {"reward": 2.0, "metrics": {"acc": 2.0}}, "Expected no `reward`"),
        (["reward"], {"metrics": {"acc": 1.0}}, "`reward`"),
        (["reward", "acc"], {"reward": 2.0}, "'acc'"),
        (["b", "acc"], {"reward": (1.0, 2.0, 3.0)}, "2 values"),
        (
            ["reward", "acc"],
            {"reward": (1.0, 2.0), "metrics": {"acc": 3.0}},
            "one value",
        ),
    ],
)
def test_metric_that_is_missing_or_contradictory(names, report, message):
    algorithm = helper.MultiCounter()
    feedback = start(algorithm=algorithm, metrics_to_optimize=names)
    with pytest.raises(ValueError, match=message):
        feedback(**report)
    assert is_untouched(feedback)
    assert algorithm.told == []


def test_measurement_with_a_reward_where_a_metric_is_optimized():
    feedback = start(metrics_to_optimize=["acc"])
    with pytest.raises(ValueError, match="Expected no `reward`"):
        feedback.add_measurement(0.0, metrics={"acc": 2.0})
    assert is_untouched(feedback)
    feedback.add_measurement((2.0,))
    feedback.done()
    assert final(feedback) == (2.0, {"acc": 2.0})


def test_single_objective_is_told_a_number():
    algorithm = helper.Counter()
    feedback = start(algorithm=algorithm, metrics_to_optimize=["acc"])
    feedback(metrics={"acc": 0.5})
    assert algorithm.told == [(0, 0.5)]


# ---- Data and links ----------------------------------------------------------------


def test_metadata_of_trials_and_of_the_study():
    name = helper.new_name()
    feedback = start(name=name)
    feedback.set_metadata("a", 1)
    feedback.set_metadata("b", {"x": [1]}, per_trial=False)
    assert feedback.get_metadata("a") == 1
    assert feedback.get_metadata("a", per_trial=False) is None
    assert feedback.get_metadata("b") is None
    assert feedback.get_metadata("b", per_trial=False) == {"x": [1]}
    assert tuning.poll_result(name).metadata == {"b": {"x": [1]}}
    feedback(1.0, metadata={"a": 2, "c": 3})
    feedback.set_metadata("d", 4)
    assert feedback.get_trial().metadata == {"a": 2, "c": 3, "d": 4}


def test_metadata_key_has_to_be_a_string():
    feedback = start()
    with pytest.raises(KeyError):
        feedback.set_metadata(1, 2)
    assert feedback.get_trial().metadata == {}


def test_links():
    feedback = start()
    feedback.add_link("log", "http://a")
    feedback.add_link("log", "http://b")
    with pytest.raises(TypeError):
        feedback.add_link("log", 1)
    assert feedback.get_trial().related_links == {"log": "http://b"}


# ---- Contexts ----------------------------------------------------------------------


def test_skip_on_exceptions(caplog):
    name = helper.new_name()
    loop = tuning.sample(helper.spec(5), helper.Counter(), 3, name=name)
    for dna, feedback in loop:
        with feedback.skip_on_exceptions((ZeroDivisionError, KeyError)):
            feedback(
                {0: 1.0, 1: lambda: 1 / 0}[dna.value]
                if dna.value == 0
                else {}[1]
                if dna.value == 2
                else 1 / 0
            )
    trials = tuning.poll_result(name).trials
    assert [trial.infeasible for trial in trials] == [False, True, True]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(("message", "is_skipped"), [("abc 1", True), ("xyz", False)])
def test_skip_on_exceptions_by_message(message, is_skipped):
    feedback = start()
    try:
        with feedback.skip_on_exceptions([(ValueError, "abc.*")]):
            raise ValueError(message)
    except ValueError:
        assert not is_skipped
    assert feedback.get_trial().infeasible == is_skipped


def test_ignore_race_condition():
    feedback = start()
    feedback(1.0)
    with feedback.ignore_race_condition():
        feedback(2.0)
    with pytest.raises(ZeroDivisionError), feedback.ignore_race_condition():
        feedback(1 / 0)
    assert final(feedback) == (1.0, {})


# ---- The trial ---------------------------------------------------------------------


def test_trial_is_the_same_object_and_kept_up_to_date():
    feedback = start()
    trial = feedback.get_trial()
    assert trial is feedback.get_trial()
    feedback.add_measurement(1.0, step=1)
    feedback.set_metadata("a", 1)
    feedback.add_link("l", "u")
    feedback(2.0, step=2)
    assert trial is feedback.get_trial()
    assert trial.status == "COMPLETED"
    assert [m.step for m in trial.measurements] == [1, 2]
    assert trial.final_measurement.reward == 2.0
    assert (trial.metadata, trial.related_links) == ({"a": 1}, {"l": "u"})
    assert trial.completed_time is not None


def test_no_checkpoint_to_warm_start_from():
    assert start().checkpoint_to_warm_start_from is None


def test_last_update_is_in_utc():
    name = helper.new_name()
    feedback = start(name=name)
    before = tuning.poll_result(name).last_updated
    feedback(1.0)
    after = tuning.poll_result(name).last_updated
    assert before <= after
    assert after.tzinfo == datetime.UTC


def test_feedback_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        tuning.Feedback(["reward"])


def test_multi_objective_generator_is_needed_for_several_metrics():
    with pytest.raises(ValueError, match="one objective"):
        start(algorithm=geno.Random(), metrics_to_optimize=["a", "b"])


def test_repr_says_what_matters():
    name = helper.new_name()
    feedback = start(name=name)
    assert repr(feedback) == (
        f"StudyFeedback(Trial(id=1, DNA(0), PENDING, 0 measurements), study={name!r})"
    )
    feedback(0.5)
    assert repr(feedback) == (
        f"StudyFeedback(Trial(id=1, DNA(0), COMPLETED, reward=0.5), study={name!r})"
    )
    assert repr(start()) == (
        "StudyFeedback(Trial(id=1, DNA(0), PENDING, 0 measurements))"
    )
