"""Choice parts: compiled choices among candidates."""

from collections.abc import Callable, Sequence
from typing import Any

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno.internal import make_choices, short
from pyglove.hyper.ownership import Belongings
from pyglove.hyper.part import (
    ConstantPart,
    ContainerPart,
    Draw,
    KeyPath,
    Part,
    space_of,
)
from pyglove.symbolic import List
from pyglove.symbolic.internal import ATOMS, make_list

ROOT = KeyPath()


class Candidates:
    """The candidates of a choice, compiled.

    Args:
      values: The candidates, if all of them are plain values; otherwise None.
      parts: Their parts; None if all of them are plain values.
    """

    __slots__ = ("_by_value", "_others", "_parts", "values")

    def __init__(self, values: tuple[Any, ...] | None, parts: list[Part] | None = None):
        self.values = values
        self._parts = parts
        self._by_value: dict[Any, list[int]] | None = None
        self._others: list[int] = []

    @property
    def parts(self) -> Sequence[Part]:
        """The parts of the candidates."""
        if self._parts is None:
            self._parts = [ConstantPart(v) for v in self.values or ()]
        return self._parts

    @property
    def has_derived(self) -> bool:
        """Whether a candidate holds values that are derived from others."""
        return self.values is None and any(p.has_derived for p in self.parts)

    @property
    def may_refer(self) -> bool:
        """Whether a candidate may be a reference."""
        return self.values is None and any(p.may_refer for p in self.parts)

    @property
    def has_constraints(self) -> bool:
        """Whether there may be constraints on a candidate."""
        return self.values is None and any(p.has_constraints for p in self.parts)

    def spaces(self) -> Sequence[Any]:
        """Returns the spaces that candidates open, None for one that opens nothing."""
        if self.values is not None:
            return (None,) * len(self.values)
        spaces: list[Any] = []
        for i, part in enumerate(self.parts):
            space = None if isinstance(part, ConstantPart) else space_of(part, index=i)
            if space is not None and space.is_constant and not space.constraints:
                space = None
            spaces.append(space)
        return spaces

    def belongings(self) -> Belongings:
        """Returns the objects in candidates that each program has for itself.

        A candidate without decisions is itself what is chosen.
        """
        found = Belongings()
        if self.values is None:
            for part in self.parts:
                found.include(part.belongings())
        return found

    def maker(self) -> Callable[[Draw], Any]:
        """Returns a function that makes the candidate whose index is drawn."""
        values = self.values
        if values is not None:

            def pick(draw: Draw) -> Any:
                return values[draw()]

            return pick
        makers = tuple([p.maker for p in self.parts])

        def make(draw: Draw) -> Any:
            return makers[draw()](draw)

        return make

    def _index(self) -> dict[Any, list[int]]:
        """Returns which candidates are a plain value, and notes all others."""
        by_value: dict[Any, list[int]] = {}
        for i, part in enumerate(self.parts):
            if type(part) is ConstantPart and type(part.value) in ATOMS:
                by_value.setdefault(part.value, []).append(i)
            else:
                self._others.append(i)
        self._by_value = by_value
        return by_value

    def matches(self, value: Any) -> Sequence[int]:
        """Returns the indices of candidates that a value may come from, in order."""
        by_value = self._by_value
        if by_value is None:
            by_value = self._index()
        if type(value) not in ATOMS:
            return range(len(self.parts))
        plain = by_value.get(value, ())
        return sorted([*plain, *self._others]) if self._others else plain

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the index of the first candidate for a value, and what it opens."""
        is_plain = self.values is not None and type(value) in ATOMS
        for i in self.matches(value):
            if is_plain:
                out.append(i)
                return True
            size = len(out)
            out.append(i)
            if self.parts[i].encode(value, out):
                return True
            del out[size:]
        return False


class ChoicePart(Part):
    """Base of the parts of `OneOf` and `ManyOf`.

    Args:
      primitive: The placeholder.
      candidates: Its candidates.
    """

    __slots__ = (
        "_candidates",
        "_maker",
        "_primitive",
        "has_constraints",
        "has_derived",
    )

    def __init__(self, primitive: Any, candidates: Candidates):
        self._primitive = primitive
        self._candidates = candidates
        self._maker: Callable[[Draw], Any] | None = None
        self.has_derived = candidates.has_derived
        self.has_constraints = candidates.has_constraints

    def _candidate_maker(self) -> Callable[[Draw], Any]:
        """Returns a function that makes a candidate; specs do not need it."""
        if self._maker is None:
            self._maker = self._candidates.maker()
        return self._maker

    def count_revisions(self) -> int:
        """Returns the number of modifications of the placeholder."""
        revision: int = self._primitive.revision
        return revision

    def belongings(self) -> Belongings:
        """Returns the objects in candidates that each program has for itself."""
        return self._candidates.belongings()

    def points(self, location: KeyPath) -> list[Any]:
        """Returns the decision point."""
        primitive = self._primitive
        return [
            make_choices(
                location,
                primitive.hints,
                primitive.name,
                primitive.num_choices,
                self._candidates.spaces(),
                primitive.literal_values,
                primitive.choices_distinct,
                primitive.choices_sorted,
            )
        ]

    def primitives(self, location: KeyPath) -> list[tuple[KeyPath, Any]]:
        """Returns the placeholder."""
        return [(location, self._primitive)]

    def refuse(self, value: Any, path: KeyPath) -> None:
        """Raises the error for a value that matches no candidate."""
        alike = [
            part
            for part in self._candidates.parts
            if isinstance(part, ContainerPart) and part.children_of(value) is not None
        ]
        if len(alike) == 1:
            alike[0].raise_mismatch(value, path)
        raise utils.PyGloveValueError(
            f"Expected one of the candidates {self._listed_candidates()}, got "
            f"{short(value)}. (path={path})"
        )

    def _listed_candidates(self) -> str:
        """Returns the names of the first candidates, and the number of the others."""
        literals = self._primitive.literal_values
        shown = ", ".join(map(str, literals[:8]))
        return f"[{shown}{', ...' if len(literals) > 8 else ''}]"


class OneOfPart(ChoicePart):
    """The choice of one candidate."""

    __slots__ = ()

    @property
    def may_refer(self) -> bool:  # type: ignore[override]
        """Whether a candidate may be a reference."""
        return self._candidates.may_refer

    @property
    def maker(self) -> Callable[[Draw], Any]:
        """Returns a function that makes the candidate whose index is drawn."""
        return self._candidate_maker()

    def make(self, draw: Draw) -> Any:
        """Returns the candidate whose index is drawn."""
        return self._candidate_maker()(draw)

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the index of a candidate, and what it opens."""
        return self._candidates.encode(value, out)

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless there is a candidate for the value."""
        if not self.encode(value, []):
            self.refuse(value, path)


class ManyOfPart(ChoicePart):
    """The choice of several candidates, which make up a list.

    Args:
      primitive: The placeholder.
      candidates: Its candidates.
      value_spec: The value spec of the list.
    """

    __slots__ = ("_count", "_value_spec")

    def __init__(
        self,
        primitive: Any,
        candidates: Candidates,
        value_spec: pg_typing.List | None,
    ):
        super().__init__(primitive, candidates)
        self._count = range(primitive.num_choices)
        self._value_spec = value_spec

    def make(self, draw: Draw) -> Any:
        """Returns a list of candidates."""
        maker = self._maker or self._candidate_maker()
        return make_list([maker(draw) for _ in self._count], self._value_spec)

    def encode(self, value: Any, out: list[Any]) -> bool:
        """Appends the indices of candidates for all items, and what they open."""
        if not isinstance(value, list) or len(value) != self._primitive.num_choices:
            return False
        items = list(value.sym_values()) if isinstance(value, List) else value
        return self._encode_items(items, [], out)

    def _encode_items(
        self, items: list[Any], chosen: list[int], out: list[Any]
    ) -> bool:
        """Encodes the items after those that `chosen` was found for."""
        if len(chosen) == len(items):
            return True
        value = items[len(chosen)]
        primitive = self._primitive
        for i in self._candidates.matches(value):
            if primitive.choices_distinct and i in chosen:
                continue
            if primitive.choices_sorted and chosen and i < chosen[-1]:
                continue
            size = len(out)
            out.append(i)
            if self._candidates.parts[i].encode(value, out) and self._encode_items(
                items, [*chosen, i], out
            ):
                return True
            del out[size:]
        return False

    def raise_mismatch(self, value: Any, path: KeyPath) -> None:
        """Raises an error unless there are candidates for all items."""
        count = self._primitive.num_choices
        if not isinstance(value, list):
            raise utils.PyGloveValueError(
                f"Expected a list of {count} values, got {short(value)}. (path={path})"
            )
        if len(value) != count:
            raise utils.PyGloveValueError(
                f"Expected a list of {count} values, got {len(value)}: {short(value)}. "
                f"(path={path})"
            )
        for i, item in enumerate(value):
            if not self._candidates.encode(item, []):
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
                f"Expected {' and '.join(kinds)} choices among "
                f"{self._listed_candidates()}, got {short(value)}. (path={path})"
            )
