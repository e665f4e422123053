"""Categorical placeholders: choices among candidates."""

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from pyglove import typing as pg_typing
from pyglove import utils
from pyglove.geno import DNA
from pyglove.geno.internal import MultiChoiceDecision, flat_form
from pyglove.hyper.base import CompiledPrimitive, KeyPath, stands_for_itself
from pyglove.hyper.choice_part import Candidates, ManyOfPart, OneOfPart
from pyglove.hyper.compiler import Where, compile_value
from pyglove.hyper.literal import LiteralValues
from pyglove.hyper.ownership import refuse_placeholders
from pyglove.hyper.part import Part, list_spec_of, takes_as_they_are
from pyglove.hyper.template import ObjectTemplate
from pyglove.symbolic import List, members
from pyglove.symbolic.internal import ATOMS, assign
from pyglove.utils.serialization.json_type import published_as

T = TypeVar("T")


@published_as("pyglove.core.hyper.categorical.Choices")
class Choices(CompiledPrimitive):
    """Stands for one or several of a number of candidates.

    Attributes:
      num_choices: Number of choices to make.
      candidates: The candidates, which may hold placeholders of their own.
      choices_distinct: Whether a candidate may be chosen only once.
      choices_sorted: Whether chosen candidates keep the order of `candidates`.
      where: Decides which placeholders in candidates are decided.
    """

    num_choices: int | None = None
    candidates: list[Any]
    choices_distinct: bool = True
    choices_sorted: bool = False
    where: Any = None

    _literals = cast("LiteralValues | None", None)

    def _on_bound(self) -> None:
        super()._on_bound()
        self._literals = None
        count = self.num_choices
        if count is None:
            return
        if count < 0:
            raise utils.PyGloveValueError(
                f"Expected 'num_choices' to be at least 0, got {count}."
            )
        size = len(self.candidates)
        if size < (count if self.choices_distinct else min(count, 1)):
            kind = "distinct " if self.choices_distinct else ""
            raise utils.PyGloveValueError(
                f"Expected enough candidates for {count} {kind}choices, got {size}."
            )

    @property
    def literal_values(self) -> LiteralValues:
        """Names of the candidates in descriptions."""
        if self._literals is None:
            self._literals = LiteralValues(tuple(self.candidates))
        return self._literals

    @property
    def candidate_templates(self) -> list[ObjectTemplate]:
        """Templates of the candidates."""
        return [ObjectTemplate(c, where=self.where) for c in self.candidates]

    @property
    def is_leaf(self) -> bool:
        """Whether no candidate holds a placeholder."""
        return all(t.is_constant for t in self.candidate_templates)

    def _own_where(self) -> Where:
        return self.where

    def _hand_down(self, dna: DNA, where: Any) -> None:
        super()._hand_down(dna, where)
        spec = self._own_part()[1]
        numbers = flat_form(dna, spec)
        decision = spec.decisions.items[0]
        spans = [(0, len(numbers))]
        if isinstance(decision, MultiChoiceDecision):
            spans = decision.spans(numbers, 0)
        for start, end in spans:
            template = ObjectTemplate(self.candidates[numbers[start]], where=where)
            template._hand_down_numbers(numbers[start + 1 : end])

    def _compile_candidates(
        self, where: Where, value_spec: pg_typing.ValueSpec | None
    ) -> Candidates:
        if not self.num_choices:
            raise utils.PyGloveValueError(
                f"Expected at least one choice, got num_choices={self.num_choices!r} "
                f"in {self!r}. (path={self.sym_path})"
            )
        candidates = _symbolic(self.candidates)
        values = tuple(candidates.sym_values())
        if takes_as_they_are(value_spec).issuperset(map(type, values)):
            return Candidates(values)
        for i, value in enumerate(values):
            if type(value) is tuple:
                refuse_placeholders(value, candidates, i)
        return Candidates(None, [compile_value(c, where, value_spec) for c in values])

    def compile_part(
        self, where: Where = None, value_spec: pg_typing.ValueSpec | None = None
    ) -> Part:
        """Returns the part of this placeholder.

        Args:
          where: Decides which placeholders in candidates are decided.
          value_spec: The value spec of the field of this placeholder.
        """
        if self.num_choices == 1 and type(self) is not ManyOf:
            return OneOfPart(self, self._compile_candidates(where, value_spec))
        list_spec = list_spec_of(value_spec)
        element = None if list_spec is None else list_spec.element.value
        return ManyOfPart(self, self._compile_candidates(where, element), list_spec)

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: stands in every field."""
        return False, self

    def _check_candidates(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any,
    ) -> None:
        """Checks that every candidate may stand where this placeholder is put."""
        for i, candidate in enumerate(list(_symbolic(self.candidates).sym_values())):
            applied = value_spec.apply(
                candidate,
                allow_partial=allow_partial,
                child_transform=child_transform,
                root_path=lambda i=i: candidate_path(path, i),  # type: ignore[misc]
            )
            if applied is not candidate and type(candidate) not in ATOMS:
                assign(self.candidates, i, applied)


def _ensure_list_spec(
    path: Any, spec: pg_typing.ValueSpec, count: int | None
) -> pg_typing.List | None:
    """Returns the spec of a field for lists, None if it takes anything."""
    own_spec = pg_typing.List(pg_typing.Any()).noneable()
    try:
        found = pg_typing.ensure_value_spec(spec, own_spec, path)
    except TypeError:
        raise utils.PyGloveTypeError(
            f"Expected a value of {spec!r}, got a placeholder for a list of {count} "
            f"values. (path={pg_typing.resolve_path(path)})"
        ) from None
    return cast("pg_typing.List | None", found)


def _symbolic(candidates: list[Any]) -> List[Any]:
    return cast("List[Any]", candidates)


def candidate_path(path: Any, index: int) -> KeyPath:
    """Returns the path of a candidate of the placeholder at `path`."""
    return KeyPath(["candidates", index], pg_typing.resolve_path(path))


@members(
    [],
    init_arg_list=["candidates", "hints", "where"],
    serialization_key="hyper.OneOf",
    additional_keys=["pyglove.hyper.OneOf", "pyglove.core.hyper.categorical.OneOf"],
)
class OneOf(Choices):
    """Stands for one of a number of candidates; see `pg.oneof`."""

    accepts_lazy_path = True

    num_choices: int | None = 1

    def _on_bound(self) -> None:
        if self.num_choices != 1:
            raise utils.PyGloveValueError(
                f"Expected 1 choice in OneOf, got {self.num_choices}."
            )
        super()._on_bound()

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: each candidate has to be acceptable."""
        if not value_spec.accepts_any and not stands_for_itself(self, value_spec):
            self._bind_spec(path, value_spec)
            self._check_candidates(path, value_spec, allow_partial, child_transform)
        return False, self


@members(
    [],
    init_arg_list=[
        "num_choices",
        "candidates",
        "choices_distinct",
        "choices_sorted",
        "hints",
    ],
    serialization_key="hyper.ManyOf",
    additional_keys=["pyglove.hyper.ManyOf", "pyglove.core.hyper.categorical.ManyOf"],
)
class ManyOf(Choices):
    """Stands for a list of several candidates; see `pg.manyof`."""

    accepts_lazy_path = True

    def custom_apply(
        self,
        path: Any,
        value_spec: pg_typing.ValueSpec,
        allow_partial: bool,
        child_transform: Any = None,
    ) -> tuple[bool, Any]:
        """Takes part in `ValueSpec.apply`: lists of candidates must be acceptable."""
        if value_spec.accepts_any or stands_for_itself(self, value_spec):
            return False, self
        self._bind_spec(path, value_spec)
        list_spec = _ensure_list_spec(path, value_spec, self.num_choices)
        if list_spec is None:
            return False, self
        self._check_size(path, list_spec)
        self._check_candidates(
            path, list_spec.element.value, allow_partial, child_transform
        )
        return False, self

    def _check_size(self, path: Any, list_spec: pg_typing.List) -> None:
        count = self.num_choices
        least, most = list_spec.min_size or 0, list_spec.max_size
        if count is not None and (count < least or (most is not None and count > most)):
            raise utils.PyGloveValueError(
                f"Expected {least} to {'any number of' if most is None else most} "
                f"items, got a choice of {count}. (path={pg_typing.resolve_path(path)})"
            )


def _listed(candidates: Any, function: str) -> list[Any]:
    """Returns candidates as a list; those of an array as values of Python's own."""
    if type(candidates) is list:
        return candidates.copy()
    if getattr(candidates, "ndim", None) == 1 and hasattr(candidates, "tolist"):
        candidates = candidates.tolist()
    try:
        return list(candidates)
    except TypeError:
        hint = ""
        if isinstance(candidates, int):
            hint = f" For the ints below {candidates}, write `range({candidates})`."
            if function == "manyof":
                hint += " The number of choices comes first."
        raise utils.PyGloveTypeError(
            f"Expected the candidates of `pg.{function}`, in a list or the like, got "
            f"{candidates!r}.{hint}"
        ) from None


def oneof(candidates: Iterable[T], *, name: str | None = None, hints: Any = None) -> T:
    """Stands for one of a number of candidates.

    Candidates may be values of any kind, programs, and programs with placeholders of
    their own, which are decided only if their candidate is chosen.

    Args:
      candidates: The candidates.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.

    Returns:
      A placeholder, for type checkers a candidate.

    Raises:
      ValueError: if there are no candidates.
      TypeError: if `candidates` cannot be listed.

    Example:
      >>> space = pg.Dict(units=pg.oneof([32, 64]))
      >>> list(pg.iter(space))
      [{units=32}, {units=64}]
    """
    return OneOf(candidates=_listed(candidates, "oneof"), name=name, hints=hints)  # type: ignore[return-value]


def manyof(
    k: int,
    candidates: Iterable[T],
    distinct: bool = True,
    sorted: bool = False,
    *,
    name: str | None = None,
    hints: Any = None,
    **kwargs: Any,
) -> list[T]:
    """Stands for a list of several of a number of candidates.

    Args:
      k: Number of choices.
      candidates: The candidates.
      distinct: Whether a candidate may be chosen only once.
      sorted: Whether chosen candidates keep the order of `candidates`.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.
      **kwargs: `choices_distinct` and `choices_sorted`, older names of the options.

    Returns:
      A placeholder, for type checkers a list of candidates.

    Raises:
      ValueError: if there are not enough candidates.
      TypeError: if `candidates` cannot be listed, or there are other options.

    Example:
      >>> list(pg.iter(pg.manyof(2, ['a', 'b', 'c'], sorted=True)))
      [['a', 'b'], ['a', 'c'], ['b', 'c']]
    """
    distinct = kwargs.pop("choices_distinct", distinct)
    sorted = kwargs.pop("choices_sorted", sorted)
    if kwargs:
        raise utils.PyGloveTypeError(
            "Expected `distinct` and `sorted` as options of `pg.manyof`, got "
            f"{', '.join(map(repr, kwargs))}."
        )
    return ManyOf(  # type: ignore[return-value]
        num_choices=k,
        candidates=_listed(candidates, "manyof"),
        choices_distinct=distinct,
        choices_sorted=sorted,
        name=name,
        hints=hints,
    )


def permutate(
    candidates: Iterable[T], name: str | None = None, hints: Any = None
) -> list[T]:
    """Stands for a list of all candidates, in any order.

    Args:
      candidates: The candidates.
      name: Name of the decision, unique within its space.
      hints: Hints for search algorithms.

    Returns:
      A placeholder, for type checkers a list of candidates.

    Example:
      >>> list(pg.iter(pg.permutate(['a', 'b'])))
      [['a', 'b'], ['b', 'a']]
    """
    items = _listed(candidates, "permutate")
    return manyof(len(items), items, name=name, hints=hints)
