"""Grid search: all DNA of a space, ranges taken in steps."""

from typing import Any

from pyglove import utils
from pyglove.geno import DNA, DNAGenerator
from pyglove.geno.internal import (
    NO_LIMIT,
    Branches,
    ChoiceDecision,
    Decision,
    Decisions,
    FloatDecision,
    IntDecision,
    MultiChoiceDecision,
    Numbers,
    effective_spec,
    flat_form,
    from_unit,
    make_dna,
    to_unit,
)
from pyglove.symbolic import members
from pyglove.utils.functor import override


class _GridFloat(FloatDecision):
    """The choice of one of the points of a grid."""

    __slots__ = ("resolution",)

    def __init__(self, decision: FloatDecision, resolution: int):
        super().__init__(decision.low, decision.high, decision.scale)
        self.resolution = resolution
        self.key = ("grid", resolution, self.key)

    def _at(self, index: int) -> float:
        unit = 0.5 if self.resolution == 1 else index / (self.resolution - 1)
        return from_unit(unit, self.low, self.high, self.scale)

    @override
    def first(self, out: list[Any]) -> None:
        out.append(self._at(0))

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        unit = to_unit(numbers[start], self.low, self.high, self.scale)
        index = round(unit * (self.resolution - 1)) + 1
        return [self._at(index)] if index < self.resolution else None


class _GridInt(IntDecision):
    """The choice of one of a number of ints of a range, evenly spaced on its scale."""

    __slots__ = ("values",)

    def __init__(self, decision: IntDecision, resolution: int):
        super().__init__(decision.low, decision.count, decision.step, decision.scale)
        units = [i / max(resolution - 1, 1) for i in range(resolution)]
        self.values = sorted({self.at_unit(unit) for unit in units})
        self.key = ("grid", resolution, self.key)

    @override
    def first(self, out: list[Any]) -> None:
        out.append(self.values[0])

    @override
    def advance(
        self, numbers: Numbers, start: int, end: int, last: int = NO_LIMIT
    ) -> list[Any] | None:
        return next(([v] for v in self.values if v > numbers[start]), None)


def _on_grid(decisions: Decisions, resolution: int) -> Decisions:
    """Returns decisions whose ranges are replaced by grids."""

    def branches_of(item: ChoiceDecision | MultiChoiceDecision) -> Branches:
        if item.branches is None:
            return None
        return tuple(_on_grid(branch, resolution) for branch in item.branches)

    items: list[Decision] = []
    for item in decisions.items:
        if isinstance(item, FloatDecision):
            items.append(_GridFloat(item, resolution))
        elif isinstance(item, IntDecision) and item.count > resolution:
            items.append(_GridInt(item, resolution))
        elif isinstance(item, ChoiceDecision):
            items.append(ChoiceDecision(item.size, branches_of(item)))
        elif isinstance(item, MultiChoiceDecision):
            is_distinct, is_sorted = item.is_distinct, item.is_sorted
            items.append(
                MultiChoiceDecision(
                    item.count, item.size, is_distinct, is_sorted, branches_of(item)
                )
            )
        else:
            items.append(item)
    return Decisions(items)


@members([], init_arg_list=["resolution"], serialization_key="pyglove.bayesian.Grid")
class Grid(DNAGenerator):
    """Proposes all combinations of candidates and of points on the ranges, in order.

    The last decision varies fastest. Where all decisions are choices, it proposes what
    `pg.geno.Sweeping` does.

    Attributes:
      resolution: Number of points of a range, from end to end, evenly spaced on its
        scale. Of a range of no more ints all are.

    Example:
      >>> space = pg.Dict(x=pg.floatv(0.01, 1.0, 'log'), y=pg.oneof(['a', 'b']))
      >>> for example in pg.iter(space, algorithm=pg.bayesian.Grid(resolution=3)):
      ...   print(round(example.x, 6), example.y)
      0.01 a
      0.01 b
      0.1 a
      0.1 b
      1.0 a
      1.0 b
    """

    resolution: int = 5

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.resolution < 1:
            raise utils.PyGloveValueError(
                f"Expected `resolution` to be at least 1, got {self.resolution}."
            )

    def _setup(self) -> None:
        self._spec = effective_spec(self.dna_spec)
        self._decisions = _on_grid(self._spec.decisions, self.resolution)
        self._last: Numbers | None = None

    def _propose(self) -> DNA:
        decisions, last = self._decisions, self._last
        numbers = decisions.first() if last is None else decisions.next(last)
        if numbers is None:
            raise StopIteration
        self._last = numbers
        return make_dna(numbers, self._spec)

    def _replay(self, trial_id: int, dna: DNA, reward: Any) -> None:
        self._last = flat_form(dna, self._spec)

    def _get_state(self) -> Any:
        return None if self._last is None else list(self._last)

    def _set_state(self, state: Any) -> None:
        self._last = None if state is None else tuple(state)
