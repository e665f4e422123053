"""Decision tables: keys for dicts of decisions, computed once per spec.

A table has an entry for each single decision of a spec, in the order of the numbers of
a DNA; an entry of a choice has a table for each candidate.
"""

from typing import Any

from pyglove.geno.decision.decision import Numbers
from pyglove.geno.dna.dna_walk import is_multi_choice

Table = tuple["Entry", ...]

_ABSENT = object()


class Entry:
    """A single decision.

    Attributes:
      point: The decision point.
      id: Text of its id.
      name: Its name, None if it has none.
      branches: For a choice that may open others, the table of each candidate.
    """

    __slots__ = ("_texts", "branches", "id", "name", "point")

    def __init__(self, point: Any):
        self.point = point
        self.id = str(point.id)
        self.name: str | None = point.name or None
        self.branches: tuple[Table, ...] | None = None
        self._texts: dict[tuple[str, int], Any] = {}
        if point.is_categorical and any(point.branch_specs):
            # Candidates know their place, which ids tell.
            self.branches = tuple([make_table(c) for c in point.candidates])

    def key(self, key_type: str) -> Any:
        """Returns the key of this decision in a dict."""
        if key_type == "dna_spec":
            return self.point
        return self.name or self.id if key_type == "name_or_id" else self.id

    def text(self, value: Any, value_type: str) -> Any:
        """Returns how a dict shows a value of this decision."""
        if not self.point.is_categorical:
            return value
        found = self._texts.get((value_type, value), _ABSENT)
        if found is _ABSENT:
            found = self.point.format_candidate(value, value_type)
            self._texts[value_type, value] = found
        return found


def make_table(spec: Any) -> Table:
    """Returns the table of a spec."""
    entries: list[Entry] = []
    for point in spec.elements if spec.is_space else [spec]:
        singles = point.choice_specs if is_multi_choice(point) else [point]
        entries.extend(map(Entry, singles))
    return tuple(entries)


def put(result: dict[Any, Any], key: Any, value: Any) -> None:
    """Adds a value under a key that several decisions may share.

    The values of several ones make up a list; None, for a decision that is not active,
    counts only where there is nothing else.
    """
    present = result.get(key)
    if present is None:
        result[key] = value
    elif value is None:
        return
    elif isinstance(present, list):
        present.append(value)
    else:
        result[key] = [present, value]


def write(
    table: Table,
    numbers: Numbers,
    start: int,
    result: dict[Any, Any],
    key_type: str,
    value_type: str,
    include_inactive: bool,
) -> int:
    """Adds the decisions of a table to a dict.

    Args:
      table: The table.
      numbers: The numbers of a DNA.
      start: Where those of the table start.
      result: The dict.
      key_type: See `DNA.to_dict`.
      value_type: See `DNA.to_dict`; not 'dna'.
      include_inactive: Whether inactive decisions are added, too.

    Returns:
      Where the numbers of the table end.
    """
    is_plain, is_named = value_type == "value", key_type == "name_or_id"
    for entry in table:
        value = numbers[start]
        start += 1
        shown = value if is_plain else entry.text(value, value_type)
        if is_named and entry.name:
            put(result, entry.name, shown)
        else:
            result[entry.point if key_type == "dna_spec" else entry.id] = shown
        if entry.branches is None:
            continue
        for i, branch in enumerate(entry.branches):
            if i == value:
                start = write(
                    branch,
                    numbers,
                    start,
                    result,
                    key_type,
                    value_type,
                    include_inactive,
                )
            elif include_inactive:
                _write_inactive(branch, result, key_type)
    return start


def _write_inactive(table: Table, result: dict[Any, Any], key_type: str) -> None:
    for entry in table:
        put(result, entry.key(key_type), None)
        for branch in entry.branches or ():
            _write_inactive(branch, result, key_type)


def read(table: Table, values: Any, out: list[Any]) -> bool:
    """Appends the numbers of a table that a plain dict holds.

    Args:
      table: The table.
      values: A dict, by id or name.
      out: Receives the numbers, which need not fit.

    Returns:
      Whether all were found; False where the dict holds anything but numbers (and
      strings, for custom decisions).
    """
    get = values.get
    for entry in table:
        value = get(entry.name or entry.id)
        kind = type(value)
        if kind is not int and kind is not float:
            if kind is not str or not entry.point.is_custom_decision_point:
                return False
        out.append(value)
        if entry.branches is None:
            continue
        if kind is not int or not 0 <= value < len(entry.branches):
            return False
        if not read(entry.branches[value], values, out):
            return False
    return True
