"""Generated code: seen by tracebacks and debuggers, and gone with its functions."""

import gc
import inspect
import io
import linecache
import pdb
import re
import sys
import traceback
import weakref

import pytest

import pyglove as pg
from pyglove.utils.generated_code import compile_text, define, define_within

SOURCE = "def halve(x):\n    half = x / 2\n    return half\n"


def sources():
    """The names of all generated texts that tracebacks would find."""
    gc.collect()
    # What is gone is forgotten when the next text is compiled.
    probe = compile_text("probe", "pass").co_filename
    found = {name for name in linecache.cache if name.startswith("<pyglove ")}
    return found - {probe}


def test_collecting_garbage_leaves_the_cache_of_lines_alone():
    names = sources()
    one = define("short-lived", "def one(): return 1", {})["one"]
    filename = one.__code__.co_filename
    del one
    gc.collect()
    # Whoever goes through the cache just now must find what was there.
    assert filename in linecache.cache
    linecache.checkcache()
    assert sources() == names


def test_functions_use_the_scope():
    scope = {"x": 5}
    assert define("test", "def f():\n    return x\n", scope) is scope
    assert scope["f"]() == 5


def test_code_is_of_the_library_unless_the_scope_says_otherwise():
    assert define("test", SOURCE, {})["halve"].__module__.startswith("pyglove.")
    assert define("test", SOURCE, {"__name__": "app"})["halve"].__module__ == "app"


def test_texts_with_the_same_title_are_told_apart():
    first, second = (define("twice", SOURCE, {})["halve"] for _ in range(2))
    names = {f.__code__.co_filename for f in (first, second)}
    assert len(names) == 2
    assert all(re.fullmatch(r"<pyglove twice( #\d+)?>", name) for name in names)
    assert all("".join(linecache.getlines(name)) == SOURCE for name in names)


def test_tracebacks_show_lines():
    halve = define("test", SOURCE, {})["halve"]
    with pytest.raises(TypeError) as caught:
        halve("a")
    text = "".join(traceback.format_exception(caught.value))
    assert "half = x / 2" in text
    assert "<pyglove test" in text
    assert inspect.getsource(halve) == SOURCE


def test_debuggers_show_lines():
    halve = define("test", SOURCE, {})["halve"]
    output = io.StringIO()
    commands = io.StringIO("next\nnext\nlist\ncontinue\n")
    debugger = pdb.Pdb(stdin=commands, stdout=output, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    trace = sys.gettrace()
    try:
        assert debugger.runcall(halve, 4) == 2
    finally:
        sys.settrace(trace)
    assert "-> half = x / 2" in output.getvalue()
    assert re.search(r"3\s+->\s+return half", output.getvalue())


def test_a_text_lives_as_long_as_one_of_its_functions():
    before = sources()
    scope = define("test", SOURCE + "def double(x):\n    return lambda: x * 2\n", {})
    halve, inner = scope["halve"], scope["double"](2)
    assert len(sources() - before) == 1
    del scope, inner
    assert len(sources() - before) == 1
    del halve
    assert sources() == before


def test_equal_functions_of_a_text_are_told_apart():
    before = sources()
    scope = define("test", "f, g = (lambda: 1), (lambda: 1)\n", {})
    g = scope["g"]
    scope.clear()
    assert len(sources() - before) == 1
    assert g() == 1


def test_what_is_not_python_leaves_nothing():
    before = sources()
    with pytest.raises(SyntaxError):
        compile_text("test", "def f(:\n")
    assert sources() == before


def test_a_function_with_names_of_its_own():
    scope = {"y": 10}
    f = define_within("test", "f", "(x=start)", ["return x + y"], {"start": 1}, scope)
    assert f() == 11
    assert "start" not in scope
    assert f.__globals__ is scope


def make_class():
    class Made(pg.Object):
        x: int
        y: list[int] = []

    made = Made(1)
    assert made == made.clone()
    assert repr(made) == "Made(x=1, y=[])"
    assert pg.from_json(made.to_json()) == made
    return Made


def make_functor():
    @pg.functor
    def add(x, y=1):
        return x + y

    assert add(1)() == 2
    return add


def make_wrapper():
    class Plain:
        def __init__(self, x):
            self.x = x

    wrapper = pg.wrap(Plain)
    assert wrapper(1).clone().x == 1
    return wrapper


def make_mutable_function():
    x = pg.mutfun.Var("x")
    f = pg.mutfun.Function("f", [x + 1], ["x"])
    f.compile()
    assert f(1) == 2
    return f


def one(x: int) -> int:
    return x


def make_by_signature():
    return pg.typing.signature(one).make_function(["return x + 1"])


def make_by_text():
    return pg.coding.make_function("f", ["x"], ["return x + 1"])


@pytest.mark.parametrize(
    "make",
    [
        make_class,
        make_functor,
        make_wrapper,
        make_mutable_function,
        make_by_signature,
        make_by_text,
    ],
)
def test_definitions_in_a_loop_do_not_pile_up(make):
    make()
    before = sources()
    made = [weakref.ref(make()) for _ in range(50)]
    gc.collect()
    # A name in documents stands for the last class that has it.
    assert [one() for one in made[:-1]] == [None] * 49
    assert len(sources()) <= len(before)


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (lambda: make_class().__init__, "constructor of {module}.make_class"),
        (lambda: make_class()._sym_line, "forms of {module}.make_class"),
        (lambda: make_functor()._sym_make, "constructor of {module}.make_functor"),
        (lambda: make_mutable_function()._program.run, "mutable function f"),
        (make_by_signature, "function {module}.one"),
        (make_by_text, "function f"),
    ],
)
def test_names_of_texts(make, title):
    name = make().__code__.co_filename
    assert name.startswith("<pyglove " + title.format(module=__name__))
