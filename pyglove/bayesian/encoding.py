"""Encoding: how far rows are apart, decision by decision.

An encoding turns rows into features. The features come in *blocks*, and the squared
Euclidean distance within a block says how far two rows are apart in one respect, from 0
to 1: 1 where categories differ, the squared difference of numbers on their scale. A
kernel weighs the blocks. A decision that comes up in one of two rows only counts half;
one that comes up in neither does not count.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pyglove.bayesian.layout import INACTIVE, Floats, Ints, Layout, Slot

#: Choices among the same candidates, at least so many, also count how often each
#: candidate is chosen.
MIN_TALLIED = 3
#: With more blocks than this, decisions of a kind share a weight.
MAX_WEIGHTS = 32
# Two orthogonal vectors of this length are one apart.
_HALF = 1.0 / math.sqrt(2.0)


class Block(NamedTuple):
    """Columns of features that belong to one decision, or to several alike.

    Attributes:
      start: The first column.
      end: The column after the last one.
      kind: What blocks of a kind have in common.
    """

    start: int
    end: int
    kind: tuple[object, ...]


Fill = Callable[[Floats, Floats], None]


class Encoding:
    """Features of the rows of a space.

    Args:
      layout: The slots of the space.

    Attributes:
      width: Number of features.
      blocks: The blocks, in order.
      num_weights: Number of weights that a kernel has for the blocks.
    """

    def __init__(self, layout: Layout):
        self.width = 0
        self.blocks: list[Block] = []
        self._fills: list[tuple[int, int, Fill]] = []
        grouped = {i for group in layout.groups for i in group.slots}
        for i, slot in enumerate(layout.slots):
            if i not in grouped:
                self._add_slot(i, slot)
        for group in layout.groups:
            slot = layout.slots[group.slots[0]]
            if group.is_sorted:
                self._add_tally(group.slots, slot)
            else:
                for i in group.slots:
                    self._add_slot(i, layout.slots[i], ("place", group.size))
        for slots in _alike(layout, grouped):
            self._add_tally(slots, layout.slots[slots[0]])
        #: [blocks] Which weight each block has.
        self.weight_of: Ints = self._assign_weights()
        self.num_weights = int(self.weight_of.max(initial=-1)) + 1
        # [features] The weight that each feature has.
        self._feature_weight = np.repeat(
            self.weight_of, [block.end - block.start for block in self.blocks]
        )

    def __call__(self, rows: Floats) -> Floats:
        """Returns features.

        Args:
          rows: [rows, slots] Rows.

        Returns:
          [rows, features]
        """
        features = np.zeros((len(rows), self.width))
        for start, end, fill in self._fills:
            fill(rows, features[:, start:end])
        return features

    def scale(self, weights: Floats) -> Floats:
        """Returns factors of features, so that distances are weighed.

        Args:
          weights: [num_weights] The weight of squared distances.
        """
        roots: Floats = np.sqrt(weights)
        return roots[self._feature_weight]

    def squared_distances(self, features: Floats) -> Floats:
        """Returns squared distances of features from each other, by weight.

        Args:
          features: [rows, features]

        Returns:
          [num_weights, rows, rows]
        """
        out = np.zeros((self.num_weights, len(features), len(features)))
        for index in range(self.num_weights):
            columns = features[:, self._feature_weight == index]
            out[index] = squared_distances(columns, columns)
        return out

    # ---- Blocks ---------------------------------------------------------------

    def _add_block(self, width: int, kind: tuple[object, ...], fill: Fill) -> None:
        start = self.width
        self.width += width
        self.blocks.append(Block(start, self.width, kind))
        self._fills.append((start, self.width, fill))

    def _add_slot(
        self, index: int, slot: Slot, kind: tuple[object, ...] | None = None
    ) -> None:
        is_conditional = slot.parent >= 0
        if slot.is_custom:
            # Texts are told apart by hashed coordinates on a simplex.
            self._add_block(_TEXTS, ("text",), _text_fill(index))
            return
        coordinates = slot.coordinates if kind is None else None
        if not slot.is_choice:
            kind = kind or ("number", slot.size)
            width = 1 + is_conditional
            self._add_block(width, kind, _number_fill(index, is_conditional))
        elif coordinates is not None:
            table = np.array(coordinates)
            kind = ("ordinal", slot.literals)
            width = 1 + is_conditional
            self._add_block(width, kind, _ordinal_fill(index, table, is_conditional))
        else:
            kind = kind or ("category", slot.literals)
            self._add_block(slot.size, kind, _category_fill(index, slot.size))

    def _add_tally(self, slots: list[int], slot: Slot) -> None:
        kind = ("tally", slot.literals, len(slots))
        self._add_block(slot.size, kind, _tally_fill(slots, slot.size))

    def _assign_weights(self) -> Ints:
        count = len(self.blocks)
        if count <= MAX_WEIGHTS:
            return np.arange(count)
        kinds = list(dict.fromkeys(block.kind for block in self.blocks))
        if len(kinds) > MAX_WEIGHTS:
            kinds = list(dict.fromkeys(kind[:1] for kind in kinds))
            return np.array([kinds.index(block.kind[:1]) for block in self.blocks])
        return np.array([kinds.index(block.kind) for block in self.blocks])


def squared_distances(left: Floats, right: Floats) -> Floats:
    """Returns squared Euclidean distances between rows of two arrays.

    Args:
      left: [n, features]
      right: [m, features]

    Returns:
      [n, m]
    """
    squares = (left * left).sum(axis=1)[:, None] + (right * right).sum(axis=1)
    squares -= 2.0 * (left @ right.T)
    return np.maximum(squares, 0.0, out=squares)


def _alike(layout: Layout, grouped: set[int]) -> list[list[int]]:
    """Returns groups of choices among the same candidates that always come up."""
    found: dict[tuple[object, ...], list[int]] = {}
    for i, slot in enumerate(layout.slots):
        if i in grouped or slot.parent >= 0 or not slot.is_choice:
            continue
        assert slot.literals is not None
        if slot.size < len(layout.slots) * 8:
            found.setdefault(slot.literals, []).append(i)
    return [slots for slots in found.values() if len(slots) >= MIN_TALLIED]


def _number_fill(index: int, is_conditional: bool) -> Fill:
    def fill(rows: Floats, out: Floats) -> None:
        values = rows[:, index]
        if not is_conditional:
            out[:, 0] = values
            return
        is_active = values != INACTIVE
        out[:, 0] = np.where(is_active, values - 0.5, 0.0)
        out[:, 1] = np.where(is_active, _HALF, 0.0)

    return fill


def _ordinal_fill(index: int, table: Floats, is_conditional: bool) -> Fill:
    def fill(rows: Floats, out: Floats) -> None:
        values = rows[:, index].astype(np.int64)
        if not is_conditional:
            out[:, 0] = table[values]
            return
        is_active = values >= 0
        out[:, 0] = np.where(is_active, table[values] - 0.5, 0.0)
        out[:, 1] = np.where(is_active, _HALF, 0.0)

    return fill


def _category_fill(index: int, size: int) -> Fill:
    table = np.vstack([np.eye(size) * _HALF, np.zeros(size)])

    def fill(rows: Floats, out: Floats) -> None:
        out[:] = table[rows[:, index].astype(np.int64)]

    return fill


def _tally_fill(slots: list[int], size: int) -> Fill:
    each = np.full(size, _HALF / math.sqrt(len(slots)))
    table = np.vstack([np.diag(each), np.zeros(size)])

    def fill(rows: Floats, out: Floats) -> None:
        out[:] = 0.0
        for i in slots:
            out += table[rows[:, i].astype(np.int64)]

    return fill


# Number of features of a text.
_TEXTS = 64


def _text_fill(index: int) -> Fill:
    table = np.vstack([np.eye(_TEXTS) * _HALF, np.zeros(_TEXTS)])

    def fill(rows: Floats, out: Floats) -> None:
        ids = rows[:, index].astype(np.int64)
        out[:] = table[np.where(ids < 0, _TEXTS, ids % _TEXTS)]

    return fill
