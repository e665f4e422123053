"""Programs over DNA and the specs that it belongs to."""

from fuzz.source import Source


def literal(s: Source, depth: int = 0) -> str:
    """A value that DNA may be made of."""
    roll = s.random.random()
    if depth > 2 or roll < 0.4:
        nothing = ["None"] if depth == 0 else []
        return s.pick(
            ["0", "1", "2", "0", "1", "0.5", "0.25", "-1", "7", "'a'", *nothing]
        )
    inner = ", ".join(literal(s, depth + 1) for _ in range(s.random.randint(1, 3)))
    return f"[{inner}]" if s.chance(0.6) else f"({inner},)"


def genome(s: Source) -> str:
    """An expression for a DNA."""
    return s.call(
        lambda: "e[0]",
        lambda: "e[-1]",
        lambda: "e[1]",
        lambda: f"pg.DNA({literal(s)})",
        lambda: f"pg.DNA({literal(s)}, spec=sp)",
        lambda: f"pg.DNA({s.random.randrange(3)}, [{literal_dna(s)}])",
        lambda: f"pg.DNA.parse({literal(s)})",
        lambda: f"pg.DNA.parse({literal(s)}, spec=sp)",
        lambda: f"pg.DNA.from_numbers({numbers(s)}, sp)",
    )


def literal_dna(s: Source) -> str:
    """DNA that is a child of another one."""
    return f"pg.DNA({literal(s, 1)})"


def numbers(s: Source) -> str:
    """A flat list of numbers."""
    found = [s.pick(["0", "1", "0", "2", "0.5"]) for _ in range(s.random.randint(1, 5))]
    return f"[{', '.join(found)}]"


def spec(s: Source, depth: int = 0) -> str:
    """An expression for a spec."""
    options = ""
    if s.chance(0.2):
        options += f", name={s.pick(['n', 'm', 'k'])!r}"
    # Decisions of equal ids are ambiguous.
    where = f"{s.pick(['x', 'y', 'a.b', 'l[0].'])}{s.random.randrange(10**6)}"
    options += f", location={where!r}"
    if s.chance(0.1):
        options += ", hints=1"
    roll = s.random.random()
    if roll < 0.2:
        low, high = s.pick(
            [("0.0", "1.0"), ("0.1", "0.5"), ("1.0", "0.0"), ("-1.0", "1.0")]
        )
        scale = s.pick(["", "", ", 'log'", ", 'linear'"])
        return f"g.floatv({low}, {high}{scale}{options})"
    if roll < 0.25:
        return f"g.custom({options[2:]})"
    if roll < 0.4 and depth < 3:
        count = s.random.randint(0, 3)
        return f"g.space([{', '.join(spec(s, depth + 1) for _ in range(count))}])"
    found = []
    for _ in range(s.random.randint(1, 3)):
        found.append(
            spec(s, depth + 1) if depth < 2 and s.chance(0.4) else "g.constant()"
        )
    if s.chance(0.3):
        texts = ", ".join(repr(chr(97 + i)) for i in range(len(found)))
        options += f", literal_values=[{texts}]"
    if roll < 0.7:
        return f"g.oneof([{', '.join(found)}]{options})"
    if s.chance(0.5):
        options += f", distinct={s.chance(0.5)}, sorted={s.chance(0.5)}"
    return f"g.manyof({s.random.randint(1, 3)}, [{', '.join(found)}]{options})"


def dict_options(s: Source) -> str:
    """Options of `DNA.to_dict`."""
    keys = ["id", "name_or_id", "dna_spec"]
    values = ["value", "dna", "choice", "literal", "choice_and_literal"]
    found = []
    if s.chance(0.5):
        found.append(f"key_type={s.pick(keys)!r}")
    if s.chance(0.6):
        found.append(f"value_type={s.pick(values)!r}")
    if s.chance(0.4):
        found.append(f"multi_choice_key={s.pick(['subchoice', 'parent', 'both'])!r}")
    if s.chance(0.3):
        found.append(f"include_inactive_decisions={s.chance(0.7)}")
    return ", ".join(found)


def dna_look(s: Source) -> str:
    """Something is asked of a DNA."""
    d = genome(s)
    key = s.pick(
        ["'x'", "0", "'n'", "'m'", "'x[0]'", "1", "'y'", "'a'", "sp.decision_ids[0]"]
    )
    return s.pick(
        [
            d,
            f"repr({d})",
            f"str({d})",
            f"({d}).format(as_dict=True)",
            f"({d}).format(compact=True)",
            f"({d}).format(verbose=True)",
            f"({d}).format(list_wrap_threshold=5)",
            f"({d}).value",
            f"({d}).children",
            f"({d}).to_json()",
            f"({d}).to_json(compact=False)",
            f"({d}).to_json(compact=True, type_info=False)",
            f"reloaded({d})",
            f"reloaded({d}) == {d}",
            f"reloaded({d}, compact=False)",
            f"({d}).to_numbers()",
            f"({d}).to_numbers(flatten=False)",
            f"pg.DNA.from_numbers(({d}).to_numbers(), sp) == {d}",
            f"shown(({d}).to_dict({dict_options(s)}))",
            f"({d}).parameters()",
            f"({d}).parameters(use_literal_values=True)",
            f"pg.DNA.from_parameters(({d}).parameters(), sp)",
            f"pg.DNA.from_parameters(({d}).parameters(use_literal_values=True), sp, "
            "use_literal_values=True)",
            f"({d}).literal_value()",
            f"({d}).literal_value(True)",
            f"({d}).is_leaf",
            f"({d}).is_multi_choice_container",
            f"({d}).is_subchoice",
            f"({d}).multi_choice_spec is None",
            f"shown(({d}).named_decisions)",
            f"[str(one) for one in ({d}).decision_ids]",
            f"({d}).get({key})",
            f"({d})[{key}]",
            f"({d}).get({key}, 3)",
            f"{key} in ({d})",
            f"list({d})",
            f"len(({d}).children)",
            f"({d}).next_dna()",
            f"first(3, ({d}).iter_dna())",
            f"({d}).use_spec(sp)",
            f"({d}).spec is None",
            f"({d}).parent_dna is None",
            f"({d}).root is None",
            f"({d}).clone(deep=True)",
            f"dict(({d}).set_metadata('k', 1).metadata)",
            f"dict(({d}).set_userdata('k', 1).userdata)",
            f"dict(({d}).set_metadata('k', 1, cloneable=True).clone().metadata)",
            f"pickled({d})",
            f"list(({d}).sym_init_args)",
        ]
    )


def dna_and_spec(s: Source) -> str:
    """DNA and a spec together, or two of them."""
    d, other = genome(s), genome(s)
    options = dict_options(s)
    ints = s.pick(["", ", use_ints_as_literals=True"])
    return s.pick(
        [
            f"pg.DNA.from_dict(({d}).to_dict({options}), sp{ints})",
            f"pg.DNA.from_dict(e[-1].to_dict({options}), sp{ints})",
            f"pg.DNA.from_dict({{'x': {literal(s, 2)}}}, sp{ints})",
            f"pg.DNA.from_fn(sp, lambda p: [{s.pick(['0', '1'])}] * p.num_choices "
            "if p.is_categorical else 0.5 if p.is_numerical else 'a')",
            f"sp.validate({d})",
            f"sp.next_dna({d})",
            f"first(3, sp.iter_dna({d}))",
            f"{d} == {other}",
            f"{d} != {other}",
            f"{d} < {other}",
            f"{d} > {other}",
            f"pg.lt({d}, {other})",
            f"{d} <= {other}",
            f"hash({d}) == hash({other})",
            f"sorted([{d}, {other}, e[0]])",
            "[str(one) for one in e]",
            "[one.to_numbers() for one in e]",
            "[one.literal_value() for one in e]",
            f"[shown(one.to_dict({options})) for one in e[:2]]",
            f"[pg.DNA.from_dict(one.to_dict({options}), sp{ints}) == one for one in e]",
            "[pg.DNA.from_numbers(one.to_numbers(), sp) == one for one in e]",
            "[reloaded(one) == one for one in e]",
            "[pg.DNA.parse(one.to_json(type_info=False), spec=sp) == one for one in e]",
        ]
    )


def spec_look(s: Source) -> str:
    """Something is asked of a spec."""
    key = s.pick(["'x'", "0", "'n'", "'m'", "'x[0]'", "1", "'y'", "'a'", "''"])
    return s.pick(
        [
            "str(sp)",
            "repr(sp)",
            "sp.format(show_id=False)",
            "sp.format(compact=True)",
            "sp.space_size",
            "len(sp)",
            "sp.decision_ids",
            "[str(one) for one in sp.decision_ids]",
            "ids(sp.decision_points)",
            "shown(sp.named_decision_points)",
            "sp.first_dna()",
            "first(4, sp.iter_dna())",
            "len(first(30, sp.iter_dna()))",
            "sp.to_json()",
            "reloaded(sp) == sp",
            "str(reloaded(sp))",
            "sp.is_space",
            "sp.is_categorical",
            "sp.is_subchoice",
            "sp.is_numerical",
            "sp.is_custom_decision_point",
            "str(sp.id)",
            "sp.location",
            "sp.hints",
            f"sp[{key}]",
            f"sp.get({key})",
            "[ids(one) for one in sp.decision_points]",
            "[str(one.location) for one in sp.decision_points]",
            "[(one.name, one.hints) for one in sp.decision_points]",
            "[one.space_size for one in sp.decision_points]",
            "[str(one.id) for one in sp.decision_points if one.is_categorical]",
            "[one.format_candidate(0) for one in sp.decision_points if one.is_categorical]",
            "[[one.format_candidate(i, display_format=f) for f in "
            "('choice', 'literal', 'choice_and_literal')] for one in sp.decision_points "
            "if one.is_categorical for i in range(len(one.candidates))]",
            "[one.candidate_index('0') for one in sp.decision_points if one.is_categorical]",
            "[one.candidate_index(one.format_candidate(0)) for one in sp.decision_points "
            "if one.is_categorical]",
            "[[str(c.id) for c in one.subchoice_specs] if hasattr(one, 'subchoice_specs') "
            "else [] for one in sp.decision_points]",
            "[one.parent_choice is None for one in sp.decision_points]",
            "sp == sp.clone(deep=True)",
            f"fits(sp, {s.random.randrange(99)})",
            f"sp == {spec(s)}",
            "sp.set_userdata('u', 1).userdata" if s.chance(0.3) else "sp.userdata",
            "pickled(sp) == sp",
            "pg.hash(sp) == pg.hash(reloaded(sp))",
        ]
    )


def statement(s: Source) -> str:
    """A statement over `sp`, a spec, and `e`, the first few of its DNA."""
    return s.call(
        lambda: dna_look(s),
        lambda: dna_look(s),
        lambda: dna_and_spec(s),
        lambda: spec_look(s),
    )


def write(s: Source) -> None:
    """Writes a program."""
    s.add(f"sp = {s.pick(['FLAT', 'CHOICES', 'MANY'])}.clone(deep=True)")
    if s.chance(0.7):
        s.add(f"sp = {spec(s)}")
    s.add(f"e = some({s.random.randint(2, 5)}, sp)")
    for _ in range(s.random.randint(4, 8)):
        s.add(statement(s))
