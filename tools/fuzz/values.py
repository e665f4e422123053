"""Random expressions for values that fit a field, or nearly."""

from fuzz.source import Source, Value

# Fields of the classes in `pool`: name and kind. The kinds are the keys of ATOMS, those
# that `value` knows, and names of classes.
CLASSES: dict[str, list[tuple[str, str]]] = {
    "Leaf": [("x", "int"), ("y", "float")],
    "Node": [("a", "any"), ("b", "any")],
    "Sub": [("x", "int"), ("y", "float"), ("z", "str")],
    "Typed": [
        ("leaf", "Leaf"),
        ("leaves", "list:Leaf"),
        ("table", "table"),
        ("sizes", "sizes"),
    ],
    "Hooked": [("x", "int"), ("child", "any")],
    "Bound": [("x", "int"), ("items", "list:any")],
    "Assigned": [("x", "int"), ("y", "any")],
    "Pattern": [("a", "int"), ("x1", "int"), ("xy", "int")],
    "Open": [("a", "str"), ("m", "any"), ("n", "any")],
    "Limited": [
        ("i", "nat"),
        ("f", "unit"),
        ("s", "ab"),
        ("e", "pq"),
        ("l", "uv"),
        ("c", "Plain?"),
    ],
    "Maybe": [
        ("i", "int?"),
        ("leaf", "Leaf?"),
        ("items", "list:int?"),
        ("color", "color?"),
        ("name", "mn?"),
    ],
    "Fixed": [("k", "seven"), ("v", "any")],
    "Mixed": [("u", "mixed"), ("w", "number?")],
    "Tupled": [("pair", "pair"), ("many", "ints"), ("nest", "nest?")],
    "Spread": [("x", "int"), ("rest", "list:int")],
    "Calls": [("f", "function"), ("k", "class")],
    "Inner": [("size", "int"), ("own", "int")],
    "Context": [("size", "int"), ("child", "any")],
    "Nested": [("d", "nested")],
    "Required": [("p", "int"), ("q", "Leaf"), ("r", "list:int")],
    "Locked": [("x", "any"), ("child", "any")],
    "ByIdentity": [("x", "any")],
    "BySymbol": [("x", "any"), ("note", "any")],
    "Own": [("x", "int"), ("y", "int")],
    "Shown": [("x", "any")],
    "Add": [("x", "int"), ("y", "int")],
    "Scale": [("fn", "function"), ("n", "int")],
    "holder": [("leaf", "any"), ("items", "any"), ("fn", "function")],
}
REQUIRED = {
    "Leaf": ("x",),
    "Sub": ("x",),
    "Mixed": ("u",),
    "Assigned": ("x",),
    "Own": ("x",),
    "Spread": ("x",),
    "Add": ("x",),
    "Required": ("p", "q", "r"),
    "Nested": ("d",),
}
ATOMS: dict[str, list[str]] = {
    "int": ["0", "1", "2", "-1", "7", "5", "12", "True"],
    "nat": ["0", "1", "2", "5", "9"],
    "seven": ["7"],
    "float": ["0.0", "1.0", "0.5", "-2.5", "3", "1e10", "float('inf')"],
    "unit": ["0.0", "1.0", "0.5", "1"],
    "number": ["1", "0.5", "0"],
    "str": ["''", "'a'", "'s'", "'a b'", "'x.y'", "'\\n'", '"it\'s"'],
    "ab": ["'a'", "'ab'", "'bb'"],
    "pq": ["'p'", "'q'", "None", "3"],
    "uv": ["'u'", "'v'"],
    "mn": ["'m'", "'n'"],
    "bool": ["True", "False"],
    "none": ["None"],
    "color": ["Color.RED", "Color.BLUE"],
    "Plain": ["Plain(1)", "Plain('a')", "Plain([1])"],
    "function": [
        "double",
        "no_args",
        "add(y=1)",
        "(lambda x: x)",
        "len",
        "Add(y=3)",
        "Plain",
        "int",
    ],
    "class": ["Leaf", "Sub", "Node", "int", "Plain"],
    "pair": ["(1, 'a')", "(2, 'b')", "(0, '')", "[1, 'a']", "(1, 2)", "(1,)"],
    "ints": ["(1, 2)", "(3,)", "(1, 2, 3)", "()", "(1, 2, 3, 4)", "(1, 'a')"],
    "nest": ["([1], {})", "([], {'k': 1})", "([1], {'k': Leaf(1)})", "(1, {})"],
    "odd": [
        "MISSING",
        "object",
        "{1, 2}",
        "1j",
        "b'ab'",
        "range(3)",
        "(1, 2)",
        "KeyPath('a')",
        "pg.Ref(Leaf(1))",
        "pg.Ref([1])",
        "Plain(3)",
        "Color.RED",
        "double",
        "Leaf",
        "pg.symbolic.ValueFromParentChain()",
        "float('nan')",
        "t.Int()",
    ],
}
ANY = ["int", "str", "float", "bool", "none", "list", "dict", "object", "odd", "var"]
KEYS = ["k", "m", "x", "y", "a.b", "0", "p"]


def atom(text: str) -> Value:
    """A value without places."""
    return Value(text)


def listing(s: Source, kind: str, depth: int, wrap: str = "{}") -> Value:
    """A list of items of a kind."""
    items = [value(s, kind, depth + 1) for _ in range(s.random.randrange(4))]
    text = wrap.format(f"[{', '.join(one.text for one in items)}]")
    return Value(text, "list", dict(enumerate(items)), dict.fromkeys(range(5), kind))


def mapping(s: Source, depth: int, kinds: dict[str, str], wrap: str = "{}") -> Value:
    """A dict with some of the keys."""
    keys = s.some(list(kinds), 3) if s.chance(0.9) else []
    items: dict[str | int, Value] = {k: value(s, kinds[k], depth + 1) for k in keys}
    text = ", ".join(f"{k!r}: {v.text}" for k, v in items.items())
    return Value(wrap.format(f"{{{text}}}"), "dict", items, {**kinds})


def instance(s: Source, name: str, depth: int) -> Value:
    """An object of a class, some of its arguments left out where that may be."""
    fields = CLASSES[name]
    children: dict[str | int, Value] = {}
    arguments = []
    positional = s.chance(0.4) and name not in ("Pattern", "Open")
    partial = s.chance(0.08)
    for field, kind in fields:
        if s.chance(0.05 if field in REQUIRED.get(name, ()) and not partial else 0.5):
            positional = False
            continue
        children[field] = item = value(s, kind, depth + 1)
        arguments.append(item.text if positional else f"{field}={item.text}")
    options = ["sealed=True", "allow_partial=True", "nope=1"]
    if s.chance(0.05):
        arguments.append(s.pick(options))
    text = f"{name}{'.partial' if partial else ''}({', '.join(arguments)})"
    return Value(text, "object", children, dict(fields))


def value(s: Source, kind: str, depth: int = 0) -> Value:
    """An expression for a value of a kind, or, at times, of another one."""
    if s.chance(0.04):
        kind = s.pick(["any", "odd", "int", "str", "none", "list:int"])
    if kind.endswith("?"):
        if s.chance(0.25):
            return atom("None")
        kind = kind[:-1]
    if kind == "any":
        kind = s.pick(ANY if depth < 3 else ANY[:5])
    if kind == "var":
        if not s.variables:
            return atom("1")
        # A variable that is used twice is copied, or not: that is known to differ.
        return atom(s.place().access if s.chance(0.3) else "2")
    if kind == "mixed":
        kind = s.pick(["int", "str", "Leaf", "list:int"])
    if kind == "object":
        kind = s.pick(list(CLASSES))
    if kind in CLASSES:
        if kind in ("Leaf", "Node") and s.chance(0.15):
            kind = s.pick(["Sub", "Context", "Hooked", "Inner"])
        return instance(s, kind, depth)
    if kind in ATOMS:
        return atom(s.pick(ATOMS[kind]))
    if kind == "list" or kind == "list:any":
        return listing(s, s.pick(["any", "int", "Leaf"]), depth, symbolic(s, "List"))
    if kind.startswith("list:"):
        return listing(s, kind[5:], depth, symbolic(s, "List"))
    if kind == "sizes":
        return atom(
            s.pick(["[1]", "[1, 2]", "[3, 2, 1]", "[]", "[1, 2, 3, 4]", "['a']"])
        )
    if kind == "table":
        return mapping(s, depth, {"p": "int", "q": "int"}, symbolic(s, "Dict"))
    if kind == "nested":
        return mapping(
            s, depth, {"m": "deeper", "o": "list:pdict"}, symbolic(s, "Dict")
        )
    if kind == "deeper":
        return mapping(s, depth, {"n": "int", "za": "str", "zb": "str"})
    if kind == "pdict":
        return mapping(s, depth, {"p": "int"})
    if kind == "dict":
        keys = s.some(KEYS, 3)
        return mapping(s, depth, dict.fromkeys(keys, "any"), symbolic(s, "Dict"))
    raise ValueError(kind)


def symbolic(s: Source, name: str) -> str:
    """A form for a plain list or dict, or for a symbolic one."""
    if s.chance(0.85):
        return "{}"
    extra = s.pick(["", "", "", ", sealed=True", ", accessor_writable=False"])
    return f"pg.{name}({{}}{extra})"
