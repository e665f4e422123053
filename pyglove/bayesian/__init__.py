"""Bayesian search: models of rewards, and searches that need no model.

`pg.auto` is the algorithm to take when one does not know which.
"""

from pyglove.bayesian.auto import Auto, auto
from pyglove.bayesian.gp_search import GP
from pyglove.bayesian.grid import Grid
from pyglove.bayesian.optuna_search import OptunaSearch
from pyglove.bayesian.quasi_random import QuasiRandom
from pyglove.bayesian.scalarization import chebyshev, random_weights, scalarize
from pyglove.bayesian.tpe import TPE

__all__ = [
    "auto",
    "Auto",
    "GP",
    "TPE",
    "QuasiRandom",
    "Grid",
    "OptunaSearch",
    "chebyshev",
    "random_weights",
    "scalarize",
]


def __dir__() -> list[str]:
    return sorted(__all__)
