"""Filters of decision points: which parts of a space recombinators work on."""

import abc
import random
from collections.abc import Callable, Sequence
from typing import (  # noqa: UP035
    TYPE_CHECKING,
    Annotated,
    List,
    Optional,
    cast,
)
from typing import Any as Anything

from pyglove import typing as pg_typing
from pyglove.evolution.calling import call
from pyglove.evolution.operation import Seed, make_random
from pyglove.geno import AttributeDict, DecisionPoint
from pyglove.scalars import scalar_spec, scalar_value
from pyglove.symbolic import Object

__all__ = [
    "DecisionPointFilter",
    "All",
    "ALL",
    "Any",
    "ANY",
    "Lambda",
    "where_spec",
    "List",
    "Optional",
]

DecisionPoints = Sequence[DecisionPoint]

if TYPE_CHECKING:
    FilterFn = Callable[..., list[DecisionPoint]]
    Count = int | Callable[[int], int]
else:
    _POINTS = pg_typing.List(pg_typing.Object(DecisionPoint))
    FilterFn = pg_typing.Callable([_POINTS], returns=_POINTS)
    Count = scalar_spec(pg_typing.Int(min_value=0))


class DecisionPointFilter(Object):
    """Base of filters of decision points. Subclasses implement `call`."""

    def __call__(
        self,
        decision_points: list[DecisionPoint],
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[DecisionPoint]:
        """Returns the decision points that pass.

        Args:
          decision_points: The decision points to choose from.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """
        if global_state is None:
            global_state = AttributeDict()
        return call(self.call, decision_points, global_state, step)

    @abc.abstractmethod
    def call(
        self,
        decision_points: list[DecisionPoint],
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[DecisionPoint]:
        """Returns the decision points that pass. Subclasses implement it.

        Args:
          decision_points: The decision points to choose from.
          global_state: State that the operations of an algorithm share. Subclasses
            may leave it out.
          step: Number of evaluations that the algorithm has received. Subclasses
            may leave it out.
        """


class All(DecisionPointFilter):
    """All decision points."""

    def call(self, decision_points: list[DecisionPoint]) -> list[DecisionPoint]:  # type: ignore[override]
        """Returns all decision points."""
        return decision_points


class Any(DecisionPointFilter):
    """Some decision points, redrawn each time."""

    k: Annotated[Count, "How many of them."] = 1
    seed: Annotated[
        Seed,
        "Seed or generator of the draw. Without one, a recombinator that has a seed "
        "draws.",
    ] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)

    def call(  # type: ignore[override]
        self, decision_points: list[DecisionPoint], step: int
    ) -> list[DecisionPoint]:
        """Returns random decision points, in their order."""
        k = scalar_value(self.k, step)
        if k >= len(decision_points):
            return decision_points
        drawn = self._random.sample(range(len(decision_points)), k)
        return [decision_points[i] for i in sorted(drawn)]


def drawing_from(
    decision_filter: Anything, generator: random.Random
) -> DecisionPointFilter:
    """Returns a filter that draws from a generator where it has no seed of its own.

    Args:
      decision_filter: The filter, which is not modified.
      generator: The generator.
    """
    if isinstance(decision_filter, Any) and decision_filter.seed is None:
        return decision_filter.clone(override={"seed": generator})
    return cast(DecisionPointFilter, decision_filter)


class Lambda(DecisionPointFilter):
    """The decision points that a function returns."""

    fn: Annotated[FilterFn, "A function of decision points that returns some of them."]

    def call(
        self,
        decision_points: list[DecisionPoint],
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[DecisionPoint]:
        """Calls the function."""
        if global_state is None:
            global_state = AttributeDict()
        return call(self.fn, decision_points, global_state, step)


#: Passes all decision points.
ALL = All()

#: Passes one decision point, redrawn each time.
ANY = Any()


def _as_filter(value: Anything) -> Anything:
    if callable(value) and not isinstance(value, DecisionPointFilter):
        return Lambda(cast(Anything, value))
    return value


def where_spec(default: DecisionPointFilter = ALL) -> pg_typing.ValueSpec:
    """Describes a field that holds a filter, or a function that stands in for one.

    Args:
      default: The default of the field.
    """
    return pg_typing.Object(DecisionPointFilter, transform=_as_filter).set_default(
        default
    )


for _cls in (
    DecisionPointFilter,
    All,
    Any,
    Lambda,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.where.{_cls.__name__}")
