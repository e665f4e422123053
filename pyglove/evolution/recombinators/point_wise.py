"""Recombinators that decide point by point."""

import abc
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution import flat
from pyglove.evolution.calling import call, wants
from pyglove.evolution.operation import Seed, make_random
from pyglove.evolution.operation_kind import Recombinator
from pyglove.evolution.where import ALL, DecisionPointFilter, drawing_from, where_spec
from pyglove.geno import DNA, AttributeDict, DecisionPoint, DNASpec, Int
from pyglove.geno.internal import (
    ChoiceDecision,
    Decision,
    Decisions,
    MultiChoiceDecision,
    Numbers,
)
from pyglove.symbolic import use_init_args

if TYPE_CHECKING:
    Where = DecisionPointFilter | Callable[..., list[DecisionPoint]]
    Weights = Callable[..., list[float]]
else:
    Where = where_spec(ALL)
    Weights = pg_typing.Callable(
        [pg_typing.List(pg_typing.Object(DNA))],
        returns=pg_typing.List(pg_typing.Float(min_value=0.0)),
    )

# The decision of a parent at a point: a value, the values of a multiple choice, or None
# where the point is not active.
ParentDecisions = list[Any]


class PointWise(Recombinator):
    """Base of recombinators that merge decisions one by one.

    Subclasses implement `merge`. Decision points that are not merged are taken from
    each parent in turn, so that there is a child for each parent; children that come
    out equal appear once.

    Example:
      >>> class Greatest(pg.evolution.recombinators.PointWise):
      ...     def merge(self, decision_point, parent_decisions):
      ...         return max(parent_decisions)
      >>> spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([3, 4])))
      >>> Greatest()([pg.DNA([0, 1], spec=spec), pg.DNA([1, 0], spec=spec)])
      [DNA([1, 1])]
    """

    where: Annotated[
        Where, "Which decision points are merged: a filter, or a function."
    ] = ALL

    def _on_bound(self) -> None:
        super()._on_bound()
        self._filter = self.where
        self._points: Points | None = None

    def _points_of(self, spec: DNASpec) -> "Points":
        """Returns the decision points of a space, which is the same most times."""
        points = self._points
        if points is None or points.spec is not spec:
            points = self._points = Points(spec)
        return points

    def applicable_decision_points(
        self, dna_spec: DNASpec, global_state: AttributeDict, step: int
    ) -> list[DecisionPoint]:
        """Returns the decision points that are merged.

        Args:
          dna_spec: The space.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """
        points = list(self._points_of(dna_spec).all)
        return self._filter(points, global_state=global_state, step=step)

    @abc.abstractmethod
    def merge(
        self,
        decision_point: DecisionPoint,
        parent_decisions: ParentDecisions,
        global_state: AttributeDict,
        step: int,
    ) -> Any:
        """Merges the decisions of parents at a point. Subclasses implement it.

        Args:
          decision_point: The decision point.
          parent_decisions: The decision of each parent: a value; a list of values for a
            multiple choice; None where the point is not active.
          global_state: State that the operations of an algorithm share. Subclasses
            may leave it out.
          step: Number of evaluations that the algorithm has received. Subclasses
            may leave it out.

        Returns:
          The decision of the child, of the same form. None takes it from the parent.
        """

    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns the children of DNA."""
        if not parents:
            return []
        spec = flat.bound_spec(parents[0])
        merger = _Merger(self, parents, global_state, step)
        children = {merger.child(base): None for base in range(len(parents))}
        return [DNA.from_numbers(numbers, spec) for numbers in children]


class Points:
    """All decision points of a space, active or not; a multiple choice is one.

    Attributes:
      spec: The space.
      all: The decision points.
    """

    def __init__(self, spec: DNASpec) -> None:
        """Collects the decision points.

        Args:
          spec: The space.
        """
        self.spec = spec
        self.all: list[DecisionPoint] = []
        _collect_points(spec, self.all)
        self._names = {id(point): str(point.id) for point in self.all}

    def name(self, point: Any) -> str:
        """Returns the name of a decision point, which it shares with no other.

        Args:
          point: The decision point.
        """
        return self._names.get(id(point)) or str(point.id)


def _collect_points(spec: Any, out: list[DecisionPoint]) -> None:
    if spec.is_space:
        for element in spec.elements:
            _collect_points(element, out)
        return
    out.append(spec)
    if spec.is_categorical:
        choices = [spec] if spec.num_choices == 1 else spec.choice_specs
        for choice in choices:
            for candidate in choice.candidates:
                _collect_points(candidate, out)


class _Merger:
    """Walks through a space once for each child.

    A decision is merged once for all children in which the same parents have it.
    """

    def __init__(
        self,
        op: PointWise,
        parents: list[DNA],
        global_state: AttributeDict,
        step: int,
    ) -> None:
        self._op = op
        self._spec = flat.bound_spec(parents[0])
        self._numbers = [flat.numbers_of(parent) for parent in parents]
        self._context: dict[str, Any] = {}
        takes_state, takes_step = wants(op.merge)
        if takes_state:
            self._context["global_state"] = global_state
        if takes_step:
            self._context["step"] = step
        points = call_applicable(op, self._spec, global_state, step)
        self._name = op._points_of(self._spec).name
        self._applicable = {self._name(point) for point in points}
        self._merged: dict[tuple[str, tuple[bool, ...]], Any] = {}

    def child(self, base: int) -> Numbers:
        """Returns the numbers of the child that takes after one of the parents."""
        self._base = base
        spec = self._spec
        elements = spec.elements if spec.is_space else [spec]
        if spec.decisions.sizes is not None:
            # All parents have made the same decisions, each of one number.
            columns = zip(*self._numbers, strict=True)
            return tuple(map(self._decide, elements, columns))
        out: list[Any] = []
        starts: list[int | None] = [0] * len(self._numbers)
        self._space(elements, spec.decisions, starts, out)
        return tuple(out)

    def _space(
        self,
        elements: Sequence[Any],
        decisions: Decisions,
        starts: list[int | None],
        out: list[Any],
    ) -> None:
        for element, item in zip(elements, decisions.items, strict=True):
            self._point(element, item, starts, out)
            starts = [
                None if start is None else item.skip(numbers, start)
                for numbers, start in zip(self._numbers, starts, strict=True)
            ]

    def _point(
        self, spec: Any, item: Decision, starts: list[int | None], out: list[Any]
    ) -> None:
        if all(start is None for start in starts):
            # A candidate that no parent has chosen.
            item.first(out)
        elif isinstance(item, MultiChoiceDecision):
            self._choices(spec, item, starts, out)
        else:
            value = self._decide(spec, self._values(starts))
            out.append(value)
            if isinstance(item, ChoiceDecision) and item.branches is not None:
                inner = [
                    start + 1 if start is not None and numbers[start] == value else None
                    for numbers, start in zip(self._numbers, starts, strict=True)
                ]
                self._branch(spec, item.branches, value, inner, out)

    def _choices(
        self,
        spec: Any,
        item: MultiChoiceDecision,
        starts: list[int | None],
        out: list[Any],
    ) -> None:
        lows: list[list[int] | None] = [
            None if s is None else [low for low, _ in item.spans(numbers, s)]
            for numbers, s in zip(self._numbers, starts, strict=True)
        ]
        decisions = [
            None if found is None else [numbers[low] for low in found]
            for numbers, found in zip(self._numbers, lows, strict=True)
        ]
        values = self._decide(spec, decisions)
        for index, value in enumerate(values):
            out.append(value)
            if item.branches is not None:
                # A candidate means what it does where it was chosen. Only what no
                # parent has chosen here (as sorting moves choices) is looked for
                # elsewhere.
                inner = [
                    None
                    if found is None or numbers[found[index]] != value
                    else found[index] + 1
                    for numbers, found in zip(self._numbers, lows, strict=True)
                ]
                if not any(start is not None for start in inner):
                    inner = [
                        _find_choice(numbers, found, value)
                        for numbers, found in zip(self._numbers, lows, strict=True)
                    ]
                self._branch(spec.subchoice(index), item.branches, value, inner, out)

    def _branch(
        self,
        spec: Any,
        branches: tuple[Decisions, ...],
        value: Any,
        starts: list[int | None],
        out: list[Any],
    ) -> None:
        if not isinstance(value, int) or not 0 <= value < len(branches):
            raise utils.PyGloveValueError(
                f"Expected `merge` to return the index of one of {len(branches)} "
                f"candidates for {spec.id!r}, got {value!r}."
            )
        self._space(spec.candidates[value].elements, branches[value], starts, out)

    def _values(self, starts: list[int | None]) -> list[Any]:
        return [
            None if start is None else numbers[start]
            for numbers, start in zip(self._numbers, starts, strict=True)
        ]

    def _decide(self, spec: Any, decisions: Sequence[Any]) -> Any:
        """Returns the decision of the child at a point."""
        name = self._name(spec)
        if name in self._applicable:
            key = (name, tuple([d is None for d in decisions]))
            if key not in self._merged:
                self._merged[key] = self._op.merge(
                    spec, list(decisions), **self._context
                )
            if self._merged[key] is not None:
                return self._merged[key]
        own = decisions[self._base]
        return own if own is not None else next(d for d in decisions if d is not None)


def call_applicable(
    op: PointWise, spec: Any, global_state: AttributeDict, step: int
) -> list[DecisionPoint]:
    """Returns the decision points that a recombinator merges."""
    return call(op.applicable_decision_points, spec, global_state, step)


def _find_choice(numbers: Numbers, lows: list[int] | None, value: Any) -> int | None:
    """Returns where a parent decides what a candidate opens, None if it does not."""
    if lows is None:
        return None
    return next((low + 1 for low in lows if numbers[low] == value), None)


class _Drawn(PointWise):
    """Base of recombinators that take each decision from a random parent."""

    seed: Annotated[Seed, "Seed or generator of the choice of parents."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)
        self._filter = drawing_from(self.where, self._random)

    def _draw(self, items: list[Any], weights: list[float] | None) -> Any:
        """Returns one of the items, by weights if there are any."""
        if weights is None:
            return self._random.choice(items)
        return self._random.choices(items, weights)[0]

    def _merge(
        self, point: Any, decisions: ParentDecisions, weights: list[float] | None
    ) -> Any:
        active = [i for i, d in enumerate(decisions) if d is not None]
        decisions = [decisions[i] for i in active]
        if weights is not None:
            weights = [weights[i] for i in active]
        if not isinstance(decisions[0], list):
            return self._draw(decisions, weights)
        values: list[int] = []
        for options in zip(*decisions, strict=True):
            free = [
                i
                for i, option in enumerate(options)
                if not point.distinct or option not in values
            ]
            if not free:
                # Choices taken from several parents would not be distinct.
                values = list(self._draw(decisions, weights))
                break
            chances = None if weights is None else [weights[i] for i in free]
            values.append(self._draw([options[i] for i in free], chances))
        return sorted(values) if point.sorted else values


class Uniform(_Drawn):
    """Takes each decision from any of the parents, all of them equally likely.

    See Syswerda, "Uniform Crossover in Genetic Algorithms" (1989).

    Example:
      >>> spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([3, 4])))
      >>> op = pg.evolution.recombinators.Uniform(seed=1)
      >>> len(op([pg.DNA([0, 0], spec=spec), pg.DNA([1, 1], spec=spec)]))
      1
    """

    def merge(  # type: ignore[override]
        self, decision_point: DecisionPoint, parent_decisions: ParentDecisions
    ) -> Any:
        """Returns the decision of a random parent."""
        return self._merge(decision_point, parent_decisions, None)


@use_init_args(["weights", "where", "seed"])
class Sample(_Drawn):
    """Takes each decision from any of the parents, drawn by weights."""

    weights: Annotated[  # type: ignore[misc]
        Weights, "A function of the parents that weighs each."
    ]

    if TYPE_CHECKING:

        def __init__(
            self, weights: Weights, where: Where = ALL, seed: Seed = None
        ) -> None: ...

    def _on_bound(self) -> None:
        super()._on_bound()
        self._parent_weights: list[float] = []

    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns the children of DNA."""
        self._parent_weights = weigh(self.weights, parents, global_state, step)
        return super().recombine(parents, global_state, step)

    def merge(  # type: ignore[override]
        self, decision_point: DecisionPoint, parent_decisions: ParentDecisions
    ) -> Any:
        """Returns the decision of a random parent."""
        return self._merge(decision_point, parent_decisions, self._parent_weights)


def weigh(
    weights: Any, parents: list[DNA], global_state: AttributeDict, step: int
) -> list[float]:
    """Returns the weights of parents.

    Raises:
      ValueError: if there is not one weight for each parent.
    """
    found: list[float] = call(weights, parents, global_state, step)
    if len(found) != len(parents):
        raise utils.PyGloveValueError(
            f"Expected one weight for each of {len(parents)} parents, got {found!r}."
        )
    return found


class Numeric(PointWise):
    """Base of recombinators of numbers. Choices are taken from each parent in turn."""

    def applicable_decision_points(
        self,
        dna_spec: DNASpec,
        global_state: AttributeDict | None = None,
        step: int = 0,
    ) -> list[DecisionPoint]:
        """Returns the decision points that are merged: numbers only.

        Args:
          dna_spec: The space.
          global_state: State that the operations of an algorithm share.
          step: Number of evaluations that the algorithm has received.
        """
        points = [p for p in self._points_of(dna_spec).all if p.is_numerical]
        return self._filter(points, global_state=global_state, step=step)


class Average(Numeric):
    """Takes the mean of numbers.

    Example:
      >>> spec = pg.dna_spec(pg.floatv(0.0, 1.0))
      >>> op = pg.evolution.recombinators.Average()
      >>> op([pg.DNA(0.0, spec=spec), pg.DNA(0.5, spec=spec)])
      [DNA(0.25)]
    """

    def merge(  # type: ignore[override]
        self, decision_point: DecisionPoint, parent_decisions: ParentDecisions
    ) -> Any:
        """Returns the mean."""
        return _mean(decision_point, parent_decisions, [1.0] * len(parent_decisions))


@use_init_args(["weights", "where"])
class WeightedAverage(Numeric):
    """Takes the weighted mean of numbers."""

    weights: Annotated[  # type: ignore[misc]
        Weights, "A function of the parents that weighs each."
    ]

    if TYPE_CHECKING:

        def __init__(self, weights: Weights, where: Where = ALL) -> None: ...

    def _on_bound(self) -> None:
        super()._on_bound()
        self._parent_weights: list[float] = []

    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns the children of DNA."""
        self._parent_weights = weigh(self.weights, parents, global_state, step)
        return super().recombine(parents, global_state, step)

    def merge(  # type: ignore[override]
        self, decision_point: DecisionPoint, parent_decisions: ParentDecisions
    ) -> Any:
        """Returns the weighted mean."""
        return _mean(decision_point, parent_decisions, self._parent_weights)


def _mean(point: Any, values: ParentDecisions, weights: list[float]) -> Any:
    pairs = [(v, w) for v, w in zip(values, weights, strict=True) if v is not None]
    if isinstance(point, Int) and max(abs(v) for v, _ in pairs) > 2**53:
        return _wide_mean(point, pairs)
    total = sum(w for _, w in pairs)
    mean = sum(v * w for v, w in pairs) / total
    # Rounding errors must not exceed the range of the parents.
    mean = min(max(mean, min(v for v, _ in pairs)), max(v for v, _ in pairs))
    if not isinstance(point, Int):
        return mean
    low, step = point.min_value, point.step
    return low + round((mean - low) / step) * step


def _wide_mean(point: Int, pairs: list[tuple[int, float]]) -> int:
    """Returns the weighted mean of ints that are too large for floats."""
    total = sum(Fraction(w) for _, w in pairs)
    mean = sum(v * Fraction(w) for v, w in pairs) / total
    low, step = point.min_value, point.step
    return low + round((mean - low) / step) * step


for _cls in (
    PointWise,
    Uniform,
    Sample,
    Numeric,
    Average,
    WeightedAverage,
):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.evolution.recombinators.{_cls.__name__}"
    )
