import enum

import pytest

import pyglove.typing as pgt
from pyglove import utils


class Color(enum.Enum):
    RED = 1
    BLUE = 2


def test_accepts_its_values():
    spec = pgt.Enum("a", ["a", 1])
    assert spec.apply("a") == "a" and spec.apply(1) == 1
    with pytest.raises(ValueError, match=r"Expected one of \['a', 1\], got 'b'"):
        spec.apply("b")


def test_refuses_other_types_if_values_have_one_in_common():
    with pytest.raises(TypeError, match="Expected a value of type str"):
        pgt.Enum("a", ["a", "b"]).apply(1)


@pytest.mark.parametrize(
    ("values", "value_type"),
    [
        (["a", "b"], str),
        (["a", None], str),
        (["a", 1], None),
        ([Color.RED, Color.BLUE], Color),
        ([int, str], type),
    ],
)
def test_value_type(values, value_type):
    assert pgt.Enum(values[0], values).value_type is value_type


@pytest.mark.parametrize("values", [[], (), ("a",), {"a"}, "ab", None])
def test_values_are_a_list(values):
    with pytest.raises(ValueError, match="list of at least one value"):
        pgt.Enum("a", values)


def test_default_is_one_of_the_values():
    with pytest.raises(ValueError, match=r"Expected one of .* got 'c'"):
        pgt.Enum("c", ["a"])
    assert not pgt.Enum(pgt.MISSING_VALUE, ["a"]).has_default


def test_none_among_the_values_makes_it_noneable():
    spec = pgt.Enum("a", ["a", None])
    assert spec.is_noneable and spec.apply(None) is None
    assert spec.noneable(False).values == ["a"]
    with pytest.raises(ValueError, match="got None"):
        spec.apply(None)


def test_noneable_adds_none_and_keeps_the_default():
    spec = pgt.Enum("a", ["a"]).noneable()
    assert spec.values == ["a", None] and spec.default == "a"
    assert pgt.Enum(None, ["a", None]).noneable(False).default == pgt.MISSING_VALUE


def test_noneable_leaves_the_given_list_alone():
    values = ["a"]
    pgt.Enum("a", values).noneable()
    assert values == ["a"]


def test_values_may_be_unhashable():
    value = [1]
    assert pgt.Enum(1, [1, [1]]).apply(value) is value


def test_inlined_are_values_of_exact_types():
    spec = pgt.Enum(1, [1, "a", [1], Color.RED])
    assert spec.exact_types == (int, str, Color)
    assert spec.inline_constants("x") == {"_enum_x": {1, "a", Color.RED}}
    assert spec.inline_condition("x") == "x in _enum_x"


def test_extends_what_has_its_values():
    assert pgt.Enum("a", ["a"]).extend(pgt.Enum("a", ["a", "b"])).values == ["a"]
    assert pgt.Enum(1, [1]).extend(pgt.Int()).values == [1]
    assert pgt.Enum(1, [1]).extend(pgt.Union([int, str])).values == [1]
    with pytest.raises(TypeError, match="'c' is not among the values"):
        pgt.Enum("c", ["c"]).extend(pgt.Enum("a", ["a"]))
    with pytest.raises(TypeError, match="it is of another type"):
        pgt.Enum("a", ["a"]).extend(pgt.Int())
    with pytest.raises(TypeError, match="no candidate of the union"):
        pgt.Enum(1, [1, "a"]).extend(pgt.Union([int, str]))


def test_values_must_be_acceptable_to_what_is_extended():
    assert pgt.Enum(1, [1, 2]).extend(pgt.Float()).values == [1, 2]
    with pytest.raises(TypeError, match="it is of another type"):
        pgt.Enum(2, [1, 2]).extend(pgt.Int(min_value=2))


def test_a_constant_extends_an_enumeration_of_it():
    base = pgt.Enum("a", ["a", "b"])
    constants = [pgt.Str().freeze("b"), pgt.Any().freeze("b"), pgt.Enum("b", ["b", 1])]
    for spec in constants:
        assert spec.freeze().extend(base) == pgt.Enum("b", ["a", "b"], frozen=True)
    with pytest.raises(TypeError):
        pgt.Str().freeze("c").extend(base)
    with pytest.raises(TypeError):
        pgt.Str("b").extend(base)


def test_is_compatible_with_fewer_values():
    assert pgt.Enum("a", ["a", "b"]).is_compatible(pgt.Enum("a", ["a"]))
    assert not pgt.Enum("a", ["a"]).is_compatible(pgt.Enum("a", ["a", "b"]))
    assert not pgt.Enum(1, [1]).is_compatible(pgt.Int())


def test_type_arguments_are_values():
    assert pgt.Enum["a", "b"] == pgt.Enum(pgt.MISSING_VALUE, ["a", "b"])
    with pytest.raises(TypeError, match="two values or more"):
        pgt.Enum["a"]


def test_text_and_json():
    spec = pgt.Enum("a", ["a", None])
    assert repr(spec) == "Enum(default='a', values=['a', None])"
    assert utils.to_json(spec) == {
        "_type": "pyglove.typing.Enum",
        "default": "a",
        "values": ["a", None],
    }


def test_annotation():
    assert pgt.Enum("a", ["a", None]).annotation == str | None
    assert pgt.Enum(1, [1]).annotation is int


class TestFrozenSpecs:
    @pytest.mark.parametrize(
        "other",
        [
            pgt.Int().freeze(0),
            pgt.Str().freeze("a"),
            pgt.Any().freeze(0),
            pgt.Bool().freeze(False),
            pgt.Enum(0, [0, 1]).freeze(0),
            pgt.Union([int, str]).freeze("a"),
        ],
    )
    def test_are_compatible_if_their_value_is_one_of_the_values(self, other):
        assert pgt.Enum(0, [0, "a"]).is_compatible(other)
        assert not pgt.Enum("b", ["b"]).is_compatible(other)

    def test_of_another_value_or_not_frozen_are_not(self):
        assert not pgt.Enum(0, [0, "a"]).is_compatible(pgt.Int().freeze(3))
        assert not pgt.Enum(0, [0, "a"]).is_compatible(pgt.Int(0))

    def test_extend_frozen_specs_of_the_same_value(self):
        spec = pgt.Int().freeze(0)
        assert spec.extend(pgt.Any().freeze(0)) is spec
        extended = pgt.Int().freeze(0).extend(pgt.Enum(0, [0, 1]).freeze(0))
        assert extended == pgt.Enum(0, [0, 1]).freeze(0)
        with pytest.raises(TypeError, match="the base is frozen"):
            pgt.Int().freeze(0).extend(pgt.Any().freeze(1))


class Color(enum.Enum):
    RED = 1


class TestExtend:
    @pytest.mark.parametrize(
        ("values", "base"),
        [
            ([Color.RED], pgt.Object(Color)),
            ([Color.RED, None], pgt.Object(Color).noneable()),
            ([[1]], pgt.List(int)),
            ([{"a": 1}], pgt.Dict([("a", pgt.Int()), ("b", pgt.Int(2))])),
            ([int], pgt.Type(int)),
            ([len], pgt.Callable()),
            ([1, "a"], pgt.Union([pgt.Object("NotThereYet"), int])),
        ],
    )
    def test_whatever_accepts_its_values(self, values, base):
        spec = pgt.Enum(pgt.MISSING_VALUE, values)
        before = repr(spec)
        assert spec.extend(base) is spec and repr(spec) == before

    @pytest.mark.parametrize(
        ("values", "base"),
        [([Color.RED, 1], pgt.Object(Color)), ([["a"]], pgt.List(int))],
    )
    def test_nothing_else(self, values, base):
        with pytest.raises(TypeError, match="it is of another type"):
            pgt.Enum(pgt.MISSING_VALUE, values).extend(base)
