"""Parameters of a policy: one vector, with an array for each of its parts.

What is done with all of them (steps of an optimizer, gradients, saving) is done with
the vector at once.
"""

import math
from collections.abc import Iterable

import numpy as np

from pyglove.reinforce.encoding import Floats


class Parameters:
    """A vector, and named arrays that are parts of it.

    Args:
      shapes: Names of the arrays and their shapes.

    Attributes:
      vector: The vector; the arrays change with it.
    """

    def __init__(self, shapes: Iterable[tuple[str, tuple[int, ...]]]):
        self._shapes = dict(shapes)
        self.vector = np.zeros(sum(math.prod(s) for s in self._shapes.values()))
        self._arrays = self.split(self.vector)

    def __getitem__(self, name: str) -> Floats:
        return self._arrays[name]

    def split(self, vector: Floats) -> dict[str, Floats]:
        """Returns the arrays that are parts of a vector, by name.

        Args:
          vector: A vector of the same length, such as a gradient.
        """
        arrays = {}
        start = 0
        for name, shape in self._shapes.items():
            end = start + math.prod(shape)
            arrays[name] = vector[start:end].reshape(shape)
            start = end
        return arrays

    def gradient(self) -> tuple[Floats, dict[str, Floats]]:
        """Returns a new vector of zeros for a gradient, and its parts by name."""
        vector = np.zeros_like(self.vector)
        return vector, self.split(vector)
