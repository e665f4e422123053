"""Scenarios: what becomes of the proposals of an algorithm.

All that happens in a scenario follows from the number of the trial and the DNA that is
proposed, so that it happens alike in another run, and in another process.
"""

import math
import random
from collections.abc import Callable
from typing import Any, NamedTuple

from pyglove.geno import DNA, DNAGenerator

# Rewards that no algorithm may fail at, for a single objective.
_ODD_REWARDS = (math.nan, math.inf, -math.inf, 3, 1e300, -1e-300)

#: A trial that has not been answered: its number and what was proposed.
OpenTrial = tuple[int, DNA]


class Scenario(NamedTuple):
    """What becomes of the proposals of an algorithm.

    Attributes:
      num_workers: How many trials are open at a time. They are answered in any order.
      skip_every: The first of so many trials is never answered; 0 to answer all.
      odd_every: The first of so many trials gets a reward that is not finite, or
        otherwise odd; 0 for none.
      has_copies: Whether a copy of the DNA is answered, rather than the DNA itself.
    """

    num_workers: int = 1
    skip_every: int = 0
    odd_every: int = 0
    has_copies: bool = False

    def __str__(self) -> str:
        parts = [f"a search with {self.num_workers} trials open at a time"]
        if self.num_workers == 1:
            parts = ["a search with one trial after the other"]
        if self.skip_every:
            parts.append(f"1 in {self.skip_every} of them skipped")
        if self.odd_every:
            parts.append(
                f"1 in {self.odd_every} of them with an odd reward (such as NaN)"
            )
        if self.has_copies:
            parts.append("feedback on copies of the DNA")
        return ", ".join(parts)

    def go_on(
        self,
        generator: DNAGenerator,
        start: int,
        stop: int,
        open_trials: list[OpenTrial] | None = None,
        note: Callable[[Any], None] = lambda dna: None,
    ) -> list[DNA]:
        """Goes on with a search.

        Args:
          generator: The algorithm, which is set up.
          start: Number of the next trial.
          stop: Number of the trial before which to stop.
          open_trials: Trials that have not been answered so far. It is updated.
          note: Called with each proposal, as soon as it is there.

        Returns:
          What is proposed; less than asked for if the search ends.
        """
        proposals: list[DNA] = []
        if open_trials is None:
            open_trials = []
        for trial in range(start, stop):
            try:
                dna = generator.propose()
            except StopIteration:
                break
            note(dna)
            proposals.append(dna)
            open_trials.append((trial, dna))
            rng = random.Random(trial)
            while len(open_trials) >= self.num_workers:
                number, answered = open_trials.pop(rng.randrange(len(open_trials)))
                self.answer(generator, number, answered)
        return proposals

    def answer(self, generator: DNAGenerator, trial: int, dna: DNA) -> None:
        """Answers a trial.

        Args:
          generator: The algorithm.
          trial: The number of the trial.
          dna: What was proposed.
        """
        reward = self.reward(trial, dna, generator.multi_objective)
        if reward is None:
            return
        generator.feedback(dna.clone() if self.has_copies else dna, reward)

    def reward(self, trial: int, dna: DNA, is_multi_objective: bool) -> Any:
        """Returns the reward of a trial; None if it is skipped.

        Args:
          trial: The number of the trial.
          dna: What was proposed.
          is_multi_objective: Whether rewards are tuples.
        """
        if self.skip_every and trial % self.skip_every == 0:
            return None
        reward: Any = _reward(dna)
        if self.odd_every and trial % self.odd_every == 0:
            reward = _ODD_REWARDS[trial // self.odd_every % len(_ODD_REWARDS)]
        return (reward, -_reward(dna)) if is_multi_objective else reward


def _reward(dna: DNA) -> float:
    """Returns a reward that is better for greater numbers at most places."""
    total = 0.0
    for i, number in enumerate(dna.to_numbers()):
        size = float(len(number)) if isinstance(number, str) else float(number)
        total += (1.0 if i % 3 else -0.5) * math.atan(size)
    return total
