"""A policy in which each decision depends on all decisions before."""

from typing import Any, NamedTuple

import numpy as np

from pyglove.geno.internal import Decisions, IntDecision, Numbers
from pyglove.reinforce import recurrent_net
from pyglove.reinforce.block import Block, NumberBlock, SequenceBlock
from pyglove.reinforce.encoding import Batch, Encoding, Floats
from pyglove.reinforce.parameter import Parameters
from pyglove.reinforce.policy import Evaluation, Policy
from pyglove.utils.functor import override

# The forget gates are open at first, so that early decisions are remembered.
_OPEN = 1.0


class RecurrentPolicy(Policy):
    """Decides slot by slot, with a recurrent net that remembers earlier decisions.

    At each step the net is told which slot it is and what was decided in the one
    before, where a slot that is not active counts as nothing decided. A linear map of
    its output gives the logits, another one the reward that is to be expected. See Zoph
    and Le, "Neural Architecture Search with Reinforcement Learning" (2017), section
    3.1, where the net has two layers.

    All maps of the output are 0 at first, so that all candidates are equally likely.

    Args:
      decisions: The compiled decisions of the space.
      size: Number of units of the net.
      rng: Source of the other weights that the net starts with.
    """

    def __init__(self, decisions: Decisions, size: int, rng: np.random.Generator):
        super().__init__(decisions, is_ranked=False)
        self._size = size
        gates = 4 * size
        num_slots = self.encoding.num_slots
        shapes: list[tuple[str, tuple[int, ...]]] = [
            ("weights", (size, gates)),
            ("bias", (num_slots, gates)),
            ("value", (size,)),
            ("value_bias", (1,)),
        ]
        for i, block in enumerate(self.blocks):
            # Choices of a multiple choice share their maps: what position it is, the
            # net knows.
            count = 1 if isinstance(block, SequenceBlock) else len(block.slots)
            entries = 1 if isinstance(block, NumberBlock) else block.size
            shapes.append((f"embedding{i}", (count, entries, gates)))
            shapes.append((f"head{i}", (count, size, block.size)))
            shapes.append((f"head_bias{i}", (count, 1, block.size)))
        self.parameters = Parameters(shapes)
        scale = 1.0 / np.sqrt(size)
        for name, _ in shapes:
            if name == "weights" or name == "bias" or name.startswith("embedding"):
                part = self.parameters[name]
                part[:] = rng.uniform(-scale, scale, part.shape)
        self.parameters["bias"][:, size : 2 * size] += _OPEN
        self._place = {
            slot: (i, position)
            for i, block in enumerate(self.blocks)
            for position, slot in enumerate(block.slots.tolist())
        }

    # ---- Sampling ------------------------------------------------------------

    @override
    def sample(self, rng: np.random.Generator, count: int) -> list[Numbers]:
        encoding, parameters = self.encoding, self.parameters
        active = np.zeros((count, encoding.num_slots), np.bool_)
        choices = np.zeros((count, encoding.num_slots), np.int64)
        units = np.zeros((count, encoding.num_columns))
        hidden, cell, squashed = np.zeros((3, count, self._size))
        out = hidden, cell, squashed, np.empty((count, 4, self._size))
        weights = recurrent_net.scaled(parameters["weights"])
        bias = recurrent_net.scaled(parameters["bias"])
        embeddings = self._scaled_embeddings()
        told: Any = 0.0
        for slot in range(encoding.num_slots):
            recurrent_net.step(bias[slot] + told, hidden, cell, weights, out)
            i, position = self._place[slot]
            block = self.blocks[i]
            row = 0 if isinstance(block, SequenceBlock) else position
            given = hidden @ parameters[f"head{i}"][row]
            given += parameters[f"head_bias{i}"][row]
            active[:, slot] = encoding.activate(slot, active, choices)
            before = choices
            if isinstance(block, SequenceBlock):
                before = choices[:, block.slots]
            found: Any = block.sample_at(given, position, before, rng)
            embedding = embeddings[i][row]
            if isinstance(block, NumberBlock):
                column = encoding.columns[slot]
                units[:, column] = _rounded(found, encoding, slot)
                told = (2.0 * units[:, column, None] - 1.0) * embedding
            else:
                choices[:, slot] = found
                told = embedding[found]
            told = told * active[:, slot, None]
        return encoding.decode(choices, units)

    def _scaled_embeddings(self) -> list[Floats]:
        """Returns the inputs of the net for the decisions of each block."""
        return [
            recurrent_net.scaled(self.parameters[f"embedding{i}"])
            for i in range(len(self.blocks))
        ]

    # ---- Evaluation ----------------------------------------------------------

    @override
    def evaluate(self, batch: Batch) -> Evaluation:
        parameters = self.parameters
        bias = recurrent_net.scaled(parameters["bias"])
        num_slots = len(bias)
        # The decision of a slot is an input of the next one; that of the last, of none.
        inputs = np.empty((num_slots + 1, len(batch.active), bias.shape[1]))
        if num_slots:
            inputs[0] = bias[0]
        has_all = batch.active.all()
        for block, embedding in zip(
            self.blocks, self._scaled_embeddings(), strict=True
        ):
            entries, values = self._told(block, batch)
            if isinstance(block, NumberBlock):
                told = values[..., None] * embedding
            else:
                told = embedding[entries, values]
            if not has_all:
                told *= batch.active.T[block.slots][..., None]
            after = block.slots + 1
            told += bias[np.minimum(after, num_slots - 1), None]
            inputs[after] = told
        weights = recurrent_net.scaled(parameters["weights"])
        trace = recurrent_net.forward(inputs[:-1], weights)
        hidden = trace.hidden[1:]
        given = []
        for i, block in enumerate(self.blocks):
            numbers = hidden[block.slots] @ parameters[f"head{i}"]
            numbers += parameters[f"head_bias{i}"]
            given.append(numbers.transpose(1, 0, 2))
        log_probs, entropies, dists = self._evaluate_blocks(given, batch)
        values = hidden @ parameters["value"] + parameters["value_bias"]
        return Evaluation(log_probs, entropies, values.T, dists, trace)

    @override
    def gradient(
        self,
        batch: Batch,
        evaluation: Evaluation,
        d_log_probs: Floats,
        d_entropies: Floats,
        d_values: Floats | None = None,
    ) -> Floats:
        parameters, trace = self.parameters, evaluation.trace
        vector, parts = parameters.gradient()
        hidden = trace.hidden[1:]
        d_hidden = np.zeros_like(hidden)
        found = self._block_gradients(batch, evaluation, d_log_probs, d_entropies)
        for i, (block, d_given) in enumerate(zip(self.blocks, found, strict=True)):
            d_given = d_given.transpose(1, 0, 2)
            own = hidden[block.slots]
            head = parameters[f"head{i}"]
            d_hidden[block.slots] = d_given @ head.transpose(0, 2, 1)
            if len(head) < len(block.slots):
                own = own.reshape(1, -1, self._size)
                d_given = d_given.reshape(1, -1, block.size)
            parts[f"head{i}"] += own.transpose(0, 2, 1) @ d_given
            parts[f"head_bias{i}"] += d_given.sum(axis=1, keepdims=True)
        if d_values is not None:
            d_values = d_values.T
            d_hidden += d_values[..., None] * parameters["value"]
            parts["value"] += (d_values[..., None] * hidden).sum(axis=(0, 1))
            parts["value_bias"] += d_values.sum()
        weights = parameters["weights"]
        d_inputs, d_weights = recurrent_net.backward(trace, weights, d_hidden)
        parts["weights"] += d_weights
        parts["bias"] += d_inputs.sum(axis=1)
        for i, block in enumerate(self.blocks):
            self._add_embedding_gradient(block, batch, d_inputs, parts[f"embedding{i}"])
        return vector

    def _add_embedding_gradient(
        self, block: Block[Any], batch: Batch, d_inputs: Floats, part: Floats
    ) -> None:
        """Adds the gradient with respect to the inputs for decisions."""
        after = block.slots + 1
        is_inner = after < len(d_inputs)
        is_told = batch.active.T[block.slots] & is_inner[:, None]
        _, values = self._told(block, batch)
        gradient = d_inputs[np.minimum(after, len(d_inputs) - 1)]
        if isinstance(block, NumberBlock):
            part[:, 0] += ((values * is_told)[..., None] * gradient).sum(axis=1)
            return
        if isinstance(block, SequenceBlock):
            _add_rows(part[0], values[is_told], gradient[is_told])
            return
        is_chosen = np.arange(block.size)[:, None] == values[:, None]
        part += (is_chosen & is_told[:, None]).astype(np.float64) @ gradient

    def _told(self, block: Block[Any], batch: Batch) -> "_Told":
        if isinstance(block, NumberBlock):
            values: Any = 2.0 * batch.units[:, block.columns].T - 1.0
        else:
            values = batch.choices[:, block.slots].T
        entries = np.arange(len(block.slots))
        if isinstance(block, SequenceBlock):
            entries = np.zeros_like(entries)
        return _Told(entries[:, None], values)


class _Told(NamedTuple):
    """The inputs of the net for decisions.

    Attributes:
      entries: [slots, 1] Which embedding stands for them.
      values: [slots, rows] The candidates; for numbers, where they are from -1 to 1.
    """

    entries: Any
    values: Any


def _rounded(units: Floats, encoding: Encoding, slot: int) -> Floats:
    """Returns where numbers are after they are rounded, if they are ints."""
    decision = encoding.slots[slot].decision
    if not isinstance(decision, IntDecision):
        return units
    rounded = [decision.to_unit(decision.at_unit(unit)) for unit in units.tolist()]
    return np.array(rounded)


def _add_rows(target: Floats, index: Any, rows: Floats) -> None:
    """Adds rows to those of `target` that an index names, some of them repeatedly."""
    if not len(index):
        return
    order = np.argsort(index, kind="stable")
    index = index[order]
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    target[index[starts]] += np.add.reduceat(rows[order], starts, axis=0)
