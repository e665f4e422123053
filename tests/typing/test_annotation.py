import collections.abc
import datetime
import enum
import inspect
import re
import sys
import typing

import pytest

import pyglove.typing as pgt

T = typing.TypeVar("T")
Bound = typing.TypeVar("Bound", bound=int)
Either = typing.TypeVar("Either", int, str)
UserId = typing.NewType("UserId", int)


class A:
    class Inner:
        pass


class Box(typing.Generic[T]):
    pass


class Color(enum.Enum):
    RED = 1


def convert(annotation):
    return pgt.ValueSpec.from_annotation(
        annotation, auto_typing=True, parent_module=sys.modules[__name__]
    )


def optional(spec):
    return spec.noneable(use_none_as_default=False)


@pytest.mark.parametrize(
    ("annotation", "spec"),
    [
        (bool, pgt.Bool()),
        (int, pgt.Int()),
        (float, pgt.Float()),
        (str, pgt.Str()),
        (typing.Any, pgt.Any(annotation=typing.Any)),
        (inspect.Parameter.empty, pgt.Any()),
        (None, pgt.Object(type(None))),
        (type(None), pgt.Object(type(None))),
        (list, pgt.List(pgt.Any())),
        (list[int], pgt.List(int)),
        (typing.List[int], pgt.List(int)),  # noqa: UP006
        (tuple, pgt.Tuple(pgt.Any())),
        (tuple[int, ...], pgt.Tuple(int)),
        (tuple[int, str], pgt.Tuple([int, str])),
        (collections.abc.Sequence[int], pgt.Sequence[int]),
        (collections.abc.Sequence, pgt.Union([list, tuple])),
        (dict, pgt.Dict()),
        (dict[str, int], pgt.Dict[str, int]),
        (collections.abc.Mapping[str, int], pgt.Dict[str, int]),
        (collections.abc.Callable, pgt.Callable()),
        (collections.abc.Callable[[int], str], pgt.Callable([int], returns=str)),
        (collections.abc.Callable[..., str], pgt.Callable(returns=str)),
        (typing.Callable[[], None], pgt.Callable(returns=pgt.Object(type(None)))),
        (type, pgt.Type(typing.Any)),
        (type[A], pgt.Type(A)),
        (type["A"], pgt.Type(A)),
        (int | str, pgt.Union([int, str])),
        (typing.Union[int, str], pgt.Union([int, str])),  # noqa: UP007
        (int | None, optional(pgt.Int())),
        (typing.Optional[int], optional(pgt.Int())),  # noqa: UP045
        (int | str | None, optional(pgt.Union([int, str]))),
        (typing.Literal["a", 1], pgt.Enum["a", 1]),
        (typing.Literal["a"] | None, pgt.Enum["a", None]),
        (A, pgt.Object(A)),
        (Color, pgt.Object(Color)),
        (datetime.date, pgt.Object(datetime.date)),
        (set[int], pgt.Object(set)),
        (collections.abc.Iterable[int], pgt.Object(collections.abc.Iterable)),
        (re.Pattern[str], pgt.Object(re.Pattern)),
        (Box, pgt.Object(Box)),
        (Box[int], pgt.Object(Box[int])),
        (typing.Annotated[int, "Doc."], pgt.Int()),
        (typing.Annotated[int, "Doc."] | None, optional(pgt.Int())),
        (pgt.Annotated[int, "Doc."], pgt.Int()),
        (UserId, pgt.Int()),
        (T, pgt.Any(annotation=T)),
        (Bound, pgt.Int()),
        (Either, pgt.Union([int, str])),
        (type[T], pgt.Type(typing.Any)),
        (typing.Required[int], pgt.Int()),
        (pgt.Int(min_value=1), pgt.Int(min_value=1)),
        (pgt.Int(min_value=1) | None, pgt.Int(min_value=1).noneable()),
        ("int", pgt.Int()),
        ("list[A]", pgt.List(pgt.Object(A))),
        ("A | None", optional(pgt.Object(A))),
        ("A.Inner", pgt.Object(A.Inner)),
        ("collections.abc.Callable[[int], A]", pgt.Callable([int], returns=A)),
        (typing.List["A"], pgt.List(A)),  # noqa: UP006
        (list["A"], pgt.List(A)),
        (typing.ForwardRef("A"), pgt.Object(A)),
    ],
)
def test_conversion(annotation, spec):
    converted = convert(annotation)
    assert converted == spec
    assert repr(converted) == repr(spec)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`type` statement")
def test_type_alias_statement():
    scope = {}
    exec("type Ids = list[int]", scope)
    assert convert(scope["Ids"]) == pgt.List(int)


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        (object, "more special class"),
        (dict[int, int], "Expected str as the type of the keys"),
        (1, "value spec can express, got 1"),
        ([int], "value spec can express"),
        ({"a": int}, "value spec can express"),
        (typing.NoReturn, "value spec can express"),
        (typing.Self, "value spec can express"),
        (len, "value spec can express"),
    ],
)
def test_no_conversion(annotation, message):
    with pytest.raises(TypeError, match=message):
        convert(annotation)


@pytest.mark.parametrize(
    "annotation",
    [
        collections.abc.Iterable[int],
        typing.Iterable[int],
        typing.Pattern[str],
        set[int],
    ],
)
def test_builtin_classes_do_not_check_type_arguments(annotation):
    values = {typing.Pattern[str]: re.compile("a")}
    value = values.get(annotation, {1})
    assert convert(annotation).apply(value) is value


@pytest.mark.parametrize(
    "annotation", ["Undefined", "list[Undefined]", "Undefined | int"]
)
def test_names_that_do_not_exist_yet(annotation):
    spec = convert(annotation)
    assert spec.forward_refs == {pgt.ForwardRef(sys.modules[__name__], "Undefined")}
    assert not spec.type_resolved


def test_names_are_looked_up_in_the_module_that_says_so():
    ref = typing.ForwardRef("OrderedDict", module=collections)
    assert convert(ref) == pgt.Object(collections.OrderedDict)


def test_names_without_a_module_are_looked_up_where_they_are_used():
    spec = pgt.ValueSpec.from_annotation("Undefined", auto_typing=True)
    (ref,) = spec.forward_refs
    assert ref.module is sys.modules[__name__]


def test_final_waits_for_its_value():
    spec = convert(typing.Final[int])
    assert spec.frozen and not spec.has_default
    assert spec.set_default(1).apply(pgt.MISSING_VALUE) == 1
    with pytest.raises(ValueError, match="a frozen spec"):
        spec.apply(2)
    with pytest.raises(TypeError):
        convert(typing.Final[int]).set_default("a")
    assert not convert(typing.Final[dict[str, int]]).has_default
    assert convert(typing.Final).frozen


def test_without_auto_typing_annotations_are_kept():
    for annotation in (int, "A", list[int], typing.Literal[1], 1):
        spec = pgt.ValueSpec.from_annotation(annotation)
        assert spec == pgt.Any(annotation=annotation)
    assert pgt.ValueSpec.from_annotation(pgt.Int()) == pgt.Int()
    assert pgt.ValueSpec.from_annotation(None) == pgt.Object(type(None))


def test_specs_of_one_annotation_are_independent():
    first, second = convert(list[int]), convert(list[int])
    first.element.value.noneable()
    assert first != second


def test_values_that_are_missing_say_nothing_about_the_type():
    spec = pgt.ValueSpec.from_annotation([None], True, True)
    assert spec.element.value == pgt.Object(type(None))


class TestForwardRefs:
    @pytest.mark.parametrize("name", ["A", "NotThereYet"])
    def test_are_objects(self, name):
        ref = pgt.ForwardRef(sys.modules[__name__], name)
        spec = pgt.ValueSpec.from_annotation(ref, True)
        assert spec == pgt.Object(ref)
        assert pgt.ValueSpec.from_annotation(list[ref], True) == pgt.List(spec)
        optional = pgt.ValueSpec.from_annotation(typing.Optional[ref], True)  # noqa: UP045
        assert optional == pgt.Object(ref).noneable(use_none_as_default=False)
        assert pgt.create_field(("x", ref)).value == spec

    def test_are_of_classes(self):
        ref = pgt.ForwardRef(sys.modules[__name__], "T")
        with pytest.raises(TypeError, match="Expected a class"):
            pgt.ValueSpec.from_annotation(ref, True)


class TestAnnotatedWithValueSpecs:
    @pytest.mark.parametrize(
        ("annotation", "spec"),
        [
            (
                typing.Annotated[int, pgt.Int(min_value=1)],
                pgt.Int(min_value=1),
            ),
            (
                typing.Annotated[int, pgt.Int(default=3)],
                pgt.Int(default=3),
            ),
            (
                typing.Annotated[list[int], pgt.List(pgt.Int(min_value=1), size=2)],
                pgt.List(pgt.Int(min_value=1), size=2),
            ),
            (
                typing.Annotated[str, pgt.Enum["a", "b"]],
                pgt.Enum["a", "b"],
            ),
            (
                typing.Annotated[int | None, pgt.Int(min_value=1)],
                pgt.Int(min_value=1).noneable(use_none_as_default=False),
            ),
            (
                list[typing.Annotated[int, pgt.Int(min_value=1)]],
                pgt.List(pgt.Int(min_value=1)),
            ),
            (
                typing.Annotated[Color, pgt.Enum(pgt.MISSING_VALUE, [Color.RED])],
                pgt.Enum(pgt.MISSING_VALUE, [Color.RED]),
            ),
            (
                typing.Annotated[typing.Any, pgt.Int()],
                pgt.Int(),
            ),
        ],
    )
    def test_the_spec_is_that_of_the_field(self, annotation, spec):
        assert pgt.ValueSpec.from_annotation(annotation, True) == spec
        assert pgt.Field.from_annotation("x", annotation).value == spec

    def test_goes_together_with_description_and_metadata(self):
        spec = pgt.Int(min_value=1)
        for annotation in [
            typing.Annotated[int, spec, "doc", {"a": 1}],
            typing.Annotated[int, "doc", spec, {"a": 1}],
            typing.Annotated[int, "doc", {"a": 1}, spec],
        ]:
            field = pgt.Field.from_annotation("x", annotation)
            assert field == pgt.Field("x", spec, "doc", {"a": 1})
            assert field.value is not spec

    @pytest.mark.parametrize(
        "annotation",
        [
            typing.Annotated[int, pgt.Str()],
            typing.Annotated[int, pgt.Int().noneable()],
            typing.Annotated[int, pgt.Any()],
            typing.Annotated[int, pgt.Int(), pgt.Int()],
            typing.Annotated[list[int], pgt.List(str)],
        ],
    )
    def test_conflicts_are_errors(self, annotation):
        with pytest.raises(TypeError, match=r"Expected (a|one) value spec"):
            pgt.ValueSpec.from_annotation(annotation, True)
