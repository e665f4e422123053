"""Functions: calls, compilation, pruning, and text."""

import threading
import traceback
import unicodedata

import pytest

import pyglove as pg
from pyglove import mutfun
from tests.mutfun.helper import (
    Assign,
    Call,
    Cube,
    Function,
    Sum,
    Var,
    a,
    b,
    outcome,
    x,
    y,
    z,
)

MANY = 25


def example():
    return Function("f", [Assign("y", x + 1), Assign("z", x**2), y * z], ["x"])


def test_a_function_is_called():
    assert example()(2) == 12
    assert Function("f", [], [])() is None
    assert Function("f", [Assign("x", 1)])() == 1
    assert Function("f", [a, a + 1], ["a"])(3) == 4
    inner = Function("g", [], [])
    f = Function("f", [inner])
    assert f() is f.body[0]


@pytest.mark.parametrize("args", [(), (1, 2)])
def test_arguments_are_counted(args):
    with pytest.raises(ValueError, match="Expected 1 arguments of function 'f'"):
        example()(*args)


def test_arguments_have_no_names():
    with pytest.raises(TypeError):
        example()(x=1)


def test_a_context_is_seen_and_stays_as_it_is():
    context = {"b": 5}
    f = Function("f", [Assign("b", a + b), b], ["a"])
    for _ in range(MANY):
        assert f(1, context=context) == 6
    assert context == {"b": 5}


@pytest.mark.parametrize("count", [1, MANY])
def test_what_is_not_defined_is_a_key_error(count):
    missing = Function("f", [Assign("y", z)], [])
    late = Function("f", [Assign("y", z), Assign("z", 1)], [])
    maybe = Function("f", [mutfun.If(x < 0, [Assign("y", 1)]), y], ["x"])
    for _ in range(count):
        assert outcome(missing) is KeyError
        assert outcome(late) is KeyError
        assert outcome(maybe, 1) is KeyError
        assert maybe(-1) == 1


def test_what_may_be_missing_is_looked_up_around():
    maybe = Function("f", [mutfun.If(x < 0, [Assign("y", 1)]), y], ["x"])
    for _ in range(MANY):
        assert maybe(1, context={"y": 7}) == 7


def test_evaluation_defines_the_function():
    f, context = example(), {}
    assert f.evaluate(context) is f
    assert context == {"f": f}


# ---- Functions within functions --------------------------------------------------


@pytest.mark.parametrize("count", [1, MANY])
def test_functions_call_others(count):
    g = Function("g", [Assign("t", x * y), Var("t") + 1], ["x", "y"])
    f = Function("f", [g, Call("g", [a, 2]) + Call("g", [Call("g", [a, a]), 1])], ["a"])
    for _ in range(count):
        assert f(3) == 7 + 11
    assert Call("g", [1, 2]).evaluate({"g": g}) == 3


@pytest.mark.parametrize("count", [1, MANY])
def test_a_function_sees_the_variables_of_its_caller(count):
    read_z = Function("g", [z])
    f = Function("f", [read_z, Assign("z", a), Call("g")], ["a"])
    change_z = Function("h", [Assign("z", z + 1), z])
    g = Function("f", [change_z, Assign("z", a), Call("h") * 10 + z], ["a"])
    for _ in range(count):
        assert f(5) == 5
        assert g(5) == 65


def test_a_function_may_have_another_name():
    f = Function(
        "f", [Function("g", [x], ["x"]), Assign("h", Var("g")), Call("h", [3])]
    )
    assert f() == 3
    assert [str(d).split("\n")[0] for d in f.body[2].input_defs()] == [
        "def g(x):",
        "h = g",
    ]


def test_a_function_may_be_an_argument():
    f = Function("f", [Call("p", [3])], ["p"])
    assert f(Function("g", [x + 1], ["x"])) == 4


@pytest.mark.parametrize("count", [1, MANY])
def test_recursion_is_for_functions_within_others(count):
    n = Var("n")
    last = Assign("result", 1)
    again = Assign("result", n * Call("g", [n - 1]))
    g = Function("g", [mutfun.If(n < 2, [last], [again]), Var("result")], ["n"])
    f = Function("f", [g, Call("g", [n])], ["n"])
    for _ in range(count):
        assert f(5) == 120
    f.compile()
    with pytest.raises(ValueError, match="nothing of that name"):
        Function("g", [Call("g", [1])], ["n"])(1)


@pytest.mark.parametrize("count", [1, MANY])
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([Call("g", [1])], "to be a function, got nothing of that name"),
        ([Assign("g", 1), Call("g", [1])], "to be a function, got 1"),
        ([Function("g", [x], ["x"]), Call("g", [])], "Expected 1 arguments"),
        ([Function("g", [x], ["x"]), Call("g", [1, 2])], "Expected 1 arguments"),
    ],
)
def test_calls_are_checked(lines, message, count):
    f = Function("f", lines)
    for _ in range(count):
        with pytest.raises(ValueError, match=message):
            f()


# ---- Changes and compilation -----------------------------------------------------


def test_changes_count_at_once():
    f = example()
    for _ in range(MANY):
        f(2)
    f.body[0].value.rebind(y=3)
    assert f(2) == 20
    f.body.insert(2, Assign("z", -z))
    assert f(2) == -20
    f.rebind({"body[1].value": Cube(x)})
    assert f(2) == -40
    f.rebind(args=["x", "w"])
    assert f(2, 0) == -40


def test_changes_in_inner_functions_count_at_once():
    f = Function("f", [Function("g", [x + 1], ["x"]), Call("g", [a])], ["a"])
    for _ in range(MANY):
        f(1)
    f.body[0].body[0].rebind(y=5)
    assert f(1) == 6


def test_after_silent_changes_it_is_compiled_on_demand():
    f = example()
    f.compile()
    with pg.notify_on_change(False):
        f.body[0].value.rebind(y=3)
    f.compile()
    assert f(2) == 20


def test_compile_checks_that_all_is_defined():
    example().compile()
    with pytest.raises(ValueError, match="got 'q', 'r' in line 1 of function 'f'"):
        Function("f", [Assign("y", x), y + Var("r") + Var("q")], ["x"]).compile()
    with pytest.raises(ValueError, match="'f'"):
        Function("f", [Var("f")]).compile()
    reads_z = Function("g", [z])
    Function("f", [reads_z.clone(), Assign("z", 1), Call("g")]).compile()
    with pytest.raises(ValueError, match="'z' in line 1"):
        Function("f", [reads_z.clone(), Call("g"), Assign("z", 1)]).compile()


def test_names_may_be_anything():
    names = ["if", "x y", "_0", "_context", "1x", "x"]
    lines = [Assign(f"to {name}", Var(name) * 2) for name in names]
    f = Function("f", [*lines, Sum([Var(f"to {name}") for name in names])], names)
    g = Function("f", [*lines, Var("to if") + Var("to _0") + Var("to _context")], names)
    for _ in range(MANY):
        assert f(1, 2, 3, 4, 5, 6) == 42
        assert g(1, 2, 3, 4, 5, 6) == 16


@pytest.mark.parametrize("count", [1, 20])
def test_names_that_python_takes_for_one(count):
    # Python reads identifiers in a normal form, in which these pairs are the same.
    for one, other in (("\ufb01", "fi"), ("x", "\uff58"), ("\u00b5", "\u03bc")):
        assert unicodedata.normalize("NFKC", one) == unicodedata.normalize(
            "NFKC", other
        )
        f = pg.mutfun.Function(
            "f",
            [
                pg.mutfun.Assign(one, 1),
                pg.mutfun.Assign(other, 2),
                pg.mutfun.Var(one) * 10 + pg.mutfun.Var("y"),
            ],
            ["y"],
        )
        g = pg.mutfun.Function("g", [pg.mutfun.Var(one) - pg.mutfun.Var(other)])
        g.rebind(args=[one, other])
        assert [f(3) for _ in range(count)] == [13] * count
        assert [g(5, 2) for _ in range(count)] == [3] * count


def test_names_that_are_code():
    hits = []
    for name in (
        "x: hits",
        "x=1, *y",
        "x\nimport os",
        "f'{x}'",
        "x)",
        "",
        "a.b",
        "None",
    ):
        f = pg.mutfun.Function(
            name, [pg.mutfun.Assign(name, 1), pg.mutfun.Var(name) + 1], [name]
        )
        assert [f(hits) for _ in range(20)] == [2] * 20
        assert pg.from_json(pg.to_json(f))(hits) == 2


def test_repeated_arguments_are_interpreted():
    f = Function("f", [x], ["x", "x"])
    for _ in range(MANY):
        assert f(1, 2) == 2


def test_code_that_is_too_deep_for_python_is_interpreted():
    value = x
    for _ in range(150):
        value = value + 1
    f = Function("f", [value], ["x"])
    for _ in range(MANY):
        assert f(0) == 150
    f.compile()
    assert f(1) == 151


def test_values_are_compiled_as_they_are():
    values = [0.1, -0.0, float("inf"), 10**30, "text", None, True, (1, 2)]
    for value in values:
        f = Function("f", [Assign("x", value)])
        for _ in range(MANY):
            assert f() == value
            assert repr(f()) == repr(value)
    nan = Function("f", [Assign("x", float("nan"))])
    nan.compile()
    assert nan() != nan()


def test_tracebacks_show_compiled_lines():
    f = Function("inverse", [Assign("y", 1 / x), y], ["x"])
    f.compile()
    with pytest.raises(ZeroDivisionError) as caught:
        f(0)
    text = "".join(traceback.format_exception(caught.value))
    assert "y = ((1) / x)" in text
    assert "<pyglove mutable function inverse" in text


def test_threads_share_a_function():
    f, results = example(), []
    threads = [
        threading.Thread(target=lambda: results.extend(f(2) for _ in range(100)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [12] * 400


# ---- Pruning ---------------------------------------------------------------------


def pruned(*lines):
    f = Function("f", list(lines), ["a"])
    f.prune()
    return [str(line).split("\n")[0] for line in f.body]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([], []),
        ([Assign("x", 1), Assign("y", 2), y], ["y = 2", "y"]),
        ([Assign("x", 1), Assign("x", 2), x], ["x = 2", "x"]),
        ([a, a + 1, Assign("z", 1)], ["z = 1"]),
        ([Assign("x", a), Assign("y", x), Assign("z", y), a], ["a"]),
        (
            [Assign("x", a), Assign("x", x + 1), Assign("z", x), x * 2],
            ["x = a", "x = x + 1", "x * 2"],
        ),
        ([Assign("x", Assign("y", 3)), y], ["x = y = 3", "y"]),
        ([Assign("x", Var("unknown")), a], ["a"]),
    ],
)
def test_only_what_matters_is_left(lines, left):
    assert pruned(*lines) == left


def test_what_called_functions_read_matters():
    g = Function("g", [x])
    lines = [Assign("x", 1), g, Assign("y", 2), Call("g")]
    assert pruned(*lines) == ["x = 1", "def g():", "g()"]
    assert pruned(Assign("x", 1), g.clone(), Assign("y", 2), y) == ["y = 2", "y"]


def test_all_that_may_have_defined_a_name_matters():
    lines = [Assign("y", 0), mutfun.If(a < 0, [Assign("y", 1)]), Assign("z", 1), y]
    assert pruned(*lines) == ["y = 0", "if a < 0:", "y"]


# ---- Text and files --------------------------------------------------------------


def test_text_is_python():
    inner = Function("g", [Assign("t", x), Var("t") * 2], ["x"])
    f = Function("f", [inner, Assign("u", Call("g", [a, "text"])), Var("u")], ["a"])
    assert str(f) == (
        "def f(a):\n"
        "  def g(x):\n"
        "    t = x\n"
        "    return t * 2\n"
        "  u = g(a, 'text')\n"
        "  return u"
    )


def test_the_last_line_is_returned():
    assert str(Function("f", [])) == "def f():\n  pass"
    assert str(Function("f", [Assign("x", 1)])) == "def f():\n  x = 1\n  return x"
    inner = Function("f", [Function("g", [])])
    assert str(inner) == "def f():\n  def g():\n    pass\n  return g"
    loop = mutfun.While(x < 3, [Assign("x", x + 1)])
    assert str(Function("f", [loop], ["x"])) == (
        "def f(x):\n  while x < 3:\n    x = x + 1"
    )


def test_verbose_text_is_symbolic():
    f = Function("f", [x], ["x"])
    assert repr(f) == "Function(name='f', body=[0: Var(name='x')], args=[0: 'x'])"
    assert "body = [" in f.format(compact=False, verbose=True)
    assert f.format() == f.format(compact=False) == str(f) == f"{f}"
    assert str(pg.Dict(f=f)) == "{\n  f = def f(x):\n    return x\n}"


@pytest.mark.parametrize(
    ("kwargs", "error"),
    [
        ({"name": 1, "body": []}, TypeError),
        ({"name": "f", "body": [1]}, TypeError),
        ({"name": "f", "body": [], "args": [1]}, TypeError),
        ({"name": "f"}, TypeError),
    ],
)
def test_fields_are_checked(kwargs, error):
    with pytest.raises(error):
        Function(**kwargs)


def test_files_of_the_published_package_can_be_read():
    document = {
        "_type": "pyglove.ext.mutfun.base.Function",
        "name": "f",
        "args": ["x"],
        "body": [
            {
                "_type": "pyglove.ext.mutfun.basic_ops.Add",
                "x": {"_type": "pyglove.ext.mutfun.base.Var", "name": "x"},
                "y": 1,
            }
        ],
    }
    assert pg.from_json(document)(2) == 3


def test_a_program_may_be_a_space():
    space = Function(
        "f", [Assign("y", pg.oneof([x + 1, x * 2])), y * pg.oneof([1, 2])], ["x"]
    )
    assert [program(3) for program in pg.iter(space)] == [4, 8, 6, 12]
