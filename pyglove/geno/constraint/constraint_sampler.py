"""Samplers: random numbers that meet the constraints of a space.

Decisions that no constraint joins are drawn independently of each other. Those that
constraints join form a group. What an automaton can enumerate is drawn as the group
demands; the rest is drawn and checked, as soon as it can be, and the group is drawn
anew where it fails.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.geno.constraint.constraint import Constraint, Exhausted
from pyglove.geno.constraint.constraint_automaton import (
    Automaton,
    Draw,
    TooLargeError,
    is_enumerable,
)
from pyglove.geno.constraint.constraint_check import FEASIBLE, Check, DecisionCheck
from pyglove.geno.constraint.constraint_scope import Span
from pyglove.geno.decision.decision import Decision

Parts = list[list[Any]]


class Sampler:
    """Draws the decisions of a space.

    Args:
      items: The decisions of the space.
      checks: Its constraints.
      draws: Functions that draw each decision independently.
      is_guarded: Whether candidates of a decision have constraints of their own.
      max_tries: Maximum number of consecutive rejections of a group of decisions.
    """

    def __init__(
        self,
        items: Sequence[Decision],
        checks: Sequence[Check],
        draws: Sequence[Draw],
        is_guarded: Callable[[int], bool],
        max_tries: int,
    ):
        self._num_items = len(items)
        # Those that are violated whatever is drawn.
        self._hopeless = [
            check.constraint
            for check in checks
            if not check.items and check.find((), ()) != FEASIBLE
        ]
        self._groups: list[_Group] = []
        joined: set[int] = set()
        for own, joining in _components([check for check in checks if check.items]):
            joined.update(own)
            self._groups.append(
                _Group(items, own, joining, draws, is_guarded, max_tries)
            )
        self._free = [k for k in range(len(items)) if k not in joined]
        self._draws = draws

    def sample(self, rng: Any) -> list[Any]:
        """Draws numbers.

        Args:
          rng: A random number generator.

        Raises:
          Exhausted: if none were found that are feasible.
        """
        if self._hopeless:
            raise Exhausted(Counter(self._hopeless), None)
        parts: Parts = [[] for _ in range(self._num_items)]
        for group in self._groups:
            group.sample(rng, parts)
        for k in self._free:
            self._draws[k](rng, parts[k])
        return [number for part in parts for number in part]


def _components(checks: Sequence[Check]) -> list[tuple[list[int], list[Check]]]:
    """Finds the decisions that checks join, directly or by way of others.

    Returns:
      Pairs of such decisions, in order, and the checks on them.
    """
    # Leads from each decision, in one step or more, to one that stands for all joined.
    leads: dict[int, int] = {}

    def find(k: int) -> int:
        while leads[k] != k:
            leads[k] = leads[leads[k]]
            k = leads[k]
        return k

    for check in checks:
        for k in check.items:
            leads.setdefault(k, k)
            leads[find(k)] = find(check.items[0])
    components: dict[int, tuple[list[int], list[Check]]] = {}
    for k in sorted(leads):
        components.setdefault(find(k), ([], []))[0].append(k)
    for check in checks:
        components[find(check.items[0])][1].append(check)
    return list(components.values())


class _Group:
    """Decisions that constraints join."""

    def __init__(
        self,
        items: Sequence[Decision],
        own: Sequence[int],
        checks: Sequence[Check],
        draws: Sequence[Draw],
        is_guarded: Callable[[int], bool],
        max_tries: int,
    ):
        self._own = own
        self._num_items = len(items)
        self._draws = draws
        self._max_tries = max_tries
        counted = [
            check
            for check in checks
            if isinstance(check, DecisionCheck)
            and not any(map(is_guarded, check.items))
            and is_enumerable(check, items, max_tries)
        ]
        self._automaton: Automaton | None = None
        if counted:
            try:
                self._automaton = Automaton(counted, items, own, draws)
            except TooLargeError:
                counted = []
        # Checks that are left, by the decision after which they can be made.
        self._checks: dict[int, list[Check]] = {k: [] for k in own}
        for check in checks:
            if check not in counted:
                self._checks[check.items[-1]].append(check)
        self._is_done = len(counted) == len(checks)

    def sample(self, rng: Any, parts: Parts) -> None:
        """Draws the decisions of this group."""
        automaton = self._automaton
        if automaton is not None and not automaton.is_feasible:
            raise Exhausted(automaton.num_dead, None)
        rejected: Counter[Constraint] = Counter()
        for _ in range(self._max_tries):
            for k in self._own:
                parts[k].clear()
            if automaton is not None:
                automaton.sample(rng, parts)
                if self._is_done:
                    return
            violated = self._first_violated(rng, parts, automaton is None)
            if violated is None:
                return
            rejected[violated] += 1
        raise Exhausted(rejected, self._max_tries)

    def _first_violated(
        self, rng: Any, parts: Parts, is_drawing: bool
    ) -> Constraint | None:
        """Makes the checks that are left, drawing the decisions on the way if asked."""
        numbers: list[Any] = []
        spans: list[Span] = [(0, 0)] * self._num_items
        for k in self._own:
            if is_drawing:
                self._draws[k](rng, parts[k])
            start = len(numbers)
            numbers.extend(parts[k])
            spans[k] = (start, len(numbers))
            for check in self._checks[k]:
                if check.find(numbers, spans) != FEASIBLE:  # type: ignore[arg-type]
                    return check.constraint
        return None
