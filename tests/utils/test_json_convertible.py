"""Values that convert to JSON and back."""

import pytest

from pyglove import utils
from pyglove.utils import JSONConvertible
from pyglove.utils.serialization import json_convertible
from pyglove.utils.serialization.json_type import published_as


class Point(JSONConvertible):
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def to_json(self, **kwargs):
        return self.to_json_dict({"x": self.x, "y": self.y}, **kwargs)

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)


NAME = f"{__name__}.Point"


def test_round_trip():
    point = Point((1, 2), [Point(None)])
    json_value = utils.to_json(point)
    assert json_value == {
        "_type": NAME,
        "x": ["__tuple__", 1, 2],
        "y": [{"_type": NAME, "x": None, "y": 0}],
    }
    assert utils.from_json(json_value) == point
    assert Point.from_json(json_value) == point
    assert Point.from_json({"x": 1}) == Point(1)


def test_from_json_takes_an_object():
    with pytest.raises(
        TypeError, match="Expected a JSON object for Point, got \\[1\\]"
    ):
        Point.from_json([1])


def test_subclasses_are_registered():
    assert JSONConvertible.is_registered(NAME)
    assert JSONConvertible.class_from_typename(NAME) is Point
    assert (NAME, Point) in utils.registered_types()
    assert (NAME, Point) in JSONConvertible.registered_types()


def test_subclasses_may_stay_unregistered():
    class Hidden(Point):
        auto_register = False

    name = f"{__name__}.{Hidden.__qualname__}"
    assert not JSONConvertible.is_registered(name)
    json_value = utils.to_json(Hidden(1))
    assert json_value["_type"] == name
    with pytest.raises(TypeError, match="Refused to load class"):
        utils.from_json(json_value)
    with JSONConvertible.load_types_for_deserialization(Hidden):
        assert isinstance(utils.from_json(json_value), Hidden)


def test_serialization_key():
    class Keyed(Point):
        __serialization_key__ = "tests.keyed"

    assert utils.to_json(Keyed(1))["_type"] == "tests.keyed"
    assert isinstance(utils.from_json({"_type": "tests.keyed", "x": 1}), Keyed)


def test_published_name():
    @published_as("tests.published")
    class Published(Point):
        pass

    class Derived(Published):
        pass

    assert utils.to_json(Published(1))["_type"] == "tests.published"
    assert utils.to_json(Derived(1))["_type"].endswith("Derived")
    own_name = f"{__name__}.{Published.__qualname__}"
    assert not JSONConvertible.is_registered(own_name)


def test_register_and_alias():
    JSONConvertible.register("tests.point", Point)
    assert utils.from_json({"_type": "tests.point", "x": 1}) == Point(1)
    assert utils.to_json(Point(1))["_type"] == NAME
    with pytest.raises(KeyError, match="the name of <class"):
        JSONConvertible.register("tests.point", JSONConvertible)
    JSONConvertible.add_module_alias(__name__, "tests.former_module")
    assert utils.from_json({"_type": "tests.former_module.Point", "x": 1}) == Point(1)


def test_to_json_dict():
    fields = {"a": (1, 1), "b": (2, 1), "c": (3, None)}
    assert Point.to_json_dict(fields, exclude_default=True, exclude_keys={"c"}) == {
        "_type": NAME,
        "b": 2,
    }


def test_options_are_handed_on():
    seen = []

    class Spy(JSONConvertible):
        def to_json(self, **kwargs):
            seen.append(kwargs)
            return self.to_json_dict({}, **kwargs)

        @classmethod
        def from_json(cls, json_value, **kwargs):
            seen.append((json_value, kwargs))
            return cls()

    json_value = utils.to_json([Spy()], option=1)
    context = seen[0].pop("context")
    assert isinstance(context, utils.JSONConversionContext)
    assert seen.pop() == {"option": 1}
    utils.from_json(json_value, option=2, convert_unknown=True)
    value, kwargs = seen.pop()
    assert value == {} and kwargs.pop("context") is not None
    assert kwargs == {"option": 2}


def test_interface_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        JSONConvertible()


def test_type_converters():
    class Celsius:
        def __init__(self, degrees):
            self.degrees = degrees

    assert JSONConvertible.TYPE_CONVERTER(Celsius) is None
    json_convertible.register_type_converter_lookup(
        lambda cls: (lambda v: v.degrees) if cls is Celsius else None
    )
    assert utils.to_json([Celsius(20)]) == [20]
