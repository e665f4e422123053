"""Fingerprint: tells spaces apart by a short text, in other processes too."""

from collections.abc import Iterator
from typing import Any


def fingerprint(spec: Any) -> str:
    """Returns a text that equal spaces share, and others do not.

    It goes by the decisions, where they are, and what candidates are called if these
    are numbers or strings. (What other candidates are called may differ from process to
    process. Constraints and hints do not count.)

    Args:
      spec: The space.

    Example:
      >>> from pyglove.geno.generator.fingerprint import fingerprint
      >>> spaces = [pg.oneof([1, 2]), pg.oneof([1, 3]), pg.oneof([1, 2])]
      >>> x, y, z = [fingerprint(pg.dna_spec(space)) for space in spaces]
      >>> x == z, x == y
      (True, False)
    """
    import hashlib  # Few programs save states, and all import this.

    hashed = hashlib.sha256()
    # Spaces, with how deep they are.
    pending: list[tuple[int, Any]] = [(0, spec)]
    while pending:
        depth, point = pending.pop()
        if point.is_space:
            pending.extend((depth, element) for element in reversed(point.elements))
            continue
        hashed.update(repr((depth, *_features(point))).encode())
        if point.is_categorical:
            branches = list(enumerate(point.branch_specs))
            for i, branch in reversed(branches):
                if branch is not None:
                    hashed.update(repr((depth, i)).encode())
                    pending.append((depth + 1, branch))
    return hashed.hexdigest()[:16]


def _features(point: Any) -> Iterator[Any]:
    """Iterates over the features that identify a decision point."""
    yield str(point.location)
    yield point.name
    if point.is_categorical:
        yield len(point.branch_specs)
        yield point.num_choices
        yield bool(point.distinct)
        yield bool(point.sorted)
        yield [_plain(literal) for literal in point.literal_values or ()]
    elif point.is_numerical:
        yield point.min_value
        yield point.max_value
        yield getattr(point, "step", None)
        yield point.scale
    else:
        yield "custom"


def _plain(literal: Any) -> Any:
    """Returns a literal value that is the same in all processes, or None."""
    if isinstance(literal, str):
        return literal if literal[:1] in ("'", '"') else None
    return literal
