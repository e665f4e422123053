import fractions
import math

import numpy as np
import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x.y[0]")


class TestBool:
    def test_accepts_booleans_only(self):
        assert pgt.Bool().apply(True) is True
        with pytest.raises(
            TypeError, match=r"Expected a value of type bool, got 1 of type int\."
        ):
            pgt.Bool().apply(1)

    def test_is_inlined_by_its_type(self):
        assert pgt.Bool().exact_types == (bool,)
        assert pgt.Bool().inline_condition("x") == ""


class TestInt:
    def test_returns_the_value_itself(self):
        class Index(int):
            pass

        for value in (7, True, Index(3)):
            assert pgt.Int().apply(value) is value

    @pytest.mark.parametrize("value", [1.0, "a", b"a", [1]])
    def test_refuses_other_types_with_type_value_and_path(self, value):
        with pytest.raises(TypeError) as error:
            pgt.Int().apply(value, root_path=PATH)
        assert str(error.value) == (
            f"Expected a value of type int, got {value!r} of type "
            f"{type(value).__name__}. "
            "(path=x.y[0])"
        )

    @pytest.mark.parametrize(
        ("spec", "good", "bad"),
        [
            (pgt.Int(min_value=0), [0, 1], [-1]),
            (pgt.Int(max_value=0), [0, -1], [1]),
            (pgt.Int(min_value=0, max_value=2), [0, 1, 2], [-1, 3]),
        ],
    )
    def test_bounds_are_inclusive(self, spec, good, bad):
        for value in good:
            assert spec.apply(value) == value
        for value in bad:
            with pytest.raises(ValueError, match=f"Expected a number .* got {value}"):
                spec.apply(value)

    def test_bounds_must_be_in_order(self):
        with pytest.raises(ValueError, match="that is not above the greatest"):
            pgt.Int(min_value=1, max_value=0)

    def test_default_must_be_in_range(self):
        with pytest.raises(ValueError, match="Expected a number"):
            pgt.Int(1, max_value=0)

    def test_inline_conditions(self):
        assert pgt.Int(min_value=0, max_value=5).inline_condition("x") == "0 <= x <= 5"
        assert pgt.Int(min_value=1).inline_condition("x") == "x >= 1"
        assert pgt.Int(max_value=1).inline_condition("x") == "x <= 1"
        assert pgt.Int(min_value=0.5).inline_condition("x") == "not (x < 0.5)"

    def test_bounds_without_a_literal_are_constants(self):
        low = fractions.Fraction(1, 3)
        spec = pgt.Int(min_value=low)
        assert spec.inline_condition("x") == "not (x < _min_x)"
        assert spec.inline_constants("x") == {"_min_x": low}

    def test_none_is_tested_first(self):
        spec = pgt.Int(min_value=1).noneable()
        assert spec.exact_types == (int, type(None))
        assert spec.inline_condition("x") == "(x is None or x >= 1)"

    def test_type_arguments_are_bounds(self):
        assert pgt.Int[0, 5] == pgt.Int(min_value=0, max_value=5)
        assert pgt.Int[None, 5] == pgt.Int(max_value=5)
        with pytest.raises(TypeError, match="a least and a greatest value, as in `Int"):
            pgt.Int[1]


class TestFloat:
    def test_converts_ints(self):
        value = pgt.Float().apply(1)
        assert value == 1.0 and type(value) is float
        assert pgt.Float(1).default == 1.0

    def test_converted_values_are_checked(self):
        with pytest.raises(
            ValueError, match=r"Expected a number of at least 0, got -1\.0"
        ):
            pgt.Float(min_value=0).apply(-1)

    def test_not_a_number_is_out_of_no_range(self):
        assert math.isnan(pgt.Float(min_value=0, max_value=1).apply(math.nan))

    def test_infinite_bounds_are_constants(self):
        spec = pgt.Float(max_value=math.inf)
        assert spec.inline_constants("x") == {"_max_x": math.inf}


class TestNumber:
    def test_several_types(self):
        spec = pgt.Number((int, float), min_value=0)
        assert spec.apply(1) == 1 and type(spec.apply(1)) is int
        assert spec.apply(1.5) == 1.5
        assert spec.exact_types == (int, float)
        with pytest.raises(TypeError, match="Expected a value of type int or float"):
            spec.apply("a")

    def test_is_extended_by_int(self):
        assert pgt.Int().extend(pgt.Number((int, float), min_value=1)).min_value == 1

    def test_cannot_be_instantiated_with_several_types(self):
        with pytest.raises(TypeError, match="value spec of a single type to call"):
            pgt.Number((int, float))(1)


class TestExtend:
    def test_takes_over_open_bounds(self):
        spec = pgt.Int(max_value=3).extend(pgt.Int(min_value=0, max_value=5))
        assert (spec.min_value, spec.max_value) == (0, 3)

    @pytest.mark.parametrize(
        ("spec", "base", "message"),
        [
            (pgt.Int(min_value=-1), pgt.Int(min_value=0), "it accepts numbers below 0"),
            (pgt.Int(max_value=9), pgt.Int(max_value=5), "it accepts numbers above 5"),
            (
                pgt.Int(min_value=6),
                pgt.Int(max_value=5),
                "both together accept nothing",
            ),
            (pgt.Int(), pgt.Str(), "it is of another type"),
            (pgt.Int(), pgt.Float(), "it is of another type"),
            (pgt.Bool(), pgt.Int(), "it is of another type"),
            (pgt.Int().noneable(), pgt.Int(), "it accepts None"),
            (pgt.Int(), pgt.Int(1).freeze(), "the base is frozen"),
        ],
    )
    def test_refuses_to_loosen(self, spec, base, message):
        with pytest.raises(TypeError, match=message):
            spec.extend(base)

    def test_keeps_its_own_default(self):
        assert not pgt.Int().extend(pgt.Int(1)).has_default
        assert pgt.Int(2).extend(pgt.Int(1)).default == 2


class TestStr:
    def test_pattern_matches_the_start(self):
        spec = pgt.Str(regex="a+")
        assert spec.apply("aab") == "aab"
        with pytest.raises(ValueError, match=r"begins with a match of 'a\+', got 'ba'"):
            spec.apply("ba")

    def test_pattern_is_inlined_with_its_matcher(self):
        spec = pgt.Str(regex="a")
        constants = spec.inline_constants("x")
        condition = spec.inline_condition("x")
        assert eval(condition, constants, {"x": "ab"})
        assert not eval(condition, constants, {"x": "b"})

    def test_type_argument_is_the_pattern(self):
        assert pgt.Str["a.*"] == pgt.Str(regex="a.*")
        with pytest.raises(TypeError, match="one regular expression, as in `Str"):
            pgt.Str["a", "b"]

    def test_takes_over_the_pattern_of_its_base(self):
        assert pgt.Str().extend(pgt.Str(regex="a")).regex.pattern == "a"
        assert pgt.Str(regex="b").extend(pgt.Str(regex="a")).regex.pattern == "b"


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (pgt.Int(), "Int()"),
        (pgt.Int(1, min_value=0).noneable(), "Int(default=1, min=0, noneable=True)"),
        (pgt.Int().noneable(), "Int(default=None, noneable=True)"),
        (pgt.Float(1, max_value=2), "Float(default=1.0, max=2)"),
        (pgt.Bool(True).freeze(), "Bool(default=True, frozen=True)"),
        (pgt.Str("a", regex="a.*"), "Str(default='a', regex='a.*')"),
        (pgt.Number(int), "Number()"),
    ],
)
def test_repr(spec, text):
    assert repr(spec) == text


def test_str_takes_a_line_for_each_argument():
    assert str(pgt.Int(1, min_value=0)) == "Int(\n  default=1,\n  min=0\n)"


def test_calling_a_spec_makes_a_value():
    assert pgt.Int()("1") == 1
    assert pgt.Str()(1) == "1"
    assert pgt.Bool()(1) is True


def test_json_form_leaves_out_what_is_usual():
    assert utils.to_json(pgt.Int()) == {"_type": "pyglove.typing.Int"}
    assert utils.to_json(pgt.Int(1, min_value=0).noneable()) == {
        "_type": "pyglove.typing.Int",
        "default": 1,
        "min_value": 0,
        "is_noneable": True,
    }
    assert utils.to_json(pgt.Str(regex="a")) == {
        "_type": "pyglove.typing.Str",
        "regex": "a",
    }


class TestScalarsOfOtherLibraries:
    @pytest.mark.parametrize(
        ("spec", "value", "expected"),
        [
            (pgt.Int(), np.int64(1), 1),
            (pgt.Int(), np.uint8(1), 1),
            (pgt.Int(), np.array(1), 1),
            (pgt.Float(), np.float32(1.5), 1.5),
            (pgt.Float(), np.int64(1), 1.0),
            (pgt.Float(), np.array(1.5), 1.5),
            (pgt.Bool(), np.bool_(True), True),
            (pgt.Str(), np.array("a"), "a"),
            (pgt.Number((int, float)), np.int64(1), 1),
            (pgt.Enum(1, [1, 2]), np.int64(2), 2),
            (pgt.Enum(1, [1, "a"]), np.int64(1), 1),
            (pgt.Union([int, str]), np.int64(1), 1),
            (pgt.Union([float, str]), np.int64(1), 1.0),
            (pgt.Union([float, int]), np.int64(1), 1),
            (pgt.List(int), [np.int64(1)], [1]),
            (pgt.Tuple([int]), (np.int64(1),), (1,)),
            # What has no type of its own leaves the type of a union unknown.
            (pgt.Union([int, pgt.Callable()]), np.int64(1), 1),
            (pgt.Union([float, pgt.Callable()]), np.int64(1), 1.0),
            (pgt.Union([float, pgt.Callable()]), np.float32(1.5), 1.5),
            (pgt.Union([bool, pgt.Callable()]), np.bool_(True), True),
            (pgt.Union([pgt.Enum(1, [1, "a"]), pgt.Callable()]), np.int64(1), 1),
            (pgt.Union([pgt.Union([int, pgt.Callable()]), str]), np.int64(1), 1),
            (pgt.Union([pgt.Object("NotYetDefined"), int]), np.array(1), 1),
            (pgt.Union([pgt.List(int), pgt.Callable()]), [np.int64(1)], [1]),
            (
                pgt.Tuple([pgt.Union([int, pgt.Callable()])]),
                (np.int64(1),),
                (1,),
            ),
            (pgt.Enum(1, [np.int64(1), np.int64(2)]), 2, 2),
            (pgt.Enum(1, [np.int64(1), np.int64(2)]), np.int64(2), 2),
        ],
    )
    def test_become_those_of_python(self, spec, value, expected):
        found = spec.apply(value)
        assert found == expected and type(found) is type(expected)
        if isinstance(expected, (list, tuple)):
            assert type(found[0]) is int

    def test_within_dicts(self):
        spec = pgt.Dict({"x": pgt.Union([int, pgt.Callable()]), "y": int})
        found = spec.apply({"x": np.int64(1), "y": np.int64(2)})
        assert found == {"x": 1, "y": 2}
        assert all(type(value) is int for value in found.values())

    def test_as_defaults(self):
        for spec in (
            pgt.Int(np.int64(1)),
            pgt.Enum(np.int64(1), [1, 2]),
            pgt.Union([int, pgt.Callable()], np.int64(1)),
        ):
            assert type(spec.default) is int
            assert spec.freeze().apply(np.int64(1)) == 1

    def test_are_checked(self):
        with pytest.raises(ValueError, match="Expected a number"):
            pgt.Int(min_value=1).apply(np.int64(0))
        with pytest.raises(ValueError, match="Expected a number"):
            pgt.Union([pgt.Int(min_value=1), pgt.Callable()]).apply(np.int64(0))
        with pytest.raises(TypeError, match="of type numpy"):
            pgt.Union([int, pgt.Callable()]).apply(np.float32(1.5))
        with pytest.raises(ValueError, match="Expected one of"):
            pgt.Enum(1, [1, 2]).apply(np.int64(3))
        for spec, value in [
            (pgt.Int(), np.float32(1.5)),
            (pgt.Bool(), np.int64(1)),
            (pgt.Str(), np.int64(1)),
            (pgt.Int(), np.array([1])),
            (pgt.Int(), np.timedelta64(1, "s")),
            (pgt.Float(), np.ma.masked),
            (pgt.Float(), np.complex64(1)),
        ]:
            with pytest.raises(TypeError, match=r"of type numpy"):
                spec.apply(value)
        with pytest.raises(ValueError, match="Expected one of"):
            pgt.Enum(1, [1, "a"]).apply(np.array([1]))

    def test_subclasses_of_those_of_python_stay_what_they_are(self):
        for spec, value in [
            (pgt.Float(), np.float64(1.5)),
            (pgt.Str(), np.str_("a")),
            (pgt.Object(np.int64), np.int64(1)),
            (pgt.Union([pgt.Object(np.int64), int]), np.int64(1)),
            (pgt.Any(), np.int64(1)),
        ]:
            assert spec.apply(value) is value

    def test_as_bounds(self):
        spec = pgt.Int(min_value=np.int64(1), max_value=np.int64(2))
        assert repr(spec) == "Int(min=1, max=2)"
        assert spec == pgt.Int(min_value=1, max_value=2)
        assert repr(pgt.List(int, size=np.int64(2))) == repr(pgt.List(int, size=2))

    def test_arrays_are_not_what_a_frozen_spec_holds(self):
        with pytest.raises(ValueError, match="the only value of a frozen spec"):
            pgt.Int().freeze(1).apply(np.array([1, 1]))
        array = np.array([1, 2])
        assert pgt.Any(array) == pgt.Any(array) != pgt.Any(np.array([1, 3]))
