"""Dynamic evaluation: a scope in which placeholders become values when made."""

import contextlib
import contextvars
import threading
from collections.abc import Callable, Iterator
from typing import Any

from pyglove import utils

EvaluateFn = Callable[[Any], Any]


class _Evaluators:
    """The functions in force: one for each thread or task, and one for all of them."""

    def __init__(self) -> None:
        self._own: contextvars.ContextVar[EvaluateFn | None] = contextvars.ContextVar(
            "evaluate_fn", default=None
        )
        self._shared: EvaluateFn | None = None
        self._lock = threading.Lock()
        # Scopes open in any thread: while there is none, making a placeholder costs
        # one attribute test.
        self.open_count = 0

    def get(self) -> EvaluateFn | None:
        """Returns the function in force for the caller."""
        own = self._own.get()
        return self._shared if own is None else own

    def may_nest(self, per_thread: bool) -> bool:
        """Returns whether the function in force is for as many threads as a new one."""
        outer = self._shared if per_thread else self._own.get()
        return outer is None

    @contextlib.contextmanager
    def bind(self, evaluate_fn: EvaluateFn | None, per_thread: bool) -> Iterator[None]:
        """Puts a function in force for a `with` block."""
        with self._lock:
            self.open_count += 1
            old = self._own.get() if per_thread else self._shared
            if not per_thread:
                self._shared = evaluate_fn
        if per_thread:
            self._own.set(evaluate_fn)
        try:
            yield
        finally:
            if per_thread:
                self._own.set(old)
            with self._lock:
                if not per_thread:
                    self._shared = old
                self.open_count -= 1


_EVALUATORS = _Evaluators()


def current_evaluate_fn() -> EvaluateFn | None:
    """Returns the function that evaluates placeholders when they are made, or None."""
    return _EVALUATORS.get() if _EVALUATORS.open_count else None


def require_alike(per_thread: bool) -> None:
    """Refuses a scope for one thread within one for all threads, and vice versa.

    Args:
      per_thread: Whether the new scope is for the calling thread only.

    Raises:
      ValueError: if that in force is not.
    """
    if _EVALUATORS.open_count and not _EVALUATORS.may_nest(per_thread):
        raise utils.PyGloveValueError(
            "Expected nested dynamic evaluation contexts to be all for one thread or "
            f"all for the process, got per_thread={per_thread} within "
            f"per_thread={not per_thread}."
        )


@contextlib.contextmanager
def dynamic_evaluate(
    evaluate_fn: EvaluateFn | None,
    yield_value: Any = None,
    exit_fn: Callable[[], None] | None = None,
    per_thread: bool = True,
) -> Iterator[Any]:
    """Lets a function evaluate placeholders where they are made.

    Within the block, `pg.oneof(...)` and the like return what `evaluate_fn` makes of
    the placeholder.

    Args:
      evaluate_fn: A function of a placeholder; None lets placeholders be.
      yield_value: The value of the `with` statement.
      exit_fn: Called when the block has come to its end without an error.
      per_thread: Whether the function is for the calling thread only.

    Yields:
      `yield_value`.

    Raises:
      ValueError: if `evaluate_fn` is neither None nor callable.

    Example:
      >>> with pg.hyper.dynamic_evaluate(lambda placeholder: placeholder.candidates[0]):
      ...     print(pg.oneof(['a', 'b']))
      a
    """
    for name, given in {"evaluate_fn": evaluate_fn, "exit_fn": exit_fn}.items():
        if not (given is None or callable(given)):
            raise utils.PyGloveValueError(
                f"Expected a function, or None, as {name!r}, got {given!r}."
            )
    # It is called after the scope is closed, and not after an error.
    at_end = exit_fn or (lambda: None)
    with _EVALUATORS.bind(evaluate_fn, per_thread):
        yield yield_value
    at_end()
