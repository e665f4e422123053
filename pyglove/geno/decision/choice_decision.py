"""Choices among candidates, single and multiple, on flat sequences of numbers."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from pyglove.geno.decision.decision import (
    NO_LIMIT,
    VARIES,
    Decision,
    Decisions,
    Numbers,
)
from pyglove.utils.functor import override

Branches = tuple[Decisions, ...] | None


def draw_below(rng: Any, n: int) -> int:
    """Draws an int from 0 to n - 1, as `random.Random` does for its own methods."""
    bits = n.bit_length()
    value: int = rng.getrandbits(bits)
    while value >= n:
        value = rng.getrandbits(bits)
    return value


def branches_width(branches: Branches) -> int:
    """Returns the number of numbers that a choice opens, `VARIES` if it varies."""
    if branches is None:
        return 0
    widths = {branch.width for branch in branches}
    return widths.pop() if len(widths) == 1 else VARIES


def accept_index(value: Any, n: int) -> int:
    """Returns the index of a candidate as a plain int, -1 if it is none."""
    if not isinstance(value, int) or not 0 <= value < n:
        return -1
    return int(value)


class ChoiceDecision(Decision):
    """The choice of one among several candidates.

    Args:
      size: Number of candidates.
      branches: The decisions that each candidate opens; None if there are none.
    """

    __slots__ = ("branches", "size")

    def __init__(self, size: int, branches: Branches = None):
        self.size = size
        self.branches = branches
        inner = branches_width(branches)
        self.width = VARIES if inner == VARIES else 1 + inner
        self.is_custom = branches is not None and any(b.is_custom for b in branches)
        self.key = size if branches is None else ("choice", *[b.key for b in branches])

    def draw(self, rng: Any) -> list[int]:
        """Returns the index of a random candidate, in a list."""
        return [draw_below(rng, self.size)]

    @override
    def sample(self, rng: Any, out: list[Any]) -> None:
        value = draw_below(rng, self.size)
        out.append(value)
        if self.branches is not None:
            self.branches[value].sample_into(rng, out)

    @override
    def resample(self, rng: Any, out: list[Any], old: Numbers | None) -> None:
        if old is None or not self.is_custom:
            self.sample(rng, out)
            return
        value = draw_below(rng, self.size)
        out.append(value)
        branch = self.branches[value]  # type: ignore[index]
        if old[0] == value:
            branch.resample_into(rng, out, old[1:])
        else:
            branch.sample_into(rng, out)

    @override
    def first(self, out: list[Any]) -> None:
        out.append(0)
        if self.branches is not None:
            self.branches[0].first_into(out)

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        value = numbers[start]
        if self.branches is None:
            return [value + 1] if value + 1 < self.size else None
        inner = self.branches[value].advance(numbers, start + 1, end, last)
        if inner is not None:
            return [value, *inner]
        if value + 1 == self.size:
            return None
        out = [value + 1]
        self.branches[value + 1].first_into(out)
        return out

    @override
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        value = accept_index(numbers[start], self.size)
        if value < 0:
            return -1
        out.append(value)
        if self.branches is None:
            return start + 1
        return self.branches[value].accept_into(numbers, start + 1, out)

    @override
    def skip(self, numbers: Numbers, start: int) -> int:
        if self.branches is None:
            return start + 1
        return self.branches[numbers[start]].skip(numbers, start + 1)

    @override
    def take(self, draw: Callable[[], Any], out: list[Any]) -> None:
        value = draw()
        out.append(value)
        if self.branches is not None:
            self.branches[value].take(draw, out)

    @override
    def nest(self, numbers: Numbers, start: int, end: int) -> Any:
        value = numbers[start]
        if end == start + 1:
            return value
        inner = self.branches[value].nest(numbers, start + 1, end)  # type: ignore[index]
        return (value, *inner) if type(inner) is tuple else (value, inner)

    @override
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        inner = None
        if type(nested) is tuple:
            inner = nested[1] if len(nested) == 2 else nested[1:]
            nested = nested[0]
        value = accept_index(nested, self.size)
        if value < 0:
            return False
        out.append(value)
        if self.branches is None:
            return inner is None
        return self.branches[value].flatten_into(inner, out)


class MultiChoiceDecision(Decision):
    """Several choices among the same candidates.

    Args:
      count: Number of choices.
      size: Number of candidates.
      is_distinct: Whether a candidate may be chosen only once.
      is_sorted: Whether the indices of chosen candidates do not decrease.
      branches: The decisions that each candidate opens; None if there are none.
    """

    __slots__ = ("_choice", "branches", "count", "is_distinct", "is_sorted", "size")

    def __init__(
        self,
        count: int,
        size: int,
        is_distinct: bool,
        is_sorted: bool,
        branches: Branches = None,
    ):
        self.count = count
        self.size = size
        self.is_distinct = is_distinct
        self.is_sorted = is_sorted
        self.branches = branches
        self._choice = ChoiceDecision(size, branches)
        inner = branches_width(branches)
        self.width = VARIES if inner == VARIES else count * (1 + inner)
        self.is_custom = branches is not None and any(b.is_custom for b in branches)
        self.key = (
            "choices",
            count,
            is_distinct,
            is_sorted,
            size if branches is None else tuple([b.key for b in branches]),
        )

    def draw(self, rng: Any) -> list[int]:
        """Returns the indices of random candidates."""
        if self.is_distinct:
            values: list[int] = rng.sample(range(self.size), self.count)
        else:
            values = [draw_below(rng, self.size) for _ in range(self.count)]
        if self.is_sorted:
            values.sort()
        return values

    @override
    def sample(self, rng: Any, out: list[Any]) -> None:
        values = self.draw(rng)
        if self.branches is None:
            out.extend(values)
            return
        for value in values:
            out.append(value)
            self.branches[value].sample_into(rng, out)

    @override
    def resample(self, rng: Any, out: list[Any], old: Numbers | None) -> None:
        if old is None or not self.is_custom:
            self.sample(rng, out)
            return
        spans = self.spans(old, 0)
        for value, (start, end) in zip(self.draw(rng), spans, strict=True):
            out.append(value)
            branch = self.branches[value]  # type: ignore[index]
            if old[start] == value:
                branch.resample_into(rng, out, old[start + 1 : end])
            else:
                branch.sample_into(rng, out)

    @override
    def first(self, out: list[Any]) -> None:
        self._complete([], out)

    def _complete(self, chosen: list[int], out: list[Any]) -> None:
        """Appends the first numbers of the choices that come after `chosen`."""
        chosen = list(chosen)
        while len(chosen) < self.count:
            value = self._following(chosen, -1)
            chosen.append(value)
            out.append(value)
            if self.branches is not None:
                self.branches[value].first_into(out)

    def _following(self, chosen: list[int], value: int) -> int:
        """Returns the least candidate above `value` after `chosen`, -1 if none."""
        value += 1
        if self.is_sorted:
            if chosen:
                value = max(value, chosen[-1] + self.is_distinct)
            left = self.count - len(chosen) if self.is_distinct else 1
            return value if value <= self.size - left else -1
        if self.is_distinct:
            while value in chosen:
                value += 1
        return value if value < self.size else -1

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        spans = self.spans(numbers, start)
        chosen = [numbers[low] for low, _ in spans]
        for low, high in reversed(spans):
            value = chosen.pop()
            if low > last:
                continue
            out = list(numbers[start:low])
            inner = None
            if self.branches is not None:
                inner = self.branches[value].advance(numbers, low + 1, high, last)
            if inner is not None:
                out.append(value)
                out.extend(inner)
            else:
                value = self._following(chosen, value)
                if value < 0:
                    continue
                out.append(value)
                if self.branches is not None:
                    self.branches[value].first_into(out)
            self._complete([*chosen, value], out)
            return out
        return None

    def spans(self, numbers: Numbers, start: int) -> list[tuple[int, int]]:
        """Returns where the numbers of each choice start and end."""
        if self.branches is None:
            return [(i, i + 1) for i in range(start, start + self.count)]
        spans = []
        for _ in range(self.count):
            end = self.branches[numbers[start]].skip(numbers, start + 1)
            spans.append((start, end))
            start = end
        return spans

    def fits(self, values: Sequence[int]) -> bool:
        """Returns whether indices are distinct and sorted as they have to be."""
        if self.is_distinct and len(set(values)) < len(values):
            return False
        return not self.is_sorted or all(x <= y for x, y in itertools.pairwise(values))

    @override
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        values = []
        for _ in range(self.count):
            if start >= len(numbers):
                return -1
            at = len(out)
            start = self._choice.accept(numbers, start, out)
            if start < 0:
                return -1
            values.append(out[at])
        return start if self.fits(values) else -1

    @override
    def skip(self, numbers: Numbers, start: int) -> int:
        if self.width != VARIES:
            return start + self.width
        return self.spans(numbers, start)[-1][1]

    @override
    def take(self, draw: Callable[[], Any], out: list[Any]) -> None:
        for _ in range(self.count):
            self._choice.take(draw, out)

    @override
    def nest(self, numbers: Numbers, start: int, end: int) -> Any:
        if self.branches is None:
            return list(numbers[start:end])
        return [
            numbers[low] if high == low + 1 else self._choice.nest(numbers, low, high)
            for low, high in self.spans(numbers, start)
        ]

    @override
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        if type(nested) is not list or len(nested) != self.count:
            return False
        values = []
        for item in nested:
            at = len(out)
            if not self._choice.flatten(item, out):
                return False
            values.append(out[at])
        return self.fits(values)
