"""Walks a spec side by side with a DNA, or with the flat numbers of one."""

from collections.abc import Iterator
from typing import Any

from pyglove.geno.decision.decision import Numbers


def is_multi_choice(point: Any) -> bool:
    """Returns whether a decision point consists of several choices."""
    return bool(point.is_categorical and point.num_choices > 1)


def points(spec: Any, source: Any) -> Iterator[tuple[Any, Any]]:
    """Iterates over the decision points of a spec and the part of each.

    Args:
      spec: A space, which has its elements; or a decision point, which has itself.
      source: A DNA, a flat tuple of numbers, or None for a spec that is not active.
    """
    if not spec.is_space:
        yield spec, source
        return
    elements = spec.elements
    if source is None or len(elements) == 1:
        for element in elements:
            yield element, source
    else:
        yield from _parts(elements, source, spec.decisions)


def choices(point: Any, source: Any) -> Iterator[tuple[Any, Any]]:
    """Iterates over the choices of a multi-choice and the part of each.

    Args:
      point: A multi-choice.
      source: A DNA, a flat tuple of numbers, or None.
    """
    specs = point.choice_specs
    if source is None:
        for spec in specs:
            yield spec, None
    else:
        yield from _parts(specs, source, point.decisions.items[0])


def _parts(specs: Any, source: Any, layout: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(source, tuple):
        for spec, (start, end) in zip(specs, layout.spans(source, 0), strict=True):
            yield spec, source[start:end]
    else:
        yield from zip(specs, source.children, strict=True)


def opened(candidate: Any, source: Any) -> Iterator[tuple[Any, Any]]:
    """Iterates over the decision points that a choice opens and the part of each.

    Args:
      candidate: The space of the candidate that was chosen.
      source: DNA or numbers of the choice.
    """
    elements = candidate.elements
    if not elements:
        return
    if isinstance(source, tuple):
        yield from points(candidate, source[1:])
    elif len(elements) > 1:
        yield from points(candidate, source)
    else:
        # The choices of a lone multi-choice are children of what opens it.
        element = elements[0]
        yield element, source if is_multi_choice(element) else source.children[0]


def literal_value(spec: Any, numbers: Numbers) -> Any:
    """Returns the literal value of a DNA; see `DNA.literal_value`."""
    if spec.is_space:
        values = [literal_value(point, part) for point, part in points(spec, numbers)]
        return values or None
    if is_multi_choice(spec):
        return [literal_value(point, part) for point, part in choices(spec, numbers)]
    value = numbers[0]
    if not spec.is_categorical:
        return str(value)
    inner = [
        literal_value(p, part) for p, part in opened(spec.candidates[value], numbers)
    ]
    if not inner:
        return spec.format_candidate(value, "literal")
    own = spec.format_candidate(value, "choice")
    return _below(own, inner[0] if len(inner) == 1 else inner)


def _below(choice: Any, value: Any) -> Any:
    """Returns literal values of the decisions of a choice, each after the choice."""
    if isinstance(value, list):
        return [_below(choice, item) for item in value]
    return f"{choice} -> {value}"


def nodes(dna: Any) -> list[tuple[Any, Any]]:
    """Lists all decision points of the spec of a DNA, active or not.

    Args:
      dna: A DNA that is bound to a spec.

    Returns:
      Pairs of a decision point and its node: None if it is not active, a list of nodes
      for a multi-choice.
    """
    found: list[tuple[Any, Any]] = []
    for point, node in points(dna.spec, dna):
        _collect(point, node, found)
    return found


def _collect(point: Any, node: Any, found: list[tuple[Any, Any]]) -> None:
    if is_multi_choice(point):
        parts = list(choices(point, node))
        found.append((point, None if node is None else [part for _, part in parts]))
        for choice, part in parts:
            _collect(choice, part, found)
        return
    found.append((point, node))
    if not point.is_categorical:
        return
    for i, candidate in enumerate(point.candidates):
        is_chosen = node is not None and i == node.value
        inner = opened(candidate, node) if is_chosen else points(candidate, None)
        for inner_point, part in inner:
            _collect(inner_point, part, found)


def nodes_by_key(dna: Any) -> dict[str, Any]:
    """Returns the nodes of a DNA by id and, if active, by name."""
    found = nodes(dna)
    result: dict[str, Any] = {str(point.id): node for point, node in found}
    for name, node in _by_name(found).items():
        if node is not None:
            result[name] = node
    return result


def nodes_by_name(dna: Any) -> dict[str, Any]:
    """Returns the nodes of a DNA by the names of decision points."""
    return _by_name(nodes(dna))


def _by_name(found: list[tuple[Any, Any]]) -> dict[str, Any]:
    """Groups nodes by name; several active nodes of one name form a list."""
    result: dict[str, Any] = {}
    for point, node in found:
        name = point.name
        if not name or point.is_subchoice:
            continue
        present = result.get(name)
        result[name] = node if present is None else [*_list(present), *_list(node)]
    return result


def _list(nodes: Any) -> list[Any]:
    return nodes if isinstance(nodes, list) else [nodes]
