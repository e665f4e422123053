"""Recombinators: operations that mix the DNA of several parents."""

from typing import List, Optional, Union  # noqa: UP035

from pyglove.evolution.recombinators.permutation import (
    Cycle,
    Order,
    PartiallyMapped,
    Permutation,
)
from pyglove.evolution.recombinators.point_wise import (
    Average,
    Numeric,
    PointWise,
    Sample,
    Uniform,
    WeightedAverage,
)
from pyglove.evolution.recombinators.segment_wise import (
    KPoint,
    Segmented,
    SegmentWise,
)

__all__ = [
    # Decision by decision.
    "PointWise",
    "Uniform",
    "Sample",
    "Numeric",
    "Average",
    "WeightedAverage",
    # By segments.
    "SegmentWise",
    "KPoint",
    "Segmented",
    # Permutations.
    "Permutation",
    "Order",
    "PartiallyMapped",
    "Cycle",
    # Names of `typing`.
    "List",
    "Optional",
    "Union",
]


def __dir__() -> list[str]:
    return sorted(__all__)
