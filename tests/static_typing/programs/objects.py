"""Constructors, fields and the protocol of objects."""

import copy
from typing import Annotated, Any, Literal, assert_type

import pyglove as pg


class Layer(pg.Object):
    units: int
    activation: str = "relu"


layer = Layer(8)
assert_type(layer, Layer)
assert_type(layer.units, int)
assert_type(layer.activation, str)
Layer(units=8, activation="tanh")
Layer(8, "tanh")
Layer(units="many")  # error
Layer("many")  # error
Layer()  # error
Layer(8, unit=3)  # error
Layer(8, "tanh", 3)  # error
layer.unit  # error
Layer.partial(activation="tanh")


# ---- What annotations mean ---------------------------------------------------


class Fields(pg.Object):
    number: Annotated[float, "A number."] = 0.0
    described: pg.typing.Annotated[int, "An int."] = 1  # noqa: F722
    mode: Literal["train", "eval"] = "train"
    sizes: list[int] = []
    pair: tuple[int, str] = (1, "a")
    options: dict[str, Any] = {}
    parent: "Fields | None" = None
    layers: list[Layer] | None = None
    number_or_name: int | str = 1
    cls: type[Layer] = Layer
    positive: Annotated[int, pg.typing.Int(min_value=1), "At least 1."] = 1
    size: int = pg.MISSING_VALUE


fields = Fields(1.5, 2, "eval", [1, 2], (3, "b"), {"a": 1}, Fields(size=1), size=2)
assert_type(fields.number, float)
assert_type(fields.described, int)
assert_type(fields.sizes, list[int])
assert_type(fields.parent, Fields | None)
assert_type(fields.size, int)
assert_type(fields.positive, int)
Fields(1, size=2)
Fields("one", size=2)  # error
Fields(positive="one", size=2)  # error
Fields(described="one", size=2)  # error
Fields(mode="test", size=2)  # error
Fields(sizes=["one"], size=2)  # error
Fields(sizes=3, size=2)  # error
Fields(pair=(1, 2), size=2)  # error
Fields(options=[1], size=2)  # error
Fields(parent=layer, size=2)  # error
Fields(layers=[layer, 3], size=2)  # error
Fields(number_or_name=None, size=2)  # error
Fields(cls=Fields, size=2)  # error


# ---- Inheritance -------------------------------------------------------------


class Conv(Layer):
    activation = "selu"
    kernel: int = 3

    def area(self) -> int:
        return self.kernel * self.kernel


class Conv1(Conv):
    kernel: int = 1


assert_type(Conv(8, "relu", 5).area(), int)
assert_type(Conv1(8).activation, str)
Conv(8, kernel="big")  # error
Conv()  # error
layers: list[Layer] = [Conv(8), Conv1(8, kernel=1)]


class Bad(pg.Object):
    units: int = "many"  # error


# ---- The protocol ------------------------------------------------------------

assert_type(layer.rebind(units=4), Layer)
assert_type(layer.rebind({"units": 5}, raise_on_no_change=False), Layer)
assert_type(layer.rebind(lambda k, v: v, raise_on_no_change=False), Layer)
assert_type(layer.clone(deep=True, override={"units": 6}), Layer)
assert_type(pg.clone(layer), Layer)
assert_type(copy.deepcopy(layer), Layer)
assert_type(layer.sym_path, pg.KeyPath)
assert_type(layer == layer.clone(), bool)
assert_type(hash(layer), int)
assert_type(layer.to_json_str(json_indent=2), str)
assert_type(Layer.from_json(layer.to_json()), Layer)
assert_type(pg.from_json(layer.to_json()), Any)
assert_type(pg.query(layer, "units"), dict[str, Any])
assert_type(pg.eq(layer, layer), bool)
layer.sym_init_args.units
layer.sym_init_args["units"]
layer.sym_eq(layer, layer)  # error
layer.rebound()  # error


class Watched(pg.Object):
    x: int

    def _on_init(self) -> None:
        super()._on_init()
        self.changes = 0

    def _on_bound(self) -> None:
        super()._on_bound()
        self.doubled = 2 * self.x

    def _on_change(self, field_updates: dict[pg.KeyPath, pg.FieldUpdate]) -> None:
        super()._on_change(field_updates)
        self.changes += len(field_updates)

    def _on_parent_change(self, old_parent: Any, new_parent: Any) -> None:
        super()._on_parent_change(old_parent, new_parent)

    def _on_path_change(self, old_path: pg.KeyPath, new_path: pg.KeyPath) -> None:
        super()._on_path_change(old_path, new_path)


assert_type(Watched(1).doubled, int)
assert_type(Watched(1).rebind(x=2).changes, int)
