"""Where code stands in its program, and data flow."""

from typing import Any

import pytest

import pyglove as pg
from pyglove import mutfun
from tests.mutfun.helper import Assign, Call, Function, Sum, Var, a, x, y, z

u, v, w = map(Var, "uvw")


@pytest.fixture
def program():
    return Function(
        "f",
        [
            Function("g", [Assign("y", x + 1), y * 2], ["x"]),
            Assign("u", a + 1),
            Assign("v", Call("g", [u])),
            Assign("w", u + v * u),
            Assign("dead", w),
            Assign("u", w - u),
            u * w + Call("g", [u * 3]),
        ],
        ["a", "b"],
    )


def texts(nodes):
    return [str(node).split("\n")[0] for node in nodes]


def paths(nodes):
    return [str(node.sym_path) for node in nodes]


# ---- The place in the program ----------------------------------------------------


def test_code_knows_its_place(program):
    line = program.body[3]
    product = line.value.y
    assert product.x.parent_code() is product.x.parent_instruction() is product
    assert line.value.parent_code() is line
    assert line.value.parent_instruction() is None
    assert line.parent_code() is line.parent_func() is product.parent_func() is program
    assert line.line() is product.x.line() is line
    assert line.line_number() == product.line_number() == 3
    assert program.parent_code() is program.parent_func() is None
    assert program.line() is program


def test_code_of_an_inner_function_is_in_that(program):
    inner = program.body[0]
    last = inner.body[1]
    assert last.x.parent_func() is inner
    assert last.x.line() is last
    assert last.x.line_number() == 1
    assert texts(last.x.preceding_lines()) == ["y = x + 1"]


def test_code_in_a_list_is_in_what_has_the_list(program):
    (argument,) = program.body[2].value.args
    assert argument.parent_code() is argument.parent_instruction()
    assert argument.parent_code() is program.body[2].value
    assert argument.line_number() == 2


def test_lines_around(program):
    line = program.body[2].value
    assert texts(line.preceding_lines()) == ["def g(x):", "u = a + 1"]
    assert texts(line.preceding_lines_reversed()) == ["u = a + 1", "def g(x):"]
    assert texts(line.succeeding_lines())[:2] == ["w = u + v * u", "dead = w"]


def test_a_block_is_a_line():
    f = Function("f", [Assign("y", 1), mutfun.If(a < 1, [Assign("y", 2)])], ["a"])
    inner = f.body[1].true_branch[0]
    assert inner.line() is f.body[1]
    assert inner.line_number() == 1
    assert inner.parent_code() is f.body[1]


def test_code_outside_of_functions():
    code = Assign("y", x + 1)
    assert code.value.line() is code
    assert code.parent_func() is None
    assert not [*code.preceding_lines(), *code.succeeding_lines()]
    assert not list(code.preceding_lines_reversed())
    with pytest.raises(ValueError, match="a part of a function"):
        code.line_number()


# ---- Data flow -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "names", "all_names"),
    [
        (0, [], []),
        (1, ["a"], ["a"]),
        (2, ["g", "u"], ["a", "g", "u"]),
        (3, ["u", "v"], ["a", "g", "u", "v"]),
        (4, ["w"], ["a", "g", "u", "v", "w"]),
        (6, ["g", "u", "w"], ["a", "g", "u", "v", "w"]),
    ],
)
def test_inputs(program, number, names, all_names):
    line = program.body[number]
    assert sorted(line.input_vars()) == names
    assert sorted(line.input_vars(transitive=True)) == all_names


@pytest.mark.parametrize(
    ("number", "name", "all_names"),
    [
        (0, ["g"], ["dead", "g", "u", "v", "w"]),
        (1, ["u"], ["dead", "u", "v", "w"]),
        (3, ["w"], ["dead", "u", "w"]),
        (4, ["dead"], ["dead"]),
        (6, [], []),
    ],
)
def test_outputs(program, number, name, all_names):
    line = program.body[number]
    assert sorted(line.output_vars()) == name
    assert sorted(line.output_vars(transitive=True)) == all_names


@pytest.mark.parametrize(
    ("number", "direct", "all_numbers"),
    [
        (0, [], []),
        (2, [0, 1], [0, 1]),
        (3, [1, 2], [0, 1, 2]),
        (5, [1, 3], [0, 1, 2, 3]),
        (6, [0, 3, 5], [0, 1, 2, 3, 5]),
    ],
)
def test_definitions_of_inputs(program, number, direct, all_numbers):
    line = program.body[number]
    found = line.input_defs(transitive=False)
    assert [definition.line_number() for definition in found] == direct
    found = line.input_defs()
    assert [definition.line_number() for definition in found] == all_numbers


def test_references_to_outputs(program):
    assert paths(program.body[1].output_refs(transitive=False)) == [
        "body[2].value.args[0]",
        "body[3].value.x",
        "body[3].value.y.y",
        "body[5].value.y",
    ]
    assert paths(program.body[3].output_refs()) == [
        "body[4].value",
        "body[5].value.x",
        "body[6].x.x",
        "body[6].x.y",
        "body[6].y.args[0].x",
    ]
    assert paths(program.body[0].output_refs(transitive=False)) == [
        "body[2].value",
        "body[6].y",
    ]
    assert not program.body[6].output_refs()


def test_data_flow_of_a_part(program):
    part = program.body[3].value.y.x
    assert part.input_vars() == {"v"}
    assert part.input_vars(transitive=True) == {"a", "g", "u", "v"}
    assert part.output_vars() == {"w"}
    assert texts(part.input_defs(transitive=False)) == ["v = g(u)"]


def test_seen_variables(program):
    assert program.body[0].seen_vars() == {"f", "a", "b"}
    assert program.body[3].value.x.seen_vars() == {"f", "a", "b", "g", "u", "v"}
    assert program.body[0].body[1].seen_vars() == {"g", "x", "y"}
    assert program.seen_vars() == set()


def test_data_flow_after_a_change(program):
    del program.body[2]
    with pytest.raises(ValueError, match="got 'v' in line 2 of function 'f'"):
        program.body[2].input_defs()
    program.body.insert(0, Assign("v", 1))
    assert texts(program.body[3].input_defs()) == ["v = 1", "u = a + 1"]


def test_an_assignment_within_a_line():
    f = Function("f", [Assign("y", mutfun.Add(Assign("z", a + 2), z)), y + z], ["a"])
    assert f.body[0].input_vars() == {"a"}
    assert f.body[0].output_vars() == {"y", "z"}
    assert f.body[0].value.y.input_vars() == {"z"}
    assert paths(f.body[1].input_defs()) == ["body[0].value.x", "body[0]"]
    late = Function("f", [Assign("y", z + Assign("z", 1))])
    with pytest.raises(ValueError, match="'z'"):
        late.compile()


def test_an_argument_may_be_assigned():
    f = Function("f", [Assign("a", a + 1), Assign("a", a + 1), a], ["a"])
    assert paths(f.body[2].input_defs()) == ["body[0]", "body[1]"]
    assert paths(f.body[2].input_defs(transitive=False)) == ["body[1]"]
    assert not f.body[0].input_defs()


def test_branches_join():
    f = Function(
        "f",
        [
            Assign("z", 1),
            mutfun.If(
                a < z,
                [Assign("k", z), Assign("z", Var("k") + 1)],
                [Assign("m", z)],
            ),
            z + Var("k"),
        ],
        ["a"],
    )
    assert f.body[1].input_vars() == {"a", "z"}
    assert f.body[1].output_vars() == {"k", "m", "z"}
    assert f.body[1].true_branch[1].seen_vars() == {"a", "f", "k", "z"}
    assert texts(f.body[2].input_defs(transitive=False)) == [
        "z = 1",
        "k = z",
        "z = k + 1",
    ]
    assert f.body[1].false_branch[0].value.input_defs() == [f.body[0]]


def test_loops_read_what_they_define():
    step = Assign("z", z + y)
    f = Function(
        "f",
        [
            Assign("y", 0),
            Assign("z", 0),
            mutfun.While(z < a, [step, Assign("y", z)]),
            z,
        ],
        ["a"],
    )
    step = f.body[2].body[0]
    assert texts(step.value.y.input_defs(transitive=False)) == ["y = 0", "y = z"]
    assert texts(f.body[3].input_defs(transitive=False)) == ["z = 0", "z = z + y"]
    assert f.body[2].input_vars() == {"a", "y", "z"}
    assert paths(f.body[2].output_refs()) == ["body[3]"]


def test_calls_read_what_functions_read():
    f = Function(
        "f",
        [
            Assign("z", 1),
            Function("g", [Assign("k", z), Var("k") + w], ["p"]),
            Assign("w", 2),
            Call("g", [w]),
        ],
    )
    assert f.body[1].input_vars() == set()
    assert f.body[3].input_vars() == {"g", "w", "z"}
    assert texts(f.body[3].input_defs()) == ["z = 1", "def g(p):", "w = 2"]
    assert paths(f.body[0].output_refs()) == ["body[1].body[0].value", "body[3]"]
    with pytest.raises(ValueError, match="'z' in line 0 of function 'g'"):
        f.body[1].body[0].input_defs()


def test_calls_of_calls_read_what_all_of_them_read():
    f = Function(
        "f",
        [
            Assign("z", 1),
            Function("g", [z]),
            Function("h", [Assign("y", 2), Call("g")]),
            Call("h"),
        ],
    )
    assert f.body[3].input_vars() == {"g", "h", "z"}
    assert f.body[2].body[1].input_vars() == {"g"}


def test_endless_recursion_and_aliases_have_a_data_flow():
    g, h = Var("g"), Var("h")
    f = Function(
        "f",
        [
            Function("g", [Call("g", [x])], ["x"]),
            Assign("h", g),
            mutfun.While(a, [Assign("g", h), Assign("h", g)]),
            Call("h", [1]),
        ],
        ["a"],
    )
    f.compile()
    assert f.body[3].input_vars() == {"h", "g"}


def test_what_users_define_is_followed():
    class Let(mutfun.SymbolDefinition):
        value: Any

        def evaluate(self, context):
            context[self.name] = mutfun.evaluate(self.value, context)

        def python_repr(self, block_indent=0):
            return f"let {self.name} = {mutfun.python_repr(self.value)}"

    class Global(mutfun.SymbolReference):
        def evaluate(self, context):
            return context[self.name]

        def python_repr(self, block_indent=0):
            return f"${self.name}"

    f = Function("f", [Let("y", a + 1), Sum([Global("y"), 1])], ["a"])
    assert f.body[1].input_defs() == [f.body[0]]
    for _ in range(25):
        assert f(1) == 3
    assert str(f.body[0]) == "let y = a + 1"


def test_code_that_may_not_be_evaluated():
    f = Function("f", [Assign("y", 0), Sum([Assign("y", 1)]), y])
    assert paths(f.body[2].input_defs()) == ["body[0]", "body[1].values[0]"]


def test_data_flow_outside_of_functions():
    code = Assign("y", x + Assign("z", 1))
    assert code.input_vars() == {"x"}
    assert code.output_vars() == {"y", "z"}
    assert code.value.x.output_vars() == {"y", "z"}
    assert not code.output_refs()
    assert not Assign("x", 1).input_defs()
    with pytest.raises(ValueError, match="got 'x' outside of any function"):
        code.input_defs()
    with pytest.raises(ValueError, match="'x'"):
        code.compile()
    Assign("x", 1).compile()


# ---- Values and text -------------------------------------------------------------


def test_evaluate_and_python_repr_take_any_value():
    assert mutfun.evaluate(x + 1, {"x": 1}) == 2
    assert mutfun.evaluate("x", {"x": 1}) == "x"
    assert mutfun.python_repr(x + 1, 1) == "  x + 1"
    assert mutfun.python_repr("x", 2) == "    x"
    assert mutfun.python_repr(1e-20) == "1e-20"


def test_code_is_compared_by_identity():
    assert x != Var("x")
    assert x in [y, x]
    assert len({Var("x"), Var("x")}) == 2
    assert pg.eq(x, Var("x"))
    assert pg.hash(x + 1) == pg.hash(Var("x") + 1)


def test_code_is_abstract():
    for cls in (
        mutfun.Code,
        mutfun.Instruction,
        mutfun.Operator,
        mutfun.SymbolDefinition,
        mutfun.SymbolReference,
    ):
        with pytest.raises(TypeError, match="abstract"):
            cls()
