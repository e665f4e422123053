"""The search loop: examples out of a space, chosen by an algorithm."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar, overload

from pyglove import hyper, utils
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.tuning.backend import get_backend
from pyglove.tuning.early_stopping import EarlyStoppingPolicy
from pyglove.tuning.feedback import Feedback
from pyglove.tuning.result import Result

T = TypeVar("T")


@overload
def sample(
    space: DNASpec,
    algorithm: DNAGenerator,
    num_examples: int | None = None,
    early_stopping_policy: EarlyStoppingPolicy | None = None,
    where: Callable[[Any], bool] | None = None,
    name: str | None = None,
    group: int | str | None = None,
    backend: str | None = None,
    metrics_to_optimize: Sequence[str] | None = None,
    **kwargs: Any,
) -> Iterator[tuple[DNA, Feedback]]: ...


@overload
def sample(
    space: hyper.DynamicEvaluationContext,
    algorithm: DNAGenerator,
    num_examples: int | None = None,
    early_stopping_policy: EarlyStoppingPolicy | None = None,
    where: Callable[[Any], bool] | None = None,
    name: str | None = None,
    group: int | str | None = None,
    backend: str | None = None,
    metrics_to_optimize: Sequence[str] | None = None,
    **kwargs: Any,
) -> Iterator[tuple[Callable[[], AbstractContextManager[Any]], Feedback]]: ...


@overload
def sample(
    space: hyper.HyperValue,
    algorithm: DNAGenerator,
    num_examples: int | None = None,
    early_stopping_policy: EarlyStoppingPolicy | None = None,
    where: Callable[[Any], bool] | None = None,
    name: str | None = None,
    group: int | str | None = None,
    backend: str | None = None,
    metrics_to_optimize: Sequence[str] | None = None,
    **kwargs: Any,
) -> Iterator[tuple[Any, Feedback]]: ...


@overload
def sample(
    space: T,
    algorithm: DNAGenerator,
    num_examples: int | None = None,
    early_stopping_policy: EarlyStoppingPolicy | None = None,
    where: Callable[[Any], bool] | None = None,
    name: str | None = None,
    group: int | str | None = None,
    backend: str | None = None,
    metrics_to_optimize: Sequence[str] | None = None,
    **kwargs: Any,
) -> Iterator[tuple[T, Feedback]]: ...


def sample(
    space: Any,
    algorithm: DNAGenerator,
    num_examples: int | None = None,
    early_stopping_policy: EarlyStoppingPolicy | None = None,
    where: Callable[[Any], bool] | None = None,
    name: str | None = None,
    group: int | str | None = None,
    backend: str | None = None,
    metrics_to_optimize: Sequence[str] | None = None,
    **kwargs: Any,
) -> Iterator[tuple[Any, Feedback]]:
    """Samples examples out of a search space, and learns from the feedback on them.

    The loop body evaluates the example and reports on it through the feedback object:
    `feedback(reward)` completes the trial. A trial that was not completed is handed
    out again.

    Loops of the same name, in any number of threads, work on the same study. A loop
    also resumes the study of its name if there is one.

    Args:
      space: The search space: a value with placeholders (`pg.oneof`, ...) or its
        template; what `pg.hyper.trace` returns for a function, for examples that are
        called for a context in which the function is run; or a `DNASpec`, for
        examples that are DNA.
      algorithm: The search algorithm.
      num_examples: How many trials the study may have; None for as many as the
        algorithm proposes. The loop that creates the study decides.
      early_stopping_policy: The policy behind `Feedback.should_stop_early`.
      where: Which placeholders this loop decides; examples contain the others, so
        that a nested loop can decide them. By default all.
      name: Name of the study, for `pg.poll_result` and other loops.
      group: The worker group; workers of a group evaluate the same trial together.
        By default each thread is a group of its own.
      backend: Name of the backend; see `pg.tuning.available_backends`.
      metrics_to_optimize: Names of the metrics that the algorithm is told, as a tuple
        if there are several; 'reward' stands for the reward itself. By default only
        the reward.
      **kwargs: What else the backend understands.

    Yields:
      Tuples of an example and the feedback object for it.

    Raises:
      ValueError: if there is nothing to decide, if there are several metrics but the
        algorithm optimizes one, if the algorithm was set up for another space, or if
        there is no such backend.
      TypeError: if the algorithm is not a `DNAGenerator`.

    Example:
      >>> space = pg.Dict(x=pg.oneof([1, 2, 3]), y=pg.oneof([4, 5]))
      >>> for example, feedback in pg.sample(
      ...     space, pg.geno.Random(seed=1), num_examples=20, name='sample-example'):
      ...   feedback(float(example.x * example.y))
      >>> pg.poll_result('sample-example').best_trial.final_measurement.reward
      15.0
    """
    cls = get_backend(backend)
    dna_spec, decode = _resolve(space, where)
    metrics = ["reward"] if metrics_to_optimize is None else list(metrics_to_optimize)
    _check_algorithm(algorithm, metrics)
    client = cls.create(
        name,
        group,
        dna_spec,
        algorithm,
        metrics,
        early_stopping_policy,
        num_examples,
        **kwargs,
    )
    while True:
        try:
            feedback = client.next()
        except StopIteration:
            return
        yield decode(feedback.dna), feedback


def poll_result(name: str, backend: str | None = None, **kwargs: Any) -> Result:
    """Returns what a study has found so far.

    Args:
      name: Name of the study.
      backend: Name of the backend.
      **kwargs: What else the backend understands.

    Raises:
      ValueError: if there is no such study or no such backend.
    """
    return get_backend(backend).poll_result(name, **kwargs)


def _check_algorithm(algorithm: DNAGenerator, metrics: list[str]) -> None:
    if not isinstance(algorithm, DNAGenerator):
        raise utils.PyGloveTypeError(
            f"Expected a search algorithm (`pg.DNAGenerator`), got {algorithm!r}."
        )
    if len(metrics) > 1 and not algorithm.multi_objective:
        raise utils.PyGloveValueError(
            "Expected `metrics_to_optimize` to name one metric, as the algorithm "
            f"optimizes one objective, got {metrics} for {algorithm!r}."
        )


def _resolve(
    space: Any, where: Callable[[Any], bool] | None
) -> tuple[DNASpec, Callable[[DNA], Any]]:
    """Returns the spec of a space, and what makes an example out of DNA."""
    if isinstance(space, DNASpec):
        return space, lambda dna: dna
    if isinstance(space, hyper.DynamicEvaluationContext):
        return space.dna_spec, lambda dna: lambda: space.apply(dna)
    template = space
    if not isinstance(space, hyper.ObjectTemplate):
        template = hyper.template(space, where)
    if template.is_constant:
        raise utils.PyGloveValueError(
            f"Expected a space with something to decide, got {space!r}."
        )
    return template.dna_spec(), template.decode
