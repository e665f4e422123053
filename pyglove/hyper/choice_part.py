"""Choice parts: what choices among candidates compile to."""

from collections.abc import Callable, Sequence
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.choices import make_choices
from pyglove.geno.space_spec import make_space
from pyglove.hyper.part import ConstantPart, Draw, KeyPath, Part
from pyglove.symbolic import List
from pyglove.symbolic.node import ATOMS

ROOT = KeyPath()


class CandidateIndex:
    """Finds which candidates a value may come from.

    Candidates that are plain values are found by hashing, others by trying.

    Args:
      parts: The parts of the candidates.
    """

    __slots__ = ("_by_value", "_others", "_parts")

    def __init__(self, parts: Sequence[Part]):
        self._parts = parts
        self._by_value: dict[Any, list[int]] = {}
        self._others: list[int] = []
        for i, part in enumerate(parts):
            if type(part) is ConstantPart and type(part.value) in ATOMS:
                self._by_value.setdefault(part.value, []).append(i)
            else:
                self._others.append(i)

    def matches(self, value: Any) -> Sequence[int]:
        """Returns the indices of candidates that a value may come from, in order."""
        if type(value) not in ATOMS:
            return range(len(self._parts))
        plain = self._by_value.get(value, ())
        return sorted([*plain, *self._others]) if self._others else plain

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the index of the first candidate for a value, and what it opens."""
        for i in self.matches(value):
            size = len(out)
            out.append(i)
            if self._parts[i].encode(value, out):
                return True
            del out[size:]
        return False


class ChoicePart(Part):
    """What `OneOf` and `ManyOf` have in common.

    Args:
      primitive: The placeholder.
      parts: The parts of its candidates.
      where: What the parts were compiled with.
    """

    __slots__ = ("_index", "_parts", "_primitive")

    def __init__(self, primitive: Any, parts: Sequence[Part]):
        self._primitive = primitive
        self._parts = parts
        self._index: CandidateIndex | None = None

    @property
    def index(self) -> CandidateIndex:
        """Finds candidates by value."""
        if self._index is None:
            self._index = CandidateIndex(self._parts)
        return self._index

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision point."""
        primitive = self._primitive
        branches = []
        for i, part in enumerate(self._parts):
            points = () if isinstance(part, ConstantPart) else part.points(ROOT)
            branches.append(make_space(points, index=i) if points else None)
        return [
            make_choices(
                location,
                primitive.hints,
                primitive.name,
                primitive.num_choices,
                branches,
                primitive.literal_values,
                primitive.choices_distinct,
                primitive.choices_sorted,
            )
        ]

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholder."""
        return [(location, self._primitive)]

    def refuse(self, value: Any, path: KeyPath) -> None:
        """Raises the error for a value that none of the candidates leads to."""
        raise utils.PyGloveValueError(
            "Cannot encode value: no candidates matches with the value. "
            f"Value: {value!r}, Candidates: {list(self._primitive.candidates)!r}. "
            f"(path={path})"
        )


class OneOfPart(ChoicePart):
    """The choice of one candidate."""

    __slots__ = ("_maker",)

    def __init__(self, primitive: Any, parts: Sequence[Part]):
        super().__init__(primitive, parts)
        self._maker = candidate_maker(parts)

    @property
    def maker(self) -> Callable[[Draw], Any]:
        """Returns a function that makes the candidate whose index is drawn."""
        return self._maker

    def make(self, draw: Draw) -> Any:
        """Returns the candidate whose index is drawn."""
        return self._maker(draw)

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the index of a candidate, and what it opens."""
        return self.index.encode(value, out)

    def explain(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless there is a candidate for the value."""
        if not self.encode(value, []):
            self.refuse(value, path)


def candidate_maker(parts: Sequence[Part]) -> Callable[[Draw], Any]:
    """Returns a function that makes the candidate whose index is drawn.

    Args:
      parts: The parts of the candidates.
    """
    if all(type(p) is ConstantPart and not p.is_node for p in parts):
        values = tuple([p.value for p in parts])  # type: ignore[attr-defined]

        def pick(draw: Draw) -> Any:
            return values[draw()]

        return pick
    makers = tuple([p.maker for p in parts])

    def make(draw: Draw) -> Any:
        return makers[draw()](draw)

    return make


class ManyOfPart(ChoicePart):
    """The choice of several candidates, which make up a list.

    Args:
      primitive: The placeholder.
      parts: The parts of its candidates.
      value_spec: What is demanded of the list.
    """

    __slots__ = ("_count", "_maker", "_value_spec")

    def __init__(
        self,
        primitive: Any,
        parts: Sequence[Part],
        value_spec: pg_typing.List | None,
    ):
        super().__init__(primitive, parts)
        self._maker = candidate_maker(parts)
        self._count = range(primitive.num_choices)
        self._value_spec = value_spec

    def make(self, draw: Draw) -> Any:
        """Returns a list of candidates."""
        maker = self._maker
        return List._sym_make([maker(draw) for _ in self._count], self._value_spec)

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the indices of candidates for all items, and what they open."""
        if not isinstance(value, list) or len(value) != self._primitive.num_choices:
            return False
        items = list(value.sym_values()) if isinstance(value, List) else value
        return self._encode_items(items, [], out)

    def _encode_items(self, items: list[Any], chosen: list[int], out: list[Any]) -> bool:
        """Encodes the items after those that `chosen` was found for."""
        if len(chosen) == len(items):
            return True
        value = items[len(chosen)]
        primitive = self._primitive
        for i in self.index.matches(value):
            if primitive.choices_distinct and i in chosen:
                continue
            if primitive.choices_sorted and chosen and i < chosen[-1]:
                continue
            size = len(out)
            out.append(i)
            if self._parts[i].encode(value, out) and self._encode_items(
                items, [*chosen, i], out
            ):
                return True
            del out[size:]
        return False

    def explain(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless there are candidates for all items."""
        count = self._primitive.num_choices
        if not isinstance(value, list):
            raise utils.PyGloveValueError(
                "Cannot encode value: value should be a list type. "
                f"Encountered: {value!r}. (path={path})"
            )
        if len(value) != count:
            raise utils.PyGloveValueError(
                "Length of input list is different from the number of choices "
                f"({count}). Encountered: {value!r}. (path={path})"
            )
        for i, item in enumerate(value):
            if not self.index.encode(item, []):
                self.refuse(item, KeyPath(i, path))
        if not self.encode(value, []):
            kinds = [
                kind
                for kind, demanded in [
                    ("distinct", self._primitive.choices_distinct),
                    ("sorted", self._primitive.choices_sorted),
                ]
                if demanded
            ]
            raise utils.PyGloveValueError(
                f"Cannot encode value: expected {' and '.join(kinds)} choices among "
                f"{list(self._primitive.candidates)!r}, got {value!r}. (path={path})"
            )
