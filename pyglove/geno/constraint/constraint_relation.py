"""Relations: constraints that are defined without a function.

They are saved with the description of a space, and hold where none of the user's code
is at hand.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.constraint.constraint import Constraint, On, Scope, shown
from pyglove.geno.constraint.constraint_rule import (
    DistinctRule,
    ForbiddenRule,
    Rule,
    TotalRule,
    ordered_rule,
)
from pyglove.geno.constraint.constraint_scope import Slot
from pyglove.symbolic import members, use_init_args

if TYPE_CHECKING:
    Bound = float | None
    Values = Mapping[str, Any]
else:
    Bound = pg_typing.Union([pg_typing.Int(), pg_typing.Float()]).noneable()
    Values = pg_typing.Dict([(pg_typing.StrKey(), pg_typing.Any())])


class Relation(Constraint):
    """Base of constraints that are defined without a function.

    Decisions that are not active, as their candidate was not chosen, are passed over.

    Attributes:
      on: The decisions: names or ids; or places in the program, which stand for all
        decisions there that no choice opens. By default all of the space.
    """

    on: Annotated[On, "Names, ids or places of decisions."] = [""]

    @property
    def targets(self) -> Sequence[str] | None:
        """The decisions that it is about."""
        return self.on

    def limited_to(self, present: Sequence[str]) -> Constraint | None:
        """Returns the constraint on decisions that can be active."""
        return self.clone(override={"on": list(present)}) if present else None

    def _arguments(self) -> list[tuple[str, Any, Any]]:
        return [("", shown(self.on), "")]


class _Ordered(Relation):
    """Base of constraints on the order of values."""

    _is_decreasing: ClassVar[bool]

    strictly: Annotated[bool, "Whether no two of them may be equal."] = False

    def rule(self, scope: Scope) -> Rule:
        """Returns the rule that values are in order."""
        for slot in scope.slots:
            numeric_range(self, slot)
        return ordered_rule(scope.ranks, self._is_decreasing, self.strictly)

    def _arguments(self) -> list[tuple[str, Any, Any]]:
        return [*super()._arguments(), ("strictly", self.strictly, False)]


@use_init_args(["on", "strictly"])
@members([], serialization_key="pyglove.geno.Increasing")
class Increasing(_Ordered):
    """Values of decisions do not decrease, in the order of `on`.

    Attributes:
      strictly: Whether no two of them may be equal.

    Example:
      >>> space = pg.constrain(
      ...     pg.Dict(widths=[pg.oneof([8, 16]), pg.oneof([8, 16])]),
      ...     pg.geno.Increasing('widths'))
      >>> [program.widths for program in pg.iter(space)]
      [[8, 8], [8, 16], [16, 16]]
    """

    _is_decreasing: ClassVar[bool] = False


@use_init_args(["on", "strictly"])
@members([], serialization_key="pyglove.geno.Decreasing")
class Decreasing(_Ordered):
    """Values of decisions do not increase, in the order of `on`.

    Attributes:
      strictly: Whether no two of them may be equal.
    """

    _is_decreasing: ClassVar[bool] = True


@use_init_args(["on"])
@members([], serialization_key="pyglove.geno.Distinct")
class Distinct(Relation):
    """No two decisions take the same value.

    Candidates that are neither numbers nor strings are the same if their texts are.

    Example:
      >>> space = pg.constrain(
      ...     [pg.oneof([1, 2]), pg.oneof([2, 3])], pg.geno.Distinct())
      >>> list(pg.iter(space))
      [[1, 2], [1, 3], [2, 3]]
    """

    def rule(self, scope: Scope) -> Rule:
        """Returns the rule that values are distinct."""
        return DistinctRule()


@use_init_args(["on", "at_least", "at_most"])
@members([], serialization_key="pyglove.geno.Total")
class Total(Relation):
    """The sum of the values of decisions is in a range.

    Attributes:
      at_least: Lower end of the range; None for none.
      at_most: Upper end of the range; None for none.

    Example:
      >>> space = pg.constrain(
      ...     pg.Dict(edges=[pg.oneof([0, 1]) for _ in range(4)]),
      ...     pg.geno.Total('edges', at_most=1))
      >>> len(list(pg.iter(space)))
      5
    """

    at_least: Annotated[Bound, "Lower end of the range."] = None
    at_most: Annotated[Bound, "Upper end of the range."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.at_least is None and self.at_most is None:
            raise utils.PyGloveValueError(
                "Expected 'at_least' or 'at_most' to say how much the total may be, "
                "got neither."
            )

    def rule(self, scope: Scope) -> Rule:
        """Returns the rule that the sum is in the range."""
        bounds = []
        for slot in scope.slots:
            low, high = numeric_range(self, slot)
            if slot.is_conditional:
                low, high = min(low, 0), max(high, 0)
            bounds.append((low, high))
        return TotalRule(
            -math.inf if self.at_least is None else self.at_least,
            math.inf if self.at_most is None else self.at_most,
            bounds,
        )

    def _arguments(self) -> list[tuple[str, Any, Any]]:
        return [
            *super()._arguments(),
            ("at_least", self.at_least, None),
            ("at_most", self.at_most, None),
        ]


def numeric_range(constraint: Constraint, slot: Slot) -> tuple[Any, Any]:
    """Returns the least and the greatest value of a decision.

    Args:
      constraint: The constraint that needs numbers.
      slot: The decision.

    Raises:
      ValueError: if its values are not numbers.
    """
    point = slot.point
    if point.is_numerical:
        return point.min_value, point.max_value
    if point.is_categorical:
        values = constraint.values_of(slot) or range(len(point.branch_specs))
        if all(isinstance(value, (int, float)) for value in values):
            return min(values), max(values)
        found = repr(next(v for v in values if not isinstance(v, (int, float))))
    else:
        found = repr(point)
    raise utils.PyGloveValueError(
        f"Expected numbers as values of decision {slot.name or slot.id!r} for "
        f"constraint {constraint.label}, got {found}."
    )


@use_init_args(["values"])
@members([], serialization_key="pyglove.geno.Forbidden")
class Forbidden(Constraint):
    """Some decisions do not take certain values all at once.

    Attributes:
      values: Values by name or id of the decision.

    Example:
      >>> space = pg.constrain(
      ...     pg.Dict(optimizer=pg.oneof(['adam', 'sgd']), nesterov=pg.oneof([0, 1])),
      ...     pg.geno.Forbidden({'optimizer': 'adam', 'nesterov': 1}))
      >>> len(list(pg.iter(space)))
      3
    """

    values: Annotated[Values, "Values by name or id."]

    def _on_bound(self) -> None:
        super()._on_bound()
        if not self.values:
            raise utils.PyGloveValueError(
                "Expected the values of at least one decision as forbidden, got none."
            )

    @property
    def targets(self) -> Sequence[str] | None:
        """The decisions that it is about."""
        return list(self.values)

    def rule(self, scope: Scope) -> Rule:
        """Returns the rule that not all of the values are taken."""
        values = list(self.values.values())
        wanted = [values[group] for group in scope.groups]
        return ForbiddenRule(wanted, sum(scope.counts))

    def _arguments(self) -> list[tuple[str, Any, Any]]:
        return [("", dict(self.values), None)]
