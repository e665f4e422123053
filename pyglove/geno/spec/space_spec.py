"""Space: several decisions side by side."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pyglove import utils
from pyglove.geno.constraint.constraint import Constraint
from pyglove.geno.decision.decision import Decision
from pyglove.geno.dna.mismatch import describe
from pyglove.geno.spec.spec import ROOT, DecisionPoint, DNASpec, KeyPath
from pyglove.symbolic import members
from pyglove.symbolic.internal import field_spec, make_list, new_object
from pyglove.utils.serialization.load_budget import LOAD_BUDGET
from pyglove.utils.serialization.trust import LOAD_OPTIONS

# Cost of checking a decision point, in steps of the budget of a document.
_STEPS_PER_POINT = 10

SpaceT = TypeVar("SpaceT", bound="Space")


@members(
    [],
    init_arg_list=["elements", "index"],
    serialization_key="pyglove.generators.geno.Template",
    additional_keys=["pyglove.geno.Space", "pyglove.core.geno.space.Space"],
)
class Space(DNASpec):
    """Several decisions side by side: a whole program, or what a candidate opens.

    A space without elements is a constant.

    Attributes:
      elements: The decision points.
      index: Index among the candidates of a choice; None if it is not a candidate.

    Example:
      >>> space = pg.geno.space([
      ...     pg.geno.oneof([pg.geno.constant()] * 3, location='x'),
      ...     pg.geno.floatv(0.0, 1.0, location='y'),
      ... ])
      >>> [str(i) for i in space.decision_ids]
      ['x', 'y']
    """

    elements: list[DecisionPoint] = []
    index: int | None = None

    @classmethod
    def from_json(cls, json_value: Any, *args: Any, **kwargs: Any) -> Any:
        """Returns the space that `to_json` gave `json_value` for; see `DNASpec`.

        A few words can stand for any number of decisions. What is done for each of
        them is bounded by the size of the document, unless somebody vouched for it.
        """
        if LOAD_OPTIONS.get().trusted or LOAD_BUDGET.get() is not None:
            return super().from_json(json_value, *args, **kwargs)
        context = kwargs.get("context") or utils.JSONConversionContext()
        with LOAD_BUDGET.hold(context.budget_for(json_value)):
            return super().from_json(json_value, *args, **kwargs)

    def _on_bound(self) -> None:
        budget = LOAD_BUDGET.get()
        if budget is not None:
            checks = 1 + len(self.constraints)
            budget.spend(_STEPS_PER_POINT * checks * _count_points(self))
        super()._on_bound()
        check_names(self)

    @property
    def constraints(self) -> Sequence[Constraint]:
        """The constraints of the space; see `ConstrainedSpace`."""
        return ()

    @property
    def is_space(self) -> bool:  # type: ignore[override]
        """True."""
        return True

    @property
    def is_categorical(self) -> bool:  # type: ignore[override]
        """False."""
        return False

    @property
    def is_subchoice(self) -> bool:
        """False."""
        return False

    @property
    def is_numerical(self) -> bool:
        """False."""
        return False

    @property
    def is_custom_decision_point(self) -> bool:
        """False."""
        return False

    @property
    def is_constant(self) -> bool:
        """Whether it has no decisions."""
        return not self.elements

    @property
    def space_size(self) -> int:
        """Number of different DNA, -1 if it is infinite."""
        size = 1
        for element in self.elements:
            count = element.space_size
            if count < 0:
                return -1
            size *= count
        return size

    @property
    def decision_points(self) -> list[Any]:
        """All single decision points, active or not, in order."""
        points: list[Any] = self._cached(
            "points", lambda: [p for e in self.elements for p in e.decision_points]
        )
        return points

    def _own_points(self) -> list[Any]:
        return [p for e in self.elements for p in e._own_points()]

    def _make_decisions(self) -> list[Decision]:
        return [d for e in self.elements for d in e.decisions.items]

    def __getitem__(self, name_or_id: Any) -> Any:
        if isinstance(name_or_id, int):
            return self.elements[name_or_id]
        if isinstance(name_or_id, slice):
            return list(self.elements)[name_or_id]
        return super().__getitem__(name_or_id)

    def __iter__(self) -> Iterator[DecisionPoint]:
        return iter(self.elements)

    def format(
        self,
        compact: bool = True,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this space.

        Args:
          compact: Whether to write decisions only, or all fields.
          verbose: Whether to write details.
          root_indent: Level of indentation of the text around.
          **kwargs: Further options; see `pg.format`.
        """
        if not compact:
            return super().format(compact, verbose, root_indent, **kwargs)
        if not self.elements:
            return "Space()"
        kwargs.pop("show_id", None)
        indent = "  " * (root_indent + 1)
        lines = [
            f"{indent}{i} = {element.location.path!r}: "
            + element.format(compact, verbose, root_indent + 1, show_id=False, **kwargs)
            for i, element in enumerate(self.elements)
        ]
        return "Space({\n" + "\n".join(lines) + "\n" + "  " * root_indent + "})"


def _count_points(spec: Any) -> int:
    """Returns the number of decision points of a spec, without creating them."""
    if spec.is_space:
        return sum(map(_count_points, spec.elements))
    if not spec.is_categorical:
        return 1
    branches = [branch for branch in spec.branch_specs if branch is not None]
    below = sum(map(_count_points, branches))
    return int(spec.num_choices * (1 + below))


def check_names(space: Space) -> None:
    """Refuses a space in which two decision points go by the same name.

    The id of a decision point counts as a name of it.

    Args:
      space: The space.

    Raises:
      ValueError: naming both.
    """
    seen: dict[str, DecisionPoint] = {}
    pending: list[Any] = list(reversed(space.elements))
    while pending:
        point = pending.pop()
        name = point.name
        if name:
            if name in seen:
                raise utils.PyGloveValueError(
                    "Expected names of decision points to be unique, found "
                    f"{describe(seen[name])} and {describe(point)}."
                )
            seen[name] = point
        if point.is_categorical:
            branches = point.branch_specs
            if branches.count(None) < len(branches):
                for candidate in reversed(branches):
                    if candidate is not None:
                        pending.extend(reversed(candidate.elements))
    if seen:
        _check_ids(space, seen)


def _check_ids(space: Space, named: dict[str, DecisionPoint]) -> None:
    """Refuses a space in which a decision point has the id of another as its name."""
    for point in space.decision_points:
        key = str(point.id)
        other = named.get(key)
        if other is not None and other is not point and point.name != key:
            raise utils.PyGloveValueError(
                f"Expected a name that is not the id of another decision point, found "
                f"{describe(other)} and {describe(point)}."
            )


def make_space(
    elements: Sequence[DecisionPoint],
    location: KeyPath = ROOT,
    index: int | None = None,
) -> Space:
    """Returns a space without checks.

    Args:
      elements: The decision points, which have no parent.
      location: Where the space is.
      index: Index among the candidates of a choice.
    """
    return new_space(Space, elements, location, index)


def new_space(
    cls: type[SpaceT],
    elements: Sequence[DecisionPoint],
    location: KeyPath,
    index: int | None,
) -> SpaceT:
    """Returns a space of a class without checks; see `make_space`."""
    return new_object(
        cls,
        {
            "location": location,
            "hints": None,
            "elements": make_list(elements, field_spec(Space, "elements")),
            "index": index,
        },
    )


def constant() -> Space:
    """Returns a space without decisions."""
    return Space()
