"""Descent: work on values within values, to any depth.

What is done with a tree is written as a generator function, a *step*: it does the work
for one value, yields the arguments of the step for each part whose result it needs, and
returns the result for the whole. `descend` runs the steps. Those that wait for others
are in a list, and not on the stack of Python, so that no tree is too deep.

Most trees are flat, and most of the library has quicker ways for these, which recurse.
Such a way is tried first, and `descend_after` takes over where it ends in a
`RecursionError`.
"""

import functools
import sys
import types
from collections.abc import Callable, Generator
from typing import Any, ParamSpec, TypeVar

from pyglove.utils.error import PyGloveError

Steps = Generator[tuple[Any, ...], Any, Any]
ArgsT = ParamSpec("ArgsT")
ResultT = TypeVar("ResultT")


class TooDeepError(PyGloveError, RecursionError):
    """Raised if methods that users wrote call one another too deep.

    A class may define how its instances are copied, compared or written. Such a method
    recurses as any Python function, and fails if too many levels of a tree have one.

    Attributes:
      depth: The number of calls on the stack of Python where this failed.
      gap: How many fewer calls there have to be for the next attempt.
    """

    depth = sys.maxsize
    gap = 0


# A descent needs some calls itself.
_LEAST_ROOM = 40
_FIRST_GAP = 8


def _depth() -> int:
    """Returns the number of calls on the stack of Python."""
    depth = 0
    frame: types.FrameType | None = sys._getframe()
    while frame is not None:
        frame = frame.f_back
        depth += 1
    return depth


def descend(
    step: Callable[..., Steps], *args: Any, max_depth: int = sys.maxsize
) -> Any:
    """Runs a step and all the steps that it asks for.

    Args:
      step: A generator function. What it yields are the arguments of another step,
        whose result it is sent. If a step fails, the steps around it are closed, from
        the innermost outwards, and the error is raised here.
      *args: The arguments of the first step.
      max_depth: How many steps may be one inside the other.

    Returns:
      What the first step returns.

    Raises:
      TooDeepError: if a step fails with a `RecursionError`, or there are too many.

    Example:
      >>> from pyglove.utils.descent import descend
      >>> def depth(items):
      ...   deepest = 0
      ...   for item in items:
      ...     below = yield (item,)
      ...     deepest = max(deepest, below)
      ...   return deepest + 1
      >>> descend(depth, [[], [[]]])
      3
    """
    waiting = [step(*args)]
    result: Any = None
    try:
        while True:
            try:
                request = waiting[-1].send(result)
            except StopIteration as stop:
                waiting.pop()
                result = stop.value
                if not waiting:
                    return result
            else:
                if len(waiting) >= max_depth:
                    raise TooDeepError(
                        f"Expected at most {max_depth} levels, got more, or a value "
                        "that contains itself."
                    )
                waiting.append(step(*request))
                result = None
    except TooDeepError as error:
        error.depth = min(error.depth, _depth())
        raise
    except RecursionError as cause:
        failure = TooDeepError(
            "Expected fewer levels of objects whose classes override how they are "
            f"copied, compared or written, got too many: {cause}."
        )
        failure.depth = _depth()
        raise failure from cause
    finally:
        while waiting:
            waiting.pop().close()


def run(steps: Steps, answer: Callable[..., Any]) -> Any:
    """Runs a single step, whose requests a function answers.

    Args:
      steps: What the generator function of the step has returned.
      answer: Called with what the step yields; it may recurse.

    Returns:
      What the step returns.
    """
    result: Any = None
    while True:
        try:
            request = steps.send(result)
        except StopIteration as stop:
            return stop.value
        result = answer(*request)


def stepwise(
    answer: Callable[..., Any], finish: Callable[[Any], Any] | None = None
) -> Callable[
    [Callable[ArgsT, Generator[tuple[Any, ...], Any, ResultT]]],
    Callable[ArgsT, ResultT],
]:
    """Makes a method of a step; usable as a decorator.

    Args:
      answer: Answers the requests of the step where the method is called alone.
      finish: Called with what the step returns to get what the method returns.

    Returns:
      A decorator of generator functions. The method has the function as its attribute
      `step`, for those who are in the middle of a descent. Methods that override it
      lack the attribute, and are called.
    """

    def decorate(step: Callable[..., Steps]) -> Any:
        @functools.wraps(step)
        def method(*args: Any, **kwargs: Any) -> Any:
            result = run(step(*args, **kwargs), answer)
            return result if finish is None else finish(result)

        method.step = step  # type: ignore[attr-defined]
        return method

    return decorate


def descend_after(error: RecursionError, step: Callable[..., Steps], *args: Any) -> Any:
    """Starts again what a recursive function has failed to do.

    Callers that are nearer to the root catch the same error, and have more of the stack
    for the methods that recurse. So if an attempt fails, the next is made some calls
    further up, and the one after that twice as many.

    Args:
      error: How it failed. It is raised again if this is not the place for an attempt.
      step: See `descend`.
      *args: See `descend`.

    Returns:
      What the first step returns.
    """
    gap = 0
    if isinstance(error, TooDeepError):
        gap = error.gap
        if _depth() > error.depth - gap:
            raise error
    elif sys.getrecursionlimit() - _depth() < _LEAST_ROOM:
        raise error
    try:
        return descend(step, *args)
    except TooDeepError as again:
        again.gap = max(again.gap, 2 * gap, _FIRST_GAP)
        raise
