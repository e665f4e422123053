"""Slots: the single decisions of a space that may be active, in a fixed order.

Algorithms that compute with arrays need an array of the same shape for each DNA of a
space, conditional or not. There is a slot for each float, int, custom decision and
choice (several for a multiple choice). The slots that a candidate opens follow the
choice, so that slots are in the order of the numbers of a DNA, which are the values of
the active slots.
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from pyglove.geno.decision.choice_decision import ChoiceDecision, MultiChoiceDecision
from pyglove.geno.decision.decision import Decision, Decisions, Numbers
from pyglove.geno.decision.value_decision import CustomDecision, IntDecision


class Slot(NamedTuple):
    """A single decision that may be active.

    Attributes:
      decision: The decision: a choice, a multiple choice of which this is one, a
        float, an int, or a custom decision.
      position: Which of the choices of a multiple choice it is; 0 for others.
      parent: The slot of the choice that opens it; -1 if it is always active.
      candidate: The candidate there that opens it.
      literals: Names of the candidates of a choice; None for anything but a
        choice, and where the spec was not given.
    """

    decision: Decision
    position: int
    parent: int
    candidate: int
    literals: tuple[Any, ...] | None = None

    @property
    def is_choice(self) -> bool:
        """Whether its value is the index of a candidate."""
        return isinstance(self.decision, (ChoiceDecision, MultiChoiceDecision))

    @property
    def is_custom(self) -> bool:
        """Whether the decision is made by a function of the user."""
        return isinstance(self.decision, CustomDecision)

    @property
    def size(self) -> int:
        """Number of candidates or values; 0 for a float or custom decision."""
        decision = self.decision
        if isinstance(decision, IntDecision):
            return decision.count
        if isinstance(decision, (ChoiceDecision, MultiChoiceDecision)):
            return decision.size
        return 0

    @property
    def coordinates(self) -> tuple[float, ...] | None:
        """Where the candidates of a choice are from 0 to 1, if they have an order.

        Candidates have an order if they are called by different numbers, more than two.
        They are spaced by rank, since lists of values are usually spaced by relevance.
        """
        literals = self.literals
        if literals is None or len(literals) < 3:
            return None
        for value in literals:
            if not isinstance(value, (int, float)) or isinstance(value, bool):
                return None
            if not math.isfinite(value):
                return None
        if len(set(literals)) < len(literals):
            return None
        ranks = {value: i for i, value in enumerate(sorted(literals))}
        return tuple(ranks[value] / (len(literals) - 1) for value in literals)


class SlotTable:
    """The slots of a space.

    Args:
      decisions: The compiled decisions of the space.
      spec: The effective spec of the space, for the literals of its choices; None
        leaves them out.

    Attributes:
      slots: The slots.
      groups: The slots of each multiple choice; those of one that is opened by another
        come first.
      is_flat: Whether all slots are choices that are always active, so that the
        numbers of a DNA are its values.

    Example:
      >>> from pyglove.geno.internal import SlotTable
      >>> spec = pg.dna_spec(pg.Dict(
      ...     x=pg.oneof([1, pg.oneof(['a', 'b'])]), y=pg.floatv(0.0, 1.0)))
      >>> table = SlotTable(spec.decisions)
      >>> [(slot.parent, slot.candidate) for slot in table.slots]
      [(-1, 0), (0, 1), (-1, 0)]
      >>> list(table.active((0, 0.5))), list(table.active((1, 1, 0.5)))
      ([(0, 0), (2, 0.5)], [(0, 1), (1, 1), (2, 0.5)])
    """

    __slots__ = ("groups", "is_flat", "slots")

    def __init__(self, decisions: Decisions, spec: Any = None):
        self.slots: list[Slot] = []
        self.groups: list[list[int]] = []
        self.is_flat = decisions.sizes is not None
        self._add(decisions, spec, -1, 0)

    def active(self, numbers: Numbers) -> Iterator[tuple[int, Any]]:
        """Iterates over the active slots and their values.

        Args:
          numbers: The numbers of a DNA of the space.
        """
        # None where a slot is not active.
        values: list[Any] = []
        rest = iter(numbers)
        for index, (_, _, parent, candidate, _) in enumerate(self.slots):
            if parent >= 0 and values[parent] != candidate:
                values.append(None)
                continue
            value = next(rest)
            values.append(value)
            yield index, value

    def _add(
        self, decisions: Decisions, spec: Any, parent: int, candidate: int
    ) -> None:
        points: Any = [None] * len(decisions.items)
        if spec is not None:
            points = spec.elements if spec.is_space else [spec]
        for item, point in zip(decisions.items, points, strict=True):
            if isinstance(item, ChoiceDecision):
                self._add_choice(item, 0, point, parent, candidate)
            elif isinstance(item, MultiChoiceDecision):
                self.groups.append(
                    [
                        self._add_choice(item, position, point, parent, candidate)
                        for position in range(item.count)
                    ]
                )
            else:
                self.slots.append(Slot(item, 0, parent, candidate))

    def _add_choice(
        self,
        item: ChoiceDecision | MultiChoiceDecision,
        position: int,
        point: Any,
        parent: int,
        candidate: int,
    ) -> int:
        index = len(self.slots)
        literals = None if point is None else _literals(point, item.size)
        self.slots.append(Slot(item, position, parent, candidate, literals))
        for i, branch in enumerate(item.branches or ()):
            if branch.items:
                opened = None if point is None else point.branch_specs[i]
                self._add(branch, opened, index, i)
        return index


def _literals(point: Any, size: int) -> tuple[Any, ...]:
    """Returns the names of the candidates of a choice, their indices by default."""
    literals = point.literal_values
    return tuple(map(str, range(size))) if literals is None else tuple(literals)
