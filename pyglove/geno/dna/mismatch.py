"""Mismatch: says why numbers do not fit a spec. Called only when they do not."""

import reprlib
from collections.abc import Sequence
from typing import Any, NoReturn

from pyglove import utils
from pyglove.geno.dna import nested

_repr = reprlib.Repr()
_repr.maxlist = _repr.maxtuple = _repr.maxdict = 8
_repr.maxstring = _repr.maxother = 200


def short(value: Any) -> str:
    """Returns the `repr` of a value for a message, cut where it is long."""
    return _repr.repr(value)


class DecisionTypeError(utils.PyGloveValueError, TypeError):
    """A value of the wrong type for a decision: a DNA that does not fit, too."""


def raise_for_numbers(spec: Any, numbers: Sequence[Any]) -> NoReturn:
    """Raises the error for flat numbers that do not fit.

    Args:
      spec: The spec that they were made for.
      numbers: The numbers.

    Raises:
      ValueError: saying which decision is wrong, or that the sequence is too short or
        too long.
    """
    end = _check_sequence(spec, numbers, 0)
    if end < len(numbers):
        raise utils.PyGloveValueError(
            f"Expected {end} numbers for {describe(spec)}, got {len(numbers)}; left "
            f"over: {short(list(numbers[end:]))}."
        )
    raise AssertionError(f"{numbers!r} fits {spec!r}.")


def _check_sequence(spec: Any, numbers: Sequence[Any], start: int) -> int:
    """Checks the numbers of a spec from `start` on and returns where they end."""
    if spec.is_space:
        for element in spec.elements:
            start = _check_sequence(element, numbers, start)
        return start
    if spec.is_categorical and spec.num_choices > 1:
        values = []
        for i in range(spec.num_choices):
            if start < len(numbers):
                values.append(numbers[start])
            start = _check_sequence(spec.subchoice(i), numbers, start)
        check_choices(spec, values)
        return start
    if start >= len(numbers):
        raise utils.PyGloveValueError(
            f"Expected a number for {describe(spec)}, got none: there are "
            f"{len(numbers)} only, {short(list(numbers))}."
        )
    check_value(spec, numbers[start])
    if spec.is_categorical:
        return _check_sequence(spec.candidates[numbers[start]], numbers, start + 1)
    return start + 1


def raise_for_nested(spec: Any, form: Any) -> NoReturn:
    """Raises the error for a nested form that does not fit.

    Args:
      spec: The spec that it was made for.
      form: The nested form.

    Raises:
      ValueError: saying which decision is wrong.
    """
    _check_nested(spec, form)
    raise AssertionError(f"{form!r} fits {spec!r}.")


def _check_nested(spec: Any, form: Any) -> None:
    if spec.is_space:
        _check_space(spec, form)
        return
    if spec.is_categorical and spec.num_choices > 1:
        _check_multi_choice(spec, form)
        return
    value, children = nested.split(form)
    check_value(spec, form if value is None else value)
    if spec.is_categorical:
        inner: Any = None
        if children:
            inner = children if len(children) > 1 else children[0]
        candidate = spec.candidates[value]
        if inner is None and not candidate.is_constant:
            raise utils.PyGloveValueError(
                f"Expected values for what candidate {value} of {describe(spec)} "
                f"opens ({_listed(candidate.elements)}), got none."
            )
        _check_nested(candidate, inner)
    elif children:
        raise utils.PyGloveValueError(
            f"Expected nothing below {describe(spec)}, got {short(children)}."
        )


def _check_space(spec: Any, form: Any) -> None:
    elements = spec.elements
    if len(elements) == 1:
        _check_nested(elements[0], form)
        return
    if not elements:
        if form is not None:
            raise utils.PyGloveValueError(
                f"Expected nothing for {describe(spec)}, where there is nothing to "
                f"decide, got {short(form)}."
            )
        return
    value, children = nested.split(form)
    if value is not None or len(children) != len(elements):
        raise utils.PyGloveValueError(
            f"Expected {len(elements)} values for {describe(spec)} "
            f"({_listed(elements)}), got "
            f"{len(children) if value is None else 'a single one'}: {short(form)}."
        )
    for element, child in zip(elements, children, strict=True):
        _check_nested(element, child)


def _check_multi_choice(spec: Any, form: Any) -> None:
    value, children = nested.split(form)
    if value is not None or len(children) != spec.num_choices:
        raise utils.PyGloveValueError(
            f"Expected a list of {spec.num_choices} choices for {describe(spec)}, got "
            f"{short(form)}."
        )
    for i, child in enumerate(children):
        _check_nested(spec.subchoice(i), child)
    check_choices(spec, [nested.split(child)[0] for child in children])


def check_choices(spec: Any, values: Sequence[Any]) -> None:
    """Raises an error if the indices of a multi-choice clash or are out of order."""
    if spec.distinct and len(set(values)) < len(values):
        raise utils.PyGloveValueError(
            f"Expected distinct choices for {describe(spec)}, got {short([*values])}."
        )
    if spec.sorted and sorted(values) != list(values):
        raise utils.PyGloveValueError(
            f"Expected sorted choices for {describe(spec)}, got {short(list(values))}."
        )


def check_value(spec: Any, value: Any) -> None:
    """Raises an error if a value does not fit a single decision point."""
    if spec.is_categorical:
        if not isinstance(value, int):
            _raise_type(spec, "an int", value)
        if not 0 <= value < len(spec.candidates):
            raise utils.PyGloveValueError(
                f"Expected the index of a candidate, 0 to {len(spec.candidates) - 1}, "
                f"for {describe(spec)}, got {value}."
            )
    elif spec.is_custom_decision_point:
        if not isinstance(value, str):
            _raise_type(spec, "a string", value)
    else:
        _check_number(spec, value)


def _check_number(spec: Any, value: Any) -> None:
    kind = type(spec.min_value)
    if not isinstance(value, kind):
        _raise_type(spec, "an int" if kind is int else "a float", value)
    if not spec.min_value <= value <= spec.max_value:
        raise utils.PyGloveValueError(
            f"Expected a value from {spec.min_value} to {spec.max_value} for "
            f"{describe(spec)}, got {value}."
        )
    if kind is int and (value - spec.min_value) % spec.step:
        raise utils.PyGloveValueError(
            f"Expected {spec.min_value} plus a multiple of {spec.step} for "
            f"{describe(spec)}, got {value}."
        )


def _raise_type(spec: Any, expected: str, value: Any) -> NoReturn:
    raise DecisionTypeError(
        f"Expected {expected} for {describe(spec)}, got {short(value)}."
    )


def describe(spec: Any) -> str:
    """Returns how a spec is called in messages: by kind, name and id."""
    kind = type(spec).__name__
    name = f" {spec.name!r}" if getattr(spec, "name", None) else ""
    path = str(spec.id)
    return f"{kind}{name} at {path!r}" if path else f"{kind}{name} at the root"


def _listed(specs: Sequence[Any]) -> str:
    """Returns descriptions of the first specs, and the number of the others."""
    shown = ", ".join(map(describe, specs[:4]))
    return shown if len(specs) <= 4 else f"{shown}, and {len(specs) - 4} more"
