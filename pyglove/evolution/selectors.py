"""Selectors: operations that pick elements out of a population."""

import abc
import itertools
import math
from collections.abc import Callable
from typing import (  # noqa: UP035
    TYPE_CHECKING,
    Annotated,
    Any,
    List,
    Union,
)

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.evolution.calling import call
from pyglove.evolution.fitness import get_fitness
from pyglove.evolution.operation import Seed, make_random
from pyglove.evolution.operation_kind import Selector
from pyglove.geno import DNA, AttributeDict
from pyglove.scalars import scalar_spec, scalar_value

__all__ = [
    "First",
    "Last",
    "Random",
    "Top",
    "Bottom",
    "Sample",
    "Proportional",
    "num_output_spec",
    "compute_num_output",
    "Any",
    "List",
    "Union",
]


def num_output_spec() -> pg_typing.ValueSpec:
    """Describes a field that says how many elements are selected."""
    number = pg_typing.Union(
        [
            pg_typing.Int(min_value=0, is_noneable=True),
            pg_typing.Float(min_value=0.0, max_value=1.0, is_noneable=True),
        ],
        is_noneable=True,
    )
    return scalar_spec(number).set_default(None)


def compute_num_output(n: Any, num_inputs: int, step: int) -> int:
    """Returns how many elements are selected.

    Args:
      n: A number; a share of the inputs from 0.0 to 1.0, which is rounded up; None for
        all; or a function of the step that returns any of these.
      num_inputs: Number of elements to select from.
      step: Number of evaluations that the algorithm has received.

    Example:
      >>> compute_num_output(3, 10, 0), compute_num_output(0.25, 10, 0)
      (3, 3)
    """
    n = scalar_value(n, step)
    if n is None:
        return num_inputs
    # Rounding errors of the product do not count: 0.07 of 100 is 7.
    return math.ceil(n * num_inputs - 1e-9) if isinstance(n, float) else n


if TYPE_CHECKING:
    NumOutput = int | float | Callable[[int], int | float | None] | None
    Key = Callable[[Any], Any] | None
    Weights = Callable[..., list[float]]
else:
    NumOutput = num_output_spec()
    Key = pg_typing.Callable([pg_typing.Any()], returns=pg_typing.Any()).noneable()
    Weights = pg_typing.Callable(
        [pg_typing.List(pg_typing.Any())],
        returns=pg_typing.List(pg_typing.Float(min_value=0.0)),
    )


class _Counted(Selector):
    """Base of selectors of a number of elements."""

    n: Annotated[NumOutput, "How many; see `compute_num_output`."] = None

    def _number(self, inputs: list[Any], step: int) -> int:
        """Returns how many of some elements are selected."""
        return compute_num_output(self.n, len(inputs), step)


class First(_Counted):
    """Selects the first elements.

    Example:
      >>> pg.evolution.selectors.First(2)([1, 2, 3])
      [1, 2]
    """

    def select(self, inputs: list[Any], step: int) -> list[Any]:  # type: ignore[override]
        """Returns the first elements."""
        end = self._number(inputs, step)
        return inputs[:end]


class Last(_Counted):
    """Selects the last elements.

    Example:
      >>> pg.evolution.selectors.Last(2)([1, 2, 3])
      [2, 3]
    """

    def select(self, inputs: list[Any], step: int) -> list[Any]:  # type: ignore[override]
        """Returns the last elements."""
        start = len(inputs) - self._number(inputs, step)
        return inputs[max(start, 0) :]


class Random(_Counted):
    """Selects elements at random.

    Example:
      >>> pg.evolution.selectors.Random(3, seed=1)(list(range(10)))
      [2, 1, 4]
    """

    replacement: Annotated[
        bool, "Whether an element may be selected several times."
    ] = False
    seed: Annotated[Seed, "Seed or generator of the selection."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)

    def select(self, inputs: list[Any], step: int) -> list[Any]:  # type: ignore[override]
        """Returns elements in random order."""
        draws = self._number(inputs, step)
        if not self.replacement:
            return self._random.sample(inputs, min(draws, len(inputs)))
        return [self._random.choice(inputs) for _ in range(draws)]


class _Ranked(Selector):
    """Base of selectors that go by a key. Subclasses implement `_sort`."""

    n: Annotated[
        NumOutput, "How many elements, or clusters; see `compute_num_output`."
    ] = None
    key: Annotated[
        Key, "What to go by; by default the fitness of DNA, and others by themselves."
    ] = None
    cluster: Annotated[
        bool, "Whether elements of equal keys are selected together."
    ] = False

    def select(self, inputs: list[Any], step: int) -> list[Any]:  # type: ignore[override]
        """Returns elements in order; equal ones keep their order."""
        keys = self._keys(inputs)
        ranking = self._sort(keys)
        groups = [[i] for i in ranking]
        if self.cluster:
            alike = itertools.groupby(ranking, keys.__getitem__)
            groups = [list(group) for _, group in alike]
        chosen = groups[: compute_num_output(self.n, len(inputs), step)]
        return [inputs[i] for group in chosen for i in group]

    def _keys(self, inputs: list[Any]) -> list[Any]:
        """Returns the keys of elements, which are in order with one another."""
        if self.key is None:
            keys = [get_fitness(x) if isinstance(x, DNA) else x for x in inputs]
        else:
            keys = list(map(self.key, inputs))
        if all(k == k and type(k) is not tuple for k in keys):
            return keys
        return [_comparable(k) for k in keys]

    @abc.abstractmethod
    def _sort(self, keys: list[Any]) -> list[int]:
        """Returns positions in the order of keys."""


class Top(_Ranked):
    """Selects the greatest elements, the fittest DNA by default.

    Example:
      >>> pg.evolution.selectors.Top(2)([3, 1, 2])
      [3, 2]
    """

    def _sort(self, keys: list[Any]) -> list[int]:
        if self.n == 1 and keys and not self.cluster:
            # A tournament needs no sorting.
            return [keys.index(max(keys))]
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)


class Bottom(_Ranked):
    """Selects the least elements, the least fit DNA by default.

    Example:
      >>> pg.evolution.selectors.Bottom(2)([3, 1, 2])
      [1, 2]
    """

    def _sort(self, keys: list[Any]) -> list[int]:
        return sorted(range(len(keys)), key=keys.__getitem__)


def _comparable(key: Any) -> Any:
    """Returns a key that compares with all others: NaN comes before all numbers."""
    if key != key:
        return -math.inf
    if type(key) is tuple and any(x != x for x in key):
        return tuple([-math.inf if x != x else x for x in key])
    return key


class Sample(_Counted):
    """Selects elements at random, by weights; an element may be selected repeatedly.

    Example:
      >>> op = pg.evolution.selectors.Sample(3, lambda x: [0.0, 1.0], seed=1)
      >>> op(['a', 'b'])
      ['b', 'b', 'b']
    """

    weights: Annotated[  # type: ignore[misc]
        Weights, "A function of the inputs that weighs each."
    ]
    seed: Annotated[Seed, "Seed or generator of the selection."] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        self._random = make_random(self.seed)

    def select(
        self, inputs: list[Any], global_state: AttributeDict, step: int
    ) -> list[Any]:
        """Returns elements in random order."""
        if not inputs:
            return []
        weights = call(self.weights, inputs, global_state, step)
        return self._random.choices(inputs, weights, k=self._number(inputs, step))


class Proportional(_Counted):
    """Selects each element as often as its share of the weights says.

    Shares are rounded. If that is too few elements, those of the greatest weights are
    selected once more; if it is too many, those of the least weights once less.

    Example:
      >>> op = pg.evolution.selectors.Proportional(4, lambda x: [3.0, 1.0])
      >>> op(['a', 'b'])
      ['a', 'a', 'a', 'b']
    """

    weights: Annotated[  # type: ignore[misc]
        Weights, "A function of the inputs that weighs each."
    ]

    def select(
        self, inputs: list[Any], global_state: AttributeDict, step: int
    ) -> list[Any]:
        """Returns elements in their order.

        Raises:
          ValueError: if there is not one weight per element, or all weights are 0.
        """
        if not inputs:
            return []
        n = self._number(inputs, step)
        weights = call(self.weights, inputs, global_state, step)
        total = sum(weights)
        if len(weights) != len(inputs) or total <= 0:
            raise utils.PyGloveValueError(
                f"Expected one weight for each of {len(inputs)} elements, not all of "
                f"them 0, got {weights!r}."
            )
        counts = [int(n * w / total + 0.5) for w in weights]
        _correct(counts, n, weights)
        return [x for x, k in zip(inputs, counts, strict=True) for _ in range(k)]


def _correct(counts: list[int], n: int, weights: list[float]) -> None:
    """Adjusts counts by one until they sum up to n."""
    surplus = sum(counts) - n
    order = sorted(range(len(counts)), key=weights.__getitem__, reverse=surplus < 0)
    change = 1 if surplus < 0 else -1
    while surplus:
        for i in order:
            if surplus and counts[i] + change >= 0:
                counts[i] += change
                surplus += change


for _cls in (
    First,
    Last,
    Random,
    Top,
    Bottom,
    Sample,
    Proportional,
):
    # The name that files know it by.
    _cls.register_for_deserialization(
        f"pyglove.ext.evolution.selectors.{_cls.__name__}"
    )
