"""Automata: exact sampling of decisions that meet constraints.

A state of the automaton consists of the states of the constraints' rules after some of
the decisions. Counting backwards gives, for each decision, state and outcome, the
probability that the remaining decisions are feasible. Outcomes are drawn in proportion
to it, so that feasible sequences are distributed as under rejection sampling.
"""

import bisect
import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.geno.constraint.constraint import Constraint
from pyglove.geno.constraint.constraint_check import DecisionCheck
from pyglove.geno.constraint.constraint_rule import DEAD
from pyglove.geno.decision.choice_decision import ChoiceDecision, MultiChoiceDecision
from pyglove.geno.decision.decision import Decision
from pyglove.geno.decision.value_decision import IntDecision

# Decisions with more outcomes are not enumerated, and neither are constraints with more
# combinations of states and outcomes.
MAX_OUTCOMES = 10_000
MAX_TRANSITIONS = 500_000

#: Appends numbers for a decision as a whole, given a generator.
Draw = Callable[[Any, list[Any]], None]


class TooLargeError(Exception):
    """There are more combinations than can be counted."""


def is_enumerable(check: DecisionCheck, items: Sequence[Decision], most: int) -> bool:
    """Returns whether an automaton can represent a constraint.

    Args:
      check: The constraint.
      items: The decisions of the space.
      most: Maximum number of sequences of values, if it has to be evaluated for each.
    """
    combinations = 1
    for slot in check.slots:
        size = _size(items[slot.steps[0]], slot.steps[1:])
        if not size:
            return False
        combinations *= size
    return check.rule.is_compact or combinations <= most


def _size(item: Any, steps: tuple[int, ...]) -> int:
    """Returns the number of outcomes of a decision, 0 if they are not independent."""
    if isinstance(item, IntDecision):
        is_uniform = item.scale in (None, "linear")
        return item.count if is_uniform and item.count <= MAX_OUTCOMES else 0
    if isinstance(item, MultiChoiceDecision):
        if item.is_distinct or item.is_sorted:
            return 0
    elif not isinstance(item, ChoiceDecision):
        return 0
    if item.size > MAX_OUTCOMES:
        return 0
    if len(steps) == 1:
        return item.size
    assert item.branches is not None
    branch = item.branches[steps[1]]
    return _size(branch.items[steps[2]], steps[3:])


class _Step:
    """A decision on the way through a space.

    Attributes:
      item: Which decision of the space its numbers belong to.
      outcomes: The numbers to draw among; None if something else draws them.
      draw: A function that draws them in that case.
      nexts: The step that follows, for each outcome.
      feeds: The rules affected: tuples of the rule, the slot and values by outcome.
    """

    __slots__ = ("draw", "feeds", "item", "nexts", "outcomes")

    def __init__(
        self,
        item: int,
        nexts: Sequence[int],
        outcomes: Sequence[Any] | None = None,
        draw: Draw | None = None,
        feeds: Sequence[tuple[int, int, Sequence[Any]]] = (),
    ):
        self.item = item
        self.nexts = nexts
        self.outcomes = outcomes
        self.draw = draw
        self.feeds = feeds


class _Node:
    """A step in a state: the numbers drawn there, and their probabilities.

    Attributes:
      item: Which decision of the space its numbers belong to.
      draw: A function that draws numbers; None if one of `numbers` is drawn.
      numbers: The numbers to draw among.
      limits: Where the share of each number ends, from 0 to 1.
      nexts: The node that follows, for each number; None at the end.
    """

    __slots__ = ("draw", "item", "limits", "nexts", "numbers")

    item: int
    draw: Draw | None
    numbers: list[Any]
    limits: list[float]
    nexts: "list[_Node | None]"


class Automaton:
    """Draws decisions that meet constraints.

    Args:
      checks: The constraints.
      items: The decisions of the space.
      own: Which of them to draw, in order.
      draws: Functions that draw those that no constraint refers to.

    Raises:
      TooLargeError: if there are more combinations than can be counted.
    """

    def __init__(
        self,
        checks: Sequence[DecisionCheck],
        items: Sequence[Decision],
        own: Sequence[int],
        draws: Sequence[Draw],
    ):
        self._rules = [check.rule for check in checks]
        self._constraints = [check.constraint for check in checks]
        self._draws = draws
        # Rules that a decision affects, and values, by the way to it.
        self._feeds: dict[tuple[int, ...], list[tuple[int, int, Any]]] = {}
        self._ways: set[tuple[int, ...]] = set()
        for r, check in enumerate(checks):
            for i, (slot, table) in enumerate(
                zip(check.slots, check.tables, strict=True)
            ):
                self._feeds.setdefault(slot.steps, []).append((r, i, table))
                for end in range(1, len(slot.steps) + 1):
                    self._ways.add(slot.steps[:end])
        # From the end to the start, so that every step comes after its successors.
        self._steps: list[_Step | None] = [None]
        start = 0
        for k in reversed(own):
            start = self._add_item(items[k], k, (k,), start)
        self._start = start
        #: Number of outcomes that each constraint excluded.
        self.num_dead: Counter[Constraint] = Counter()
        self._root = self._count()

    @property
    def is_feasible(self) -> bool:
        """Whether any numbers meet the constraints."""
        return self._root is not None

    def sample(self, rng: Any, parts: list[list[Any]]) -> None:
        """Appends the numbers of each decision to its part.

        Args:
          rng: A random number generator.
          parts: Lists of numbers, one for each decision of the space.
        """
        node = self._root
        random = rng.random
        while node is not None:
            if node.draw is not None:
                node.draw(rng, parts[node.item])
                node = node.nexts[0]
            else:
                i = bisect.bisect_right(node.limits, random())
                parts[node.item].append(node.numbers[i])
                node = node.nexts[i]

    # ---- Steps ---------------------------------------------------------------

    def _add(self, step: _Step) -> int:
        self._steps.append(step)
        return len(self._steps) - 1

    def _add_item(self, item: Any, k: int, way: tuple[int, ...], after: int) -> int:
        """Adds the steps of a decision; returns the first.

        Args:
          item: The decision.
          k: Which decision of the space it belongs to.
          way: The way to it, up to its index.
          after: The step that follows.
        """
        if way not in self._ways:
            draw = self._draws[k] if len(way) == 1 else item.sample
            return self._add(_Step(k, [after], draw=draw))
        if isinstance(item, IntDecision):
            values = range(item.low, item.high + 1, item.step)
            return self._add_choice(k, (*way, 0), values, [after] * len(values))
        count = item.count if isinstance(item, MultiChoiceDecision) else 1
        for choice in reversed(range(count)):
            own = (*way, choice)
            nexts = [after] * item.size
            for i, branch in enumerate(item.branches or ()):
                nexts[i] = self._add_branch(branch, k, (*own, i), after)
            after = self._add_choice(k, own, range(item.size), nexts)
        return after

    def _add_branch(self, branch: Any, k: int, way: tuple[int, ...], after: int) -> int:
        if way not in self._ways:
            if not branch.items:
                return after
            return self._add(_Step(k, [after], draw=branch.sample_into))
        for i in reversed(range(len(branch.items))):
            after = self._add_item(branch.items[i], k, (*way, i), after)
        return after

    def _add_choice(
        self, k: int, way: tuple[int, ...], outcomes: Sequence[Any], nexts: list[int]
    ) -> int:
        feeds = [
            (r, i, outcomes if table is None else table)
            for r, i, table in self._feeds.get(way, ())
        ]
        return self._add(_Step(k, nexts, outcomes, feeds=feeds))

    # ---- Counting ------------------------------------------------------------

    def _count(self) -> _Node | None:
        """Returns the node to start from, None if there are no feasible numbers."""
        active_rules = self._active_rules()
        reached = self._reach(active_rules)
        # For each step and state: its node, and the logarithm of its chances.
        end: tuple[_Node | None, float] = (None, 0.0)
        done: list[dict[Any, tuple[_Node | None, float]]] = [{(): end}]
        for j in range(1, len(self._steps)):
            step = self._steps[j]
            assert step is not None
            done.append(
                {
                    state: _node(step, successors, done)
                    for state, successors in reached[j].items()
                }
            )
        node, chances = done[self._start][()]
        return node if chances > -math.inf else None

    def _active_rules(self) -> list[tuple[int, ...]]:
        """Returns the rules that are active before each step."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for j, step in enumerate(self._steps):
            for r, _, _ in step.feeds if step is not None else ():
                last.setdefault(r, j)
                first[r] = j
        active_rules: list[list[int]] = [[] for _ in self._steps]
        for r in sorted(first):
            for j in range(last[r], first[r]):
                active_rules[j].append(r)
        return [tuple(active) for active in active_rules]

    def _reach(
        self, active_rules: list[tuple[int, ...]]
    ) -> list[dict[Any, list[tuple[int, int, Any]]]]:
        """Walks through all states.

        Returns:
          For each step and state: the outcomes that are not ruled out at once, each
          with the step and state that follow.
        """
        reached: list[dict[Any, Any]] = [{} for _ in self._steps]
        reached[self._start][()] = None
        num_transitions = 0
        for j in range(len(self._steps) - 1, 0, -1):
            step = self._steps[j]
            assert step is not None
            num_transitions += len(reached[j]) * len(step.nexts)
            if num_transitions > MAX_TRANSITIONS:
                raise TooLargeError
            for state in reached[j]:
                states = dict(zip(active_rules[j], state, strict=True))
                successors = []
                for o, following in enumerate(step.nexts):
                    new = self._transit(step, o, states, active_rules[following])
                    if new is not None:
                        successors.append((o, following, new))
                        reached[following].setdefault(new, None)
                reached[j][state] = successors
        return reached

    def _transit(
        self, step: _Step, o: int, states: dict[int, Any], active: tuple[int, ...]
    ) -> tuple[Any, ...] | None:
        """Returns the states after an outcome, None if it is ruled out."""
        rules = self._rules
        if step.feeds:
            states = dict(states)
        for r, i, values in step.feeds:
            state = rules[r].step(states.get(r, rules[r].start), i, values[o])
            if state is DEAD:
                self.num_dead[self._constraints[r]] += 1
                return None
            states[r] = state
        for r, state in states.items():
            if r not in active and not rules[r].accepts(state):
                self.num_dead[self._constraints[r]] += 1
                return None
        return tuple([states.get(r, rules[r].start) for r in active])


def _node(
    step: _Step,
    successors: Sequence[tuple[int, int, Any]],
    done: Sequence[dict[Any, tuple[_Node | None, float]]],
) -> tuple[_Node | None, float]:
    """Returns the node of a step in a state, and the logarithm of its chances."""
    found = [(o, *done[following][state]) for o, following, state in successors]
    found = [x for x in found if x[2] > -math.inf]
    if not found:
        return None, -math.inf
    node = _Node()
    node.item = step.item
    node.draw = step.draw
    node.nexts = [x[1] for x in found]
    if step.outcomes is None:
        return node, found[0][2]
    node.numbers = [step.outcomes[x[0]] for x in found]
    greatest = max(x[2] for x in found)
    weights = list(itertools.accumulate([math.exp(x[2] - greatest) for x in found]))
    node.limits = [weight / weights[-1] for weight in weights]
    node.limits[-1] = 1.0
    return node, greatest + math.log(weights[-1] / len(step.outcomes))
