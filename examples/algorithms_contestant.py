"""Those who search: the algorithms of this library, of Optuna and of Nevergrad.

Each is a function of a table, a number of evaluations and a seed that returns the
rewards of what it evaluated, in order. Peers are used as their documentation says: in
Optuna, decisions are categorical parameters; in Nevergrad, choices, optimized with
`deterministic=True`.
"""

import dataclasses
import functools
import json
import pathlib
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

import pyglove as pg
from algorithms_table import Table

# The part of all searches that those get which take their time.
_OTHER_SEEDS = 0.2

Search = Callable[[Table, int, int], list[float]]


@dataclasses.dataclass(frozen=True)
class Contestant:
    """An algorithm.

    Attributes:
      name: What it is called in the table.
      search: Runs it.
      knows_budget: Whether it behaves differently for another number of evaluations.
      seeds: How many searches of it there are, as a part of all.
      is_slow: Whether it takes so long that time decides how many searches there are.
    """

    name: str
    search: Search
    knows_budget: bool = False
    seeds: float = 1.0
    is_slow: bool = False


# ---- This library -----------------------------------------------------------


def _auto(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.auto(budget=num_evaluations, seed=seed)


def _tpe(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.bayesian.TPE(seed=seed)


def _ppo(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.reinforce.PPO(seed=seed)


def _evolution(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.evolution.regularized_evolution(
        pg.evolution.mutators.Uniform(seed=seed),
        population_size=20,
        tournament_size=10,
        seed=seed,
    )


def _quasi_random(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.bayesian.QuasiRandom(seed)


def _random(num_evaluations: int, seed: int) -> pg.DNAGenerator:
    return pg.geno.Random(seed)


def search_here(
    make: Callable[[int, int], pg.DNAGenerator],
    table: Table,
    num_evaluations: int,
    seed: int,
) -> list[float]:
    """Searches with an algorithm of this library."""
    rewards = []
    algorithm = make(num_evaluations, seed)
    for dna, feedback in pg.sample(table.space, algorithm, num_evaluations):
        reward = float(table.rewards[tuple(dna.to_numbers())])
        rewards.append(reward)
        feedback(reward)
    return rewards


# ---- Peers ------------------------------------------------------------------


def search_optuna(
    sampler: str, table: Table, num_evaluations: int, seed: int
) -> list[float]:
    """Searches with a sampler of Optuna."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    rewards = []
    with warnings.catch_warnings():
        # Samplers that are marked as experimental say so.
        warnings.simplefilter("ignore")
        made = getattr(optuna.samplers, sampler)(seed=seed)
        study = optuna.create_study(direction="maximize", sampler=made)
        for _ in range(num_evaluations):
            trial = study.ask()
            index = tuple(
                candidates.index(trial.suggest_categorical(name, candidates))
                for name, candidates in table.choices.items()
            )
            reward = float(table.rewards[index])
            rewards.append(reward)
            study.tell(trial, reward)
    return rewards


def search_nevergrad(
    optimizer: str, table: Table, num_evaluations: int, seed: int
) -> list[float]:
    """Searches with an optimizer of Nevergrad."""
    import nevergrad as ng

    rewards = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        choices: list[Any] = [
            ng.p.Choice(range(len(candidates)), deterministic=True)
            for candidates in table.choices.values()
        ]
        space = ng.p.Instrumentation(*choices)
        space.random_state.seed(seed)
        search = ng.optimizers.registry[optimizer](space, budget=num_evaluations)
        for _ in range(num_evaluations):
            candidate = search.ask()
            reward = float(table.rewards[candidate.args])
            rewards.append(reward)
            search.tell(candidate, -reward)
    return rewards


def search_published(
    python: str, table: Table, num_evaluations: int, seed: int
) -> list[float]:
    """Searches with regularized evolution of the published PyGlove.

    Args:
      python: The interpreter of an environment that has it.
      table: The table.
      num_evaluations: How many evaluations.
      seed: The seed.
    """
    script = pathlib.Path(__file__).with_name("algorithms_published.py")
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "rewards.npy"
        np.save(path, table.rewards)
        arguments = [python, script, path, str(num_evaluations), str(seed)]
        done = subprocess.run(
            arguments, stdout=subprocess.PIPE, text=True, check=True, cwd=directory
        )
    rewards: list[float] = json.loads(done.stdout)
    return rewards


def published(python: str) -> Contestant:
    """Returns the published evolution, which runs in an environment of its own."""
    search = functools.partial(search_published, python)
    return Contestant("published regularized evolution", search, seeds=_OTHER_SEEDS)


_HERE = {
    "pg.auto": _auto,
    "pg.bayesian.TPE": _tpe,
    "pg.reinforce.PPO": _ppo,
    "pg regularized evolution": _evolution,
    "pg.bayesian.QuasiRandom": _quasi_random,
    "pg.geno.Random": _random,
}
_OPTUNA = {
    "Optuna TPE": "TPESampler",
    "Optuna NSGA-II": "NSGAIISampler",
    "Optuna random": "RandomSampler",
}
_NEVERGRAD = {
    "Nevergrad NGOpt": "NGOpt",
    "Nevergrad portfolio (1+1)": "PortfolioDiscreteOnePlusOne",
    "Nevergrad DE": "DE",
}

CONTESTANTS = [
    *[
        Contestant(
            name, functools.partial(search_here, make), knows_budget=make is _auto
        )
        for name, make in _HERE.items()
    ],
    Contestant(
        "Optuna GPSampler",
        functools.partial(search_optuna, "GPSampler"),
        is_slow=True,
    ),
    *[
        Contestant(name, functools.partial(search_optuna, sampler))
        for name, sampler in _OPTUNA.items()
    ],
    *[
        Contestant(
            name,
            functools.partial(search_nevergrad, optimizer),
            knows_budget=True,
            seeds=_OTHER_SEEDS,
        )
        for name, optimizer in _NEVERGRAD.items()
    ],
]
