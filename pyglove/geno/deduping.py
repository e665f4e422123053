"""Deduping: keeps another algorithm from proposing the same again."""

from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.geno.dna import DNA
from pyglove.geno.generator import DNAGenerator, Reward
from pyglove.geno.spec import DNASpec
from pyglove.symbolic import members


@members(
    [],
    init_arg_list=[
        "generator",
        "hash_fn",
        "auto_reward_fn",
        "max_duplicates",
        "max_proposal_attempts",
    ],
    serialization_key="pyglove.core.geno.deduping.Deduping",
    additional_keys=["pyglove.geno.Deduping"],
)
class Deduping(DNAGenerator):
    """Keeps another algorithm from proposing the same DNA again and again.

    A duplicate is dropped and another proposal is asked for. With `auto_reward_fn`, an
    algorithm that learns gets a duplicate back with a reward made of the rewards that
    are known, without an evaluation.

    Attributes:
      generator: The algorithm.
      hash_fn: Says which DNA count as the same; by default their hash.
      auto_reward_fn: Makes the reward of a duplicate of the rewards known for it.
      max_duplicates: How often the same DNA may be proposed.
      max_proposal_attempts: After how many duplicates in a row the search ends.
    """

    generator: DNAGenerator
    hash_fn: Callable[[DNA], Any] | None = None
    auto_reward_fn: Callable[[list[Any]], Any] | None = None
    max_duplicates: int = 1
    max_proposal_attempts: int = 100

    def _on_bound(self) -> None:
        super()._on_bound()
        for name in ("max_duplicates", "max_proposal_attempts"):
            value = getattr(self, name)
            if value < 1:
                raise utils.PyGloveValueError(
                    f"Value {value} is out of range (min=1, max=None). (path={name})"
                )

    @property
    def multi_objective(self) -> bool:
        """Whether rewards are tuples with a number for each objective."""
        return self.generator.multi_objective

    @property
    def needs_feedback(self) -> bool:
        """Whether the algorithm learns from rewards."""
        return self.generator.needs_feedback

    def setup(self, dna_spec: DNASpec) -> None:
        """Prepares the search of a space; see `DNAGenerator.setup`.

        Args:
          dna_spec: The space.
        """
        super().setup(dna_spec)
        self.generator.setup(dna_spec)

    def _setup(self) -> None:
        self._rewards: dict[Any, list[Any]] = {}
        self._counts: dict[Any, int] = {}

    def _key(self, dna: DNA) -> Any:
        return hash(dna) if self.hash_fn is None else self.hash_fn(dna)

    def _propose(self) -> DNA:
        for _ in range(self.max_proposal_attempts):
            dna = self.generator.propose()
            key = self._key(dna)
            dna.set_metadata("dedup_key", key, cloneable=False)
            if self._counts.get(key, 0) < self.max_duplicates:
                self._counts[key] = self._counts.get(key, 0) + 1
                return dna
            rewards = self._rewards.get(key)
            if self.auto_reward_fn is not None and rewards and self.needs_feedback:
                dna.set_metadata("reward", self.auto_reward_fn(rewards))
                return dna
        raise StopIteration

    def _feedback(self, dna: DNA, reward: Reward) -> None:
        self._rewards.setdefault(self._key(dna), []).append(reward)
        self.generator.feedback(dna, reward)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        key = self._key(dna)
        self._counts[key] = self._counts.get(key, 0) + 1
        self.generator.recover([(dna, reward)])
        if reward is not None:
            self._rewards.setdefault(key, []).append(reward)
