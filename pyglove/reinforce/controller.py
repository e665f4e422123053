"""Controllers: search algorithms that learn a policy from rewards."""

import abc
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import numpy as np

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA, DNAGenerator
from pyglove.geno.array_state import (
    array_from_json,
    array_to_json,
    generator_to_json,
    restore_generator,
)
from pyglove.geno.internal import (
    Numbers,
    effective_spec,
    flat_form,
    make_dna,
    reward_from_json,
    reward_to_json,
)
from pyglove.reinforce.encoding import Batch, Floats
from pyglove.reinforce.independent_policy import IndependentPolicy
from pyglove.reinforce.objective import entropy_loss, value_loss
from pyglove.reinforce.optimizer import Adam
from pyglove.reinforce.policy import Evaluation, Policy
from pyglove.reinforce.recurrent_policy import RecurrentPolicy
from pyglove.reinforce.reward import MovingBaseline, RewardScale
from pyglove.scalars import scalar_spec, scalar_value

if TYPE_CHECKING:
    Count = int
    Share = float
    Weight = float | Callable[[int], float]
    Rate = float | Callable[[int], float] | None
    Norm = float | None
else:
    Count = pg_typing.Int(min_value=1)
    Share = pg_typing.Float(min_value=0.0, max_value=1.0)
    Weight = scalar_spec(pg_typing.Float(min_value=0.0))
    Rate = scalar_spec(pg_typing.Float(min_value=0.0)).noneable()
    Norm = pg_typing.Float(min_value=0.0).noneable()

# Number of policy updates after which the evaluation of a proposal is dropped.
_MAX_AGE = 20
# Number of recent rewards that scaling is based on.
_WINDOW = 100


class Sample(NamedTuple):
    """Evaluated DNA to learn from.

    Attributes:
      batch: The decisions.
      old_log_probs: [rows, slots] The log-probabilities when it was decided.
      advantages: [rows, slots] How much better than expected the outcome was.
      rewards: [rows] The rewards, scaled.
      evaluation: Its evaluation by the policy before the update.
    """

    batch: Batch
    old_log_probs: Floats
    advantages: Floats
    rewards: Floats
    evaluation: Evaluation | None

    def rows(self, index: Any) -> "Sample":
        """Returns a sample of some of the rows, without an evaluation.

        Args:
          index: An index into the first dimension of the arrays.
        """
        return Sample(
            self.batch.rows(index),
            self.old_log_probs[index],
            self.advantages[index],
            self.rewards[index],
            None,
        )


class Controller(DNAGenerator):
    """Base of search algorithms that learn a policy from rewards.

    DNA are drawn from the policy. It changes whenever as many rewards have come back,
    in any order, as make a batch. DNA that are never evaluated are no matter, and
    rewards of DNA that were proposed elsewhere count as well.

    With the policy 'independent', each decision has a distribution of its own: the
    softmax of logits for a choice, the Plackett-Luce distribution for an arrangement of
    distinct candidates, softmaxes in sequence for sorted ones, and a squashed logistic
    distribution for a number. With 'recurrent', the parameters of these come from a net
    that has seen all decisions before; it can learn what goes together, from more
    evaluations.

    Infeasible DNA are passed over and drawn again. Custom decision points are not
    supported.
    """

    policy: Annotated[
        Literal["independent", "recurrent"], "How decisions depend on each other."
    ] = "independent"
    batch_size: Annotated[Count, "After how many rewards the policy changes."] = 10
    learning_rate: Annotated[
        Rate,
        "About how far a step moves each parameter: a number, or a function of the "
        "number of rewards so far. By default one that suits the policy.",
    ] = None
    entropy_weight: Annotated[
        Weight,
        "What a nat of entropy of a decision is worth, against a standard deviation of "
        "rewards: a number, or a function of the number of rewards so far.",
    ] = 0.15
    baseline: Annotated[
        Literal["moving", "value"],
        "The baseline of rewards: 'moving' for a moving mean of rewards, "
        "'value' for what a second head of a recurrent policy expects before each "
        "decision.",
    ] = "moving"
    baseline_decay: Annotated[
        Share, "How much of the moving mean is left after a reward."
    ] = 0.95
    value_weight: Annotated[
        Weight, "What squared errors of expected rewards count in the loss."
    ] = 0.5
    reward_scaling: Annotated[
        Literal["none", "deviation", "rank"],
        "On which scale rewards are: as they are, divided by the standard deviation of "
        "the last ones, or as ranks among the last ones.",
    ] = "rank"
    hidden_size: Annotated[Count, "Number of units of a recurrent policy."] = 32
    max_gradient_norm: Annotated[
        Norm, "Longer gradients are cut to this length; None for any length."
    ] = None
    seed: Annotated[
        int | None, "Seed of all that is random; None for another one each time."
    ] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.baseline == "value" and self.policy != "recurrent":
            raise utils.PyGloveValueError(
                "Expected the policy 'recurrent' for the baseline 'value', as only its "
                f"decisions know of those before, got {self.policy!r}."
            )

    @property
    def needs_feedback(self) -> bool:
        """True."""
        return True

    # ---- Setup ---------------------------------------------------------------

    def _setup(self) -> None:
        self._spec = effective_spec(self.dna_spec)
        for point in self._spec.decision_points:
            if point.is_custom_decision_point:
                raise utils.PyGloveValueError(
                    f"Expected a space without custom decision points, which "
                    f"{type(self).__name__} has no policy for, got {str(point.id)!r}: "
                    f"{point!r}."
                )
        decisions = self._spec.decisions
        self._rng = np.random.default_rng(self.seed)
        self._policy: Policy
        if self.policy == "independent":
            self._policy = IndependentPolicy(decisions)
        else:
            self._policy = RecurrentPolicy(decisions, self.hidden_size, self._rng)
        self._optimizer = Adam(len(self._policy.parameters.vector))
        self._scale = RewardScale(self.reward_scaling, max(_WINDOW, self.batch_size))
        self._baseline = MovingBaseline(self.baseline_decay)
        self._version = 0
        # Drawn, but not proposed so far.
        self._drawn: deque[Numbers] = deque()
        # Proposed, but without a reward so far: when, as the version of the policy, and
        # log-probabilities if the policy has changed since.
        self._open: dict[Numbers, list[tuple[int, Floats | None]]] = {}
        # Evaluated, but not learned from so far.
        self._evaluated: list[tuple[Numbers, Floats | None, float]] = []

    # ---- Proposals and feedback ----------------------------------------------

    def _propose(self) -> DNA:
        if not self._drawn:
            self._drawn.extend(self._policy.sample(self._rng, self.batch_size))
        numbers = self._drawn.popleft()
        self._open.setdefault(numbers, []).append((self._version, None))
        return make_dna(numbers, self._spec)

    def _feedback(self, dna: DNA, reward: float) -> None:
        numbers = flat_form(dna, self._spec)
        log_probs = None
        proposals = self._open.get(numbers)
        if proposals:
            _, log_probs = proposals.pop(0)
            if not proposals:
                del self._open[numbers]
        self._evaluated.append((numbers, log_probs, float(reward)))
        if len(self._evaluated) == self.batch_size:
            self._update()

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        # Draws what was drawn for it, so that the sequence goes on.
        self._propose_feasible()
        super()._replay(trial_id, dna, reward)

    # ---- Learning ------------------------------------------------------------

    def _update(self) -> None:
        """Updates the policy by the evaluated proposals."""
        self._note_open()
        rows, notes, rewards = zip(*self._evaluated, strict=True)
        self._evaluated = []
        self._improve(self._make_sample(rows, notes, rewards))
        self._version += 1
        self._drawn.clear()

    def _note_open(self) -> None:
        """Evaluates pending proposals before the policy is updated."""
        oldest = self._version - _MAX_AGE
        recent: dict[Numbers, list[tuple[int, Floats | None]]] = {}
        for numbers, proposals in self._open.items():
            kept = [p for p in proposals if p[0] > oldest]
            if kept:
                recent[numbers] = kept
        fresh = [n for n, proposals in recent.items() if proposals[-1][1] is None]
        if fresh:
            found = self._policy.evaluate(self._policy.encoding.encode(fresh)).log_probs
            for numbers, row in zip(fresh, found, strict=True):
                recent[numbers] = [
                    (version, row.copy() if noted is None else noted)
                    for version, noted in recent[numbers]
                ]
        self._open = recent

    def _make_sample(
        self,
        rows: Sequence[Numbers],
        notes: Sequence[Floats | None],
        rewards: Sequence[float],
    ) -> Sample:
        batch = self._policy.encoding.encode(rows)
        evaluation = self._policy.evaluate(batch)
        old_log_probs = evaluation.log_probs.copy()
        for i, note in enumerate(notes):
            if note is not None:
                old_log_probs[i] = note
        scaled = self._scale(rewards)
        self._baseline.update(scaled)
        expected: Any = self._baseline.value
        if self.baseline == "value":
            assert evaluation.values is not None
            expected = evaluation.values
        advantages = np.where(batch.active, scaled[:, None] - expected, 0.0)
        return Sample(batch, old_log_probs, advantages, scaled, evaluation)

    @abc.abstractmethod
    def _improve(self, sample: Sample) -> None:
        """Updates the policy. Subclasses implement it by means of `_step`.

        Args:
          sample: The data to learn from.
        """

    def _step(
        self, sample: Sample, evaluation: Evaluation, d_log_probs: Floats
    ) -> None:
        """Makes one step of the optimizer.

        Args:
          sample: The data to learn from.
          evaluation: Its evaluation by the policy.
          d_log_probs: [rows, slots] Gradient of the loss with respect to what the
            policy says, apart from that of entropies and values.
        """
        when = self.num_feedbacks
        _, d_entropies = entropy_loss(evaluation.entropies)
        d_entropies *= scalar_value(self.entropy_weight, when)
        d_values = None
        if self.baseline == "value":
            assert evaluation.values is not None
            active = sample.batch.active.astype(np.float64)
            _, d_values = value_loss(evaluation.values, sample.rewards, active)
            d_values *= scalar_value(self.value_weight, when)
        gradient = self._policy.gradient(
            sample.batch, evaluation, d_log_probs, d_entropies, d_values
        )
        rate = self.learning_rate
        if rate is None:
            rate = self._default_rate(self.policy == "recurrent")
        self._optimizer.step(
            self._policy.parameters.vector,
            gradient,
            scalar_value(rate, when),
            self.max_gradient_norm,
        )

    @abc.abstractmethod
    def _default_rate(self, is_recurrent: bool) -> float:
        """Returns the learning rate where none is given.

        Args:
          is_recurrent: Whether the policy is recurrent.
        """

    # ---- State ---------------------------------------------------------------

    def _get_state(self) -> Any:
        return {
            "random": generator_to_json(self._rng),
            "version": self._version,
            "parameters": array_to_json(self._policy.parameters.vector),
            "optimizer": self._optimizer.get_state(),
            "scale": self._scale.get_state(),
            "baseline": self._baseline.get_state(),
            "drawn": [list(numbers) for numbers in self._drawn],
            "open": [
                [list(numbers), [[when, _saved_note(n)] for when, n in proposals]]
                for numbers, proposals in self._open.items()
            ],
            "evaluated": [
                [list(numbers), _saved_note(note), reward_to_json(reward)]
                for numbers, note, reward in self._evaluated
            ],
        }

    def _set_state(self, state: Any) -> None:
        restore_generator(self._rng, state["random"])
        self._version = state["version"]
        vector = self._policy.parameters.vector
        vector[:] = array_from_json(state["parameters"], vector.shape)
        self._optimizer.set_state(state["optimizer"])
        self._scale.set_state(state["scale"])
        self._baseline.set_state(state["baseline"])
        self._drawn.extend(self._numbers(numbers) for numbers in state["drawn"])
        for numbers, proposals in state["open"]:
            self._open[self._numbers(numbers)] = [
                (when, self._read_note(note)) for when, note in proposals
            ]
        for numbers, note, reward in state["evaluated"]:
            self._evaluated.append(
                (
                    self._numbers(numbers),
                    self._read_note(note),
                    reward_from_json(reward),
                )
            )

    def _numbers(self, value: Any) -> Numbers:
        """Returns the numbers of a DNA of the space.

        Raises:
          ValueError: if it is anything else.
        """
        return DNA.from_numbers(value, self._spec)._flat()

    def _read_note(self, value: Any) -> Floats | None:
        if value is None:
            return None
        return array_from_json(value, (self._policy.encoding.num_slots,))


def _saved_note(note: Floats | None) -> str | None:
    return None if note is None else array_to_json(note)
