"""Proximal policy optimization."""

from typing import Annotated

import numpy as np

from pyglove.reinforce.controller import Controller, Count, Sample, Weight
from pyglove.reinforce.objective import clipped_loss
from pyglove.scalars import scalar_value


class PPO(Controller):
    """Learns a policy by proximal policy optimization.

    Each batch is learned from several times, where the ratio of the probability of a
    decision to what it was when it was made may go only so far. See Schulman et al.,
    "Proximal Policy Optimization Algorithms" (2017), algorithm 1 with equations (7) and
    (9). A DNA is an episode, its decisions are the actions, and the reward comes at the
    end and is not discounted, as in Zoph and Le, "Neural Architecture Search with
    Reinforcement Learning" (2017), section 3.2. It departs from the paper in that
    rewards count by their rank by default, and in that the advantage is the reward less
    a baseline, without bootstrapping from later values.

    The defaults suit searches of 100 to 1,000 evaluations. Other fields are those of
    `Controller`.

    Example:
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> rewards = []
      >>> for p, feedback in pg.sample(
      ...     space, pg.reinforce.PPO(seed=1), num_examples=300):
      ...   rewards.append(float(p.x + p.y))
      ...   feedback(rewards[-1])
      >>> sum(rewards[-30:]) / 30 > 17  # Random ones have a mean of 9.
      True
    """

    clip_range: Annotated[
        Weight,
        "How far from 1 the ratio of probabilities may go: a number, or a function of "
        "the number of rewards so far.",
    ] = 0.2
    num_epochs: Annotated[Count, "How often each batch is learned from."] = 4
    num_minibatches: Annotated[Count, "Into how many parts a batch is cut."] = 1

    def _improve(self, sample: Sample) -> None:
        size = len(sample.rewards)
        clip_range = scalar_value(self.clip_range, self.num_feedbacks)
        for _ in range(self.num_epochs):
            parts = [sample]
            if self.num_minibatches > 1:
                order = self._rng.permutation(size)
                indices = np.array_split(order, min(self.num_minibatches, size))
                parts = [sample.rows(index) for index in indices]
            for part in parts:
                evaluation = part.evaluation or self._policy.evaluate(part.batch)
                _, d_log_probs = clipped_loss(
                    evaluation.log_probs,
                    part.old_log_probs,
                    part.advantages,
                    clip_range,
                )
                self._step(part, evaluation, d_log_probs)
            sample = sample._replace(evaluation=None)

    def _default_rate(self, is_recurrent: bool) -> float:
        return 0.01 if is_recurrent else 0.1
