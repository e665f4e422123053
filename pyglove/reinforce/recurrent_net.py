"""A recurrent net: long short-term memory, forward and backward in time.

See Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997), with the forget gates
of Gers et al., "Learning to Forget" (2000). The four gates lie side by side, in the
order of input, forget, output and candidate.
"""

from typing import NamedTuple

import numpy as np

from pyglove.reinforce.encoding import Floats


class Trace(NamedTuple):
    """The activations of a net, for gradients.

    Attributes:
      hidden: [steps + 1, rows, size] Its output, 0 before the first step.
      cells: [steps + 1, rows, size] Its memory, the same way.
      squashed: [steps, rows, size] The hyperbolic tangent of the memory.
      gates: [steps, rows, 4, size] The gates.
    """

    hidden: Floats
    cells: Floats
    squashed: Floats
    gates: Floats


def scaled(inputs: Floats) -> Floats:
    """Returns inputs or weights of gates, as `step` expects them.

    A sigmoid is a hyperbolic tangent of half of its argument, so that all gates take
    one call.

    Args:
      inputs: [..., 4 * size] The inputs, or weights.
    """
    factors = np.full(inputs.shape[-1], 0.5)
    factors[-(len(factors) // 4) :] = 1.0
    result: Floats = inputs * factors
    return result


def step(
    inputs: Floats,
    hidden: Floats,
    cell: Floats,
    weights: Floats,
    out: tuple[Floats, Floats, Floats, Floats],
) -> None:
    """Computes one step.

    Args:
      inputs: [rows, 4 * size] Inputs to the gates, `scaled`.
      hidden: [rows, size] The output before.
      cell: [rows, size] The memory before.
      weights: [size, 4 * size] Weights of the output before, `scaled`.
      out: Receives the output, the memory, its hyperbolic tangent, and the gates as
        [rows, 4, size].
    """
    hidden_out, cell_out, squashed, gates = out
    flat = gates.reshape(len(gates), -1)
    np.matmul(hidden, weights, out=flat)
    flat += inputs
    np.tanh(flat, out=flat)
    sigmoids = flat[:, : 3 * hidden.shape[1]]
    sigmoids *= 0.5
    sigmoids += 0.5
    np.multiply(gates[:, 1], cell, out=cell_out)
    np.multiply(gates[:, 0], gates[:, 3], out=squashed)
    cell_out += squashed
    np.tanh(cell_out, out=squashed)
    np.multiply(gates[:, 2], squashed, out=hidden_out)


def forward(inputs: Floats, weights: Floats) -> Trace:
    """Goes through all steps.

    Args:
      inputs: [steps, rows, 4 * size] Inputs to the gates at each step, `scaled`.
      weights: [size, 4 * size] Weights of the output before, `scaled`.
    """
    num_steps, num_rows, _ = inputs.shape
    size = len(weights)
    trace = Trace(
        np.zeros((num_steps + 1, num_rows, size)),
        np.zeros((num_steps + 1, num_rows, size)),
        np.empty((num_steps, num_rows, size)),
        np.empty((num_steps, num_rows, 4, size)),
    )
    hidden, cells, squashed, gates = trace
    for t in range(num_steps):
        out = hidden[t + 1], cells[t + 1], squashed[t], gates[t]
        step(inputs[t], hidden[t], cells[t], weights, out)
    return trace


def backward(trace: Trace, weights: Floats, d_hidden: Floats) -> tuple[Floats, Floats]:
    """Takes gradients back through all steps.

    Args:
      trace: The activations of the net.
      weights: [size, 4 * size] Weights of the output before, as they are.
      d_hidden: [steps, rows, size] Gradient with respect to the output of each step.

    Returns:
      The gradients with respect to inputs and weights, as they are.
    """
    num_steps, num_rows, size = d_hidden.shape
    gates = trace.gates
    slopes = gates * (1.0 - gates)
    slopes[:, :, 3] = 1.0 - gates[:, :, 3] ** 2
    # What the gradient of the memory, or of the output for the third gate, is
    # multiplied with.
    slopes[:, :, 0] *= gates[:, :, 3]
    slopes[:, :, 1] *= trace.cells[:-1]
    slopes[:, :, 2] *= trace.squashed
    slopes[:, :, 3] *= gates[:, :, 0]
    from_output = gates[:, :, 2] * (1.0 - trace.squashed**2)
    back = np.ascontiguousarray(weights.T)
    d_inputs = np.empty((num_steps, num_rows, 4 * size))
    d_output = np.zeros((num_rows, size))
    d_cell = np.zeros((num_rows, size))
    for t in range(num_steps - 1, -1, -1):
        d_output += d_hidden[t]
        d_cell += d_output * from_output[t]
        d_gates = d_inputs[t].reshape(num_rows, 4, size)
        np.multiply(slopes[t], d_cell[:, None], out=d_gates)
        np.multiply(slopes[t, :, 2], d_output, out=d_gates[:, 2])
        d_cell *= gates[t, :, 1]
        d_output = d_inputs[t] @ back
    # Step by step, as products of this size are no work for several threads, which
    # numerical libraries would start for all steps at once.
    d_weights = trace.hidden[:-1].transpose(0, 2, 1) @ d_inputs
    return d_inputs, d_weights.sum(axis=0)
