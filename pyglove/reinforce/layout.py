"""Layout: what a space looks like to a policy, and what is decided as arrays.

A policy decides slot by slot. There is a slot for each decision that may come up, so
that arrays have the same shape for all DNA of a space; a slot whose decision no choice
has opened is inactive. Slots are in the order of the numbers of a DNA, so that the
numbers are what the active slots hold.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyglove import utils
from pyglove.geno.internal import (
    ChoiceDecision,
    Decision,
    Decisions,
    FloatDecision,
    IntDecision,
    MultiChoiceDecision,
    Numbers,
    from_unit,
    to_unit,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Numbers at the very ends of their range are moved in by this much, as their logarithms
# are needed.
_MARGIN = 1e-12
# Stands for the logarithm of odds that are infinite.
EDGE = 1e4


class Slot(NamedTuple):
    """A single decision.

    Attributes:
      decision: What is decided: a choice, a multiple choice of which this is one, a
        float or an int.
      position: Which of the choices of a multiple choice it is; 0 for others.
      parent: The slot of the choice that opens it; -1 if it is always active.
      candidate: The candidate there that opens it.
      column: Where numbers are in arrays that hold numbers only; -1 for choices.
    """

    decision: Decision
    position: int
    parent: int
    candidate: int
    column: int


class Batch(NamedTuple):
    """What several DNA decide, as arrays with a row for each.

    Attributes:
      active: [rows, slots] Which slots are active.
      choices: [rows, slots] The candidates that are chosen; 0 in other slots.
      units: [rows, columns] Where numbers are in their range on their scale, from 0 to
        1; for an int that is the middle of the part that it owns.
      lows: [rows, columns] The logarithm of odds (logit) of where the part of an int
        begins; that of a float is a point.
      highs: [rows, columns] The same for its end.
    """

    active: Bools
    choices: Ints
    units: Floats
    lows: Floats
    highs: Floats

    def rows(self, index: Any) -> "Batch":
        """Returns a batch of some of the rows.

        Args:
          index: What arrays are indexed by.
        """
        return Batch(
            self.active[index],
            self.choices[index],
            self.units[index],
            self.lows[index],
            self.highs[index],
        )


class Layout:
    """The slots of a space.

    Args:
      decisions: The compiled decisions of the space.

    Attributes:
      slots: The slots.
      num_slots: How many there are.
      num_columns: How many of them hold numbers.
    """

    def __init__(self, decisions: Decisions):
        self.slots: list[Slot] = []
        self.num_columns = 0
        self._is_flat = decisions.sizes is not None
        self._positions: dict[int, list[int]] = {}
        self._add(decisions, -1, 0)
        self.num_slots = len(self.slots)

    def _add(self, decisions: Decisions, parent: int, candidate: int) -> None:
        for item in decisions.items:
            if isinstance(item, ChoiceDecision):
                self._add_choice(item, 0, parent, candidate)
            elif isinstance(item, MultiChoiceDecision):
                own = self._positions[len(self.slots)] = []
                for position in range(item.count):
                    own.append(len(self.slots))
                    self._add_choice(item, position, parent, candidate)
            elif isinstance(item, (FloatDecision, IntDecision)):
                self.slots.append(Slot(item, 0, parent, candidate, self.num_columns))
                self.num_columns += 1
            else:
                raise utils.PyGloveValueError(
                    "Expected choices, floats and ints, got a decision of another kind."
                )

    def _add_choice(
        self,
        item: ChoiceDecision | MultiChoiceDecision,
        position: int,
        parent: int,
        candidate: int,
    ) -> None:
        index = len(self.slots)
        self.slots.append(Slot(item, position, parent, candidate, -1))
        for i, branch in enumerate(item.branches or ()):
            self._add(branch, index, i)

    def positions(self, slot: int) -> list[int]:
        """Returns the slots of a multiple choice.

        Args:
          slot: The slot of its first choice.
        """
        return self._positions[slot]

    def activate(self, slot: int, active: Bools, choices: Ints) -> Bools:
        """Returns in which rows a slot is active.

        Args:
          slot: The slot.
          active: [rows, slots] Which of the slots before are active.
          choices: [rows, slots] What is chosen there.
        """
        _, _, parent, candidate, _ = self.slots[slot]
        if parent < 0:
            return np.ones(len(active), np.bool_)
        found: Bools = active[:, parent] & (choices[:, parent] == candidate)
        return found

    def decode(self, choices: Ints, units: Floats) -> list[Numbers]:
        """Returns the numbers of what is decided.

        Args:
          choices: [rows, slots] The candidates that are chosen, also in slots that are
            not active.
          units: [rows, columns] Where numbers are in their range.
        """
        if self._is_flat:
            return [tuple(row) for row in choices.tolist()]
        return [
            tuple(self._decode_row(row, places))
            for row, places in zip(choices.tolist(), units.tolist(), strict=True)
        ]

    def _decode_row(self, choices: list[int], units: list[float]) -> Iterator[Any]:
        # Holds -1, which no candidate opens anything at, where a slot is not active.
        chosen: list[int] = []
        for (decision, _, parent, candidate, column), choice in zip(
            self.slots, choices, strict=True
        ):
            if parent >= 0 and chosen[parent] != candidate:
                chosen.append(-1)
                continue
            chosen.append(choice)
            if column < 0:
                yield choice
            elif isinstance(decision, IntDecision):
                yield decision.at_unit(units[column])
            else:
                assert isinstance(decision, FloatDecision)
                low, high, scale = decision.low, decision.high, decision.scale
                yield from_unit(units[column], low, high, scale)

    def encode(self, rows: Sequence[Numbers]) -> Batch:
        """Returns what is decided by numbers.

        Args:
          rows: The numbers of each DNA, which fit the space.
        """
        shape = (len(rows), self.num_slots)
        numeric = (len(rows), self.num_columns)
        if self._is_flat:
            empty = np.zeros(numeric)
            choices = np.array(rows, np.int64).reshape(shape)
            return Batch(np.ones(shape, np.bool_), choices, empty, empty, empty)
        active = np.zeros(shape, np.bool_)
        choices = np.zeros(shape, np.int64)
        units, lows, highs = (np.full(numeric, v) for v in (0.5, 0.0, 0.0))
        for i, numbers in enumerate(rows):
            for slot, number in self._assign(numbers):
                active[i, slot] = True
                column = self.slots[slot].column
                if column < 0:
                    choices[i, slot] = number
                else:
                    place = _place(self.slots[slot].decision, number)
                    units[i, column], lows[i, column], highs[i, column] = place
        return Batch(active, choices, units, lows, highs)

    def _assign(self, numbers: Numbers) -> Iterator[tuple[int, Any]]:
        """Iterates over active slots and their numbers."""
        chosen: list[Any] = []
        values = iter(numbers)
        for i, (_, _, parent, candidate, column) in enumerate(self.slots):
            if parent >= 0 and chosen[parent] != candidate:
                chosen.append(-1)
                continue
            number = next(values)
            chosen.append(number if column < 0 else -1)
            yield i, number


def _place(decision: Decision, number: Any) -> tuple[float, float, float]:
    """Returns the unit of a number, and the logits of where its part lies."""
    if isinstance(decision, FloatDecision):
        unit = to_unit(number, decision.low, decision.high, decision.scale)
        logit = _logit(unit)
        return unit, logit, logit
    assert isinstance(decision, IntDecision)
    index = (number - decision.low) // decision.step
    low = -EDGE if index == 0 else _logit(_boundary(decision, index))
    high = (
        _logit(_boundary(decision, index + 1)) if index + 1 < decision.count else EDGE
    )
    return decision.to_unit(number), low, high


def _boundary(decision: IntDecision, index: int) -> float:
    """Returns where on the scale the part of an int begins."""
    low, step = decision.low, decision.step
    end = low + decision.count * step
    if decision.scale == "rlog":
        # The parts are those of 'log', mirrored.
        return 1.0 - to_unit(end - index * step, low, end, "log")
    return to_unit(low + index * step, low, end, decision.scale)


def _logit(unit: float) -> float:
    unit = min(max(unit, _MARGIN), 1.0 - _MARGIN)
    return math.log(unit) - math.log1p(-unit)
