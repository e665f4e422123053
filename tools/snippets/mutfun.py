"""Programs as mutable functions: values, text, places, data flow, changes."""

from typing import Any

import pyglove as pg

mf = pg.mutfun
F, A, V, C = mf.Function, mf.Assign, mf.Var, mf.FunctionCall
a, x, y, z, u, w = (V(name) for name in "axyzuw")
If, While = (
    next(c for c in mf.Instruction.select_types() if c.__name__ == name)
    for name in ("If", "While")
)


class Cube(mf.UnaryOperator):
    OPERATOR_STR = "cube"
    ORDER = 9

    def OPERATOR_FN(self, x):
        return x * x * x


class Later(mf.BinaryOperator):
    ORDER = 3
    OPERATOR_STR = "?"

    def evaluate(self, context):
        return mf.evaluate(self.y, context)


class Many(mf.Instruction):
    values: list[Any]

    def evaluate(self, context):
        return [mf.evaluate(value, context) for value in self.values]

    def python_repr(self, block_indent=0):
        return "  " * block_indent + ", ".join(map(mf.python_repr, self.values))


def example():
    return F("f", [A("y", x + 1), A("z", x**2), y * z], args=["x"])


def chain():
    return F(
        "f",
        [
            A("p", a + 1),
            A("u", a * 2),
            A("v", u - 1),
            A("w", u + V("v") * u),
            A("dead", w),
            A("u", w - u),
            u * w + 3,
        ],
        args=["a", "b"],
    )


def look(code):
    """All that code says of its data flow."""
    return [
        sorted(code.input_vars()),
        sorted(code.input_vars(transitive=True)),
        sorted(code.output_vars()),
        sorted(code.output_vars(transitive=True)),
        sorted(code.seen_vars()),
        [str(d.sym_path) for d in code.input_defs(transitive=False)],
        [str(d.sym_path) for d in code.input_defs()],
        [str(r.sym_path) for r in code.output_refs(transitive=False)],
        [str(r.sym_path) for r in code.output_refs()],
    ]


def pruned(*lines):
    f = F("f", list(lines), args=["a"])
    return f.prune(), str(f)


# Snippets

# Calls.
f = example()
f(2), f(2.5), f(-1)
f()
f(1, 2)
f(x=1)
[f(n) for n in range(30)]
F("f", [])()
F("f", [A("x", 1)])()
F("f", [a, a + 1], args=["a"])(3)
F("f", [V("q")])()
F("f", [A("y", y), y])()
F("f", [x / a], args=["x", "a"])(1, 0)
F("f", [x], args=["x", "x"])(1, 2)
F("f", [A("y", A("z", 2)), y + z])()
F("f", [A("y", [x, 1]), y], args=["x"])(1)
f(2, context={"y": 5})
F("f", [x + a], args=["x"])(2, context={"a": 5})
f.evaluate({}) is f
context = {"x": 3}
f.body[0].evaluate(context), context
f.body[2].evaluate(context)
f.body[1].evaluate(context), f.body[2].evaluate(context)
F("f", 1)
F("f", [1])
F(1, [])
F("f", [], args=[1])
F("f")
F("f", [Cube(x), Many([x, x + 1])], args=["x"])(2)
F("f", [Cube(x) + Later(1, x)], args=["x"])(2)

# Functions in functions.
F("f", [F("g", [z], args=["x"]), A("z", 1), V("g")])() is not None
# Expected difference: calls-spread-their-arguments
F("f", [F("g", [x + y], args=["x", "y"]), C("g", [1, 2])])()
# Expected difference: calls-spread-their-arguments
F("f", [F("g", [x + 1], args=["x"]), C("g", [1])])()
# Expected difference: calls-spread-their-arguments
F("f", [F("g", [A("x", 1)]), C("g")])()
F("f", [F("g", [x], args=["x"]), C("g", [1, 2])])()
F("f", [C("g", [1])])()
F("f", [A("g", 1), C("g", [1])])()
C("g", [1]).evaluate({})
C("g", [1]).evaluate({"g": max})
F(
    "f",
    [
        F("g", [A("z", z + 1), z], args=["x"]),
        A("z", 1),
        A("y", C("g", [0])),
        y * 10 + z,
    ],
)()
C("g", 1)

# Conditions and loops.
If(x < 1, [A("y", 1)], [A("y", 2)])
If(x < 1, [A("y", 1)]).false_branch
F("f", [If(x < 1, [A("y", 1)], [A("y", 2)]), y], args=["x"])(0)
F("f", [If(x < 1, [A("y", 1)], [A("y", 2)]), y], args=["x"])(5)
F("f", [If(x < 1, [A("y", 1)]), y], args=["x"])(5)
F("f", [If(x < 1, [x])], args=["x"])(0)
F("f", [While(x < 10, [A("x", x * 2)]), x], args=["x"])(3)

# Operators.
x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, x / 2, 2 / x
x // 2, 2 // x, x % 2, 2 % x, x**2, 2**x, -x, x < 1, x > 1, 1 < x
x <= 1
x & 1
abs(x)
x == 1, x != 1, x == x, bool(x)
[
    op.evaluate({"x": 7})
    for op in (x + 2, x - 2, x * 2, x / 2, x // 2, x % 2, x**2, -x, x < 2, x > 2)
]
mf.Equals(x, 7).evaluate({"x": 7}), mf.NotEquals(x, 7).evaluate({"x": 7})
(
    mf.Add(1, 2).OPERATOR_FN(3, 4),
    mf.Negate(1).OPERATOR_FN(2),
    mf.Power(1, 2).OPERATOR_FN(2, 3),
)
[
    (c.__name__, c.ORDER, c.OPERATOR_STR)
    for c in (mf.Negate, mf.Add, mf.Substract, mf.Multiply, mf.Divide)
]
[
    (c.__name__, c.ORDER, c.OPERATOR_STR)
    for c in (mf.FloorDivide, mf.Mod, mf.Power, mf.GreaterThan)
]
[(c.__name__, c.ORDER, c.OPERATOR_STR) for c in (mf.LessThan, mf.Equals, mf.NotEquals)]
mf.Operator.ORDER, mf.BinaryOperator.OPERATOR_FN, mf.UnaryOperator.OPERATOR_STR
mf.BinaryOperator(1, 2)
# Expected difference: assertions-and-internal-errors
mf.BinaryOperator(1, 2).evaluate({})
mf.Multiply(1, 2).maybe_parenthesize(x + 1), mf.Multiply(1, 2).maybe_parenthesize(x**2)
mf.Multiply(1, 2).maybe_parenthesize(3), mf.Multiply(1, 2).maybe_parenthesize(x)
(
    mf.evaluate(3, {}),
    mf.evaluate(x, {"x": 3}),
    mf.evaluate("x", {"x": 3}),
    mf.evaluate([x], {"x": 3}),
)
mf.Code(), mf.Instruction()
mf.SymbolDefinition("x")
mf.SymbolReference("x")
mf.Operator()

# Text.
print(f)
f
(
    str(x + (y + 1)),
    str((x + y) * 2),
    str(x + y * 2),
    str(x - -1),
    str(-(x + 1)),
    str(-mf.Negate(x)),
)
(
    str((x**2) ** 3),
    str(x ** (y**3)),
    str(-(x**2)),
    str((x * y) % 2),
    str((x < 2) + 3),
    str((x < 2) < 3),
)
str(mf.Equals(x + 1, 2)), str(mf.NotEquals(x, y)), str(C("g", [x + 1, 2])), str(C("g"))
str(A("x", A("y", 1))), str(V("x")), str(Many([x, x + 1])), str(Cube(x + 1))
(
    f.format(),
    f.format(compact=False),
    f.python_repr(),
    f.python_repr(1),
    (x + 1).python_repr(2),
)
f.format(verbose=True), f.format(compact=True, verbose=True)
(
    mf.python_repr(3),
    mf.python_repr("a"),
    mf.python_repr(x),
    mf.python_repr(x, 2),
    mf.python_repr(3, 1),
)
(
    mf.python_repr(None),
    mf.python_repr(1e-20),
    mf.python_repr([1, "a"]),
    mf.python_repr(A("x", 1), 1),
)
f"{x + 1}", "%s %r" % (x, x)
str([x]), repr(pg.Dict(x=x + 1)), repr(pg.List([x]))
# Expected difference: programs-are-printed-as-python
str(pg.Dict(x=x + 1))
# Expected difference: programs-are-printed-as-python
str(F("f", [F("g", [x], args=["x"]), C("g", [1])]))
# Expected difference: programs-are-printed-as-python
str(F("f", [A("x", 1)]))
# Expected difference: programs-are-printed-as-python
str(F("f", []))
# Expected difference: programs-are-printed-as-python
str(If(x < 1, [A("y", 1), y], [y]))
# Expected difference: programs-are-printed-as-python
str(mf.Add("a", "b"))
# Expected difference: programs-are-printed-as-python
str(mf.Power(-2, 2))
# Expected difference: programs-are-printed-as-python
str(mf.GreaterThan(mf.Equals(1, 2), 3))
# Expected difference: programs-are-printed-as-python
str(A("y", [x, 1]))
# Expected difference: programs-are-printed-as-python
str(Cube(x))
# Expected difference: programs-are-printed-as-python
str(mf.Add(A("x", 1), 2))

# Files and copies.
f.to_json_str()
g = pg.from_json_str(f.to_json_str())
pg.eq(f, g), f == g, f != g, f == f, pg.hash(f) == pg.hash(g), g(2)
pg.eq(f.clone(), f), f.clone() == f, f.clone(deep=True)(3)
pg.diff(f, F("f", [A("y", x + 2), A("z", x**2), y * z], args=["x"]))
pg.query(f, ".*name")
If(x, []).to_json_str(), While(x, []).to_json_str()

# The place in the program.
p = chain()
v = p.body[3].value.y.x
(
    v,
    v.parent_code(),
    v.parent_instruction(),
    v.line(),
    v.line_number(),
    v.parent_func() is p,
)
p.body[3].value.parent_instruction(), p.body[3].parent_code() is p, p.line() is p
(
    [str(line) for line in v.preceding_lines()],
    [str(line) for line in v.preceding_lines_reversed()],
)
[str(line) for line in v.succeeding_lines()]
(
    p.parent_code(),
    p.parent_func(),
    list(p.preceding_lines()),
    list((x + 1).succeeding_lines()),
)
# Expected difference: assertions-and-internal-errors
p.line_number()
(x + 1).line(), (x + 1).parent_func(), A("x", y + 1).value.line()
inner = F("f", [A("y", 1), If(y, [A("z", y + 1)])])
k = inner.body[1].true_branch[0].value
(
    k.line().sym_path,
    k.line_number(),
    k.parent_code(),
    [str(line) for line in k.preceding_lines()],
)
g = F("f", [F("g", [A("y", x), y * 2], args=["x"])])
k = g.body[0].body[1].x
(
    k.line(),
    k.line_number(),
    k.parent_func().name,
    [str(line) for line in k.preceding_lines()],
)

# Data flow.
[look(line) for line in p.body]
look(v), look(p.body[6].x)
[look(line) for line in F("f", [A("a", a + 1), A("a", a + 1), a], args=["a"]).body]
[
    look(line)
    for line in F("f", [F("g", [x], args=["x"]), A("u", C("g", [1])), C("g", [u])]).body
]
[
    look(line)
    for line in F(
        "f", [F("g", [x], args=["x"]), A("h", V("g")), C("h", [a])], args=["a"]
    ).body
]
# Expected difference: data-flow-through-functions-branches-and-loops
[
    look(line)
    for line in F("f", [A("y", 0), While(y < a, [A("y", y + 1)]), y], args=["a"]).body[
        :1
    ]
]
(
    x.input_vars(),
    (x + 1).output_vars(),
    A("x", 1).output_vars(),
    x.seen_vars(),
    p.seen_vars(),
)
sorted(p.input_vars()), p.output_vars(), p.output_refs()
g.body[0].body[1].seen_vars() == {"g", "x", "y"}
# Expected difference: assertions-and-internal-errors
A("x", 1).input_defs()
F("f", [A("y", V("q")), y]).body[0].input_defs()
# Expected difference: assertions-and-internal-errors
F("f", [A("y", V("q")), y]).body[1].input_vars(transitive=True)
# Expected difference: data-flow-through-functions-branches-and-loops
sorted(F("f", [A("y", mf.Add(A("z", 1), z))]).body[0].input_vars())
# Expected difference: data-flow-through-functions-branches-and-loops
F("f", [If(a, [A("y", 1)], [A("y", 2)]), y], args=["a"]).body[1].input_defs()
# Expected difference: data-flow-through-functions-branches-and-loops
sorted(F("f", [A("z", 1), F("g", [z], args=["x"]), C("g", [1])]).body[2].input_vars())
# Expected difference: data-flow-through-functions-branches-and-loops
sorted(
    inner.body[1].true_branch[0].value.input_vars(transitive=True)
    | F("f", [If(a, [A("k", 1), V("k")])], args=["a"])
    .body[0]
    .true_branch[1]
    .seen_vars()
)

# Checks and pruning.
example().compile()
p.compile()
F("f", [V("q")]).compile()
F("f", [A("y", y)]).compile()
F("f", [y, A("y", 1)]).compile()
F("f", [V("f")]).compile()
F("f", [C("g", [1])]).compile()
F("f", [F("g", [z], args=["x"]), A("z", 1), C("g", [1])]).compile()
F("f", [If(a, [A("y", 1)]), y], args=["a"]).compile()
(x + 1).compile()
p.body[3].compile()
p.prune(), str(p)
p(1, 2)
pruned(A("x", 1), A("y", 2), y)
pruned(A("x", 1), A("x", 2), x)
pruned(A("x", a), A("y", x), A("z", y), a)
pruned(A("x", a), A("x", x + 1), A("q", x), x * 2)
pruned(a, a + 1)
pruned(A("y", A("z", 1)), A("w", 2), z)
# Expected difference: data-flow-through-functions-branches-and-loops
pruned(A("x", 1), F("g", [x], args=["q"]), C("g", [0]))[1].count("x = 1")
# Expected difference: data-flow-through-functions-branches-and-loops
pruned(A("y", 1), If(a, [A("y", 2)]), y)[1].count("y = 1")

# Changes.
f.body[0].rebind(value=x - 1)(2) if False else None
f.rebind({"body[0].value": x - 1})(2)
f.body.insert(1, A("k", y * 2))
f(2), [str(line) for line in f.body]
f.rebind({"body[3].x": V("k")})(2)
del f.body[0]
f(2)
f.compile()
f.rebind(args=["x", "y"])(2, 3)
f.rebind(lambda k, v, p: V("x") if isinstance(v, V) and v.name == "k" else v)(2, 3)
space = F("f", [A("y", pg.oneof([x + 1, x * 2])), y * pg.oneof([1, 2])], args=["x"])
[program(3) for program in pg.iter(space)]
[str(program) for program in pg.iter(space)][:2]
x + pg.oneof([1, 2])

# Types of instructions.
[
    c.__name__
    for c in mf.Instruction.select_types(
        where=lambda c: issubclass(c, mf.Operator) and c.ORDER == 4
    )
]
# Expected difference: types-of-instructions-that-can-be-used
[
    c.__name__
    for c in mf.Instruction.select_types(where=lambda c: c.__module__ != "snippet")
]
# Expected difference: types-of-instructions-that-can-be-used
[c.__name__ for c in mf.UnaryOperator.select_types()]
