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
