"""Rules: constraints as automata over sequences of values.

A rule is an automaton. It starts in a state, and each value that a decision takes leads
to the next state, or to `DEAD` once no further values can make up for it. That serves
to check a sequence, to drop all sequences that begin like a bad one, and to count the
good ones, so that they can be drawn without trying.
"""

import abc
import operator
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from pyglove.utils.functor import override

#: The state that nothing leads out of.
DEAD: Any = ("dead",)
_NONE: Any = ("none",)


class Rule(abc.ABC):
    """An automaton over the values of decisions, in the order of the space.

    States are hashable. Decisions that are not active are passed over.

    Attributes:
      start: The state to start in.
      is_compact: Whether many sequences of values lead to the same state.
    """

    start: Any = _NONE
    is_compact: bool = True

    @abc.abstractmethod
    def step(self, state: Any, i: int, value: Any) -> Any:
        """Returns the state after a value.

        Args:
          state: The state before.
          i: Which of the decisions takes the value, in the order of the space.
          value: The value.

        Returns:
          A state; `DEAD` if no continuation is feasible.
        """

    def accepts(self, state: Any) -> bool:
        """Returns whether values that led to a state may be all there are.

        Args:
          state: A state other than `DEAD`.
        """
        return True


class ChainRule(Rule):
    """Each value is in a relation to the one before; the order is that of the space.

    Args:
      holds: The relation.
    """

    def __init__(self, holds: Callable[[Any, Any], bool]):
        self._holds = holds

    @override
    def step(self, state: Any, i: int, value: Any) -> Any:
        return value if state is _NONE or self._holds(state, value) else DEAD


class PairsRule(Rule):
    """Each value is in a transitive relation to all before it, in any order.

    Args:
      holds: The relation.
      ranks: Where each decision stands in the order that the relation is about.
    """

    start = ()
    is_compact = False

    def __init__(self, holds: Callable[[Any, Any], bool], ranks: Sequence[int]):
        self._holds = holds
        self._ranks = ranks

    @override
    def step(self, state: Any, i: int, value: Any) -> Any:
        rank, holds = self._ranks[i], self._holds
        for other_rank, other in state:
            if not (holds(other, value) if other_rank < rank else holds(value, other)):
                return DEAD
        return (*state, (rank, value))


def ordered_rule(
    ranks: Sequence[int], is_decreasing: bool, is_strict: bool
) -> ChainRule | PairsRule:
    """Returns the rule that values are in order.

    Args:
      ranks: Where each decision stands in that order.
      is_decreasing: Whether values fall along it.
      is_strict: Whether equal values are out of order.
    """
    if list(ranks) == sorted(ranks, reverse=True):
        is_decreasing = not is_decreasing
        ranks = sorted(ranks)
    if is_decreasing:
        holds: Any = operator.gt if is_strict else operator.ge
    else:
        holds = operator.lt if is_strict else operator.le
    return ChainRule(holds) if list(ranks) == sorted(ranks) else PairsRule(holds, ranks)


class DistinctRule(Rule):
    """No two values are equal."""

    start = frozenset()

    @override
    def step(self, state: Any, i: int, value: Hashable) -> Any:
        return DEAD if value in state else state | {value}


class TotalRule(Rule):
    """The sum of values is in a range.

    Args:
      least: Lower end of the range.
      most: Upper end of the range.
      bounds: The least and the greatest contribution of each decision.
    """

    def __init__(
        self, least: float, most: float, bounds: Sequence[tuple[float, float]]
    ):
        self._least = least
        self._most = most
        # What the decisions after each one can add at least and at most. Sums of floats
        # depend on their order, so nothing is given up that is this close.
        is_exact = all(isinstance(x, int) for pair in bounds for x in pair)
        slack = 0 if is_exact else 1e-9 * sum(max(abs(x), abs(y)) for x, y in bounds)
        lowest, highest = -slack, slack
        self._rest = []
        for low, high in reversed(bounds):
            self._rest.append((lowest, highest))
            lowest += low
            highest += high
        self._rest.reverse()

    @override
    def step(self, state: Any, i: int, value: Any) -> Any:
        total = value if state is _NONE else state + value
        lowest, highest = self._rest[i]
        if total + lowest > self._most or total + highest < self._least:
            return DEAD
        return total

    @override
    def accepts(self, state: Any) -> bool:
        return state is _NONE or self._least <= state <= self._most


class ForbiddenRule(Rule):
    """Decisions do not take certain values all at once.

    Args:
      values: The value of each decision.
      count: How many of them are there at a time.
    """

    start = 0

    def __init__(self, values: Sequence[Any], count: int):
        self._values = values
        self._count = count

    @override
    def step(self, state: Any, i: int, value: Any) -> Any:
        if state < 0 or value != self._values[i]:
            return -1
        return DEAD if state + 1 == self._count else state + 1


class FunctionRule(Rule):
    """A function of values holds; it is not asked unless all of them are there.

    Args:
      count: Number of values.
      holds: The function, of a tuple of pairs: which decision, and its value.
    """

    start = ()
    is_compact = False

    def __init__(self, count: int, holds: Callable[[tuple[Any, ...]], bool]):
        self._count = count
        self._holds = holds

    @override
    def step(self, state: Any, i: int, value: Any) -> Any:
        state = (*state, (i, value))
        return DEAD if len(state) == self._count and not self._holds(state) else state
