"""Scopes: which decisions of a space a constraint is about, and where they are.

A decision is told by its name, or by its id relative to the piece of the program that
the constraint stands on.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pyglove import utils
from pyglove.geno.decision.choice_decision import ChoiceDecision, MultiChoiceDecision
from pyglove.geno.decision.decision import Decisions, Numbers

Span = tuple[int, int]

_CANDIDATE_KEY = re.compile(r"\[=\d+/\d+\]")


class Slot(NamedTuple):
    """A single decision of a space.

    Attributes:
      id: Its id, relative to the space.
      name: Its name, if any.
      point: The decision point; the one of all choices for a choice of a multi-choice.
      steps: The way to it: the index of a decision in a space, which of its choices it
        is, and, if it is further down, the candidate that leads there and so on.
    """

    id: str
    name: str | None
    point: Any
    steps: tuple[int, ...]

    @property
    def is_conditional(self) -> bool:
        """Whether a choice opens it."""
        return len(self.steps) > 2


class Group(NamedTuple):
    """The decisions that an item of `on` refers to.

    Attributes:
      slots: The decisions.
      num_active: How many of them are active at a time, at most.
    """

    slots: Sequence[Slot]
    num_active: int


class Slots:
    """All single decisions of a space, active or not, by what tells them.

    Args:
      space: The space.

    Attributes:
      ids: Their ids.
    """

    def __init__(self, space: Any):
        self.ids: set[str] = set()
        self._by_name: dict[str, list[Slot]] = {}
        # By each place that they are in, up to the last choice that opens them.
        self._by_place: dict[str, list[Slot]] = {}
        self._by_path: dict[str, list[Slot]] = {}
        for slot in _walk(space, "", ()):
            self.ids.add(slot.id)
            if slot.name:
                self._by_name.setdefault(slot.name, []).append(slot)
            base = slot.id.rfind("[=")
            base = 0 if base < 0 else slot.id.index("]", base) + 1
            for place in places_of(slot.id, base):
                self._by_place.setdefault(place, []).append(slot)
            path = _CANDIDATE_KEY.sub("", slot.id)
            self._by_path.setdefault(path, []).append(slot)

    def find(self, item: str, location: str = "") -> Group:
        """Returns the decisions that an item stands for, none if it stands for nothing.

        Args:
          item: A name, an id, or a place. A place stands for all decisions in it that
            no choice opens; a place within candidates, for the decision there of
            whichever candidate is chosen.
          location: Where the piece of the program is that ids and places start from.
        """
        named = self._by_name.get(item, ())
        found = [slot for slot in named if location in places_of(slot.id)]
        if not found:
            found = self._by_place.get(join(location, item), [])
        if found:
            return Group(found, len(found))
        found = self._by_path.get(join(location, item), [])
        # A candidate may be a choice by itself, which stands at the same place.
        ids = [slot.id for slot in found]
        found = [s for s in found if not any(s.id.startswith(f"{i}[=") for i in ids)]
        return Group(found, 1)

    def resolve(self, on: Sequence[str], location: str, label: str) -> list[Group]:
        """Finds the decisions that a constraint is about.

        Args:
          on: What tells them; see `find`.
          location: Where the piece of the program is that ids and places start from.
          label: Name of the constraint in messages.

        Returns:
          The decisions for each item of `on`.

        Raises:
          ValueError: if an item stands for nothing, or a decision is there twice.
        """
        groups = [self.find(item, location) for item in on]
        seen: set[tuple[int, ...]] = set()
        for item, group in zip(on, groups, strict=True):
            if not group.slots:
                known = [s.name or s.id for s in self._by_place.get(location, ())]
                shown = ", ".join(map(repr, known[:20])) or "none"
                raise utils.PyGloveValueError(
                    f"Expected constraint {label} to name a decision of the space, got "
                    f"{item!r}. Decisions: {shown}{', ...' if known[20:] else ''}."
                )
            for slot in group.slots:
                if slot.steps in seen:
                    raise utils.PyGloveValueError(
                        f"Expected constraint {label} to name each decision once, got "
                        f"{slot.id!r} twice in {list(on)!r}."
                    )
                seen.add(slot.steps)
        return groups


def _walk(space: Any, prefix: str, steps: tuple[int, ...]) -> Iterator[Slot]:
    for k, point in enumerate(space.elements):
        path = join(prefix, str(point.location))
        if not point.is_categorical:
            yield Slot(path, point.name, point, (*steps, k, 0))
            continue
        branches = point.branch_specs
        is_multi = point.num_choices > 1
        for choice in range(point.num_choices):
            own = f"{path}[{choice}]" if is_multi else path
            yield Slot(own, point.name, point, (*steps, k, choice))
            for i, branch in enumerate(branches):
                if branch is not None:
                    key = f"{own}[={i}/{len(branches)}]"
                    yield from _walk(branch, key, (*steps, k, choice, i))


def join(prefix: str, path: str) -> str:
    """Returns a path that goes on after another one."""
    if prefix and path and path[0] != "[":
        return f"{prefix}.{path}"
    return prefix + path


def places_of(path: str, start: int = 0) -> list[str]:
    """Returns the places that a path leads through, with the one that it leads to.

    Args:
      path: The path.
      start: Length of the part of the path to start from.
    """
    ends = [i for i in range(max(start, 1), len(path)) if path[i] in ".["]
    return [path[:end] for end in dict.fromkeys([start, *ends, len(path)])]


def literal_values(point: Any) -> tuple[Any, ...] | None:
    """Returns what a choice is called by index, texts of strings as strings.

    Args:
      point: A decision point.

    Returns:
      The values; None if the number of the decision is the value.
    """
    if not point.is_categorical or not point.literal_values:
        return None
    return tuple([_value(literal) for literal in point.literal_values])


def _value(literal: Any) -> Any:
    """Returns the candidate that a literal value is the text of, if that is plain."""
    if isinstance(literal, str) and (literal[:1] in "'\"" or literal == "None"):
        try:
            return ast.literal_eval(literal)
        except (ValueError, SyntaxError):
            return literal
    return literal


def locate(
    decisions: Decisions, numbers: Numbers, start: int, steps: tuple[int, ...]
) -> int:
    """Returns where the number of a decision is, -1 if it is not active.

    Args:
      decisions: The decisions of the space.
      numbers: Numbers that fit.
      start: Where those of the first decision on the way start.
      steps: The way to the decision; see `Slot`.
    """
    item: Any = decisions.items[steps[0]]
    at = 1
    while True:
        choice = steps[at]
        if choice:
            assert isinstance(item, MultiChoiceDecision)
            start = item.spans(numbers, start)[choice][0]
        if at + 1 == len(steps):
            return start
        candidate = steps[at + 1]
        if numbers[start] != candidate:
            return -1
        assert isinstance(item, (ChoiceDecision, MultiChoiceDecision))
        branch = item.branches[candidate]  # type: ignore[index]
        start += 1
        for before in branch.items[: steps[at + 2]]:
            start = before.skip(numbers, start)
        item = branch.items[steps[at + 2]]
        at += 3
