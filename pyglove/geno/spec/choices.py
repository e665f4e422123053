"""Choices: the decision for one or several among a number of candidates."""

import math
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from pyglove import utils
from pyglove.geno.decision.choice_decision import ChoiceDecision, MultiChoiceDecision
from pyglove.geno.decision.decision import Decision, Decisions
from pyglove.geno.dna.mismatch import describe
from pyglove.geno.spec import candidate_name
from pyglove.geno.spec.choice_document import is_plain_document
from pyglove.geno.spec.space_spec import Space, make_space
from pyglove.geno.spec.spec import ROOT, DecisionPoint, KeyPath
from pyglove.symbolic import members
from pyglove.symbolic.internal import (
    assign,
    field_spec,
    is_stored,
    make_list,
    new_object,
    place,
    realize,
    store,
    stored_value,
)

_EMPTY = Decisions(())


@members(
    [],
    init_arg_list=[
        "num_choices",
        "candidates",
        "literal_values",
        "distinct",
        "sorted",
        "subchoice_index",
        "hints",
        "location",
        "name",
    ],
    serialization_key="pyglove.generators.geno.Choices",
    additional_keys=["pyglove.geno.Choices", "pyglove.core.geno.categorical.Choices"],
)
class Choices(DecisionPoint):
    """The choice of one or several among candidates.

    The candidates are spaces, since a candidate may hold decisions of its own, which
    are active only if it is chosen. With more than one choice (a multi-choice), each
    is a single decision point; see `choice_specs`.

    Attributes:
      num_choices: Number of choices to make.
      candidates: What each candidate opens.
      literal_values: Names of the candidates; None if they have none. A text
        as `format_candidate` returns it, '0/2 (x)' for the first of two, is 'x'.
      distinct: Whether a candidate may be chosen only once.
      sorted: Whether the indices of chosen candidates do not decrease.
      subchoice_index: Which choice of a multi-choice this is; None if it is none.
    """

    _sym_lazy: ClassVar[bool] = True

    num_choices: int = 1
    candidates: list[Space]  # type: ignore[misc]
    literal_values: list[int | float | str] | None = None
    distinct: bool = True
    sorted: bool = False
    subchoice_index: int | None = None

    # Of an instance that was made by `make_choices`: the spaces of the candidates (None
    # for a constant) and their names, until the fields are read.
    _branches = cast("Sequence[Space | None]", ())
    _literals = cast("Sequence[Any] | None", None)
    _subchoices = cast("list[Choices] | None", None)

    def _on_bound(self) -> None:
        super()._on_bound()
        self._subchoices = None
        count, size = self.num_choices, len(self.candidates)
        if count < 1:
            raise utils.PyGloveValueError(
                f"Expected 'num_choices' to be at least 1, got {count}."
            )
        if not size:
            raise utils.PyGloveValueError(
                "Expected at least one candidate to choose from, got none."
            )
        if self.distinct and size < count:
            raise utils.PyGloveValueError(
                f"Expected at least {count} candidates for {count} distinct choices, "
                f"got {size}."
            )
        if count > 1 and self.subchoice_index is not None:
            raise utils.PyGloveValueError(
                "Expected a single choice as one of the choices of a multi-choice, got "
                f"num_choices={count}, subchoice_index={self.subchoice_index}."
            )
        literals = self.literal_values
        if literals is not None:
            if len(literals) != size:
                raise utils.PyGloveValueError(
                    f"Expected a literal value for each of {size} candidates, got "
                    f"{len(literals)} in 'literal_values'."
                )
            for i, literal in enumerate(literals):
                plain = candidate_name.without_index(literal, i, size)
                if plain is not literal:
                    assign(literals, i, plain)
        for i, candidate in enumerate(self.candidates):
            if candidate.index != i:
                assign(candidate, "index", i)

    def _sym_absent(self, key: str) -> Any:
        realize(self)
        return stored_value(self, key)

    def _sym_realize(self) -> None:
        if is_stored(self, "candidates"):
            return
        spaces = [
            make_space((), index=i) if space is None else space
            for i, space in enumerate(self._branches)
        ]
        literals = self._literals
        store(
            self,
            "literal_values",
            None if literals is None else make_list(list(literals)),
        )
        store(self, "candidates", make_list(spaces, field_spec(Choices, "candidates")))

    @classmethod
    def from_json(cls, json_value: Any, *args: Any, **kwargs: Any) -> Any:
        """Returns the choices that `to_json` gave `json_value` for; see `DNASpec`."""
        if cls is Choices and is_plain_document(json_value):
            return _choices_of(json_value)
        return super().from_json(json_value, *args, **kwargs)

    @property
    def branch_specs(self) -> Sequence[Space | None]:
        """The space of each candidate, None for a constant."""
        if is_stored(self, "candidates"):
            branches: Sequence[Space | None] = self._cached(
                "branches", self._list_branches
            )
            return branches
        return self._branches

    def _list_branches(self) -> Sequence[Space | None]:
        return [
            None if c.is_constant and not c.constraints else c for c in self.candidates
        ]

    @property
    def is_categorical(self) -> bool:  # type: ignore[override]
        """True."""
        return True

    @property
    def is_subchoice(self) -> bool:
        """Whether this is one of the choices of a multi-choice."""
        return self.subchoice_index is not None

    @property
    def is_numerical(self) -> bool:
        """False."""
        return False

    @property
    def is_custom_decision_point(self) -> bool:
        """False."""
        return False

    # ---- Decisions -----------------------------------------------------------

    def _make_decisions(self) -> list[Decision]:
        specs = self.branch_specs
        branches = None
        if any(s is not None and not s.is_constant for s in specs):
            branches = tuple([_EMPTY if s is None else s.decisions for s in specs])
        size = len(specs)
        if self.num_choices == 1:
            return [ChoiceDecision(size, branches)]
        return [
            MultiChoiceDecision(
                self.num_choices, size, self.distinct, self.sorted, branches
            )
        ]

    @property
    def choice_specs(self) -> "list[Choices]":
        """The single choices of which this consists."""
        if self.num_choices == 1:
            return [self]
        if self._subchoices is None:
            self._subchoices = [
                self._make_subchoice(i) for i in range(self.num_choices)
            ]
        return self._subchoices

    def _make_subchoice(self, index: int) -> "Choices":
        branches = [None if s is None else s.clone() for s in self.branch_specs]
        choice = make_choices(
            KeyPath(index),
            self.hints,
            self.name,
            1,
            branches,
            self.literal_values,
            self.distinct,
            self.sorted,
            index,
        )
        place(choice, self, index)
        return choice

    def subchoice(self, index: int) -> "Choices":
        """Returns the spec of one of the choices.

        Args:
          index: Index of the choice.

        Raises:
          ValueError: if this is one of the choices of a multi-choice itself.
        """
        if self.subchoice_index is not None:
            raise utils.PyGloveValueError(
                "Expected a choice that is not one of those of a multi-choice itself, "
                f"got {describe(self)}."
            )
        return self.choice_specs[index]

    @property
    def decision_points(self) -> list[Any]:
        """All single decision points, active or not, in order."""
        points: list[Any] = self._cached("points", self._list_points)
        return points

    def _list_points(self) -> list[Any]:
        if self.num_choices > 1:
            return [p for choice in self.choice_specs for p in choice.decision_points]
        points: list[Any] = [self]
        if any(s is not None for s in self.branch_specs):
            for candidate in self.candidates:
                points.extend(candidate.decision_points)
        return points

    def _own_points(self) -> list[Any]:
        points: list[Any] = [self]
        if self.num_choices > 1:
            for choice in self.choice_specs:
                points.extend(choice._own_points())
        elif any(s is not None for s in self.branch_specs):
            for candidate in self.candidates:
                points.extend(candidate._own_points())
        return points

    @property
    def space_size(self) -> int:
        """Number of different DNA, -1 if it is infinite."""
        sizes = [1 if s is None else s.space_size for s in self.branch_specs]
        if min(sizes) < 0:
            return -1
        count = self.num_choices
        if count == 1:
            return sum(sizes)
        if not self.distinct and not self.sorted:
            return int(sum(sizes) ** count)
        if max(sizes) == 1 and self.distinct:
            ways = math.comb if self.sorted else math.perm
            return ways(len(sizes), count)
        selections = count_selections(sizes, count, self.distinct)
        return selections if self.sorted else selections * math.factorial(count)

    def __getitem__(self, name_or_id: Any) -> Any:
        if isinstance(name_or_id, (int, slice)):
            return self.choice_specs[name_or_id]
        return super().__getitem__(name_or_id)

    # ---- Names of candidates -------------------------------------------------

    def candidate_index(self, choice_value: int | float | str) -> int:
        """Returns the index of a candidate.

        Args:
          choice_value: Its literal value, or text such as '1/3' or '1/3 (x)'.

        Raises:
          ValueError: if there is no such candidate.
        """
        return candidate_name.candidate_index(choice_value, self)

    def format_candidate(
        self, index: int, display_format: str = "choice_and_literal"
    ) -> str | int | float:
        """Returns how a candidate is shown.

        Args:
          index: Index of the candidate.
          display_format: 'choice' for text such as '1/3', 'literal' for the literal
            value, 'choice_and_literal' for text such as '1/3 (x)'.

        Raises:
          ValueError: if the format is unknown.
        """
        return candidate_name.format_candidate(
            index, len(self.branch_specs), self.literal_values, display_format
        )

    def format(
        self,
        compact: bool = True,
        verbose: bool = True,
        root_indent: int = 0,
        show_id: bool = True,
        **kwargs: Any,
    ) -> str:
        """Formats this decision point.

        Args:
          compact: Whether to write decisions only, or all fields.
          verbose: Whether to write details.
          root_indent: Level of indentation of the text around.
          show_id: Whether to write the id.
          **kwargs: Further options; see `pg.format`.
        """
        if not compact:
            return super().format(compact, verbose, root_indent, **kwargs)
        indent = "  " * root_indent
        literals = self.literal_values
        lines = [f"Choices(num_choices={self.num_choices}, ["]
        for i, space in enumerate(self.branch_specs):
            if space is None:
                text = f"{literals[i]}" if literals else "Space()"
            else:
                text = space.format(compact, verbose, root_indent + 1, **kwargs)
            lines.append(f"{indent}  ({i}): {text}")
        details = [
            f"{key}={value!r}"
            for key, value, default in [
                ("id", str(self.id) if show_id else None, None),
                ("name", self.name, None),
                ("distinct", self.distinct, True),
                ("sorted", self.sorted, False),
                ("hints", self.hints, None),
                ("subchoice_index", self.subchoice_index, None),
            ]
            if value != default
        ]
        end = f"{indent}]"
        if details:
            end += ", " + ",\n".join(indent + text for text in details)
        return "\n".join(lines) + f"\n{end})"


def count_selections(sizes: Sequence[int], count: int, is_distinct: bool) -> int:
    """Returns the number of unordered selections of `count` candidates.

    Args:
      sizes: Number of different DNA of each candidate.
      count: Number of choices.
      is_distinct: Whether a candidate may be chosen only once.
    """
    # ways[k]: number of ways to select k of the candidates seen so far.
    ways = [1] + [0] * count
    for size in sizes:
        steps = range(count, 0, -1) if is_distinct else range(1, count + 1)
        for k in steps:
            ways[k] += ways[k - 1] * size
    return ways[count]


def make_choices(
    location: KeyPath,
    hints: Any,
    name: str | None,
    num_choices: int,
    branches: Sequence[Space | None],
    literal_values: Sequence[Any] | None,
    distinct: bool,
    is_sorted: bool,
    subchoice_index: int | None = None,
) -> Choices:
    """Returns the decision point for choices, without checks.

    The fields `candidates` and `literal_values` are filled in when they are read.

    Args:
      location: Where the decision is.
      hints: Hints for search algorithms.
      name: Name of the decision.
      num_choices: Number of choices.
      branches: The space of each candidate, None for a constant. The spaces have no
        parent, and their `index` is set.
      literal_values: Names of the candidates.
      distinct: Whether a candidate may be chosen only once.
      is_sorted: Whether indices do not decrease.
      subchoice_index: Which choice of a multi-choice this is.
    """
    new = new_object(
        Choices,
        {
            "location": location,
            "hints": hints,
            "name": name,
            "num_choices": num_choices,
            "distinct": distinct,
            "sorted": is_sorted,
            "subchoice_index": subchoice_index,
        },
    )
    new._branches = branches
    new._literals = literal_values
    return new


def _choices_of(document: dict[str, Any]) -> Choices:
    """Returns the choices of a plain document."""
    location = document["location"]
    return make_choices(
        KeyPath.parse(location) if location else ROOT,
        None,
        document["name"],
        document["num_choices"],
        (None,) * len(document["candidates"]),
        document["literal_values"] and tuple(document["literal_values"]),
        document["distinct"],
        document["sorted"],
        document["subchoice_index"],
    )


def oneof(
    candidates: Sequence[Space],
    literal_values: Sequence[int | float | str] | None = None,
    hints: Any = None,
    location: KeyPath | str = ROOT,
    name: str | None = None,
) -> Choices:
    """Returns the decision point for the choice of one among candidates.

    Args:
      candidates: What each candidate opens; a decision point stands for a space that
        consists of it.
      literal_values: Names of the candidates.
      hints: Hints for search algorithms.
      location: Where the decision is.
      name: Name of the decision.

    Example:
      >>> pg.geno.oneof([pg.geno.constant()] * 3).space_size
      3
    """
    return manyof(
        1,
        candidates,
        literal_values=literal_values,
        hints=hints,
        location=location,
        name=name,
    )


def manyof(
    num_choices: int,
    candidates: Sequence[Space],
    distinct: bool = True,
    sorted: bool = False,
    literal_values: Sequence[int | float | str] | None = None,
    hints: Any = None,
    location: KeyPath | str = ROOT,
    name: str | None = None,
) -> Choices:
    """Returns the decision point for several choices among the same candidates.

    Args:
      num_choices: Number of choices.
      candidates: What each candidate opens; a decision point stands for a space that
        consists of it.
      distinct: Whether a candidate may be chosen only once.
      sorted: Whether the indices of chosen candidates do not decrease.
      literal_values: Names of the candidates.
      hints: Hints for search algorithms.
      location: Where the decision is.
      name: Name of the decision.
    """
    spaces: list[Any] = []
    for candidate in candidates:
        if isinstance(candidate, DecisionPoint):
            candidate = Space(elements=[candidate])
        elif isinstance(candidate, Space) and any(candidate is s for s in spaces):
            candidate = candidate.clone()
        spaces.append(candidate)
    return Choices(
        num_choices=num_choices,
        candidates=spaces,
        literal_values=None if literal_values is None else list(literal_values),
        distinct=distinct,
        sorted=sorted,
        hints=hints,
        location=location,  # type: ignore[arg-type]
        name=name,
    )
