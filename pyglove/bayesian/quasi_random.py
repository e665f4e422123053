"""Quasi-random search: points that fill a space more evenly than random ones."""

import math
import random
from typing import Any

import numpy as np

from pyglove.bayesian.row_encoding import Floats, RowEncoding
from pyglove.geno import DNA, DNAGenerator
from pyglove.geno.internal import (
    effective_spec,
    make_dna,
    random_to_json,
    restore_random,
)
from pyglove.symbolic import members

_BLOCK = 64


class HaltonSequence:
    """The Halton sequence, scrambled.

    Digits are replaced by random permutations of digits, one for each dimension and
    place. See Owen, "A randomized Halton algorithm in R" (2017).

    Args:
      dimensions: Number of dimensions.
      seed: Seed of the permutations; None for unpredictable ones.

    Example:
      >>> from pyglove.bayesian.quasi_random import HaltonSequence
      >>> points = HaltonSequence(2, seed=1).points(0, 6)
      >>> sorted((points[:, 0] * 2).astype(int).tolist())
      [0, 0, 0, 1, 1, 1]
      >>> sorted((points[:, 1] * 3).astype(int).tolist())
      [0, 0, 1, 1, 2, 2]
    """

    def __init__(self, dimensions: int, seed: Any = None):
        self._bases = _primes(dimensions)
        self._seeds = np.random.SeedSequence(seed).generate_state(dimensions)
        self._permutations: list[list[Floats]] = [[] for _ in self._bases]
        self._block_index = -1
        self._block: Floats = np.empty((0, dimensions))

    def point(self, index: int) -> Floats:
        """Returns a point of the sequence.

        Args:
          index: Its index.

        Returns:
          [dimensions] Numbers from 0 to 1, less than 1.
        """
        # Points cost much less when many are made at once.
        block, at = divmod(index, _BLOCK)
        if block != self._block_index:
            self._block_index = block
            self._block = self.points(block * _BLOCK, _BLOCK)
        point: Floats = self._block[at]
        return point

    def points(self, start: int, count: int) -> Floats:
        """Returns points of the sequence.

        Args:
          start: Index of the first one.
          count: Number of them.

        Returns:
          [count, dimensions] Numbers from 0 to 1, less than 1.
        """
        columns = [
            self._column(i, np.arange(start, start + count))
            for i in range(len(self._bases))
        ]
        points: Floats = np.array(columns).reshape(len(columns), count).T
        return points

    def _column(self, dimension: int, index: Any) -> Floats:
        base = self._bases[dimension]
        out = np.zeros(len(index))
        factor = 1.0
        place = 0
        # Digits are permuted also where the index has no more of them, up to a
        # difference that single precision would not show.
        while factor > 2.0**-24:
            factor /= base
            out += self._permutation(dimension, place)[index % base] * factor
            index = index // base
            place += 1
        return np.minimum(out, math.nextafter(1.0, 0.0))

    def _permutation(self, dimension: int, place: int) -> Floats:
        known = self._permutations[dimension]
        while len(known) <= place:
            seed = (int(self._seeds[dimension]), len(known))
            rng = np.random.default_rng(seed)
            known.append(rng.permutation(self._bases[dimension]).astype(np.float64))
        return known[place]


def _primes(count: int) -> list[int]:
    """Returns the first prime numbers."""
    if not count:
        return []
    limit = 16
    while limit / math.log(limit) < count:
        limit *= 2
    is_prime = np.ones(limit, np.bool_)
    is_prime[:2] = False
    for n in range(2, math.isqrt(limit) + 1):
        if is_prime[n]:
            is_prime[n * n :: n] = False
    primes: list[int] = np.flatnonzero(is_prime)[:count].tolist()
    return primes


@members([], init_arg_list=["seed"], serialization_key="pyglove.bayesian.QuasiRandom")
class QuasiRandom(DNAGenerator):
    """Proposes DNA that fill a space evenly, without looking at rewards.

    Each decision, also a conditional one, is a dimension of a
    scrambled Halton sequence: in any run of proposals, each candidate of a choice
    shows up nearly equally often, and no part of a range is left out for long. It is
    the better random search for up to a few hundred evaluations. In small spaces DNA
    come again.

    Attributes:
      seed: Seed of the scrambling; None for an unpredictable one.

    Example:
      >>> space = pg.Dict(x=pg.oneof(['a', 'b', 'c', 'd']), y=pg.floatv(0.0, 1.0))
      >>> examples = list(pg.iter(space, 8, pg.bayesian.QuasiRandom(seed=1)))
      >>> sorted(example.x for example in examples)
      ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']
    """

    seed: int | None = None

    def _setup(self) -> None:
        self._spec = effective_spec(self.dna_spec)
        self._encoding = RowEncoding(self._spec)
        seed = self.seed
        if seed is None:
            seed = random.SystemRandom().getrandbits(64)
        self._start(seed)

    def _start(self, seed: int) -> None:
        self._own_seed = seed
        self._sequence = HaltonSequence(len(self._encoding), seed)
        self._rng = random.Random(seed)
        self._index = 0

    def _propose(self) -> DNA:
        units = self._sequence.point(self._index)
        self._index += 1
        row = self._encoding.from_units(units[None], self._rng)[0]
        return make_dna(self._encoding.decode(row), self._spec)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        self._propose_feasible()

    def _get_state(self) -> Any:
        return {
            "seed": self._own_seed,
            "index": self._index,
            "random": random_to_json(self._rng),
        }

    def _set_state(self, state: Any) -> None:
        self._start(state["seed"])
        self._index = state["index"]
        restore_random(self._rng, state["random"])
