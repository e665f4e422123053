"""Functions made of text."""

import gc
import inspect
import linecache

import pytest

from pyglove.coding import NO_TYPE_ANNOTATION, make_function
from pyglove.utils.generated_code import compile_text


def test_arguments_and_body():
    f = make_function(
        "f", ["x", "y: int = 1", "*", "z=2"], ["if x:", "  return y + z", "return 0"]
    )
    assert (f(1), f(0), f(1, 2, z=3)) == (3, 0, 5)
    assert str(inspect.signature(f)) == "(x, y: int = 1, *, z=2)"
    assert (f.__name__, f.__qualname__) == ("f", "f")
    assert "return y + z" in inspect.getsource(f)


def test_a_line_of_several_lines():
    f = make_function("f", ["x"], ["if x:\n  return 1\nreturn 2"])
    assert (f(1), f(0)) == (1, 2)


@pytest.mark.parametrize("value", [int, None, "Some text", list[int]])
def test_return_type(value):
    f = make_function("f", [], ["return 1"], return_type=value)
    assert inspect.signature(f).return_annotation == value


def test_no_return_type():
    f = make_function("f", [], ["return 1"], return_type=NO_TYPE_ANNOTATION)
    assert inspect.signature(f).return_annotation is inspect.Signature.empty


def test_globals_and_locals():
    names = {"y": 3, "__name__": "some.module"}
    f = make_function(
        "f",
        ["x: Foo"],
        ["return Foo(x) + str(y)"],
        exec_globals=names,
        exec_locals={"Foo": str},
    )
    assert f(1) == "13"
    assert f.__module__ == "some.module"
    assert f.__annotations__ == {"x": str}
    names["y"] = 4
    assert f(1) == "14"


def test_names_that_look_like_ours():
    f = make_function("f", ["_return_type"], ["return _return_type"], return_type=int)
    assert f(1) == 1
    assert inspect.signature(f).return_annotation is int


def test_a_function_that_is_gone_leaves_nothing():
    f = make_function("f", [], ["return 1"])
    filename = f.__code__.co_filename
    assert filename in linecache.cache
    del f
    gc.collect()
    compile_text("other", "pass")
    assert filename not in linecache.cache


def test_what_is_not_python():
    with pytest.raises(SyntaxError):
        make_function("f", ["x"], ["return ("])
