"""Parzen estimator: the density of rows near given ones, in a tree of decisions.

The density is a mixture of one kernel for each given row, and a uniform one. A kernel
is a product over the decisions that come up in a row: of a choice, the candidate of the
given row is likely and others less so, those that are near in an order more than those
that are far; of a range, there is a normal distribution around the given number, cut
off at the ends. Where a decision does not come up in the given row it is uniform. See
Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011), section 4, for
trees, and Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm
Components" (2023), section 3, for kernels.

The logarithm of a kernel is bilinear in features of the two rows, so that densities of
many rows are one product of matrices.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pyglove.bayesian import normal
from pyglove.bayesian.neighbourhood import reflect
from pyglove.bayesian.row_encoding import INACTIVE, Floats, Ints, RowEncoding
from pyglove.geno.internal import Slot

Features = npt.NDArray[np.float32]

# Standard deviation of a kernel on a range, and on ordered candidates, of one row.
_WIDTH = 0.1
# The least standard deviation, as a part of the range.
_MIN_WIDTH = 0.01
# With more given rows than this, kernels of choices do not get sharper.
_MAX_SHARP = 40
# Maximum number of cached tables, one per number of rows.
_MAX_TABLES = 64
_MAX_REJECTIONS = 8
_LOG_SQRT_2PI = 0.5 * math.log(2.0 * math.pi)


class _Band(NamedTuple):
    """The features of choices among equally many candidates.

    Attributes:
      slots: [k] The slots.
      start: The first feature; there are k times `size`.
      size: Number of candidates.
      distances: [k, size, size] Distances of candidates; infinite for those
        without an order.
    """

    slots: Ints
    start: int
    size: int
    distances: Floats


class Parzen:
    """Densities of the rows of a space.

    Args:
      encoding: The slots of the space.

    Attributes:
      width: Number of features.
    """

    def __init__(self, encoding: RowEncoding):
        self._encoding = encoding
        self._bands: list[_Band] = []
        self.width = 0
        for size in dict.fromkeys(encoding.sizes[encoding.is_choice].tolist()):
            is_member = encoding.is_choice & (encoding.sizes == size)
            slots = np.flatnonzero(is_member)
            distances = np.array([_distances(encoding.slots[i]) for i in slots])
            self._bands.append(_Band(slots, self.width, size, distances))
            self.width += len(slots) * size
        # Custom decisions have no distance; their density is uniform.
        self._numbers: Ints = np.flatnonzero(~encoding.is_choice & ~encoding.is_custom)
        self._number_start = self.width
        self.width += 3 * len(self._numbers)
        # Choices that are inactive always have a feature for rows without them.
        self._optional: Ints = np.flatnonzero(encoding.is_choice & encoding.is_optional)
        self._optional_start = self.width
        self.width += len(self._optional)
        self._log_sizes: Floats = np.where(
            encoding.is_choice, np.log(np.maximum(encoding.sizes, 1)), 0.0
        )
        self._tables: dict[int, list[Floats]] = {}

    # ---- Features of given rows -----------------------------------------------

    def features(self, rows: Floats) -> Features:
        """Returns the features of rows around which there are kernels.

        Args:
          rows: [rows, slots]

        Returns:
          [rows, features]
        """
        count = len(rows)
        parts = []
        for slots, _, size, _ in self._bands:
            is_chosen = rows[:, slots, None] == np.arange(size)
            parts.append(is_chosen.reshape(count, len(slots) * size))
        numbers = rows[:, self._numbers]
        is_active = numbers != INACTIVE
        places = np.where(is_active, numbers, 0.0)
        parts += [is_active, places, places * places]
        parts.append(rows[:, self._optional] == INACTIVE)
        features: Features = np.concatenate(parts, axis=1, dtype=np.float32)
        return features

    # ---- Densities ------------------------------------------------------------

    def width_of(self, count: int) -> float:
        """Returns the standard deviation of kernels, which are narrower among many.

        Args:
          count: Number of given rows.
        """
        power = -1.0 / (len(self._encoding) + 4)
        return max(_WIDTH * max(count, 1) ** power, _MIN_WIDTH)

    def chances(self, count: int) -> list[Floats]:
        """Returns the probabilities of candidates.

        Args:
          count: Number of given rows.

        Returns:
          For each size, an array: [choice, candidate of the given row, candidate].
        """
        tables = self._tables.get(count)
        if tables is None:
            if len(self._tables) >= _MAX_TABLES:
                self._tables.clear()
            tables = self._tables[count] = self._make_chances(count)
        return tables

    def _make_chances(self, count: int) -> list[Floats]:
        width = self.width_of(count)
        tables = []
        for _, _, size, distances in self._bands:
            # Not narrower than half the way to the next candidate.
            scale = max(width, 0.5 / max(size - 1, 1))
            kernel = np.exp(-0.5 * (distances / scale) ** 2)
            kernel /= kernel.sum(axis=2, keepdims=True)
            # So many of the drawn candidates are any candidate.
            any_part = size / (size + min(count, _MAX_SHARP))
            tables.append((1.0 - any_part) * kernel + any_part / size)
        return tables

    def log_density(self, rows: Floats, given: Features, weights: Floats) -> Floats:
        """Returns the logarithms of densities.

        Args:
          rows: [rows, slots] Where the density is wanted.
          given: [kernels, features] Features of the rows with kernels.
          weights: [kernels] Of each kernel: 1, or 0 to leave it out. The uniform kernel
            has a weight of 1.
        """
        count = int(weights.sum())
        logs = (self._left(rows, count) @ given.T).astype(np.float64)
        if len(self._numbers):
            is_active = rows[:, self._numbers] != INACTIVE
            logs -= is_active @ self._log_masses(given, count).T
        uniform = -((rows != INACTIVE) @ self._log_sizes)
        top = np.maximum(logs.max(axis=1, initial=-math.inf), uniform)
        total = np.exp(logs - top[:, None]) @ weights + np.exp(uniform - top)
        density: Floats = np.log(total) + top - math.log(count + 1.0)
        return density

    def _left(self, rows: Floats, count: int) -> Features:
        """Returns by what features of given rows are multiplied and summed."""
        num_rows = len(rows)
        parts = []
        for (slots, _, size, _), table in zip(
            self._bands, self.chances(count), strict=True
        ):
            values = rows[:, slots].astype(np.int64)
            # [rows, choice, candidate of the given row]
            factors = np.log(table).transpose(0, 2, 1)[np.arange(len(slots)), values]
            factors = np.where((values >= 0)[:, :, None], factors, 0.0)
            parts.append(factors.reshape(num_rows, len(slots) * size))
        numbers = rows[:, self._numbers]
        is_active = numbers != INACTIVE
        width = self.width_of(count)
        precision = is_active / (width * width)
        constant = -math.log(width) - _LOG_SQRT_2PI
        parts.append(is_active * constant - 0.5 * numbers**2 * precision)
        parts += [numbers * precision, -0.5 * precision]
        optional = self._optional
        parts.append((rows[:, optional] != INACTIVE) * -self._log_sizes[optional])
        left: Features = np.concatenate(parts, axis=1, dtype=np.float32)
        return left

    def _log_masses(self, given: Features, count: int) -> Floats:
        """Returns how much of the normal distributions is within the ranges.

        Returns:
          [kernels, numbers] Logarithms; 0 where a number does not come up.
        """
        width = self.width_of(count)
        start, num = self._number_start, len(self._numbers)
        is_active = given[:, start : start + num] > 0.0
        centers = given[:, start + num : start + 2 * num].astype(np.float64)
        masses = 1.0 - _below(-centers / width) - _below((centers - 1.0) / width)
        return np.where(is_active, np.log(masses), 0.0)

    # ---- Sampling -------------------------------------------------------------

    def sample(self, given: Floats, fresh: Floats, rng: np.random.Generator) -> Floats:
        """Returns rows drawn from the mixture.

        Args:
          given: [kernels, slots] The rows with kernels.
          fresh: [rows, slots] Random rows with a number for each slot, of which those
            that are drawn are made.
          rng: Source of randomness.

        Returns:
          [rows, slots] Rows in canonical form.
        """
        kernels = rng.integers(len(given) + 1, size=len(fresh))
        is_uniform = kernels == len(given)
        chosen = given[np.where(is_uniform, 0, kernels)]
        is_drawn = ~is_uniform[:, None] & (chosen != INACTIVE)
        drawn = fresh.copy()
        for (slots, _, _, _), table in zip(
            self._bands, self.chances(len(given)), strict=True
        ):
            values = np.maximum(chosen[:, slots], 0.0).astype(np.int64)
            steps = table.cumsum(axis=2)[np.arange(len(slots)), values]
            at = rng.random(values.shape)[:, :, None] * steps[:, :, -1:]
            drawn[:, slots] = (at >= steps[:, :, :-1]).sum(axis=2)
        numbers = self._numbers
        width = self.width_of(len(given))
        drawn[:, numbers] = _truncated(chosen[:, numbers], width, rng)
        rows = np.where(is_drawn, drawn, fresh)
        for group in self._encoding.groups:
            if group.is_distinct:
                rows[:, group.slots] = _repair(rows[:, group.slots], group.size, rng)
        return self._encoding.canonicalize(rows)


def _distances(slot: Slot) -> Floats:
    """Returns the distances between the candidates of a choice."""
    if slot.coordinates is None:
        return np.where(np.eye(slot.size, dtype=np.bool_), 0.0, math.inf)
    places = np.array(slot.coordinates)
    distances: Floats = np.abs(places[:, None] - places)
    return distances


def _below(z: Floats) -> Floats:
    """Returns the probability that a normal variable is below z, which is at most 0."""
    tail: Floats = np.exp(-0.5 * z * z - _LOG_SQRT_2PI) * normal.tail_ratio(-z)
    return tail


def _truncated(centers: Floats, width: float, rng: np.random.Generator) -> Floats:
    """Returns numbers from 0 to 1 around centers, by rejection."""
    drawn = centers + width * rng.standard_normal(centers.shape)
    for _ in range(_MAX_REJECTIONS):
        outside = np.nonzero((drawn < 0.0) | (drawn > 1.0))
        if not len(outside[0]):
            return drawn
        steps = width * rng.standard_normal(len(outside[0]))
        drawn[outside] = centers[outside] + steps
    return reflect(drawn)


def _repair(chosen: Floats, size: int, rng: np.random.Generator) -> Floats:
    """Returns multiple choices in which duplicates become candidates that are free."""
    for row in chosen:
        values, first = np.unique(row, return_index=True)
        if len(values) == len(row):
            continue
        free = np.setdiff1d(np.arange(size), values)
        twice = np.setdiff1d(np.arange(len(row)), first)
        row[twice] = rng.permutation(free)[: len(twice)]
    return chosen
