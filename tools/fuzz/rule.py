"""Differences that docs/differences.md explains, as predicates with an example each."""

import dataclasses
import re
from collections.abc import Callable

from fuzz.comparison import Difference, Result


@dataclasses.dataclass(frozen=True)
class Rule:
    """A known difference.

    Attributes:
      name: A few words.
      heading: The anchor of the heading in docs/differences.md that explains it.
      explains: Whether a difference is of this kind.
      example: A program that shows it in its last statement.
    """

    name: str
    heading: str
    explains: Callable[[Difference], bool]
    example: tuple[str, ...]


def failed(result: Result) -> bool:
    """Whether a statement raised."""
    return bool(result["kind"] == "error")


def unmarked(text: str) -> str:
    """A description without the marks of nodes that contradict their parents."""
    return re.sub(r"!parent|!path\{[^}]*\}", "", text)


def equal_by(d: Difference, form: Callable[[str], str]) -> bool:
    """Whether values and states are equal in some form."""
    if d.aspect not in ("value", "state"):
        return False
    if form(d.published.get("text", "")) != form(d.ours.get("text", "")):
        return False
    theirs, ours = d.published["state"], d.ours["state"]
    for name in theirs.keys() | ours.keys():
        left = theirs.get(name, d.before.get(name, ""))
        right = ours.get(name, d.before.get(name, ""))
        if form(left) != form(right):
            return False
    return True
