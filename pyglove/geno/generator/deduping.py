"""Deduping: keeps another algorithm from proposing the same again."""

from collections.abc import Callable, Iterable
from typing import Any

from pyglove import utils
from pyglove.geno.dna.dna import DNA
from pyglove.geno.generator.generator import DNAGenerator, Reward
from pyglove.geno.generator.state import reward_from_json, reward_to_json, value_to_json
from pyglove.geno.spec.spec import DNASpec
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

    A duplicate is dropped and another proposal is asked for. For an algorithm that
    learns, what has a reward counts as proposed. With `auto_reward_fn`, an
    algorithm that learns gets a duplicate back with a reward made of the rewards that
    are known, without an evaluation.

    Attributes:
      generator: The algorithm.
      hash_fn: Says which DNA count as the same: those for which it returns the same
        value. By default those that are equal.
      auto_reward_fn: Makes the reward of a duplicate of the rewards known for it.
      max_duplicates: Maximum number of proposals (or rewards) of the same DNA.
      max_proposal_attempts: Number of consecutive duplicates that ends the search.
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
                    f"Expected {name!r} to be at least 1, got {value}."
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
        # By key: the rewards of an algorithm that learns, otherwise None for each
        # proposal.
        self._seen: dict[Any, list[Any]] = {}

    def _key(self, dna: DNA) -> Any:
        # Not its hash, which differs from process to process where there are strings.
        return dna._flat() if self.hash_fn is None else self.hash_fn(dna)

    def _note(self, key: Any, reward: Any) -> None:
        self._seen.setdefault(key, []).append(reward)

    def _propose(self) -> DNA:
        for _ in range(self.max_proposal_attempts):
            dna = self.generator.propose()
            key = self._key(dna)
            note = hash(dna) if self.hash_fn is None else key
            dna.set_metadata("dedup_key", note, cloneable=False)
            seen = self._seen.get(key, ())
            if len(seen) < self.max_duplicates:
                if not self.needs_feedback:
                    self._note(key, None)
                return dna
            if self.auto_reward_fn is not None and self.needs_feedback:
                dna.set_metadata("reward", self.auto_reward_fn(list(seen)))
                return dna
        raise StopIteration

    def _feedback(self, dna: DNA, reward: Reward) -> None:
        self._note(self._key(dna), reward)
        self.generator.feedback(dna, reward)

    def recover(self, history: Iterable[tuple[DNA, Reward]]) -> None:
        """Resumes a search that was interrupted; see `DNAGenerator.recover`.

        Args:
          history: The DNA proposed so far, in order, each with its reward or None.
        """
        history = list(history)
        self.generator.recover(history)
        super().recover(history)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        if reward is not None or not self.needs_feedback:
            self._note(self._key(dna), reward)

    def _get_state(self) -> Any:
        seen = [
            [value_to_json(key), [reward_to_json(reward) for reward in rewards]]
            for key, rewards in self._seen.items()
        ]
        return {"generator": self.generator.get_state(), "seen": seen}

    def _set_state(self, state: Any) -> None:
        self.generator.set_state(state["generator"])
        self._seen = {
            utils.from_json(key): [reward_from_json(reward) for reward in rewards]
            for key, rewards in state["seen"]
        }
