"""Names of the library, those that are loaded late included."""

from typing import Any, assert_type

import pyglove as pg


class Leaf(pg.Object):
    x: int = 1


class Other(Leaf):
    pass


leaf = Leaf()
assert_type(pg.patch_on_key(leaf, "x", value=2), Leaf)
assert_type(pg.patch(leaf, []), Any)
with pg.detour([(Leaf, Other)]):
    pass
pg.patching.patcher_names()
pg.evolution.hill_climb(seed=1)
pg.scalars.linear(10, 1.0, 2.0)
pg.detouring.current_mappings()
assert_type(pg.object_utils.KeyPath.parse("a.b"), pg.KeyPath)
assert_type(pg.KeyPath.parse("a.b").depth, int)
with pg.allow_writable_accessors(True), pg.notify_on_change(False):
    leaf.x = 3
with pg.as_sealed(False), pg.allow_partial(True), pg.enable_type_check(False):
    pass
pg.nothing  # error
pg.symbolic.nothing  # error
