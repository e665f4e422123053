"""Bayesian search."""

from pyglove.bayesian.gp_search import GP
from pyglove.bayesian.quasi_random import QuasiRandom
from pyglove.bayesian.tpe import TPE

__all__ = ["GP", "TPE", "QuasiRandom"]
