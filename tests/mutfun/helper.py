"""Programs for tests of mutable functions."""

from hypothesis import strategies as st

from pyglove import mutfun

Function, Assign, Var, Call = (
    mutfun.Function,
    mutfun.Assign,
    mutfun.Var,
    mutfun.FunctionCall,
)
a, b, x, y, z = map(Var, "abxyz")


class Cube(mutfun.UnaryOperator):
    """An operator of a user."""

    OPERATOR_STR = "cube"

    def OPERATOR_FN(self, x):
        return x * x * x


class Sum(mutfun.Instruction):
    """An instruction of a user, which the library knows nothing of."""

    values: list

    def evaluate(self, context):
        return sum(mutfun.evaluate(value, context) for value in self.values)

    def python_repr(self, block_indent=0):
        values = ", ".join(map(mutfun.python_repr, self.values))
        return f"{'  ' * block_indent}sum([{values}])"


# What printed programs refer to.
NAMES = {"cube": lambda x: x * x * x}


def outcome(function, *args):
    """What a call comes to: its value, or the class of its error."""
    try:
        return function(*args)
    except (ArithmeticError, LookupError, ValueError) as error:
        return next(cls for cls in type(error).__mro__ if cls.__module__ == "builtins")


_BINARY = (
    mutfun.Add,
    mutfun.Substract,
    mutfun.Multiply,
    mutfun.Divide,
    mutfun.FloorDivide,
    mutfun.Mod,
    mutfun.LessThan,
    mutfun.GreaterThan,
    mutfun.Equals,
    mutfun.NotEquals,
)
_CONSTANTS = st.integers(-3, 3) | st.sampled_from([0.5, -1.5])


@st.composite
def expressions(draw, names, functions=(), depth=3, foreign=False):
    """Expressions that read some of the names, and call some of the functions."""
    kinds = ["constant"]
    if names:
        kinds += ["variable"] * 2
    if depth > 0:
        kinds += ["binary"] * 3 + ["unary", "power", "cube"]
        if functions:
            kinds += ["call"] * 2
        if foreign:
            kinds.append("sum")
    inner = expressions(names, functions, depth - 1, foreign)
    kind = draw(st.sampled_from(kinds))
    if kind == "constant":
        return draw(_CONSTANTS)
    if kind == "variable":
        return Var(draw(st.sampled_from(sorted(names))))
    if kind == "binary":
        return draw(st.sampled_from(_BINARY))(draw(inner), draw(inner))
    if kind == "power":
        return mutfun.Power(draw(inner), 2)
    if kind == "call":
        name, count = draw(st.sampled_from(sorted(functions)))
        return Call(name, [draw(inner) for _ in range(count)])
    if kind == "sum":
        return Sum([draw(inner), draw(inner)])
    return {"unary": mutfun.Negate, "cube": Cube}[kind](draw(inner))


@st.composite
def lines(draw, names, depth=1, foreign=False, max_size=5):
    """Lines that read and define names; each is defined before it is read."""
    names, functions, result = set(names), set(), []
    kinds = ["assign"] * 4 + (["if", "while", "function"] if depth > 0 else [])
    for _ in range(draw(st.integers(0, max_size))):
        kind = draw(st.sampled_from(kinds))
        value = draw(expressions(names, functions, 2, foreign))
        if kind == "assign":
            name = draw(st.sampled_from("pqr"))
            result.append(Assign(name, value))
            names.add(name)
        elif kind == "if":
            branches = [
                draw(lines(names, depth - 1, foreign, max_size=2)) for _ in range(2)
            ]
            result.append(mutfun.If(value, *branches))
        elif kind == "while":
            # It counts in a variable that nothing else defines, and so it ends.
            counter = f"n{len(result)}"
            block = draw(lines({*names, counter}, depth - 1, foreign, max_size=2))
            step = Assign(counter, Var(counter) + 1)
            result += [
                Assign(counter, 0),
                mutfun.While(Var(counter) < draw(st.integers(0, 2)), [*block, step]),
            ]
            names.add(counter)
        else:
            name = draw(st.sampled_from("gh"))
            args = list("xy")[: draw(st.integers(0, 2))]
            body = draw(lines(args, depth - 1, foreign, max_size=2))
            defined = {line.name for line in body if isinstance(line, Assign)}
            body.append(Assign("last", draw(expressions({*args, *defined}))))
            result.append(Function(name, body, args))
            functions = {f for f in functions if f[0] != name} | {(name, len(args))}
    return result


@st.composite
def programs(draw, foreign=False):
    """Functions of two numbers, a and b."""
    body = draw(lines("ab", foreign=foreign))
    names = {"a", "b", *(line.name for line in body if isinstance(line, Assign))}
    functions = {
        line.name: len(line.args) for line in body if isinstance(line, Function)
    }
    last = draw(expressions(names, functions.items(), foreign=foreign))
    if not isinstance(last, mutfun.Code):
        last = Assign("result", last)
    return Function("f", [*body, last], ["a", "b"])
