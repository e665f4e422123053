"""Symbolic dicts and lists."""

from typing import Any, assert_type

import pyglove as pg

config = pg.Dict(x=1, y=pg.Dict(z=2))
config.x
config["x"]
config.y.z
config.w = 3
config["q"] = 1
del config.w
assert_type(config.rebind({"y.z": 3}), pg.Dict)
assert_type(config.clone(), pg.Dict)
assert_type(config.to_json_str(), str)
assert_type(pg.clone(config), pg.Dict)
empty = pg.Dict()
empty.update(a=1)
for key, item in config.items():
    assert_type(item, Any)


def total(counts: pg.Dict[str, int], sizes: pg.List[int]) -> int:
    assert_type(counts["a"], int)
    return sum(counts.values()) + sum(sizes)


assert_type(total(pg.Dict(a=1), pg.List([1, 2])), int)

sizes = pg.List([1, 2])
assert_type(sizes, pg.List[int])
assert_type(sizes[0], int)
assert_type(sizes.rebind({0: 2}), pg.List[int])
sizes.append(3)
sizes.add(3)  # error
items = pg.List()
items.append("a")
as_dict: dict[str, int] = pg.Dict(a=1)
as_list: list[int] = pg.List([1])


class Holder(pg.Object):
    options: dict[str, Any] = {}
    sizes: list[int] = []
    config: pg.Dict = pg.Dict(a=1)
    layers: pg.List[int] = pg.List([1])


Holder(pg.Dict(a=1), pg.List([1]))
Holder().config.a
assert_type(Holder().layers.rebind({0: 2}), pg.List[int])
Holder(sizes=pg.List(["a"]))  # error
