"""Descent: steps within steps, to any depth."""

import itertools
import sys

import pytest

import pyglove as pg
from pyglove.utils.descent import (
    TooDeepError,
    descend,
    descend_after,
    run,
    stepwise,
)


def depth(items):
    deepest = 0
    for item in items:
        below = yield (item,)
        deepest = max(deepest, below)
    return deepest + 1


def nest(levels):
    items = []
    for _ in range(levels - 1):
        items = [[], items]
    return items


def frames():
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


def test_any_depth():
    assert descend(depth, []) == 1
    assert descend(depth, nest(100_000)) == 100_000


def test_a_limit():
    assert descend(depth, nest(10), max_depth=10) == 10
    with pytest.raises(TooDeepError, match="at most 9 levels"):
        descend(depth, nest(10), max_depth=9)


def test_steps_are_closed_from_the_innermost_outwards():
    closed = []

    def step(level):
        try:
            if level == 3:
                raise KeyError("level")
            yield (level + 1,)
        finally:
            closed.append(level)

    with pytest.raises(KeyError):
        descend(step, 0)
    assert closed == [3, 2, 1, 0]


def test_a_step_that_recurses_too_deep():
    def step(level):
        if level == 0:
            return recurse()
        return (yield (level - 1,))

    def recurse():
        return recurse()

    with pytest.raises(RecursionError) as error:
        descend(step, 5)
    assert isinstance(error.value, TooDeepError)
    assert isinstance(error.value, pg.PyGloveError)


def test_to_run_a_single_step():
    assert run(depth(nest(3)), lambda items: len(items)) == 3


def test_a_method_of_a_step():
    class Tree:
        def __init__(self, *children):
            self.children = children

        @stepwise(lambda child: child.size())
        def size(self):
            """Counts."""
            total = 1
            for child in self.children:
                total += yield (child,)
            return total

    class Other(Tree):
        def size(self):
            return 10 * super().size()

    assert Tree(Tree(), Tree(Tree())).size() == 4
    assert Tree(Other(Tree())).size() == 21
    assert Tree.size.__doc__ == "Counts."
    assert descend(Tree.size.step, Tree(Tree())) == 2
    assert not hasattr(Other.size, "step")


def test_a_second_attempt():
    def attempt(items):
        try:
            return 1 + max(map(attempt, items), default=0)
        except RecursionError as error:
            return descend_after(error, depth, items)

    assert attempt(nest(10_000)) == 10_000


def test_no_second_attempt_where_the_stack_is_nearly_full():
    def go_down(levels, error):
        if levels:
            return go_down(levels - 1, error)
        return descend_after(error, depth, [])

    error = RecursionError("levels")
    room = sys.getrecursionlimit() - frames()
    assert go_down(room - 60, error) == 1
    with pytest.raises(RecursionError) as raised:
        go_down(room - 20, error)
    assert raised.value is error


def test_attempts_are_made_further_and_further_up():
    attempts = []

    def fail():
        attempts.append(frames())
        raise RecursionError("levels")
        yield

    def go_down(levels):
        try:
            if not levels:
                raise RecursionError("levels")
            return go_down(levels - 1)
        except RecursionError as error:
            return descend_after(error, fail)

    with pytest.raises(TooDeepError):
        go_down(400)
    gaps = [before - after for before, after in itertools.pairwise(attempts)]
    assert 3 <= len(attempts) <= 8
    assert all(2 * gap <= further for gap, further in itertools.pairwise(gaps))
