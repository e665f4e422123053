"""Mutators: operations that change a DNA at random."""

from collections.abc import Callable
from typing import (  # noqa: UP035
    TYPE_CHECKING,
    Annotated,
    Any,
    List,
    Optional,
    Tuple,
)

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution import flat
from pyglove.evolution.operation import Seed, make_random
from pyglove.evolution.operation_kind import Mutator
from pyglove.geno import DNA
from pyglove.geno.internal import MultiChoiceDecision, child_of

__all__ = ["Uniform", "Swap", "where_fn_spec", "List", "Optional", "Tuple"]


def where_fn_spec() -> pg_typing.ValueSpec:
    """Describes a field that says which nodes of a DNA may change."""
    return pg_typing.Callable(
        [pg_typing.Object(DNA)], returns=pg_typing.Bool()
    ).noneable()


if TYPE_CHECKING:
    WhereFn = Callable[[DNA], Any] | None
else:
    WhereFn = where_fn_spec()


class _PlaceMutator(Mutator):
    """Base of mutators that change a DNA at one random place."""

    where: Annotated[
        WhereFn, "A function of a node of a DNA that says whether it may change."
    ] = None
    seed: Annotated[Seed, "Seed or generator of the changes."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)

    def _places(self, dna: DNA) -> list[flat.Place]:
        """Returns the places of a DNA that may change."""
        numbers = flat.numbers_of(dna)
        found = flat.places(flat.bound_spec(dna).decisions, numbers)
        if self.where is None:
            return found
        allowed = _allowed_spans(dna, self.where)
        return [p for p in found if (p.start, p.end, p.choice is None) in allowed]


def _allowed_spans(dna: DNA, where: Callable[[DNA], Any]) -> set[tuple[int, int, bool]]:
    """Returns where the nodes of a DNA are that pass a filter.

    Returns:
      Tuples of where a node's numbers start and end, and whether it stands for a
      decision as a whole rather than for one of several choices.
    """
    allowed = set()

    def visit(node: DNA, start: int) -> int:
        end = start if node.value is None else start + 1
        passes = where(node)
        for child in node.children:
            end = visit(child, end)
        if passes:
            allowed.add((start, end, not node.is_subchoice))
        return end

    visit(dna, 0)
    return allowed


class Uniform(_PlaceMutator):
    """Redraws one decision and all decisions that depend on it.

    All active decisions are equally likely to be selected. Each choice of a multiple
    choice counts as a decision, and so do all of them together. The result may equal
    the parent; see `until_change`.

    This is the mutation of "Regularized Evolution for Image Classifier Architecture
    Search" (Real et al., 2019), section 3, for spaces of any form.

    Example:
      >>> spec = pg.dna_spec(pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([4, 5, 6])))
      >>> mutator = pg.evolution.mutators.Uniform(seed=3)
      >>> mutator([pg.DNA([0, 0], spec=spec)])
      [DNA([2, 0])]
    """

    def mutate(self, dna: DNA, step: int = 0) -> DNA:  # type: ignore[override]
        """Returns a child of a DNA.

        Raises:
          RuntimeError: if no decision may change.
        """
        del step
        found = self._places(dna)
        if not found:
            raise utils.PyGloveRuntimeError(
                f"Expected a DNA with a decision that may change, got {dna!r}."
            )
        place = found[int(self._random.random() * len(found))]
        numbers = flat.resample(place, flat.numbers_of(dna), self._random)
        return child_of(dna, numbers)


class Swap(_PlaceMutator):
    """Exchanges two choices of a multiple choice, such as a permutation.

    Sorted choices are not modified, and neither is a DNA without multiple choices.

    Example:
      >>> spec = pg.dna_spec(pg.permutate([1, 2]))
      >>> pg.evolution.mutators.Swap(seed=1)([pg.DNA([0, 1], spec=spec)])
      [DNA([1, 0])]
    """

    def mutate(self, dna: DNA, step: int = 0) -> DNA:  # type: ignore[override]
        """Returns a child of a DNA."""
        del step
        numbers = flat.numbers_of(dna)
        found = [
            p
            for p in self._places(dna)
            if p.choice is None
            and isinstance(p.decision, MultiChoiceDecision)
            and p.decision.count > 1
            and not p.decision.is_sorted
        ]
        if found:
            place = found[int(self._random.random() * len(found))]
            numbers = self._swap(place, numbers)
        return child_of(dna, numbers)

    def _swap(self, place: flat.Place, numbers: Any) -> Any:
        decision = place.decision
        assert isinstance(decision, MultiChoiceDecision)
        parts = [numbers[i:j] for i, j in decision.spans(numbers, place.start)]
        i, j = self._random.sample(range(len(parts)), 2)
        parts[i], parts[j] = parts[j], parts[i]
        return flat.replace_parts(decision, numbers, place.start, parts)


for _cls in (
    Uniform,
    Swap,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.evolution.mutators.{_cls.__name__}")
