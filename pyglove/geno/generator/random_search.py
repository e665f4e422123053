"""Random search."""

import random
from typing import Any

from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.spec_base import effective_spec
from pyglove.geno.generator.generator import DNAGenerator
from pyglove.geno.generator.state import random_to_json, restore_random
from pyglove.symbolic import members


@members(
    [],
    serialization_key="pyglove.core.geno.random.Random",
    additional_keys=["pyglove.geno.Random"],
)
class Random(DNAGenerator):
    """Proposes random DNA, independent of each other.

    Attributes:
      seed: Seed of the random numbers; None for unpredictable ones.
        With the same seed and space, proposals are the same.

    Example:
      >>> space = pg.oneof(range(100))
      >>> a, b = [list(pg.iter(space, 5, pg.geno.Random(seed=1))) for _ in range(2)]
      >>> a == b
      True
    """

    seed: int | None = None

    def _setup(self) -> None:
        self._rng = random.Random(self.seed)
        self._spec = effective_spec(self.dna_spec)
        self._is_constrained = self._spec.conditions is not None

    def _propose(self) -> DNA:
        spec = self._spec
        if self._is_constrained:
            dna: DNA = spec.random_dna(self._rng)
            return dna
        return DNA._from_flat(spec.decisions.sample(self._rng), spec)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        # Draws the same numbers again, to advance the generator.
        self._propose()

    def _get_state(self) -> Any:
        return random_to_json(self._rng)

    def _set_state(self, state: Any) -> None:
        restore_random(self._rng, state)
