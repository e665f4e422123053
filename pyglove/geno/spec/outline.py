"""Outline: a space at a glance, one line for each decision and its kin."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from pyglove.geno.spec.spec import DNASpec
from pyglove.utils import KeyPath

# Numbers from here on are written as powers of ten.
_HUGE = 10**15


def outline(spec: DNASpec, max_candidates: int = 8) -> str:
    """Returns a short text about a space: sizes, names, ranges, and how they nest.

    `str(spec)` has every detail. Here, a decision takes one line, neighbours that
    differ in an index only share one, and of many candidates the first are shown.

    Args:
      spec: The space.
      max_candidates: Maximum number of candidates shown for a choice.

    Returns:
      A text of several lines.

    Example:
      >>> space = pg.Dict(
      ...     ops=[pg.oneof(['conv', 'pool']) for _ in range(5)],
      ...     head=pg.oneof(['none', pg.Dict(units=pg.intv(8, 64, 8))]),
      ...     rate=pg.floatv(1e-4, 1e-1, 'log', name='lr'))
      >>> print(pg.geno.outline(pg.dna_spec(space)))
      8 decisions, 1 of them conditional; infinitely many programs
      ops[0] to ops[4]: one of 'conv', 'pool'
      head: one of 2
        0 'none'
        1 {units=Int(min_value=8, max_value=64, step=8)}
          units: int from 8 to 64 in steps of 8
      rate 'lr': float from 0.0001 to 0.1 (log)
    """
    lines = [_headline(spec)]
    elements = spec.elements if spec.is_space else [spec]  # type: ignore[attr-defined]
    lines.extend(_lines(elements, _constraints(spec), max_candidates))
    return "\n".join(lines)


def _headline(spec: DNASpec) -> str:
    """Returns the numbers of decisions and programs as text."""
    total = len(spec.decision_ids)
    conditional = total - (len(spec.elements) if spec.is_space else 1)  # type: ignore[attr-defined]
    text = f"{total:,} decision{'' if total == 1 else 's'}"
    if conditional:
        text += f", {conditional:,} of them conditional"
    return f"{text}; {_count(spec.space_size)}"


def _count(size: int) -> str:
    """Returns the number of programs as text."""
    if size < 0:
        return "infinitely many programs"
    if size < _HUGE:
        return f"{size:,} program{'' if size == 1 else 's'}"
    return f"about 10^{int(math.log10(size))} programs"


def _constraints(spec: Any) -> Sequence[Any]:
    return spec.constraints if spec.is_space else ()


def _lines(
    points: Sequence[Any], constraints: Sequence[Any], max_candidates: int
) -> Iterator[str]:
    """Iterates over the lines of decision points side by side."""
    for first, last, body in _runs(points, max_candidates):
        label = _label(first)
        if last is not first:
            label = f"{label} to {_label(last)}"
        head, *rest = body
        yield f"{label}: {head}" if label else head
        yield from rest
    for constraint in constraints:
        yield f"constraint: {constraint.format()}"


def _label(point: Any) -> str:
    parts = [str(point.location), repr(point.name) if point.name else ""]
    return " ".join(part for part in parts if part)


def _runs(
    points: Sequence[Any], max_candidates: int
) -> Iterator[tuple[Any, Any, list[str]]]:
    """Groups neighbours that differ in an index only: the first, the last, the text."""
    first = last = None
    body: list[str] = []
    for point in points:
        lines = _body(point, max_candidates)
        if first is not None and lines == body and _follows(last, point):
            last = point
            continue
        if first is not None:
            yield first, last, body
        first = last = point
        body = lines
    if first is not None:
        yield first, last, body


def _follows(left: Any, right: Any) -> bool:
    """Returns whether two paths differ in one index, which is greater by one."""
    if left.name or right.name:
        return False
    pair: tuple[KeyPath, KeyPath] = (left.location, right.location)
    x, y = pair[0].keys, pair[1].keys
    if len(x) != len(y):
        return False
    unequal = [(a, b) for a, b in zip(x, y, strict=True) if a != b]
    if len(unequal) != 1:
        return False
    a, b = unequal[0]
    return isinstance(a, int) and isinstance(b, int) and b == a + 1


def _body(point: Any, max_candidates: int) -> list[str]:
    """Returns the text of a decision point, and lines for its candidates."""
    if point.is_categorical:
        return _choices_body(point, max_candidates)
    if point.is_custom_decision_point:
        return [f"custom {point.hyper_type}" if point.hyper_type else "custom"]
    kind = "int" if isinstance(point.min_value, int) else "float"
    text = f"{kind} from {point.min_value} to {point.max_value}"
    if getattr(point, "step", 1) > 1:
        text += f" in steps of {point.step}"
    return [f"{text} ({point.scale})" if point.scale else text]


def _choices_body(point: Any, max_candidates: int) -> list[str]:
    branches = point.branch_specs
    size, count = len(branches), point.num_choices
    text = "one of" if count == 1 else f"{count} of"
    rules = ""
    if count > 1:
        words = [word for word in ("distinct", "sorted") if getattr(point, word)]
        rules = f" ({', '.join(words or ['with repetition'])})"
    names = [str(point.format_candidate(i, "literal")) for i in range(size)]
    if not any(branches):
        shown = ", ".join(names[:max_candidates])
        more = f", ... ({size})" if size > max_candidates else ""
        return [f"{text} {shown}{more}{rules}"]
    lines = [f"{text} {size}{rules}"]
    for i, (name, branch) in enumerate(zip(names, branches, strict=True)):
        if branch is None and i >= max_candidates:
            continue
        lines.append(f"  {i} {name}")
        if branch is not None:
            inner = _lines(branch.elements, branch.constraints, max_candidates)
            lines.extend(f"    {line}" for line in inner)
    return lines
