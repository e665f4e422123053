"""Backends of third parties, and their registry."""

import pytest

from pyglove import geno, tuning
from pyglove.tuning import backend as registry
from tests.tuning import helper


@pytest.fixture
def service(monkeypatch):
    """A backend of a third party that notes all calls."""
    monkeypatch.setattr(registry, "_BACKENDS", dict(registry._BACKENDS))
    monkeypatch.setattr(registry, "_DEFAULT", list(registry._DEFAULT))
    calls = []

    class ServiceFeedback(tuning.Feedback):
        def __init__(self, number):
            super().__init__(["reward"])
            self._number = number

        id = property(lambda self: self._number)
        dna = property(lambda self: geno.DNA(self._number))
        checkpoint_to_warm_start_from = property(lambda self: None)

        def get_trial(self):
            return tuning.Trial(id=self.id, dna=self.dna, created_time=0)

        def _add_measurement(self, reward, metrics, step, checkpoint_path, elapse_secs):
            calls.append(("measure", reward, metrics, step, checkpoint_path))

        def done(self, metadata=None, related_links=None):
            calls.append(("done", metadata, related_links))

        def skip(self, reason=None):
            calls.append(("skip", "ZeroDivisionError" in reason))

        def should_stop_early(self):
            return True

        def end_loop(self):
            calls.append(("end",))

        def set_metadata(self, key, value, per_trial=True):
            raise NotImplementedError

        def get_metadata(self, key, per_trial=True):
            raise NotImplementedError

        def add_link(self, name, url):
            raise NotImplementedError

    @tuning.add_backend("service")
    class Service(tuning.Backend):
        def __init__(self, **kwargs):
            kwargs["dna_spec"] = kwargs["algorithm"] = None
            calls.append(("create", kwargs))
            self._number = 0

        @classmethod
        def poll_result(cls, name, **kwargs):
            return (name, kwargs)

        def next(self):
            self._number += 1
            if self._number > 2:
                raise StopIteration
            return ServiceFeedback(self._number)

    return calls


def test_third_party_backend(service):
    loop = tuning.sample(
        helper.spec(5),
        helper.Counter(),
        7,
        name="x",
        group="g",
        backend="service",
        region="eu",
    )
    for _, feedback in loop:
        if feedback.id == 1:
            feedback(1, {"a": 2.0}, "/c", {"m": 1}, {"l": "u"}, step=3)
        else:
            with feedback.skip_on_exceptions([ZeroDivisionError]):
                feedback(1 / 0)
            feedback.end_loop()
    assert service == [
        (
            "create",
            {
                "name": "x",
                "group": "g",
                "dna_spec": None,
                "algorithm": None,
                "metrics_to_optimize": ["reward"],
                "early_stopping_policy": None,
                "num_examples": 7,
                "region": "eu",
            },
        ),
        ("measure", 1.0, {"a": 2.0}, 3, "/c"),
        ("done", {"m": 1}, {"l": "u"}),
        ("skip", True),
        ("end",),
    ]


def test_poll_result_of_a_backend(service):
    assert tuning.poll_result("x", backend="service", a=1) == ("x", {"a": 1})


def test_default_backend(service):
    assert tuning.default_backend() == "in-memory"
    tuning.set_default_backend("service")
    assert tuning.default_backend() == "service"
    assert tuning.poll_result("x") == ("x", {})
    assert set(tuning.available_backends()) >= {"in-memory", "service"}


def test_unknown_backend():
    with pytest.raises(ValueError, match="name of a backend"):
        tuning.set_default_backend("nowhere")
    with pytest.raises(ValueError, match="name of a backend"):
        tuning.poll_result("x", backend="nowhere")
    assert tuning.default_backend() == "in-memory"


def test_class_that_is_no_backend():
    with pytest.raises(TypeError, match=r"subclass of `pg.tuning.Backend`"):
        tuning.add_backend("bad")(int)
    assert "bad" not in tuning.available_backends()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("num_trials", "Did you mean `num_examples`"),
        ("early_stopping", "Did you mean `early_stopping_policy`"),
        ("region", r"got `region`\.$"),
    ],
)
def test_in_memory_backend_refuses_what_it_does_not_know(name, hint):
    study = helper.new_name()
    with pytest.raises(TypeError, match=hint):
        next(tuning.sample(helper.spec(), geno.Random(), name=study, **{name: 5}))
    assert study not in tuning.list_studies()


def test_in_memory_poll_result_takes_no_more():
    with pytest.raises(TypeError):
        tuning.poll_result("x", region="eu")
