"""DNA to dicts: decisions by id, name or decision point."""

from collections.abc import Callable
from typing import Any

from pyglove import utils
from pyglove.geno.dna.dna_table import put, write
from pyglove.geno.dna.dna_walk import choices, is_multi_choice, opened, points

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
        if value_type == "value" and key_type != "dna_spec":
            if spec.static_points is not None and not (
                key_type == "name_or_id" and spec.has_names
            ):
                return dict(zip(spec.static_ids, numbers, strict=True))
        result: dict[Any, Any] = {}
        write(spec.table, numbers, 0, result, key_type, value_type, include_inactive)
        return result
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
            for subchoice, part in parts:
                if self._accepts(subchoice):
                    put(self.result, self._key(point), self._value(subchoice, part))
            if self._key_type == "name_or_id" and point.name:
                # The choices are there already, under the name that they share.
                for subchoice, part in parts:
                    self._write_below(subchoice, part)
                return
        for subchoice, part in parts:
            self._write_point(subchoice, part)

    def _value(self, point: Any, source: Any) -> Any:
        if self._from_nodes:
            return source
        return format_value(point, source[0], self._value_type)

    def _accepts(self, point: Any) -> bool:
        return self._filter is None or self._filter(point)

    def _put(self, point: Any, value: Any) -> None:
        if self._accepts(point):
            put(self.result, self._key(point), value)

    def _key(self, point: Any) -> Any:
        if self._key_type == "dna_spec":
            return point
        if self._key_type == "name_or_id" and point.name:
            return point.name
        return str(point.id)

    def _write_below(self, point: Any, source: Any) -> None:
        """Writes the active decisions of a choice, then the inactive ones."""
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
            for subchoice in point.choice_specs:
                if self._parents and self._accepts(subchoice):
                    put(self.result, self._key(point), None)
                self._write_inactive(subchoice)
            return
        if not point.is_subchoice or self._children:
            self._put(point, None)
        if point.is_categorical:
            for candidate in point.candidates:
                for element in candidate.elements:
                    self._write_inactive(element)
