"""Row encoding: DNA as rows of equal length, with a column for each decision.

A space has *slots*: one for each decision that may be active, in the order of the
space; the decisions of a candidate follow the choice. A row has a number for each slot:
the index of the chosen candidate, the position of a float or int in its range (0 to 1
on its scale), or `INACTIVE` for a decision that is inactive. Models and vectorized
search operate on arrays of rows; conditional spaces are no special case.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from pyglove.geno import DNASpec
from pyglove.geno.internal import (
    FloatDecision,
    IntDecision,
    MultiChoiceDecision,
    Numbers,
    Slot,
    SlotTable,
    effective_spec,
    from_unit,
    to_unit,
)

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

#: Value of inactive slots in rows.
INACTIVE = -1.0


class Group(NamedTuple):
    """The slots of a multiple choice.

    Attributes:
      slots: The slots, in order.
      size: Number of candidates.
      is_distinct: Whether a candidate may be chosen only once.
      is_sorted: Whether the indices do not decrease.
    """

    slots: list[int]
    size: int
    is_distinct: bool
    is_sorted: bool


# Larger sizes make no difference.
_MAX_SIZE = 2**62


class RowEncoding:
    """The slots of a space.

    Args:
      spec: The space.

    Attributes:
      slots: The slots.
      groups: The multiple choices.
      sizes: [slots] Number of candidates or values (at most 2**62); 0 for floats and
        custom decisions.
      is_choice: [slots] Which hold the index of a candidate.
      is_custom: [slots] Which are made by a function of the user.
      is_optional: [slots] Which may be inactive.
      is_conditional: Whether there are such slots.
      is_flat: Whether rows are indices of candidates throughout, always active.
    """

    def __init__(self, spec: DNASpec):
        spec = effective_spec(spec)
        self._table = SlotTable(spec.decisions, spec)
        self.slots = self._table.slots
        self.groups = [_group(self.slots, own) for own in self._table.groups]
        self._texts: dict[int, str] = {}
        self.sizes: Ints = np.array(
            [min(slot.size, _MAX_SIZE) for slot in self.slots], np.int64
        )
        parents = np.array([slot.parent for slot in self.slots], np.int64)
        self.is_optional: Bools = parents >= 0
        self.is_conditional = bool(self.is_optional.any())
        self.is_flat = self._table.is_flat
        # Slots that are opened, by how deep they are, so that parents come first.
        self._levels: list[Ints] = []
        depth = np.zeros(len(self.slots), np.int64)
        for i, slot in enumerate(self.slots):
            if slot.parent >= 0:
                depth[i] = depth[slot.parent] + 1
        for level in range(1, int(depth.max(initial=0)) + 1):
            self._levels.append(np.flatnonzero(depth == level))
        self._parents = parents
        self._candidates: Floats = np.array(
            [float(slot.candidate) for slot in self.slots]
        )
        self.is_choice: Bools = np.array([s.is_choice for s in self.slots], np.bool_)
        self.is_custom: Bools = np.array([s.is_custom for s in self.slots], np.bool_)

    def __len__(self) -> int:
        return len(self.slots)

    # ---- Rows of numbers ------------------------------------------------------

    def encode(self, numbers: Numbers) -> Floats:
        """Returns the row of a DNA.

        Args:
          numbers: The numbers of the DNA, which fit the space.
        """
        if self.is_flat:
            return np.array(numbers, np.float64)
        row = np.full(len(self.slots), INACTIVE)
        for i, value in self._table.active(numbers):
            row[i] = self._place(self.slots[i], value)
        return row

    def _place(self, slot: Slot, value: Any) -> float:
        decision = slot.decision
        if isinstance(decision, FloatDecision):
            return to_unit(value, decision.low, decision.high, decision.scale)
        if isinstance(decision, IntDecision):
            if decision.is_wide:
                return decision.to_unit(value)
            index = (value - decision.low) // decision.step
            return float(decision.unit_at(np.array([index + 0.5]), np.log)[0])
        if slot.is_custom:
            return float(self._text_id(value))
        return float(value)

    def _text_id(self, text: str) -> int:
        # The same in all processes.
        index = zlib.crc32(text.encode())
        self._texts[index] = text
        return index

    def decode(self, row: Floats) -> Numbers:
        """Returns the numbers of a row.

        Args:
          row: [slots] A row, as `canonicalize` makes it.
        """
        if self.is_flat:
            return tuple(row.astype(np.int64).tolist())
        return tuple(self._decode(row.tolist()))

    def _decode(self, row: list[float]) -> Iterator[Any]:
        for slot, value in zip(self.slots, row, strict=True):
            if value == INACTIVE:
                continue
            decision = slot.decision
            if isinstance(decision, FloatDecision):
                yield from_unit(value, decision.low, decision.high, decision.scale)
            elif isinstance(decision, IntDecision):
                yield decision.at_unit(value)
            elif slot.is_custom:
                yield self._texts[int(value)]
            else:
                yield int(value)

    # ---- Rows of units --------------------------------------------------------

    def from_units(self, units: Floats, rng: Any = None) -> Floats:
        """Returns rows that are decided by numbers from 0 to 1.

        Uniform units make uniform choices, and numbers that are uniform on their scale.

        Args:
          units: [rows, slots] The numbers, all less than 1.
          rng: A `random.Random` for custom decisions; None if the space has none.
        """
        return self.canonicalize(self.uniform_rows(units, rng))

    def uniform_rows(self, units: Floats, rng: Any = None) -> Floats:
        """Returns rows with a value for each slot, including inactive ones.

        Args:
          units: [rows, slots] Numbers from 0 to 1; see `from_units`.
          rng: A `random.Random` for custom decisions; None if the space has none.
        """
        rows = np.where(self.is_choice, np.floor(units * self.sizes), units)
        for group in self.groups:
            if group.is_distinct:
                rows[:, group.slots] = _distinct(units[:, group.slots], group.size)
        for i in np.flatnonzero(self.is_custom).tolist():
            for row in rows:
                row[i] = self._draw_custom(i, rng)
        return rows

    def _draw_custom(self, slot: int, rng: Any) -> float:
        out: list[Any] = []
        self.slots[slot].decision.sample(rng, out)
        return float(self._text_id(out[0]))

    def canonicalize(self, rows: Floats) -> Floats:
        """Returns rows in the one form that equal decisions have.

        Ints are put into the middle of their parts, choices that have to be sorted are,
        and decisions that are inactive are marked as such.

        Args:
          rows: [rows, slots] Rows with a number for each slot.
        """
        rows = rows.copy()
        for i, slot in enumerate(self.slots):
            if isinstance(slot.decision, IntDecision):
                rows[:, i] = _snap(slot.decision, rows[:, i])
        for group in self.groups:
            if group.is_sorted:
                rows[:, group.slots] = np.sort(rows[:, group.slots], axis=1)
        for level in self._levels:
            is_open = rows[:, self._parents[level]] == self._candidates[level]
            rows[:, level] = np.where(is_open, rows[:, level], INACTIVE)
        return rows

    def codes(self, rows: Floats) -> Ints:
        """Returns a number for each row that tells it from all others.

        Args:
          rows: [rows, slots] Rows, as `canonicalize` makes them.
        """
        bits = (rows + 0.0).view(np.uint64)
        bits = (bits ^ (bits >> np.uint64(32))) * _MIX
        bits = (bits ^ (bits >> np.uint64(29))) * self._multipliers()
        mixed: Ints = bits.sum(axis=1, dtype=np.uint64).view(np.int64)
        return mixed

    def _multipliers(self) -> npt.NDArray[np.uint64]:
        count = np.arange(1, len(self.slots) + 1, dtype=np.uint64)
        return (count * _GOLDEN ^ (count << np.uint64(41))) | np.uint64(1)


_MIX = np.uint64(0xBF58476D1CE4E5B9)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _distinct(units: Floats, size: int) -> Floats:
    """Returns distinct indices below `size`, decided by units.

    The first unit chooses among all candidates, the next one among those that are left,
    and so on.
    """
    rows, count = units.shape
    left = np.tile(np.arange(size), (rows, 1))
    out = np.empty((rows, count))
    each = np.arange(rows)
    for i in range(count):
        at = np.floor(units[:, i] * (size - i)).astype(np.int64)
        out[:, i] = left[each, at]
        # The last one that is left takes the place of the one that is chosen.
        left[each, at] = left[:, size - i - 1]
    return out


def _snap(decision: IntDecision, units: Floats) -> Floats:
    """Returns the middle of the part of each unit."""
    if decision.is_wide:
        snapped = [
            u if u == INACTIVE else decision.to_unit(decision.at_unit(u))
            for u in units.ravel().tolist()
        ]
        return np.array(snapped, np.float64).reshape(units.shape)
    index = decision.index_at(np.clip(units, 0.0, 1.0), np.floor)
    index = np.clip(index, 0, decision.count - 1)
    middle: Floats = decision.unit_at(index + 0.5, np.log)
    return np.where(units == INACTIVE, INACTIVE, middle)


def _group(slots: list[Slot], own: list[int]) -> Group:
    decision = slots[own[0]].decision
    assert isinstance(decision, MultiChoiceDecision)
    return Group(own, decision.size, decision.is_distinct, decision.is_sorted)


def stack(rows: Sequence[Floats], width: int) -> Floats:
    """Returns an array of rows.

    Args:
      rows: The rows, possibly none.
      width: Number of slots.
    """
    return np.array(rows, np.float64).reshape(len(rows), width)
