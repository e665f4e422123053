"""Conditions: all constraints of a space, compiled, with those of its candidates."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyglove import utils
from pyglove.geno.constraint.constraint import Constraint, ConstraintError, Exhausted
from pyglove.geno.constraint.constraint_automaton import Draw
from pyglove.geno.constraint.constraint_check import (
    FEASIBLE,
    Check,
    DecisionCheck,
    make_checks,
)
from pyglove.geno.constraint.constraint_sampler import Sampler
from pyglove.geno.constraint.constraint_scope import Span
from pyglove.geno.decision.choice_decision import MultiChoiceDecision
from pyglove.geno.decision.decision import VARIES, Decisions, Numbers
from pyglove.geno.dna.dna import DNA
from pyglove.geno.dna.genotype import flat_form
from pyglove.geno.dna.spec_base import effective_spec

# A sweep is to find every feasible program, so that it has more patience: so many times
# as many rejections in a row are too many for it.
SWEEP_FACTOR = 100

Violation = tuple[Constraint, int]
#: Violations of each constraint, and the number of attempts (None for all).
Failure = tuple["Counter[Constraint]", int | None]
# Stands for a failure that is not computed yet.
_UNKNOWN: Any = ("unknown",)


class Conditions:
    """The constraints of a space, compiled for its numbers.

    Args:
      decisions: The decisions of the space.
      checks: The constraints of the space itself.
      inner: By decision, the conditions of what each candidate opens, None for those
        without.
    """

    def __init__(
        self,
        decisions: Decisions,
        checks: Sequence[Check],
        inner: "Mapping[int, Sequence[Conditions | None]]",
    ):
        self.decisions = decisions
        # Those that need no program cost less, so that they are checked first.
        self._checks = sorted(checks, key=lambda c: not isinstance(c, DecisionCheck))
        self._num_early = sum(isinstance(c, DecisionCheck) for c in checks)
        self._inner = inner
        nested = [c for group in inner.values() for c in group if c is not None]
        tries = [check.constraint.max_tries for check in checks]
        #: Maximum number of consecutive rejections.
        self.max_tries: int = max([*tries, *[c.max_tries for c in nested]])
        self._static_spans: list[Span] | None = None
        self._sampler: Sampler | None = None
        self._failure: Failure | None = _UNKNOWN

    # ---- Checking ------------------------------------------------------------

    def violation(self, numbers: Numbers, start: int = 0) -> Violation | None:
        """Returns a constraint that numbers violate, None if they are feasible.

        Args:
          numbers: Numbers that fit.
          start: Where those of this space start.

        Returns:
          The constraint, and a position: all numbers that are the same up to it are
          infeasible.
        """
        spans = self._spans(numbers, start)
        found = None
        for check in self._checks[: self._num_early]:
            position = check.find(numbers, spans)
            if position != FEASIBLE and (found is None or position < found[1]):
                found = check.constraint, position
        if found is not None:
            return found
        for conditions, position in self._opened(numbers, spans):
            found = conditions.violation(numbers, position)
            if found is not None:
                return found
        for check in self._checks[self._num_early :]:
            position = check.find(numbers, spans)
            if position != FEASIBLE:
                return check.constraint, position if position >= 0 else start - 1
        return None

    def find(self, dna: Any, spec: Any) -> Constraint | None:
        """Returns a constraint that a DNA violates, None if it is feasible.

        A feasible DNA is marked, so that it is not checked again.

        Args:
          dna: The DNA.
          spec: The spec of this space.

        Raises:
          ValueError: if the DNA does not fit.
          TypeError: if it is no DNA.
        """
        if not isinstance(dna, DNA):
            raise utils.PyGloveTypeError(f"Expected a DNA to be proposed, got {dna!r}.")
        if dna._met_conditions is self:
            return None
        found = self.violation(flat_form(dna, spec))
        if found is not None:
            return found[0]
        if dna._spec is not None:
            dna._met_conditions = self
        return None

    def violated(self, numbers: Numbers, start: int = 0) -> list[Constraint]:
        """Returns all constraints that numbers violate.

        Args:
          numbers: Numbers that fit.
          start: Where those of this space start.
        """
        spans = self._spans(numbers, start)
        found = [
            check.constraint
            for check in self._checks
            if check.find(numbers, spans) != FEASIBLE
        ]
        for conditions, position in self._opened(numbers, spans):
            found.extend(conditions.violated(numbers, position))
        return found

    def require(self, numbers: Numbers, spec: Any, subject: str) -> None:
        """Refuses numbers that are infeasible.

        Args:
          numbers: Numbers that fit.
          spec: The spec of this space.
          subject: What the numbers represent, for the message.

        Raises:
          ConstraintError: naming the constraints that they violate.
        """
        if self.violation(numbers) is not None:
            labels = [constraint.label for constraint in self.violated(numbers)]
            dna = DNA._from_flat(numbers, effective_spec(spec))
            raise ConstraintError(
                f"Expected {subject} that meets the constraints of its space, got one "
                f"that violates {', '.join(labels)}. "
                f"(decisions={dna.to_dict(value_type='literal')!r})"
            )

    def _spans(self, numbers: Numbers, start: int) -> list[Span]:
        """Returns where the numbers of each decision are."""
        if self._static_spans is not None and start == 0:
            return self._static_spans
        spans = self.decisions.spans(numbers, start)
        if start == 0 and VARIES not in [d.width for d in self.decisions.items]:
            self._static_spans = spans
        return spans

    def _opened(
        self, numbers: Numbers, spans: Sequence[Span]
    ) -> "Iterator[tuple[Conditions, int]]":
        """Iterates over conditions of chosen candidates, and where they apply."""
        for k, branches in self._inner.items():
            start = spans[k][0]
            item = self.decisions.items[k]
            starts = [start]
            if isinstance(item, MultiChoiceDecision):
                starts = [low for low, _ in item.spans(numbers, start)]
            for position in starts:
                conditions = branches[numbers[position]]
                if conditions is not None:
                    yield conditions, position + 1

    # ---- Enumeration ---------------------------------------------------------

    def first(self) -> Numbers:
        """Returns the first feasible numbers in the order of enumeration.

        Raises:
          InfeasibleSpaceError: if none was found within the allowed attempts.
        """
        rejected: Counter[Constraint] = Counter()
        numbers = self._seek(self.decisions.first(), rejected)
        if numbers is None:
            raise Exhausted(rejected, None).to_error()
        return numbers

    def next(self, numbers: Numbers) -> Numbers | None:
        """Returns the feasible numbers that follow, None at the end of the order.

        Args:
          numbers: Numbers that fit.

        Raises:
          InfeasibleSpaceError: if there are too many infeasible ones before.
        """
        return self._seek(self.decisions.next(numbers), Counter())

    def _seek(
        self, numbers: Numbers | None, rejected: "Counter[Constraint]"
    ) -> Numbers | None:
        """Returns the first feasible numbers from some numbers on."""
        num_tries = SWEEP_FACTOR * self.max_tries
        for _ in range(num_tries):
            if numbers is None:
                return None
            found = self.violation(numbers)
            if found is None:
                return numbers
            rejected[found[0]] += 1
            # All that begins like these numbers is infeasible, too.
            numbers = self.decisions.next(numbers, found[1])
        raise Exhausted(rejected, num_tries).to_error()

    # ---- Sampling ------------------------------------------------------------

    def sample(self, rng: Any, previous: Numbers | None = None) -> Numbers:
        """Returns random numbers that are feasible.

        Where no candidate has constraints of its own, they are distributed as random
        numbers of the space of which the infeasible ones are thrown away. How likely a
        candidate is chosen does not depend on its own constraints, as long as there is
        a way to meet them.

        Args:
          rng: A random number generator.
          previous: Numbers to start from, for custom decisions.

        Raises:
          InfeasibleSpaceError: if none was found within the allowed attempts.
        """
        try:
            if previous is not None and self.decisions.is_custom:
                return self._resample(rng, previous)
            out: list[Any] = []
            self.sample_into(rng, out)
            return tuple(out)
        except Exhausted as failure:
            raise failure.to_error() from None

    def _resample(self, rng: Any, previous: Numbers) -> Numbers:
        rejected: Counter[Constraint] = Counter()
        for _ in range(self.max_tries):
            numbers = self.decisions.sample(rng, previous)
            found = self.violation(numbers)
            if found is None:
                return numbers
            rejected[found[0]] += 1
        raise Exhausted(rejected, self.max_tries)

    def sample_into(self, rng: Any, out: list[Any]) -> None:
        """Appends random numbers that are feasible.

        Args:
          rng: A random number generator.
          out: Receives the numbers.

        Raises:
          Exhausted: if none were found.
        """
        out.extend(self._own_sampler().sample(rng))

    @property
    def failure(self) -> Failure | None:
        """The reason why no numbers are feasible, None if some are.

        To find out, numbers are drawn once, from a seed that is always the same, as
        what others draw must not depend on whether it was done before.
        """
        if self._failure is _UNKNOWN:
            self._failure = None
            try:
                self.sample_into(random.Random(0), [])
            except Exhausted as error:
                self._failure = error.rejected, error.num_tries
        return self._failure

    def _own_sampler(self) -> Sampler:
        if self._sampler is None:
            items = self.decisions.items
            self._sampler = Sampler(
                items,
                self._checks,
                [self._draw(k) for k in range(len(items))],
                self._inner.__contains__,
                self.max_tries,
            )
        return self._sampler

    def _draw(self, k: int) -> Draw:
        """Returns a function that draws a decision and meets constraints within it."""
        item: Any = self.decisions.items[k]
        if k not in self._inner:
            draw: Draw = item.sample
            return draw
        inner = self._inner[k]

        def draw_guarded(rng: Any, out: list[Any]) -> None:
            failure = None
            for _ in range(self.max_tries):
                values = item.draw(rng)
                opened = [inner[value] for value in values]
                failures = [c.failure for c in opened if c is not None]
                failure = next((f for f in failures if f is not None), None)
                if failure is not None:
                    continue
                for value, conditions in zip(values, opened, strict=True):
                    out.append(value)
                    if conditions is not None:
                        conditions.sample_into(rng, out)
                    elif item.branches is not None:
                        item.branches[value].sample_into(rng, out)
                return
            assert failure is not None
            raise Exhausted(*failure)

        return draw_guarded


def compile_conditions(spec: Any) -> Conditions | None:
    """Compiles the constraints of a space, and of all candidates in it.

    Args:
      spec: A space or a decision point.

    Returns:
      The conditions; None if there are no constraints.

    Raises:
      ValueError: if a constraint names no decision, or makes no sense for those that
        it names.
    """
    inner: dict[int, list[Conditions | None]] = {}
    for k, element in enumerate(spec.elements if spec.is_space else [spec]):
        if element.is_categorical:
            branches = [
                None if s is None else s.conditions for s in element.branch_specs
            ]
            if any(b is not None for b in branches):
                inner[k] = branches
    constraints = [c for c in spec.constraints if c.is_checked] if spec.is_space else []
    if not constraints and not inner:
        return None
    decisions = spec.decisions
    return Conditions(decisions, make_checks(constraints, spec, decisions), inner)
