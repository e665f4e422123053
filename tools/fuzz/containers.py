"""Programs over lists and dicts, and the statements that they are made of."""

import re

from fuzz.source import Place, Source, Value
from fuzz.values import KEYS, listing, mapping, value

LIST_SPECS = [
    "t.List(t.Int())",
    "t.List(t.Any(), max_size=3)",
    "t.List(t.Int(min_value=0), min_size=1)",
    "t.List(t.Object(Leaf))",
    "t.List(t.Union([t.Int(), t.Str()]))",
    "t.List(t.List(t.Int()))",
    "t.List(t.Dict([('p', t.Int(default=5))]))",
    "t.List(t.Int().noneable())",
]
DICT_SPECS = [
    "t.Dict([('p', t.Int(default=1)), ('x', t.Any().noneable())])",
    "t.Dict([(t.StrKey(), t.Int())])",
    "t.Dict([('x', t.Int()), (t.StrKey('k.*'), t.Str())])",
    "t.Dict([('k', t.Int().freeze(3)), ('m', t.Int(default=2))])",
    "t.Dict([('x', t.Dict([('y', t.Int(default=0))])), ('k', t.List(t.Int(), default=[]))])",
    "t.Dict([('m', t.Object(Leaf).noneable())])",
    "t.Dict()",
]


def root(s: Source) -> Value:
    """A list or dict that stands by itself."""
    options = ""
    if s.chance(0.35):
        options += ", onchange_callback=heard"
    if s.chance(0.1):
        options += s.pick([", sealed=True", ", allow_partial=True"])
    if s.chance(0.5):
        spec = ""
        kind = s.pick(["any", "int", "Leaf"])
        if s.chance(0.4):
            spec = f", value_spec={s.pick(LIST_SPECS)}"
            kind = "Leaf" if "Leaf" in spec else "int"
        return listing(s, kind, 0, f"pg.List({{}}{spec}{options})")
    spec = ""
    kinds = dict.fromkeys(KEYS, "any")
    if s.chance(0.4):
        spec = f", value_spec={s.pick(DICT_SPECS)}"
        kinds = dict.fromkeys(["x", "p", "k", "m"], "int")
    if s.chance(0.08):
        options += ", accessor_writable=False"
    return mapping(s, 0, kinds, f"pg.Dict({{}}{spec}{options})")


def index(s: Source) -> str:
    """An index, that may be too large, and seldom something else."""
    if s.chance(0.05):
        return s.pick(["'x'", "None", "1.0", "99"])
    return s.pick(["0", "1", "2", "-1", "0", "-2", "3", "-5", "5"])


def sliced(s: Source) -> str:
    """A slice."""
    ends = ["", "", "0", "1", "2", "-1", "-2", "5"]
    step = s.pick(["", "", "", ":1", ":2", ":-1", ":-2", ":0"])
    return f"{s.pick(ends)}:{s.pick(ends)}{step}"


def item(s: Source, place: Place) -> str:
    """A value for an item, in which the list or dict itself is not."""
    kinds = list(place.value.kinds.values())
    text = value(s, s.pick(kinds) if kinds else "any", 2).text
    inside = re.search(rf"(?<!')\b{place.access[0]}\b(?!')", text)
    return "2" if inside else text


def items(s: Source, place: Place) -> str:
    """A few values."""
    found = ", ".join(item(s, place) for _ in range(s.below(4)))
    form = s.pick(["[{}]"] * 4 + ["pg.List([{}])", "iter([{}])"])
    return form.format(found)


def list_change(s: Source, place: Place) -> str:
    """A statement that changes a list."""
    a = place.access
    return s.pick(
        [
            f"{a}.append({item(s, place)})",
            f"{a}.insert({index(s)}, {item(s, place)})",
            f"{a}.extend({items(s, place)})",
            f"{a}.pop({s.pick(['', index(s), index(s)])})",
            f"{a}.remove({item(s, place)})",
            f"{a}.remove({a}[0])",
            f"del {a}[{index(s)}]",
            f"del {a}[{sliced(s)}]",
            f"{a}[{index(s)}] = {item(s, place)}",
            f"{a}[{index(s)}] = {item(s, place)}",
            f"{a}[{sliced(s)}] = {items(s, place)}",
            f"{a}[0] = {s.pick(['MISSING', 'pg.Insertion(1)', 'None', a] if s.chance(0.3) else ['MISSING'])}",
            f"{a}.sort({s.pick(['', 'reverse=True', 'key=str', 'key=repr'])})",
            f"{a}.reverse()",
            f"{a} += {items(s, place)}",
            f"{a} *= {s.pick(['0', '1', '2', '-1'])}",
            f"{a}.clear()",
            f"{a}.rebind({{{index(s)}: {item(s, place)}}})",
            f"{a}.rebind({{{index(s)}: {item(s, place)}, 0: {item(s, place)}}})",
            f"{a}.rebind({{{index(s)}: pg.Insertion({item(s, place)})}})",
            f"{a}.rebind({{{index(s)}: MISSING, {index(s)}: pg.Insertion(1)}})",
            f"{a}.use_value_spec({s.pick([*LIST_SPECS, 'None'])})",
            f"{a}.append({a}[0])",
        ]
    )


def list_look(s: Source, place: Place) -> str:
    """An expression over a list."""
    a = place.access
    return s.pick(
        [
            f"{a}[{index(s)}]",
            f"{a}[{sliced(s)}]",
            f"{a}.index({item(s, place)})",
            f"{a}.index({item(s, place)}, 1)",
            f"{a}.count({item(s, place)})",
            f"{item(s, place)} in {a}",
            f"{a} + {items(s, place)}",
            f"[1] + {a}",
            f"{a} * {s.pick(['0', '2', '-1', repr('a')])}",
            f"2 * {a}",
            f"{a}.copy()",
            f"list({a})",
            f"list(reversed({a}))",
            f"len({a})",
            f"{a} == {items(s, place)}",
            f"{a} < {items(s, place)}",
            f"sorted({a}, key=repr)",
            f"tuple({a})",
            f"{a}.max_size",
            f"{a}.value_spec",
        ]
    )


def key(s: Source, place: Place) -> str:
    """A key of a dict."""
    kinds = list(place.value.kinds)
    if kinds and s.chance(0.6):
        return repr(s.pick(kinds))
    if s.chance(0.1):
        return s.pick(["1", "None", "('a', 1)", "0", "1.5", "''", "True"])
    return repr(s.pick(KEYS))


def entries(s: Source, place: Place) -> str:
    """A few entries of a dict."""
    found = [f"{key(s, place)}: {item(s, place)}" for _ in range(s.below(3))]
    return f"{{{', '.join(found)}}}"


def dict_change(s: Source, place: Place) -> str:
    """A statement that changes a dict."""
    a, k = place.access, key(s, place)
    name = s.pick(["k", "m", "x", "p", "y"])
    return s.pick(
        [
            f"{a}[{k}] = {item(s, place)}",
            f"{a}[{k}] = {item(s, place)}",
            f"{a}.{name} = {item(s, place)}",
            f"{a}.{name} = {s.pick(['MISSING', 'pg.Insertion(1)', 'None', a] if s.chance(0.3) else ['MISSING'])}",
            f"del {a}[{k}]",
            f"del {a}.{name}",
            f"{a}.pop({k})",
            f"{a}.pop({k}, 3)",
            f"{a}.popitem()",
            f"{a}.setdefault({k}, {item(s, place)})",
            f"{a}.setdefault({k})",
            f"{a}.update({entries(s, place)})",
            f"{a}.update({entries(s, place)}, {name}={item(s, place)})",
            f"{a}.update({name}={item(s, place)})",
            f"{a}.update([({k}, {item(s, place)})])",
            f"{a}.clear()",
            f"{a} |= {entries(s, place)}",
            f"{a}.rebind({{{k}: {item(s, place)}}})",
            f"{a}.rebind({{{k}: MISSING}})",
            f"{a}.rebind({{{k}: pg.Insertion({item(s, place)})}})",
            f"{a}.use_value_spec({s.pick([*DICT_SPECS, 'None'])})",
            f"{a}[0:1] = 1",
        ]
    )


def dict_look(s: Source, place: Place) -> str:
    """An expression over a dict."""
    a, k = place.access, key(s, place)
    name = s.pick(["k", "m", "x", "p", "y"])
    return s.pick(
        [
            f"{a}[{k}]",
            f"{a}.{name}",
            f"{a}.get({k})",
            f"{a}.get({k}, 3)",
            f"{k} in {a}",
            f"hasattr({a}, {k})",
            f"getattr({a}, {k}, 3)",
            f"list({a})",
            f"list({a}.keys())",
            f"list({a}.values())",
            f"list({a}.items())",
            f"{a}.copy()",
            f"dict({a})",
            f"{a} | {entries(s, place)}",
            f"{entries(s, place)} | {a}",
            f"len({a})",
            f"{a} == {entries(s, place)}",
            f"{{**{a}}}",
            f"list(reversed({a}))",
            f"pg.Dict.fromkeys([{k}], 1)",
            f"{a}.value_spec",
            f"{a}.sym_attr_field({k})",
        ]
    )


def change(s: Source) -> str:
    """A statement that changes a list or dict somewhere."""
    place = s.place("list", "dict")
    return (list_change if place.value.form == "list" else dict_change)(s, place)


def look(s: Source) -> str:
    """An expression over a list or dict somewhere."""
    place = s.place("list", "dict")
    return (list_look if place.value.form == "list" else dict_look)(s, place)


def write(s: Source) -> None:
    """Writes a program."""
    from fuzz import objects

    for _ in range(s.random.randint(1, 2)):
        s.bind(root(s))
    for _ in range(s.random.randint(4, 8)):
        roll = s.random.random()
        if roll < 0.55:
            s.add(change(s))
        elif roll < 0.75:
            text = look(s)
            s.add(f"{s.pick('xyz')} = {text}" if s.chance(0.2) else text)
        else:
            s.add(s.pick(objects.WRITERS)(s))
