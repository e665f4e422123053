"""Trials and measurements."""

import pytest

import pyglove as pg
from pyglove import geno, tuning

Measurement, Trial = tuning.Measurement, tuning.Trial


def completed(**kwargs):
    return Trial(
        id=1,
        dna=geno.DNA(1),
        created_time=0,
        status="COMPLETED",
        final_measurement=Measurement(
            step=1, elapse_secs=0.0, reward=None, metrics={"a": 1.0, "b": 2.0}
        ),
        **kwargs,
    )


def test_defaults():
    trial = Trial(id=1, dna=geno.DNA(1), created_time=5)
    assert trial.status == "PENDING"
    assert trial.measurements == []
    assert (trial.metadata, trial.related_links) == ({}, {})
    assert trial.final_measurement is None
    assert trial.completed_time is None
    assert trial.get_reward_for_feedback() is None
    assert trial.get_reward_for_feedback(["a"]) is None


def test_numbers_become_floats():
    measurement = Measurement(1, 2, 3, {"a": 4})
    values = (measurement.elapse_secs, measurement.reward, measurement.metrics.a)
    assert [type(value) for value in values] == [float, float, float]


@pytest.mark.parametrize(
    ("names", "expected"), [(None, None), (["a"], 1.0), (["a", "b"], (1.0, 2.0))]
)
def test_reward_for_feedback(names, expected):
    assert completed().get_reward_for_feedback(names) == expected


@pytest.mark.parametrize("name", ["reward", "c"])
def test_metric_that_was_not_measured(name):
    with pytest.raises(ValueError, match=f"metric '{name}'"):
        completed().get_reward_for_feedback([name, "b"])


def test_infeasible_trial_has_no_reward():
    assert completed(infeasible=True).get_reward_for_feedback(["a"]) is None


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Trial(id=1), TypeError),
        (lambda: Trial(id="1", dna=geno.DNA(1), created_time=0), TypeError),
        (
            lambda: Trial(id=1, dna=geno.DNA(1), created_time=0, status="LOST"),
            ValueError,
        ),
        (lambda: Measurement("1", 2.0), TypeError),
        (lambda: Measurement(1, 2.0, "a"), TypeError),
        (lambda: Measurement(1, 2.0, 1.0, {"a": "b"}), TypeError),
    ],
)
def test_bad_fields(make, error):
    with pytest.raises(error):
        make()


def test_fields_may_be_assigned():
    trial = completed()
    trial.status = "PENDING"
    trial.final_measurement.reward = 1
    assert (trial.status, trial.final_measurement.reward) == ("PENDING", 1.0)


def test_json_round_trip():
    trial = completed(metadata={"x": [1, 2]}, related_links={"log": "u"})
    assert pg.from_json(pg.to_json(trial)) == trial


def test_names_in_files():
    assert pg.to_json(Measurement(1, 2.0))["_type"] == (
        "pyglove.core.tuning.protocols.Measurement"
    )


def test_repr():
    assert repr(Measurement(1, 2.0, 3.0)) == (
        "Measurement(step=1, elapse_secs=2.0, reward=3.0, metrics=None, "
        "checkpoint_path=None)"
    )


def test_text_says_what_matters():
    trial = Trial(id=3, dna=pg.DNA([0, 1]), created_time=5)
    assert str(trial) == "Trial(id=3, DNA([0, 1]), PENDING, 0 measurements)"
    first, last = Measurement(1, 2.0, 0.5), Measurement(2, 2.0, 0.75, {"a": 1.0})
    trial.rebind(measurements=[first, last], final_measurement=last, status="COMPLETED")
    assert repr(trial) == (
        "Trial(id=3, DNA([0, 1]), COMPLETED, reward=0.75, a=1.0, 2 measurements)"
    )
    trial.rebind(metadata={"pruned": True})
    assert trial.is_pruned
    assert "COMPLETED (pruned), " in str(trial)
    assert str(trial).endswith(", metadata={'pruned': True})")
    trial.rebind(infeasible=True)
    assert "COMPLETED (infeasible), 2 measurements" in str(trial)
    many = Trial(id=1, dna=pg.DNA([0] * 999), created_time=5, metadata={"a": "b" * 999})
    assert len(str(many)) < 300


def test_whole_text_can_be_had():
    trial = Trial(id=3, dna=pg.DNA(1), created_time=5)
    assert "created_time = 5" in trial.format()
    assert "created_time=5" in repr(pg.Dict(x=trial))
    assert "created_time = 5" in str(pg.List([trial]))
    with pg.str_format(compact=True):
        assert "created_time=5" in str(trial)


def test_class_with_a_text_of_its_own():
    class Terse(Trial):
        def format(self, *args, **kwargs):
            return "terse"

    trial = Terse(id=3, dna=pg.DNA(1), created_time=5)
    assert str(trial) == repr(trial) == "terse"
