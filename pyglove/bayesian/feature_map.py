"""Feature map: distances of rows, decision by decision.

A feature map turns rows into features. Features are grouped into *blocks*. The squared
Euclidean distance of two rows within a block is from 0 to 1: 1 where categories differ,
the squared difference of numbers on their scale. A kernel weighs the blocks. A decision
that is active in one of two rows only counts half; one that is active in neither does
not count.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from pyglove.bayesian.row_encoding import INACTIVE, Floats, Ints, RowEncoding
from pyglove.geno.internal import Slot

#: Choices among the same candidates, at least so many, also count how often each
#: candidate is chosen.
MIN_TALLIED = 3
#: With more blocks than this, decisions of a kind share a weight.
MAX_WEIGHTS = 32
# Two orthogonal vectors of this length are one apart.
_HALF = 1.0 / math.sqrt(2.0)
# Number of features of a text.
_NUM_TEXTS = 64

#: Blocks of the same kind share a weight where there are many.
Kind: TypeAlias = tuple[object, ...]


class Block(NamedTuple):
    """Columns of features of one decision, or of several of the same kind.

    Attributes:
      start: The first column.
      end: The column after the last one.
      kind: The kind, which is equal for similar blocks.
    """

    start: int
    end: int
    kind: Kind


Fill = Callable[[Floats, Floats], None]


class FeatureMap:
    """Features of the rows of a space.

    Args:
      encoding: The slots of the space.

    Attributes:
      width: Number of features.
      blocks: The blocks, in order.
      num_weights: Number of weights that a kernel has for the blocks.
    """

    def __init__(self, encoding: RowEncoding):
        self.width = 0
        self.blocks: list[Block] = []
        self._fills: list[tuple[int, int, Fill]] = []
        grouped = {i for group in encoding.groups for i in group.slots}
        categories: dict[int, list[int]] = {}
        for i, slot in enumerate(encoding.slots):
            if i in grouped:
                continue
            if slot.is_choice and slot.coordinates is None:
                categories.setdefault(slot.size, []).append(i)
            else:
                self._add_slot(i, slot)
        for size, slots in categories.items():
            kinds = [("category", encoding.slots[i].literals) for i in slots]
            self._add_categories(slots, size, kinds)
        for group in encoding.groups:
            slot = encoding.slots[group.slots[0]]
            if group.is_sorted:
                self._add_tally(group.slots, slot)
            else:
                kinds = [("place", slot.literals)] * len(group.slots)
                self._add_categories(group.slots, group.size, kinds)
        for slots in _alike(encoding, grouped):
            self._add_tally(slots, encoding.slots[slots[0]])
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

    def _add_blocks(self, width: int, kinds: Sequence[Kind], fill: Fill) -> None:
        """Adds blocks of a width, which are filled together."""
        start = self.width
        for kind in kinds:
            self.blocks.append(Block(self.width, self.width + width, kind))
            self.width += width
        self._fills.append((start, self.width, fill))

    def _add_slot(self, index: int, slot: Slot) -> None:
        if slot.is_custom:
            self._add_blocks(_NUM_TEXTS, [("text",)], _text_fill(index))
            return
        coordinates = slot.coordinates
        kind: Kind = ("number", slot.size)
        table = None
        if coordinates is not None:
            kind = ("ordinal", slot.literals)
            table = np.array(coordinates)
        is_conditional = slot.parent >= 0
        fill = _number_fill(index, table, is_conditional)
        self._add_blocks(1 + is_conditional, [kind], fill)

    def _add_categories(
        self, slots: list[int], size: int, kinds: Sequence[Kind]
    ) -> None:
        self._add_blocks(size, kinds, _category_fill(slots, size))

    def _add_tally(self, slots: list[int], slot: Slot) -> None:
        kind = ("tally", slot.literals, len(slots))
        self._add_blocks(slot.size, [kind], _tally_fill(slots, slot.size))

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


def _alike(encoding: RowEncoding, grouped: set[int]) -> list[list[int]]:
    """Returns groups of choices among the same candidates that are always active."""
    found: dict[tuple[object, ...], list[int]] = {}
    for i, slot in enumerate(encoding.slots):
        if i in grouped or slot.parent >= 0 or not slot.is_choice:
            continue
        assert slot.literals is not None
        if slot.size < len(encoding.slots) * 8:
            found.setdefault(slot.literals, []).append(i)
    return [slots for slots in found.values() if len(slots) >= MIN_TALLIED]


def _number_fill(index: int, table: Floats | None, is_conditional: bool) -> Fill:
    def fill(rows: Floats, out: Floats) -> None:
        values = rows[:, index]
        places = values if table is None else table[values.astype(np.int64)]
        if not is_conditional:
            out[:, 0] = places
            return
        is_active = values != INACTIVE
        out[:, 0] = np.where(is_active, places - 0.5, 0.0)
        out[:, 1] = np.where(is_active, _HALF, 0.0)

    return fill


def _category_fill(slots: list[int], size: int) -> Fill:
    candidates = np.arange(size)

    def fill(rows: Floats, out: Floats) -> None:
        is_chosen = rows[:, slots, None] == candidates
        out[:] = is_chosen.reshape(len(rows), -1)
        out *= _HALF

    return fill


def _tally_fill(slots: list[int], size: int) -> Fill:
    candidates = np.arange(size)
    unit = _HALF / math.sqrt(len(slots))

    def fill(rows: Floats, out: Floats) -> None:
        (rows[:, slots, None] == candidates).sum(axis=1, out=out)
        out *= unit

    return fill


def _text_fill(index: int) -> Fill:
    # Texts are hashed to this number of features; collisions are not resolved.
    places = np.arange(_NUM_TEXTS)

    def fill(rows: Floats, out: Floats) -> None:
        ids = rows[:, index]
        is_place = np.mod(ids, _NUM_TEXTS)[:, None] == places
        out[:] = is_place & (ids != INACTIVE)[:, None]
        out *= _HALF

    return fill
