"""An object that becomes a class."""

from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import check_tree


class Pair(pg.Object):
    x: Any = None
    y: Any = None

    def total(self):
        return self.x + self.y


class Holder(pg.Object):
    pair: Pair
    n: int = 1


def test_all_is_fixed():
    preset = pg.boilerplate_class("Preset", Pair(1, 2))
    assert preset.__name__ == "Preset" and issubclass(preset, Pair)
    assert preset.__module__ == __name__
    assert preset.__schema__.description == "Boilerplate class."
    assert preset.init_arg_list == []
    assert preset().total() == 3 and preset() == preset()
    assert preset().x == 1
    assert preset.__schema__["x"].frozen and not Pair.__schema__["x"].frozen
    with pytest.raises(ValueError, match="x"):
        preset(x=3)
    with pytest.raises(TypeError):
        preset(3)
    with pytest.raises(ValueError, match="x"):
        preset().rebind(x=3)


def test_the_rest_is_given():
    preset = pg.boilerplate_class("Preset", Holder.partial(n=5))
    assert preset.init_arg_list == ["pair"]
    assert preset(Pair(1, 2)).pair.x == 1 and preset(pair=Pair(1)).n == 5
    assert preset.partial().is_partial
    with pytest.raises(TypeError):
        preset()


def test_values_are_not_shared():
    value = Holder(Pair(1, [2]))
    preset = pg.boilerplate_class("Preset", value)
    one, two = preset(), preset()
    assert one.pair is not two.pair and one.pair is not value.pair
    one.pair.rebind(x=7)
    assert two.pair.x == 1 and preset().pair.x == 1 and value.pair.x == 1
    check_tree(one)
    check_tree(value)


def test_documents():
    preset = pg.boilerplate_class("Preset", Holder.partial(n=2))
    document = preset(Pair(3)).to_json()
    assert "n" not in document
    assert pg.from_json(document) == preset(Pair(3))
    named = pg.boilerplate_class("Named", Pair(1, 2), serialization_key="tests.named")
    assert named().to_json() == {"_type": "tests.named"}
    assert type(pg.from_json({"_type": "tests.named"})) is named


def test_positions():
    preset = pg.boilerplate_class("Preset", Pair.partial(), init_arg_list=["y"])
    assert preset.init_arg_list == ["y"]
    with pytest.raises(TypeError, match="`init_arg_list`, got 'nope'"):
        pg.boilerplate_class("Preset", Pair(1, 2), init_arg_list=["nope"])


def test_only_objects():
    for value in (1, [1], pg.Dict(a=1), Pair):
        with pytest.raises(ValueError, match=r"subclass of `pg\.Object`"):
            pg.boilerplate_class("Preset", value)


class Nested(pg.Object):
    a: int
    c: pg.typing.Dict(
        [("d", pg.typing.List(pg.typing.Int())), ("e", pg.typing.Int(default=3))]
    )
    t: tuple[int, int] = (1, 2)


def test_the_innermost_fields_are_fixed():
    preset = pg.boilerplate_class("Preset", Nested.partial(c={"d": [1]}))
    spec = preset.__schema__["c"].value
    assert spec.frozen and spec.schema["d"].value.frozen
    assert spec.schema["d"].value.default == [1]
    assert spec.schema["e"].value == pg.typing.Int(default=3).freeze()
    assert all(e.value.frozen for e in preset.__schema__["t"].value.elements)
    assert preset(1).c == {"d": [1], "e": 3} and preset(1).c is not preset(1).c
    assert preset.init_arg_list == ["a"]
    base = Nested.__schema__["c"].value
    assert not base.frozen and not base.schema["e"].value.frozen


def test_what_is_missing_inside_is_left_open():
    preset = pg.boilerplate_class("Preset", Nested.partial(c={"e": 4}))
    spec = preset.__schema__["c"].value
    assert not spec.frozen and spec.schema["e"].value.frozen
    assert not spec.schema["d"].value.frozen
    assert preset(1, c={"d": [2]}).c == {"d": [2], "e": 4}
    with pytest.raises(ValueError, match=r"c\.e"):
        preset(1, c={"d": [2], "e": 5})
    with pytest.raises(ValueError, match=r"c\.d"):
        preset(1)


def test_unknown_options():
    with pytest.raises(TypeError, match="nonsense"):
        pg.boilerplate_class("Preset", Pair(1, 2), nonsense=1)
