"""Iteration: programs of a space one after the other, in a plain loop."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Literal, SupportsIndex, TypeVar, overload

from pyglove import utils
from pyglove.geno import DNA, DNAGenerator, DNASpec, Random, Sweeping
from pyglove.hyper.base import HyperValue
from pyglove.hyper.compiler import Where
from pyglove.hyper.define_by_run import DynamicEvaluationContext
from pyglove.hyper.template import template
from pyglove.symbolic import eq

T = TypeVar("T")


class Feedback:
    """Takes the reward of a program and passes it on to the algorithm.

    Args:
      algorithm: The algorithm that proposed the program.
      dna: The DNA of the program.
    """

    __slots__ = ("_algorithm", "_dna")

    def __init__(self, algorithm: DNAGenerator, dna: DNA):
        self._algorithm = algorithm
        self._dna = dna

    @property
    def dna(self) -> DNA:
        """The DNA of the program."""
        return self._dna

    def __call__(self, reward: Any) -> None:
        """Passes a reward on.

        Args:
          reward: A number, or a tuple of numbers for several objectives.
        """
        self._algorithm.feedback(self._dna, reward)


@overload
def iterate(
    hyper_value: DynamicEvaluationContext,
    num_examples: int | None = None,
    algorithm: None = None,
    where: Where = None,
    force_feedback: Literal[False] = False,
) -> Iterator[Callable[[], AbstractContextManager[None]]]: ...


@overload
def iterate(
    hyper_value: HyperValue,
    num_examples: int | None = None,
    algorithm: DNAGenerator | None = None,
    where: Where = None,
    force_feedback: bool = False,
) -> Iterator[Any]: ...


@overload
def iterate(
    hyper_value: T,
    num_examples: int | None = None,
    algorithm: None = None,
    where: Where = None,
    force_feedback: Literal[False] = False,
) -> Iterator[T]: ...


@overload
def iterate(
    hyper_value: T,
    num_examples: int | None = None,
    algorithm: DNAGenerator | None = None,
    where: Where = None,
    *,
    force_feedback: Literal[True],
) -> Iterator[tuple[T, Feedback]]: ...


@overload
def iterate(
    hyper_value: Any,
    num_examples: int | None = None,
    algorithm: DNAGenerator | None = None,
    where: Where = None,
    force_feedback: bool = False,
) -> Iterator[Any]: ...


def iterate(
    hyper_value: Any,
    num_examples: int | None = None,
    algorithm: DNAGenerator | None = None,
    where: Where = None,
    force_feedback: bool = False,
) -> Iterator[Any]:
    """Iterates over the programs that an algorithm proposes.

    Args:
      hyper_value: The program with placeholders; or what `pg.hyper.trace` made of a
        function, for functions that return a scope in which it runs under decisions.
      num_examples: Number of programs; None for as many as the algorithm proposes.
      algorithm: The algorithm; None proposes every program of the space in order. An
        algorithm that was used before on the same space goes on.
      where: Decides which placeholders are decided. For a traced function, that
        is said to `trace`.
      force_feedback: Whether a feedback function comes with each program even if the
        algorithm does not need it.

    Yields:
      Programs; pairs of a program and a feedback function if the algorithm learns from
      rewards.

    Raises:
      ValueError: if there is nothing to decide, or the algorithm has been set up for
        another space.
      TypeError: if `algorithm` is not a DNAGenerator, or `num_examples` no int.

    Example:
      >>> for x, feedback in pg.iter(
      ...     pg.oneof([1, 5, 3]), 3, pg.geno.Sweeping(), force_feedback=True):
      ...   feedback(float(x))

      >>> def total():
      ...   return pg.oneof([1, 3]) + pg.oneof([0, 10])
      >>> for scope in pg.iter(pg.hyper.trace(total)):
      ...   with scope():
      ...     print(total(), end=' ')
      1 11 3 13
    """
    spec, decode = _space_and_decoder(hyper_value, where)
    if num_examples is not None and not isinstance(num_examples, SupportsIndex):
        raise utils.PyGloveTypeError(
            "Expected an int, or None for no end, as 'num_examples', got "
            f"{num_examples!r}."
        )
    if algorithm is None:
        algorithm = Sweeping()
    elif not isinstance(algorithm, DNAGenerator):
        raise utils.PyGloveTypeError(
            f"Expected a `pg.DNAGenerator` as 'algorithm', got {algorithm!r}."
        )
    if algorithm.dna_spec is None:
        algorithm.setup(spec)
    elif not eq(algorithm.dna_spec, spec):
        raise utils.PyGloveValueError(
            f"Expected an algorithm that is not set up, or for the space {spec!r}, got "
            f"{algorithm!r}, which is set up for {algorithm.dna_spec!r}."
        )
    with_feedback = force_feedback or algorithm.needs_feedback
    numbers = itertools.count() if num_examples is None else range(num_examples)
    for _ in numbers:
        try:
            dna = algorithm.propose()
        except StopIteration:
            return
        program = decode(dna)
        if with_feedback:
            yield program, Feedback(algorithm, dna)
        else:
            yield program


def _space_and_decoder(
    value: Any, where: Where
) -> tuple[DNASpec, Callable[[DNA], Any]]:
    """Returns what there is to decide, and what turns DNA into programs."""
    if isinstance(value, DynamicEvaluationContext):
        return value.dna_spec, lambda dna: lambda: value.apply(dna)
    compiled = template(value, where)
    compiled.require_decisions("value")
    return compiled.dna_spec(), compiled.decode


@overload
def random_sample(
    value: DynamicEvaluationContext,
    num_examples: int | None = None,
    where: Where = None,
    seed: int | None = None,
) -> Iterator[Callable[[], AbstractContextManager[None]]]: ...


@overload
def random_sample(
    value: HyperValue,
    num_examples: int | None = None,
    where: Where = None,
    seed: int | None = None,
) -> Iterator[Any]: ...


@overload
def random_sample(
    value: T,
    num_examples: int | None = None,
    where: Where = None,
    seed: int | None = None,
) -> Iterator[T]: ...


def random_sample(
    value: Any,
    num_examples: int | None = None,
    where: Where = None,
    seed: int | None = None,
) -> Iterator[Any]:
    """Iterates over random programs of a space.

    Args:
      value: The program with placeholders, or a traced function; see `pg.iter`.
      num_examples: Number of programs; None for an endless sequence.
      where: Decides which placeholders are decided.
      seed: Seed of the random numbers; None for unpredictable ones.

    Returns:
      An iterator over programs.

    Example:
      >>> [type(x) for x in pg.random_sample(pg.floatv(0.0, 1.0), 2, seed=1)]
      [<class 'float'>, <class 'float'>]
    """
    return iterate(value, num_examples, Random(seed=seed), where=where)
