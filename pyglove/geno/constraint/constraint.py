"""Constraints: requirements on combinations of decisions."""

import abc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.constraint.constraint_rule import FunctionRule, Rule
from pyglove.geno.constraint.constraint_scope import Slot, literal_values
from pyglove.geno.decision.decision import Numbers
from pyglove.symbolic import Object, members, use_init_args

#: Default number of programs in a row that may be rejected.
MAX_TRIES = 10_000


class ConstraintError(utils.PyGloveValueError):
    """A DNA or a program that a constraint of its space rules out."""


class InfeasibleSpaceError(ConstraintError):
    """No program of a space meets its constraints, or the attempts found none.

    The message names the constraints, those first that were violated most.
    """


class Exhausted(Exception):
    """No feasible program was found.

    Args:
      rejected: Number of violations of each constraint.
      num_tries: Number of programs tried; None if all were.
    """

    def __init__(self, rejected: "Counter[Constraint]", num_tries: int | None):
        super().__init__()
        self.rejected = rejected
        self.num_tries = num_tries

    def to_error(self) -> InfeasibleSpaceError:
        """Returns the error that tells the user."""
        if self.num_tries is None:
            labels = [c.label for c, _ in self.rejected.most_common()]
            return InfeasibleSpaceError(
                "Expected a space with feasible programs, got one of which none meets "
                f"all constraints. Violated, most often first: {', '.join(labels)}."
            )
        counts = [f"{c.label} ({n} times)" for c, n in self.rejected.most_common()]
        return InfeasibleSpaceError(
            f"Expected a feasible program within {self.num_tries} tries, found none. "
            f"Violated, most often first: {', '.join(counts)}. If there are feasible "
            "programs at all, raise `max_tries` of the constraints."
        )


class PredicateError(utils.PyGloveRuntimeError):
    """A predicate of a user that raised, or answered neither True nor False."""


def _as_list(value: Any) -> Any:
    if isinstance(value, str):
        return [value]
    # What else can be iterated may never end.
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else value


if TYPE_CHECKING:
    On = Sequence[str] | str
    OptionalOn = Sequence[str] | str | None
    Tries = int
else:
    On = pg_typing.List(pg_typing.Str(), min_size=1, transform=_as_list)
    OptionalOn = pg_typing.List(
        pg_typing.Str(), min_size=1, transform=_as_list
    ).noneable()
    Tries = pg_typing.Int(min_value=1)


class Scope(NamedTuple):
    """The decisions that a constraint is about.

    Attributes:
      slots: The decisions, in the order of the space.
      ranks: Where each of them stands in `on`.
      groups: Which item of `on` each of them belongs to.
      counts: For each item of `on`, how many of its decisions are active at a time.
    """

    slots: Sequence[Slot]
    ranks: Sequence[int]
    groups: Sequence[int]
    counts: Sequence[int]


class Constraint(Object):
    """Base of constraints.

    Attributes:
      name: Its name in messages.
      max_tries: How many programs in a row may be rejected before the search for a
        feasible one is given up. Where a space has several constraints, the greatest
        number counts.
      location: Where the piece of the program is that it stands on, relative to the
        space. It is filled in when a space is described.
    """

    use_symbolic_comparison: ClassVar[bool] = False

    _: KW_ONLY
    name: Annotated[str | None, "What to call it in messages."] = None
    max_tries: Annotated[Tries, "How many rejections in a row are too many."] = (
        MAX_TRIES
    )
    location: Annotated[str, "Where the piece is that it stands on."] = ""

    @property
    def label(self) -> str:
        """Its name in messages, or else a description."""
        return repr(self.name) if self.name else self.format()

    def located(self, location: str) -> "Constraint":
        """Returns a copy that stands on a piece at another place.

        Args:
          location: Where the piece is.
        """
        return self.clone(override={"location": location})

    def limited_to(self, present: Sequence[str]) -> "Constraint | None":
        """Returns what it says where only some of its decisions can be active.

        Args:
          present: Those of `targets` that can.

        Returns:
          A constraint; None if it says nothing any more.
        """
        return self if len(present) == len(self.targets or ()) else None

    @property
    def is_checked(self) -> bool:
        """Whether all that it takes to check it is there."""
        return True

    @property
    @abc.abstractmethod
    def targets(self) -> Sequence[str] | None:
        """The decisions that it is about: names, ids or places.

        None if it is about the program as a whole.
        """

    @abc.abstractmethod
    def rule(self, scope: Scope) -> Rule:
        """Returns the constraint as a rule for the values of its decisions.

        Args:
          scope: The decisions.

        Raises:
          ValueError: if it makes no sense for these decisions.
        """

    def values_of(self, slot: Slot) -> Sequence[Any] | None:
        """Returns the values that the rule is about, by index of the candidate.

        Args:
          slot: The decision.

        Returns:
          Literal values; None if the number in the DNA is the value.
        """
        return literal_values(slot.point)

    def check(self, numbers: Numbers) -> bool:
        """Returns whether it holds for the program as a whole.

        Constraints without targets implement it.

        Args:
          numbers: The numbers of the piece of the program that it stands on.
        """
        raise NotImplementedError(
            f"Expected {type(self).__name__} to implement `check`."
        )

    @abc.abstractmethod
    def _arguments(self) -> list[tuple[str, Any, Any]]:
        """Returns the items of its text: tuples of a key, a value and its default."""

    def format(
        self,
        compact: bool = True,
        verbose: bool = False,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this constraint, in one line.

        Args:
          compact: Accepted for uniformity.
          verbose: Accepted for uniformity.
          root_indent: Accepted for uniformity.
          **kwargs: Further options; see `pg.format`.
        """
        del compact, verbose, root_indent, kwargs
        items = [
            *self._arguments(),
            ("name", self.name, None),
            ("max_tries", self.max_tries, MAX_TRIES),
            ("location", self.location, ""),
        ]
        return utils.kvlist_str(items, label=type(self).__name__)


def shown(on: Sequence[str]) -> Any:
    """Returns how the decisions of a constraint are written.

    Args:
      on: Names, ids or places.
    """
    return on[0] if len(on) == 1 else list(on)


@use_init_args(["fn", "on"])
@members([], serialization_key="pyglove.geno.Predicate")
class Predicate(Constraint):
    """A function of the program, or of the values of some decisions, holds.

    A function of decisions is asked only when all of them are active. It gets an
    argument for each item of `on`: the candidate that was chosen or the number; a list
    of these where the item names several decisions.

    Descriptions of spaces are saved without functions. The constraint is still shown
    when such a description is loaded, but cannot be checked there.

    Attributes:
      fn: The function, which returns a bool; None if it was not saved.
      on: Decisions, as for other constraints; None if the function is one of the
        program.

    Example:
      >>> even = pg.geno.Predicate(lambda x, y: (x + y) % 2 == 0, ['x', 'y'])
      >>> space = pg.constrain(
      ...     pg.Dict(x=pg.oneof([1, 2]), y=pg.oneof([1, 2, 3])), even)
      >>> list(pg.iter(space))
      [{x=1, y=1}, {x=1, y=3}, {x=2, y=2}]
    """

    fn: Annotated[Any, "The function."] = None
    on: Annotated[OptionalOn, "Names, ids or places of decisions."] = None

    # Applies the function to programs; neither saved as JSON nor pickled.
    _candidates = cast("Any", None)
    _check = cast("Any", None)

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.fn is not None and not callable(self.fn):
            raise utils.PyGloveTypeError(
                f"Expected a function as predicate, got {self.fn!r}."
            )

    def bound(
        self,
        location: str,
        candidates: Callable[[str], Sequence[Any] | None],
        check: Callable[[Numbers], bool],
    ) -> "Predicate":
        """Returns a copy that knows the program.

        Args:
          location: Where the piece is that it stands on.
          candidates: Returns the candidates of a choice, given its id relative to the
            piece; None if there is no such choice.
          check: Returns whether the function holds for the piece, given its numbers.
        """
        copy = cast("Predicate", self.located(location))
        copy._candidates = candidates
        copy._check = check
        return copy

    def _sym_clone(self, deep: bool, memo: Any = None) -> Any:
        copy = super()._sym_clone(deep, memo)
        copy._candidates, copy._check = self._candidates, self._check
        return copy

    @property
    def is_checked(self) -> bool:
        """Whether the function is there."""
        return self.fn is not None

    @property
    def targets(self) -> Sequence[str] | None:
        """The decisions that it is about."""
        return self.on

    def check(self, numbers: Numbers) -> bool:
        """Returns whether a function of the program holds.

        Args:
          numbers: The numbers of the piece of the program.

        Raises:
          ValueError: if there is no program.
        """
        if self._check is None:
            raise utils.PyGloveValueError(
                f"Expected constraint {self.label} to say which decisions it is `on`, "
                "as there is no program here. Put it on one by `pg.constrain`."
            )
        holds: bool = self._check(numbers)
        return holds

    def values_of(self, slot: Slot) -> Sequence[Any] | None:
        """Returns None: the rule is about numbers, of which it makes values."""
        return None

    def rule(self, scope: Scope) -> Rule:
        """Returns the rule that the function holds. See `Constraint.rule`."""
        tables = [self._table(slot) for slot in scope.slots]
        names = [slot.name or slot.id for slot in scope.slots]

        def holds(numbers: tuple[tuple[int, Any], ...]) -> bool:
            args: list[list[Any]] = [[] for _ in scope.counts]
            decisions = {}
            for i, number in numbers:
                table = tables[i]
                value = number if table is None else table[number]
                args[scope.groups[i]].append(value)
                decisions[names[i]] = value
            return self.ask(
                [
                    x[0] if n == 1 else x
                    for x, n in zip(args, scope.counts, strict=True)
                ],
                lambda: decisions,
            )

        return FunctionRule(sum(scope.counts), holds)

    def _table(self, slot: Slot) -> Sequence[Any] | None:
        if self._candidates is not None:
            found: Sequence[Any] | None = self._candidates(
                slot.id[len(self.location) :].lstrip(".")
            )
            if found is not None:
                return found
        return literal_values(slot.point)

    def ask(self, args: Sequence[Any], decisions: Callable[[], Any]) -> bool:
        """Calls the function.

        Args:
          args: Its arguments.
          decisions: Returns the decisions behind them, for messages.

        Raises:
          PredicateError: if it raises, or returns neither True nor False.
        """
        try:
            answer = self.fn(*args)
        except Exception as error:
            raise PredicateError(
                f"Expected constraint {self.label} to return True or False, got "
                f"an error, {type(error).__name__}: {error} (decisions={decisions()!r})"
            ) from error
        if answer is True or answer is False:
            return answer
        if type(answer).__name__ in ("bool", "bool_"):  # Those of numpy.
            return bool(answer)
        raise PredicateError(
            f"Expected constraint {self.label} to return True or False, got "
            f"{answer!r}. (decisions={decisions()!r})"
        )

    def _arguments(self) -> list[tuple[str, Any, Any]]:
        return [
            ("", utils.RawText(self._function_text()), ""),
            ("on", None if self.on is None else shown(self.on), None),
        ]

    def _function_text(self) -> str:
        if self.fn is None:
            return "not checked, as its function was not saved"
        name: str | None = getattr(self.fn, "__qualname__", None)
        return name or utils.format(self.fn, compact=True)
