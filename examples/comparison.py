"""Sets what several algorithms find side by side, over many seeds."""

import statistics
from collections.abc import Callable, Sequence
from typing import Any

import pyglove as pg
from progress import progress

# Makes a search algorithm from a seed.
MakeAlgorithm = Callable[[int], pg.DNAGenerator]


def best_so_far(
    space: Any,
    evaluate: Callable[[Any], float],
    algorithm: pg.DNAGenerator,
    evaluations: int,
) -> list[float]:
    """Searches, and returns the greatest reward so far after each evaluation."""
    found: list[float] = []
    for example, feedback in pg.sample(space, algorithm, evaluations):
        reward = evaluate(example)
        feedback(reward)
        found.append(max(reward, found[-1]) if found else reward)
    return found


def compare(
    space: Any,
    evaluate: Callable[[Any], float],
    algorithms: dict[str, MakeAlgorithm],
    evaluations: int,
    seeds: int,
) -> dict[str, list[list[float]]]:
    """Searches with each algorithm from seeds 1, 2, ...

    Args:
      space: The search space.
      evaluate: Gives the reward of an example.
      algorithms: The algorithms by name.
      evaluations: How many examples each search may evaluate.
      seeds: How many searches there are of each kind.

    Returns:
      For each algorithm, what `best_so_far` returned for each search.
    """
    found: dict[str, list[list[float]]] = {}
    jobs = [(name, seed) for name in algorithms for seed in range(1, seeds + 1)]
    for name, seed in progress(jobs, "searches"):
        algorithm = algorithms[name](seed)
        found.setdefault(name, []).append(
            best_so_far(space, evaluate, algorithm, evaluations)
        )
    return found


def mean(values: Sequence[float], digits: int = 1) -> str:
    """Mean and standard deviation, for a table."""
    deviation = statistics.pstdev(values)
    return f"{statistics.mean(values):,.{digits}f} ± {deviation:.{digits}f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines of aligned columns, of which the first one is to the left."""
    lines = [list(header), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(
            [first.ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        ).rstrip()
        for first, *rest in lines
    )
