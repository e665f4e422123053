import datetime
import enum
import typing

import pytest

import pyglove.typing as pgt
from pyglove import utils

T = typing.TypeVar("T")


class Source:
    pass


class Derived(Source):
    pass


class Target:
    pass


def test_builtin_conversions():
    when = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    assert pgt.get_converter(int, float)(1) == 1.0
    assert pgt.get_converter(bool, float) is float
    assert pgt.get_converter(int, datetime.datetime)(1577836800) == when
    assert pgt.get_converter(datetime.datetime, int)(when) == 1577836800
    assert pgt.get_converter(str, utils.KeyPath)("a.b") == utils.KeyPath(["a", "b"])
    assert pgt.get_converter(utils.KeyPath, str)(utils.KeyPath("a")) == "a"
    for src, dest in [(float, int), (str, int), (tuple, list), (Source, Target)]:
        assert pgt.get_converter(src, dest) is None


def test_registered_conversions_are_used_by_specs():
    class Color(enum.Enum):
        RED = 1

    pgt.register_converter(str, Color, lambda name: Color[name])
    assert pgt.Object(Color).apply("RED") is Color.RED
    with pytest.raises(KeyError, match="BLUE"):
        pgt.Object(Color).apply("BLUE")


def test_converted_values_are_validated():
    class Age:
        pass

    pgt.register_converter(Age, int, lambda age: 5)
    assert pgt.Int().apply(Age()) == 5
    with pytest.raises(ValueError, match="Expected a number"):
        pgt.Int(max_value=3).apply(Age())


def test_converters_serve_subclasses_of_the_source():
    class Other(Target):
        pass

    pgt.register_converter(Source, Target, lambda x: Target())
    assert isinstance(pgt.get_converter(Derived, Target)(1), Target)
    assert pgt.get_converter(Source, Other) is None


def test_converters_serve_base_classes_of_the_destination():
    class To:
        pass

    class Other(To):
        pass

    pgt.register_converter(Source, Other, lambda x: Other())
    assert isinstance(pgt.Object(To).apply(Derived()), Other)
    pgt.register_converter(Source, To, lambda x: To())
    assert type(pgt.Object(To).apply(Derived())) is To


def test_the_closest_and_latest_registration_counts():
    class To:
        pass

    pgt.register_converter(Source, To, lambda x: "source")
    assert pgt.get_converter(Derived, To)(1) == "source"
    pgt.register_converter(Derived, To, lambda x: "derived")
    assert pgt.get_converter(Derived, To)(1) == "derived"
    pgt.register_converter(Derived, To, lambda x: "again")
    assert pgt.get_converter(Derived, To)(1) == "again"
    assert pgt.get_converter(Source, To)(1) == "source"


def test_several_types_at_once():
    class X:
        pass

    class Y:
        pass

    pgt.register_converter((int, str), (X, Y), lambda x: X())
    for src in (int, str):
        for dest in (X, Y, (bytes, Y)):
            assert pgt.get_converter(src, dest) is not None
    assert pgt.get_converter(float, X) is None


@pytest.mark.parametrize("types", [(1, int), (int, 1), ((int, "a"), int)])
def test_only_types_are_registered(types):
    with pytest.raises(TypeError, match="Expected types to convert"):
        pgt.register_converter(*types, lambda x: x)


def test_conversion_to_json_values():
    class Point:
        pass

    assert pgt.get_json_value_converter(Point) is None
    pgt.register_converter(Point, dict, lambda p: {"x": 1})
    assert pgt.get_json_value_converter(Point)(Point()) == {"x": 1}
    assert utils.to_json(Point()) == {"x": 1}
    assert utils.to_json(utils.KeyPath(["a", 0])) == "a[0]"


class Box(typing.Generic[T]):
    def __init__(self, value=None):
        self.value = value


class IntBox(Box[int]):
    pass


class StrBox(Box[str]):
    pass


class TestUnions:
    def test_a_converter_may_return_what_is_not_of_its_type(self):
        class Plain:
            pass

        class Accepted:
            pass

        pgt.register_converter(Plain, Accepted, lambda x: x)
        value = Plain()
        for spec in [
            pgt.Object(Accepted),
            pgt.Union([pgt.Object(Accepted), float]),
            pgt.Union([float, pgt.Object(Accepted)]),
            pgt.Union([pgt.Object(Accepted), pgt.Str()]).noneable(),
        ]:
            assert spec.apply(value) is value
        assert pgt.List(pgt.Union[Accepted, int]).apply([value, 1]) == [value, 1]
        with pytest.raises(TypeError, match="Expect"):
            pgt.Union([pgt.Object(Accepted), float]).apply("a")

    def test_what_is_converted_is_checked(self):
        class Plain:
            pass

        pgt.register_converter(Plain, int, lambda x: 1)
        with pytest.raises(ValueError, match="Expected a number"):
            pgt.Union([pgt.Int(min_value=2), str]).apply(Plain())

    def test_unions_are_converted_from_and_to_by_member(self):
        class Plain:
            pass

        pgt.register_converter(bytes | bytearray, Plain, lambda x: Plain())
        assert isinstance(pgt.Object(Plain).apply(b"a"), Plain)
        assert isinstance(pgt.Object(Plain).apply(bytearray(b"a")), Plain)


class TestGenerics:
    def test_conversion_to_a_type_with_arguments(self):
        pgt.register_converter(Source, Box[str], StrBox)
        assert pgt.get_converter(Source, Box[str]) is StrBox
        assert pgt.get_converter(Source, Box) is StrBox
        assert pgt.get_converter(Source, Box[int]) is None
        assert pgt.get_converter(Source, StrBox) is None

    def test_conversion_to_a_subclass(self):
        pgt.register_converter(int, IntBox, IntBox)
        assert pgt.get_converter(int, Box[int]) is IntBox
        assert pgt.get_converter(bool, Box[int]) is IntBox
        assert pgt.get_converter(int, Box[str]) is None
        assert isinstance(pgt.Object(Box[int]).apply(1), IntBox)

    def test_conversion_from_a_type_with_arguments(self):
        class Made:
            pass

        pgt.register_converter(Box[str], Made, lambda x: Made())
        assert pgt.get_converter(StrBox, Made) is not None
        assert pgt.get_converter(IntBox, Made) is None

    def test_aliases_of_typing_are_the_builtin_types(self):
        pgt.register_converter(memoryview, typing.List, list)  # noqa: UP006
        assert pgt.List(int).apply(memoryview(b"a")) == [97]


def test_the_latest_registration_that_fits_goes_first():
    class Base:
        pass

    class Sub(Base):
        pass

    class Made:
        pass

    class SubMade(Made):
        pass

    pgt.register_converter(Sub, Made, lambda x: "sub")
    pgt.register_converter(Base, Made, lambda x: "base")
    assert pgt.get_converter(Sub, Made)(1) == "base"
    pgt.register_converter(Sub, SubMade, lambda x: "submade")
    assert pgt.get_converter(Sub, Made)(1) == "submade"
    pgt.register_converter(Sub, Made, lambda x: "sub again")
    assert pgt.get_converter(Sub, Made)(1) == "sub again"
    assert pgt.get_converter(Base, Made)(1) == "base"
