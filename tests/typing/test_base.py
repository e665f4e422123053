import pytest

import pyglove.typing as pgt
from pyglove import utils

PATH = utils.KeyPath.parse("x.y[0]")


class Custom(pgt.CustomTyping):
    """Passes on a value, and remembers how it was asked."""

    def __init__(self, proceed, value):
        self.proceed, self.value = proceed, value
        self.seen = None

    def custom_apply(self, path, value_spec, allow_partial, child_transform=None):
        self.seen = (path, value_spec, allow_partial, child_transform)
        return (self.proceed, self.value)


class Even(pgt.ValueSpecBase):
    """A spec such as users write: even numbers, doubled."""

    def __init__(self, default=pgt.MISSING_VALUE, **kwargs):
        self.paths = []
        super().__init__(int, default, **kwargs)

    def __call__(self, *args, **kwargs):
        return self.apply(int(*args))

    def _apply(self, value, allow_partial, child_transform, root_path):
        self.paths.append(root_path)
        return value * 2

    def _validate(self, path, value):
        if value % 4:
            raise ValueError(f"{value // 2} is odd. (path={path})")

    def _annotate(self):
        return int


class TestMissing:
    def test_required_value(self):
        for spec in (pgt.Int(), pgt.Int(1)):
            with pytest.raises(ValueError) as error:
                spec.apply(pgt.MISSING_VALUE, root_path=PATH)
            assert str(error.value) == (
                f"Expected a value of {spec!r}, got MISSING_VALUE, which only partial "
                "objects may hold. (path=x.y[0])"
            )

    def test_partial_value_knows_its_spec(self):
        spec = pgt.Int()
        missing = spec.apply(pgt.MISSING_VALUE, allow_partial=True)
        assert missing == pgt.MISSING_VALUE and missing.value_spec is spec
        again = pgt.Str().apply(missing, allow_partial=True)
        assert again.value_spec == pgt.Str()


class TestNone:
    def test_needs_noneable(self):
        with pytest.raises(ValueError) as error:
            pgt.Int().apply(None, root_path=PATH)
        assert str(error.value) == (
            "Expected a value of Int(), got None, which only a noneable spec accepts. "
            "(path=x.y[0])"
        )
        assert pgt.Int().noneable().apply(None) is None

    def test_becomes_the_default_unless_there_is_one(self):
        assert pgt.Int().noneable().default is None
        assert pgt.Int(5).noneable().default == 5
        assert not pgt.Int().noneable(use_none_as_default=False).has_default

    def test_is_taken_away_again(self):
        spec = pgt.Int().noneable().noneable(False)
        assert not spec.is_noneable and not spec.has_default

    def test_may_be_the_default_of_noneable_specs_only(self):
        assert pgt.Int(None, is_noneable=True).default is None
        with pytest.raises(ValueError, match="got None"):
            pgt.Int(None)


class TestFrozen:
    def test_accepts_its_default(self):
        spec = pgt.Int(1).freeze()
        for value in (1, 1.0, True, pgt.MISSING_VALUE):
            assert spec.apply(value) == 1 and type(spec.apply(value)) is int

    def test_refuses_everything_else(self):
        spec = pgt.Int(1).freeze()
        for value in (2, None, Custom(True, 1)):
            with pytest.raises(
                ValueError, match="the only value of a frozen spec"
            ) as e:
                spec.apply(value, root_path=PATH)
            assert "(path=x.y[0])" in str(e.value)

    def test_needs_a_default(self):
        with pytest.raises(ValueError, match=r"Expected a value to freeze Int\(\)"):
            pgt.Int().freeze()

    def test_takes_a_new_default(self):
        assert pgt.Int().freeze(3).default == 3
        with pytest.raises(TypeError):
            pgt.Int().freeze("x")
        assert pgt.Int().freeze("x", apply_before_use=False).default == "x"

    def test_keeps_its_default(self):
        with pytest.raises(ValueError, match="a frozen spec"):
            pgt.Int(1).freeze().set_default(2)

    def test_is_not_inlined(self):
        assert pgt.Int(1).freeze().exact_types == ()
        assert pgt.Int(1).freeze().inline_condition("x") is None


class TestDefault:
    def test_is_checked(self):
        with pytest.raises(TypeError):
            pgt.Int().set_default("a")
        assert pgt.Int().set_default("a", use_default_apply=False).default == "a"

    def test_is_taken_away(self):
        assert not pgt.Int(2).set_default(pgt.MISSING_VALUE).has_default

    def test_error_tells_where(self):
        with pytest.raises(TypeError, match=r"path=x\.y\[0\]"):
            pgt.Int().set_default("a", root_path=PATH)


class TestCustomTyping:
    def test_value_may_stand_for_itself(self):
        value = Custom(False, "z")
        assert pgt.Int().apply(value) == "z"

    def test_checks_go_on_with_what_it_returns(self):
        assert pgt.Int().apply(Custom(True, 5)) == 5
        with pytest.raises(TypeError, match=r"got .* of type str"):
            pgt.Int().apply(Custom(True, "z"))
        with pytest.raises(TypeError, match="NoneType"):
            pgt.Int().noneable().apply(Custom(True, None))

    def test_is_told_path_spec_and_options(self):
        value, spec = Custom(False, 1), pgt.Int()
        spec.apply(value, allow_partial=True, child_transform=max, root_path=PATH)
        assert value.seen == (PATH, spec, True, max)

    def test_sees_real_paths(self):
        value = Custom(False, 1)
        pgt.Int().apply(value, root_path=lambda: PATH)
        assert value.seen[0] == PATH
        pgt.List(int).apply([value])
        assert value.seen[0] == utils.KeyPath(0)

    def test_sees_lazy_paths_if_it_says_so(self):
        class Lazy(Custom):
            accepts_lazy_path = True

        value = Lazy(False, 1)
        pgt.Int().apply(value, root_path=lambda: PATH)
        assert value.seen[0]() == PATH

    def test_an_override_sees_real_paths_again(self):
        class Lazy(Custom):
            accepts_lazy_path = True

        class Override(Lazy):
            def custom_apply(
                self, path, value_spec, allow_partial, child_transform=None
            ):
                return super().custom_apply(
                    path, value_spec, allow_partial, child_transform
                )

        assert not Override.accepts_lazy_path

    def test_what_follows_the_spec_is_passed_by_keyword(self):
        class Tensor(pgt.CustomTyping):
            def custom_apply(self, path, spec, **kwargs):
                self.seen = kwargs
                return (False, self)

        value = Tensor()
        assert pgt.Int().apply(value, allow_partial=True) is value
        assert value.seen == {"allow_partial": True, "child_transform": None}
        assert pgt.Any(transform=lambda x: value).apply(1) is value
        assert pgt.List(int).apply([value]) == [value]

    def test_can_have_another_value_checked(self):
        class Box(pgt.CustomTyping):
            def __init__(self, value):
                self.value = value

            def custom_apply(self, path, spec, **kwargs):
                return (False, spec.apply(self.value, **kwargs))

        assert pgt.List(int, transform=list).apply(Box((1, 2))) == [1, 2]
        with pytest.raises(TypeError, match="Expected a value of type int"):
            pgt.Int().apply(Box("a"))

    def test_goes_before_the_transform(self):
        assert pgt.Any(transform=str).apply(Custom(True, 1)) == "1"
        assert pgt.Any(transform=str).apply(Custom(False, 1)) == 1


class TestTransform:
    def test_goes_before_the_type_check(self):
        assert pgt.List(int, transform=list).apply((1, 2)) == [1, 2]
        with pytest.raises(TypeError, match="Expected a value of type list"):
            pgt.List(int, transform=tuple).apply([1])

    def test_is_applied_to_the_default(self):
        assert pgt.List(int, default=3, transform=lambda x: [x]).default == [3]

    def test_does_not_see_none(self):
        assert pgt.Any(transform=str).apply(None) is None

    def test_error_keeps_its_class_and_gets_the_path(self):
        with pytest.raises(ZeroDivisionError, match=r"by zero \(path=x\.y\[0\]\)"):
            pgt.Any(transform=lambda x: x / 0).apply(1, root_path=PATH)

    def test_error_that_takes_more_than_a_message_gets_a_note(self):
        def fail(value):
            raise UnicodeDecodeError("utf8", b"a", 0, 1, "bad")

        with pytest.raises(UnicodeDecodeError) as error:
            pgt.Any(transform=fail).apply(1, root_path=PATH)
        assert "(path=x.y[0])" in error.value.__notes__[0]

    def test_is_not_inlined(self):
        assert pgt.Object(bytes, transform=bytes).exact_types == ()


class TestUserSpec:
    def test_hooks_see_real_paths(self):
        spec = Even()
        assert spec.apply(2, root_path=lambda: PATH) == 4
        with pytest.raises(ValueError, match=r"3 is odd. \(path=\)"):
            spec.apply(3)
        assert spec.paths == [PATH, utils.KeyPath()]

    def test_default_is_applied(self):
        assert Even(2).default == 4

    def test_is_not_inlined(self):
        assert Even().exact_types == () and Even().inline_condition("x") is None

        class Small(pgt.Int):
            def _validate(self, path, value):
                pass

        assert Small().exact_types == ()

    def test_formats_under_its_own_name(self):
        assert repr(Even(2).noneable()) == "Even(default=4, noneable=True)"

    def test_annotation_takes_none_into_account(self):
        assert Even().annotation is int
        assert Even(is_noneable=True).annotation == int | None

    def test_relates_to_its_own_class(self):
        assert Even().is_compatible(Even())
        assert not Even().is_compatible(pgt.Int())
        assert Even() == Even() and Even() != Even(2)
        assert Even().extend(Even()) == Even()


class TestEquality:
    @pytest.mark.parametrize(
        ("x", "y"),
        [
            (pgt.Int(), pgt.Int(1)),
            (pgt.Int(), pgt.Int().noneable()),
            (pgt.Int(1), pgt.Int(1).freeze()),
            (pgt.Int(min_value=1), pgt.Int()),
            (pgt.Int(), pgt.Float()),
            (pgt.Any(), pgt.Any(annotation=int)),
            (pgt.Any(transform=str), pgt.Any()),
            (pgt.List(int), pgt.List(str)),
            (pgt.List(int), pgt.List(int, max_size=1)),
            (pgt.Tuple(int), pgt.Tuple([int])),
            (pgt.Dict({"a": int}), pgt.Dict()),
            (pgt.Object(bytes), pgt.Object(complex)),
            (pgt.Type(int), pgt.Type(str)),
            (pgt.Callable([int]), pgt.Callable()),
            (pgt.Enum("a", ["a", "b"]), pgt.Enum("a", ["b", "a"])),
            (pgt.Str(regex="a"), pgt.Str()),
            (pgt.Int(), 1),
        ],
    )
    def test_differences(self, x, y):
        assert x != y
        assert not x == y  # noqa: SIM201 - both operators are meant.

    def test_functions_are_compared_by_what_they_do(self):
        assert pgt.Any(transform=lambda x: x) == pgt.Any(transform=lambda x: x)
        assert pgt.Callable(default=lambda: 1) == pgt.Callable(default=lambda: 1)
        assert pgt.Callable(default=lambda: 1) != pgt.Callable(default=lambda: 2)

    def test_order_of_candidates_does_not_matter(self):
        x, y = pgt.Union([int, str]), pgt.Union([str, int])
        assert x == y and hash(x) == hash(y)


def test_or_makes_unions():
    assert pgt.Int() | str == pgt.Union([int, str])
    assert int | pgt.Str() == pgt.Union([int, str])
    assert pgt.Int() | None == pgt.Int().noneable()
    assert None | pgt.Int() == pgt.Int().noneable()


def test_clone_shares_nothing_that_can_be_modified():
    spec = pgt.Dict({"a": pgt.List(pgt.Union([pgt.Int(), pgt.Tuple([str])]))})
    clone = spec.clone()
    clone.schema["a"].value.element.value.candidates[0].noneable()
    assert clone != spec
    assert spec == pgt.Dict({"a": pgt.List(pgt.Union([pgt.Int(), pgt.Tuple([str])]))})


def test_a_constant_extends_itself():
    fixed = pgt.Int().freeze(3)
    assert fixed.extend(pgt.Int().freeze(3)) is fixed
    for spec in (pgt.Int().freeze(4), pgt.Int(3)):
        with pytest.raises(TypeError, match="the base is frozen"):
            spec.extend(fixed)


def test_a_transform_can_be_left_out():
    spec = pgt.Object(int, default=5, transform=lambda v: int(v))
    assert spec.apply("3") == 3
    plain = spec.skip_user_transform
    assert plain.transform is None and plain.default == 5
    with pytest.raises(TypeError):
        plain.apply("3")
    assert plain.skip_user_transform is plain


class TestCall:
    @pytest.mark.parametrize(
        ("spec", "value"),
        [
            (pgt.Int(default=3), 3),
            (pgt.Int(), 0),
            (pgt.Str("a"), "a"),
            (pgt.Bool(True), True),
            (pgt.Float(1.5), 1.5),
            (pgt.Number((int, float), 1), 1),
            (pgt.Enum(1, [1, 2]), 1),
            (pgt.Enum("a", [1, "a"]), "a"),
            (pgt.List(pgt.Int(), [1]), [1]),
            (pgt.Tuple(pgt.Int(), (1,)), (1,)),
        ],
    )
    def test_gives_the_default_if_there_are_no_arguments(self, spec, value):
        assert spec() == value

    @pytest.mark.parametrize(
        "spec",
        [
            pgt.Int(),
            pgt.Str(),
            pgt.Bool(),
            pgt.Float(),
            pgt.List(pgt.Int()),
            pgt.Tuple(pgt.Int()),
            pgt.Number((int, float)),
        ],
    )
    def test_gives_none_where_that_is_the_default(self, spec):
        assert spec.noneable()() is None

    def test_passes_arguments_to_the_type(self):
        assert pgt.Int(default=3)("4") == 4
        assert pgt.Str("a")("b") == "b"
        assert pgt.List(pgt.Int(), [1])((2, 3)) == [2, 3]
        assert pgt.Enum(1, [1, 2])(2) == 2
        with pytest.raises(ValueError, match="Expected one of"):
            pgt.Enum(1, [1, 2])(3)
        with pytest.raises(TypeError, match="value spec of a single type to call"):
            pgt.Number((int, float), 1)(2)

    def test_a_frozen_spec_gives_its_value_whatever_the_arguments(self):
        assert pgt.Str().freeze("a")("b") == "a"
        assert pgt.Enum(1, [1, 2]).freeze(2)(1) == 2
        assert pgt.Int().freeze(4)(x=1) == 4
        assert pgt.List(pgt.Int()).freeze([1])(1, 2, 3) == [1]

    def test_the_default_stays_as_it_is(self):
        spec = pgt.List(pgt.Int(), [1])
        spec().append(2)
        assert spec.default == [1]
