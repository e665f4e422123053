"""Encoding: spaces and decisions as arrays for policies.

A policy decides slot by slot. There is a slot for each decision that may be active, so
that arrays have the same shape for all DNA of a space; a slot whose decision no choice
has opened is inactive. Slots are in the order of the numbers of a DNA, so that the
numbers are the values of the active slots.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyglove import utils
from pyglove.geno.internal import (
    Decision,
    Decisions,
    FloatDecision,
    IntDecision,
    Numbers,
    SlotTable,
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


class Batch(NamedTuple):
    """The decisions of several DNA, as arrays with a row for each.

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
          index: An index into the first dimension of the arrays.
        """
        return Batch(
            self.active[index],
            self.choices[index],
            self.units[index],
            self.lows[index],
            self.highs[index],
        )


class Encoding:
    """The slots of a space.

    Args:
      decisions: The compiled decisions of the space.

    Attributes:
      slots: The slots.
      num_slots: Number of slots.
      columns: [slots] Where numbers are in arrays that hold numbers only; -1 for
        choices.
      num_columns: Number of slots that hold numbers.
      groups: The slots of each multiple choice, by the first one.
    """

    def __init__(self, decisions: Decisions):
        self._table = SlotTable(decisions)
        self.slots = self._table.slots
        self.num_slots = len(self.slots)
        if any(slot.is_custom for slot in self.slots):
            raise utils.PyGloveValueError(
                "Expected choices, floats and ints, got a decision of another kind."
            )
        self.columns: list[int] = []
        self.num_columns = 0
        for slot in self.slots:
            self.columns.append(-1 if slot.is_choice else self.num_columns)
            self.num_columns += not slot.is_choice
        self.groups = {group[0]: group for group in self._table.groups}

    def activate(self, slot: int, active: Bools, choices: Ints) -> Bools:
        """Returns in which rows a slot is active.

        Args:
          slot: The slot.
          active: [rows, slots] Which of the slots before are active.
          choices: [rows, slots] The candidates that are chosen there.
        """
        _, _, parent, candidate, _ = self.slots[slot]
        if parent < 0:
            return np.ones(len(active), np.bool_)
        found: Bools = active[:, parent] & (choices[:, parent] == candidate)
        return found

    def decode(self, choices: Ints, units: Floats) -> list[Numbers]:
        """Returns the numbers of decisions.

        Args:
          choices: [rows, slots] The candidates that are chosen, also in slots that are
            not active.
          units: [rows, columns] Where numbers are in their range.
        """
        if self._table.is_flat:
            return [tuple(row) for row in choices.tolist()]
        return [
            tuple(self._decode_row(row, places))
            for row, places in zip(choices.tolist(), units.tolist(), strict=True)
        ]

    def _decode_row(self, choices: list[int], units: list[float]) -> Iterator[Any]:
        # Holds -1, which no candidate opens anything at, where a slot is not active.
        chosen: list[int] = []
        for (decision, _, parent, candidate, _), column, choice in zip(
            self.slots, self.columns, choices, strict=True
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
        """Returns the decisions of numbers.

        Args:
          rows: The numbers of each DNA, which fit the space.
        """
        shape = (len(rows), self.num_slots)
        numeric = (len(rows), self.num_columns)
        if self._table.is_flat:
            empty = np.zeros(numeric)
            choices = np.array(rows, np.int64).reshape(shape)
            return Batch(np.ones(shape, np.bool_), choices, empty, empty, empty)
        active = np.zeros(shape, np.bool_)
        choices = np.zeros(shape, np.int64)
        units, lows, highs = (np.full(numeric, v) for v in (0.5, 0.0, 0.0))
        for i, numbers in enumerate(rows):
            for slot, number in self._table.active(numbers):
                active[i, slot] = True
                column = self.columns[slot]
                if column < 0:
                    choices[i, slot] = number
                else:
                    place = _place(self.slots[slot].decision, number)
                    units[i, column], lows[i, column], highs[i, column] = place
        return Batch(active, choices, units, lows, highs)


def _place(decision: Decision, number: Any) -> tuple[float, float, float]:
    """Returns the unit of a number, and the logits of where its part lies."""
    if isinstance(decision, FloatDecision):
        unit = to_unit(number, decision.low, decision.high, decision.scale)
        logit = _logit(unit)
        return unit, logit, logit
    assert isinstance(decision, IntDecision)
    begin, end = decision.boundaries(number)
    low = -EDGE if number == decision.low else _logit(begin)
    high = EDGE if number == decision.high else _logit(end)
    return decision.to_unit(number), low, high


def _logit(unit: float) -> float:
    unit = min(max(unit, _MARGIN), 1.0 - _MARGIN)
    return math.log(unit) - math.log1p(-unit)
