"""DNA from dicts and functions: the numbers for a spec, decision by decision."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyglove import utils
from pyglove.geno.decision.decision import Numbers
from pyglove.geno.dna import mismatch
from pyglove.geno.dna.dna_table import read
from pyglove.geno.dna.nested import plain_number
from pyglove.geno.dna.spec_base import effective_spec, ensure_spec


def from_dict(
    values: Mapping[Any, Any], spec: Any, use_ints_as_literals: bool
) -> Numbers:
    """Implements `DNA.from_dict`.

    Args:
      values: Values by id, name or decision point.
      spec: The spec.
      use_ints_as_literals: Whether an int is a literal value.

    Returns:
      The numbers.
    """
    if not isinstance(values, Mapping):
        raise utils.PyGloveTypeError(
            f"Expected a dict of decisions, got {type(values)!r}: {values!r}."
        )
    out: list[Any] = []
    accepted = None
    if not use_ints_as_literals and read(spec.table, values, out):
        accepted = spec.decisions.accept(out)
    if accepted is not None:
        return accepted
    out = []
    _Reader(values, use_ints_as_literals).read(spec, out)
    accepted = spec.decisions.accept(out)
    if accepted is None:
        mismatch.raise_for_numbers(spec, out)
    return accepted


class _Reader:
    """Reads numbers out of a dict, decision by decision."""

    def __init__(self, values: Mapping[Any, Any], use_ints_as_literals: bool):
        self._values = values
        self._use_ints_as_literals = use_ints_as_literals
        # Number of values used of a list under a shared name.
        self._taken: dict[Any, int] = {}

    def read(self, spec: Any, out: list[Any]) -> None:
        """Appends the numbers of a spec."""
        for point in spec.elements if spec.is_space else [spec]:
            if point.is_categorical and point.num_choices > 1:
                self._read_multi_choice(point, out)
            else:
                self._read_single(point, self._lookup(point), out)

    def _read_multi_choice(self, point: Any, out: list[Any]) -> None:
        key, values = self._find(point)
        if values is None:
            for subchoice in point.choice_specs:
                self._read_single(subchoice, self._lookup(subchoice), out)
            return
        count = point.num_choices
        if not isinstance(values, list):
            raise mismatch.DecisionTypeError(
                f"Expected a list of {count} values for {mismatch.describe(point)}, "
                f"got {mismatch.short(values)}."
            )
        taken = self._taken.get(key, 0)
        mine = values[taken : taken + count]
        self._taken[key] = taken + count
        if len(mine) != count or (taken == 0 and len(values) % count):
            raise utils.PyGloveValueError(
                f"Expected a list of {count} values for {mismatch.describe(point)}, "
                f"got {mismatch.short(values)}."
            )
        for subchoice, value in zip(point.choice_specs, mine, strict=True):
            self._read_single(subchoice, value, out)

    def _read_single(self, point: Any, value: Any, out: list[Any]) -> None:
        number = self._number(point, value)
        out.append(number)
        if point.is_categorical:
            self.read(point.candidates[number], out)

    def _find(self, point: Any) -> tuple[Any, Any]:
        """Returns the key and the value that the dict has for a decision point."""
        values = self._values
        if point in values:
            return point, values[point]
        if point.name and point.name in values:
            return point.name, values[point.name]
        key = str(point.id)
        return key, values.get(key)

    def _lookup(self, point: Any) -> Any:
        key, value = self._find(point)
        if isinstance(value, list) and key == point.name:
            taken = self._taken.get(key, 0)
            self._taken[key] = taken + 1
            value = value[taken] if taken < len(value) else None
        if value is None:
            raise utils.PyGloveValueError(
                f"Expected a value for {mismatch.describe(point)}, got none in "
                f"{mismatch.short(dict(self._values))}."
            )
        return value

    def _number(self, point: Any, value: Any) -> Any:
        value = plain_number(value)
        if hasattr(value, "to_numbers"):
            value = value.value
        elif point.is_categorical and (
            self._use_ints_as_literals or not isinstance(value, int)
        ):
            value = point.candidate_index(value)
        mismatch.check_value(point, value)
        return value


def numbers_from_fn(
    spec: Any, fn: Callable[[Any], Any], dna_class: type
) -> tuple[Numbers, Any]:
    """Implements `DNA.from_fn`: asks a function for each decision.

    Args:
      spec: The spec.
      fn: Function of a decision point.
      dna_class: The class of DNA, which `fn` may return.

    Returns:
      The numbers and the effective spec.
    """
    try:
        spec = effective_spec(ensure_spec(spec, "dna_spec"))
    except ValueError as error:
        raise utils.PyGloveTypeError(str(error)) from None
    out: list[Any] = []
    _ask(spec, fn, dna_class, out)
    accepted = spec.decisions.accept(out)
    if accepted is None:
        mismatch.raise_for_numbers(spec, out)
    return accepted, spec


def _ask(spec: Any, fn: Callable[[Any], Any], dna_class: type, out: list[Any]) -> None:
    if spec.is_space:
        for element in spec.elements:
            _ask(element, fn, dna_class, out)
        return
    answer = fn(spec)
    if isinstance(answer, dna_class):
        form = answer._form()  # type: ignore[attr-defined]
        numbers = spec.decisions.flatten(form)
        if numbers is None:
            mismatch.raise_for_nested(spec, form)
        out.extend(numbers)
        return
    if not spec.is_categorical:
        answer = plain_number(answer)
        mismatch.check_value(spec, answer)
        out.append(answer)
        return
    if not isinstance(answer, Sequence) or len(answer) != spec.num_choices:
        raise mismatch.DecisionTypeError(
            f"Expected a list of {spec.num_choices} indices for "
            f"{mismatch.describe(spec)}, got {mismatch.short(answer)}."
        )
    answer = [plain_number(value) for value in answer]
    for choice, value in zip(spec.choice_specs, answer, strict=True):
        mismatch.check_value(choice, value)
        out.append(value)
        _ask(choice.candidates[value], fn, dna_class, out)
    if spec.num_choices > 1:
        mismatch.check_choices(spec, answer)
