"""The interface of early stopping: policies that cut unpromising trials short."""

import abc
from collections.abc import Iterable

from pyglove.geno import DNASpec
from pyglove.symbolic import Object
from pyglove.tuning.trial import Trial
from pyglove.utils.serialization.json_type import published_as


@published_as("pyglove.core.tuning.early_stopping.EarlyStoppingPolicy")
class EarlyStoppingPolicy(Object):
    """Base of policies that decide whether to stop a trial early.

    Subclasses implement `should_stop_early`, which examines the measurements so far.

    Example:
      >>> class StopBelow(pg.tuning.EarlyStoppingPolicy):
      ...     threshold: float
      ...     def should_stop_early(self, trial):
      ...         return trial.measurements[-1].reward < self.threshold
      >>> space = pg.oneof([1, 2])
      >>> for x, feedback in pg.sample(
      ...     space, pg.geno.Sweeping(), early_stopping_policy=StopBelow(1.5)):
      ...   feedback.add_measurement(float(x), step=1)
      ...   if feedback.should_stop_early():
      ...     feedback.prune()
      ...   else:
      ...     feedback.done()
      ...   print(x, feedback.get_trial().is_pruned)
      1 True
      2 False
    """

    @property
    def dna_spec(self) -> DNASpec | None:
        """The search space, once the policy is set up."""
        return getattr(self, "_dna_spec", None)

    def setup(self, dna_spec: DNASpec) -> None:
        """Sets the space of the search. Called before the first trial.

        Args:
          dna_spec: The search space.
        """
        self._dna_spec = dna_spec

    @abc.abstractmethod
    def should_stop_early(self, trial: Trial) -> bool:
        """Returns whether a trial should be stopped. Subclasses implement it.

        Args:
          trial: The trial, which has at least one measurement.
        """

    def recover(self, history: Iterable[Trial]) -> None:
        """Restores the state of the policy from past trials.

        Args:
          history: All trials of the study so far.
        """
        del history
