import sys
import typing

import pytest

import pyglove.typing as pgt

MODULE = sys.modules[__name__]
NOTE = "a note"


class A:
    class Inner:
        pass


def undefined(name):
    return typing.ForwardRef(name, module=MODULE)


@pytest.mark.parametrize(
    ("text", "annotation"),
    [
        ("int", int),
        ("A", A),
        ("A.Inner", A.Inner),
        (" A ", A),
        ("None", None),
        ("A | None", A | None),
        ("list[A]", list[A]),
        ("list[list[A]]", list[list[A]]),
        ("tuple[int, ...]", tuple[int, ...]),
        ("tuple[()]", tuple[()]),
        ("typing.Optional[A]", A | None),
        ("typing.Literal['a', 1, None]", typing.Literal["a", 1, None]),
        ("typing.Literal[-1]", typing.Literal[-1]),
        ("typing.Literal['x[,]']", typing.Literal["x[,]"]),
        ("typing.Callable[[int, A], None]", typing.Callable[[int, A], None]),
        ("typing.Callable[..., A]", typing.Callable[..., A]),
        ("typing.Annotated[int, 'x', 1]", typing.Annotated[int, "x", 1]),
        ("typing.Annotated[int, NOTE]", typing.Annotated[int, "a note"]),
        ("'A'", A),
        ("list['A']", list[A]),
        ("Undefined", undefined("Undefined")),
        ("A.Undefined", undefined("A.Undefined")),
        ("a.b.c", undefined("a.b.c")),
        ("list[Undefined]", list[undefined("Undefined")]),
    ],
)
def test_evaluation(text, annotation):
    assert pgt.annotation_from_str(text, MODULE) == annotation


def test_union_with_a_name_that_does_not_exist():
    annotation = pgt.annotation_from_str("A | Undefined", MODULE)
    assert typing.get_args(annotation) == (A, undefined("Undefined"))


def test_names_without_a_module_are_those_of_builtins():
    assert pgt.annotation_from_str("int") is int
    assert pgt.annotation_from_str("A") == typing.ForwardRef("A")


@pytest.mark.parametrize(
    "text", ["", "x[", "1", "1 + 1", "print(1)", "A()", "A if A else A", "a.b().c"]
)
def test_syntax_errors(text):
    with pytest.raises(SyntaxError):
        pgt.annotation_from_str(text, MODULE)


@pytest.mark.parametrize("text", ["Undefined[int]", "Undefined['x']", "int[int]"])
def test_arguments_of_what_takes_none(text):
    with pytest.raises(TypeError):
        pgt.annotation_from_str(text, MODULE)


def test_a_module_that_is_only_named():
    assert pgt.annotation_from_str("A", __name__) == typing.ForwardRef(
        "A", module=__name__
    )
    assert pgt.annotation_from_str("list[int]", "not_there") == list[int]


def test_a_call_is_not_executed():
    with pytest.raises(SyntaxError, match=r"got 'exit\(\)'"):
        pgt.annotation_from_str("list[exit()]", MODULE)
