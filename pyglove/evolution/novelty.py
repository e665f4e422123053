"""Novelty: keeps a search from proposing the same DNA twice."""

from typing import TYPE_CHECKING, Annotated, Any

from pyglove import typing as pg_typing
from pyglove.evolution.operation import Operation, OperationFn, combinator, prepare
from pyglove.evolution.seeding import seeded
from pyglove.evolution.state import saved_by_slots
from pyglove.geno import DNA, AttributeDict, DNAGenerator
from pyglove.geno.internal import Numbers, numbers_of
from pyglove.symbolic import Symbolic

#: Key of the `Proposals` in the global state.
PROPOSALS = "proposals"
#: Default number of attempts to find a new DNA.
MAX_ATTEMPTS = 100
# After this many attempts from the same parents, their children are mutated instead.
_PATIENCE = 10

# No search exhausts a larger space.
_MAX_SIZE = 2**53

if TYPE_CHECKING:
    Attempts = int
else:
    Attempts = pg_typing.Int(min_value=1)


@saved_by_slots
class Proposals:
    """The DNA that an algorithm has proposed."""

    __slots__ = ("known", "space_size")

    def __init__(self, space_size: int) -> None:
        """Initializes it without any.

        Args:
          space_size: Number of DNA in the space; -1 for infinitely many.
        """
        # A dict, since its order makes saved states reproducible.
        self.known: dict[Numbers, None] = {}
        self.space_size = space_size if space_size < _MAX_SIZE else -1

    def __len__(self) -> int:
        return len(self.known)

    @property
    def is_complete(self) -> bool:
        """Whether every DNA of the space has been proposed."""
        return 0 <= self.space_size <= len(self.known)

    def add(self, dna: DNA) -> bool:
        """Records a DNA.

        Args:
          dna: The DNA.

        Returns:
          Whether it is new.
        """
        count = len(self.known)
        self.known[numbers_of(dna)] = None
        return len(self.known) > count

    def add_new(self, generator: DNAGenerator) -> DNA | None:
        """Returns a new DNA that a generator proposes, None if it finds none.

        Args:
          generator: The generator.

        Raises:
          StopIteration: if the generator ends.
        """
        if self.is_complete:
            return None
        for _ in range(MAX_ATTEMPTS):
            dna = generator.propose()
            if self.add(dna):
                return dna
        return None


@combinator
class UntilNew(Operation):
    """An operation that is repeated until it returns DNA that were never proposed.

    Within `Evolution`, this keeps a search from evaluating the same DNA again, which
    is a waste where evaluations are deterministic. After some attempts the operation
    is applied to its own output, which moves further and further away from the inputs.
    This requires that it returns as many DNA as it gets, as mutators do; other
    operations always start from the inputs.

    Outside of `Evolution`, no DNA counts as proposed.

    Example:
      >>> mutator = pg.evolution.mutators.Uniform(seed=1).until_new()
      >>> algorithm = pg.evolution.Evolution(
      ...     pg.evolution.selectors.Top(1) >> mutator,
      ...     population_init=(pg.geno.Random(seed=1), 1))
      >>> found = [x for x, feedback in pg.sample(
      ...     pg.oneof(range(20)), algorithm, 20) if feedback(x) is None]
      >>> sorted(found) == list(range(20))
      True
    """

    op: Annotated[OperationFn, "The operation."]
    max_attempts: Annotated[Attempts, "How often it is tried again."] = MAX_ATTEMPTS

    def _on_bound(self) -> None:
        super()._on_bound()
        self._prepared = prepare(self.op)

    def call(
        self, inputs: list[Any], global_state: AttributeDict, step: int = 0
    ) -> list[Any]:
        """Returns new DNA, as far as it finds any."""
        outputs = self._prepared(inputs, global_state, step)
        proposals = global_state.get(PROPOSALS)
        if proposals is None:
            return outputs
        outputs = list(outputs)
        known = _positions_of_known(proposals, outputs, range(len(outputs)))
        for attempt in range(1, self.max_attempts + 1):
            if not known or proposals.is_complete:
                break
            if len(outputs) != len(inputs):
                again = self._prepared(inputs, global_state, step)
            else:
                source = inputs if attempt < _PATIENCE else outputs
                again = self._prepared([source[i] for i in known], global_state, step)
            for i, dna in zip(known, again, strict=False):
                outputs[i] = dna
            known = _positions_of_known(proposals, outputs, known)
        return outputs


def _positions_of_known(
    proposals: Proposals, outputs: list[DNA], positions: Any
) -> list[int]:
    """Records new DNA; returns the positions of those that were known."""
    return [i for i in positions if not proposals.add(outputs[i])]


def looks_for_new(value: Any) -> bool:
    """Returns whether a value contains an operation that requires novelty.

    Args:
      value: An operation, or a function that stands in for one.
    """
    if isinstance(value, UntilNew):
        return True
    if isinstance(value, Symbolic):
        return any(looks_for_new(child) for _, child in value.sym_items())
    if isinstance(value, (list, tuple)):
        return any(map(looks_for_new, value))
    return False


def mutation(mutator: Any, seed: int | None, allow_repeats: bool) -> Any:
    """Returns the mutation of an algorithm.

    Args:
      mutator: Makes a child out of its parent; it is copied.
      seed: Seed of its randomness.
      allow_repeats: Whether a child may have been proposed before.
    """
    mutator = seeded(mutator, seed)
    return mutator if allow_repeats else UntilNew(mutator)


# The name that files know it by.
UntilNew.register_for_deserialization("pyglove.evolution.UntilNew")
