"""Sweeping: proposes all DNA of a space in order."""

from typing import Any

from pyglove.geno.dna.dna import DNA
from pyglove.geno.generator.generator import DNAGenerator
from pyglove.symbolic import members


@members(
    [],
    serialization_key="pyglove.core.geno.sweeping.Sweeping",
    additional_keys=["pyglove.geno.Sweeping"],
)
class Sweeping(DNAGenerator):
    """Proposes all DNA of a space in the order of enumeration, each once.

    Example:
      >>> list(pg.iter(pg.oneof(['a', 'b']), algorithm=pg.geno.Sweeping()))
      ['a', 'b']
    """

    def _setup(self) -> None:
        self._last: DNA | None = None

    def _propose(self) -> DNA:
        assert self.dna_spec is not None
        dna = self.dna_spec.next_dna(self._last)
        if dna is None:
            raise StopIteration
        self._last = dna
        return dna

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        self._last = dna

    def _get_state(self) -> Any:
        return None if self._last is None else self._last.to_numbers()

    def _set_state(self, state: Any) -> None:
        if state is not None:
            self._last = DNA.from_numbers(state, self.dna_spec)
