"""Recombinators that exchange segments of two parents."""

import abc
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pyglove import typing as pg_typing
from pyglove.evolution import flat
from pyglove.evolution.calling import call
from pyglove.evolution.operation import Seed, make_random
from pyglove.evolution.operation_kind import Recombinator
from pyglove.geno import DNA, AttributeDict, DecisionPoint
from pyglove.geno.internal import MultiChoiceDecision, Numbers, child_of
from pyglove.scalars import scalar_spec, scalar_value

if TYPE_CHECKING:
    Count = int | Callable[[int], int]
    CuttingPoints = Callable[..., list[int]]
else:
    Count = scalar_spec(pg_typing.Int(min_value=1))
    CuttingPoints = pg_typing.Callable(
        [pg_typing.List(pg_typing.Object(DecisionPoint))],
        returns=pg_typing.List(pg_typing.Int(min_value=0)),
    )


class SegmentWise(Recombinator):
    """Base of recombinators that cut two parents at the same points.

    Cuts are between independent decision points, those that no choice opens. The
    choices of a multi-choice are points of their own where candidates may be chosen
    again and in any order; otherwise they go together. A child takes the segments from
    both parents in turn. Subclasses implement `cutting_indices`.
    """

    NUM_PARENTS: ClassVar[int | None] = 2

    @abc.abstractmethod
    def cutting_indices(
        self,
        independent_decision_points: list[DecisionPoint],
        global_state: AttributeDict,
        step: int,
    ) -> list[int]:
        """Returns where to cut. Subclasses implement it.

        Args:
          independent_decision_points: The decision points to cut between.
          global_state: State that the operations of an algorithm share. Subclasses
            may leave it out.
          step: Number of evaluations that the algorithm has received. Subclasses
            may leave it out.

        Returns:
          Increasing indices of decision points; a cut is before each of them.
        """

    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns the two children of two DNA."""
        x, y = parents
        spec = flat.bound_spec(x)
        points: list[DecisionPoint] = []
        for element in spec.elements if spec.is_space else [spec]:
            points.extend(element.choice_specs if _is_divided(element) else [element])
        cuts = call(self.cutting_indices, points, global_state, step)
        xs, ys = (_segments(parent) for parent in parents)
        children: tuple[list[object], list[object]] = ([], [])
        first, passed = 0, 0
        for i, (x_part, y_part) in enumerate(zip(xs, ys, strict=True)):
            while passed < len(cuts) and cuts[passed] <= i:
                passed += 1
                first = 1 - first
            children[first].extend(x_part)
            children[1 - first].extend(y_part)
        return [
            child_of(x, tuple(children[0])),
            child_of(y, tuple(children[1])),
        ]


def _is_divided(point: Any) -> bool:
    """Returns whether the choices of a multi-choice do not depend on each other."""
    return (
        point.is_categorical
        and point.num_choices > 1
        and not point.distinct
        and not point.sorted
    )


def _segments(parent: DNA) -> list[Numbers]:
    """Returns the numbers of each independent decision point."""
    numbers = flat.numbers_of(parent)
    decisions = flat.bound_spec(parent).decisions
    spans: list[tuple[int, int]] = []
    for item, span in zip(decisions.items, decisions.spans(numbers), strict=True):
        if (
            isinstance(item, MultiChoiceDecision)
            and not item.is_distinct
            and not item.is_sorted
        ):
            spans.extend(item.spans(numbers, span[0]))
        else:
            spans.append(span)
    return [numbers[start:end] for start, end in spans]


class KPoint(SegmentWise):
    """Cuts at k random points.

    Example:
      >>> spec = pg.dna_spec([pg.oneof([1, 2]) for _ in range(4)])
      >>> op = pg.evolution.recombinators.KPoint(1, seed=1)
      >>> x, y = pg.DNA([0, 0, 0, 0], spec=spec), pg.DNA([1, 1, 1, 1], spec=spec)
      >>> op([x, y])
      [DNA([0, 1, 1, 1]), DNA([1, 0, 0, 0])]
    """

    k: Annotated[Count, "Number of cuts; more than there can be are left out."]
    seed: Annotated[Seed, "Seed or generator of the cuts."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)

    def cutting_indices(
        self,
        independent_decision_points: list[DecisionPoint],
        global_state: AttributeDict,
        step: int,
    ) -> list[int]:
        """Returns random indices."""
        num_gaps = max(len(independent_decision_points) - 1, 0)
        k = min(scalar_value(self.k, step), num_gaps)
        return sorted(self._random.sample(range(1, num_gaps + 1), k))


class Segmented(SegmentWise):
    """Cuts where a function says."""

    cutting_points: Annotated[
        CuttingPoints,
        "A function of the independent decision points that returns increasing "
        "indices; a cut is before each of them.",
    ]

    def cutting_indices(
        self,
        independent_decision_points: list[DecisionPoint],
        global_state: AttributeDict,
        step: int,
    ) -> list[int]:
        """Returns the indices that the function gives."""
        cuts: list[int] = call(
            self.cutting_points, independent_decision_points, global_state, step
        )
        return cuts


for _cls in (
    SegmentWise,
    KPoint,
    Segmented,
):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.evolution.recombinators.{_cls.__name__}"
    )
