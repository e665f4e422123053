"""How a class body becomes a symbolic class."""

import abc
import inspect
from typing import Any

import pytest

import pyglove as pg
from tests.symbolic.helper import Leaf


def test_members():
    @pg.members(
        [
            ("x", pg.typing.Int(min_value=0), "Position."),
            ("y", int, "Other.", {"u": 1}),
        ],
        metadata={"kind": "point"},
    )
    class Point(pg.Object):
        pass

    assert Point(1, 2).x == 1
    assert Point.__schema__["x"].description == "Position."
    assert Point.__schema__["y"].metadata == {"u": 1}
    assert Point.__schema__.metadata["kind"] == "point"
    with pytest.raises(ValueError, match="Expected a number"):
        Point(-1, 2)


def test_members_as_a_dict():
    @pg.members({"x": int, "y": (pg.typing.Str("a"), "Doc.")})
    class Point(pg.Object):
        pass

    assert repr(Point(1)) == "Point(x=1, y='a')"
    assert Point.__schema__["y"].description == "Doc."


def test_members_add_to_annotations():
    @pg.members([("v", pg.typing.Int(3))])
    class More(Leaf):
        w: int = 4

    assert repr(More(1)) == "More(x=1, y=1.0, z='a', w=4, v=3)"


def test_positional_arguments():
    @pg.use_init_args(["y", "x"])
    class Swapped(pg.Object):
        x: int
        y: int
        z: int = 3

    assert repr(Swapped(1, 2)) == "Swapped(x=2, y=1, z=3)"
    with pytest.raises(TypeError, match="at most 2 positional"):
        Swapped(1, 2, 3)

    class Sub(Swapped):
        pass

    assert Sub(1, 2).y == 1

    @pg.members([("x", pg.typing.Int()), ("y", pg.typing.Int(0))], init_arg_list=["y"])
    class Listed(pg.Object):
        pass

    assert Listed(1, x=2).y == 1


def test_names():
    assert Leaf.__type_name__ == "tests.symbolic.helper.Leaf"
    assert Leaf.__serialization_key__ == Leaf.__type_name__
    assert Leaf.init_arg_list == ["x", "y", "z"]
    assert list(Leaf.sym_fields.schema.keys()) == ["x", "y", "z"]


class Keyed(pg.Object):
    __serialization_key__ = "my.key"
    x: int


class SubKeyed(Keyed):
    y: int = 1


@pg.members(
    [("x", pg.typing.Int())], serialization_key="key.new", additional_keys=["key.old"]
)
class Renamed(pg.Object):
    pass


class Hidden(pg.Object):
    auto_register = False
    x: int


def test_serialization_keys():
    assert Keyed(1).to_json() == {"_type": "my.key", "x": 1}
    assert SubKeyed(1).to_json()["_type"] == SubKeyed.__type_name__
    for key in ("my.key", Keyed.__type_name__):
        assert pg.from_json({"_type": key, "x": 1}) == Keyed(1)
    assert Renamed(1).to_json()["_type"] == "key.new"
    for key in ("key.new", "key.old", Renamed.__type_name__):
        assert pg.from_json({"_type": key, "x": 1}) == Renamed(1)
    with pytest.raises(TypeError, match="not registered"):
        pg.from_json(Hidden(1).to_json())
    Hidden.register_for_deserialization("hidden.key")
    assert pg.from_json({"_type": "hidden.key", "x": 1}) == Hidden(1)


def test_redefinition_replaces():
    def define(default):
        return type(pg.Object)(
            "Redefined",
            (pg.Object,),
            {"__module__": "m", "__annotations__": {"x": int}, "x": default},
        )

    first, second = define(1), define(2)
    assert type(pg.from_json({"_type": "m.Redefined"})) is second
    assert first().x == 1


def test_init_is_managed():
    with pytest.raises(TypeError, match="explicit_method_override"):

        class Bad(pg.Object):
            x: int

            def __init__(self, x):
                pass

    class Good(pg.Object):
        x: int
        y: int

        @pg.explicit_method_override
        def __init__(self, z):
            super().__init__(x=z, y=z + 1)

    good = Good(1)
    assert good == pg.from_json(good.to_json()) == good.clone()
    assert str(inspect.signature(Good)) == "(z)"
    with pytest.raises(TypeError, match="unexpected keyword"):
        Good(x=1, y=2)


def test_signatures():
    assert str(inspect.signature(Leaf)) == "(x: int, y: float = 1.0, z: str = 'a')"

    class Fresh(pg.Object):
        x: int

    assert str(inspect.signature(Fresh.__init__)) == "(self, x: int)"
    Fresh(1)
    assert str(inspect.signature(Fresh.__init__)) == "(self, x: int)"
    assert Fresh.__init__.__name__ == "__init__"

    class Later(pg.Object):
        x: int = 1
        y: list[int] = [2]
        z: Any = None

    parameters = inspect.signature(Later).parameters
    assert [p.default for p in parameters.values()] == [1, [2], None]


def test_update_schema():
    class Base(pg.Object):
        x: int

    Base.update_schema([("y", pg.typing.Int(2))])
    assert repr(Base(1)) == "Base(x=1, y=2)"
    Base.update_schema([("z", pg.typing.Int(3))], extend=False)
    assert repr(Base()) == "Base(z=3)"
    Base.apply_schema()
    assert Base().z == 3


def test_classes_without_automatic_fields():
    class Manual(pg.Object):
        infer_symbolic_fields_from_annotations = False
        x: int = 5

    assert Manual.init_arg_list == [] and Manual().x == 5


def test_descriptions():
    class Documented(pg.Object):
        """A class.

        More about it.

        Attributes:
          x: Not this.
        """

        x: int = 1

    class Bare(pg.Object):
        x: int = 1

    assert Documented.__schema__.description == "A class.\n\nMore about it."
    assert Bare.__schema__.description is None


def test_unknown_positional_arguments():
    with pytest.raises(TypeError, match="`init_arg_list`, got 'y'"):
        pg.members([("x", pg.typing.Int())], init_arg_list=["y"])(
            type(pg.Object)("Bad", (pg.Object,), {})
        )
    with pytest.raises(TypeError, match="`init_arg_list`, got 'nope'"):

        @pg.use_init_args(["nope"])
        class Bad(pg.Object):
            x: int


def test_members_implement_abstract_properties():
    class Interface(metaclass=abc.ABCMeta):
        @property
        @abc.abstractmethod
        def x(self): ...

        @abc.abstractmethod
        def go(self): ...

    class Half(pg.Object, Interface):
        def go(self):
            return self.x

    class Other(Interface, pg.Object):
        pass

    with pytest.raises(TypeError, match="abstract"):
        Half()
    for cls in (Half, Other):
        pg.members([("x", pg.typing.Int())])(cls)
    assert Half(1).x == Half(1).go() == 1
    with pytest.raises(TypeError, match="go"):
        Other(1)

    class Rest(Other):
        def go(self):
            return "went"

    assert (Rest(2).x, Rest(2).go()) == (2, "went")
    # A method is no field, unless the class itself says so.
    pg.members([("go", pg.typing.Callable([]))])(Other)
    with pytest.raises(TypeError, match="go"):
        Other(1, lambda: None)
