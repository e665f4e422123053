"""Constrained programs: predicates that programs of a space have to satisfy."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA, Constraint, Predicate, Space
from pyglove.geno.internal import MAX_TRIES, Numbers, Slots, effective_spec, make_dna
from pyglove.hyper.base import HyperPrimitive, HyperValue, Revisions, stands_for_itself
from pyglove.hyper.compiler import LeftOpen, Where, compile_value
from pyglove.hyper.derived import resolve_all
from pyglove.hyper.evaluation_scope import current_evaluate_fn
from pyglove.hyper.ownership import Belongings, start_drawing
from pyglove.hyper.part import ConstantPart, Draw, KeyPath, Part, space_of
from pyglove.hyper.template import ObjectTemplate
from pyglove.symbolic import Object, Symbolic, is_deterministic, members
from pyglove.symbolic.internal import SPECIAL, assign

T = TypeVar("T")

_CANDIDATE_KEY = re.compile(r"=(\d+)/\d+")


@members(
    [],
    init_arg_list=["value", "constraints"],
    serialization_key="pyglove.hyper.Constrained",
)
class Constrained(Object, HyperValue):
    """Stands for those programs of a space that meet constraints: see `pg.constrain`.

    Programs do not show it: where it stood, they have the program that it stood for.

    Attributes:
      value: The program with placeholders.
      constraints: The constraints.
    """

    _sym_class_flags: ClassVar[int] = SPECIAL
    accepts_lazy_path = True

    value: Any
    constraints: list[Constraint]

    # Number of modifications of the program or the constraints.
    revision = 0

    _template = cast("ObjectTemplate | None", None)

    def _on_bound(self) -> None:
        super()._on_bound()
        self._template = None

    def _on_change(self, field_updates: Any) -> None:
        super()._on_change(field_updates)
        self.revision += 1
        Revisions.note()

    def _own_template(self) -> ObjectTemplate:
        if self._template is None:
            self._template = ObjectTemplate(self)
        return self._template

    def dna_spec(self, location: KeyPath | str | None = None) -> Any:
        """Returns the spec of the decisions.

        Args:
          location: Where the program stands.
        """
        return self._own_template().dna_spec(location)

    def _decode(self) -> Any:
        assert self._dna is not None
        return self._own_template().decode(self._dna)

    def encode(self, value: Any) -> DNA:
        """Encodes a program as a DNA.

        Args:
          value: The program.

        Raises:
          ValueError: if no DNA stands for it, or it violates a constraint.
        """
        return self._own_template().encode(value)

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: stands where its program may stand."""
        if stands_for_itself(self, value_spec):
            return False, self
        value = self.sym_getattr("value")
        applied = value_spec.apply(
            value,
            allow_partial=allow_partial,
            child_transform=child_transform,
            root_path=path,
        )
        if applied is not value:
            assign(self, "value", applied)
        return False, self

    def compile_part(
        self, where: Where = None, value_spec: pg_typing.ValueSpec | None = None
    ) -> Part:
        """Returns its part.

        Args:
          where: Decides which placeholders inside are decided.
          value_spec: The value spec of its field.

        Raises:
          ValueError: if some but not all decisions of a constraint are decided.
        """
        value = self.sym_getattr("value")
        part = compile_value(value, where, value_spec)
        here = list(self.constraints)
        later: list[Constraint] = []
        # Whether it depends on an open choice that there are constraints at all.
        is_open = isinstance(where, LeftOpen)
        if where is not None:
            whole = compile_value(value, None, value_spec)
            here, later = _split(here, part, whole, is_open)
            if type(part) is ConstantPart and not here:
                return ConstantPart(self)
        return ConstrainedPart(self, part, here, later, is_open)


def _split(
    constraints: Sequence[Constraint], part: Part, whole: Part, is_open: bool
) -> tuple[list[Constraint], list[Constraint]]:
    """Tells constraints on what is decided from those on what is left to nested loops.

    Args:
      constraints: The constraints.
      part: The program, with what is decided here.
      whole: The program, with all that there is to decide.
      is_open: Whether it depends on what is left open that there are constraints.

    Raises:
      ValueError: if some but not all decisions of a constraint are decided.
    """
    slots = Slots(space_of(whole))
    decided = Slots(space_of(part)).ids
    here: list[Constraint] = []
    later: list[Constraint] = []
    for constraint in constraints:
        targets = constraint.targets
        if targets is None:
            named = list(slots.ids)
        else:
            groups = slots.resolve(targets, "", constraint.label)
            named = [slot.id for group in groups for slot in group.slots]
        present = [i for i in named if i in decided]
        if len(present) == len(named) and not is_open:
            here.append(constraint)
            continue
        if present and not is_about_program(constraint):
            raise utils.PyGloveValueError(
                f"Expected `where` to keep the decisions of constraint "
                f"{constraint.label} together, and with the choices that lead to them, "
                f"got only {present} decided here. A predicate of the program may be "
                "put in its place."
            )
        later.append(constraint)
    return here, later


def is_about_program(constraint: Constraint) -> bool:
    """Returns whether a constraint is a function of the program."""
    return isinstance(constraint, Predicate) and constraint.targets is None


def _still_open(constraints: Sequence[Constraint], program: Any) -> list[Constraint]:
    """Returns constraints on a program in which some decisions are made."""
    slots = Slots(space_of(compile_value(program)))
    found = []
    for constraint in constraints:
        targets = constraint.targets
        if targets is None:
            found.append(constraint)
            continue
        present = [item for item in targets if slots.find(item).slots]
        left = constraint.limited_to(present)
        if left is not None:
            found.append(left)
    return found


class ConstrainedPart(Part):
    """A piece of a program with constraints.

    Args:
      owner: The piece as it stands in the space.
      part: The part of the program in it.
      here: Constraints on the decisions made here.
      later: Constraints on what may be left to nested loops, which find them in what
        is made here.
      is_open: Whether it depends on what is left open that there are constraints.
    """

    __slots__ = (
        "_constraints",
        "_is_open",
        "_later",
        "_owner",
        "_part",
        "_space",
        "has_derived",
    )

    has_constraints = True

    def __init__(
        self,
        owner: Constrained,
        part: Part,
        here: Sequence[Constraint],
        later: Sequence[Constraint],
        is_open: bool,
    ):
        self._owner = owner
        self._part = part
        self._constraints = here
        self._later = later
        self._is_open = is_open
        self._space: Space | None = None
        self.has_derived = part.has_derived

    def count_revisions(self) -> int:
        """Returns the number of modifications of the piece."""
        return self._owner.revision + self._part.count_revisions()

    def belongings(self) -> Belongings:
        """Returns the objects in the program that each program has for itself."""
        return self._part.belongings()

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision points of the program."""
        return self._part.points(location)

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholders of the program."""
        return self._part.primitives(location)

    def constraints(self, location: KeyPath) -> list[Constraint]:
        """Returns the constraints, with all that it takes to check them."""
        place = location.path
        found = self._part.constraints(location)
        # A program of which nothing is left open has to be feasible already.
        complete = [c for c in self._later if is_about_program(c) and not self._is_open]
        for constraint in [*self._constraints, *complete]:
            if isinstance(constraint, Predicate):
                check = _ProgramCheck(self._part, constraint, constraint in complete)
                found.append(constraint.bound(place, self._candidates, check))
            else:
                found.append(constraint.located(place))
        return found

    def _candidates(self, decision: str) -> Sequence[Any] | None:
        """Returns the candidates of the choice of an id, None if there is none."""
        return candidates_at(self._owner.sym_getattr("value"), decision)

    @property
    def maker(self) -> Callable[[Draw], Any]:
        """Returns the function that makes the program."""
        return self.make if self._later else self._part.maker

    def make(self, draw: Draw) -> Any:
        """Returns the program, with constraints on what is left open in it."""
        value = self._part.make(draw)
        if self._is_open:
            return Constrained(value, list(self._later))
        if not self._later or is_deterministic(value):
            return value
        constraints = _still_open(self._later, value)
        return Constrained(value, constraints) if constraints else value

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the numbers of the program, if it meets the constraints."""
        if self._later:
            value = unconstrained(value)
        start = len(out)
        if not self._part.encode(value, out):
            return False
        conditions = self._own_space().conditions
        return conditions is None or conditions.violation(tuple(out[start:])) is None

    def _own_space(self) -> Space:
        if self._space is None:
            self._space = space_of(self)
        return self._space

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises the error of the program, or of the constraints that it violates."""
        if self._later:
            value = unconstrained(value)
        self._part.raise_mismatch(value, path)
        numbers: list[Any] = []
        conditions = self._own_space().conditions
        if conditions is not None and self._part.encode(value, numbers):
            conditions.require(tuple(numbers), self._own_space(), "a program")


class _ProgramCheck:
    """Asks a predicate about a program.

    Args:
      part: The part of the program.
      predicate: The predicate.
      may_be_open: Whether decisions of the program may be left to nested loops. The
        predicate is asked only if none is.
    """

    __slots__ = ("_belongings", "_may_be_open", "_part", "_predicate")

    def __init__(self, part: Part, predicate: Predicate, may_be_open: bool):
        self._part = part
        self._predicate = predicate
        self._may_be_open = may_be_open
        self._belongings: Belongings | None = None

    def __call__(self, numbers: Numbers) -> bool:
        part = self._part
        if self._belongings is None:
            self._belongings = part.belongings()
        program = part.make(start_drawing(numbers, self._belongings))
        if self._may_be_open and not is_deterministic(program):
            return True
        if part.has_derived:
            program = _resolved(program)

        def decisions() -> Any:
            spec = effective_spec(space_of(part))
            return make_dna(numbers, spec).to_dict(value_type="literal")

        return self._predicate.ask([program], decisions)


def _resolved(program: Any) -> Any:
    """Replaces derived values, unless they are derived from what is further outside."""
    try:
        return resolve_all(program)
    except ValueError:
        return program


def candidates_at(program: Any, decision: str) -> Sequence[Any] | None:
    """Returns the candidates of a choice.

    Args:
      program: A program with placeholders.
      decision: Id of the choice.

    Returns:
      The candidates as they stand in the program; None if there is no such choice.
    """
    node = program
    for key in KeyPath.parse(decision).keys if decision else []:
        node = unconstrained(node)
        if isinstance(node, HyperPrimitive):
            chosen = _CANDIDATE_KEY.fullmatch(str(key))
            if chosen is not None:
                node = node.sym_getattr("candidates")[int(chosen[1])]
            # Otherwise the key is the index of one of several choices.
        elif isinstance(node, Symbolic) and node.sym_hasattr(key):
            node = node.sym_getattr(key)
        else:
            return None
    node = unconstrained(node)
    if isinstance(node, HyperPrimitive) and node.sym_hasattr("candidates"):
        return list(node.sym_getattr("candidates").sym_values())
    return None


def unconstrained(value: Any) -> Any:
    """Returns the program that a constrained one stands for; others as they are."""
    while isinstance(value, Constrained):
        value = value.sym_getattr("value")
    return value


def constrain(
    value: T,
    *constraints: Constraint | Callable[..., Any],
    on: Sequence[str] | str | None = None,
    name: str | None = None,
    max_tries: int = MAX_TRIES,
) -> T:
    """Stands for those programs of a space that meet constraints.

    It may stand at the root or anywhere inside of a space. As a candidate, or inside
    of one, its constraints apply where the candidate is chosen. Algorithms of all kinds
    propose feasible programs only.

    Args:
      value: The program with placeholders; a plain list or dict becomes symbolic.
      *constraints: What programs have to meet: functions of the program that return a
        bool, and constraints such as `pg.geno.Increasing`.
      on: Decisions that the function is about, instead of the program: names or ids
        (relative to `value`), or places such as `'layers'`, which stand for all
        decisions there. The function is called with the value of each, where all of
        them are active.
      name: Name of the constraint in messages and descriptions.
      max_tries: How many programs in a row may be rejected before the search for a
        feasible one is given up with a `pg.geno.InfeasibleSpaceError`.

    Returns:
      A placeholder, for type checkers a value such as the first argument.

    Raises:
      ValueError: if there is no constraint, or there are options without a function
        that they are for.
      TypeError: if a constraint is neither a function nor a `pg.geno.Constraint`.

    Example:
      >>> space = pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([1, 2, 3]))
      >>> sums = pg.constrain(space, lambda p: p.x + p.y == 4, name='sum is 4')
      >>> list(pg.iter(sums))
      [{x=1, y=3}, {x=2, y=2}, {x=3, y=1}]
      >>> list(pg.iter(pg.constrain(sums, lambda x, y: x < y, on=['x', 'y'])))
      [{x=1, y=3}]
    """
    if current_evaluate_fn() is not None:
        raise utils.PyGloveValueError(
            "Expected no `pg.constrain` where placeholders are evaluated as they are "
            "made. Give the constraints to `pg.hyper.trace`."
        )
    return cast(
        "T",
        Constrained(value, as_constraints(constraints, on, name, max_tries)),
    )


def as_constraints(
    constraints: Sequence[Constraint | Callable[..., Any]],
    on: Sequence[str] | str | None = None,
    name: str | None = None,
    max_tries: int = MAX_TRIES,
) -> list[Constraint]:
    """Returns constraints, and functions as such; see `constrain`."""
    if not constraints:
        raise utils.PyGloveValueError(
            "Expected at least one constraint: a function or a `pg.geno.Constraint`, "
            "got none."
        )
    found: list[Constraint] = []
    num_functions = 0
    for constraint in constraints:
        if not isinstance(constraint, Constraint):
            if not callable(constraint):
                raise utils.PyGloveTypeError(
                    "Expected a function or a `pg.geno.Constraint` as constraint, got "
                    f"{constraint!r}."
                )
            num_functions += 1
            constraint = Predicate(constraint, on, name=name, max_tries=max_tries)
        found.append(constraint)
    has_options = on is not None or name is not None or max_tries != MAX_TRIES
    if has_options and num_functions != 1:
        raise utils.PyGloveValueError(
            "Expected exactly one function, which 'on', 'name' and 'max_tries' are "
            f"for, got {num_functions}. Other constraints have such options of their "
            "own."
        )
    return found
