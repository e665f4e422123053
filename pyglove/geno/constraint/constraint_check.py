"""Checks: constraints compiled for flat sequences of numbers.

A check knows where the numbers are that it is about, and which decisions side by side
in its space they belong to. It says not only whether numbers are feasible, but also
from where on they cannot be made so.
"""

import abc
from collections.abc import Sequence
from typing import Any

from pyglove.geno.constraint.constraint import Constraint, Scope
from pyglove.geno.constraint.constraint_rule import DEAD, Rule
from pyglove.geno.constraint.constraint_scope import (
    Slot,
    Slots,
    Span,
    locate,
    places_of,
)
from pyglove.geno.decision.decision import VARIES, Decisions, Numbers

#: Result of `Check.find` for feasible numbers.
FEASIBLE = -2


class Check(abc.ABC):
    """A constraint of a space.

    Attributes:
      constraint: The constraint.
      items: Which decisions of the space it depends on, in order.
    """

    constraint: Constraint
    items: Sequence[int]

    @abc.abstractmethod
    def find(self, numbers: Numbers, spans: Sequence[Span]) -> int:
        """Finds out whether numbers are feasible.

        Args:
          numbers: Numbers that fit.
          spans: Where the numbers of each decision of the space start and end. Only
            those in `items` are looked at.

        Returns:
          `FEASIBLE`, or the last position to look at in order to know that they are
          not: all numbers that are the same up to there are infeasible. It is -1 if
          that goes for all numbers.
        """


class DecisionCheck(Check):
    """A constraint on single decisions.

    Attributes:
      rule: The rule for their values.
      slots: The decisions, in the order of the space.
      tables: For each of them, its values by number; None if the number is the value.
    """

    def __init__(self, constraint: Constraint, decisions: Decisions, scope: Scope):
        self.constraint = constraint
        self.rule: Rule = constraint.rule(scope)
        self.slots = scope.slots
        self.tables = [constraint.values_of(slot) for slot in self.slots]
        self.items = sorted({slot.steps[0] for slot in self.slots})
        self._decisions = decisions
        self._places = [
            (slot.steps[0], *_offset(decisions, slot), table)
            for slot, table in zip(self.slots, self.tables, strict=True)
        ]

    def find(self, numbers: Numbers, spans: Sequence[Span]) -> int:
        """Finds out whether numbers are feasible; see `Check.find`."""
        rule = self.rule
        step, state = rule.step, rule.start
        for i, (k, offset, steps, table) in enumerate(self._places):
            position = spans[k][0] + offset
            if steps is not None:
                position = locate(self._decisions, numbers, position, steps)
                if position < 0:
                    continue
            value = numbers[position]
            state = step(state, i, value if table is None else table[value])
            if state is DEAD:
                return position
        if rule.accepts(state):
            return FEASIBLE
        return spans[self.items[-1]][1] - 1


def _offset(decisions: Decisions, slot: Slot) -> tuple[int, tuple[int, ...] | None]:
    """Returns where a number is within its decision, or the way to look it up."""
    k, choice = slot.steps[:2]
    item: Any = decisions.items[k]
    if slot.is_conditional or (choice and item.width == VARIES):
        return 0, slot.steps
    return (choice * (item.width // item.count) if choice else 0), None


class ProgramCheck(Check):
    """A constraint on the program, or on a piece of it."""

    def __init__(self, constraint: Constraint, items: Sequence[int]):
        self.constraint = constraint
        self.items = items

    def find(self, numbers: Numbers, spans: Sequence[Span]) -> int:
        """Finds out whether numbers are feasible; see `Check.find`."""
        if not self.items:
            return FEASIBLE if self.constraint.check(()) else -1
        start, end = spans[self.items[0]][0], spans[self.items[-1]][1]
        return FEASIBLE if self.constraint.check(numbers[start:end]) else end - 1


def make_checks(
    constraints: Sequence[Constraint], space: Any, decisions: Decisions
) -> list[Check]:
    """Compiles constraints.

    Args:
      constraints: The constraints.
      space: The space that they belong to.
      decisions: The decisions of the space.

    Raises:
      ValueError: if one names no decision, or makes no sense for those that it names.
    """
    slots: Slots | None = None
    items: dict[str, list[int]] | None = None
    checks: list[Check] = []
    for constraint in constraints:
        targets = constraint.targets
        if targets is not None:
            slots = slots or Slots(space)
            checks.append(_decision_check(constraint, targets, decisions, slots))
        else:
            items = items or _items_by_place(space)
            checks.append(ProgramCheck(constraint, items.get(constraint.location, ())))
    return checks


def _items_by_place(space: Any) -> dict[str, list[int]]:
    """Returns which decisions side by side in a space are at each place."""
    items: dict[str, list[int]] = {}
    for k, element in enumerate(space.elements):
        for place in places_of(str(element.location)):
            items.setdefault(place, []).append(k)
    return items


def _decision_check(
    constraint: Constraint, targets: Sequence[str], decisions: Decisions, slots: Slots
) -> Check:
    """Compiles a constraint on single decisions."""
    groups = slots.resolve(targets, constraint.location, constraint.label)
    named = [(g, slot) for g, group in enumerate(groups) for slot in group.slots]
    # Flat sequences have what a choice opens right after it, as ways have.
    order = sorted(range(len(named)), key=lambda i: named[i][1].steps)
    scope = Scope(
        slots=[named[i][1] for i in order],
        ranks=order,
        groups=[named[i][0] for i in order],
        counts=[group.num_active for group in groups],
    )
    return DecisionCheck(constraint, decisions, scope)
