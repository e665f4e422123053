"""OptunaSearch: any sampler of Optuna as a search algorithm."""

import copy
import importlib
import math
import random
from typing import Any

from pyglove import utils
from pyglove.bayesian.row_encoding import RowEncoding
from pyglove.geno import DNA, DNAGenerator
from pyglove.geno.internal import (
    FloatDecision,
    IntDecision,
    Numbers,
    Slot,
    effective_spec,
    flat_form,
    from_unit,
    make_dna,
    reward_from_json,
    reward_to_json,
    to_unit,
)
from pyglove.symbolic import members


class OptunaMissingError(utils.PyGloveError, ImportError):
    """Optuna is not installed."""


def _import_optuna() -> Any:
    try:
        return importlib.import_module("optuna")
    except ImportError:
        raise OptunaMissingError(
            "Expected Optuna to be installed for `pg.bayesian.OptunaSearch`: "
            "pip install 'pyglove[optuna]'."
        ) from None


@members(
    [],
    init_arg_list=["sampler", "num_objectives"],
    serialization_key="pyglove.bayesian.OptunaSearch",
)
class OptunaSearch(DNAGenerator):
    """Searches with a sampler of Optuna 5.

    Each decision is a parameter, and a decision that a candidate opens is one that only
    trials with that candidate have, as Optuna's define-by-run spaces are made. Choices
    are categorical, unless candidates are numbers, which have an order; of distinct
    choices, each is one among the candidates that are left.

    The state of a search is its history. Resuming replays the history, which takes as
    long as the sampler took before and needs a sampler with a seed. `recover` needs
    neither, but continues with other proposals.

    Attributes:
      sampler: The sampler, of which each setup takes a copy; None for Optuna's default.
      num_objectives: Number of objectives in a reward.

    Example:
      >>> import optuna  # doctest: +SKIP
      >>> search = pg.bayesian.OptunaSearch(
      ...     optuna.samplers.GPSampler(seed=1))  # doctest: +SKIP
    """

    sampler: Any = None
    num_objectives: int = 1

    @property
    def multi_objective(self) -> bool:
        """Whether rewards are tuples with a number for each objective."""
        return self.num_objectives > 1

    @property
    def needs_feedback(self) -> bool:
        """Whether this algorithm learns from rewards."""
        return True

    @property
    def study(self) -> Any:
        """The `optuna.Study` that keeps the trials."""
        return self._study

    def _setup(self) -> None:
        self._optuna = _import_optuna()
        self._spec = effective_spec(self.dna_spec)
        self._encoding = RowEncoding(self._spec)
        for decision in [slot.decision for slot in self._encoding.slots]:
            if isinstance(decision, IntDecision) and decision.is_wide:
                raise utils.PyGloveValueError(
                    "Expected ints of at most 53 bits for samplers of Optuna, got a "
                    f"range from {decision.low} to {decision.high}."
                )
        self._rng = random.Random(0)  # For decisions that Optuna does not know.
        # By slot, where in a distinct multiple choice it is.
        self._earlier: dict[int, list[int]] = {}
        for group in self._encoding.groups:
            if group.is_distinct:
                for at, slot in enumerate(group.slots):
                    self._earlier[slot] = group.slots[:at]
        self._open: dict[Numbers, list[Any]] = {}
        # What was proposed, and what came back: numbers, with a reward of None or not.
        self._events: list[tuple[Numbers, Any]] = []
        verbosity = self._optuna.logging.get_verbosity()
        # That a study was created is no news.
        self._optuna.logging.set_verbosity(self._optuna.logging.WARNING)
        try:
            self._study = self._optuna.create_study(
                sampler=copy.deepcopy(self.sampler),
                directions=["maximize"] * self.num_objectives,
            )
        finally:
            self._optuna.logging.set_verbosity(verbosity)

    # ---- Proposals ------------------------------------------------------------

    def _propose(self) -> DNA:
        trial = self._study.ask()
        row: list[Any] = []
        for index, slot in enumerate(self._encoding.slots):
            if slot.parent >= 0 and row[slot.parent] != slot.candidate:
                row.append(None)
                continue
            distribution = self._distribution(index, slot)
            suggested = None
            if distribution is not None:
                suggested = self._suggest(trial, _name(index), distribution)
            row.append(self._value(index, slot, suggested, row))
        numbers = self._canonical(row)
        self._events.append((numbers, None))
        dna = make_dna(numbers, self._spec)
        conditions = self._spec.conditions
        if conditions is not None and conditions.violation(numbers) is not None:
            # It is passed over, and gets no feedback.
            self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
            return dna
        self._open.setdefault(numbers, []).append(trial)
        return dna

    def _distribution(self, index: int, slot: Slot) -> Any:
        """Returns the distribution for a slot, None for a custom one."""
        distributions = self._optuna.distributions
        decision = slot.decision
        if isinstance(decision, FloatDecision):
            if decision.scale == "rlog":
                return distributions.FloatDistribution(0.0, 1.0)
            return distributions.FloatDistribution(
                decision.low, decision.high, log=decision.scale == "log"
            )
        if isinstance(decision, IntDecision):
            is_log = decision.scale == "log" and decision.step == 1
            step = decision.step
            return distributions.IntDistribution(
                decision.low, decision.high, log=is_log, step=step
            )
        if slot.is_custom:
            return None
        if slot.coordinates is not None and index not in self._earlier:
            return distributions.IntDistribution(0, slot.size - 1)
        size = slot.size - len(self._earlier.get(index, ()))
        return distributions.CategoricalDistribution(range(size))

    def _suggest(self, trial: Any, name: str, distribution: Any) -> Any:
        distributions = self._optuna.distributions
        if isinstance(distribution, distributions.CategoricalDistribution):
            return trial.suggest_categorical(name, distribution.choices)
        low, high, is_log = distribution.low, distribution.high, distribution.log
        if isinstance(distribution, distributions.FloatDistribution):
            return trial.suggest_float(name, low, high, log=is_log)
        return trial.suggest_int(name, low, high, step=distribution.step, log=is_log)

    def _value(self, index: int, slot: Slot, suggested: Any, row: list[Any]) -> Any:
        """Returns the number of a slot for a suggested value."""
        decision = slot.decision
        if isinstance(decision, FloatDecision) and decision.scale == "rlog":
            return from_unit(suggested, decision.low, decision.high, decision.scale)
        if slot.is_custom:
            out: list[Any] = []
            decision.sample(self._rng, out)
            return out[0]
        if index in self._earlier:
            taken = {row[i] for i in self._earlier[index]}
            return [v for v in range(slot.size) if v not in taken][suggested]
        if slot.coordinates is not None:
            return _by_rank(slot)[suggested]
        return suggested

    def _canonical(self, row: list[Any]) -> Numbers:
        """Returns the numbers of a row, with choices sorted that have to be."""
        values = list(row)
        for group in self._encoding.groups:
            if group.is_sorted and values[group.slots[0]] is not None:
                chosen = sorted(values[i] for i in group.slots)
                for i, value in zip(group.slots, chosen, strict=True):
                    values[i] = value
        if any(group.is_sorted for group in self._encoding.groups):
            # What the choices open may be other decisions than those suggested.
            return self._completed(values)
        return tuple(value for value in values if value is not None)

    def _completed(self, values: list[Any]) -> Numbers:
        """Returns numbers in which decisions that are missing are made at random."""
        out: list[Any] = []
        chosen: list[Any] = []
        for slot, value in zip(self._encoding.slots, values, strict=True):
            if slot.parent >= 0 and chosen[slot.parent] != slot.candidate:
                chosen.append(None)
                continue
            if value is None:
                drawn: list[Any] = []
                slot.decision.sample(self._rng, drawn)
                value = drawn[0]
            chosen.append(value)
            out.append(value)
        return tuple(out)

    # ---- Feedback -------------------------------------------------------------

    def _feedback(self, dna: DNA, reward: Any) -> None:
        values = list(reward) if self.multi_objective else [reward]
        # Optuna takes no NaN, and treats trials that failed as bad ones.
        is_number = all(not math.isnan(value) for value in values)
        states = self._optuna.trial.TrialState
        state = states.COMPLETE if is_number else states.FAIL
        numbers = flat_form(dna, self._spec)
        self._events.append((numbers, reward))
        trials = self._open.get(numbers)
        if trials:
            trial = trials.pop()
            if not trials:
                del self._open[numbers]
            self._study.tell(trial, values if is_number else None, state=state)
        else:
            self._study.add_trial(self._make_trial(numbers, values, state))

    def _make_trial(self, numbers: Numbers, values: list[Any], state: Any) -> Any:
        """Returns a trial of decisions that the sampler did not make."""
        params: dict[str, Any] = {}
        distributions: dict[str, Any] = {}
        row: list[Any] = []
        given = iter(numbers)
        for index, slot in enumerate(self._encoding.slots):
            if slot.parent >= 0 and row[slot.parent] != slot.candidate:
                row.append(None)
                continue
            value = next(given)
            distribution = self._distribution(index, slot)
            if distribution is not None:
                distributions[_name(index)] = distribution
                params[_name(index)] = self._parameter(index, slot, value, row)
            row.append(value)
        return self._optuna.trial.create_trial(
            state=state,
            params=params,
            distributions=distributions,
            values=values if state.name == "COMPLETE" else None,
        )

    def _parameter(self, index: int, slot: Slot, value: Any, row: list[Any]) -> Any:
        """Returns the suggestion that stands for a number: the inverse of `_value`."""
        decision = slot.decision
        if isinstance(decision, FloatDecision) and decision.scale == "rlog":
            return to_unit(value, decision.low, decision.high, decision.scale)
        if index in self._earlier:
            taken = {row[i] for i in self._earlier[index]}
            return [v for v in range(slot.size) if v not in taken].index(value)
        if slot.coordinates is not None:
            return _by_rank(slot).index(value)
        return value

    # ---- State ----------------------------------------------------------------

    def _get_state(self) -> Any:
        events = [
            [list(numbers), None if reward is None else reward_to_json(reward)]
            for numbers, reward in self._events
        ]
        return {"events": events}

    def _set_state(self, state: Any) -> None:
        for numbers, reward in state["events"]:
            if reward is not None:
                dna = make_dna(tuple(numbers), self._spec)
                self._feedback(dna, reward_from_json(reward))
                continue
            proposed = list(self._propose()._flat())
            if proposed != numbers:
                raise utils.PyGloveValueError(
                    f"Expected the sampler to propose {numbers} again, as proposal "
                    f"{len(self._events)}, got {proposed}. Give the sampler the seed "
                    "that it had, or take up the search by `recover`."
                )


def _name(index: int) -> str:
    """Returns the name of the parameter of a slot."""
    return f"decision_{index}"


def _by_rank(slot: Slot) -> list[int]:
    """Returns the candidates that are numbers, from the least to the greatest."""
    assert slot.literals is not None
    literals = slot.literals
    return sorted(range(len(literals)), key=literals.__getitem__)
