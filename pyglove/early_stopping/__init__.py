"""Early stopping: policies that cut unpromising trials short."""

from pyglove.early_stopping.composition import And, EarlyStopingPolicyBase, Not, Or
from pyglove.early_stopping.step_wise import StepWise
from pyglove.early_stopping.threshold import early_stop_by_rank, early_stop_by_value

__all__ = [
    "EarlyStopingPolicyBase",
    # Combinations.
    "And",
    "Or",
    "Not",
    # At the steps of a plan.
    "StepWise",
    "early_stop_by_value",
    "early_stop_by_rank",
]


def __dir__() -> list[str]:
    return sorted(__all__)
