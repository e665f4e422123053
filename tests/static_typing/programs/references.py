"""Values that stand for other values."""

from typing import assert_type

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Holder(pg.Object):
    leaf: Leaf
    leaves: list[Leaf] = []
    shared: pg.Ref[Leaf] = pg.Ref(Leaf())


leaf = Leaf(1)
Holder(pg.Ref(leaf), [pg.Ref(leaf)])
assert_type(Holder(pg.Ref(leaf)).leaf, Leaf)
assert_type(Holder(leaf, shared=leaf).shared, Leaf)
Holder(leaf, shared=pg.Ref(leaf))
Holder(leaf, shared=1)  # error
reference = Holder(pg.Ref(leaf)).sym_getattr("leaf")
assert isinstance(reference, pg.Ref)
assert_type(reference, pg.Ref)


class Layer(pg.ContextualObject):
    width: int = pg.contextual_attribute()
    depth: int = 2


class Model(pg.ContextualObject):
    width: int
    layer: Layer


model = Model(8, Layer())
assert_type(model.layer.width, int)
Model("wide", Layer())  # error
with model.override(width=3), pg.contextual_override(width=4):
    model.layer.width


class Depth(pg.symbolic.InferredValue):
    def infer(self, **kwargs: object) -> int:
        return self.sym_path.depth


Model(8, Layer(pg.symbolic.ValueFromParentChain()))
Leaf(Depth())
