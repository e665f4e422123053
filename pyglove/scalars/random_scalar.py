"""Random scalars: numbers that are drawn at each step."""

import abc
import random
from dataclasses import KW_ONLY
from typing import Annotated, Any

from pyglove import utils
from pyglove.scalars.base import Scalar
from pyglove.symbolic import use_init_args


class RandomScalar(Scalar):
    """Base of scalars whose values are drawn at random.

    The same seed gives the same sequence of values, regardless of the steps. Subclasses
    implement `next_value`.
    """

    # Constructors take it last.
    _: KW_ONLY
    seed: Annotated[
        int | random.Random | None,
        "Seed or generator of the sequence; None for another each time.",
    ] = None

    def _on_bound(self) -> None:
        super()._on_bound()
        seed = self.seed
        self._random = seed if isinstance(seed, random.Random) else random.Random(seed)

    def call(self, step: int) -> Any:
        """Draws a value."""
        return self.next_value()

    @abc.abstractmethod
    def next_value(self) -> Any:
        """Draws a value. Subclasses implement it, out of `self._random`."""


@use_init_args(["low", "high", "seed"])
class Uniform(RandomScalar):
    """Drawn uniformly between two bounds; an integer if both of them are.

    Example:
      >>> pg.scalars.Uniform(1, 3, seed=1)(0) in (1, 2, 3)
      True
    """

    low: Annotated[int | float, "The lower bound, included."] = 0.0
    high: Annotated[int | float, "The upper bound, included."] = 1.0

    def _on_bound(self) -> None:
        super()._on_bound()
        if self.low > self.high:
            raise utils.PyGloveValueError(
                "Expected `low` to be no greater than `high`, "
                f"got low={self.low!r}, high={self.high!r}."
            )

    def next_value(self) -> int | float:
        """Draws a value."""
        if isinstance(self.low, int) and isinstance(self.high, int):
            return self._random.randint(self.low, self.high)
        return self._random.uniform(self.low, self.high)


@use_init_args(["low", "high", "mode", "seed"])
class Triangular(RandomScalar):
    """Drawn from a triangular distribution; an integer if both bounds are."""

    low: Annotated[int | float, "The lower bound."] = 0.0
    high: Annotated[int | float, "The upper bound."] = 1.0
    mode: Annotated[
        int | float | None, "The value drawn most often; None is the middle."
    ] = None

    def next_value(self) -> int | float:
        """Draws a value."""
        value = self._random.triangular(self.low, self.high, self.mode)
        if isinstance(self.low, int) and isinstance(self.high, int):
            return int(value)
        return value


@use_init_args(["mean", "std", "seed"])
class Gaussian(RandomScalar):
    """Drawn from a normal distribution."""

    mean: Annotated[float, "Mean of the distribution."]
    std: Annotated[float, "Its standard deviation."]

    def next_value(self) -> float:
        """Draws a value."""
        return self._random.gauss(self.mean, self.std)


@use_init_args(["mean", "std", "seed"])
class Normal(RandomScalar):
    """Drawn from a normal distribution, by another method than `Gaussian`."""

    mean: Annotated[float, "Mean of the distribution."]
    std: Annotated[float, "Its standard deviation."]

    def next_value(self) -> float:
        """Draws a value."""
        return self._random.normalvariate(self.mean, self.std)


@use_init_args(["mean", "std", "seed"])
class LogNormal(RandomScalar):
    """Drawn from a distribution whose logarithm is normal."""

    mean: Annotated[float, "Mean of the logarithm."]
    std: Annotated[float, "Its standard deviation."]

    def next_value(self) -> float:
        """Draws a value."""
        return self._random.lognormvariate(self.mean, self.std)


for _cls in (
    RandomScalar,
    Uniform,
    Triangular,
    Gaussian,
    Normal,
    LogNormal,
):
    # The name that files know it by.
    _cls.register_for_deserialization(f"pyglove.ext.scalars.randoms.{_cls.__name__}")
