"""Early stopping policies that are made of others."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNASpec
from pyglove.symbolic import use_init_args
from pyglove.tuning import EarlyStoppingPolicy, Trial

if TYPE_CHECKING:
    Policies = list[EarlyStoppingPolicy]
else:
    Policies = pg_typing.List(pg_typing.Object(EarlyStoppingPolicy), default=[])


class EarlyStopingPolicyBase(EarlyStoppingPolicy):
    """Base of policies that operators compose: `a & b`, `a | b` and `~a` (or `-a`).

    Subclasses implement `should_stop_early`.

    Example:
      >>> accuracy = pg.early_stopping.early_stop_by_value([(1, 0.5)], 'accuracy')()
      >>> latency = pg.early_stopping.early_stop_by_value(
      ...     [(1, 20.0)], 'latency', maximize=False)()
      >>> trial = pg.tuning.Trial(id=1, dna=pg.DNA(0), created_time=0, measurements=[
      ...     pg.tuning.Measurement(1, 0.0, metrics=dict(accuracy=0.4, latency=12.0))])
      >>> (accuracy | latency).should_stop_early(trial)
      True
      >>> (accuracy & latency).should_stop_early(trial)
      False
    """

    def __and__(self, other: EarlyStoppingPolicy) -> "And":
        return And(self, other)

    def __or__(self, other: EarlyStoppingPolicy) -> "Or":
        return Or(self, other)

    def __invert__(self) -> "Not":
        return Not(self)

    def __neg__(self) -> "Not":
        return Not(self)


@use_init_args(["*children"])
class Composite(EarlyStopingPolicyBase):
    """Base of policies that are made of others."""

    children: Annotated[Policies, "The policies."] = []

    def setup(self, dna_spec: DNASpec) -> None:
        """Tells all policies which space is searched."""
        super().setup(dna_spec)
        for child in self.children:
            child.setup(dna_spec)

    def recover(self, history: Iterable[Trial]) -> None:
        """Rebuilds the state of all policies out of past trials."""
        trials = list(history)
        for child in self.children:
            child.recover(trials)


class And(Composite):
    """Stops a trial if all policies say so: `a & b`.

    Policies are evaluated in order, up to the first that continues the trial.
    """

    if TYPE_CHECKING:

        def __init__(self, *children: EarlyStoppingPolicy) -> None: ...

    def should_stop_early(self, trial: Trial) -> bool:
        """Returns whether all policies stop the trial."""
        return all(child.should_stop_early(trial) for child in self.children)


class Or(Composite):
    """Stops a trial if any of the policies says so: `a | b`.

    Policies are asked in order, up to the first that stops the trial.
    """

    if TYPE_CHECKING:

        def __init__(self, *children: EarlyStoppingPolicy) -> None: ...

    def should_stop_early(self, trial: Trial) -> bool:
        """Returns whether one of the policies stops the trial."""
        return any(child.should_stop_early(trial) for child in self.children)


class Not(Composite):
    """Stops a trial if another policy continues it: `~a`.

    Raises:
      ValueError: if it is not made of exactly one policy.
    """

    if TYPE_CHECKING:

        def __init__(self, child: EarlyStoppingPolicy, /) -> None: ...

    def _on_bound(self) -> None:
        super()._on_bound()
        if len(self.children) != 1:
            raise utils.PyGloveValueError(
                f"Expected one policy to negate, got {len(self.children)}: "
                f"{self.children!r}."
            )

    def should_stop_early(self, trial: Trial) -> bool:
        """Returns whether the policy continues the trial."""
        return not self.children[0].should_stop_early(trial)


for _cls in (EarlyStopingPolicyBase, Composite, And, Or, Not):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.early_stopping.base.{_cls.__name__}"
    )
