"""Decisions: compiled spaces, and operations on flat sequences of numbers.

The genotype of a program is a flat tuple of numbers: one for each decision that is
active, in the order of the space, where a choice is followed by the decisions that
its candidate opens. A `DNASpec` compiles once into `Decisions`, which draw, enumerate
and check such tuples and know nothing of names, paths or symbolic trees. Messages
for numbers that do not fit are the business of `mismatch`.

The *nested form* of the same numbers shows their structure: a list holds the
decisions of a space or of a multi-choice, a tuple a choice and what it opens.
"""

import abc
import sys
import weakref
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

Numbers = tuple[Any, ...]

# Stands for the number of numbers where it depends on the decisions.
VARIES = -1

# Stands for a position after all numbers.
NO_LIMIT = sys.maxsize


class Decision(abc.ABC):
    """One decision of a space, together with those that its outcome opens.

    Attributes:
      width: Number of numbers it takes; `VARIES` if that depends on the outcome.
      key: Identifies its structure.
      is_custom: Whether it, or a decision below, is made by a function of the user.
    """

    __slots__ = ("is_custom", "key", "width")

    width: int
    key: Hashable
    is_custom: bool

    @abc.abstractmethod
    def sample(self, rng: Any, out: list[Any]) -> None:
        """Appends random numbers to `out`."""

    def resample(self, rng: Any, out: list[Any], old: Numbers | None) -> None:
        """Appends random numbers, given those that were here before, if any."""
        self.sample(rng, out)

    @abc.abstractmethod
    def first(self, out: list[Any]) -> None:
        """Appends the first numbers in the order of enumeration."""

    @abc.abstractmethod
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        """Returns the successor of `numbers[start:end]`, None at the end.

        Args:
          numbers: Numbers that fit.
          start: Where those of this decision start.
          end: Where they end.
          last: Sequences that only differ after this position are skipped.
        """

    @abc.abstractmethod
    def accept(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        """Checks the numbers from `start` on, and appends them to `out`.

        Returns:
          Where the numbers of this decision end, -1 if they do not fit.
        """

    @abc.abstractmethod
    def skip(self, numbers: Numbers, start: int) -> int:
        """Returns where the numbers of this decision end; they are known to fit."""

    def take(self, draw: Callable[[], Any], out: list[Any]) -> None:
        """Appends the numbers of this decision that `draw` returns one by one."""
        out.append(draw())

    def nest(self, numbers: Numbers, start: int, end: int) -> Any:
        """Returns the nested form of `numbers[start:end]`."""
        return numbers[start]

    @abc.abstractmethod
    def flatten(self, nested: Any, out: list[Any]) -> bool:
        """Appends the numbers of a nested form; False if it does not fit."""


class Decisions:
    """A sequence of decisions: a compiled space, or a compiled decision point.

    Equal structures share one instance, so that numbers made for one spec are known
    to fit another one by identity.

    Attributes:
      items: The decisions.
      width: Number of numbers; `VARIES` if that depends on the outcome.
      sizes: For single choices among constants only, the numbers of candidates;
        None if there is any other decision.
      is_custom: Whether a decision is made by a function of the user.
    """

    __slots__ = ("__weakref__", "_draws", "is_custom", "items", "key", "sizes", "width")

    _interned: "weakref.WeakValueDictionary[Hashable, Decisions]" = (
        weakref.WeakValueDictionary()
    )

    _draws: tuple[tuple[int, int], ...]
    items: tuple[Decision, ...]
    key: Hashable
    sizes: tuple[int, ...] | None
    width: int
    is_custom: bool

    def __new__(cls, items: Sequence[Decision]) -> "Decisions":
        """Returns the instance for a sequence of decisions."""
        key = tuple([item.key for item in items])
        found = cls._interned.get(key)
        if found is not None:
            return found
        self = super().__new__(cls)
        self.items = tuple(items)
        self.key = key
        widths = [item.width for item in items]
        self.width = VARIES if VARIES in widths else sum(widths)
        self.sizes = None
        if all(type(k) is int for k in key):
            self.sizes = key  # type: ignore[assignment]
        self._draws = tuple([(n, n.bit_length()) for n in self.sizes or ()])
        self.is_custom = any(item.is_custom for item in items)
        cls._interned[key] = self
        return self

    def sample(self, rng: Any, previous: Numbers | None = None) -> Numbers:
        """Returns random numbers.

        Args:
          rng: A `random.Random`, or the module `random`.
          previous: Numbers to start from, for custom decisions.
        """
        out: list[Any] = []
        if previous is not None and self.is_custom:
            self.resample_into(rng, out, previous)
        else:
            self.sample_into(rng, out)
        return tuple(out)

    def sample_into(self, rng: Any, out: list[Any]) -> None:
        """Appends random numbers to `out`."""
        if self.sizes is None:
            for item in self.items:
                item.sample(rng, out)
            return
        append, getrandbits = out.append, rng.getrandbits
        for n, bits in self._draws:
            value = getrandbits(bits)
            while value >= n:
                value = getrandbits(bits)
            append(value)

    def resample_into(self, rng: Any, out: list[Any], old: Numbers) -> None:
        """Appends random numbers, given those that were here before."""
        for item, (start, end) in zip(self.items, self.spans(old), strict=True):
            item.resample(rng, out, old[start:end])

    def first(self) -> Numbers:
        """Returns the first numbers in the order of enumeration."""
        out: list[Any] = []
        self.first_into(out)
        return tuple(out)

    def first_into(self, out: list[Any]) -> None:
        """Appends the first numbers to `out`."""
        if self.sizes is not None:
            out.extend([0] * self.width)
            return
        for item in self.items:
            item.first(out)

    def next(self, numbers: Numbers, last: int = NO_LIMIT) -> Numbers | None:
        """Returns the numbers that follow, None at the end of the order.

        The last decision varies fastest.

        Args:
          numbers: Numbers that fit.
          last: Sequences that only differ after this position are skipped.

        Raises:
          NotImplementedError: if a decision that cannot be enumerated is next.
        """
        if self.sizes is not None:
            i = self.width
            sizes = self.sizes
            if last < i:
                i = last + 1
                sizes = sizes[:i]
            for n in reversed(sizes):
                i -= 1
                value = numbers[i] + 1
                if value < n:
                    return (*numbers[:i], value, *[0] * (self.width - i - 1))
            return None
        found = self.advance(numbers, 0, len(numbers), last)
        return None if found is None else tuple(found)

    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        """Returns the successor of `numbers[start:end]`; see `Decision.advance`."""
        for i, low, high in self._spans_backwards(numbers, start, end):
            if low > last:
                continue
            changed = self.items[i].advance(numbers, low, high, last)
            if changed is not None:
                out = [*numbers[start:low], *changed]
                for item in self.items[i + 1 :]:
                    item.first(out)
                return out
        return None

    def _spans_backwards(
        self, numbers: Numbers, start: int, end: int
    ) -> Iterator[tuple[int, int, int]]:
        if self.width == VARIES:
            spans = self.spans(numbers, start)
            for i in range(len(spans) - 1, -1, -1):
                yield i, *spans[i]
            return
        for i in range(len(self.items) - 1, -1, -1):
            low = end - self.items[i].width
            yield i, low, end
            end = low

    def spans(self, numbers: Numbers, start: int = 0) -> list[tuple[int, int]]:
        """Returns where the numbers of each decision start and end."""
        spans = []
        for item in self.items:
            end = item.skip(numbers, start)
            spans.append((start, end))
            start = end
        return spans

    def skip(self, numbers: Numbers, start: int) -> int:
        """Returns where the numbers end that start at `start`; they do fit."""
        if self.width != VARIES:
            return start + self.width
        for item in self.items:
            start = item.skip(numbers, start)
        return start

    def take(self, draw: Callable[[], Any], out: list[Any]) -> None:
        """Appends the numbers of these decisions that `draw` returns one by one."""
        for item in self.items:
            item.take(draw, out)

    def accept(self, numbers: Sequence[Any]) -> Numbers | None:
        """Checks numbers.

        Args:
          numbers: Any sequence.

        Returns:
          The numbers as a tuple of plain ints, floats and strings; None if they do
          not fit.
        """
        if self.sizes is not None and len(numbers) == self.width:
            for value, n in zip(numbers, self.sizes, strict=True):
                if type(value) is not int or not 0 <= value < n:
                    break
            else:
                return tuple(numbers)
        out: list[Any] = []
        end = self.accept_into(numbers, 0, out)
        return tuple(out) if end == len(numbers) else None

    def accept_into(self, numbers: Sequence[Any], start: int, out: list[Any]) -> int:
        """Checks the numbers from `start` on; see `Decision.accept`."""
        for item in self.items:
            if start >= len(numbers):
                return -1
            start = item.accept(numbers, start, out)
            if start < 0:
                return -1
        return start

    def nest(self, numbers: Numbers, start: int = 0, end: int | None = None) -> Any:
        """Returns the nested form of numbers that fit.

        Args:
          numbers: The numbers.
          start: Where they start.
          end: Where they end; at the end of `numbers` if None.
        """
        if end is None:
            end = len(numbers)
        if len(self.items) == 1:
            return self.items[0].nest(numbers, start, end)
        if not self.items:
            return None
        if self.sizes is not None:
            return list(numbers[start:end])
        return [
            numbers[low] if high == low + 1 else item.nest(numbers, low, high)
            for item, (low, high) in zip(
                self.items, self.spans(numbers, start), strict=True
            )
        ]

    def flatten(self, nested: Any) -> Numbers | None:
        """Returns the numbers of a nested form, None if it does not fit."""
        out: list[Any] = []
        return tuple(out) if self.flatten_into(nested, out) else None

    def flatten_into(self, nested: Any, out: list[Any]) -> bool:
        """Appends the numbers of a nested form; False if it does not fit."""
        if len(self.items) == 1:
            return self.items[0].flatten(nested, out)
        if not self.items:
            return nested is None
        if type(nested) is not list or len(nested) != len(self.items):
            return False
        if self.sizes is not None:
            accepted = self.accept(nested)
            if accepted is None:
                return False
            out.extend(accepted)
            return True
        for item, value in zip(self.items, nested, strict=True):
            if not item.flatten(value, out):
                return False
        return True
