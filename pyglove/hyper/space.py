"""Spaces: what there is to decide in a piece of a program, as algorithms see it."""

from pyglove.geno import Space
from pyglove.geno.internal import make_constrained_space, make_space
from pyglove.hyper.part import KeyPath, Part

ROOT = KeyPath()


def space_of(part: Part, location: KeyPath = ROOT, index: int | None = None) -> Space:
    """Returns the description of what there is to decide in a part.

    Args:
      part: The part.
      location: Where it stands.
      index: Index among the candidates of a choice; None if it is no candidate.
    """
    points = part.points(ROOT)
    if part.has_constraints:
        constraints = part.constraints(ROOT)
        if constraints:
            return make_constrained_space(points, constraints, location, index)
    return make_space(points, location, index)
