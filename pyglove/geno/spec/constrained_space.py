"""ConstrainedSpace: a space with constraints on combinations of decisions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pyglove.geno.constraint.constraint import Constraint
from pyglove.geno.spec.space_spec import Space, new_space
from pyglove.geno.spec.spec import ROOT, DecisionPoint, KeyPath
from pyglove.symbolic import members
from pyglove.symbolic.internal import field_spec, make_list, store


@members(
    [],
    init_arg_list=["elements", "index", "constraints"],
    serialization_key="pyglove.geno.ConstrainedSpace",
)
class ConstrainedSpace(Space):
    """A space with constraints.

    What proposes DNA of it proposes feasible ones only. `space_size` counts all DNA,
    feasible or not.

    JSON documents hold everything but the functions of predicates. A predicate that
    comes back without its function is shown, and not checked.

    Attributes:
      constraints: The constraints.

    Example:
      >>> pair = [pg.geno.intv(1, 3, location='x'), pg.geno.intv(1, 3, location='y')]
      >>> space = pg.geno.ConstrainedSpace(
      ...     pair, constraints=[pg.geno.Increasing(['x', 'y'], strictly=True)])
      >>> list(space.iter_dna())
      [DNA([1, 2]), DNA([1, 3]), DNA([2, 3])]
    """

    constraints: list[Constraint] = []  # pyright: ignore

    # Fields that JSON documents hold in a form of their own.
    _unsaved_fields: ClassVar[tuple[str, ...]] = ("constraints",)

    def _on_bound(self) -> None:
        super()._on_bound()
        for element in self.elements:
            element._forget_conditions()
        # Tells of constraints that name no decision.
        self.conditions  # noqa: B018

    def sym_jsonify(self, **kwargs: Any) -> Any:
        """Returns this space as a value that `json` can write, without functions."""
        result = super().sym_jsonify(**kwargs)
        options = {**kwargs, "exclude_keys": {"fn"}}
        result["constraints"] = [c.sym_jsonify(**options) for c in self.constraints]
        return result

    def format(
        self,
        compact: bool = True,
        verbose: bool = True,
        root_indent: int = 0,
        **kwargs: Any,
    ) -> str:
        """Formats this space; see `Space.format`."""
        text = super().format(compact, verbose, root_indent, **kwargs)
        if not compact or not self.constraints:
            return text
        indent = "  " * root_indent
        lines = [f"{indent}  {c.format()}" for c in self.constraints]
        constraints = "\n".join(["constraints=[", *lines, f"{indent}])"])
        return text[:-1] + (", " if self.elements else "") + constraints


def make_constrained_space(
    elements: Sequence[DecisionPoint],
    constraints: Sequence[Constraint],
    location: KeyPath = ROOT,
    index: int | None = None,
) -> ConstrainedSpace:
    """Returns a space with constraints, without checks.

    Args:
      elements: The decision points, which have no parent.
      constraints: The constraints, which have no parent.
      location: Where the space is.
      index: Index among the candidates of a choice.
    """
    new = new_space(ConstrainedSpace, elements, location, index)
    spec = field_spec(ConstrainedSpace, "constraints")
    store(new, "constraints", make_list(constraints, spec))
    return new
