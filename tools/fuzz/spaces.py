"""Programs over search spaces: templates, specs, decoding and encoding."""

from fuzz import genomes
from fuzz.source import Source

CONSTANTS = ["1", "2", "0.5", "'a'", "'b'", "None", "True", "(1, 2)", "Leaf(3)", "[1]"]


def placeholder(s: Source, depth: int = 0, kind: str = "any") -> str:
    """A placeholder."""
    options = ""
    if s.chance(0.15):
        options += f", name={s.pick(['n', 'm', 'rate', 'op'])!r}"
    if s.chance(0.1):
        options += f", hints={s.pick(['1', repr('hint'), '[1]'])}"
    roll = s.random.random()
    if kind == "float" or (kind == "any" and roll < 0.18):
        scale = s.pick(
            ["", "", "", ", 'linear'", ", 'log'", ", 'rlog'", ", scale='log'"]
        )
        low, high = s.pick(
            [
                ("0.0", "1.0"),
                ("0.1", "0.9"),
                ("1e-3", "1.0"),
                ("-1.0", "1.0"),
                ("1.0", "1.0"),
                ("1.0", "0.0"),
                ("0", "1"),
            ]
        )
        return f"pg.floatv({low}, {high}{scale}{options})"
    if roll < 0.24 and kind == "any":
        return s.pick(["Letters()", "Letters(letters='cba')"])
    if kind == "list" or roll < 0.45:
        if s.chance(0.25):
            return f"pg.permutate({candidates(s, depth, 'any')}{options})"
        flags = ""
        if s.chance(0.4):
            flags += f", distinct={s.chance(0.4)}"
        if s.chance(0.4):
            flags += f", sorted={s.chance(0.5)}"
        name = s.pick(["manyof", "manyof", "manyof", "sublist_of"])
        return f"pg.{name}({s.random.randint(1, 3)}, {candidates(s, depth, kind)}{flags}{options})"
    return f"pg.oneof({candidates(s, depth, kind)}{options})"


def candidates(s: Source, depth: int, kind: str) -> str:
    """Candidates of a choice."""
    if s.chance(0.12):
        return s.pick(["range(3)", "'abc'", "[1, 2]", "range(5)", "(1, 2, 3)"])
    low = 1 if s.chance(0.06) else 2
    found = [space(s, depth + 1, kind) for _ in range(s.random.randint(low, 3))]
    return f"[{', '.join(found)}]"


def space(s: Source, depth: int = 0, kind: str = "any") -> str:
    """An expression for a value that may hold placeholders."""
    roll = s.random.random()
    if depth > 3 or (depth and roll < 0.5):
        return s.pick(CONSTANTS) if kind == "any" else s.pick(["1", "2", "7"])
    if roll < 0.72 and depth:
        return placeholder(s, depth, kind)
    if roll < 0.78:
        return placeholder(s, depth, kind)
    if kind == "int":
        return "3"
    return s.call(
        lambda: f"Node({space(s, depth + 1)}, {space(s, depth + 1)})",
        lambda: f"Node(a={space(s, depth + 1)})",
        lambda: (
            f"Leaf({placeholder(s, depth + 1, 'int')}, y={placeholder(s, depth + 1, 'float')})"
        ),
        lambda: f"[{space(s, depth + 1)}, {space(s, depth + 1)}]",
        lambda: f"pg.List([{space(s, depth + 1)}])",
        lambda: f"pg.Dict(x={space(s, depth + 1)}, y={space(s, depth + 1)})",
        lambda: f"pg.Dict({{'a.b': {space(s, depth + 1)}}}, k={space(s, depth + 1)})",
        lambda: f"{{'p': {space(s, depth + 1)}, 'q': {space(s, depth + 1)}}}",
        lambda: f"Typed(leaves=[Leaf({placeholder(s, depth + 1, 'int')})])",
        lambda: f"Typed(sizes={placeholder(s, depth + 1, 'list')})",
        lambda: (
            f"Mixed(u={placeholder(s, depth + 1, 'int')}, w={placeholder(s, depth + 1, 'float')})"
        ),
        lambda: (
            f"Limited(i={placeholder(s, depth + 1, 'int')}, f={placeholder(s, depth + 1, 'float')})"
        ),
        lambda: (
            f"Maybe(i={placeholder(s, depth + 1, 'int')}, leaf={placeholder(s, depth + 1)})"
        ),
        lambda: (
            f"Hooked({placeholder(s, depth + 1, 'int')}, child={space(s, depth + 1)})"
        ),
        lambda: f"Context(size={placeholder(s, depth + 1, 'int')}, child=Inner())",
        lambda: (
            f"add({placeholder(s, depth + 1, 'int')}, y={placeholder(s, depth + 1, 'float')})"
        ),
        lambda: f"Scale(fn=add({placeholder(s, depth + 1, 'int')}))",
        lambda: (
            f"pg.Ref({space(s, depth + 1)})" if s.chance(0.2) else "pg.oneof([1, 'x'])"
        ),
        lambda: f"Node({placeholder(s, depth + 1)}, h.ValueReference(['a']))",
    )


WHERE = [
    "lambda v: isinstance(v, h.OneOf)",
    "lambda v: isinstance(v, h.Float)",
    "lambda v: v.name is None",
    "lambda v: isinstance(v, h.Choices) and v.num_choices == 1",
]


def value_statement(s: Source) -> str:
    """Something is done with the space `v`, its template `m` or a program `x`."""
    d = genomes.literal(s)
    return s.pick(
        [
            "first(4, pg.iter(v))",
            "len(first(20, pg.iter(v)))",
            f"m.decode({d})",
            f"m.decode(pg.DNA({d}))",
            "m.decode(e[-1])",
            "x = m.decode(e[0])",
            "[m.decode(one) for one in e]",
            "m.encode(x)",
            "m.encode(x) == e[0]",
            "m.try_encode(x)",
            "[m.encode(m.decode(one)) == one for one in e]",
            "m.encode(v)",
            f"m.encode({space(s)})",
            f"m.try_encode({space(s, 1)})",
            "m.is_constant",
            "len(m.hyper_primitives)",
            "[str(k) for k, _ in m.hyper_primitives]",
            "m",
            "repr(m)",
            "m.dna_spec() == sp",
            "pg.materialize(v, e[-1])",
            "pg.materialize(v, e[0].to_dict())",
            f"pg.materialize(v, e[-1].to_dict({genomes.dict_options(s)}), "
            f"use_literal_values={s.chance(0.5)})",
            "pg.materialize(v, e[-1].parameters())",
            "pg.materialize(v, e[-1].parameters(use_literal_values=True), "
            "use_literal_values=True)",
            f"pg.materialize(v, {{'x': {s.pick(['0', '1', repr('a'), '0.5'])}}})",
            f"pg.template(v, {s.pick(WHERE)}).decode(e[0])",
            f"pg.dna_spec(v, {s.pick(WHERE)})",
            f"first(2, pg.iter(v, where={s.pick(WHERE)}))",
            "m.root_path",
            "v == reloaded(v)",
            "reloaded(v)",
            "pg.is_deterministic(v)",
            "pg.is_abstract(v)",
            "pg.is_pure_symbolic(v)",
            "visited(v)",
            "str(v)",
            "repr(v)",
            "pg.clone(v, deep=True)",
            "pg.eq(pg.clone(v), v)",
            "m.clone().decode(e[0])",
            "pg.random_dna(v).spec == sp",
            f"fits(pg.dna_spec(v), {s.random.randrange(9)})",
            "pg.clone(v, deep=True).rebind(lambda k, u: 5 if isinstance(u, h.HyperValue) else u)",
            "m.set_dna(e[0])",
            "m()",
        ]
    )


def write(s: Source) -> None:
    """Writes a program."""
    # What is used where the space is not accepted.
    s.add("v = Node(pg.oneof([1, 2]), pg.oneof('pq', name='n'))")
    s.add(f"v = {space(s)}")
    s.add("m = pg.template(v)")
    s.add("sp = m.dna_spec()")
    s.add(f"e = some({s.random.randint(2, 5)}, sp)")
    if s.chance(0.7):
        s.add(f"x = m.decode(e[{s.pick(['0', '1', '-1'])}])")
    for _ in range(s.random.randint(3, 7)):
        s.add(value_statement(s) if s.chance(0.6) else genomes.statement(s))
