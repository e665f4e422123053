"""Programs over functors: arguments given early, late, or at the call."""

from fuzz.source import Source
from fuzz.values import value

# Parameters of the functors in `pool`, and whether any others are accepted.
FUNCTORS: dict[str, tuple[list[tuple[str, str]], bool]] = {
    "add": ([("x", "number"), ("y", "number")], False),
    "checked": ([("x", "nat"), ("y", "int")], False),
    "variadic": ([("x", "int"), ("args", "list:any"), ("k", "str")], True),
    "annotated": ([("x", "nat"), ("y", "str"), ("z", "list:int?")], False),
    "holder": ([("leaf", "Leaf"), ("items", "any"), ("fn", "function")], False),
    "Add": ([("x", "int"), ("y", "int")], False),
    "keywords": ([("a", "number"), ("b", "number")], False),
    "returns_leaf": ([("x", "int")], False),
    "Greet": ([("name", "str"), ("times", "nat")], False),
}
CHECKS = [
    "{}.specified_args",
    "{}.unbound_args",
    "{}.bound_args",
    "{}.default_args",
    "{}.non_default_args",
    "{}.is_fully_bound",
    "{}.is_partial",
    "{}.missing_values()",
    "list({}.sym_init_args.items())",
    "{}",
    "repr({})",
    "str({})",
    "{}.to_json()",
    "{} == {}.clone()",
    "pg.eq({}, copied({}))",
    "reloaded({})",
    "reloaded({}).specified_args",
    "pickled({})",
    "pickled({}).specified_args",
    "deep({}).specified_args",
    "{}.clone().specified_args",
    "hash({}) == hash({}.clone())",
    "callable({})",
    "{}.sym_nondefault()",
    "list({}.sym_items())",
    "{}.__signature__.parameters.keys()",
    "type({}).__schema__.get_field('x') is None",
]


def arguments(s: Source, name: str, early: bool) -> str:
    """Arguments, of which some may be missing, given twice or unknown."""
    parameters, extra = FUNCTORS[name]
    result = []
    position = s.chance(0.5)
    for index, (parameter, kind) in enumerate(parameters):
        if s.chance(0.45 if early else 0.5 + 0.1 * index):
            position = False
            continue
        if parameter == "args":
            if position:
                result += [value(s, "any", 2).text for _ in range(s.below(3))]
            elif s.chance(0.3):
                result.append(f"args={value(s, kind, 2).text}")
            continue
        text = value(s, kind, 2).text
        result.append(text if position else f"{parameter}={text}")
    if extra and s.chance(0.4):
        result.append(f"p={value(s, 'any', 2).text}")
    roll = s.random.random()
    if roll < 0.1:
        result.append("override_args=True")
    elif roll < 0.2:
        result.append("ignore_extra_args=True")
    elif roll < 0.27:
        result.append("nope=1")
    elif roll < 0.3:
        result.insert(0, "5")
    if s.chance(0.08):
        result.append("q=2, override_args=True, ignore_extra_args=True")
    return ", ".join(dict.fromkeys(result))


def statement(s: Source, a: str, name: str) -> str:
    """Something is done with a functor."""
    parameters, _ = FUNCTORS[name]
    parameter, kind = s.pick(parameters)
    text = value(s, kind, 2).text
    roll = s.random.random()
    if roll < 0.4:
        return f"{a}({arguments(s, name, False)})"
    if roll < 0.6:
        check = s.pick(CHECKS)
        return check.format(a, a)
    return s.pick(
        [
            f"{a}.{parameter} = {text}",
            f"{a}.rebind({parameter}={text})",
            f"{a}.rebind({parameter}=MISSING)",
            f"{a}.rebind({{'{parameter}': {text}}})",
            f"{a}.rebind({{'p': {text}}})",
            f"{a}.rebind(lambda k, v: v + 1 if isinstance(v, int) else v)",
            f"{a}.{parameter}",
            f"{a}.nope",
            f"{a}.seal()",
            f"del {a}.{parameter}",
            f"{a}.clone(override={{'{parameter}': {text}}})({arguments(s, name, False)})",
            f"with pg.auto_call_functors(): y = Node({a}, [{a}])",
            f"pg.Dict(f={a}).f({arguments(s, name, False)})",
            f"{a}.partial({arguments(s, name, True)})",
            f"type({a}).partial({arguments(s, name, True)})",
            f"Calls({a}).f(1)",
            f"Scale({a})",
            f"with pg.as_sealed(): {a}.rebind({parameter}={text})",
            f"pg.symbolic.as_functor(double)({text})",
            f"pg.diff({a}, {name}({arguments(s, name, True)}))",
            f"{a}.rebind({{'args[0]': {text}}})",
        ]
    )


def write(s: Source) -> None:
    """Writes a program."""
    found = []
    for _ in range(s.random.randint(1, 2)):
        name = s.pick(list(FUNCTORS))
        partial = ".partial" if s.chance(0.08) else ""
        variable = "abcd"[len(found)]
        s.add(f"{variable} = {name}{partial}({arguments(s, name, True)})")
        found.append((variable, name))
    for _ in range(s.random.randint(4, 8)):
        variable, name = s.pick(found)
        s.add(statement(s, variable, name))
