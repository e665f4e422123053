"""The search loop and search algorithms."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, assert_type

import pyglove as pg


class Layer(pg.Object):
    units: int


space = Layer(pg.oneof([1, 2, 3]))
for example, feedback in pg.sample(space, pg.geno.Random(seed=1), num_examples=2):
    assert_type(example, Layer)
    assert_type(example.units, int)
    assert_type(feedback.dna, pg.DNA)
    feedback(float(example.units))

for dna, feedback in pg.sample(pg.dna_spec(space), pg.geno.Random(seed=1), 2):
    assert_type(dna, pg.DNA)
    feedback(1.0)

context = pg.hyper.trace(lambda: pg.oneof([1, 2]))
for scope, feedback in pg.sample(context, pg.geno.Random(seed=1), 2):
    assert_type(scope, Callable[[], AbstractContextManager[Any]])
    feedback(1.0)

for value, feedback in pg.sample(pg.template(space), pg.geno.Random(seed=1), 2):
    assert_type(value, Any)
    feedback(1.0)

pg.sample(space)  # error
next(pg.sample(space, "random"))  # error


class Rotating(pg.DNAGenerator):
    """A generator of its own."""

    seed: int | None = None
    start: int = 0

    def _setup(self) -> None:
        self._random = random.Random(self.seed)

    def _propose(self) -> pg.DNA:
        return pg.random_dna(self.dna_spec, self._random)

    def _feedback(self, dna: pg.DNA, reward: float) -> None:
        self._last = dna, reward


Rotating(seed=1)
Rotating(1, start=2)
Rotating(seed="one")  # error
for example, feedback in pg.sample(space, Rotating(1), num_examples=2):
    feedback(1.0)

pg.geno.Random(seed="one")  # error
pg.evolution.regularized_evolution(population_size=10, tournament_size=2, seed=1)
pg.scalars.Uniform(1, 3, seed=1)
pg.scalars.Normal(0.0, 1.0)
pg.geno.Space([pg.geno.oneof([pg.geno.constant(), pg.geno.constant()])])
pg.DNA([0, 1, (1, [2, 3])])
