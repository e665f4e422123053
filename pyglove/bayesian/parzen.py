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
from pyglove.bayesian.layout import INACTIVE, Floats, Layout
from pyglove.bayesian.move import reflect

Features = npt.NDArray[np.float32]

# Standard deviation of a kernel on a range, and on ordered candidates, of one row.
_WIDTH = 0.25
# The least standard deviation, as a part of the range.
_MIN_WIDTH = 0.01
_LOG_SQRT_2PI = 0.5 * math.log(2.0 * math.pi)


class _Column(NamedTuple):
    """The features of a slot.

    Attributes:
      slot: The slot.
      start: The first feature.
      size: Number of candidates; 0 for a number.
      distances: [size, size] How far candidates are apart, if they have an order.
      is_conditional: Whether there is a feature for rows in which it does not come up.
    """

    slot: int
    start: int
    size: int
    distances: Floats | None
    is_conditional: bool


class Parzen:
    """Densities of the rows of a space.

    Args:
      layout: The slots of the space.

    Attributes:
      width: Number of features.
    """

    def __init__(self, layout: Layout):
        self._layout = layout
        self._columns: list[_Column] = []
        self.width = 0
        for i, slot in enumerate(layout.slots):
            if slot.is_custom:
                continue  # Nobody knows what is near.
            size = slot.size if slot.is_choice else 0
            distances = None
            if slot.coordinates is not None:
                places = np.array(slot.coordinates)
                distances = np.abs(places[:, None] - places)
            is_conditional = slot.parent >= 0
            column = _Column(i, self.width, size, distances, is_conditional)
            self._columns.append(column)
            self.width += (size or 3) + is_conditional
        self._num_numbers = sum(not column.size for column in self._columns)
        self._tables: dict[int, list[Floats]] = {}

    # ---- Features of given rows -----------------------------------------------

    def features(self, rows: Floats) -> Features:
        """Returns the features of rows around which there are kernels.

        Args:
          rows: [rows, slots]

        Returns:
          [rows, features]
        """
        out = np.zeros((len(rows), self.width), np.float32)
        each = np.arange(len(rows))
        for slot, start, size, _, is_conditional in self._columns:
            values = rows[:, slot]
            is_active = values != INACTIVE
            if size:
                at = start + values.astype(np.int64)
                out[each[is_active], at[is_active]] = 1.0
            else:
                out[:, start] = is_active
                out[:, start + 1] = np.where(is_active, values, 0.0)
                out[:, start + 2] = np.where(is_active, values * values, 0.0)
            if is_conditional:
                out[:, start + (size or 3)] = ~is_active
        return out

    # ---- Densities ------------------------------------------------------------

    def width_of(self, count: int) -> float:
        """Returns the standard deviation of kernels, which are narrower among many.

        Args:
          count: Number of given rows.
        """
        dimensions = len(self._columns)
        return max(_WIDTH * max(count, 1) ** (-1.0 / (dimensions + 4)), _MIN_WIDTH)

    def log_tables(self, count: int) -> list[Floats]:
        """Returns the logarithms of the probabilities of candidates.

        Args:
          count: Number of given rows.

        Returns:
          For each slot, an array: [candidate of the given row, candidate].
        """
        tables = self._tables.get(count)
        if tables is None:
            if len(self._tables) > 64:
                self._tables.clear()
            tables = self._tables[count] = self._make_tables(count)
        return tables

    def _make_tables(self, count: int) -> list[Floats]:
        width = self.width_of(count)
        tables = []
        for _, _, size, distances, _ in self._columns:
            if distances is None:
                kernel = np.eye(size)
            else:
                # Not narrower than half the way to the next candidate.
                scale = max(width, 0.5 / (size - 1))
                kernel = np.exp(-0.5 * (distances / scale) ** 2)
                kernel /= kernel.sum(axis=1, keepdims=True)
            # So many of the drawn candidates are any candidate.
            any_part = size / (size + min(count, 40.0))
            kernel = (1.0 - any_part) * kernel + any_part / max(size, 1)
            tables.append(np.log(kernel))
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
        left = self._left(rows, count)
        logs = (left @ given.T).astype(np.float64)
        logs -= self._log_masses(given, count)
        uniform = self._log_uniform(rows)
        top = np.maximum(logs.max(axis=1, initial=-math.inf), uniform)
        total = np.exp(logs - top[:, None]) @ weights + np.exp(uniform - top)
        density: Floats = np.log(total) + top - math.log(count + 1.0)
        return density

    def _left(self, rows: Floats, count: int) -> Features:
        """Returns by what features of given rows are multiplied and summed."""
        out = np.zeros((len(rows), self.width), np.float32)
        width = self.width_of(count)
        tables = self.log_tables(count)
        for column, table in zip(self._columns, tables, strict=True):
            slot, start, size, _, is_conditional = column
            values = rows[:, slot]
            is_active = values != INACTIVE
            if size:
                factors = table.T[values.astype(np.int64)]
                out[:, start : start + size] = factors * is_active[:, None]
            else:
                precision = is_active / (width * width)
                constant = -math.log(width) - _LOG_SQRT_2PI
                out[:, start] = is_active * constant - 0.5 * values**2 * precision
                out[:, start + 1] = values * precision
                out[:, start + 2] = -0.5 * precision
            if is_conditional and size:
                out[:, start + size] = is_active * -math.log(size)
        return out

    def _log_masses(self, given: Features, count: int) -> Floats | float:
        """Returns how much of the normal distributions is within the ranges."""
        if not self._num_numbers:
            return 0.0
        width = self.width_of(count)
        out = np.zeros(len(given))
        for _, start, size, _, _ in self._columns:
            if not size:
                # A given row in which it does not come up has a kernel in the middle,
                # the features of which are zero.
                is_active = given[:, start] > 0.0
                center = given[:, start + 1].astype(np.float64)
                mass = 1.0 - _below(-center / width) - _below((center - 1.0) / width)
                out += np.where(is_active, np.log(mass), 0.0)
        return out

    def _log_uniform(self, rows: Floats) -> Floats:
        out = np.zeros(len(rows))
        for slot, _, size, _, is_conditional in self._columns:
            if size and is_conditional:
                out -= (rows[:, slot] != INACTIVE) * math.log(size)
            elif size:
                out -= math.log(size)
        return out

    # ---- Sampling -------------------------------------------------------------

    def sample(
        self, given: Floats, fresh: Floats, rng: np.random.Generator
    ) -> Floats:
        """Returns rows drawn from the mixture.

        Args:
          given: [kernels, slots] The rows with kernels.
          fresh: [rows, slots] Random rows with a number for each slot, of which those
            that are drawn are made.
          rng: Source of what is random.

        Returns:
          [rows, slots] Rows that are settled.
        """
        count = len(fresh)
        kernels = rng.integers(len(given) + 1, size=count)
        is_uniform = kernels == len(given)
        chosen = given[np.where(is_uniform, 0, kernels)]
        rows = fresh.copy()
        width = self.width_of(len(given))
        tables = self.log_tables(len(given))
        for column, table in zip(self._columns, tables, strict=True):
            at = np.flatnonzero(~is_uniform & (chosen[:, column.slot] != INACTIVE))
            if not len(at):
                continue
            values = chosen[at, column.slot]
            if column.size:
                chances = np.exp(table[values.astype(np.int64)]).cumsum(axis=1)
                drawn = rng.random((len(at), 1)) * chances[:, -1:]
                rows[at, column.slot] = (drawn >= chances[:, :-1]).sum(axis=1)
            else:
                rows[at, column.slot] = _truncated(values, width, rng)
        for group in self._layout.groups:
            if group.is_distinct:
                rows[:, group.slots] = _repair(rows[:, group.slots], group.size, rng)
        return self._layout.settle(rows)


def _below(z: Floats) -> Floats:
    """Returns the probability that a normal variable is below z, which is at most 0."""
    tail: Floats = np.exp(-0.5 * z * z - _LOG_SQRT_2PI) * normal.tail_ratio(-z)
    return tail


def _truncated(centers: Floats, width: float, rng: np.random.Generator) -> Floats:
    """Returns numbers from 0 to 1 around centers, by rejection."""
    drawn = centers + width * rng.standard_normal(len(centers))
    for _ in range(8):
        outside = np.flatnonzero((drawn < 0.0) | (drawn > 1.0))
        if not len(outside):
            return drawn
        steps = width * rng.standard_normal(len(outside))
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
