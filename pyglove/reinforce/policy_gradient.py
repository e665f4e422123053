"""REINFORCE: plain policy gradients."""

from pyglove.reinforce.controller import Controller, Sample
from pyglove.reinforce.objective import policy_gradient_loss


class REINFORCE(Controller):
    """Learns a policy by plain policy gradients.

    Each batch is learned from once: log-probabilities of decisions rise with how much
    better than a moving baseline the outcome was. See Williams, "Simple Statistical
    Gradient-Following Algorithms for Connectionist Reinforcement Learning" (1992),
    sections 4 and 5. Zoph and Le, "Neural Architecture Search with Reinforcement
    Learning" (2017), section 3.2, search architectures with it and a recurrent policy;
    Bender et al., "Can Weight Sharing Outperform Random Architecture Search?" (2020),
    with independent decisions. It departs from them in that rewards count by their rank
    by default, and in that Adam makes the steps.

    Rewards are taken for those of the present policy, also where it has changed since
    a DNA was proposed, as it does where many are evaluated at once.

    Fields are those of `Controller`.

    Example:
      >>> space = pg.Dict(x=pg.oneof(range(10)), y=pg.oneof(range(10)))
      >>> rewards = []
      >>> for p, feedback in pg.sample(
      ...     space, pg.reinforce.REINFORCE(seed=1), num_examples=500):
      ...   rewards.append(float(p.x + p.y))
      ...   feedback(rewards[-1])
      >>> sum(rewards[-30:]) / 30 > 17  # Random ones have a mean of 9.
      True
    """

    def _improve(self, sample: Sample) -> None:
        evaluation = sample.evaluation
        assert evaluation is not None
        _, d_log_probs = policy_gradient_loss(evaluation.log_probs, sample.advantages)
        self._step(sample, evaluation, d_log_probs)

    def _default_rate(self, is_recurrent: bool) -> float:
        return 0.01 if is_recurrent else 0.2
