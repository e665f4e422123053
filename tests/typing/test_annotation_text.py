import importlib.machinery
import sys
import types
import typing

import pytest

import pyglove.typing as pgt
from pyglove.utils.code_error import CodeError

MODULE = sys.modules[__name__]
NOTE = "a note"
CALLED = []


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


def test_what_a_module_lacks_is_an_error():
    for text in ["typing.Nope", "list[typing.Nope]", "sys.Nope"]:
        with pytest.raises(TypeError, match="Expected the name of a type"):
            pgt.annotation_from_str(text, MODULE)
        with pytest.raises(TypeError, match="Expected the name of a type"):
            pgt.ValueSpec.from_annotation(text, True, parent_module=MODULE)


def test_a_module_that_is_being_imported_may_still_get_the_name():
    module = types.ModuleType("half")
    module.__spec__ = importlib.machinery.ModuleSpec("half", None)
    module.__spec__._initializing = True
    home = types.ModuleType("home")
    home.half = module
    annotation = pgt.annotation_from_str("half.Later", home)
    assert annotation == typing.ForwardRef("half.Later", module=home)


def test_a_literal_has_values():
    for text in ["typing.Literal", "list[typing.Literal]", "int | typing.Literal"]:
        with pytest.raises(SyntaxError, match="Expected values after `Literal`"):
            pgt.annotation_from_str(text, MODULE)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1, (1, 2)", (1, (1, 2))),
        ("A.Inner", (A.Inner,)),
        ("f'a{1}'", ("a1",)),
        ("f'a{NOTE!r}'", ("a'a note'",)),
        ("NOTE, 1", ("a note", 1)),
        ("-1.5", (-1.5,)),
        ("b'a'", (b"a",)),
    ],
)
def test_values_of_literals(text, values):
    annotation = pgt.annotation_from_str(f"typing.Literal[{text}]", MODULE)
    assert typing.get_args(annotation) == values


@pytest.mark.parametrize(
    "code",
    [
        "lambda x: x",
        "CALLED.append(1)",
        "__import__('os')",
        "[x for x in (1,)]",
        "f'{CALLED.append(1)}'",
        "f'{1:{CALLED.append(1)}}'",
        "'a'.upper()",
        "(y := 1)",
        "1 + 1",
        "9 ** 9 ** 9",
        "Undefined",
        "1:2",
        "NOTE[0]",
        "dict(**{'a': 1})",
        "pgt.Int(CALLED.append(1))",
        "pgt.Int(1)(CALLED.append(1))",
    ],
)
def test_code_in_place_of_a_literal_is_refused_and_not_run(code):
    for text in [f"typing.Literal[{code}]", f"typing.Annotated[int, {code}]"]:
        with pytest.raises(CodeError, match="Expected a literal"):
            pgt.annotation_from_str(text, MODULE)
    assert not CALLED


def test_value_specs_are_metadata():
    annotation = pgt.annotation_from_str(
        "typing.Annotated[int, pgt.Int(min_value=1), dict(a=[1])]", MODULE
    )
    assert annotation.__metadata__ == (pgt.Int(min_value=1), {"a": [1]})
    annotation = pgt.annotation_from_str(
        "typing.Annotated[list[int], pgt.List(pgt.Int(), size=2)]", MODULE
    )
    assert annotation.__metadata__ == (pgt.List(pgt.Int(), size=2),)


@pytest.mark.parametrize("text", [1, None, int, b"int"])
def test_only_text_is_read(text):
    with pytest.raises(TypeError, match="Expected the text"):
        pgt.annotation_from_str(text)
