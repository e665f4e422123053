import datetime

import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x")


class A:
    pass


class B(A):
    pass


class TestApply:
    def test_the_first_spec_of_the_type_decides(self):
        spec = pgt.Union([pgt.Int(min_value=2), pgt.Any()])
        assert spec.apply("a") == "a"
        for _ in range(2):
            with pytest.raises(ValueError, match="Expected a number"):
                spec.apply(1)

    def test_no_conversion_where_a_type_fits(self):
        value = pgt.Union([pgt.Float(), pgt.Int()]).apply(1)
        assert type(value) is int

    def test_conversion_where_none_fits(self):
        assert type(pgt.Union([pgt.Float(), pgt.Str()]).apply(1)) is float
        spec = pgt.Union([pgt.Int(), pgt.Object(utils.KeyPath)])
        assert spec.apply("a.b") == utils.KeyPath(["a", "b"])
        assert pgt.Union([pgt.Callable(), pgt.Float()]).apply(1) == 1.0

    def test_error_names_all_types(self):
        with pytest.raises(TypeError, match="Expected a value of type int or str"):
            pgt.Union([int, str]).apply(1.5, root_path=PATH)

    def test_error_inside_tells_where(self):
        with pytest.raises(TypeError, match=r"path=x\[0\]"):
            pgt.Union([pgt.List(int), pgt.Str()]).apply(["a"], root_path=PATH)

    def test_none(self):
        with pytest.raises(ValueError, match="got None"):
            pgt.Union([int, str]).apply(None)
        assert pgt.Union([pgt.Int().noneable(), pgt.Str()]).apply(None) is None

    def test_specs_without_a_type_come_last(self):
        spec = pgt.Union([pgt.Callable([int]), pgt.Type(A)])
        assert spec.apply(B) is B
        with pytest.raises(ValueError, match="Expected a subclass"):
            spec.apply(int)
        with pytest.raises(TypeError, match="a value of one of"):
            pgt.Union([pgt.Callable(), pgt.Int()]).apply("x")
        mixed = pgt.Union([pgt.Enum("a", ["a", 1]), pgt.Int()])
        assert mixed.apply(3) == 3
        with pytest.raises(ValueError, match="got 'b'"):
            mixed.apply("b")

    def test_unresolved_classes_accept_what_no_other_does(self):
        spec = pgt.Union([pgt.Object("NotThereYet"), pgt.Int(min_value=0)])
        value = A()
        assert spec.apply(value) is value
        with pytest.raises(ValueError):
            spec.apply(-1)

    def test_child_transform_reaches_the_parts(self):
        spec = pgt.Union([pgt.List(int), pgt.Dict({"a": float})])
        result = spec.apply({"a": 1}, child_transform=lambda p, f, v: v + 1)
        assert result == {"a": 2.0}

    def test_custom_typing_values_see_the_union(self):
        class Custom(pgt.CustomTyping):
            def custom_apply(self, path, value_spec, **kwargs):
                return (False, value_spec)

        spec = pgt.Union([int, str])
        assert spec.apply(Custom()) is spec


class TestDefinition:
    @pytest.mark.parametrize("candidates", [1, [], [pgt.Int()], "ab"])
    def test_takes_several_candidates(self, candidates):
        with pytest.raises(ValueError, match="two candidates or more"):
            pgt.Union(candidates)

    @pytest.mark.parametrize(
        "candidates",
        [
            [pgt.Int(), pgt.Int(1)],
            [pgt.List(int), pgt.List(str)],
            [pgt.Callable([int]), pgt.Callable([str])],
            [pgt.Object("X"), pgt.Object("X")],
        ],
    )
    def test_candidates_must_differ_in_type(self, candidates):
        with pytest.raises(ValueError, match="that differ in type"):
            pgt.Union(candidates)

    def test_value_type(self):
        assert pgt.Union([int, str]).value_type == (int, str)
        nested = pgt.Union([pgt.Union([int, str]), pgt.Number((int, float))])
        assert nested.value_type == (int, str, float)
        assert pgt.Union([int, pgt.Callable()]).value_type is None

    def test_noneable_makes_all_candidates_so(self):
        spec = pgt.Union([int, str]).noneable()
        assert all(c.is_noneable and not c.has_default for c in spec.candidates)
        assert spec.default is None

    def test_type_arguments(self):
        assert pgt.Union[int, str] == pgt.Union([int, str])
        assert pgt.Union[int, None] == pgt.Int().noneable()
        assert pgt.Union[int, str, None] == pgt.Union([int, str]).noneable()
        with pytest.raises(TypeError, match="two types or more"):
            pgt.Union[int]

    def test_cannot_be_called(self):
        with pytest.raises(TypeError, match="value spec of a single type to call"):
            pgt.Union([int, str])(1)


class TestRelations:
    def test_get_candidate(self):
        spec = pgt.Union([pgt.Union([int, str]), float])
        assert spec.get_candidate(pgt.Int()) == pgt.Int()
        assert spec.get_candidate(pgt.Int(min_value=1)) is None
        assert spec.get_candidate(pgt.Bool()) is None

    def test_extend(self):
        base = pgt.Union([pgt.Int(min_value=1), pgt.Str(), pgt.Float()])
        spec = pgt.Union([int, str]).extend(base)
        assert spec == pgt.Union([pgt.Int(min_value=1), pgt.Str()])
        for other, message in [
            (pgt.Union([str, float]), "the base has no candidate for"),
            (pgt.Int(), "it is of another type"),
        ]:
            with pytest.raises(TypeError, match=message):
                pgt.Union([int, str]).extend(other)

    def test_candidates_extend_a_union(self):
        base = pgt.Union([pgt.Int(min_value=1), pgt.Str()])
        assert pgt.Int().extend(base).min_value == 1
        assert pgt.Int().extend(pgt.Union([str, pgt.Any()])) == pgt.Int()
        with pytest.raises(TypeError, match="no candidate of the union"):
            pgt.Float().extend(base)

    def test_is_compatible(self):
        spec = pgt.Union([int, str])
        assert spec.is_compatible(pgt.Int(min_value=1))
        assert spec.is_compatible(pgt.Union([str, int]))
        assert not spec.is_compatible(pgt.Float())
        assert not spec.is_compatible(pgt.Union([int, float]))
        assert not spec.is_compatible(pgt.Int().noneable())

    def test_ensure_value_spec(self):
        spec = pgt.Union([int, str])
        assert pgt.ensure_value_spec(spec, pgt.Int()) == pgt.Int()
        assert pgt.ensure_value_spec(pgt.Int(), pgt.Any()) == pgt.Int()
        assert pgt.ensure_value_spec(pgt.Any(), pgt.Int()) is None
        for dest in (spec, pgt.Int()):
            with pytest.raises(TypeError, match=r"got values of .*path=x"):
                pgt.ensure_value_spec(dest, pgt.Float(), PATH)


class TestInlined:
    def test_types_with_the_condition_of_the_candidate_that_decides(self):
        spec = pgt.Union([pgt.Int(min_value=0), pgt.Str(), pgt.Object(A)])
        assert spec.exact_types == (int, str, A)
        condition, constants = spec.inline_condition("x"), spec.inline_constants("x")
        admitted = [
            v
            for v in (-1, 0, "a", 1.5)
            if type(v) in spec.exact_types and eval(condition, constants, {"x": v})
        ]
        assert admitted == [0, "a"]

    def test_types_that_another_candidate_decides_on_are_left_out(self):
        spec = pgt.Union([pgt.Object(A), pgt.Object(B)])
        assert spec.exact_types == (A,)
        assert pgt.Union([pgt.Any(), pgt.Int()]).exact_types == ()

    def test_conditions_of_several_candidates(self):
        spec = pgt.Union([pgt.Int(min_value=0), pgt.Str(regex="a")]).noneable()
        condition, constants = spec.inline_condition("x"), spec.inline_constants("x")
        for value, good in [(0, True), (-1, False), ("a", True), ("b", False)]:
            assert bool(eval(condition, constants, {"x": value})) is good
        assert eval(condition, constants, {"x": None})

    def test_nothing_before_classes_exist(self):
        assert pgt.Union([pgt.Object("NotThereYet"), pgt.Int()]).exact_types == ()


def test_text_json_and_annotation():
    spec = pgt.Union([int, str], default="a")
    assert repr(spec) == "Union([Int(), Str()], default='a')"
    assert spec.annotation == int | str
    assert utils.from_json(utils.to_json(spec)) == spec
    assert pgt.Union([int, datetime.date]).annotation == int | datetime.date


def test_a_union_that_cannot_extend_another_one_is_as_it_was():
    inner = pgt.Dict([("k", pgt.Object(int))])
    union = pgt.Union([pgt.Dict(), pgt.Float()])
    with pytest.raises(TypeError, match="accepts no more than"):
        union.extend(pgt.Union([inner, pgt.Enum(1, [1])]))
    assert union == pgt.Union([pgt.Dict(), pgt.Float()])


def test_the_candidate_of_a_kind_comes_before_others():
    union = pgt.Union([pgt.Bool(), pgt.Any()])
    assert union.get_candidate(pgt.Any()) == pgt.Any()
    assert union.get_candidate(pgt.Bool()) == pgt.Bool()
    assert pgt.ensure_value_spec(union, pgt.Any()) is None
