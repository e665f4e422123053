"""The search loop: examples of a space, selected by an algorithm."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar, overload

from pyglove import hyper, utils
from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.geno.internal import own_metadata
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
    """Samples examples from a search space, and learns from the feedback on them.

    The loop body evaluates the example and reports on it through the feedback object:
    `feedback(reward)` completes the trial. A trial that was not completed is returned
    again. If there is no report on it at all, there is a warning at the third time in a
    row, and an error at the fifth.

    Loops with the same name, in any number of threads, work on the same study. A loop
    also resumes an existing study of its name; `pg.tuning.delete` deletes it.

    A DNA that the algorithm proposes with a reward (in its metadata, as 'reward') needs
    no evaluation: its trial is completed with that reward, and the loop continues with
    the next one.

    Args:
      space: The search space: a value with placeholders (`pg.oneof`, ...) or its
        template; what `pg.hyper.trace` returns for a function, for examples that are
        called for a context in which the function is run; or a `DNASpec`, for
        examples that are DNA.
      algorithm: The search algorithm.
      num_examples: Maximum number of trials of the study; None for as many as the
        algorithm proposes. It is set by the loop that creates the study.
      early_stopping_policy: The policy behind `Feedback.should_stop_early`.
      where: Which placeholders this loop decides; examples contain the others, so
        that a nested loop can decide them. By default all.
      name: Name of the study, for `pg.poll_result` and other loops.
      group: The worker group; workers of a group evaluate the same trial together.
        By default each thread is a separate group.
      backend: Name of the backend; see `pg.tuning.available_backends`.
      metrics_to_optimize: Names of the metrics that the algorithm optimizes, as a tuple
        if there are several; 'reward' stands for the reward itself. By default only
        the reward.
      **kwargs: Further options of the backend.

    Yields:
      Tuples of an example and the feedback object for it.

    Raises:
      ValueError: if there is nothing to decide, if there are several metrics but the
        algorithm optimizes one, if the algorithm was set up for another space, if the
        study of that name searches another space, or if there is no such backend.
      TypeError: if the algorithm is not a `DNAGenerator`, or the backend does not know
        an argument.
      RuntimeError: if a trial was returned repeatedly without a report on it.

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
    if not isinstance(algorithm, DNAGenerator):
        raise utils.PyGloveTypeError(
            f"Expected a search algorithm (`pg.DNAGenerator`), got {algorithm!r}."
        )
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
        dna = feedback.dna
        notes = own_metadata(dna)
        if notes is not None and dict.get(notes, "reward") is not None:
            _report_known(feedback, notes["reward"], metrics)
            continue
        yield decode(dna), feedback


def poll_result(name: str, backend: str | None = None, **kwargs: Any) -> Result:
    """Returns the results of a study so far.

    Args:
      name: Name of the study.
      backend: Name of the backend.
      **kwargs: Further options of the backend.

    Raises:
      ValueError: if there is no such study or no such backend.
    """
    return get_backend(backend).poll_result(name, **kwargs)


def delete(name: str, backend: str | None = None, **kwargs: Any) -> None:
    """Deletes a study, so that a loop with that name starts anew.

    Loops that still work on the study get no more trials.

    Args:
      name: Name of the study.
      backend: Name of the backend.
      **kwargs: Further options of the backend.

    Raises:
      ValueError: if there is no such study or no such backend.
      NotImplementedError: if the backend cannot delete studies.

    Example:
      >>> def search():
      ...   space = pg.oneof([1, 2, 3])
      ...   for x, feedback in pg.sample(
      ...       space, pg.geno.Sweeping(), num_examples=3, name='delete-example'):
      ...     feedback(float(x))
      >>> search()
      >>> pg.tuning.delete('delete-example')
      >>> search()
      >>> len(pg.poll_result('delete-example').trials)
      3
    """
    get_backend(backend).delete(name, **kwargs)


def list_studies(backend: str | None = None, **kwargs: Any) -> list[str]:
    """Returns the names of all studies.

    Args:
      backend: Name of the backend.
      **kwargs: Further options of the backend.

    Raises:
      ValueError: if there is no such backend.
      NotImplementedError: if the backend cannot list studies.

    Example:
      >>> _ = next(pg.sample(pg.oneof([1, 2]), pg.geno.Random(), name='list-example'))
      >>> 'list-example' in pg.tuning.list_studies()
      True
    """
    return get_backend(backend).list_studies(**kwargs)


def _report_known(feedback: Feedback, reward: Any, metrics: list[str]) -> None:
    """Completes a trial with the reward that the algorithm knows."""
    if len(metrics) == 1 and not isinstance(reward, (tuple, list)):
        # The optimized metric, whatever its name.
        reward = (reward,)
    # Another worker of the group may do the same.
    with feedback.ignore_race_condition():
        feedback(reward, metadata={"client_evaluation_skipped": True})


def _resolve(
    space: Any, where: Callable[[Any], bool] | None
) -> tuple[DNASpec, Callable[[DNA], Any]]:
    """Returns the spec of a space, and a function that decodes DNA to examples."""
    if isinstance(space, DNASpec):
        return space, lambda dna: dna
    if isinstance(space, hyper.DynamicEvaluationContext):
        return space.dna_spec, lambda dna: lambda: space.apply(dna)
    template = space
    if not isinstance(space, hyper.ObjectTemplate):
        template = hyper.template(space, where)
    template.require_decisions()
    return template.dna_spec(), template.decode
