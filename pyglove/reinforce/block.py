"""Blocks: slots of a kind, which are computed together.

A block turns the outputs of a policy for its slots (logits, or the raw parameters of a
distribution) into log-probabilities and entropies of decisions, and propagates
gradients back.
"""

import abc
from collections import defaultdict
from typing import Any, Generic, TypeVar

import numpy as np

from pyglove.geno.internal import ChoiceDecision, FloatDecision, MultiChoiceDecision
from pyglove.reinforce import categorical, logistic, ranking
from pyglove.reinforce.categorical import IMPOSSIBLE
from pyglove.reinforce.encoding import Batch, Encoding, Floats, Ints
from pyglove.utils.functor import override

DistT = TypeVar("DistT")


class Block(abc.ABC, Generic[DistT]):
    """Slots of a kind.

    The first dimension of the outputs of a policy is that of policies: one for each row
    (of a batch), or a single one for all rows.

    Attributes:
      slots: The slots.
      size: Number of outputs of the policy for each slot.
      is_shared: Whether all slots share the same outputs.
    """

    is_shared = False

    def __init__(self, slots: list[int], size: int):
        self.slots = np.array(slots)
        self.size = size

    @property
    def num_given(self) -> int:
        """Number of slots for which the policy has outputs."""
        return 1 if self.is_shared else len(self.slots)

    @abc.abstractmethod
    def evaluate(self, given: Floats, batch: Batch) -> tuple[DistT, Floats, Floats]:
        """Returns the distributions, and their evaluation of decisions.

        Args:
          given: [policies, slots, size] The outputs of the policy.
          batch: The decisions.

        Returns:
          The distributions, the log-probabilities and the entropies: [rows, slots].
        """

    @abc.abstractmethod
    def gradient(
        self, dist: DistT, batch: Batch, d_log_probs: Floats, d_entropies: Floats
    ) -> Floats:
        """Returns the gradient with respect to the outputs of the policy.

        Args:
          dist: The distributions.
          batch: The decisions.
          d_log_probs: [rows, slots] Gradient with respect to the log-probabilities, 0
            where a slot is not active.
          d_entropies: [rows, slots] The same for the entropies.

        Returns:
          [policies, slots, size] The gradient.
        """

    @abc.abstractmethod
    def sample(self, given: Floats, rng: np.random.Generator, count: int) -> Any:
        """Draws decisions for all slots.

        Args:
          given: [policies, slots, size] The outputs of the policy.
          rng: Source of randomness.
          count: Number of rows.

        Returns:
          [rows, slots] Candidates; for numbers, their places in [0, 1].
        """

    @abc.abstractmethod
    def sample_at(
        self, given: Floats, position: int, decided: Any, rng: np.random.Generator
    ) -> Any:
        """Draws decisions for one slot.

        Args:
          given: [policies, size] The outputs of the policy for it.
          position: Which of the slots it is.
          decided: [rows, slots] The decisions of the slots before; if slots do not
            depend on each other, only the number of rows matters.
          rng: Source of randomness.

        Returns:
          [rows] Candidates; for numbers, their places in [0, 1].
        """


class ChoiceBlock(Block[categorical.Softmax]):
    """Choices that do not depend on each other, of about as many candidates.

    Args:
      slots: The slots.
      sizes: The number of candidates of each.
    """

    def __init__(self, slots: list[int], sizes: list[int]):
        super().__init__(slots, max(sizes))
        is_candidate = np.arange(self.size) < np.array(sizes)[:, None]
        self._offsets = np.where(is_candidate, 0.0, IMPOSSIBLE)

    @override
    def evaluate(
        self, given: Floats, batch: Batch
    ) -> tuple[categorical.Softmax, Floats, Floats]:
        dist = categorical.softmax(given + self._offsets)
        choices = batch.choices[:, self.slots]
        return dist, categorical.log_probs_of(dist, choices), dist.entropies

    @override
    def gradient(
        self,
        dist: categorical.Softmax,
        batch: Batch,
        d_log_probs: Floats,
        d_entropies: Floats,
    ) -> Floats:
        choices = batch.choices[:, self.slots]
        return categorical.logits_gradient(dist, choices, d_log_probs, d_entropies)

    @override
    def sample(self, given: Floats, rng: np.random.Generator, count: int) -> Ints:
        return categorical.sample(given + self._offsets, rng, count)

    @override
    def sample_at(
        self, given: Floats, position: int, decided: Any, rng: np.random.Generator
    ) -> Ints:
        logits = (given + self._offsets[position])[:, None]
        return categorical.sample(logits, rng, len(decided))[:, 0]


class SequenceBlock(Block[categorical.Softmax]):
    """A multiple choice whose choices depend on those before: distinct or sorted ones.

    Each choice is a softmax over the candidates that the choices before it leave. Where
    choices are sorted, the logarithm of the number of completions is added to the logit
    of a candidate, so that logits of 0 make all sets of candidates equally likely.

    Args:
      slots: The slots.
      decision: The multiple choice.
    """

    def __init__(self, slots: list[int], decision: MultiChoiceDecision):
        super().__init__(slots, decision.size)
        self._is_distinct = decision.is_distinct
        self._is_sorted = decision.is_sorted
        self._offsets = np.zeros((len(slots), self.size))
        if decision.is_sorted:
            self._offsets = self._log_ways()

    def _log_ways(self) -> Floats:
        """Returns the logarithms of the numbers of completions of sorted choices."""
        num_left = np.arange(len(self.slots))[::-1, None]
        num_candidates = np.arange(self.size)[::-1] + 0 * num_left
        if not self._is_distinct:
            num_candidates = num_candidates + np.maximum(num_left, 1)
        limit = len(self.slots) + self.size
        log_factorials = np.cumsum(np.log(np.maximum(np.arange(limit), 1)))
        num_spare = num_candidates - num_left
        ways = log_factorials[num_candidates] - log_factorials[num_left]
        ways -= log_factorials[np.maximum(num_spare, 0)]
        return np.where(num_spare < 0, IMPOSSIBLE, ways)

    def _logits(self, given: Floats, choices: Ints, positions: Any) -> Floats:
        """Returns the logits at positions, given the choices before them.

        Args:
          given: [policies, positions, candidates] Outputs of the policy for them.
          choices: [rows, slots] The candidates chosen, at least at earlier positions.
          positions: A slice.
        """
        index = np.arange(len(self.slots))[positions]
        logits = given + self._offsets[positions]
        if self._is_sorted:
            before = np.where(index > 0, choices[:, index - 1], -1)
            least = before + (self._is_distinct & (index > 0))
            is_taken = np.arange(self.size) < least[..., None]
        else:
            first = np.full((len(choices), self.size), len(self.slots))
            order = np.arange(index[-1])[None]
            np.put_along_axis(first, choices[:, : index[-1]], order, axis=1)
            is_taken = first[:, None] < index[:, None]
        return logits + np.where(is_taken, IMPOSSIBLE, 0.0)

    @override
    def evaluate(
        self, given: Floats, batch: Batch
    ) -> tuple[categorical.Softmax, Floats, Floats]:
        choices = batch.choices[:, self.slots]
        dist = categorical.softmax(self._logits(given, choices, slice(None)))
        return dist, categorical.log_probs_of(dist, choices), dist.entropies

    @override
    def gradient(
        self,
        dist: categorical.Softmax,
        batch: Batch,
        d_log_probs: Floats,
        d_entropies: Floats,
    ) -> Floats:
        choices = batch.choices[:, self.slots]
        return categorical.logits_gradient(dist, choices, d_log_probs, d_entropies)

    @override
    def sample(self, given: Floats, rng: np.random.Generator, count: int) -> Ints:
        choices = np.zeros((count, len(self.slots)), np.int64)
        for position in range(len(self.slots)):
            at = given[:, position]
            choices[:, position] = self.sample_at(at, position, choices, rng)
        return choices

    @override
    def sample_at(
        self, given: Floats, position: int, decided: Any, rng: np.random.Generator
    ) -> Ints:
        logits = self._logits(given[:, None], decided, slice(position, position + 1))
        return categorical.sample(logits, rng, len(decided))[:, 0]


class RankingBlock(Block[ranking.Ranking]):
    """An arrangement of some of several candidates, by one logit for each of them.

    Args:
      slots: The slots.
      size: The number of candidates.
    """

    is_shared = True

    @override
    def evaluate(
        self, given: Floats, batch: Batch
    ) -> tuple[ranking.Ranking, Floats, Floats]:
        dist = ranking.rank(given[0, 0], batch.choices[:, self.slots])
        return dist, dist.log_probs, dist.entropies

    @override
    def gradient(
        self,
        dist: ranking.Ranking,
        batch: Batch,
        d_log_probs: Floats,
        d_entropies: Floats,
    ) -> Floats:
        choices = batch.choices[:, self.slots]
        gradient = ranking.logits_gradient(dist, choices, d_log_probs, d_entropies)
        return gradient[None, None]

    @override
    def sample(self, given: Floats, rng: np.random.Generator, count: int) -> Ints:
        return ranking.sample(given[0, 0], rng, count, len(self.slots))

    @override
    def sample_at(
        self, given: Floats, position: int, decided: Any, rng: np.random.Generator
    ) -> Ints:
        raise NotImplementedError(
            "Expected a block of choices that are drawn one by one, got a ranking, "
            "which is drawn at once by `sample`."
        )


class NumberBlock(Block[logistic.Logistic]):
    """Floats and ints.

    Args:
      slots: The slots.
      columns: Where their numbers are in arrays that hold numbers only.
      is_point: Which of them are floats.
    """

    def __init__(self, slots: list[int], columns: list[int], is_point: list[bool]):
        super().__init__(slots, 2)
        self.columns = np.array(columns)
        self._is_point = np.array(is_point)

    @override
    def evaluate(
        self, given: Floats, batch: Batch
    ) -> tuple[logistic.Logistic, Floats, Floats]:
        lows, highs = batch.lows[:, self.columns], batch.highs[:, self.columns]
        dist = logistic.logistic(given, lows, highs, self._is_point)
        return dist, dist.log_probs, dist.entropies

    @override
    def gradient(
        self,
        dist: logistic.Logistic,
        batch: Batch,
        d_log_probs: Floats,
        d_entropies: Floats,
    ) -> Floats:
        return logistic.raw_gradient(dist, d_log_probs, d_entropies)

    @override
    def sample(self, given: Floats, rng: np.random.Generator, count: int) -> Floats:
        return logistic.sample(given, rng, count)

    @override
    def sample_at(
        self, given: Floats, position: int, decided: Any, rng: np.random.Generator
    ) -> Floats:
        return logistic.sample(given[:, None], rng, len(decided))[:, 0]


def make_blocks(encoding: Encoding, is_ranked: bool) -> list[Block[Any]]:
    """Returns blocks that have all slots of a space among them.

    Args:
      encoding: The slots.
      is_ranked: Whether the policy gives one logit for each candidate of an
        arrangement, rather than one for each candidate and position.
    """
    single: dict[int, list[int]] = defaultdict(list)
    numbers: list[int] = []
    blocks: list[Block[Any]] = []
    slots = encoding.slots
    for i, slot in enumerate(slots):
        decision = slot.decision
        if not slot.is_choice:
            numbers.append(i)
        elif isinstance(decision, MultiChoiceDecision) and is_sequence(decision):
            if slot.position == 0:
                own = encoding.groups[i]
                if is_ranked and not decision.is_sorted:
                    blocks.append(RankingBlock(own, decision.size))
                else:
                    blocks.append(SequenceBlock(own, decision))
        else:
            # Grouped by up to 2, 4, 8, ... candidates, so that padding at most doubles
            # the number of outputs.
            single[(_size(decision) - 1).bit_length()].append(i)
    for group in single.values():
        blocks.append(ChoiceBlock(group, [_size(slots[i].decision) for i in group]))
    if numbers:
        columns = [encoding.columns[i] for i in numbers]
        is_point = [isinstance(slots[i].decision, FloatDecision) for i in numbers]
        blocks.append(NumberBlock(numbers, columns, is_point))
    return blocks


def is_sequence(decision: MultiChoiceDecision) -> bool:
    """Returns whether each choice of a multiple choice depends on those before.

    Args:
      decision: The multiple choice.
    """
    return decision.count > 1 and (decision.is_distinct or decision.is_sorted)


def _size(decision: Any) -> int:
    assert isinstance(decision, (ChoiceDecision, MultiChoiceDecision))
    return decision.size
