"""A policy of decisions that are independent of each other."""

import numpy as np

from pyglove.geno.internal import Decisions, Numbers
from pyglove.reinforce.block import NumberBlock
from pyglove.reinforce.encoding import Batch, Floats
from pyglove.reinforce.parameter import Parameters
from pyglove.reinforce.policy import Evaluation, Policy
from pyglove.utils.functor import override


class IndependentPolicy(Policy):
    """Decides in each slot by parameters of its own, whatever is decided elsewhere.

    What a multiple choice has chosen before is heeded, and so is which decisions are
    active. With all parameters 0, as at the start, each candidate is as likely as any
    other, and numbers are uniform on their scale.

    Args:
      decisions: The compiled decisions of the space.
    """

    def __init__(self, decisions: Decisions):
        super().__init__(decisions, is_ranked=True)
        self.parameters = Parameters(
            (str(i), (1, block.num_given, block.size))
            for i, block in enumerate(self.blocks)
        )

    def _given(self) -> list[Floats]:
        return [self.parameters[str(i)] for i in range(len(self.blocks))]

    @override
    def sample(self, rng: np.random.Generator, count: int) -> list[Numbers]:
        choices = np.zeros((count, self.encoding.num_slots), np.int64)
        units = np.zeros((count, self.encoding.num_columns))
        for block, given in zip(self.blocks, self._given(), strict=True):
            found = block.sample(given, rng, count)
            if isinstance(block, NumberBlock):
                units[:, block.columns] = found
            else:
                choices[:, block.slots] = found
        return self.encoding.decode(choices, units)

    @override
    def evaluate(self, batch: Batch) -> Evaluation:
        log_probs, entropies, dists = self._evaluate_blocks(self._given(), batch)
        return Evaluation(log_probs, entropies, None, dists, None)

    @override
    def gradient(
        self,
        batch: Batch,
        evaluation: Evaluation,
        d_log_probs: Floats,
        d_entropies: Floats,
        d_values: Floats | None = None,
    ) -> Floats:
        found = self._block_gradients(batch, evaluation, d_log_probs, d_entropies)
        # Where what can be chosen depends on the row, gradients do as well.
        parts = [part.sum(axis=0).ravel() for part in found]
        return np.concatenate([np.zeros(0), *parts])
