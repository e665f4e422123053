"""Programs by number: the same seed gives the same programs everywhere."""

import dataclasses
from collections.abc import Callable

from fuzz import containers, functors, genomes, objects, operators, paths, spaces, specs
from fuzz.source import Source

# Areas, with how many of a hundred programs are about each.
WRITERS: dict[str, tuple[int, Callable[[Source], None]]] = {
    "objects": (25, objects.write),
    "containers": (20, containers.write),
    "functors": (10, functors.write),
    "spaces": (14, spaces.write),
    "genomes": (10, genomes.write),
    "paths": (8, paths.write),
    "specs": (9, specs.write),
    "operators": (4, operators.write),
}
AREAS = [area for area, (weight, _) in WRITERS.items() for _ in range(weight)]


@dataclasses.dataclass(frozen=True)
class Program:
    """A program.

    Attributes:
      area: What it is about.
      statements: Its lines.
    """

    area: str
    statements: list[str]


def program(seed: int, number: int, areas: list[str] | None = None) -> Program:
    """The program of that number in the sequence that a seed stands for."""
    s = Source(f"{seed}/{number}")
    area = s.pick(areas or AREAS)
    WRITERS[area][1](s)
    return Program(area, s.lines)
