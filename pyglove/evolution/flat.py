"""Places in a flat sequence of numbers, which mutation and recombination modify.

A DNA is a sequence of numbers, one for each active decision, and its space is compiled
into `Decisions`, which locate the numbers of each decision. Operators pick a place and
change the numbers there, at about the cost of copying the numbers.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from pyglove import utils
from pyglove.geno import DNA, internal
from pyglove.geno.internal import (
    ChoiceDecision,
    Decision,
    Decisions,
    MultiChoiceDecision,
    Numbers,
    draw_below,
)


class Place(NamedTuple):
    """Where the numbers of a decision are.

    Attributes:
      decision: The decision.
      start: Where its numbers start, with those of the decisions that it opens.
      end: Where they end.
      choice: Which of the choices of a multiple choice it is; None for a decision as a
        whole.
      base: Where the numbers of the decision as a whole start.
    """

    decision: Decision
    start: int
    end: int
    choice: int | None
    base: int


def numbers_of(dna: DNA) -> Numbers:
    """Returns the numbers of a DNA, which has to be bound to its spec.

    Args:
      dna: The DNA.

    Raises:
      ValueError: if it is not.
    """
    bound_spec(dna)
    return internal.numbers_of(dna)


def bound_spec(dna: DNA) -> Any:
    """Returns the spec of a DNA, which has to be bound to it.

    Args:
      dna: The DNA.

    Raises:
      ValueError: if it is not.
    """
    if dna.spec is None:
        raise utils.PyGloveValueError(
            f"Expected a DNA that is bound to its spec, got {dna!r}. Bind it with "
            "`dna.use_spec(spec)`."
        )
    return dna.spec


# The places of spaces where they do not depend on the decisions made.
_FIXED: "WeakKeyDictionary[Decisions, list[Place]]" = WeakKeyDictionary()


def places(decisions: Decisions, numbers: Numbers) -> list[Place]:
    """Returns the places of all active decisions.

    A multiple choice is a place, and so is each of its choices.

    Args:
      decisions: The decisions of the space.
      numbers: Numbers that fit.
    """
    found = _FIXED.get(decisions)
    if found is None:
        found = []
        is_fixed = _collect(decisions, numbers, 0, found)
        if is_fixed:
            _FIXED[decisions] = found
    return found


def _collect(
    decisions: Decisions, numbers: Numbers, start: int, out: list[Place]
) -> bool:
    """Appends places; returns whether they are the same for all numbers."""
    is_fixed = True
    for item in decisions.items:
        end = item.skip(numbers, start)
        out.append(Place(item, start, end, None, start))
        if isinstance(item, ChoiceDecision):
            if item.branches is not None:
                is_fixed = False
                _collect(item.branches[numbers[start]], numbers, start + 1, out)
        elif isinstance(item, MultiChoiceDecision):
            for index, (low, high) in enumerate(item.spans(numbers, start)):
                out.append(Place(item, low, high, index, start))
                if item.branches is not None:
                    is_fixed = False
                    _collect(item.branches[numbers[low]], numbers, low + 1, out)
        start = end
    return is_fixed


def resample(place: Place, numbers: Numbers, rng: Any) -> Numbers:
    """Returns numbers in which a decision is redrawn at random.

    A single one of several distinct choices becomes one of the candidates that are
    not chosen yet, if any.

    Args:
      place: The place of the decision.
      numbers: The numbers, which are not modified.
      rng: A random number generator.
    """
    decision, start, end, choice, base = place
    if choice is None:
        out = list(numbers[:start])
        decision.resample(rng, out, numbers[start:end])
        out.extend(numbers[end:])
        return tuple(out)
    assert isinstance(decision, MultiChoiceDecision)
    parts = [numbers[low:high] for low, high in decision.spans(numbers, base)]
    if decision.is_distinct:
        chosen = {part[0] for part in parts}
        free = [value for value in range(decision.size) if value not in chosen]
        value = free[draw_below(rng, len(free))] if free else numbers[start]
    else:
        value = draw_below(rng, decision.size)
    out = [value]
    if decision.branches is not None:
        decision.branches[value].sample_into(rng, out)
    parts[choice] = tuple(out)
    return replace_parts(decision, numbers, base, parts)


def replace_parts(
    decision: MultiChoiceDecision,
    numbers: Numbers,
    base: int,
    parts: Sequence[Numbers],
) -> Numbers:
    """Returns numbers in which a multiple choice consists of other choices.

    Args:
      decision: The multiple choice.
      numbers: The numbers, which are not modified.
      base: Where its numbers start.
      parts: The numbers of each choice. They are brought into order if the choices
        have to be sorted.
    """
    if decision.is_sorted:
        parts = sorted(parts, key=_first)
    out = list(numbers[:base])
    for part in parts:
        out.extend(part)
    out.extend(numbers[decision.skip(numbers, base) :])
    return tuple(out)


def _first(part: Numbers) -> Any:
    return part[0]
