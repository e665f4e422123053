"""From the constructor of a class to the fields of its wrapper."""

import dataclasses
import inspect
from typing import Any

import pytest

import pyglove as pg

COUNT = [0]


def numbered():
    COUNT[0] += 1
    return [COUNT[0]]


@dataclasses.dataclass
class Data:
    """Some data.

    Attributes:
      x: The x.
      y: The y.
    """

    x: int
    y: list = dataclasses.field(default_factory=numbered)
    z: int = dataclasses.field(default=5)
    w: dict = dataclasses.field(init=False, default_factory=dict)


@dataclasses.dataclass
class More(Data):
    """More data.

    Args:
      v: The v.
    """

    y: list = dataclasses.field(default_factory=lambda: ["more"])
    v: set = dataclasses.field(default_factory=set)


@dataclasses.dataclass(frozen=True)
class Frozen:
    x: int
    y: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True)
class Slotted:
    x: int
    y: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class FrozenSlotted:
    x: int
    y: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(kw_only=True)
class Named:
    x: int
    y: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Derived:
    x: int
    f: dataclasses.InitVar[int]
    g: dataclasses.InitVar[int] = 3
    total: int = dataclasses.field(init=False)
    parts: list[int] = dataclasses.field(default_factory=list)

    def __post_init__(self, f, g):
        self.total = self.x * f * g


def test_each_object_has_a_default_of_its_own():
    cls = pg.symbolize(Data)
    one, two = cls(1), cls(1)
    assert two.y == [one.y[0] + 1] and two.w == {} and two.w is not one.w
    assert one.clone().y == one.y and one.clone().y is not one.y
    assert one.rebind(x=2).y == one.y and one.rebind(y=[7]).y == [7]
    assert cls(1, y=[9]).y == [9] and cls(1, [8], 6).z == 6
    assert pg.from_json(two.to_json()) == two
    assert repr(cls(1, [])) == "Data(x=1, y=[], z=5)"
    assert str(inspect.signature(cls)) == "(x: int, y: list = <factory>, z: int = 5)"
    one.rebind(y=pg.MISSING_VALUE)
    assert one.y != [7]


def test_factories_in_spaces():
    space = pg.symbolize(Frozen)(pg.oneof([1, 2]))
    one, two = pg.iter(space)
    assert (one.x, two.x) == (1, 2)
    one.y.append(1)
    assert two.y == [] and space.sym_init_args.y == []


@pytest.mark.parametrize("cls", [Frozen, Slotted, FrozenSlotted, Named])
def test_dataclasses_of_all_kinds(cls):
    symbolic = pg.symbolize(cls)
    one, two = symbolic(x=1), symbolic(x=1)
    one.y.append(2)
    assert two.y == [] and one.rebind(x=3).x == 3 and isinstance(one, cls)
    assert dataclasses.asdict(two) == {"x": 1, "y": []}
    assert dataclasses.replace(two, x=4).x == 4
    if cls is Named:
        with pytest.raises(TypeError, match="positional"):
            symbolic(1)
    if cls.__dataclass_params__.frozen:
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.x = 2


def test_derived_fields():
    value = pg.symbolize(Derived)(2, 3)
    assert value.total == 18 and value.parts == []
    assert value.rebind(f=4).total == 24 and value.rebind(g=1).total == 8


def test_inherited_dataclasses():
    value = pg.symbolize(More)(1)
    assert (value.y, value.z, value.v, value.w) == (["more"], 5, set(), {})
    assert pg.symbolize(More)(1).v is not value.v


def test_a_dataclass_that_inherits_from_a_symbolic_one():
    base = pg.symbolize(Data)

    @dataclasses.dataclass
    class Sub(base):
        u: int = 3
        t: list = dataclasses.field(default_factory=list)

    value = Sub(1, u=4)
    assert (value.x, value.z, value.u, value.t) == (1, 5, 4, [])
    assert value.sym_init_args.u == 4 and Sub(1).u == 3
    assert Sub(1).t is not value.t and value.rebind(u=5).u == 5

    @dataclasses.dataclass(init=False)
    class Same(base):
        u: int = 3

    assert Same(1).x == 1 and Same(1).u == 3


def test_typed_factories():
    cls = pg.wrap(Derived, auto_typing=True)
    assert cls(1, 2).parts == []
    with pytest.raises(TypeError, match="parts"):
        cls(1, 2, parts=["a"])


def test_descriptions():
    def descriptions(cls):
        schema = pg.wrap(cls, auto_doc=True).__schema__
        return {str(k): f.description for k, f in schema.items()}

    class Plain:
        """Plain.

        Attributes:
          x: Of the class.
          z: Of the class, too.

        Args:
          y: An argument.
        """

        def __init__(self, x, y, z=1):
            """Creates it.

            Args:
              z: Of the constructor.
            """

    assert descriptions(Data) == {"x": "The x.", "y": "The y.", "z": None}
    assert descriptions(More)["v"] == "The v."
    assert descriptions(Plain) == {
        "x": "Of the class.",
        "y": "An argument.",
        "z": "Of the constructor.",
    }
    assert pg.wrap(Data).__schema__["x"].description is None
    assert pg.wrap(Data, auto_doc=True).__schema__.description == "Some data."


def test_definitions_have_to_fit():
    class Nothing:
        pass

    class NoArguments:
        def __init__(self):
            pass

    class One:
        def __init__(self, y):
            pass

    class Other:
        def __init__(this, x):
            pass

    class SubOfOther(Other):
        pass

    x = [("x", pg.typing.Int())]
    with pytest.raises(ValueError, match="Nothing"):
        pg.wrap(Nothing, x)
    for cls in (NoArguments, One):
        with pytest.raises(KeyError, match="x"):
            pg.wrap(cls, x)
    for cls in (Other, SubOfOther):
        with pytest.raises(ValueError, match="'this'"):
            pg.wrap(cls)
    assert repr(pg.wrap(Nothing)()) == "Nothing()"


def test_arguments_by_position_only():
    class Layer:
        def __init__(self, units: int, /, name: Any = "a", *rest):
            self.state = (units, name, rest)

    cls = pg.wrap(Layer)
    assert cls(1).state == (1, "a", ()) and cls(1, "b", 2).state == (1, "b", (2,))
    assert cls(1).rebind(units=3, name="c").state == (3, "c", ())


def test_the_argument_list_of_a_class_begins_with_self():
    class Layer:
        def __init__(self, x, y=1, *args, k=2, **kw):
            pass

    cls = pg.wrap(Layer)
    for what in (cls, cls.__init__):
        spec = inspect.getfullargspec(what)
        assert spec.args == ["self", "x", "y"] and spec.kwonlyargs == ["k"]
        assert (spec.varargs, spec.varkw, spec.defaults) == ("args", "kw", (1,))
    assert str(inspect.signature(cls)) == "(x, y=1, *args, k=2, **kw)"
