"""Searches a table with the published PyGlove, in an environment that has it.

    python examples/algorithms_published.py rewards.npy 300 1

prints the rewards of 300 evaluations as JSON. The file holds an array with a dimension
for each decision.
"""

import json
import sys

import numpy as np

import pyglove as pg


def search(rewards: np.ndarray, num_evaluations: int, seed: int) -> list[float]:
    """Searches with regularized evolution; returns the rewards in order."""
    sizes = enumerate(rewards.shape)
    space = pg.Dict({f"x{i}": pg.oneof(range(size)) for i, size in sizes})
    algorithm = pg.evolution.regularized_evolution(
        pg.evolution.mutators.Uniform(seed=seed),
        population_size=20,
        tournament_size=10,
        seed=seed,
    )
    found = []
    for program, feedback in pg.sample(space, algorithm, num_evaluations):
        reward = float(rewards[tuple(program.values())])
        found.append(reward)
        feedback(reward)
    return found


if __name__ == "__main__":
    path, count, number = sys.argv[1:]
    print(json.dumps(search(np.load(path), int(count), int(number))))
