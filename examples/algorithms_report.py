"""What the algorithms found: a table for the terminal and a picture."""

import math
import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from algorithms_table import Table

# Where a Student distribution has 2.5 % above, by degrees of freedom from 1 on.
_STUDENT = (
    *(12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16),
    *(2.14, 2.13, 2.12, 2.11, 2.10, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06),
)
GREY = "#5F6368"
# Okabe and Ito's colours stay apart for colour-blind readers.
SHOWN = {
    "pg.auto": ("#D55E00", "-"),
    "Optuna GPSampler": ("#0072B2", "-"),
    "pg.bayesian.TPE": ("#E69F00", "--"),
    "Optuna TPE": ("#56B4E9", "--"),
    "pg regularized evolution": ("#009E73", "-."),
    "Nevergrad NGOpt": ("#CC79A7", "-."),
    "pg.geno.Random": ("#999999", ":"),
}

# By algorithm, table and budget: regrets after each evaluation, [searches, budget].
Curves = dict[tuple[str, str, int], np.ndarray]


def report(
    tables: Sequence[Table],
    names: Sequence[str],
    budgets: Sequence[int],
    curves: Curves,
    seconds: dict[str, float],
) -> str:
    """Returns the regrets in rows.

    Args:
      tables: What was searched.
      names: The algorithms.
      budgets: After how many evaluations regrets are shown.
      curves: The regrets.
      seconds: By algorithm, what an evaluation costs.
    """
    cells = [(table.name, budget) for table in tables for budget in budgets]
    ranks = average_ranks(names, cells, curves)
    order = sorted(names, key=ranks.__getitem__)
    header = ["algorithm", *[f"{t} {b}" for t, b in cells], "rank", "ms", "seeds"]
    rows = [header]
    for name in order:
        found = [curves[name, table, budget][:, -1] for table, budget in cells]
        counts = sorted({len(values) for values in found})
        rows.append(
            [
                name,
                *[f"{values.mean():.2f}±{interval(values):.2f}" for values in found],
                f"{ranks[name]:.1f}",
                f"{1e3 * seconds[name]:.2f}",
                "-".join(str(count) for count in {counts[0]: 0, counts[-1]: 0}),
            ]
        )
    return _aligned(rows)


def average_ranks(
    names: Sequence[str], cells: Sequence[tuple[str, int]], curves: Curves
) -> dict[str, float]:
    """Returns the mean of the ranks by mean regret; equals share theirs."""
    total = dict.fromkeys(names, 0.0)
    for table, budget in cells:
        means = {n: round(curves[n, table, budget][:, -1].mean(), 6) for n in names}
        for name in names:
            better = sum(mean < means[name] for mean in means.values())
            equal = sum(mean == means[name] for mean in means.values())
            total[name] += (better + (equal + 1) / 2) / len(cells)
    return total


def interval(values: np.ndarray) -> float:
    """Returns half the width of the 95 % interval of a mean."""
    if len(values) < 2:
        return math.inf
    factor = _STUDENT[len(values) - 2] if len(values) - 2 < len(_STUDENT) else 2.0
    return float(factor * values.std(ddof=1) / math.sqrt(len(values)))


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    lines = []
    for first, *rest in rows:
        cells = [text.rjust(w) for text, w in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]))
    return "\n".join(lines)


def picture(
    tables: Sequence[Table],
    budgets: Sequence[int],
    curves: Curves,
    path: pathlib.Path,
) -> None:
    """Draws the mean regret after each evaluation, a panel for each table.

    Where fewer searches are as long as the greatest budget than as the least, these are
    shown as far as they go, and the rest of those is pale.

    Args:
      tables: What was searched.
      budgets: The budgets, in increasing order.
      curves: The regrets.
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
            1, len(tables), figsize=(14, 4.2), layout="constrained", sharey=True
        )
        for axes, table in zip(panels, tables, strict=True):
            _draw(axes, table, budgets, curves)
        panels[0].set_ylabel("regret, % (linear below 1)")
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="outside lower center", ncols=7, frameon=False
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=130)
        pyplot.close(figure)


def _draw(axes: Any, table: Table, budgets: Sequence[int], curves: Curves) -> None:
    first, last = budgets[0], budgets[-1]
    for name, (color, line) in SHOWN.items():
        short, long = (curves.get((name, table.name, n)) for n in (first, last))
        if short is None or long is None:
            continue
        width = 2.4 if name == "pg.auto" else 1.5
        style = {"color": color, "linestyle": line, "linewidth": width}
        start = 0
        if len(short) > len(long):
            start = first
            count = np.arange(1, first + 1)
            axes.plot(count, short.mean(axis=0), label=name, **style)
            style["alpha"] = 0.35
        else:
            style["label"] = name
        count = np.arange(start + 1, last + 1)
        axes.plot(count, long.mean(axis=0)[start:], **style)
    axes.set_yscale("symlog", linthresh=1.0)
    ticks = [0, 0.5, 1, 2, 5, 10, 20, 50]
    axes.set_yticks(ticks, map(str, ticks))
    axes.set_ylim(0, 100)
    axes.set_xlim(1, last)
    axes.set_xlabel("evaluations")
    axes.set_title(table.name, loc="left", fontweight="bold", fontsize=11)
