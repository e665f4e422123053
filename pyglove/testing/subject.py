"""Subjects: an algorithm on a space, to be checked."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from pyglove import symbolic
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.testing.conformance_error import ConformanceError
from pyglove.testing.scenario import OpenTrial, Scenario


@functools.cache
def _shared_spec(make_spec: Callable[[], DNASpec]) -> DNASpec:
    # Algorithms share the spec of a space, as they may do in a program.
    return make_spec()


class Subject(NamedTuple):
    """An algorithm on a space.

    Attributes:
      make_generator: Makes the algorithm.
      space: Name of the space.
      make_spec: Makes its spec.
      num_trials: How many trials are looked at.
      is_seeded: Whether each algorithm that is made proposes the same.
    """

    make_generator: Callable[[], DNAGenerator]
    space: str
    make_spec: Callable[[], DNASpec]
    num_trials: int
    is_seeded: bool

    @property
    def spec(self) -> DNASpec:
        """The spec, of which there is one for all algorithms."""
        return _shared_spec(self.make_spec)

    def new(self) -> DNAGenerator:
        """Returns a new algorithm that is set up for the space."""
        generator = self.make_generator()
        if not isinstance(generator, DNAGenerator):
            raise ConformanceError(f"Expected a `pg.DNAGenerator`, got {generator!r}.")
        try:
            generator.setup(self.spec)
        except Exception as error:
            self.fail(generator, f"expected it to be set up, got {_text(error)}", error)
        return generator

    def run(
        self,
        generator: DNAGenerator,
        scenario: Scenario,
        start: int = 0,
        stop: int | None = None,
        open_trials: list[OpenTrial] | None = None,
    ) -> list[list[Any]]:
        """Goes on with a search, and checks what is proposed.

        Args:
          generator: The algorithm, which is set up.
          scenario: What becomes of its proposals.
          start: Number of the next trial.
          stop: Number of the trial before which to stop.
          open_trials: Trials that have not been answered so far. It is updated.

        Returns:
          The numbers of the proposals.

        Raises:
          ConformanceError: if the algorithm fails, or proposes what it should not.
        """
        stop = self.num_trials if stop is None else stop
        before = generator.num_proposals
        spec = generator.dna_spec
        found: list[tuple[DNA, list[Any]]] = []

        def note(dna: Any) -> None:
            self._check_proposal(generator, spec, start + len(found), dna)
            found.append((dna, dna.to_numbers()))

        try:
            scenario.go_on(generator, start, stop, open_trials, note)
        except ConformanceError:
            raise
        except Exception as error:
            trial = start + len(found) - 1
            self.fail(
                generator,
                f"expected it to take part in {scenario}, got {_text(error)} at trial "
                f"{trial}",
                error,
            )
        count = generator.num_proposals - before
        if count != len(found):
            self.fail(
                generator,
                f"expected `num_proposals` to grow by one with each proposal, got "
                f"{count} more after {len(found)} proposals",
            )
        for i, (dna, numbers) in enumerate(found):
            if dna.to_numbers() != numbers:
                self.fail(
                    generator,
                    f"expected proposals to stay as they are, got {dna.to_numbers()} "
                    f"for what was {numbers} when it was proposed as trial {start + i}",
                )
        return [numbers for _, numbers in found]

    def compare(
        self,
        generator: DNAGenerator,
        expected: Sequence[Any],
        found: Sequence[Any],
        where: str,
        start: int = 0,
    ) -> None:
        """Checks that proposals are what they should be.

        Args:
          generator: The algorithm that made them.
          expected: The numbers that they should have.
          found: The numbers that they have.
          where: In which part of the check.
          start: Number of the first trial.

        Raises:
          ConformanceError: naming the first that is another one.
        """
        for i, (one, other) in enumerate(zip(expected, found, strict=False)):
            if one != other:
                self.fail(
                    generator,
                    f"expected {one} as trial {start + i} {where}, got {other}",
                )
        if len(expected) != len(found):
            self.fail(
                generator,
                f"expected {len(expected)} proposals {where}, got {len(found)}",
            )

    def check_space(self, generator: DNAGenerator) -> None:
        """Checks that the space is as it was.

        Args:
          generator: An algorithm that has searched it.

        Raises:
          ConformanceError: if it is not.
        """
        if symbolic.ne(generator.dna_spec, self.make_spec()):
            self.fail(generator, "expected the space to stay as it is, got a change")

    def _check_proposal(
        self, generator: DNAGenerator, spec: DNASpec, trial: int, dna: Any
    ) -> None:
        if not isinstance(dna, DNA):
            self.fail(generator, f"expected a `pg.DNA` to be proposed, got {dna!r}")
        try:
            spec.validate(dna)
        except Exception as error:
            self.fail(
                generator,
                "expected proposals to fit the space and meet its constraints, got "
                f"{dna!r} as trial {trial}: {error}",
                error,
            )

    def fail(
        self, generator: DNAGenerator, message: str, cause: Exception | None = None
    ) -> NoReturn:
        """Raises the error that says what is wrong.

        Args:
          generator: The algorithm.
          message: What was expected, and what is there.
          cause: An error that shows it.

        Raises:
          ConformanceError: in any case.
        """
        name = type(generator).__name__
        raise ConformanceError(
            f"{name} on the space {self.space!r}: {message}."
        ) from cause


def _text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
