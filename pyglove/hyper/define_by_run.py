"""Define by run: functions with placeholders in their bodies become spaces."""

import contextlib
import contextvars
import inspect
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pyglove import utils
from pyglove.geno import DNA, Constraint, DNASpec
from pyglove.geno.internal import effective_spec, make_dna
from pyglove.hyper.base import HyperPrimitive
from pyglove.hyper.categorical import Choices, OneOf
from pyglove.hyper.compiler import Where
from pyglove.hyper.constrained import Constrained, as_constraints
from pyglove.hyper.evaluation_scope import (
    current_evaluate_fn,
    dynamic_evaluate,
    require_alike,
)
from pyglove.hyper.template import ObjectTemplate, dna_spec
from pyglove.symbolic import Dict, List, eq


class DynamicEvaluationContext:
    """Collects the placeholders that a function makes, and runs it under decisions.

    Within `collect`, placeholders are noted down and replaced by their first value.
    Within `apply`, they are replaced by what was decided, in the order in which they
    are made. A placeholder with a name is decided once, however often it is made.
    Candidates of choices that are functions without arguments are called when they are
    chosen; placeholders that they make are conditional.

    Args:
      where: Says of a placeholder whether it is decided here; others are left to an
        enclosing scope.
      require_hyper_name: Whether every placeholder has to have a name.
      per_thread: Whether scopes are for the calling thread only.
      dna_spec: A spec that is known already; nothing can be collected then.
      constraints: What decisions have to meet: functions of a dict of values by name,
        and constraints such as `pg.geno.Increasing`.

    Example:
      >>> def model():
      ...     return pg.oneof([1, 2]) + pg.oneof([10, 20])
      >>> context = pg.hyper.trace(model)
      >>> with context.apply([1, 0]):
      ...     print(model())
      12
    """

    def __init__(
        self,
        where: Where = None,
        require_hyper_name: bool = False,
        per_thread: bool = True,
        dna_spec: DNASpec | None = None,
        constraints: Sequence[Constraint | Callable[..., Any]] = (),
    ):
        self._where = where
        self._require_hyper_name = require_hyper_name
        self._per_thread = per_thread
        self._external_spec = dna_spec
        self._constraints = as_constraints(constraints) if constraints else []
        self._constrained_spec: DNASpec | None = None
        self._count = 0
        # Placeholders noted down, of the function or of the candidate being called.
        self._collected: dict[str, Any] = {}
        self._run: contextvars.ContextVar[_Run | None] = contextvars.ContextVar(
            "run", default=None
        )

    @property
    def per_thread(self) -> bool:
        """Whether scopes are for the calling thread only."""
        return self._per_thread

    @property
    def is_external(self) -> bool:
        """Whether the spec was given rather than collected."""
        return self._external_spec is not None

    @property
    def hyper_dict(self) -> dict[str, Any] | None:
        """The collected placeholders by name; None if the spec was given."""
        return None if self.is_external else self._collected

    @property
    def dna_spec(self) -> DNASpec:
        """The spec of the decisions."""
        if self._external_spec is not None:
            return self._external_spec
        if not self._constraints:
            return dna_spec(dict(self._collected))
        if self._constrained_spec is None:
            space = Constrained(Dict(self._collected), self._constraints)
            self._constrained_spec = dna_spec(space)
        return self._constrained_spec

    # ---- Collecting ----------------------------------------------------------

    @contextlib.contextmanager
    def collect(self) -> Iterator[Any]:
        """Notes down the placeholders that are made within a `with` block.

        Yields:
          The collected placeholders by name, filled as they are made.

        Raises:
          ValueError: if the spec was given, or the context stands in one for another
            number of threads (see `per_thread`).
        """
        require_alike(self._per_thread)
        if self.is_external:
            raise utils.PyGloveValueError(
                "Expected a context without a spec of its own to collect placeholders "
                f"in, got one with 'dna_spec': {self._external_spec!r}."
            )
        self._collected = {}
        self._constrained_spec = None
        outer = current_evaluate_fn()

        def evaluate(primitive: Any) -> Any:
            if self._is_foreign(primitive):
                return primitive if outer is None else outer(primitive)
            return self.add_decision_point(primitive)

        with dynamic_evaluate(evaluate, per_thread=self._per_thread):
            yield self._collected

    def _is_foreign(self, primitive: Any) -> bool:
        return self._where is not None and not self._where(primitive)

    def _name_of(self, primitive: HyperPrimitive) -> str:
        if primitive.name is not None:
            return primitive.name
        if self._require_hyper_name:
            raise utils.PyGloveValueError(
                "Expected each placeholder to have a 'name' ('require_hyper_name' is "
                f"True), got {primitive!r}."
            )
        name = f"decision_{self._count}"
        self._count += 1
        return name

    def add_decision_point(self, hyper_primitive: HyperPrimitive) -> Any:
        """Notes down a placeholder.

        Args:
          hyper_primitive: The placeholder. A template is its program, in which
            placeholders count where they are made.

        Returns:
          The first value of the placeholder.

        Raises:
          ValueError: if there is another one with the same name, or it lacks a name.
          TypeError: if it is no placeholder.
        """
        if isinstance(hyper_primitive, ObjectTemplate):
            return hyper_primitive.value
        if not isinstance(hyper_primitive, HyperPrimitive):
            raise utils.PyGloveTypeError(
                f"Expected a placeholder to note down, got {hyper_primitive!r}."
            )
        name = self._name_of(hyper_primitive)
        noted, value = self._note(hyper_primitive)
        found = self._collected.setdefault(name, noted)
        if found is not noted and not eq(found, noted):
            raise utils.PyGloveValueError(
                f"Expected placeholders of the same name to be equal, got {noted!r} "
                f"beside {found!r} for {name!r}."
            )
        return value

    def _note(self, primitive: Any) -> tuple[Any, Any]:
        """Returns the form of a placeholder to note down, and its first value."""
        if not isinstance(primitive, Choices):
            return primitive, primitive.decode(_first_dna(primitive))
        candidates = list(primitive.candidates)
        if not any(map(_is_thunk, candidates)):
            return primitive, primitive.decode(_first_dna(primitive))
        # What a called candidate makes is noted down in the place of the candidate.
        results, descriptions = [], []
        for candidate in candidates:
            if _is_thunk(candidate):
                outer, self._collected = self._collected, {}
                try:
                    results.append(candidate())
                    descriptions.append(Dict(self._collected))
                finally:
                    self._collected = outer
            else:
                results.append(candidate)
                descriptions.append(candidate)
        noted = primitive.clone(override={"candidates": descriptions})
        if isinstance(primitive, OneOf):
            return noted, results[0]
        count = primitive.num_choices or 0
        chosen = results[:count] if primitive.choices_distinct else results[:1] * count
        return noted, List(chosen)

    # ---- Applying ------------------------------------------------------------

    @contextlib.contextmanager
    def apply(self, decisions: DNA | list[int | float | str]) -> Iterator[None]:
        """Replaces placeholders made within a `with` block by their decisions.

        Args:
          decisions: A DNA, or its numbers.

        Raises:
          ValueError: if decisions are missing, left over, do not fit, or violate a
            constraint; or see `collect`.
        """
        require_alike(self._per_thread)
        if isinstance(decisions, DNA):
            decisions = decisions.to_numbers()
        elif not isinstance(decisions, list):
            raise utils.PyGloveValueError(
                "Expected a DNA or a list of numbers as 'decisions', got "
                f"{decisions!r}."
            )
        if self._constraints:
            spec = self.dna_spec
            spec.validate(DNA.from_numbers(list(decisions), spec))
        run = _Run(list(decisions))
        outer = current_evaluate_fn()

        def evaluate(primitive: Any) -> Any:
            if self._is_foreign(primitive):
                return primitive if outer is None else outer(primitive)
            return run.evaluate(primitive)

        previous = self._run.get()
        self._run.set(run)
        try:
            with dynamic_evaluate(evaluate, per_thread=self._per_thread):
                yield
        finally:
            self._run.set(previous)
        if run.remaining:
            raise utils.PyGloveValueError(
                "Expected a decision for each placeholder that was made, got more than "
                f"these: {run.remaining!r}."
            )

    def evaluate(self, hyper_primitive: HyperPrimitive) -> Any:
        """Returns the value decided for a placeholder.

        Args:
          hyper_primitive: The placeholder.

        Raises:
          ValueError: if this is not called within `apply`, or there is no decision.
        """
        run = self._run.get()
        if run is None:
            raise utils.PyGloveValueError(
                "Expected `evaluate` to be called within `apply`, which says what was "
                "decided."
            )
        return run.evaluate(hyper_primitive)


class _Run:
    """The decisions of one run, taken one after the other."""

    def __init__(self, decisions: list[Any]):
        self._decisions = decisions
        self._position = 0
        # Values by name, for each candidate that is being called.
        self._named: list[dict[str, Any]] = [{}]

    @property
    def remaining(self) -> list[Any]:
        """Decisions that have not been taken."""
        return self._decisions[self._position :]

    def evaluate(self, primitive: Any) -> Any:
        """Returns the value decided for a placeholder."""
        name = primitive.name
        if name is not None:
            for named in self._named:
                if name in named:
                    return named[name]
        value = self._decide(primitive)
        if name is not None:
            self._named[-1][name] = value
        return value

    def _draw(self, primitive: Any) -> Any:
        if self._position >= len(self._decisions):
            raise utils.PyGloveValueError(
                f"Expected a decision for {primitive!r}, got no more than "
                f"{len(self._decisions)} decisions."
            )
        self._position += 1
        return self._decisions[self._position - 1]

    def _decide(self, primitive: Any) -> Any:
        is_choice = isinstance(primitive, Choices)
        if is_choice and any(map(_is_thunk, primitive.candidates)):
            return self._call_candidates(primitive)
        spec = effective_spec(primitive.dna_spec(utils.KeyPath()))
        numbers: list[Any] = []
        try:
            spec.decisions.take(lambda: self._draw(primitive), numbers)
        except (IndexError, TypeError):
            accepted = None
        else:
            accepted = spec.decisions.accept(numbers)
        if accepted is None:
            raise utils.PyGloveValueError(
                f"Expected decisions that fit {primitive!r}, got {numbers!r}."
            )
        return primitive.decode(make_dna(accepted, spec))

    def _call_candidates(self, primitive: Choices) -> Any:
        """Decides among candidates some of which are called once they are chosen."""
        candidates = list(primitive.candidates)
        count = primitive.num_choices or 0
        values = [self._call_candidate(primitive, candidates) for _ in range(count)]
        return values[0] if isinstance(primitive, OneOf) else List(values)

    def _call_candidate(self, primitive: Any, candidates: list[Any]) -> Any:
        index = self._draw(primitive)
        if not isinstance(index, int) or not 0 <= index < len(candidates):
            raise utils.PyGloveValueError(
                f"Expected the index of a candidate, 0 to {len(candidates) - 1}, for "
                f"{primitive!r}, got {index!r}."
            )
        candidate = candidates[index]
        if not _is_thunk(candidate):
            return candidate
        self._named.append({})
        try:
            return candidate()
        finally:
            self._named.pop()


def _is_thunk(value: Any) -> bool:
    """Returns whether a candidate is a function to be called when it is chosen."""
    return (
        isinstance(value, types.FunctionType)
        and not inspect.signature(value).parameters
    )


def _first_dna(primitive: Any) -> DNA:
    if hasattr(primitive, "first_dna"):
        return primitive.first_dna()
    return primitive.dna_spec(utils.KeyPath()).first_dna()


def trace(
    fun: Callable[[], Any],
    *,
    where: Where = None,
    require_hyper_name: bool = False,
    per_thread: bool = True,
    constraints: Sequence[Constraint | Callable[..., Any]] = (),
) -> DynamicEvaluationContext:
    """Runs a function once and collects the placeholders that it makes.

    Args:
      fun: A function without arguments.
      where: Decides which placeholders are decided.
      require_hyper_name: Whether every placeholder has to have a name.
      per_thread: Whether scopes are for the calling thread only.
      constraints: What decisions have to meet: functions of a dict of values by name,
        and constraints such as `pg.geno.Increasing`.

    Returns:
      A context in which the function can be run under decisions.

    Raises:
      ValueError: if two different placeholders have the same name, or one lacks a name.
    """
    context = DynamicEvaluationContext(
        where=where,
        require_hyper_name=require_hyper_name,
        per_thread=per_thread,
        constraints=constraints,
    )
    with context.collect():
        fun()
    return context
