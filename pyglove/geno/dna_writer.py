"""DNA to dicts: decisions by id, name or decision point.

For spaces without conditional decisions, keys are worked out once per spec.
"""

from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.geno.decision import Numbers
from pyglove.geno.dna_walk import choices, is_multi_choice, opened, points

KEY_TYPES = ("id", "name_or_id", "dna_spec")
VALUE_TYPES = ("value", "dna", "choice", "literal", "choice_and_literal")
MULTI_CHOICE_KEYS = ("subchoice", "parent", "both")


def to_dict(
    dna: Any,
    key_type: str,
    value_type: str,
    multi_choice_key: str,
    include_inactive: bool,
    filter_fn: Callable[[Any], bool] | None,
) -> dict[Any, Any]:
    """Implements `DNA.to_dict`."""
    spec = dna._bound_spec()
    _check_option("key_type", key_type, KEY_TYPES)
    _check_option("value_type", value_type, VALUE_TYPES)
    _check_option("multi_choice_key", multi_choice_key, MULTI_CHOICE_KEYS)
    numbers = dna._flat()
    if filter_fn is None and multi_choice_key == "subchoice" and value_type != "dna":
        table = spec.static_points
        if table is not None:
            return _static_dict(spec, table, numbers, key_type, value_type)
    writer = _Writer(
        key_type, value_type, multi_choice_key, include_inactive, filter_fn
    )
    writer.write(spec, dna if value_type == "dna" else numbers)
    return writer.result


def _check_option(name: str, value: Any, options: tuple[str, ...]) -> None:
    if value not in options:
        raise utils.PyGloveValueError(
            f"Expected one of {', '.join(map(repr, options))} as {name!r}, got "
            f"{value!r}."
        )


def _static_dict(
    spec: Any, points: list[Any], numbers: Numbers, key_type: str, value_type: str
) -> dict[Any, Any]:
    """Returns the dict for a spec whose decision points are all active, always."""
    keys: Any = points if key_type == "dna_spec" else spec.static_ids
    values: Any = numbers
    if value_type != "value":
        values = [
            format_value(p, v, value_type) for p, v in zip(points, numbers, strict=True)
        ]
    if key_type != "name_or_id" or not spec.has_names:
        return dict(zip(keys, values, strict=True))
    result: dict[Any, Any] = {}
    for point, key, value in zip(points, keys, values, strict=True):
        _put(result, point, point.name or key, value)
    return result


def _put(result: dict[Any, Any], point: Any, key: Any, value: Any) -> None:
    """Adds a value under a name, which several decisions may share."""
    if key not in result:
        result[key] = [value] if point.name and point.is_subchoice else value
    elif isinstance(result[key], list):
        result[key].append(value)
    else:
        result[key] = [result[key], value]


def format_value(point: Any, value: Any, value_type: str) -> Any:
    """Returns the value of a decision as `to_dict` shows it."""
    if value_type == "value" or not point.is_categorical:
        return value
    if value_type == "literal":
        literals = point.literal_values
        if literals:
            return literals[value]
        return point.format_candidate(value, "choice")
    return point.format_candidate(value, value_type)


class _Writer:
    """Writes the dict of a DNA decision by decision."""

    def __init__(
        self,
        key_type: str,
        value_type: str,
        multi_choice_key: str,
        include_inactive: bool,
        filter_fn: Callable[[Any], bool] | None,
    ):
        self.result: dict[Any, Any] = {}
        self._key_type = key_type
        self._value_type = value_type
        self._parents = multi_choice_key in ("parent", "both")
        self._children = multi_choice_key in ("subchoice", "both")
        self._include_inactive = include_inactive
        self._filter = filter_fn
        self._from_nodes = value_type == "dna"

    def write(self, spec: Any, source: Any) -> None:
        """Writes all decisions of a spec; `source` is a DNA or its numbers."""
        for point, part in points(spec, source):
            self._write_point(point, part)

    def _write_point(self, point: Any, source: Any) -> None:
        if is_multi_choice(point):
            self._write_multi_choice(point, source)
            return
        if not point.is_subchoice or self._children:
            self._put(point, self._value(point, source))
        self._write_below(point, source)

    def _write_multi_choice(self, point: Any, source: Any) -> None:
        parts = list(choices(point, source))
        if self._parents:
            values = [self._value(p, part) for p, part in parts]
            if self._key_type == "name_or_id" and point.name:
                if self._accepts(point):
                    for value in values:
                        self._append(point.name, value)
                for subchoice, part in parts:
                    self._write_below(subchoice, part)
                return
            self._put(point, values)
        for subchoice, part in parts:
            self._write_point(subchoice, part)

    def _append(self, name: str, value: Any) -> None:
        self.result.setdefault(name, []).append(value)

    def _value(self, point: Any, source: Any) -> Any:
        if self._from_nodes:
            return source
        return format_value(point, source[0], self._value_type)

    def _accepts(self, point: Any) -> bool:
        return self._filter is None or self._filter(point)

    def _put(self, point: Any, value: Any) -> None:
        if not self._accepts(point):
            return
        if self._key_type == "dna_spec":
            self.result[point] = value
        elif self._key_type == "name_or_id" and point.name:
            _put(self.result, point, point.name, value)
        else:
            self.result[str(point.id)] = value

    def _write_below(self, point: Any, source: Any) -> None:
        """Writes what a choice opens, and what it leaves closed."""
        if not point.is_categorical:
            return
        chosen = source.value if self._from_nodes else source[0]
        for i, candidate in enumerate(point.candidates):
            if i == chosen:
                for inner, part in opened(candidate, source):
                    self._write_point(inner, part)
            elif self._include_inactive:
                for element in candidate.elements:
                    self._write_inactive(element)

    def _write_inactive(self, point: Any) -> None:
        if is_multi_choice(point):
            if self._parents:
                self._put_inactive(point)
            for subchoice in point.choice_specs:
                self._write_inactive(subchoice)
            return
        if not point.is_subchoice or self._children:
            self._put_inactive(point)
        if point.is_categorical:
            for candidate in point.candidates:
                for element in candidate.elements:
                    self._write_inactive(element)

    def _put_inactive(self, point: Any) -> None:
        if not self._accepts(point):
            return
        key: Any = point
        if self._key_type != "dna_spec":
            is_named = self._key_type == "name_or_id" and point.name
            key = point.name if is_named else str(point.id)
        self.result.setdefault(key, None)
