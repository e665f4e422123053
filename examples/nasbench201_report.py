"""What searches on NAS-Bench-201 found: a table for the terminal and a picture."""

import dataclasses
import pathlib
import statistics
from typing import Any

import numpy as np

from nasbench201_table import Benchmark

# Okabe and Ito's colours stay apart for colour-blind readers.
COLORS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7")
GREY = "#5F6368"
TIME_STEPS = 400


@dataclasses.dataclass
class Search:
    """What one search did.

    Attributes:
      seconds: Simulated time at the end of each training.
      accuracy: Reported accuracy, in %, of the best cell at each of these times.
      best: The cell that was found.
      overhead_seconds: Real time spent on anything but looking trainings up.
    """

    seconds: list[float] = dataclasses.field(default_factory=list)
    accuracy: list[float] = dataclasses.field(default_factory=list)
    best: Any = None
    overhead_seconds: float = 0.0


# The searches of each algorithm, under the algorithm's name.
Searches = dict[str, list[Search]]


def table(benchmarks: list[Benchmark], results: dict[str, Searches]) -> str:
    """The results in rows: mean and standard deviation over the searches.

    Args:
      benchmarks: The image sets.
      results: The searches on each image set, under its name.

    Returns:
      Lines of aligned columns.
    """
    rows = [("image set", "algorithm", "accuracy, %", "regret, %", "cells trained")]
    for benchmark in benchmarks:
        for method, mean, deviation in benchmark.published:
            rows.append(_row(benchmark, f"{method} (published)", mean, deviation))
        for name, searches in results[benchmark.name].items():
            found = [search.accuracy[-1] for search in searches]
            mean, deviation = statistics.mean(found), statistics.pstdev(found)
            trained = statistics.mean(len(search.seconds) for search in searches)
            rows.append(_row(benchmark, name, mean, deviation, f"{trained:.1f}"))
        everything = f"{len(benchmark.cells):,}"
        rows.append(
            _row(benchmark, "the best there is", benchmark.optimum, 0, everything)
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = []
    for image_set, algorithm, *numbers in rows:
        cells = [image_set.ljust(widths[0]), algorithm.ljust(widths[1])]
        cells += [
            text.rjust(width) for text, width in zip(numbers, widths[2:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _row(
    benchmark: Benchmark, name: str, mean: float, deviation: float, trained: str = ""
) -> tuple[str, ...]:
    accuracy = f"{mean:.2f} ± {deviation:.2f}" if deviation else f"{mean:.2f}       "
    return benchmark.name, name, accuracy, f"{benchmark.optimum - mean:.2f}", trained


def picture(
    benchmarks: list[Benchmark], results: dict[str, Searches], path: pathlib.Path
) -> None:
    """Draws the best accuracy over simulated time, one panel for each image set.

    Args:
      benchmarks: The image sets.
      results: The searches on each image set, under its name.
      path: Where the picture is written (its directory is made).
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    style = {
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "axes.labelcolor": "#202124",
    }
    with pyplot.rc_context(style):
        figure, panels = pyplot.subplots(
            1, len(benchmarks), figsize=(12, 4.2), layout="constrained"
        )
        for axes, benchmark in zip(panels, benchmarks, strict=True):
            _draw(axes, benchmark, results[benchmark.name])
        panels[0].set_ylabel(f"{benchmarks[0].measure} of the best cell so far, %")
        count = max(len(one) for one in results[benchmarks[0].name].values())
        figure.supxlabel(
            f"simulated training time, hours      (line: mean of {count} searches; "
            "band: the middle 80 % of them)",
            fontsize=10,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150)
        pyplot.close(figure)


def _draw(axes: Any, benchmark: Benchmark, searches: Searches) -> None:
    hours = np.linspace(0, benchmark.budget_seconds, TIME_STEPS) / 3600
    floor = benchmark.optimum
    for (name, done), color in zip(searches.items(), COLORS, strict=False):
        curves = np.array([_curve(search, hours * 3600) for search in done])
        # Before the slowest search has its first cell there is no mean to show.
        known = ~np.isnan(curves).any(axis=0)
        low, high = np.percentile(curves[:, known], (10, 90), axis=0)
        mean = curves[:, known].mean(axis=0)
        axes.fill_between(hours[known], low, high, color=color, alpha=0.12, linewidth=0)
        for edge in (low, high):
            axes.plot(hours[known], edge, color=color, alpha=0.45, linewidth=0.8)
        axes.plot(hours[known], mean, color=color, linewidth=2, label=name)
        floor = min(floor, np.percentile(low, 12))
    axes.axhline(benchmark.optimum, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(
        f"the best of all {len(benchmark.cells):,} cells: {benchmark.optimum:.2f}",
        (hours[-1], benchmark.optimum),
        xytext=(0, 4),
        textcoords="offset points",
        ha="right",
        color=GREY,
        fontsize=9,
    )
    axes.set_xlim(0, hours[-1])
    axes.set_ylim(floor, benchmark.optimum + 0.1 * (benchmark.optimum - floor))
    axes.set_title(benchmark.name, loc="left", fontweight="bold", fontsize=11)
    axes.legend(loc="lower right", frameon=False)


def _curve(search: Search, times: np.ndarray) -> np.ndarray:
    """The accuracy of the best cell at each of `times`; NaN before the first cell."""
    accuracy = np.array([np.nan, *search.accuracy])
    return accuracy[np.searchsorted(search.seconds, times, side="right")]
