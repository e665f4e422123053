"""Policies: distributions over the DNA of a space that parameters shape."""

import abc
from typing import Any, NamedTuple

import numpy as np

from pyglove.geno.internal import Decisions, Numbers
from pyglove.reinforce.block import Block, make_blocks
from pyglove.reinforce.encoding import Batch, Encoding, Floats
from pyglove.reinforce.parameter import Parameters


class Evaluation(NamedTuple):
    """The evaluation of decisions by a policy.

    Attributes:
      log_probs: [rows, slots] The log-probability of each decision, given those before
        it; for a float, the logarithm of a density. It is 0 where a slot is not active.
      entropies: [rows, slots] The entropy of what might have been decided there, given
        the decisions before, in nats; 0 where a slot is not active.
      values: [rows, slots] The reward that is to be expected before the decision; None
        if the policy does not say.
      dists: The distributions of each block, for gradients.
      trace: The same, as the policy itself needs it.
    """

    log_probs: Floats
    entropies: Floats
    values: Floats | None
    dists: list[Any]
    trace: Any


class Policy(abc.ABC):
    """Base of policies.

    Args:
      decisions: The compiled decisions of the space.
      is_ranked: Whether the policy gives one logit for each candidate of an
        arrangement, rather than one for each candidate and position.

    Attributes:
      encoding: The slots of the space.
      blocks: Kinds of slots.
      parameters: The parameters.
    """

    parameters: Parameters

    def __init__(self, decisions: Decisions, is_ranked: bool):
        self.encoding = Encoding(decisions)
        self.blocks: list[Block[Any]] = make_blocks(self.encoding, is_ranked)

    @abc.abstractmethod
    def sample(self, rng: np.random.Generator, count: int) -> list[Numbers]:
        """Draws DNA.

        Args:
          rng: Source of randomness.
          count: Number of them.

        Returns:
          Their numbers.
        """

    @abc.abstractmethod
    def evaluate(self, batch: Batch) -> Evaluation:
        """Returns the evaluation of decisions.

        Args:
          batch: The decisions.
        """

    @abc.abstractmethod
    def gradient(
        self,
        batch: Batch,
        evaluation: Evaluation,
        d_log_probs: Floats,
        d_entropies: Floats,
        d_values: Floats | None = None,
    ) -> Floats:
        """Returns the gradient with respect to the parameters.

        Args:
          batch: The decisions.
          evaluation: Its evaluation by the policy.
          d_log_probs: [rows, slots] Gradient with respect to the log-probabilities.
          d_entropies: [rows, slots] The same for the entropies.
          d_values: [rows, slots] The same for the values, if there are any.

        Returns:
          The gradient, as long as the vector of parameters.
        """

    def _evaluate_blocks(
        self, given: list[Floats], batch: Batch
    ) -> tuple[Floats, Floats, list[Any]]:
        """Returns log-probabilities, entropies and distributions of all blocks.

        Args:
          given: [policies, slots, size] The outputs of the policy for each block.
          batch: The decisions.
        """
        log_probs = np.zeros(batch.active.shape)
        entropies = np.zeros(batch.active.shape)
        dists = []
        for block, numbers in zip(self.blocks, given, strict=True):
            dist, own_log_probs, own_entropies = block.evaluate(numbers, batch)
            log_probs[:, block.slots] = own_log_probs
            entropies[:, block.slots] = own_entropies
            dists.append(dist)
        # Inactive slots may have a probability of 0.
        return (
            np.where(batch.active, log_probs, 0.0),
            np.where(batch.active, entropies, 0.0),
            dists,
        )

    def _block_gradients(
        self,
        batch: Batch,
        evaluation: Evaluation,
        d_log_probs: Floats,
        d_entropies: Floats,
    ) -> list[Floats]:
        """Returns gradients with respect to the outputs of each block."""
        d_log_probs = np.where(batch.active, d_log_probs, 0.0)
        d_entropies = np.where(batch.active, d_entropies, 0.0)
        return [
            block.gradient(
                dist, batch, d_log_probs[:, block.slots], d_entropies[:, block.slots]
            )
            for block, dist in zip(self.blocks, evaluation.dists, strict=True)
        ]
