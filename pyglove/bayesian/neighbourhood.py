"""Neighbourhood: rows near other rows, as candidates for the next evaluation."""

from typing import Any

import numpy as np

from pyglove.bayesian.row_encoding import INACTIVE, Floats, Ints, RowEncoding

#: Neighbours of a row that are looked at, at most, of choices and of what else there
#: is. From more they are drawn at random.
MAX_NEIGHBOURS = 160
#: Number of neighbours of an int or float.
NUM_STEPS = 6
#: Standard deviations of steps along a range are drawn between these, on a log scale.
STEP_RANGE = (0.003, 0.5)


class Neighbourhood:
    """Random rows, mutations and neighbours of rows.

    Args:
      encoding: The slots of the space.
      rng: Source of randomness.
      python_rng: Source for custom decisions, of which functions of the user make
        random values.
    """

    def __init__(
        self, encoding: RowEncoding, rng: np.random.Generator, python_rng: Any
    ):
        self._encoding = encoding
        self._rng = rng
        self._python_rng = python_rng
        self._grouped = {i for group in encoding.groups for i in group.slots}
        self._single = np.array(
            [i for i in range(len(encoding)) if i not in self._grouped], np.int64
        )
        self._table = self._neighbour_table()

    def random(self, count: int) -> Floats:
        """Returns random rows.

        Args:
          count: Number of them.
        """
        return self._encoding.canonicalize(self.uniform_rows(count))

    def uniform_rows(self, count: int) -> Floats:
        """Returns random rows with values in inactive slots, too.

        Args:
          count: Number of them.
        """
        units = self._rng.random((count, len(self._encoding)))
        return self._encoding.uniform_rows(units, self._python_rng)

    # ---- Mutations ------------------------------------------------------------

    def mutate(self, parents: Floats, count: int, changes: float = 2.0) -> Floats:
        """Returns mutations of random parents.

        Args:
          parents: [parents, slots] The rows to start from.
          count: Number of mutations.
          changes: Average number of decisions of a row that change.
        """
        rng, encoding = self._rng, self._encoding
        parents = parents[rng.integers(len(parents), size=count)]
        fresh = self.uniform_rows(count)
        # Decisions that a mutation opens are made at random.
        rows = np.where(parents == INACTIVE, fresh, parents)
        num_active = np.maximum((parents != INACTIVE).sum(axis=1, keepdims=True), 1)
        chance = np.minimum(changes / num_active, 0.5)
        is_changed = rng.random(rows.shape) < chance
        # At least one decision changes.
        is_changed[np.arange(count), self._random_slots(parents)] = True
        single = self._single
        stepped = self._step(single, rows[:, single], fresh[:, single])
        rows[:, single] = np.where(is_changed[:, single], stepped, rows[:, single])
        for group in encoding.groups:
            at = np.flatnonzero(is_changed[:, group.slots].any(axis=1))
            if len(at):
                slots = np.array(group.slots)
                rows[np.ix_(at, slots)] = self._regroup(
                    rows[np.ix_(at, slots)], group.size, group.is_distinct
                )
        return encoding.canonicalize(rows)

    def _random_slots(self, rows: Floats) -> Ints:
        """Returns a random active slot of each row."""
        keys = np.where(rows == INACTIVE, -1.0, self._rng.random(rows.shape))
        slots: Ints = keys.argmax(axis=1)
        return slots

    def _step(self, slots: Ints, values: Floats, fresh: Floats) -> Floats:
        """Returns other values.

        Args:
          slots: [slots] The slots.
          values: [rows, slots] The present values.
          fresh: [rows, slots] Random values.
        """
        rng, encoding = self._rng, self._encoding
        sizes = encoding.sizes[slots]
        is_choice, is_custom = encoding.is_choice[slots], encoding.is_custom[slots]
        out = fresh
        if is_choice.any():
            # Any candidate but the present one.
            shift = 1.0 + np.floor(rng.random(values.shape) * (sizes - 1))
            shifted = np.mod(values + shift, np.maximum(sizes, 1))
            out = np.where(is_choice, shifted, out)
        is_number = ~is_choice & ~is_custom
        if is_number.any():
            low, high = np.log(STEP_RANGE)
            scale = np.exp(rng.uniform(low, high, values.shape))
            # Ints have to get to a neighbour at least.
            scale = np.maximum(
                scale, np.where(sizes > 0, 2.0 / np.maximum(sizes, 1), 0)
            )
            moved = reflect(values + scale * rng.standard_normal(values.shape))
            out = np.where(is_number, moved, out)
        return out

    def _regroup(self, chosen: Floats, size: int, is_distinct: bool) -> Floats:
        """Returns multiple choices in which one is redrawn, or two are exchanged."""
        rng = self._rng
        count = chosen.shape[1]
        each = np.arange(len(chosen))
        at = rng.integers(count, size=len(chosen))
        if not is_distinct:
            chosen[each, at] = rng.integers(size, size=len(chosen))
            return chosen
        other = rng.integers(size, size=len(chosen))
        for row, i, value in zip(chosen, at.tolist(), other.tolist(), strict=True):
            held = np.flatnonzero(row == value)
            if len(held):
                row[held[0]] = row[i]
            row[i] = value
            # Part of a permutation may turn around, as tours want it.
            if count > 3 and rng.random() < 0.5:
                low, high = np.sort(rng.integers(count + 1, size=2))
                row[low:high] = row[low:high][::-1].copy()
        return chosen

    # ---- Neighbours -----------------------------------------------------------

    def _neighbour_table(self) -> tuple[Ints, Floats]:
        """Returns the slots and values of all single changes of choices."""
        slots: list[int] = []
        values: list[float] = []
        for i in self._single:
            slot = self._encoding.slots[i]
            if slot.is_choice:
                slots.extend([int(i)] * slot.size)
                values.extend(float(v) for v in range(slot.size))
        return np.array(slots, np.int64), np.array(values)

    def neighbours(self, rows: Floats, limit: int = MAX_NEIGHBOURS) -> Floats:
        """Returns rows that differ in one decision from given ones.

        All of them where there are few, some at random where there are many.

        Args:
          rows: [rows, slots] The rows.
          limit: Maximum number for each row and kind of decision.
        """
        encoding, rng = self._encoding, self._rng
        parts = []
        slots, values = self._table
        for row in rows:
            filled = row
            if encoding.is_conditional:
                filled = np.where(row == INACTIVE, self.uniform_rows(1)[0], row)
            if len(slots):
                keep = row[slots] != values
                if encoding.is_conditional:
                    keep &= row[slots] != INACTIVE
                at = np.flatnonzero(keep)
                if len(at) > limit:
                    at = np.sort(rng.choice(at, limit, replace=False))
                block = np.repeat(filled[None], len(at), axis=0)
                block[np.arange(len(at)), slots[at]] = values[at]
                parts.append(block)
            parts.extend(self._steps(row, filled, limit))
        if not parts:
            return np.empty((0, len(encoding)))
        return encoding.canonicalize(np.concatenate(parts))

    def _steps(self, row: Floats, filled: Floats, limit: int) -> list[Floats]:
        """Returns changes of one number, or of one group, at a time."""
        encoding, rng = self._encoding, self._rng
        numeric = [
            i
            for i in self._single.tolist()
            if not encoding.slots[i].is_choice and row[i] != INACTIVE
        ]
        budget = max(limit // NUM_STEPS, 1)
        if len(numeric) > budget:
            numeric = sorted(rng.choice(numeric, budget, replace=False).tolist())
        parts = []
        for i in numeric:
            block = np.repeat(filled[None], NUM_STEPS, axis=0)
            slots = np.array([i])
            fresh = self.uniform_rows(NUM_STEPS)[:, slots]
            block[:, slots] = self._step(slots, block[:, slots], fresh)
            parts.append(block)
        for group in encoding.groups:
            if row[group.slots[0]] == INACTIVE:
                continue
            count = min(max(limit // 4, 1), len(group.slots) * group.size)
            block = np.repeat(filled[None], count, axis=0)
            block[:, group.slots] = self._regroup(
                block[:, group.slots], group.size, group.is_distinct
            )
            parts.append(block)
        return parts


def reflect(units: Floats) -> Floats:
    """Returns numbers reflected at 0 and 1 into this range.

    Args:
      units: Any numbers.

    Example:
      >>> import numpy as np
      >>> from pyglove.bayesian.neighbourhood import reflect
      >>> reflect(np.array([-0.25, 0.5, 1.25])).tolist()
      [0.25, 0.5, 0.75]
    """
    folded: Floats = np.abs(units) % 2.0
    return np.minimum(folded, 2.0 - folded)
