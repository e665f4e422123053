"""Feasibility: children that meet the constraints of their space."""

from collections import Counter
from collections.abc import Callable, Sequence

from pyglove.geno import DNA, Constraint
from pyglove.geno.internal import Conditions, Exhausted

#: How often parents are recombined before copies of them are used.
RECOMBINATION_TRIES = 100

Children = DNA | list[DNA]


def mutate(
    parent: DNA, children: Children, mutate_again: Callable[[DNA], Children]
) -> Children:
    """Returns feasible children of a DNA.

    If none of the children is feasible, others are made; after as many tries as the
    `max_tries` of the constraints, a copy of the parent takes their place. Where a
    single mutation is not enough, such as for decisions with a fixed sum, several in a
    row may be: of the further tries every other one is of two mutations or more, every
    fourth of three or more, and so on.

    Args:
      parent: The DNA.
      children: Its mutations.
      mutate_again: Makes other ones.

    Raises:
      InfeasibleSpaceError: if no child was found, and the parent is infeasible, too.
    """
    spec = parent.spec
    conditions = spec.conditions
    if conditions is None:
        return children
    rejected: Counter[Constraint] = Counter()
    made = _as_list(children)
    if not made:
        return made
    found = _feasible(made, spec, conditions, rejected)
    for i in range(1, conditions.max_tries):
        if found:
            return found
        made = [parent]
        # The ruler sequence: 1, 2, 1, 3, 1, 2, 1, 4 and so on.
        for _ in range((i & -i).bit_length()):
            if made:
                made = _as_list(mutate_again(made[0]))
        found = _feasible(made, spec, conditions, rejected)
        found = [child for child in found if child != parent]
    return found or _copies([parent], conditions, rejected)


def recombine(
    parents: Sequence[DNA],
    children: list[DNA],
    recombine_again: Callable[[], list[DNA]],
) -> list[DNA]:
    """Returns feasible children of several DNA.

    Infeasible children are left out. If none is feasible, others are made; after
    `RECOMBINATION_TRIES`, copies of the parents take their place.

    Args:
      parents: The DNA.
      children: The children that a recombinator made of them.
      recombine_again: Makes other ones.

    Raises:
      InfeasibleSpaceError: if no child was found, and the parents are infeasible, too.
    """
    spec = parents[0].spec if parents else None
    conditions = None if spec is None else spec.conditions
    if conditions is None or not children:
        return children
    rejected: Counter[Constraint] = Counter()
    found = _feasible(children, spec, conditions, rejected)
    for _ in range(1, min(RECOMBINATION_TRIES, conditions.max_tries)):
        if found:
            return found
        found = _feasible(recombine_again(), spec, conditions, rejected)
    return found or _copies(parents, conditions, rejected)


def _as_list(children: Children) -> list[DNA]:
    return children if isinstance(children, list) else [children]


def _feasible(
    children: Sequence[DNA],
    spec: object,
    conditions: Conditions,
    rejected: "Counter[Constraint]",
) -> list[DNA]:
    """Returns those children that are feasible, and counts why others are not."""
    found = []
    for child in children:
        violated = conditions.find(child, spec)
        if violated is None:
            found.append(child)
        else:
            rejected[violated] += 1
    return found


def _copies(
    parents: Sequence[DNA], conditions: Conditions, rejected: "Counter[Constraint]"
) -> list[DNA]:
    """Returns copies of feasible parents."""
    found = _feasible(parents, parents[0].spec, conditions, rejected)
    if not found:
        raise Exhausted(rejected, rejected.total()).to_error()
    return [parent.clone() for parent in found]
