"""Trials and policies for tests of early stopping."""

import pyglove as pg
from pyglove import early_stopping


def trial(number, *measurements, **kwargs):
    """A trial with measurements, each a tuple of step, reward and maybe metrics."""
    return pg.tuning.Trial(
        id=number,
        dna=pg.DNA(0),
        created_time=0,
        measurements=[
            pg.tuning.Measurement(step, 0.0, reward, *metrics)
            for step, reward, *metrics in measurements
        ],
        **kwargs,
    )


class Says(early_stopping.EarlyStopingPolicyBase):
    """A policy that always says the same, and notes what happens to it."""

    stop: bool

    def _on_bound(self):
        super()._on_bound()
        self.asked = 0
        self.history = []

    def should_stop_early(self, trial):
        self.asked += 1
        return self.stop

    def recover(self, history):
        self.history += [trial.id for trial in history]
