"""Placeholders stand where a value of a field would."""

from typing import Any, Literal, assert_type

import pyglove as pg


class Layer(pg.Object):
    units: int = 8
    rate: float = 0.1
    mode: Literal["train", "eval"] = "train"
    parent: "Layer | None" = None
    sizes: list[int] = [1, 2]
    layers: list["Layer"] = []


Layer(pg.oneof([1, 2]))
Layer(units=pg.intv(1, 8, step=2))
Layer(rate=pg.floatv(1e-4, 1e-1, "log"))
Layer(rate=pg.oneof([0.1, 1]))
Layer(mode=pg.oneof(["train", "eval"]))
Layer(parent=pg.oneof([None, Layer(1)]))
Layer(sizes=pg.manyof(2, [1, 2, 3]))
Layer(sizes=pg.permutate([1, 2, 3]))
Layer(sizes=[pg.oneof([1, 2]), 3])
Layer(layers=[pg.oneof([Layer(1), Layer(2)])])
Layer(layers=pg.manyof(2, [Layer(1), Layer(2)]))
Layer(parent=pg.evolve(Layer(1), lambda k, v, p: v))
Layer(units=pg.oneof(["one", "two"]))  # error
Layer(units=pg.floatv(0.0, 1.0))  # error
Layer(sizes=pg.oneof([1, 2]))  # error
Layer(sizes=pg.manyof(2, ["a", "b"]))  # error

space = Layer(pg.oneof([1, 2]))
assert_type(space, Layer)
assert_type(pg.dna_spec(space), pg.DNASpec)
assert_type(pg.materialize(space, pg.DNA(1)), Layer)
assert_type(pg.template(space).decode(pg.DNA(1)), Any)
assert_type(pg.template(space).encode(Layer(2)), pg.DNA)
assert_type(next(pg.iter(space)), Layer)
assert_type(next(pg.random_sample(space, seed=1)).units, int)
pg.materialize(space)  # error
for program, give in pg.iter(space, 1, pg.geno.Random(seed=1), force_feedback=True):
    assert_type(program, Layer)
    give(1.0)
