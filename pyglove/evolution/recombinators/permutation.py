"""Recombinators of permutations."""

import abc
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pyglove.evolution import flat
from pyglove.evolution.operation import Seed, make_random
from pyglove.evolution.operation_kind import Recombinator
from pyglove.evolution.where import Any as AnyPoint
from pyglove.evolution.where import DecisionPointFilter, drawing_from, where_spec
from pyglove.geno import DNA, AttributeDict, DecisionPoint
from pyglove.geno.internal import (
    ChoiceDecision,
    Decisions,
    MultiChoiceDecision,
    Numbers,
    child_of,
)

if TYPE_CHECKING:
    Where = DecisionPointFilter | Callable[..., list[DecisionPoint]]
else:
    Where = where_spec(AnyPoint())

# A permutation: the indices of all candidates.
Order_ = Sequence[int]


class Permutation(Recombinator):
    """Base of recombinators that make new permutations out of those of parents.

    Permutations are multiple choices of all candidates, each of them once. All other
    decisions are taken from each parent in turn: the children are all parents with
    each of the new permutations in place; equal ones appear once. Subclasses implement
    `permutate`.
    """

    where: Annotated[
        Where, "Which permutations are worked on, one after the other."
    ] = AnyPoint()
    seed: Annotated[Seed, "Seed or generator of random choices."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)
        self._filter = drawing_from(self.where, self._random)

    @abc.abstractmethod
    def permutate(
        self, multi_choice_spec: DecisionPoint, parents: list[list[int]]
    ) -> list[list[int]]:
        """Makes new permutations. Subclasses implement it.

        Args:
          multi_choice_spec: The decision point.
          parents: The permutation of each parent.

        Returns:
          The new permutations.
        """

    def recombine(
        self, parents: list[DNA], global_state: AttributeDict, step: int
    ) -> list[DNA]:
        """Returns the children; copies of the parents if there are no permutations."""
        if not parents:
            return []
        spec = flat.bound_spec(parents[0])
        found = [_permutations(spec, flat.numbers_of(p)) for p in parents]
        common = [p for p in found[0] if all(p in other for other in found)]
        points = [found[0][name][0] for name in common]
        chosen = self._filter(points, global_state=global_state, step=step)
        if not chosen:
            return [child_of(p, flat.numbers_of(p)) for p in parents]
        children: dict[Numbers, None] = {}
        for point in chosen:
            name = str(point.id)
            orders = [
                [part[0] for part in _parts(p, *other[name][1:])]
                for p, other in zip(parents, found, strict=True)
            ]
            for order in self.permutate(point, orders):
                for parent, other in zip(parents, found, strict=True):
                    children[_reorder(parent, order, *other[name][1:])] = None
        return [child_of(parents[0], numbers) for numbers in children]


# A decision point, its decision, and where its numbers start.
_Found = tuple[Any, MultiChoiceDecision, int]


def _permutations(spec: Any, numbers: Numbers) -> dict[str, _Found]:
    """Returns the active permutations by id."""
    elements = spec.elements if spec.is_space else [spec]
    return {
        str(found[0].id): found for found in _walk(elements, spec.decisions, numbers, 0)
    }


def _walk(
    elements: Sequence[Any], decisions: Decisions, numbers: Numbers, start: int
) -> Iterator[_Found]:
    for element, item in zip(elements, decisions.items, strict=True):
        if isinstance(item, MultiChoiceDecision):
            if item.is_distinct and not item.is_sorted and item.count == item.size:
                yield element, item, start
            if item.branches is not None:
                for i, (low, _) in enumerate(item.spans(numbers, start)):
                    value = numbers[low]
                    candidate = element.subchoice(i).candidates[value]
                    branch = item.branches[value]
                    yield from _walk(candidate.elements, branch, numbers, low + 1)
        elif isinstance(item, ChoiceDecision) and item.branches is not None:
            value = numbers[start]
            candidate = element.candidates[value]
            branch = item.branches[value]
            yield from _walk(candidate.elements, branch, numbers, start + 1)
        start = item.skip(numbers, start)


def _parts(parent: DNA, item: MultiChoiceDecision, start: int) -> list[Numbers]:
    numbers = flat.numbers_of(parent)
    return [numbers[low:high] for low, high in item.spans(numbers, start)]


def _reorder(
    parent: DNA, order: Order_, item: MultiChoiceDecision, start: int
) -> Numbers:
    """Returns the numbers of a parent with a permutation put into another order."""
    by_value = {part[0]: part for part in _parts(parent, item, start)}
    parts = [by_value[value] for value in order]
    return flat.replace_parts(item, flat.numbers_of(parent), start, parts)


class _TwoPoint(Permutation):
    """Base of crossovers that exchange the segment between two random points."""

    NUM_PARENTS: ClassVar[int | None] = 2

    def _segment(self, length: int) -> tuple[int, int]:
        if length < 2:
            return 0, length
        # One segment for both children. As in the published package, it ends before
        # the last element.
        start, end = sorted(self._random.sample(range(length), 2))
        return start, end


class Order(_TwoPoint):
    """Order crossover (OX).

    A child has a segment of one parent, and the other elements after it in the order
    of the other parent. See Davis, "Applying Adaptive Algorithms to Epistatic Domains"
    (1985).

    Example:
      >>> op = pg.evolution.recombinators.Order()
      >>> op.order_crossover([[0, 1, 2, 3], [3, 2, 1, 0]], 1, 3)
      [[0, 2, 1, 3], [3, 1, 2, 0]]
    """

    def permutate(
        self, multi_choice_spec: DecisionPoint, parents: list[list[int]]
    ) -> list[list[int]]:
        """Returns the two children of two permutations."""
        return self.order_crossover(parents, *self._segment(len(parents[0])))

    def order_crossover(
        self, parents: Sequence[Order_], start: int, end: int
    ) -> list[list[int]]:
        """Returns the two children of two permutations.

        Args:
          parents: The two permutations.
          start: Where the segment starts.
          end: Where it ends.
        """
        x, y = parents
        return [_fill(x, y, start, end), _fill(y, x, start, end)]


def _fill(outer: Order_, inner: Order_, start: int, end: int) -> list[int]:
    """Returns a segment of `inner` with the other elements in the order of `outer`."""
    if start >= end:
        return list(outer)
    segment = list(inner[start:end])
    kept = set(segment)
    others = [value for value in [*outer[end:], *outer[:end]] if value not in kept]
    num_after = len(outer) - end
    return others[num_after:] + segment + others[:num_after]


class PartiallyMapped(_TwoPoint):
    """Partially mapped crossover (PMX).

    A child has a segment of one parent, and the elements of the other one elsewhere,
    where elements of the segment are replaced by those that it displaced. See
    Goldberg and Lingle, "Alleles, Loci, and the Traveling Salesman Problem" (1985).

    Example:
      >>> op = pg.evolution.recombinators.PartiallyMapped()
      >>> op.partially_mapped_crossover([[0, 1, 2, 3], [3, 2, 1, 0]], 0, 1)
      [[3, 1, 2, 0], [0, 2, 1, 3]]
    """

    def permutate(
        self, multi_choice_spec: DecisionPoint, parents: list[list[int]]
    ) -> list[list[int]]:
        """Returns the two children of two permutations."""
        start, end = self._segment(len(parents[0]))
        return self.partially_mapped_crossover(parents, start, end)

    def partially_mapped_crossover(
        self, parents: Sequence[Order_], start: int, end: int
    ) -> list[list[int]]:
        """Returns the two children of two permutations.

        Args:
          parents: The two permutations.
          start: Where the segment starts.
          end: Where it ends.
        """
        x, y = parents
        return [_map(x, y, start, end), _map(y, x, start, end)]


def _map(outer: Order_, inner: Order_, start: int, end: int) -> list[int]:
    """Returns `outer` with a segment of `inner`, without repetitions."""
    if start >= end:
        return list(outer)
    displaced = dict(zip(inner[start:end], outer[start:end], strict=True))
    child = list(outer)
    child[start:end] = inner[start:end]
    for i in (*range(start), *range(end, len(outer))):
        value = outer[i]
        while value in displaced:
            value = displaced[value]
        child[i] = value
    return child


class Cycle(Permutation):
    """Cycle crossover (CX).

    Positions fall into cycles, within which both parents have the same elements. One
    child takes each cycle from a random parent, the other child from the other one.
    See Oliver, Smith and Holland, "A Study of Permutation Crossover Operators on the
    Traveling Salesman Problem" (1987).
    """

    NUM_PARENTS: ClassVar[int | None] = 2

    def permutate(
        self, multi_choice_spec: DecisionPoint, parents: list[list[int]]
    ) -> list[list[int]]:
        """Returns the two children of two permutations."""
        return self.cycle_crossover(parents)

    def cycle_crossover(self, parents: Sequence[Order_]) -> list[list[int]]:
        """Returns the two children of two permutations.

        Args:
          parents: The two permutations.
        """
        x, y = list(parents[0]), list(parents[1])
        position = {value: i for i, value in enumerate(x)}
        pending = set(range(len(x)))
        children = (list(x), list(y))
        for start in range(len(x)):
            if start not in pending:
                continue
            exchange = self._random.random() < 0.5
            i = start
            while i in pending:
                pending.remove(i)
                if exchange:
                    children[0][i], children[1][i] = y[i], x[i]
                i = position[y[i]]
        return list(children)


for _cls in (
    Permutation,
    Order,
    PartiallyMapped,
    Cycle,
):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.evolution.recombinators.{_cls.__name__}"
    )
