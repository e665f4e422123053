"""From the body of a class to its fields."""

from typing import Annotated, Any, Final, Literal, Optional

import numpy as np
import pytest

import pyglove as pg
from pyglove.symbolic.compiled.object_schema import class_description
from tests.symbolic.helper import Leaf


def test_defaults_of_inherited_fields():
    class Sub(Leaf):
        x = 5
        z = pg.MISSING_VALUE
        w: bool

    assert Sub.init_arg_list == ["x", "y", "z", "w"]
    assert repr(Sub(w=True)) == "Sub(x=5, y=1.0, z='a', w=True)"
    assert repr(Leaf(1)) == "Leaf(x=1, y=1.0, z='a')"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"__annotations__": {"x": str}}, TypeError),
        ({"x": "a"}, TypeError),
        ({"__annotations__": {"n": int}, "n": "a"}, TypeError),
        ({"__annotations__": {"n": pg.typing.Int(max_value=1)}, "n": 2}, ValueError),
    ],
)
def test_bad_fields_are_found_at_once(body, error):
    with pytest.raises(error):
        type(pg.Object)("Bad", (Leaf,), {"__module__": __name__, **body})


def test_a_shared_value_spec_is_not_modified():
    spec = pg.typing.Int()

    class First(pg.Object):
        x: spec = 1

    class Second(pg.Object):
        x: spec

    assert First().x == 1
    with pytest.raises(TypeError, match="got none for"):
        Second()
    assert not spec.has_default


def test_refined_fields():
    class Base(pg.Object):
        x: Any = None
        y: float = 1.0
        z: Optional[int] = None  # noqa: UP045

    class Sub(Base):
        x: int = 3
        z: int = 4

    assert Sub().x == 3 and Sub().z == 4
    with pytest.raises(TypeError):
        Sub("a")
    with pytest.raises(ValueError, match="got None"):
        Sub(z=None)


def test_final_fields():
    class Fixed(pg.Object):
        x: Final[int] = 1

    assert Fixed().x == 1
    with pytest.raises(ValueError, match="a frozen spec"):
        Fixed(x=2)
    with pytest.raises(ValueError, match="a frozen spec"):

        class Other(Fixed):
            x = 2

    with pytest.raises(TypeError, match="final field 'x' of Empty"):

        class Empty(pg.Object):
            x: Final[int]


def test_a_constant_in_place_of_an_enumeration():
    class Base(pg.Object):
        kind: Literal["a", "b"]
        size: Final[int] = 1

    class Fixed(Base):
        kind: Final[str] = "b"
        size: Final[int] = 1

    assert Fixed().kind == "b" and Fixed.init_arg_list == []
    with pytest.raises(ValueError, match="a frozen spec"):
        Fixed(kind="a")
    with pytest.raises(TypeError):

        class Wrong(Base):
            kind: Final[str] = "c"


class Early(pg.Object):
    later: "Later | None" = None
    several: list["Later"] = []


class Later(pg.Object):
    x: int = 1


def test_names_of_classes_to_come():
    early = Early(Later(2), [Later(3)])
    assert early.later.x == 2
    for bad in (lambda: Early(1), lambda: Early(None, [1])):
        with pytest.raises(TypeError):
            bad()
    assert early.clone() == early


def test_fields_hide_methods_of_the_same_name():
    class Base(pg.Object):
        def f(self):
            return "method"

    class Sub(Base):
        f: int

    assert Sub(3).f == 3 and Base().f() == "method"


def test_a_description_is_the_docstring_of_the_class():
    assert class_description(Leaf) == "An object whose fields are atoms."


class TestErrorsNameClassAndField:
    @pytest.mark.parametrize(
        ("annotation", "error"),
        [
            (dict[str, object], TypeError),
            (dict[int, str], TypeError),
            (Annotated[int, pg.typing.Str()], TypeError),
            ("os.nope(", SyntaxError),
            ("Literal[print(1)]", RuntimeError),
        ],
    )
    def test_of_annotations(self, annotation, error):
        body = {"__annotations__": {"size": annotation}, "__module__": __name__}
        with pytest.raises(error, match=r"Field 'size' of class Box") as caught:
            type(pg.Object)("Box", (pg.Object,), body)
        assert isinstance(caught.value, pg.PyGloveError)

    def test_of_defaults(self):
        with pytest.raises(TypeError, match=r"Field 'x' of class .*Wrong"):

            class Wrong(pg.Object):
                x: int = "a"

        class Base(pg.Object):
            x: pg.typing.Int(min_value=1) = 1

        with pytest.raises(ValueError, match=r"Field 'x' of class .*Sub"):

            class Sub(Base):
                x = 0


def test_specs_in_metadata_are_those_of_fields():
    class Layer(pg.Object):
        units: Annotated[int, pg.typing.Int(min_value=1), "Number of units."] = 1
        sizes: Annotated[list[int], pg.typing.List(pg.typing.Int(), max_size=2)] = []

    assert Layer.__schema__["units"].description == "Number of units."
    assert Layer(2, [1]).units == 2
    with pytest.raises(ValueError, match="Expected a number"):
        Layer(0)
    with pytest.raises(ValueError, match="2 or fewer items"):
        Layer(1, [1, 2, 3])


def test_scalars_of_numpy_become_those_of_python():
    class Layer(pg.Object):
        units: int
        rate: float = 0.0
        sizes: list[int] = []

    layer = Layer(np.int64(1), np.float32(0.5), [np.int64(2)])
    assert [type(v) for v in (layer.units, layer.rate, layer.sizes[0])] == [
        int,
        float,
        int,
    ]
    assert pg.eq(layer, Layer(1, 0.5, [2])) and hash(layer) == hash(Layer(1, 0.5, [2]))
    assert pg.eq(pg.from_json_str(pg.to_json_str(layer)), layer)
    layer.rebind({"units": np.int64(3), "sizes[0]": np.int64(4)})
    assert repr(layer) == repr(Layer(3, 0.5, [4]))


def test_a_schema_applied_by_hand():
    class Plain(pg.Object):
        pass

    fields = [("x", pg.typing.Int()), ("y", pg.typing.Str().noneable())]
    Plain.apply_schema(pg.typing.create_schema(fields))
    assert Plain(1) == Plain(x=1) and Plain(1).y is None
    assert Plain.init_arg_list == ["x", "y"]

    class Sub(Plain):
        z: int = 1

    assert Sub.init_arg_list == ["x", "y", "z"] and Sub(1, "a", 2).z == 2
    Plain.apply_schema(pg.typing.create_schema([]))
    assert Plain.init_arg_list == [] and list(Plain.__schema__) == []


def test_a_class_made_for_a_json_schema():
    def make(name, schema):
        class Made(pg.Object):
            pass

        Made.__name__ = name
        Made.apply_schema(schema)
        return Made

    spec = pg.typing.ValueSpec.from_json_schema(
        {
            "type": "object",
            "title": "Foo",
            "properties": {"x": {"type": "integer"}, "y": {"type": "string"}},
            "required": ["x"],
        },
        class_fn=make,
    )
    assert spec.cls(1, "a").y == "a" and spec.cls(1).y is None


def test_metadata_says_what_is_passed_by_position():
    class Both(pg.Object):
        a: int
        b: int = 2
        rest: list[int] = []

    metadata = Both.__schema__.metadata
    for arguments in (["b", "a"], ["b", "a", "*rest"]):
        metadata["init_arg_list"] = arguments
        Both.apply_schema()
        assert (Both(1, 2).a, Both(1, 2).b) == (2, 1)
        assert Both.init_arg_list == arguments
    assert Both(1, 2, 3, 4).rest == [3, 4]

    class Same(Both):
        """Takes what its base takes."""

    class More(Both):
        c: int

    assert Same.init_arg_list == ["b", "a", "*rest"]
    assert More.init_arg_list == ["a", "b", "rest", "c"]
    for cls, expected in (
        (Same, ["b", "a", "*rest"]),
        (More, ["a", "b", "rest", "c"]),
        (Both, ["a", "b", "rest"]),
    ):
        cls.__schema__.metadata["init_arg_list"] = None
        cls.apply_schema()
        assert cls.init_arg_list == expected


@pytest.mark.parametrize("arguments", [["nope"], ["*x"], ["*rest", "x"], ["*nope"]])
def test_bad_lists_of_arguments(arguments):
    class Base(pg.Object):
        x: int
        rest: list[int] = []

    with pytest.raises(TypeError, match=r"nope|\*x|\*rest"):
        pg.use_init_args(arguments)(Base)
    Base.__schema__.metadata["init_arg_list"] = arguments
    with pytest.raises(TypeError, match=r"nope|\*x|\*rest"):
        Base.apply_schema()


def test_lists_of_arguments_in_metadata_of_members():
    fields = [
        ("x", pg.typing.Int(default=0)),
        ("y", pg.typing.Int()),
        ("z", pg.typing.List(pg.typing.Int())),
    ]

    @pg.members(fields, metadata={"init_arg_list": ["y", "*z"], "note": 1})
    class Declared(pg.Object):
        pass

    assert Declared(1, 2, 3) == Declared(y=1, z=[2, 3])
    assert Declared.__schema__.metadata["note"] == 1
    Declared.update_schema([], metadata={"init_arg_list": ["y"]}, init_arg_list=["x"])
    assert Declared.init_arg_list == ["x"]
